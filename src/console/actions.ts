import type { OpenOrder, Order, OrderName } from '../contract/commands.js';
import { fr } from '../contract/french-typography.js';
import type { Accepted, Problem } from '../contract/live.js';
import { toInstant } from '../domain/time.js';
import type { Activation } from '../domain/state.js';
import { me, onMe, post, problemSentence, randomId, Refused, refreshMe, SignedOut, Unreachable } from './api.js';
import { onWake, serverClock } from './clock.js';
import { listen } from './connection.js';
import { KeptOrders, type KeptOrder } from './kept-orders.js';
import { timeInside } from './live.js';
import { orderNames } from './order-names.js';
import { Store, useStore } from './store.js';

/** What became of an order. */
export type Sent =
  /** Recorded: the journal has it. */
  | { outcome: 'accepted'; accepted: Accepted }
  /** The server said no; `sentence` says why, in French. Nothing that was typed may be lost. */
  | { outcome: 'refused'; problem: Problem; sentence: string }
  /** Not recorded yet: it waits on this device and leaves by itself, once. */
  | { outcome: 'kept' };

export interface Pending {
  /** In the order in which they were given. */
  orders: readonly KeptOrder[];
  /** Why they wait: no network, or the session is over. */
  why: 'network' | 'signed-out' | undefined;
}

const RETRY_MS = [1_000, 2_000, 5_000, 10_000];

/** The server is there and cannot take it now: nothing was recorded, the same order goes again. */
const TRY_LATER = new Set(['stopping', 'throttled', 'too-slow']);

const kept = new KeptOrders();
const shown = new Store<Pending>({ orders: [], why: undefined });
/** Somebody looks at the form that gave it: they hear what became of it. */
const waiting = new Map<string, { order: KeptOrder; tell: (sent: Sent) => void }>();
/** Orders of which the first attempt has not answered yet: too early to call them pending. */
const fresh = new Set<string>();
let lastRank = 0;
let running = false;
let again = false;
let failures = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * Gives an order to an activation: `await send(activation, 'start-step', { step: 'P05' })`.
 * Answers `kept` when there is no network: it is then on the device, with its key and its time, and leaves once.
 * `occurredAt` is now unless the order says another time.
 */
export function send<N extends OrderName>(activation: Readonly<Activation>, name: N, order: Order<N>): Promise<Sent> {
  const given = order as { occurredAt?: string };
  // The time it was given goes with it from the first attempt on: the same key must always carry the same body.
  const occurredAt = given.occurredAt ?? (serverClock.known ? toInstant(timeInside(activation)) : undefined);
  return give({
    activation: activation.id, name, path: `/api/activations/${activation.id}/${name}`, label: orderNames[name],
    body: { ...order, ...(occurredAt === undefined ? {} : { occurredAt }) },
  });
}

/** The same to an activation that this page does not show: no time is added, since its own clock is not known here. */
export function giveTo<N extends OrderName>(activation: string, name: N, order: Order<N>): Promise<Sent> {
  return give({ activation, name, path: `/api/activations/${activation}/${name}`, label: orderNames[name], body: { ...order } });
}

/** Opens an activation: on `accepted`, `accepted.activation` is where to go. */
export function openActivation(order: OpenOrder): Promise<Sent> {
  return give({ activation: null, name: 'open', path: '/api/activations', label: fr("ouvrir l'activation"), body: order });
}

async function give(order: Pick<KeptOrder, 'activation' | 'name' | 'path' | 'label' | 'body'>): Promise<Sent> {
  const account = me()?.account;
  if (!account) throw new SignedOut();
  lastRank = Math.max(Date.now(), lastRank + 1);
  const whole: KeptOrder = { ...order, key: randomId(), account, rank: lastRank, givenAt: serverClock.wall() };
  // On the device first: a page that dies between the press and the answer loses nothing.
  fresh.add(whole.key);
  await kept.put(whole);
  const answered = new Promise<Sent>((tell) => waiting.set(whole.key, { order: whole, tell }));
  void sendAll();
  return answered;
}

/** Sends what waits, oldest first, one at a time. Called whenever something may have changed; harmless otherwise. */
export async function sendAll(): Promise<void> {
  if (running) {
    again = true;
    return;
  }
  running = true;
  clearTimeout(timer);
  try {
    do {
      again = false;
      await inOneTab(sendWaiting);
    } while (again);
  } finally {
    running = false;
  }
}

async function sendWaiting(): Promise<void> {
  const account = me()?.account;
  if (!account) return show(me() === null ? 'signed-out' : undefined);
  for (const order of await toSend(account)) {
    try {
      await sendOne(order);
    } catch (error) {
      if (!(error instanceof Unreachable) && !(error instanceof SignedOut)) throw error;
      for (const one of await kept.of(account)) settle(one.key, { outcome: 'kept' });
      await show(error instanceof SignedOut ? 'signed-out' : 'network');
      timer = setTimeout(() => void sendAll(), RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)]);
      return;
    }
  }
  failures = 0;
  await show(undefined);
}

/** What waits here, and what another tab has sent meanwhile for a form of this one: its key gives the same answer again. */
async function toSend(account: string): Promise<KeptOrder[]> {
  const stored = (await kept.of(account)).filter((order) => order.refused === undefined);
  const elsewhere = [...waiting.values()].map(({ order }) => order).filter((order) => !stored.some((one) => one.key === order.key));
  return [...stored, ...elsewhere].sort((a, b) => a.rank - b.rank);
}

/** One attempt. Throws when nobody can say whether it arrived: the same key may then be sent again. */
async function sendOne(order: KeptOrder): Promise<void> {
  try {
    const accepted = await attempt(order);
    await kept.drop(order.key);
    settle(order.key, { outcome: 'accepted', accepted });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (TRY_LATER.has(error.problem.refused)) throw new Unreachable(error.problem.refused);
    if (error.problem.refused === 'second-factor-needed') {
      await refreshMe();
      throw new SignedOut();
    }
    const sentence = problemSentence(error.problem);
    // Somebody is looking at the form, which keeps what was typed; otherwise it is kept here until it has been read.
    if (waiting.has(order.key)) await kept.drop(order.key);
    else await kept.put({ ...order, refused: sentence });
    settle(order.key, { outcome: 'refused', problem: error.problem, sentence });
  }
}

async function attempt(order: KeptOrder): Promise<Accepted> {
  try {
    return await post<Accepted>(order.path, order.body, { key: order.key });
  } catch (error) {
    // Signed in again in another tab: the token of this page is the old one.
    if (!(error instanceof Refused) || error.problem.refused !== 'forged') throw error;
    if ((await refreshMe())?.account !== order.account) throw new SignedOut();
    return post<Accepted>(order.path, order.body, { key: order.key });
  }
}

function settle(key: string, sent: Sent): void {
  fresh.delete(key);
  waiting.get(key)?.tell(sent);
  waiting.delete(key);
}

async function show(why: Pending['why']): Promise<void> {
  const account = me()?.account;
  const orders = account ? (await kept.of(account)).filter((order) => !fresh.has(order.key)) : shown.get().orders;
  shown.set({ orders, why });
}

/** Two tabs of one device send in turn. Without the lock (no https) the key still makes each order act once. */
async function inOneTab(work: () => Promise<void>): Promise<void> {
  if (navigator.locks) await navigator.locks.request('temps-zero orders', work);
  else await work();
}

/** The orders that are not recorded yet, for the panel that is always in sight. */
export const usePending = (): Pending => useStore(shown);

/** Forgets an order that waits, or one whose refusal was read. It may have arrived already: the journal says. */
export async function discard(key: string): Promise<void> {
  await kept.drop(key);
  await show(shown.get().why);
}

/** Begins to watch for the network: called once by the page. */
export function startSending(): void {
  window.addEventListener('online', () => void sendAll());
  onWake(() => void sendAll());
  onMe(() => void sendAll());
  listen({ connected: () => void sendAll() });
  void sendAll();
}

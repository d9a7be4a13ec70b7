import type { Activation, Attempt, Campaign, Outreach, Target } from '../state.js';
import { SECOND, type Ms } from '../time.js';
import { forgetFacts } from './commune-facts.js';
import { acknowledgedIn, answerIn, isClosed, targetsOf } from './reached.js';

/** One commune, or one agent called in, that waits for a call: on which number of whom, and not before when. */
export interface Waiting {
  target: Readonly<Target>;
  contact: number;
  readyAt: Ms;
}

/**
 * A memo of the state and of nothing else: 900 communes are not read again for each call. What an entry touches is forgotten
 * by `evolve`, with the entry; a state that is folded anew begins without.
 */
interface Memo {
  /** By commune; by person where a cell is called in. */
  waiting: Map<string, Waiting | null>;
  /** How far down the list of people each version of the words was written: whoever stands before needs nothing more. */
  written: Partial<Record<'sms' | 'mail', { version: number; next: number }>>;
}
const memos = new WeakMap<Readonly<Campaign>, Memo>();

export function memoOf(campaign: Readonly<Campaign>): Memo {
  let memo = memos.get(campaign);
  if (!memo) memos.set(campaign, (memo = { waiting: new Map(), written: {} }));
  return memo;
}

/** Something changed for this person; or, without one, for everybody. */
export function forget(a: Readonly<Activation>, person?: string): void {
  forgetFacts(a, person);
  for (const campaign of Object.values(a.campaigns)) {
    if (person === undefined) memos.delete(campaign);
    else memos.get(campaign)?.waiting.delete(keyOf(campaign, a.outreach.targets[person]));
  }
}

function keyOf({ purpose }: Readonly<Campaign>, target: Readonly<Target> | undefined): string {
  return purpose === 'officials' ? (target?.commune ?? '') : (target?.person ?? '');
}

/** Circle by circle, the place of each in its list: what remains to be called there. */
export function waitingIn(a: Readonly<Activation>, campaign: Readonly<Campaign>): Waiting[][] {
  const o = a.outreach;
  const { waiting } = memoOf(campaign);
  const known = (key: string, people: () => readonly Readonly<Target>[]) => {
    let found = waiting.get(key);
    if (found === undefined) waiting.set(key, (found = nextNumber(campaign, people()) ?? null));
    return found;
  };
  if (campaign.purpose !== 'officials') return [campaign.order.flatMap((person) => known(person, () => [o.targets[person]!]) ?? [])];
  return campaign.circles.map((circle) => {
    const left: Waiting[] = [];
    for (const commune of o.circles[circle]?.communes ?? []) {
      const found = known(commune, () => targetsOf(o, commune));
      if (found) left.push(unclaimed(o, commune, found));
    }
    return left;
  });
}

/** Whoever took it from the queue calls; the automaton waits until they have had their time. */
function unclaimed(o: Readonly<Outreach>, commune: string, found: Waiting): Waiting {
  const claim = o.claims[commune];
  return claim && claim.until > found.readyAt ? { ...found, readyAt: claim.until } : found;
}

/** In one commune: undefined when it is reached, being called, or nothing is left to try. */
export function nextNumber(campaign: Readonly<Campaign>, people: readonly Readonly<Target>[]): Waiting | undefined {
  let best: Waiting | undefined;
  let fewest = Infinity;
  let most = 0;
  let last = -Infinity;
  for (const target of people) {
    const kinds = campaign.people[target.person]?.contacts;
    if (!kinds) continue;
    const placed = target.attempts.filter(({ campaign: of, way }) => of === campaign.id && way === 'voice');
    if (acknowledgedIn(campaign, target) || placed.some(({ over }) => over === undefined)) return undefined;
    for (const { over } of placed) last = Math.max(last, over!);
    const calls = placed.filter(({ outcome }) => outcome !== 'cancelled');
    if (isClosed(target) || answerIn(campaign, target) || hasAsked(campaign, target)) continue;
    kinds.forEach((kind, contact) => {
      if (kind === 'email') return;
      const tried = calls.filter((one) => one.contact === contact);
      most = Math.max(most, tried.length);
      if (tried.length >= campaign.rounds || tried.some(isBadNumber) || tried.length >= fewest) return;
      fewest = tried.length;
      best = { target, contact, readyAt: 0 };
    });
  }
  if (!best) return undefined;
  // A round is over when nothing was tried more often than what comes next: then they rest.
  const rests = fewest > 0 && fewest === most;
  return { ...best, readyAt: Math.max(campaign.startedAt, last === -Infinity ? 0 : last + (rests ? campaign.pauseSeconds * SECOND : 0)) };
}

/** Whoever asked for a person's voice, or to be left alone, hears the automaton no more. */
function hasAsked({ id }: Readonly<Campaign>, { attempts }: Readonly<Target>): boolean {
  return attempts.some(({ campaign, outcome }) => campaign === id && (outcome === 'call-again' || outcome === 'refused'));
}

function isBadNumber({ outcome }: Readonly<Attempt>): boolean {
  return outcome === 'invalid';
}

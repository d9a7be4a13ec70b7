import type { AdministrationState, WebhookStop } from '../../domain/administration.js';
import type { ActivationEntry } from '../../domain/events.js';
import { SECOND, toMs, type Ms } from '../../domain/time.js';
import { ANSWER_WITHIN, GIVE_UP_AFTER, pauseAfter, stopWebhook, told } from '../../domain/webhooks.js';
import { THE_HOUSE, type Administration } from '../administration.js';
import type { Clock, Journal, Random } from '../ports.js';
import type { Outcome, Sender } from './sender.js';
import type { Cursor, Webhook, Webhooks } from './webhook-store.js';

/** Entries that one look at the journal brings. */
const PAGE = 100;
/** One webhook's flights at once: a receiver that hangs holds its own, and nobody else's. */
const MOST_OF_ONE = 4;
/** After an error of ours (a full disk), the same pair rests so long: the receiver must not hear one entry without end. */
const REST: Ms = 30 * SECOND;

/** One webhook on its way through one activation. */
interface Flight {
  webhook: string;
  cut: AbortController;
  /** Monotonic; set while an answer is awaited. */
  askedAt: Ms | undefined;
  done: Promise<void>;
}

/**
 * Carries committed entries to the webhooks: each activation's in order, one at a time, at least once. The journal is the
 * outbox and the cursor is all that is kept, moved only after the receiver said yes: a crash repeats, and never skips.
 * Nothing here waits for the network but the flights themselves.
 */
export class Courier {
  readonly #flights = new Map<string, Flight>();
  readonly #resting = new Map<string, Ms>();
  #stopped = false;

  constructor(
    private readonly webhooks: Webhooks,
    private readonly journal: Journal,
    private readonly sender: Sender,
    private readonly administration: Pick<Administration, 'write'>,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly alarm: (message: string, details: object) => void,
  ) {}

  /** With each beat, and soon after each commit: cuts off who does not answer, and starts what may start. */
  async round(): Promise<void> {
    const now = this.clock.monotonic();
    for (const { askedAt, cut } of this.#flights.values()) if (askedAt !== undefined && now - askedAt >= ANSWER_WITHIN) cut.abort();
    for (const [key, until] of this.#resting) if (now >= until) this.#resting.delete(key);
    for (const cursor of await this.webhooks.behind(this.clock.wall())) this.#start(cursor);
  }

  /** « Envoyer un essai »: to one that is suspended too. */
  async ping(webhook: Webhook): Promise<Outcome & { tookMs: Ms }> {
    const from = this.clock.monotonic();
    const id = this.random.id();
    let outcome: Outcome = { delivered: false, failure: 'no-answer' };
    await this.#fly(`${webhook.id} ping ${id}`, webhook.id, async (flight) => {
      outcome = (await this.#answer(flight, (signal) => this.sender.ping(webhook, id, signal))) ?? outcome;
    });
    return { ...outcome, tookMs: this.clock.monotonic() - from };
  }

  /** The server stops: what was not answered is sent again, by its cursor, after the next start. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const { cut } of this.#flights.values()) cut.abort();
    await this.idle();
  }

  /** When nothing is on its way. */
  async idle(): Promise<void> {
    while (this.#flights.size > 0) await Promise.all([...this.#flights.values()].map(({ done }) => done));
  }

  #start(cursor: Cursor): void {
    const key = `${cursor.webhook} ${cursor.activation}`;
    const ofOne = [...this.#flights.values()].filter(({ webhook }) => webhook === cursor.webhook).length;
    if (this.#stopped || this.#flights.has(key) || this.#resting.has(key) || ofOne >= MOST_OF_ONE) return;
    void this.#fly(key, cursor.webhook, (flight) => this.#carry(cursor, flight)).catch((error: unknown) => {
      this.#resting.set(key, this.clock.monotonic() + REST);
      this.alarm('webhook: what was sent could not be noted, it will be sent again', { webhook: cursor.webhook, activation: cursor.activation, error });
    });
  }

  #fly(key: string, webhook: string, work: (flight: Flight) => Promise<void>): Promise<void> {
    const flight: Flight = { webhook, cut: new AbortController(), askedAt: undefined, done: Promise.resolve() };
    this.#flights.set(key, flight);
    const flown = work(flight).finally(() => this.#flights.delete(key));
    flight.done = flown.catch(() => {});
    return flown;
  }

  /** Entry after entry, until there are no more, or one does not pass. */
  async #carry(from: Cursor, flight: Flight): Promise<void> {
    let cursor = from;
    for (;;) {
      const links = await this.journal.read(cursor.activation, cursor.seq, PAGE);
      if (links.length === 0) break;
      for (const { seq, line } of links) {
        const webhook = await this.webhooks.find(cursor.webhook);
        if (!webhook || webhook.stopped || this.#stopped) return;
        const entry = told(webhook.events, JSON.parse(line) as ActivationEntry);
        if (entry) {
          const outcome = await this.#send(webhook, entry, flight);
          if (!outcome) return;
          if (!outcome.delivered) return this.#failed(cursor, outcome);
          cursor = { ...cursor, seq, delivered: cursor.delivered + 1, failures: 0, failingSince: null, notBefore: 0, deliveredAt: this.clock.wall() };
          await this.webhooks.move(cursor);
        } else {
          cursor = { ...cursor, seq };
        }
      }
    }
    await this.webhooks.move(cursor);
  }

  async #send(webhook: Webhook, entry: ActivationEntry, flight: Flight): Promise<Outcome | undefined> {
    // The store names real activations only, and the sender sends no other: neither relies on the other.
    if (entry.lane !== 'real') {
      this.alarm('webhook: a journal of another lane was about to be read out', { webhook: webhook.id, activation: entry.activation, lane: entry.lane });
      return { delivered: false, failure: 'lane' };
    }
    return this.#answer(flight, (signal) => this.sender.entry(webhook, entry, signal));
  }

  /** Undefined when the server stops meanwhile: nobody knows what the receiver did, and the cursor says so by staying. */
  async #answer(flight: Flight, ask: (signal: AbortSignal) => Promise<Outcome>): Promise<Outcome | undefined> {
    flight.cut = new AbortController();
    flight.askedAt = this.clock.monotonic();
    const outcome = await ask(flight.cut.signal);
    flight.askedAt = undefined;
    return this.#stopped && !outcome.delivered ? undefined : outcome;
  }

  async #failed(cursor: Cursor, { failure, gone, askedFor }: Extract<Outcome, { delivered: false }>): Promise<void> {
    const now = this.clock.wall();
    const failures = cursor.failures + 1;
    const failingSince = cursor.failingSince ?? now;
    const chance = parseInt(this.random.id().slice(0, 8), 16) / 2 ** 32;
    await this.webhooks.move({ ...cursor, failures, failingSince, notBefore: now + pauseAfter(failures, chance, askedFor), failedAt: now, failure });
    if (gone) await this.#stopOne(cursor.webhook, 'gone');
    else if (now - failingSince >= GIVE_UP_AFTER) await this.#stopOne(cursor.webhook, 'failing');
  }

  /** Shown to the administrators, with the reason; resumed, it misses nothing. */
  async #stopOne(id: string, why: WebhookStop): Promise<void> {
    await this.administration.write(THE_HOUSE, async (state: Readonly<AdministrationState>, now) => {
      const webhook = await this.webhooks.find(id);
      const events = stopWebhook(state, id, why);
      return { events, changes: webhook ? [{ change: 'webhook-put', webhook: { ...webhook, stopped: why, stoppedAt: now } }] : [] };
    });
  }
}

/** Since when the oldest of what waits has been waiting: the age of this queue. */
export async function waitingSince(journal: Journal, cursor: Cursor): Promise<Ms | undefined> {
  const [next] = await journal.read(cursor.activation, cursor.seq, 1);
  return next && toMs((JSON.parse(next.line) as ActivationEntry).recordedAt);
}

import { decide, due, effects, evolve, nowInside, record, type Effect } from '../domain/activation.js';
import { ENGINE, type Lane } from '../domain/entry.js';
import type { ActivationEntry, RequestOutcome } from '../domain/events.js';
import { link, type Hash, type Link } from '../domain/evidence/chain.js';
import { isRefusal, refuse, type Refusal } from '../domain/refusal.js';
import type { Right } from '../domain/rights.js';
import type { Activation } from '../domain/state.js';
import type { Ms } from '../domain/time.js';
import type { Held } from './held.js';
import type { Batch, Clock, KeyRecord, Summary, VaultText } from './ports.js';
import type { Receipt, Submission } from './submission.js';

/**
 * What one commit will write: submissions decided in turn, each on what the former ones left, what time and proofs oblige
 * at once, and what must leave. It changes the held state as it goes: whoever does not commit it drops that state.
 */
export class Draft {
  readonly #held: Held;
  readonly #clock: Clock;
  readonly #hash: Hash;
  readonly #fromSeq: number;
  readonly #links: Link[] = [];
  readonly #keys: KeyRecord[] = [];
  readonly #settled: { id: string; outcome: RequestOutcome }[] = [];
  readonly #erased: string[] = [];
  readonly entries: ActivationEntry[] = [];
  readonly outbox: Effect[] = [];
  readonly texts: VaultText[] = [];
  head: string;

  constructor(held: Held, clock: Clock, hash: Hash) {
    this.#held = held;
    this.#clock = clock;
    this.#hash = hash;
    this.#fromSeq = held.activation.seq + 1;
    this.head = held.head;
  }

  /** Nothing that a restart would miss: refusals, and what was already true for an author who keeps no key. */
  get isEmpty(): boolean {
    return this.entries.length === 0 && this.#keys.length === 0 && this.#settled.length === 0;
  }

  batch(): Batch {
    const { activation: a, id } = this.#held;
    return {
      activation: id, expectedSeq: this.#fromSeq - 1, links: this.#links, outbox: this.outbox, texts: this.texts,
      summary: summaryOf(a, this.head), keys: this.#keys, settled: this.#settled, erased: this.#erased,
    };
  }

  take(submission: Submission): Receipt | Refusal {
    const { activation: a } = this.#held;
    const { author, key, bodyHash, command } = submission;
    const wall = this.#clock.wall();
    const now = nowInside(a, wall);
    const declared = submission.occurredAt === undefined ? {} : { occurredAt: submission.occurredAt };
    const events = decide(a, command, {
      now, wall, by: author.id, rights: author.rights,
      ...(author.allowed ? { allowed: author.allowed } : {}),
      ...(submission.for ? { for: submission.for } : {}), ...declared,
    });
    if (isRefusal(events)) return events;
    // The vault is one for all: what another activation says is not this one's to erase.
    if (command.type === 'erase-text' && !this.#held.readers.has(command.digest)) return refuse('unknown-text');
    const fromSeq = a.seq + 1;
    // An author who has the right needs nobody's name to act in: `for` is for the others.
    const onBehalf = submission.for && !author.rights.includes(submission.for as Right) ? { for: submission.for } : {};
    const lane: Lane = command.type === 'open' ? command.lane : a.lane;
    this.#write(a, record(a, events, { by: author.id, source: author.source, command: key, now, wall, ...onBehalf, ...declared }, lane));
    const toSeq = a.seq;
    this.#oblige(a, wall);
    if (toSeq >= fromSeq) this.texts.push(...(submission.texts ?? []));
    if (toSeq >= fromSeq && command.type === 'erase-text') this.#erased.push(command.digest);
    this.#settled.push(...(submission.settled ?? []));
    // What was already true keeps its key too: told again later, it must not be done then.
    if (bodyHash !== undefined) this.#keys.push({ key, by: author.id, bodyHash, activation: this.#held.id, fromSeq, toSeq });
    return { activation: this.#held.id, fromSeq, toSeq, repeated: false };
  }

  #write(a: Activation, entries: ActivationEntry[]): void {
    for (const entry of entries) {
      const linked = link(this.#hash, this.head, entry);
      evolve(a, entry);
      this.head = linked.hash;
      this.entries.push(entry);
      this.#links.push(linked);
      this.outbox.push(...effects(a, entry));
    }
  }

  /** `due` is asked with every commit; what it says is written with it. Its repetition is harmless, so this ends. */
  #oblige(a: Activation, wall: Ms): void {
    for (let round = 0; round < 8; round++) {
      const now = Math.max(nowInside(a, wall), a.recordedAt);
      const before = a.seq;
      for (const command of due(a, now)) {
        const events = decide(a, command, { now, wall, by: ENGINE, rights: [] });
        if (isRefusal(events)) throw new Error(`the engine was refused ${command.type}: ${events.refused}`);
        const declared = 'occurredAt' in command ? { occurredAt: command.occurredAt } : {};
        this.#write(a, record(a, events, { by: ENGINE, source: 'engine', command: `due/${a.seq}`, now, wall, ...declared }));
      }
      if (a.seq === before) return;
    }
    throw new Error(`time obliges activation ${a.id} without end`);
  }
}

function summaryOf(a: Readonly<Activation>, head: string): Summary {
  const { id, lane, life, kind, openedAt, seq } = a;
  return { id, lane, life, kind, openedAt, synergi: a.synergi?.number ?? null, seq, head };
}

import { attemptOf } from '../../domain/outreach/attempts.js';
import type { ActivationEntry } from '../../domain/events.js';
import type { NumberOutcome } from '../../domain/directory/quality.js';
import type { Activations } from '../activations.js';
import type { AddressBook, ContactOutcome } from '../directory/address-book.js';
import type { Clock } from '../ports.js';

/** What a call says of its number; the rest (cancelled, in doubt) says nothing of it. */
const SAYS = new Set<string>(['acknowledged', 'answered', 'machine', 'busy', 'no-answer', 'invalid', 'failed', 'call-again', 'refused'] satisfies NumberOutcome[]);

/** 4.3, 5.3: what our own calls learn of numbers, in real and in test campaigns, goes into the directory; an exercise calls nobody. */
export class NumberNotes {
  readonly #seen = new Map<string, number>();
  #turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly activations: Pick<Activations, 'read'>,
    private readonly addressBook: Pick<AddressBook, 'person' | 'noteOutcomes'>,
    private readonly clock: Clock,
    private readonly alarm: (message: string, details: object) => void,
  ) {}

  /** After each commit. Nobody waits for it: the journal has said it already. */
  heed(activation: string, seq: number): void {
    const from = this.#seen.get(activation) ?? seq - 1;
    this.#seen.set(activation, seq);
    this.#turn = this.#turn.then(() => this.#note(activation, from)).catch((err: unknown) => this.alarm('directory: what a call said of its number is not noted', { err }));
  }

  /** For tests: all that was heeded is noted. */
  settled(): Promise<void> {
    return this.#turn;
  }

  async #note(activation: string, from: number): Promise<void> {
    const called = await this.activations.read(activation, (held) => {
      const a = held.activation;
      if (a.lane === 'exercise' || Object.keys(a.campaigns).length === 0) return [];
      return held.after(from).flatMap(overIn).flatMap((id) => {
        const found = attemptOf(a, id);
        if (!found || found.attempt.way !== 'voice' || found.attempt.contact === undefined || !SAYS.has(found.attempt.outcome)) return [];
        return [{ person: found.target.person, version: found.campaign.people[found.target.person]!.version, contact: found.attempt.contact, outcome: found.attempt.outcome as NumberOutcome }];
      });
    });
    const outcomes: ContactOutcome[] = [];
    for (const { person, version, contact, outcome } of called ?? []) {
      const point = (await this.addressBook.person(person, version))?.contacts[contact];
      if (point?.kind === 'phone') outcomes.push({ person, number: point.number, outcome, at: this.clock.wall() });
    }
    if (outcomes.length > 0) await this.addressBook.noteOutcomes(outcomes);
  }
}

function overIn(entry: ActivationEntry): string[] {
  return entry.type === 'attemptsMoved' ? entry.payload.items.flatMap(({ attempt, over }) => (over ? [attempt] : [])) : [];
}

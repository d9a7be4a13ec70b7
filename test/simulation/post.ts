// What people send in a simulated night, over a bad network: lost, late, twice, out of order, and sent again under its key.
import type { Accepted } from '../../src/contract/live.js';
import type { Lane } from '../../src/domain/entry.js';
import { SECOND } from '../../src/domain/time.js';
import type { Agenda } from './agenda.js';
import type { Chance } from './chance.js';
import { signedIn } from './house.js';
import type { Machine, Process } from './machine.js';
import type { Attempt, Witness } from './witness.js';

export interface Posted {
  by: string;
  key: string;
  activation?: string;
  name: string;
  body: unknown;
}

interface Waiting {
  sent: Posted;
  tries: number;
}

export interface PostParts {
  machine: Machine;
  agenda: Agenda;
  chance: Chance;
  witness: Witness;
  /** How much goes wrong. */
  trouble: number;
  /** Trouble is over. */
  isCalm: () => boolean;
  onOpened: (id: string, lane: Lane) => void;
}

export class Post {
  /** Sent, and not answered yet. */
  readonly #unanswered = new Set<Waiting>();

  constructor(private readonly parts: PostParts) {}

  /** The machine died: nobody will be answered. */
  lose(): void {
    for (const one of [...this.#unanswered]) this.#again(one);
  }

  send(sent: Posted, tries = 0): void {
    const { chance, witness, agenda, trouble } = this.parts;
    this.#attempt(sent, tries);
    if (tries > 0 || trouble === 0) return;
    if (chance.happens(0.02)) {
      witness.fault('command sent twice at once');
      this.#attempt(sent, 9);
    }
    if (chance.happens(0.02)) {
      witness.fault('command sent again later');
      agenda.in(chance.between(1, 60 * 60) * SECOND, () => this.#attempt(sent, 9));
    }
    if (chance.happens(0.005)) {
      witness.fault('key used for another command');
      agenda.in(chance.between(1, 600) * SECOND, () => this.#attempt({ ...sent, body: { ...(sent.body as object), for: 'OE' } }, 9));
    }
  }

  #attempt(sent: Posted, tries: number): void {
    const { chance, witness, agenda, machine, trouble, isCalm } = this.parts;
    const waiting = { sent, tries };
    this.#unanswered.add(waiting);
    const bad = isCalm() ? 0 : trouble;
    if (!machine.isUp) return this.#again(waiting);
    if (chance.happens(0.01 * bad)) {
      witness.fault('command lost on its way');
      return this.#again(waiting);
    }
    if (chance.happens(0.03 * bad)) {
      // Overtaken by those sent after it.
      witness.fault('command out of order');
      agenda.in(chance.between(1, 20_000), () => this.#arrive(waiting));
      return;
    }
    this.#arrive(waiting);
  }

  #arrive(waiting: Waiting): void {
    const { chance, witness, agenda, machine, trouble, isCalm, onOpened } = this.parts;
    if (!this.#unanswered.has(waiting)) return;
    if (!machine.isUp) return this.#again(waiting);
    const { sent } = waiting;
    const attempt: Attempt = { at: agenda.now, ...sent };
    witness.attempts.push(attempt);
    machine.ask((process) => this.#put(process, sent), (how) => {
      if (!isCalm() && chance.happens(0.02 * trouble)) {
        witness.fault('answer lost on its way');
        return this.#again(waiting);
      }
      this.#unanswered.delete(waiting);
      attempt.answeredAt = agenda.now;
      if ('refused' in how) attempt.refused = how.refused;
      else if ('failed' in how) {
        attempt.failed = true;
        this.#again(waiting);
      } else {
        attempt.accepted = how.answer;
        const { outcome } = how.answer;
        if (outcome === 'opened' || (outcome === 'same' && sent.name === 'open')) onOpened(how.answer.activation, (sent.body as { lane?: Lane }).lane ?? 'real');
      }
    });
  }

  /** The console keeps what was not answered, and sends it again under the same key. */
  #again(waiting: Waiting): void {
    const { chance, agenda, isCalm } = this.parts;
    this.#unanswered.delete(waiting);
    const { sent, tries } = waiting;
    if (isCalm() || tries >= 6 || chance.happens(0.1)) return;
    agenda.in(chance.between(2, tries === 0 ? 20 : 240) * SECOND, () => this.send(sent, tries + 1));
  }

  #put({ orders, wired }: Process, { by, key, activation, name, body }: Posted): Promise<Accepted> {
    const who = signedIn(wired, by)!;
    if (name === 'open') return orders.open(who, body, key);
    if (name === 'declare-t0') return orders.declareT0(who, body, key);
    return orders.order(who, activation!, name, body, key);
  }
}

import { evolve, initial } from '../domain/activation.js';
import type { Activation } from '../domain/state.js';
import { HOUR, toMs, type Ms } from '../domain/time.js';
import { isSeen, type Board, type BoardEntry } from './board.js';

/** A folded state is kept each so many entries: any position is a copy of one of them and few entries more. */
const KEPT_EVERY = 250;
/** A silence takes no more room on the slider: a note of the review, days after, must not crush the hour. */
export const LONGEST_SILENCE: Ms = HOUR;

/**
 * A whole journal, as this audience was given it, and what a board showed at any number of it: the same fold with another
 * cursor (principle 4). Positions are numbers of entries; their time is the one at which we learnt them, for this tells
 * what was known then.
 */
export class Reel {
  readonly #id: string;
  readonly #entries: BoardEntry[] = [];
  /** When each entry was learnt; a withheld one tells no time, and has that of the one before. */
  readonly #times: Ms[] = [];
  /** How far each entry stands from the first, silences shortened. */
  readonly #places: Ms[] = [];
  /** State after 0, KEPT_EVERY, 2 × KEPT_EVERY… entries. */
  readonly #kept: Activation[];
  #last: Activation;
  #shown: Activation | undefined;

  constructor(id: string) {
    this.#id = id;
    this.#last = initial(id);
    this.#kept = [initial(id)];
  }

  get seq(): number {
    return this.#entries.length;
  }

  get entries(): readonly BoardEntry[] {
    return this.#entries;
  }

  /** Takes what follows, ignores what it has; false when something is missing before. Throws UnknownEntry. */
  take(entries: readonly BoardEntry[]): boolean {
    for (const entry of entries) {
      if (entry.seq <= this.seq) continue;
      if (entry.seq > this.seq + 1) return false;
      evolve(this.#last, entry);
      this.#entries.push(entry);
      const before = this.#times.at(-1);
      const time = isSeen(entry) ? toMs(entry.recordedAt) : (before ?? 0);
      this.#times.push(time);
      this.#places.push(before === undefined ? 0 : this.#places.at(-1)! + Math.min(time - before, LONGEST_SILENCE));
      if (this.seq % KEPT_EVERY === 0) this.#kept.push(structuredClone(this.#last));
    }
    return true;
  }

  /** What was true once `seq` entries were known. */
  at(seq: number): Readonly<Activation> {
    const wanted = Math.min(Math.max(seq, 0), this.seq);
    const kept = Math.floor(wanted / KEPT_EVERY);
    // Going forward a little goes on from what is shown; anything else starts from the nearest copy.
    let state = this.#shown;
    if (!state || state.seq > wanted || state.seq < kept * KEPT_EVERY) state = structuredClone(this.#kept[kept]!);
    for (let i = state.seq; i < wanted; i++) evolve(state, this.#entries[i]!);
    this.#shown = state;
    return state;
  }

  /** When the entry of this number was learnt. */
  timeOf(seq: number): Ms {
    return this.#times[Math.min(Math.max(seq, 1), this.seq) - 1] ?? 0;
  }

  /** How many entries were known at that time. */
  seqAt(time: Ms): number {
    return countUpTo(this.#times, time);
  }

  /** Where a time stands on the slider, and which time stands there. */
  placeOf(time: Ms): Ms {
    const last = Math.max(0, this.seqAt(time) - 1);
    return (this.#places[last] ?? 0) + Math.min(Math.max(0, time - (this.#times[last] ?? 0)), LONGEST_SILENCE);
  }

  timeAt(place: Ms): Ms {
    const last = Math.max(0, countUpTo(this.#places, place) - 1);
    return (this.#times[last] ?? 0) + Math.max(0, place - (this.#places[last] ?? 0));
  }

  /** What a screen reads at this position: a board that has received so many entries and no more. */
  board(seq: number, { audience, text }: Pick<Board, 'audience' | 'text'>): Board {
    const activation = this.at(seq);
    return { activation, audience, text, entries: this.#entries.slice(0, activation.seq), first: 1, hasOlder: false };
  }
}

/** How many of these, in order, are not above it. */
function countUpTo(sorted: readonly Ms[], limit: Ms): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

import type { Ms } from '../../src/domain/time.js';

interface Planned {
  at: Ms;
  /** What was planned first comes first. */
  order: number;
  work: () => void | Promise<void>;
  off: boolean;
}

/** The true time of a simulated night, and what will happen in it. A heap: nights plan thousands of things. */
export class Agenda {
  readonly #heap: Planned[] = [];
  #order = 0;

  constructor(public now: Ms) {}

  /** Plans work; the answer calls it off. */
  in(ms: Ms, work: Planned['work']): () => void {
    const planned = { at: this.now + Math.ceil(Math.max(0, ms)), order: this.#order++, work, off: false };
    this.#heap.push(planned);
    this.#rise(this.#heap.length - 1);
    return () => (planned.off = true);
  }

  /** When the next thing happens; Infinity where nothing is planned. */
  get nextAt(): Ms {
    while (this.#heap[0]?.off) this.#take();
    return this.#heap[0]?.at ?? Infinity;
  }

  /** Takes the next thing out. */
  next(): Planned['work'] {
    return this.#take().work;
  }

  #take(): Planned {
    const first = this.#heap[0]!;
    const last = this.#heap.pop()!;
    if (last !== first) {
      this.#heap[0] = last;
      this.#sink(0);
    }
    return first;
  }

  #before(i: number, j: number): boolean {
    const [x, y] = [this.#heap[i]!, this.#heap[j]!];
    return x.at < y.at || (x.at === y.at && x.order < y.order);
  }

  #swap(i: number, j: number): void {
    [this.#heap[i], this.#heap[j]] = [this.#heap[j]!, this.#heap[i]!];
  }

  #rise(i: number): void {
    for (let parent = (i - 1) >> 1; i > 0 && this.#before(i, parent); i = parent, parent = (i - 1) >> 1) this.#swap(i, parent);
  }

  #sink(i: number): void {
    for (;;) {
      let least = i;
      for (const child of [2 * i + 1, 2 * i + 2]) if (child < this.#heap.length && this.#before(child, least)) least = child;
      if (least === i) return;
      this.#swap(i, least);
      i = least;
    }
  }
}

import type { Ms } from '../../../src/domain/time.js';

type Happening = () => unknown;

/** What happens when on a clock that a test moves: in the order of time, then of asking. Nothing happens by itself. */
export class Timetable {
  readonly #planned: { at: Ms; happen: Happening }[] = [];

  constructor(private readonly now: () => Ms) {}

  /** In whole milliseconds, as clocks are. */
  in(ms: Ms, happen: Happening): void {
    const at = this.now() + Math.max(0, Math.round(ms));
    // Most things are planned last: looked for from the end.
    let place = this.#planned.length;
    while (place > 0 && this.#planned[place - 1]!.at > at) place--;
    this.#planned.splice(place, 0, { at, happen });
  }

  /** When the next thing happens. */
  get next(): Ms | undefined {
    return this.#planned[0]?.at;
  }

  /** Everything that has come due, one after the other, and what comes of it at once. */
  async catchUp(): Promise<void> {
    while (this.next !== undefined && this.next <= this.now()) await this.#planned.shift()!.happen();
  }
}

import { numbersOf, type LocalDate } from '../../domain/directory/person.js';
import {
  advice, estimate, isReachable, type Advice, type CallHypotheses, type CallMeans, type Callable, type Estimate,
} from '../../domain/outreach/estimate.js';
import type { Book } from '../directory/book.js';
import { reachable } from './targets.js';

export interface BeforeTheNightAnswer {
  night: Estimate;
  day: Estimate;
  advice: Advice[];
  means: CallMeans;
  hypotheses: CallHypotheses;
}

/** What can be known of a campaign before it is needed: from the directory as it is today, and from what the settings suppose. */
export class BeforeTheNight {
  constructor(
    private readonly book: Book,
    private readonly today: () => LocalDate,
    private readonly usual: CallMeans,
    private readonly given: CallHypotheses,
  ) {}

  estimate(communes: readonly string[], wished: { [K in keyof CallMeans]?: CallMeans[K] | undefined }): BeforeTheNightAnswer {
    const { lines = this.usual.lines, callsPerSecond = this.usual.callsPerSecond, concurrent = this.usual.concurrent } = wished;
    const means = { lines, callsPerSecond, concurrent };
    const perimeter = this.#callables(communes);
    const night = estimate(perimeter, 'night', means, this.given);
    return { night, day: estimate(perimeter, 'day', means, this.given), advice: advice(perimeter, means, this.given, night), means, hypotheses: this.given };
  }

  /** 48.1: of these communes, those where nobody can be called at all, and those where nobody answers at night. */
  reach(communes: readonly string[]): { nobody: string[]; notAtNight: string[] } {
    const perimeter = this.#callables(communes);
    const named = (of: readonly Callable[]) => of.map(({ commune }) => commune);
    return { nobody: named(perimeter.filter(({ lines }) => lines.length === 0)), notAtNight: named(perimeter.filter((one) => !isReachable(one, 'night', this.given))) };
  }

  #callables(communes: readonly string[]): Callable[] {
    const today = this.today();
    return [...new Set(communes)].map((commune) => ({
      commune,
      // A mobile of the town hall is somebody's on duty; its other lines ring in an empty office.
      lines: reachable(this.book, commune, today).flatMap((person) => numbersOf(person).map(({ line }) => (person.kind === 'town-hall' && line !== 'mobile' ? 'town-hall' : line))),
    }));
  }
}

import type { LocalDate, Person } from '../../domain/directory/person.js';
import { isToPurge, qualityOf, type Quality } from '../../domain/directory/quality.js';
import { DAY } from '../../domain/time.js';
import type { Clock } from '../ports.js';
import type { AddressBook } from './address-book.js';
import type { Book } from './book.js';

export interface InspectionSettings {
  freshnessMonths: number;
  purgeAfterDays: number;
}

const MONTH = 365.25 * DAY / 12;

/** What is to be mended in the directory, looked for once after each change: 50,000 people are read through each time. */
export class Inspection {
  #known: { key: string; quality: Quality } | undefined;

  constructor(
    private readonly book: Book,
    private readonly store: AddressBook,
    private readonly clock: Clock,
    private readonly today: () => LocalDate,
    private readonly communes: () => readonly string[],
    readonly settings: InspectionSettings,
  ) {}

  async quality(): Promise<Quality> {
    const outcomes = await this.store.outcomes();
    const today = this.today();
    // Each call that is noted makes the sum of their instants grow; whoever is erased changes the book.
    const key = `${this.book.revision} ${today} ${outcomes.reduce((sum, { at }) => sum + at, 0)}`;
    if (this.#known?.key !== key) {
      const quality = qualityOf({
        people: this.book.everybody(), communes: this.communes(), today, now: this.clock.wall(), freshFor: this.settings.freshnessMonths * MONTH, outcomes,
      });
      this.#known = { key, quality };
    }
    return this.#known.quality;
  }

  /** Whoever's mandate ended long enough ago, those who ended first before the others. */
  toPurge(): Person[] {
    return [...this.book.everybody()].filter((person) => this.isToPurge(person)).sort((x, y) => (x.until! < y.until! ? -1 : x.until! > y.until! ? 1 : 0));
  }

  isToPurge(person: Person): boolean {
    return isToPurge(person, this.today(), this.settings.purgeAfterDays);
  }
}

import { Calendars, NO_CONTENT, type Calendar, type CalendarChange, type CalendarContent } from '../../src/application/on-call/calendar-store.js';

/** Calendars in a plain map, under the same contract suite as SQLite. */
export class MemoryCalendars extends Calendars {
  readonly #calendars = new Map<string, Calendar & CalendarContent>();

  constructor(private readonly mustWrite: () => void) {
    super();
  }

  /** With the batch of the journal. */
  apply(change: CalendarChange): void {
    if (change.change === 'calendar-removed') {
      this.#calendars.delete(change.calendar);
      return;
    }
    const { calendar, content } = structuredClone(change);
    const known = this.#calendars.get(calendar.id);
    this.#calendars.set(calendar.id, { ...(known ?? NO_CONTENT), ...calendar, ...(known ? { createdBy: known.createdBy, createdAt: known.createdAt } : {}), ...content });
  }

  override async list(): Promise<(Calendar & CalendarContent)[]> {
    return structuredClone([...this.#calendars.values()].sort((x, y) => x.createdAt - y.createdAt || (x.id < y.id ? -1 : 1)));
  }

  override async fetched(id: string, url: string, content: CalendarContent): Promise<void> {
    this.mustWrite();
    const known = this.#calendars.get(id);
    if (known?.url === url) Object.assign(known, structuredClone(content));
  }
}

import { FUNCTIONS, type FunctionCode } from '../../domain/entry.js';
import type { Covers } from '../../domain/on-call/calendar.js';
import { recognise, type Candidate } from '../../domain/on-call/holder.js';
import { concerns, nextAfter, neededIn, onCallAt, type Concern, type Duty, type OfficeHours, type Span } from '../../domain/on-call/roster.js';
import type { Ms } from '../../domain/time.js';
import type { CalendarReader, CalendarRead } from './calendar-reader.js';
import type { Calendar, CalendarContent, Calendars } from './calendar-store.js';

const WEEK: Ms = 7 * 24 * 3_600_000;
/** A window is read a little wider than asked, and serves until it is passed. */
const MARGIN: Ms = WEEK;
/** A search for the next shift looks so far. */
const FAR: Ms = 10 * WEEK;
/** No calendar is followed over a longer time at once. */
export const LONGEST_SPAN: Ms = 366 * 24 * 3_600_000;

export interface OnCallSettings {
  /** Gaps and overlaps are looked for so many weeks ahead. */
  weeks: number;
  officeHours: OfficeHours;
  timeZone: string;
}

/** Somebody on call, recognised or not: `person` is an agent of the directory or an account. */
export interface Shift extends Duty {
  calendar: string;
  /** What the calendar says: shown where nobody was recognised. */
  written: string;
  person: string | null;
  /** Why nobody was: nobody bears that name, or several do. */
  unknown: 'nobody' | 'several' | null;
}
export interface FunctionWatch {
  function: FunctionCode;
  shifts: Shift[];
  concerns: Concern[];
}

/** Who may be meant by a calendar, and a word that changes when they do. */
export interface Names {
  candidates: () => Promise<{ revision: string; people: readonly Candidate[] }>;
}

type Known = Calendar & CalendarContent;

/** Who is on call, from the calendars as they were last read. Each is expanded once for the weeks that are looked at. */
export class Roster {
  #calendars: readonly Known[] = [];
  readonly #read = new Map<string, { content: string; span: Span; read: CalendarRead }>();
  #named: { revision: string; found: Map<string, ReturnType<typeof recognise>> } = { revision: '', found: new Map() };

  constructor(
    private readonly store: Calendars,
    private readonly reader: CalendarReader,
    private readonly names: Names,
    readonly settings: OnCallSettings,
  ) {}

  /** At start, and after each change. */
  async load(): Promise<void> {
    this.#calendars = await this.store.list();
    for (const id of this.#read.keys()) if (!this.#calendars.some((one) => one.id === id)) this.#read.delete(id);
  }

  get calendars(): readonly Known[] {
    return this.#calendars;
  }

  /** The functions that have a calendar, in the order of the list. */
  functions(): FunctionCode[] {
    return FUNCTIONS.filter((code) => this.#calendars.some((one) => one.function === code));
  }

  /** Of each function that has a calendar: who is on call then, and who comes next where nobody is. */
  async at(at: Ms): Promise<{ function: FunctionCode; now: Shift[]; next: Shift | undefined }[]> {
    return Promise.all(this.functions().map(async (code) => {
      const shifts = await this.shifts(code, { from: at, to: at + FAR });
      const now = onCallAt(shifts, at);
      return { function: code, now, next: now.length === 0 ? nextAfter(shifts, at) : undefined };
    }));
  }

  /** The weeks ahead: every shift, and what must be mended before. */
  async watch(now: Ms, weeks = this.settings.weeks): Promise<FunctionWatch[]> {
    const span = { from: now, to: now + weeks * WEEK };
    return Promise.all(this.functions().map(async (code) => {
      const shifts = await this.shifts(code, span);
      return { function: code, shifts, concerns: concerns(shifts, neededIn(span, this.coversOf(code), this.settings.timeZone, this.settings.officeHours)) };
    }));
  }

  /** One calendar that covers every hour is enough to ask for every hour. */
  coversOf(code: FunctionCode): Covers {
    return this.#calendars.some((one) => one.function === code && one.covers === 'always') ? 'always' : 'off-hours';
  }

  async shifts(code: FunctionCode, span: Span): Promise<Shift[]> {
    const shifts: Shift[] = [];
    for (const calendar of this.#calendars.filter((one) => one.function === code)) {
      for (const { from, to, summary, attendees } of this.readOf(calendar, span).shifts) {
        const found = await this.#recognise({ summary, attendees });
        const person = 'id' in found ? found.id : null;
        shifts.push({
          from, to, calendar: calendar.id, written: summary || (attendees[0]?.name ?? ''), person, unknown: 'fault' in found ? found.fault : null,
          holder: person ?? `${calendar.id} ${summary} ${attendees.map(({ email }) => email).join(' ')}`,
        });
      }
    }
    return shifts.filter((one) => one.from < span.to && one.to > span.from).sort((x, y) => x.from - y.from || x.to - y.to);
  }

  /** What one calendar says of a time, with what could not be followed in it. */
  readOf({ id, content }: Known, span: Span): CalendarRead {
    if (content === null) return { shifts: [], ignored: [] };
    const kept = this.#read.get(id);
    if (kept && kept.content === content && kept.span.from <= span.from && kept.span.to >= span.to) return kept.read;
    const wide = { from: span.from - MARGIN, to: Math.min(span.to, span.from + LONGEST_SPAN) + MARGIN };
    const read = this.reader.read(content, wide);
    this.#read.set(id, { content, span: wide, read });
    return read;
  }

  async #recognise(written: { summary: string; attendees: CalendarRead['shifts'][number]['attendees'] }): Promise<ReturnType<typeof recognise>> {
    const { revision, people } = await this.names.candidates();
    if (revision !== this.#named.revision) this.#named = { revision, found: new Map() };
    const key = JSON.stringify(written);
    let found = this.#named.found.get(key);
    if (!found) this.#named.found.set(key, (found = recognise(written, people)));
    return found;
  }
}

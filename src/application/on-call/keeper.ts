import { decideAdministration } from '../../domain/administration-rules.js';
import type { FunctionCode } from '../../domain/entry.js';
import { FETCH_AGAIN, FETCH_EVERY, type CalendarCommand, type Covers } from '../../domain/on-call/calendar.js';
import { isRefusal, refuse, type Refusal } from '../../domain/refusal.js';
import { SECOND, type Ms } from '../../domain/time.js';
import type { Actor, Administration } from '../administration.js';
import { OutsideFailed, type Outside } from '../outside.js';
import type { Clock, Random } from '../ports.js';
import { MOST_CALENDAR_BYTES, type CalendarRead, type CalendarReader } from './calendar-reader.js';
import { NO_CONTENT, type Calendar, type CalendarChange, type CalendarContent, type Calendars } from './calendar-store.js';
import type { Roster } from './roster.js';

/** Of what could not be followed, so much is said at once. */
const MOST_SAID = 50;
const WEEK: Ms = 7 * 24 * 3_600_000;
/** An address has so long to answer. */
const ANSWER_WITHIN: Ms = 20 * SECOND;

export interface WantedCalendar {
  function: FunctionCode;
  name: string;
  covers: Covers;
  /** An address, or the text of a file; neither: what stands there stays. */
  url?: string;
  content?: string;
}

export interface CalendarState extends Pick<Calendar, 'id' | 'function' | 'name' | 'covers'>, Pick<CalendarContent, 'contentAt' | 'triedAt' | 'fault'> {
  host: string | null;
  ahead: number;
  unknown: { written: string; why: 'nobody' | 'several' }[];
  ignored: CalendarRead['ignored'];
}

/**
 * The calendars: each act is an entry of the administration's journal and its row, in one transaction. Addresses are
 * fetched again on their own; what fails is said, and the last good content stays.
 */
export class CalendarKeeper {
  /** What is asked, of which calendar, since when; an address is asked once at a time. */
  readonly #flights = new Map<string, { cut: AbortController; since: Ms; done: Promise<void> }>();
  #stopped = false;

  constructor(
    private readonly administration: Administration,
    private readonly store: Calendars,
    private readonly roster: Roster,
    private readonly reader: CalendarReader,
    private readonly outside: Outside,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly alarm: (message: string, details: object) => void,
  ) {}

  /** Each with its age, and what nobody could follow in it: never its address. */
  async list(): Promise<CalendarState[]> {
    const now = this.clock.wall();
    const span = { from: now, to: now + this.roster.settings.weeks * WEEK };
    return Promise.all(this.roster.calendars.map(async (one) => {
      const shifts = (await this.roster.shifts(one.function, span)).filter(({ calendar }) => calendar === one.id);
      const unknown = shifts.flatMap(({ written, unknown: why }) => (why === null ? [] : [{ written, why }]));
      return {
        id: one.id, function: one.function, name: one.name, covers: one.covers, host: one.url === null ? null : new URL(one.url).host,
        contentAt: one.contentAt, triedAt: one.triedAt, fault: one.fault, ahead: shifts.length,
        unknown: [...new Map(unknown.map((which) => [which.written, which])).values()].slice(0, MOST_SAID), ignored: this.roster.readOf(one, span).ignored.slice(0, MOST_SAID),
      };
    }));
  }

  /** Those that could not be read again. */
  faults(): { calendar: string; name: string; function: FunctionCode; fault: string; contentAt: Ms | null }[] {
    return this.roster.calendars.flatMap(({ id, name, function: code, fault, contentAt }) => (fault === null ? [] : [{ calendar: id, name, function: code, fault, contentAt }]));
  }

  /** A file that is no calendar is refused; an address is asked at once, and kept whatever it answers. */
  async add(actor: Actor, wanted: WantedCalendar): Promise<{ calendar: string } | Refusal> {
    if (wanted.url === undefined && wanted.content === undefined) return refuse('calendar-refused', { why: 'empty' });
    const id = this.random.id();
    const refused = await this.#put(actor, { type: 'add-calendar', calendar: id, function: wanted.function }, wanted, (now) => ({
      id, function: wanted.function, name: wanted.name, covers: wanted.covers, url: wanted.url ?? null, createdBy: actor.id, createdAt: now,
    }));
    return refused ?? { calendar: id };
  }

  change(actor: Actor, id: string, wanted: WantedCalendar): Promise<Refusal | undefined> {
    return this.#put(actor, { type: 'change-calendar', calendar: id, function: wanted.function }, wanted, () => {
      const known = this.#find(id);
      return known && { ...pick(known), function: wanted.function, name: wanted.name, covers: wanted.covers, url: wanted.url ?? (wanted.content === undefined ? known.url : null) };
    });
  }

  async withdraw(actor: Actor, id: string): Promise<Refusal | undefined> {
    const refused = await this.#write(actor, { type: 'remove-calendar', calendar: id }, () => ({ change: 'calendar-removed', calendar: id }));
    if (!refused) await this.roster.load();
    return refused;
  }

  /** Now, whatever the hour of the next try. */
  async fetchNow(id: string): Promise<Refusal | undefined> {
    const known = this.#find(id);
    if (!known) return refuse('unknown-calendar');
    if (known.url !== null) await this.#fetch(known, known.url);
    return undefined;
  }

  /** Called by the beat, which waits for no network: what takes too long is cut, what is due is asked. */
  beat(): void {
    const since = this.clock.monotonic() - ANSWER_WITHIN;
    for (const flight of this.#flights.values()) if (flight.since <= since) flight.cut.abort();
    const now = this.clock.wall();
    for (const one of this.roster.calendars) if (one.url !== null && isDue(one, now)) void this.#fetch(one, one.url);
  }

  /** When nothing is on its way. */
  async idle(): Promise<void> {
    while (this.#flights.size > 0) await Promise.all([...this.#flights.values()].map(({ done }) => done));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const { cut } of this.#flights.values()) cut.abort();
    await this.idle();
  }

  #fetch(calendar: Calendar & CalendarContent, url: string): Promise<void> {
    const under = this.#flights.get(calendar.id);
    if (under || this.#stopped) return under?.done ?? Promise.resolve();
    const cut = new AbortController();
    const done = this.#keep(calendar, url, cut.signal).catch((error: unknown) => this.alarm('calendar: what was fetched was not kept', { calendar: calendar.id, err: error })).finally(() => {
      this.#flights.delete(calendar.id);
    });
    this.#flights.set(calendar.id, { cut, since: this.clock.monotonic(), done });
    return done;
  }

  async #keep(calendar: Calendar & CalendarContent, url: string, signal: AbortSignal): Promise<void> {
    const read = await this.#ask(url, calendar, signal);
    if (this.#stopped) return;
    await this.store.fetched(calendar.id, url, read);
    await this.roster.load();
  }

  /** What comes of asking: the content and its date where it is one, else what stood, and why. */
  async #ask(url: string, before: CalendarContent, signal: AbortSignal): Promise<CalendarContent> {
    const { content, contentAt, etag, lastModified } = before;
    const failed = (fault: string): CalendarContent => ({ content, contentAt, etag, lastModified, triedAt: this.clock.wall(), fault });
    const conditional = content === null ? {} : { ...(etag === null ? {} : { 'if-none-match': etag }), ...(lastModified === null ? {} : { 'if-modified-since': lastModified }) };
    try {
      const answer = await this.outside.request({
        method: 'GET', url, mostBytes: MOST_CALENDAR_BYTES, signal,
        headers: { 'user-agent': 'temps-zero', 'accept': 'text/calendar, */*;q=0.1', ...conditional },
      });
      const now = this.clock.wall();
      if (answer.status === 304 && content !== null) return { content, contentAt: now, etag, lastModified, triedAt: now, fault: null };
      if (answer.status !== 200) return failed(`http-${answer.status}`);
      const text = decoded(answer.body);
      const fault = this.reader.faultOf(text);
      return fault ? failed(fault) : { content: text, contentAt: now, etag: answer.etag ?? null, lastModified: answer.lastModified ?? null, triedAt: now, fault: null };
    } catch (error) {
      if (error instanceof OutsideFailed) return failed(error.fault);
      throw error;
    }
  }

  async #put(actor: Actor, command: CalendarCommand, wanted: WantedCalendar, row: (now: Ms) => Calendar | undefined): Promise<Refusal | undefined> {
    const fault = this.#faultOf(wanted);
    if (fault) return fault;
    const refused = await this.#write(actor, command, (now) => {
      const calendar = row(now);
      if (!calendar) return undefined;
      const file = wanted.content === undefined ? undefined : { ...NO_CONTENT, content: wanted.content, contentAt: now, triedAt: now };
      const content = file ?? (wanted.url === undefined ? undefined : NO_CONTENT);
      return { change: 'calendar-put', calendar, ...(content ? { content } : {}) };
    });
    if (refused) return refused;
    await this.roster.load();
    this.beat();
    return undefined;
  }

  #faultOf({ url, content }: WantedCalendar): Refusal | undefined {
    const address = url === undefined ? undefined : this.outside.faultOf(url);
    if (address) return refuse('address-refused', { why: address });
    const file = content === undefined ? undefined : this.reader.faultOf(content);
    return file && refuse('calendar-refused', { why: file });
  }

  async #write(actor: Actor, command: CalendarCommand, change: (now: Ms) => CalendarChange | undefined): Promise<Refusal | undefined> {
    const written = await this.administration.write(actor, (state, now) => {
      const events = decideAdministration(state, command, { rights: actor.rights, now });
      if (isRefusal(events)) return events;
      const done = change(now);
      return done ? { events, changes: [done] } : refuse('unknown-calendar');
    });
    return isRefusal(written) ? written : undefined;
  }

  #find(id: string): (Calendar & CalendarContent) | undefined {
    return this.roster.calendars.find((one) => one.id === id);
  }
}

/** A clock that went back asks at once. */
function isDue({ triedAt, fault }: CalendarContent, now: Ms): boolean {
  return triedAt === null || triedAt > now || now - triedAt >= (fault === null ? FETCH_EVERY : FETCH_AGAIN);
}

function pick({ id, function: code, name, covers, url, createdBy, createdAt }: Calendar): Calendar {
  return { id, function: code, name, covers, url, createdBy, createdAt };
}

/** UTF-8, or what an old Windows program writes. */
export function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

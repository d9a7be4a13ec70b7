import ICAL from 'ical.js';
import { CalendarReader, MOST_CALENDAR_BYTES, type CalendarFault, type CalendarRead, type IgnoredReason, type WrittenShift } from '../../application/on-call/calendar-reader.js';
import type { Span } from '../../domain/on-call/roster.js';
import type { Ms } from '../../domain/time.js';
import { naive, Zones, type Zone } from './zones.js';

/** Ten functions, each shift an event, for ten years. */
const MOST_EVENTS = 5_000;
/** Steps of a rule until it is given up: every day for a century is less. */
const MOST_STEPS = 40_000;
/** For a whole file, half a second: a dozen rules that repeat each day since ten years ago. */
const MOST_STEPS_IN_ALL = 50_000;
/** No zone is further from UTC; what a naive time may be wrong by. */
const WIDEST: Ms = 15 * 3_600_000;
const DAY: Ms = 24 * 3_600_000;
const LONGEST_TITLE = 200;

class GivenUp extends Error {}

/** ical.js looks for ever for the 30th of February: each look at a candidate is counted. */
class BoundedRule extends ICAL.RecurIterator {
  declare steps: number | undefined;

  override check_contracting_rules(): boolean {
    this.steps = (this.steps ?? 0) + 1;
    if (this.steps > MOST_STEPS) throw new GivenUp();
    return super.check_contracting_rules();
  }
}

/** One VEVENT as its times read: when it begins and how long it lasts, in its own local time. */
interface Event {
  component: ICAL.Component;
  summary: string;
  start: Ms;
  zone: Zone;
  length: Ms;
}
type Unfit = { summary: string; why: IgnoredReason };

/** iCalendar by ical.js: rules, exceptions and moved occurrences within the time that is asked for, and no further. */
export class IcalReader extends CalendarReader {
  /** Floating times, days, and zones that nobody knows are the préfecture's. */
  constructor(private readonly houseZone: string) {
    super();
  }

  override faultOf(content: string): CalendarFault | undefined {
    const text = content.trim();
    if (text === '') return 'empty';
    if (content.length > MOST_CALENDAR_BYTES) return 'too-large';
    if (/^<|<html|<!doctype/i.test(text.slice(0, 1_000))) return 'login-page';
    if (!/^BEGIN:VCALENDAR/im.test(text)) return 'not-a-calendar';
    if ((text.match(/^BEGIN:VEVENT/gim)?.length ?? 0) > MOST_EVENTS) return 'too-many';
    try {
      calendarsIn(text);
      return undefined;
    } catch {
      return 'not-a-calendar';
    }
  }

  override read(content: string, span: Span): CalendarRead {
    const shifts: WrittenShift[] = [];
    const ignored: Unfit[] = [];
    const left = { steps: MOST_STEPS_IN_ALL };
    const { calendars, broken } = calendarsIn(content);
    ignored.push(...broken);
    for (const calendar of calendars) {
      const zones = new Zones(calendar, this.houseZone);
      for (const events of byUid(calendar)) {
        try {
          const read = events.map((one) => eventOf(one, zones));
          ignored.push(...read.filter((one): one is Unfit => 'why' in one));
          shifts.push(...occurrences(read.filter((one): one is Event => 'start' in one), span, zones, left));
        } catch (error) {
          ignored.push({ summary: titleOf(events[0]!), why: error instanceof GivenUp ? 'impossible-rule' : 'unreadable' });
        }
      }
    }
    return { shifts: shifts.sort((x, y) => x.from - y.from || x.to - y.to), ignored };
  }
}

/** One value that ical.js cannot read spoils its event, not the whole file. Throws where the file itself is broken. */
function calendarsIn(content: string): { calendars: ICAL.Component[]; broken: Unfit[] } {
  const text = content.replace(/^\uFEFF/, '').trim();
  try {
    return { calendars: componentsOf(text), broken: [] };
  } catch {
    const broken: Unfit[] = [];
    const sound = text.replace(/^BEGIN:VEVENT[^]*?^END:VEVENT[^\S\n]*$\n?/gim, (event) => {
      try {
        ICAL.parse(event.trim());
        return event;
      } catch {
        broken.push({ summary: (/^SUMMARY[^:\n]*:(.*)$/im.exec(event)?.[1] ?? '').trim().slice(0, LONGEST_TITLE), why: 'unreadable' });
        return '';
      }
    });
    return { calendars: componentsOf(sound), broken };
  }
}

function componentsOf(text: string): ICAL.Component[] {
  const parsed = ICAL.parse(text) as unknown[];
  const roots = (Array.isArray(parsed[0]) ? parsed : [parsed]) as ConstructorParameters<typeof ICAL.Component>[0][];
  return roots.map((root) => new ICAL.Component(root));
}

/** An event and its moved occurrences bear one UID. */
function byUid(calendar: ICAL.Component): ICAL.Component[][] {
  const groups = new Map<unknown, ICAL.Component[]>();
  for (const event of calendar.getAllSubcomponents('vevent')) {
    const uid = event.getFirstPropertyValue('uid') ?? event;
    groups.set(uid, [...(groups.get(uid) ?? []), event]);
  }
  return [...groups.values()];
}

function eventOf(component: ICAL.Component, zones: Zones): Event | Unfit {
  const summary = titleOf(component);
  const start = timeOf(component.getFirstProperty('dtstart'));
  if (!start) return { summary, why: 'unreadable' };
  const zone = zones.of(start.property, start.time);
  const end = timeOf(component.getFirstProperty('dtend'));
  const lasts = component.getFirstPropertyValue('duration') as ICAL.Duration | null;
  const begins = naive(start.time);
  const ends = end && zones.of(end.property, end.time);
  // In local time: a shift that ends at eight ends at eight, also in the night of the clock change.
  const length = end ? (ends === zone ? naive(end.time) - begins : ends!.at(naive(end.time)) - zone.at(begins))
    : lasts ? lasts.toSeconds() * 1_000
    : start.time.isDate ? DAY : undefined;
  if (length === undefined) return { summary, why: 'no-end' };
  return length > 0 ? { component, summary, start: begins, zone, length } : { summary, why: length === 0 ? 'no-end' : 'ends-before-it-begins' };
}

function occurrences(events: readonly Event[], span: Span, zones: Zones, left: { steps: number }): WrittenShift[] {
  const moved = new Map<Ms, Event>();
  const following: { since: Ms; replaced: Ms; event: Event }[] = [];
  const masters: Event[] = [];
  for (const event of events) {
    const id = event.component.getFirstProperty('recurrence-id');
    const replaces = timeOf(id);
    if (!replaces) {
      masters.push(event);
      continue;
    }
    const at = zones.of(replaces.property, replaces.time).at(naive(replaces.time));
    moved.set(at, event);
    if (String(id!.getParameter('range') ?? '').toUpperCase() === 'THISANDFUTURE') following.push({ since: at, replaced: naive(replaces.time), event });
  }
  following.sort((x, y) => y.since - x.since);
  const shifts: WrittenShift[] = [];
  const add = (event: Event, start: Ms) => {
    if (isCancelled(event.component)) return;
    const [from, to] = [event.zone.at(start), event.zone.at(start + event.length)];
    if (from < span.to && to > span.from) shifts.push({ from, to, summary: event.summary, attendees: attendeesOf(event.component) });
  };
  // Those that were moved stand where they were moved to, whatever their rule says: also without it, as Outlook publishes them.
  for (const event of moved.values()) add(event, event.start);
  const wide = { from: span.from - WIDEST, to: span.to + WIDEST };
  for (const master of masters) {
    for (const start of startsOf(master, wide, zones, left)) {
      const at = master.zone.at(start);
      if (moved.has(at)) continue;
      const change = following.find(({ since }) => since <= at);
      if (change) add(change.event, start + change.event.start - change.replaced);
      else add(master, start);
    }
  }
  return shifts;
}

/** Local beginnings, within a span that is wider than the one asked for by any zone's offset. */
function startsOf(master: Event, wide: Span, zones: Zones, left: { steps: number }): Ms[] {
  const { component, start, length } = master;
  const except = exceptionsOf(component, zones, master);
  const starts = new Set<Ms>();
  const take = (at: Ms) => {
    if (at < wide.to && at + length > wide.from && !except(at)) starts.add(at);
  };
  const rules = component.getAllProperties('rrule');
  if (rules.length === 0) take(start);
  for (const property of component.getAllProperties('rdate')) {
    for (const value of property.getValues() as unknown[]) take(naive(value instanceof ICAL.Period ? value.start : (value as ICAL.Time)));
  }
  const dtstart = component.getFirstPropertyValue('dtstart') as ICAL.Time;
  for (const property of rules) {
    const rule = (property.getFirstValue() as ICAL.Recur).clone();
    const until = untilOf(rule, master);
    rule.until = null;
    if (left.steps <= 0) throw new GivenUp();
    const iterator = new BoundedRule({ rule, dtstart });
    try {
      for (let next = iterator.next() as ICAL.Time | null; next; next = iterator.next() as ICAL.Time | null) {
        const at = naive(next);
        if (at >= wide.to || until(at)) break;
        take(at);
      }
    } finally {
      left.steps -= iterator.steps ?? 0;
    }
  }
  return [...starts];
}

/** A rule's last instant is in UTC, local, or a day that counts whole. */
function untilOf(rule: ICAL.Recur, { zone }: Event): (at: Ms) => boolean {
  const { until } = rule;
  if (!until) return () => false;
  const last = naive(until) + (until.isDate ? DAY - 1 : 0);
  if (until.isDate || until.zone !== ICAL.Timezone.utcTimezone) return (at) => at > last;
  return (at) => at > last - WIDEST && (at > last + WIDEST || zone.at(at) > last);
}

/** EXDATE: an instant in its own zone, or a whole local day. */
function exceptionsOf(component: ICAL.Component, zones: Zones, { zone }: Event): (at: Ms) => boolean {
  const instants = new Set<Ms>();
  const days = new Set<Ms>();
  for (const property of component.getAllProperties('exdate')) {
    for (const value of property.getValues() as ICAL.Time[]) {
      if (value.isDate) days.add(naive(value));
      else instants.add(zones.of(property, value).at(naive(value)));
    }
  }
  if (instants.size === 0 && days.size === 0) return () => false;
  return (at) => days.has(Math.floor(at / DAY) * DAY) || instants.has(zone.at(at));
}

function timeOf(property: ICAL.Property | null): { property: ICAL.Property; time: ICAL.Time } | undefined {
  const value: unknown = property?.getFirstValue();
  return property && value instanceof ICAL.Time && !Number.isNaN(naive(value)) ? { property, time: value } : undefined;
}

function titleOf(component: ICAL.Component): string {
  return String(component.getFirstPropertyValue('summary') ?? '').replace(/\s+/g, ' ').trim().slice(0, LONGEST_TITLE);
}

function isCancelled(component: ICAL.Component): boolean {
  return String(component.getFirstPropertyValue('status') ?? '').toUpperCase() === 'CANCELLED';
}

/** Rooms are nobody, and who declined does not come. */
function attendeesOf(component: ICAL.Component): WrittenShift['attendees'] {
  const said = (property: ICAL.Property, name: string) => String(property.getParameter(name) ?? '');
  return component.getAllProperties('attendee')
    .filter((one) => !/^(room|resource)$/i.test(said(one, 'cutype')) && !/^declined$/i.test(said(one, 'partstat')))
    .slice(0, 20)
    .map((one) => ({ email: String(one.getFirstValue() ?? '').replace(/^mailto:/i, '').trim().toLowerCase(), name: said(one, 'cn').slice(0, LONGEST_TITLE) }));
}

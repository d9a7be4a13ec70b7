import { instantsOf } from '../clock/local-time.js';
import type { Ms } from '../time.js';

export interface Span {
  from: Ms;
  to: Ms;
}
/** Somebody on call: `holder` is their id, or what the calendar wrote where nobody was recognised. */
export interface Duty extends Span {
  holder: string;
}
/** What must be mended before the night: nobody, or several at once. */
export interface Concern extends Span {
  kind: 'gap' | 'overlap';
  /** Of an overlap. */
  holders: string[];
}

/** Who is on call at an instant; the first of them came first. */
export function onCallAt<D extends Duty>(duties: readonly D[], at: Ms): D[] {
  return duties.filter(({ from, to }) => from <= at && at < to).sort((x, y) => x.from - y.from || (x.holder < y.holder ? -1 : 1));
}

/** When the next one begins, where nobody is on call. */
export function nextAfter<D extends Duty>(duties: readonly D[], at: Ms): D | undefined {
  return duties.filter(({ from }) => from > at).sort((x, y) => x.from - y.from)[0];
}

/**
 * Gaps and overlaps of one function, in order: within what is needed nobody is on call, or two people are. The same
 * person twice is no overlap; neighbours with the same people make one.
 */
export function concerns(duties: readonly Duty[], needed: readonly Span[]): Concern[] {
  const found: Concern[] = [];
  for (const span of needed) {
    const near = duties.filter(({ from, to }) => from < span.to && to > span.from);
    const edges = [...new Set([span.from, span.to, ...near.flatMap(({ from, to }) => [from, to])])].filter((at) => at >= span.from && at <= span.to).sort((x, y) => x - y);
    for (let i = 0; i + 1 < edges.length; i++) {
      const [from, to] = [edges[i]!, edges[i + 1]!];
      const holders = [...new Set(near.filter((one) => one.from <= from && one.to >= to).map(({ holder }) => holder))].sort();
      if (holders.length !== 1) add(found, { kind: holders.length === 0 ? 'gap' : 'overlap', from, to, holders });
    }
  }
  return found;
}

function add(found: Concern[], next: Concern): void {
  const last = found.at(-1);
  if (last && last.kind === next.kind && last.to === next.from && last.holders.join() === next.holders.join()) last.to = next.to;
  else found.push(next);
}

/** Local times of a working day, Monday to Friday: "08:30" to "18:00". */
export interface OfficeHours {
  from: string;
  to: string;
}

/** What is needed of a function: the whole time, or what the office hours leave. A public holiday is a day off. */
export function neededIn(span: Span, covers: 'always' | 'off-hours', zone: string, hours: OfficeHours): Span[] {
  if (covers === 'always') return [span];
  const needed: Span[] = [];
  let from = span.from;
  for (const open of officeHoursIn(span, zone, hours)) {
    if (open.from > from) needed.push({ from, to: open.from });
    from = Math.max(from, open.to);
  }
  if (from < span.to) needed.push({ from, to: span.to });
  return needed;
}

const DAY: Ms = 24 * 3_600_000;

function officeHoursIn(span: Span, zone: string, { from, to }: OfficeHours): Span[] {
  const open: Span[] = [];
  for (let day = Date.parse(localDay(span.from, zone)); ; day += DAY) {
    const date = new Date(day).toISOString().slice(0, 10);
    const at = (time: string) => instantsOf(`${date}T${time}`, zone)[0];
    const [opens, closes] = [at(from), at(to)];
    if (opens === undefined || closes === undefined) continue;
    if (opens >= span.to) return open;
    const weekday = new Date(day).getUTCDay();
    if (weekday >= 1 && weekday <= 5 && !isPublicHoliday(date) && closes > span.from) open.push({ from: opens, to: closes });
  }
}

/** The local day of an instant: "2026-12-24". */
export function localDay(at: Ms, zone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
}

const FIXED = ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25'];

/** Code du travail, L3133-1: the eleven of the whole country. */
export function isPublicHoliday(date: string): boolean {
  const easter = Date.parse(easterOf(Number(date.slice(0, 4))));
  return FIXED.includes(date.slice(5)) || [1, 39, 50].some((days) => new Date(easter + days * DAY).toISOString().slice(0, 10) === date);
}

/** Easter Sunday, by the Gregorian computus. */
function easterOf(year: number): string {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const moon = (19 * golden + century - Math.floor(century / 4) - Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3) + 15) % 30;
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor((year % 100) / 4) - moon - (year % 4)) % 7;
  const shift = Math.floor((golden + 11 * moon + 22 * weekday) / 451);
  const month = Math.floor((moon + weekday - 7 * shift + 114) / 31);
  const day = ((moon + weekday - 7 * shift + 114) % 31) + 1;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

import { toInstant, type Ms } from '../time.js';

/** To make one takes a hundred times as long as to ask it; zones are few. */
function once(make: (zone: string) => Intl.DateTimeFormat): (zone: string) => Intl.DateTimeFormat {
  const made = new Map<string, Intl.DateTimeFormat>();
  return (zone) => {
    const known = made.get(zone) ?? make(zone);
    made.set(zone, known);
    return known;
  };
}

const written = once((timeZone) => new Intl.DateTimeFormat('en-US', {
  timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
}));
const days = once((timeZone) => new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }));

/** The offset of a time zone at an instant, in milliseconds east of UTC. */
function offsetAt(zone: string, at: Ms): Ms {
  const parts = written(zone).formatToParts(at);
  const part = (type: string) => Number(parts.find((one) => one.type === type)!.value);
  const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return shown - Math.floor(at / 1000) * 1000;
}

/**
 * The instants that a local time names ("2026-10-25T02:30", seconds optional): none in the hour that a clock change
 * skips, two (the earlier first) in the hour that it repeats, else one. Throws RangeError on another form, and on a
 * date that no calendar has (31 February).
 */
export function instantsOf(local: string, zone: string): Ms[] {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(local)) throw new RangeError(`not a local time: ${local}`);
  const asUtc = Date.parse(`${local}Z`);
  if (Number.isNaN(asUtc) || !toInstant(asUtc).startsWith(local)) throw new RangeError(`not a local time: ${local}`);
  const day = 24 * 3_600_000;
  const offsets = new Set([offsetAt(zone, asUtc - day), offsetAt(zone, asUtc + day)]);
  return [...offsets]
    .map((offset) => asUtc - offset)
    .filter((at) => offsetAt(zone, at) === asUtc - at)
    .sort((x, y) => x - y);
}

/** The day that a calendar shows there: 2026-03-15. */
export function localDay(at: Ms, zone: string): string {
  return days(zone).format(at);
}

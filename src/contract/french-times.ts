import { HOUR, MINUTE, SECOND, toMs, type Instant, type Ms } from '../domain/time.js';

const two = (n: number) => String(n).padStart(2, '0');

/** "6:20", "36:20", "1:02:03": a length of time, without its sign. */
export function duration(ms: Ms): string {
  const seconds = Math.floor(Math.abs(ms) / SECOND);
  const h = Math.floor(seconds / 3600);
  const m = Math.floor(seconds / 60) % 60;
  return h > 0 ? `${h}:${two(m)}:${two(seconds % 60)}` : `${m}:${two(seconds % 60)}`;
}

/**
 * What is left, as a clock shows it: "36:20", "06:05", and "+05:12" once it is past. Seconds are rounded up before the
 * end and down after it, so that it reads 00:00 at the deadline itself and agrees with the time elapsed.
 */
export function countdown(remaining: Ms): string {
  const left = remaining > 0 ? Math.ceil(remaining / SECOND) * SECOND : remaining;
  const shown = duration(left);
  return `${remaining <= -SECOND ? '+' : ''}${shown.length < 5 ? `0${shown}` : shown}`;
}

/** "23 min 40 s", "1 h 02 min": the same for a screen reader. */
export function spoken(ms: Ms): string {
  const seconds = Math.floor(Math.abs(ms) / SECOND);
  const h = Math.floor(seconds / 3600);
  const m = Math.floor(seconds / 60) % 60;
  if (h > 0) return `${h}\u00a0h ${two(m)}\u00a0min`;
  return m > 0 ? `${m}\u00a0min ${two(seconds % 60)}\u00a0s` : `${seconds}\u00a0s`;
}

/** "T0+23", "T0-4", "T0": whole minutes from T0. */
export function sinceT0(at: Ms, t0: Ms): string {
  const minutes = Math.trunc((at - t0) / MINUTE);
  return minutes === 0 ? 'T0' : `T0${minutes > 0 ? '+' : '-'}${Math.abs(minutes)}`;
}

/** "+23:40", "-4:10": from T0, to the second. */
export function offset(at: Ms, t0: Ms): string {
  return `${at < t0 ? '-' : '+'}${duration(at - t0)}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${name}`;
  let known = formats.get(key);
  if (!known) formats.set(key, (known = new Intl.DateTimeFormat('fr-FR', { timeZone: zone, hourCycle: 'h23', ...options })));
  return known;
}

const ms = (at: Ms | Instant): Ms => (typeof at === 'number' ? at : toMs(at));

/** "02:37:40": the local time of an activation, to the second. */
export function clockTime(at: Ms | Instant, zone: string): string {
  return format(zone, 'hms', { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(ms(at));
}

/** "02:37". */
export function clockMinute(at: Ms | Instant, zone: string): string {
  return format(zone, 'hm', { hour: '2-digit', minute: '2-digit' }).format(ms(at));
}

/** "25 oct. 2026". */
export function day(at: Ms | Instant, zone: string): string {
  return format(zone, 'day', { day: 'numeric', month: 'short', year: 'numeric' }).format(ms(at));
}

/** "25/10/2026 02:37:40". */
export function dayTime(at: Ms | Instant, zone: string): string {
  return `${format(zone, 'ymd', { day: '2-digit', month: '2-digit', year: 'numeric' }).format(ms(at))} ${clockTime(at, zone)}`;
}

/** "02:37:40", with the day in front where it is not that of `now`. */
export function timeNear(at: Ms | Instant, now: Ms, zone: string): string {
  return day(at, zone) === day(now, zone) ? clockTime(at, zone) : dayTime(at, zone);
}

/** Overseas, the time in Paris stands beside the local one; undefined where they are the same. */
export function parisTime(at: Ms, zone: string): string | undefined {
  const paris = clockMinute(at, 'Europe/Paris');
  return paris === clockMinute(at, zone) ? undefined : paris;
}

/** "12 s", "3 min", "2 h": an age in one unit. */
export function age(since: Ms): string {
  if (since < MINUTE) return `${Math.max(0, Math.floor(since / SECOND))}\u00a0s`;
  if (since < HOUR) return `${Math.floor(since / MINUTE)}\u00a0min`;
  return `${Math.floor(since / HOUR)}\u00a0h`;
}

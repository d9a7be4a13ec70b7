import ICAL from 'ical.js';
import type { Ms } from '../../domain/time.js';

export interface FeedShift {
  /** The same as long as the shift is. */
  uid: string;
  from: Ms;
  to: Ms;
  title: string;
}

/** Who is on call as iCalendar, for whatever calendar subscribes to it. */
export function writeCalendar(name: string, shifts: readonly FeedShift[], now: Ms): string {
  const calendar = new ICAL.Component('vcalendar');
  calendar.addPropertyWithValue('version', '2.0');
  calendar.addPropertyWithValue('prodid', '-//temps-zero//astreinte//FR');
  calendar.addPropertyWithValue('x-wr-calname', name);
  const refresh = new ICAL.Property('refresh-interval');
  refresh.resetType('duration');
  refresh.setValue(ICAL.Duration.fromString('PT1H'));
  calendar.addProperty(refresh);
  for (const { uid, from, to, title } of shifts) {
    const event = new ICAL.Component('vevent');
    event.addPropertyWithValue('uid', uid);
    event.addPropertyWithValue('dtstamp', utc(now));
    event.addPropertyWithValue('dtstart', utc(from));
    event.addPropertyWithValue('dtend', utc(to));
    event.addPropertyWithValue('summary', title);
    calendar.addSubcomponent(event);
  }
  return `${calendar.toString()}\r\n`;
}

function utc(at: Ms): ICAL.Time {
  return ICAL.Time.fromJSDate(new Date(Math.floor(at / 1_000) * 1_000), true);
}

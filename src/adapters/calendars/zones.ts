import ICAL from 'ical.js';
import { findIana } from 'windows-iana';
import { instantsOf } from '../../domain/clock/local-time.js';
import type { Ms } from '../../domain/time.js';

/** Turns a local time, written as if it were UTC, into an instant. */
export interface Zone {
  at: (local: Ms) => Ms;
}

const UTC: Zone = { at: (local) => local };
const HOUR: Ms = 3_600_000;

/** The zones of one calendar, by the names that it gives them: IANA's, Outlook's own, or those that the file describes itself. */
export class Zones {
  readonly #known = new Map<string, Zone>();
  readonly #house: Zone;

  constructor(
    private readonly calendar: ICAL.Component,
    houseZone: string,
  ) {
    this.#house = ianaZone(houseZone);
  }

  /** Floating times and days are the préfecture's. */
  of(property: ICAL.Property, time: ICAL.Time): Zone {
    if (!time.isDate && time.zone === ICAL.Timezone.utcTimezone) return UTC;
    const written = property.getParameter('tzid');
    if (time.isDate || typeof written !== 'string') return this.#house;
    const name = written.replace(/^"|"$/g, '').trim();
    const known = this.#known.get(name) ?? this.#named(name);
    this.#known.set(name, known);
    return known;
  }

  #named(name: string): Zone {
    if (/^(utc|gmt|z|etc\/(utc|gmt))$/i.test(name)) return UTC;
    // "/mozilla.org/20050126_1/Europe/Paris"
    const iana = ianaName(name) ?? ianaName(/([A-Za-z_]+\/[A-Za-z_]+)$/.exec(name)?.[1] ?? '') ?? ianaName(findIana(name)[0] ?? '');
    if (iana !== undefined) return ianaZone(iana);
    const described = this.calendar.getAllSubcomponents('vtimezone').find((one) => one.getFirstPropertyValue('tzid') === name);
    if (!described) return this.#house;
    const lic = ianaName(String(described.getFirstPropertyValue('x-lic-location') ?? ''));
    return lic === undefined ? describedZone(described) : ianaZone(lic);
  }
}

/** A local time as if it were UTC: what rules count in. */
export function naive(time: ICAL.Time): Ms {
  return Date.UTC(time.year, time.month - 1, time.day, time.isDate ? 0 : time.hour, time.isDate ? 0 : time.minute, time.isDate ? 0 : time.second);
}

function ianaName(name: string): string | undefined {
  if (name === '') return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

function ianaZone(name: string): Zone {
  return {
    at: (local) => {
      const written = (at: Ms) => new Date(at).toISOString().slice(0, 19);
      // In the hour that a clock change skips: as far after it as it was meant to be.
      return instantsOf(written(local), name)[0] ?? instantsOf(written(local + HOUR), name)[0]!;
    },
  };
}

function describedZone(component: ICAL.Component): Zone {
  const zone = ICAL.Timezone.fromData({ component });
  return {
    at: (local) => {
      const date = new Date(local);
      const time = new ICAL.Time({
        year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(), hour: date.getUTCHours(), minute: date.getUTCMinutes(), second: date.getUTCSeconds(),
        isDate: false,
      }, ICAL.Timezone.localTimezone);
      return local - zone.utcOffset(time) * 1_000;
    },
  };
}

// Issue 4, 4: calendars as people publish them: rules, exceptions, moved occurrences, Outlook's zones, floating days; and bad ones.
import { describe, expect, test } from '@jest/globals';
import { IcalReader } from '../../src/adapters/calendars/ical-reader.js';
import { toInstant, toMs } from '../../src/domain/time.js';

const reader = new IcalReader('Europe/Paris');
const calendar = (...events: string[]) => `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//essai//FR\r\n${events.join('\r\n')}\r\nEND:VCALENDAR\r\n`;
const event = (...lines: string[]) => ['BEGIN:VEVENT', ...(lines.some((line) => line.startsWith('UID')) ? [] : ['UID:u1']), ...lines, 'END:VEVENT'].join('\r\n');
const span = (from: string, to: string) => ({ from: toMs(`${from}T00:00:00Z`), to: toMs(`${to}T00:00:00Z`) });
const read = (content: string, from = '2026-10-01', to = '2026-12-31') => reader.read(content, span(from, to));
const times = (content: string, from?: string, to?: string) => read(content, from, to).shifts.map((one) => `${toInstant(one.from).slice(0, 16)}/${toInstant(one.to).slice(0, 16)} ${one.summary}`);
const WEEK = ['SUMMARY:AA Fictif', 'DTSTART;TZID=Europe/Paris:20261016T180000', 'DTEND;TZID=Europe/Paris:20261017T080000'];

describe('times', () => {
  test('UTC, a zone, a floating time, a duration', () => {
    expect(times(calendar(
      event('UID:a', 'SUMMARY:utc', 'DTSTART:20261101T170000Z', 'DTEND:20261102T070000Z'),
      event('UID:b', 'SUMMARY:zone', 'DTSTART;TZID=Indian/Reunion:20261103T180000', 'DURATION:PT14H'),
      event('UID:c', 'SUMMARY:flottant', 'DTSTART:20261105T180000', 'DTEND:20261106T080000'),
    ))).toEqual(['2026-11-01T17:00/2026-11-02T07:00 utc', '2026-11-03T14:00/2026-11-04T04:00 zone', '2026-11-05T17:00/2026-11-06T07:00 flottant']);
  });

  test('whole days are those of the préfecture, the last one excluded; one without an end lasts a day', () => {
    const days = calendar(event('UID:a', 'SUMMARY:semaine', 'DTSTART;VALUE=DATE:20261106', 'DTEND;VALUE=DATE:20261113'), event('UID:b', 'SUMMARY:jour', 'DTSTART;VALUE=DATE:20261120'));
    expect(times(days)).toEqual(['2026-11-05T23:00/2026-11-12T23:00 semaine', '2026-11-19T23:00/2026-11-20T23:00 jour']);
    expect(new IcalReader('Indian/Reunion').read(days, span('2026-11-01', '2026-11-30')).shifts[0]!.from).toBe(toMs('2026-11-05T20:00:00Z'));
  });

  test.each([
    ['Romance Standard Time', '2026-11-05T17:00'], ['"W. Europe Standard Time"', '2026-11-05T17:00'], ['Reunion Standard Time', '2026-11-05T17:00'],
    ['Mauritius Standard Time', '2026-11-05T14:00'], ['/mozilla.org/20050126_1/America/Martinique', '2026-11-05T22:00'], ['UTC', '2026-11-05T18:00'],
  ])('the zone %s', (tzid, from) => {
    expect(times(calendar(event('SUMMARY:x', `DTSTART;TZID=${tzid}:20261105T180000`, 'DURATION:PT1H')))[0]).toMatch(from);
  });

  test('a zone that the file describes itself', () => {
    const described = ['BEGIN:VTIMEZONE', 'TZID:Fuseau de la maison', 'BEGIN:STANDARD', 'DTSTART:19700101T000000', 'TZOFFSETFROM:+0400', 'TZOFFSETTO:+0400', 'END:STANDARD', 'END:VTIMEZONE'].join('\r\n');
    expect(times(calendar(described, event('SUMMARY:x', 'DTSTART;TZID=Fuseau de la maison:20261105T180000', 'DURATION:PT1H')))[0]).toMatch('2026-11-05T14:00');
  });

  test('the night of a clock change: the shift ends at eight, whatever it lasts', () => {
    expect(times(calendar(event('SUMMARY:nuit', 'DTSTART;TZID=Europe/Paris:20261017T180000', 'DTEND;TZID=Europe/Paris:20261018T080000', 'RRULE:FREQ=WEEKLY;COUNT=2')))).toEqual([
      '2026-10-17T16:00/2026-10-18T06:00 nuit', '2026-10-24T16:00/2026-10-25T07:00 nuit',
    ]);
  });
});

describe('series', () => {
  test('RRULE, EXDATE, and the UNTIL of another zone', () => {
    const series = (...more: string[]) => times(calendar(event(...WEEK, 'RRULE:FREQ=WEEKLY;UNTIL=20261106T170000Z', ...more))).map((one) => one.slice(0, 10));
    expect(series()).toEqual(['2026-10-16', '2026-10-23', '2026-10-30', '2026-11-06']);
    expect(series('EXDATE;TZID=Europe/Paris:20261023T180000', 'EXDATE:20261030T170000Z')).toEqual(['2026-10-16', '2026-11-06']);
    expect(series('EXDATE;VALUE=DATE:20261106')).toEqual(['2026-10-16', '2026-10-23', '2026-10-30']);
  });

  test('RDATE adds; COUNT counts from the first, also outside the window', () => {
    expect(times(calendar(event(...WEEK, 'RDATE;TZID=Europe/Paris:20261201T180000')))).toHaveLength(2);
    expect(times(calendar(event(...WEEK, 'RRULE:FREQ=WEEKLY;COUNT=3')), '2026-10-25', '2026-12-31').map((one) => one.slice(0, 10))).toEqual(['2026-10-30']);
  });

  test('an occurrence that was moved, given to somebody else, or cancelled', () => {
    const exception = (...lines: string[]) => event('RECURRENCE-ID;TZID=Europe/Paris:20261023T180000', ...lines);
    const series = event(...WEEK, 'RRULE:FREQ=WEEKLY;COUNT=3');
    expect(times(calendar(series, exception('SUMMARY:AA Autre', 'DTSTART;TZID=Europe/Paris:20261024T200000', 'DTEND;TZID=Europe/Paris:20261025T080000')))).toEqual([
      '2026-10-16T16:00/2026-10-17T06:00 AA Fictif', '2026-10-24T18:00/2026-10-25T07:00 AA Autre', '2026-10-30T17:00/2026-10-31T07:00 AA Fictif',
    ]);
    expect(times(calendar(series, exception('STATUS:CANCELLED', ...WEEK)))).toHaveLength(2);
  });

  test('a change for this one and those that follow', () => {
    expect(times(calendar(event(...WEEK, 'RRULE:FREQ=WEEKLY;COUNT=4'), event(
      'RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Paris:20261030T180000', 'SUMMARY:AA Suivant', 'DTSTART;TZID=Europe/Paris:20261030T200000', 'DTEND;TZID=Europe/Paris:20261031T080000',
    )))).toEqual([
      '2026-10-16T16:00/2026-10-17T06:00 AA Fictif', '2026-10-23T16:00/2026-10-24T06:00 AA Fictif',
      '2026-10-30T19:00/2026-10-31T07:00 AA Suivant', '2026-11-06T19:00/2026-11-07T07:00 AA Suivant',
    ]);
  });

  test('a moved occurrence whose series is not in the file stands for itself', () => {
    expect(times(calendar(event('RECURRENCE-ID:20261023T160000Z', ...WEEK)))).toHaveLength(1);
  });

  test('only the window that is asked for: a shift that began before it, none that ended', () => {
    expect(times(calendar(event(...WEEK, 'RRULE:FREQ=WEEKLY')), '2026-11-07', '2026-11-08').map((one) => one.slice(0, 10))).toEqual(['2026-11-06']);
  });
});

describe('who is written', () => {
  test('attendees with their names; not rooms, nor those who declined', () => {
    const { shifts } = read(calendar(event(...WEEK, 'ATTENDEE;CN="Fictif, Anne":mailto:Anne.Fictif@exemple.fr', 'ATTENDEE;CUTYPE=ROOM:mailto:salle@exemple.fr', 'ATTENDEE;PARTSTAT=DECLINED:mailto:non@exemple.fr')));
    expect(shifts[0]!.attendees).toEqual([{ email: 'anne.fictif@exemple.fr', name: 'Fictif, Anne' }]);
  });
});

describe('bad calendars', () => {
  test.each([
    ['nothing', '  \r\n', 'empty'], ['a login page', '<!DOCTYPE html><html><body>Connexion</body></html>', 'login-page'], ['text', 'Astreinte : Anne', 'not-a-calendar'],
    ['a binary', '\u0000\u0001PK', 'not-a-calendar'], ['one that is cut', 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTST', 'not-a-calendar'],
    ['more than 4 MB', `BEGIN:VCALENDAR\r\n${'X-A:1\r\n'.repeat(700_000)}END:VCALENDAR`, 'too-large'],
    ['5,001 events', calendar(...Array.from({ length: 5_001 }, () => 'BEGIN:VEVENT\r\nEND:VEVENT')), 'too-many'],
  ])('%s', (_what, content, fault) => expect(reader.faultOf(content)).toBe(fault));

  test('a good one has no fault, with a byte-order mark too', () => {
    expect(reader.faultOf(`\uFEFF${calendar(event(...WEEK))}`)).toBeUndefined();
    expect(read(`\uFEFF${calendar(event(...WEEK))}`).shifts).toHaveLength(1);
  });

  test.each(['FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30', 'FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30', 'FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=31', 'FREQ=HOURLY;BYMONTH=4;BYMONTHDAY=31', 'FREQ=SECONDLY'])(
    'a rule that never comes, or never ends, is given up and said: %s', (rule) => {
      const found = read(calendar(event('UID:x', 'SUMMARY:sans fin', 'DTSTART:20260101T000000Z', 'DURATION:PT1S', `RRULE:${rule}`), event('UID:y', ...WEEK)));
      expect(found.ignored).toEqual([{ summary: 'sans fin', why: 'impossible-rule' }]);
      expect(found.shifts.map(({ summary }) => summary)).toEqual(['AA Fictif']);
    });

  test('a hundred years of every day are followed to the window, and no further', () => {
    const found = read(calendar(event('SUMMARY:siècle', 'DTSTART;TZID=Europe/Paris:19270101T080000', 'DURATION:P1D', 'RRULE:FREQ=DAILY;COUNT=36525')));
    expect(found.ignored).toEqual([]);
    expect(found.shifts.length).toBeGreaterThan(85);
    expect(found.shifts.length).toBeLessThan(95);
  });

  test('a thousand of them stop early, each said', () => {
    const many = Array.from({ length: 1_000 }, (_, i) => event(`UID:${i}`, `SUMMARY:${i}`, 'DTSTART:19270101T080000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY'));
    const { ignored } = read(calendar(...many));
    expect(ignored.length).toBeGreaterThan(990);
    expect(ignored[999 - 1]?.why ?? ignored.at(-1)!.why).toBe('impossible-rule');
  });

  test.each([
    ['no end', ['DTSTART:20261105T180000Z'], 'no-end'], ['an end before its beginning', ['DTSTART:20261105T180000Z', 'DTEND:20261105T080000Z'], 'ends-before-it-begins'],
    ['no beginning', ['SUMMARY:vide'], 'unreadable'], ['a rule that is none', [...WEEK, 'RRULE:FREQ=PARFOIS'], 'unreadable'],
    ['a date that is none', ['DTSTART:2026-XX-05', 'DURATION:PT1H'], 'unreadable'],
  ])('an event with %s is left out and said, the others stay', (_what, lines, why) => {
    const found = read(calendar(event('UID:mal', ...lines), event('UID:bon', ...WEEK)));
    expect(found.ignored.map((one) => one.why)).toEqual([why]);
    expect(found.shifts).toHaveLength(1);
  });
});

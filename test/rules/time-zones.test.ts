// Instants are UTC and deadlines are durations: the hour that begins in the repeated or the missing hour is sixty minutes.
import { describe, expect, jest, test } from '@jest/globals';
import { instantsOf, localDay } from '../../src/domain/clock/local-time.js';
import { MINUTE, toInstant, type Ms } from '../../src/domain/time.js';
import { clocksShown } from '../../src/domain/views/board.js';
import { Hour, openCommand } from '../kit/given.js';

const utc = (local: string, zone: string) => instantsOf(local, zone).map(toInstant);
const local = (at: Ms, zone: string) => new Intl.DateTimeFormat('fr-FR', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(at);

describe('local times', () => {
  test.each([
    ['2026-10-25T02:30', 'Europe/Paris', ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z']],
    ['2026-10-25T02:00', 'Europe/Paris', ['2026-10-25T00:00:00.000Z', '2026-10-25T01:00:00.000Z']],
    ['2026-10-25T03:00', 'Europe/Paris', ['2026-10-25T02:00:00.000Z']],
    ['2027-03-28T01:45', 'Europe/Paris', ['2027-03-28T00:45:00.000Z']],
    ['2027-03-28T02:30', 'Europe/Paris', []],
    ['2027-03-28T03:00', 'Europe/Paris', ['2027-03-28T01:00:00.000Z']],
    ['2026-10-25T02:30', 'Indian/Reunion', ['2026-10-24T22:30:00.000Z']],
    ['2026-10-25T02:30', 'Pacific/Wallis', ['2026-10-24T14:30:00.000Z']],
    ['2026-11-01T01:30', 'America/Miquelon', ['2026-11-01T03:30:00.000Z', '2026-11-01T04:30:00.000Z']],
    ['2026-03-14T02:14:30', 'Europe/Paris', ['2026-03-14T01:14:30.000Z']],
  ])('mod. 7 %s in %s names %j', (text, zone, instants) => expect(utc(text, zone)).toEqual(instants));

  test.each(['2026-02-31T10:00', '2026-13-01T10:00', '2026-03-14', '2026-03-14T24:00', '2026-03-14T02:14Z', 'hier'])(
    'mod. 7 %s is no local time', (text) => expect(() => instantsOf(text, 'Europe/Paris')).toThrow(RangeError));
});

describe('still sixty minutes', () => {
  test.each([
    ['the repeated hour, first passage', '2026-10-25T00:30:00.000Z', 'Europe/Paris', '02:30', '02:30'],
    ['the repeated hour, second passage', '2026-10-25T01:30:00.000Z', 'Europe/Paris', '02:30', '03:30'],
    ['the missing hour', '2027-03-28T00:45:00.000Z', 'Europe/Paris', '01:45', '03:45'],
    ['an overseas zone that has none', '2026-10-25T00:30:00.000Z', 'America/Guadeloupe', '20:30', '21:30'],
    ['an overseas zone that has one', '2026-11-01T03:30:00.000Z', 'America/Miquelon', '01:30', '01:30'],
  ])('mod. 7 the hour that begins in %s', (_name, start, zone, shownStart, shownEnd) => {
    const t0 = Date.parse(start);
    const hour = new Hour();
    hour.now = t0;
    hour.does('astreinte', { ...openCommand({ timeZone: zone }), t0 });
    expect(hour.state.timeZone).toBe(zone);
    const { deadline } = hour.step('P07').times;
    expect(deadline! - t0).toBe(60 * MINUTE);
    expect([local(t0, zone), local(deadline!, zone)]).toEqual([shownStart, shownEnd]);
    hour.now = t0 + 60 * MINUTE - 1;
    hour.beat();
    expect(hour.step('P07').word).toBe('at-risk');
    expect(clocksShown(hour.state, hour.now)[0]).toMatchObject({ remaining: 1, word: 'at-risk' });
    const raised = () => hour.of('warningsRaised').flatMap((entry) => entry.payload.items).filter((item) => item.step === 'P07').map((item) => item.kind);
    expect(raised()).toEqual(['target', 'minus15', 'minus5']);
    hour.now += 1;
    hour.beat();
    expect(raised()).toEqual(['target', 'minus15', 'minus5', 'deadline']);
    hour.now += 1;
    expect(hour.step('P07').word).toBe('overdue');
  });
});

test('a zone is asked thousands of times and made once: a calendar of 5,000 shifts held everybody for half a minute', () => {
  const made = jest.spyOn(Intl, 'DateTimeFormat');
  for (let minute = 0; minute < 60; minute++) {
    instantsOf(`2026-11-27T10:${String(minute).padStart(2, '0')}`, 'Pacific/Marquesas');
    localDay(minute, 'Pacific/Marquesas');
  }
  expect(made.mock.calls.length).toBe(2);
  made.mockRestore();
});

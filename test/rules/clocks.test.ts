// Module 7 and 11.5: the clocks. The hour runs from the time in SYNERGI, whenever somebody typed it here.
import { describe, expect, test } from '@jest/globals';
import { MINUTE, SECOND, toInstant } from '../../src/domain/time.js';
import { clocksShown } from '../../src/domain/views/board.js';
import { does, given, opened, openCommand, sealed, T0, at } from '../kit/given.js';

const start = (t0: number, more: object = {}) => ({ type: 'start-clock', clock: 'cod', t0, ...more }) as const;

describe('mod. 7 T0 and our clock', () => {
  test('mod. 7 T0 40 s ahead of our clock is accepted, and marked', () => {
    given(opened({ noT0: true })).when(start(T0 + 40 * SECOND), 'sidpc')
      .then({ type: 'clockStarted', payload: { clock: 'cod', t0: toInstant(T0 + 40 * SECOND), aheadMs: 40_000 }, occurredAt: toInstant(T0) });
  });

  test('mod. 7 T0 exactly 2 min ahead is accepted, 1 ms more is refused', () => {
    given(opened({ noT0: true })).when(start(T0 + 2 * MINUTE + 1), 'sidpc').refused('t0-ahead')
      .when(start(T0 + 2 * MINUTE), 'sidpc').then({ type: 'clockStarted', payload: { aheadMs: 120_000 } });
  });

  test('mod. 7 T0 10 min ahead is refused, showing both clocks', () => {
    given(opened({ noT0: true })).when(start(T0 + 10 * MINUTE), 'sidpc')
      .refused('t0-ahead', { declared: toInstant(T0 + 10 * MINUTE), ours: toInstant(T0) });
  });

  test('mod. 7 a T0 three days old asks once, then is taken', () => {
    const threeDays = T0 - 3 * 24 * 60 * MINUTE;
    given(opened({ noT0: true })).when(start(threeDays), 'sidpc').refused('t0-old', { declared: toInstant(threeDays), ours: toInstant(T0) })
      .when(start(threeDays, { confirmOld: true }), 'sidpc').then({ type: 'clockStarted', payload: { t0: toInstant(threeDays) } });
  });

  test('mod. 7 a T0 of 24 h exactly does not ask', () => {
    given(opened({ noT0: true })).when(start(T0 - 24 * 60 * MINUTE), 'sidpc').then({ type: 'clockStarted' });
  });

  test.each(['t0-ahead', 't0-old'] as const)('mod. 7 opening with a T0 is judged the same: %s', (code) => {
    const t0 = code === 't0-ahead' ? T0 + 10 * MINUTE : T0 - 72 * 60 * MINUTE;
    given().when({ ...openCommand(), t0 }, 'astreinte').refused(code);
  });

  test('mod. 7 a T0 in the past is plain: no mark, and what was done before T0 counts', () => {
    const hour = given(opened({ noT0: true }), at(10)).when(start(T0), 'sidpc').then({ type: 'clockStarted', occurredAt: toInstant(T0) });
    expect(hour.of('clockStarted')[0]!.payload).not.toHaveProperty('aheadMs');
    expect(hour.state.clocks.cod!.versions[0]).not.toHaveProperty('aheadMs');
    expect(given(opened({ noT0: true }), does('sidpc', start(T0 + 40 * SECOND))).state.clocks.cod!.versions[0]).toMatchObject({ aheadMs: 40_000 });
    expect(given(opened({ noT0: true }), does('directrice', { type: 'take-function', function: 'DC' }), at(3),
      does('sidpc', start(T0 + 3 * MINUTE))).step('P01')).toMatchObject({ word: 'done', step: { doneAt: T0 } });
  });
});

describe('mod. 7 T0 corrected', () => {
  const corrected = (hour: ReturnType<typeof given>, t0: number) =>
    hour.when({ type: 'correct-clock', clock: 'cod', t0, reason: sealed('heure de SYNERGI'), seen: hour.clockVersion('cod') }, 'sidpc');

  test('mod. 7 corrected twice keeps every version and moves every deadline', () => {
    const hour = given(opened());
    corrected(hour, T0 - 4 * MINUTE).then({ type: 'clockCorrected', corrects: 3, payload: { t0: toInstant(T0 - 4 * MINUTE) } });
    corrected(hour, T0 - 90 * SECOND);
    expect(hour.state.clocks.cod!.versions.map(({ t0, by }) => [t0 - T0, by])).toEqual([[0, 'astreinte'], [-4 * MINUTE, 'sidpc'], [-90 * SECOND, 'sidpc']]);
    expect(hour.step('P07').times).toEqual({ target: T0 - 90 * SECOND + 15 * MINUTE, deadline: T0 - 90 * SECOND + 60 * MINUTE });
    expect(hour.state.clocks.cod!.versions[1]).toMatchObject({ reason: sealed('heure de SYNERGI') });
  });

  test('mod. 7 a correction names the version that was seen', () => {
    const hour = given(opened());
    const before = hour.clockVersion('cod');
    corrected(hour, T0 - MINUTE);
    hour.when({ type: 'correct-clock', clock: 'cod', t0: T0, reason: sealed('non'), seen: before }, 'directrice').refused('stale', { seen: before });
  });

  test('mod. 7 corrected to what it is: already true; of a clock that does not run: refused', () => {
    const hour = given(opened());
    corrected(hour, T0).nothing();
    hour.when({ type: 'correct-clock', clock: 'nu', t0: T0, reason: sealed('x'), seen: 0 }, 'sidpc').refused('clock-not-started', { clock: 'nu' });
  });

  test('mod. 7 a correction is judged by our clock too', () => {
    const hour = given(opened());
    corrected(hour, T0 + 10 * MINUTE).refused('t0-ahead');
    corrected(hour, T0 - 30 * 60 * MINUTE).refused('t0-old');
    corrected(hour, T0 + 30 * SECOND).then({ type: 'clockCorrected', payload: { aheadMs: 30_000 } });
  });

  test('mod. 7 started again: the same T0 is already true, another proposes a correction', () => {
    given(opened()).when(start(T0), 'sidpc').nothing()
      .when(start(T0 - MINUTE), 'sidpc').refused('clock-running', { clock: 'cod', t0: toInstant(T0), version: 3 });
  });
});

describe('clocks are a list', () => {
  test('11.5 an important event runs its own rows on its own T0, and none of the COD', () => {
    const hour = given(opened({ kind: 'important' }));
    expect(Object.keys(hour.state.clocks)).toEqual(['important']);
    expect(hour.step('P16').times).toEqual({ target: T0 + 40 * MINUTE, deadline: T0 + 60 * MINUTE });
    expect(hour.step('P01')).toBeUndefined();
    expect(hour.verdict('48.4')).toBeUndefined();
    expect(hour.verdict('11.5')).toBe('on-time');
  });

  test('11.5 an important event that becomes a COD keeps its journal and gains a clock', () => {
    const hour = given(opened({ kind: 'important' }), at(30)).when(start(T0 + 30 * MINUTE), 'sidpc').then({ type: 'clockStarted', payload: { clock: 'cod' } });
    expect(hour.entries[0]!.type).toBe('activationOpened');
    expect(Object.keys(hour.state.clocks)).toEqual(['important', 'cod']);
    expect(hour.step('P01').times).toEqual({ target: T0 + 35 * MINUTE, deadline: T0 + 90 * MINUTE });
    expect(hour.step('P16').times.deadline).toBe(T0 + 60 * MINUTE); // one state, its earliest deadline
    expect(hour.clause('11.5')!.deadline).toBe(T0 + 60 * MINUTE); // each clause by its own clock
    expect(hour.clause('48.4')!.deadline).toBe(T0 + 90 * MINUTE);
    expect(hour.clause('19.3')!.deadline).toBe(T0 + 90 * MINUTE);
  });

  test('48.3 on two clocks a step is warned of on both', () => {
    const hour = given(opened({ kind: 'important' }), at(120), does('sidpc', start(T0 + 120 * MINUTE)), at(200));
    expect(hour.warnings('P14')).toEqual([
      'target 35', 'minus15 45', 'minus5 55', 'deadline 60', 'target 155', 'minus15 165', 'minus5 175', 'deadline 180',
    ]);
  });

  test('mod. 7 clocks show the nearest end first, those past after those that run', () => {
    const hour = given(opened({ kind: 'important' }), at(10), does('sidpc', start(T0 + 10 * MINUTE)));
    const shown = () => clocksShown(hour.state, hour.now).map(({ id, word, remaining }) => [id, word, remaining / MINUTE]);
    expect(shown()).toEqual([['important', 'on-time', 50], ['cod', 'on-time', 60]]);
    expect(clocksShown(hour.state, hour.now)[1]).toMatchObject({ id: 'cod', t0: T0 + 10 * MINUTE, ends: T0 + 70 * MINUTE, elapsed: 0, minutes: 60 });
    hour.at(61);
    expect(clocksShown(hour.state, hour.now)[1]!.elapsed).toBe(61 * MINUTE);
    expect(shown()).toEqual([['cod', 'at-risk', 9], ['important', 'overdue', -1]]);
    hour.does('directrice', { type: 'end' }).at(90);
    expect(shown()).toEqual([['cod', 'stopped', 9], ['important', 'stopped', -1]]);
  });
});

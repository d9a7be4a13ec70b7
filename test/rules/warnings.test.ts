// Domain part 3: warnings at the target, 15 and 5 minutes before the deadline, and at the deadline, whoever watches.
import { describe, expect, test } from '@jest/globals';
import { due, nextDueAt } from '../../src/domain/activation.js';
import { MINUTE, SECOND, toInstant } from '../../src/domain/time.js';
import { at, completes, does, ends, given, notApplicable, opened, sealed, T0, takes, type Hour } from '../kit/given.js';

const ALL_OF_P07 = ['target 15', 'minus15 45', 'minus5 55', 'deadline 60'];
const correct = (hour: Hour, t0: number) => hour.does('sidpc', { type: 'correct-clock', clock: 'cod', t0, reason: sealed('r'), seen: hour.clockVersion('cod') });

describe('when', () => {
  test('48.1 at the target, 15 and 5 minutes before, and at the deadline', () => {
    const hour = given(opened(), at(14, 59));
    expect(hour.warnings('P07')).toEqual([]);
    expect(hour.at(15).warnings('P07')).toEqual(['target 15']);
    expect(hour.at(44, 59).warnings('P07')).toEqual(['target 15']);
    expect(hour.at(60).warnings('P07')).toEqual(ALL_OF_P07);
    expect(hour.at(600).warnings('P07')).toEqual(ALL_OF_P07);
  });

  test('48.3 a step without a deadline is warned of at its target; without a clock, of nothing', () => {
    expect(given(opened(), at(300)).warnings('P12')).toEqual(['target 20']);
    expect(given(opened({ noT0: true }), at(300)).warnings()).toEqual([]);
  });

  test('mod. 7 each is recorded at its own instant, by the engine', () => {
    const hour = given(opened(), at(60));
    for (const entry of hour.of('warningsRaised')) {
      expect(entry.by).toBe('engine');
      for (const item of entry.payload.items) expect(item.dueAt).toBe(entry.recordedAt);
    }
  });

  test.each([
    ['done', completes('astreinte', 'P07')], ['not applicable', notApplicable('astreinte', 'P07')],
    ['past through an outside cause', does('astreinte', { type: 'mark-outside-cause', step: 'P07', reason: sealed('x'), seen: 0 })],
  ] as const)('48.1 nobody is warned of a step that is %s', (_name, move) => {
    expect(given(opened(), at(10), move, at(120)).warnings('P07')).toEqual([]);
  });

  test('48.1 a step reopened is warned of again, not of what was raised before', () => {
    const hour = given(opened(), at(50), completes('astreinte', 'P07'), at(58));
    hour.does('astreinte', { type: 'reopen-step', step: 'P07', reason: sealed('x'), seen: hour.version('P07') }).at(60);
    expect(hour.warnings('P07')).toEqual(ALL_OF_P07);
  });

  test('47 a step that stands apart is nobody’s worry, until its condition holds', () => {
    const hour = given(opened(), at(50));
    expect(hour.warnings('P22')).toEqual([]);
    expect(hour.does('directrice', { type: 'declare-fact', fact: 'attack', holds: true }).at(60).warnings('P22')).toEqual(['minus15 45', 'minus5 55', 'deadline 60']);
  });

  test('audit the statement is the engine’s: only its absence at the deadline is worth a warning', () => {
    expect(given(opened(), at(80)).warnings('P26')).toEqual(['minus15 60', 'minus5 70', 'deadline 75']);
  });

  test('mod. 7 a step that its proof closes in the same breath is not warned of', () => {
    const hour = given(opened({ noT0: true }), at(30), does('sidpc', { type: 'start-clock', clock: 'cod', t0: T0 }));
    expect(hour.warnings('P00')).toEqual([]);
    expect(hour.warnings('P07')).toEqual(['target 15']);
  });
});

describe('identity: step, kind and due instant', () => {
  test.each([
    [59 * SECOND, ALL_OF_P07.slice(0, 1)], [-59 * SECOND, ALL_OF_P07.slice(0, 1)],
    [60 * SECOND, ['target 15', 'target 16']], [-60 * SECOND, ['target 15', 'target 14']],
  ])('mod. 7 T0 corrected by %s ms', (by, expected) => {
    const hour = given(opened(), at(20));
    expect(correct(hour, T0 + by).at(21).warnings('P07')).toEqual(expected);
  });

  test('mod. 7 corrected before it was raised: raised once, where it moved', () => {
    const hour = given(opened(), at(10));
    expect(correct(hour, T0 + 4 * MINUTE).at(70).warnings('P07')).toEqual(['target 19', 'minus15 49', 'minus5 59', 'deadline 64']);
  });

  test('mod. 7 corrected there and back: nothing is raised twice', () => {
    const hour = given(opened(), at(20));
    correct(hour, T0 - 10 * MINUTE);
    correct(hour, T0);
    expect(hour.at(21).warnings('P07')).toEqual(['target 15', 'target 5']);
    expect(hour.at(60).warnings('P07')).toEqual(['target 15', 'target 5', ...ALL_OF_P07.slice(1)]);
  });

  test.each([0, 30, 59])('48.3 two clocks that start within %s s of each other give one warning of each kind, watched or not', (seconds) => {
    const both = () => given(opened({ kind: 'important' }), at(1), does('sidpc', { type: 'start-clock', clock: 'cod', t0: T0 + seconds * SECOND }));
    expect(both().at(80).warnings('P14')).toEqual(['target 35', 'minus15 45', 'minus5 55', 'deadline 60']);
    expect(both().outageUntil(80).warnings('P14')).toEqual(['target 35', 'minus15 45', 'minus5 55', 'deadline 60']);
  });

  test('mod. 7 raising what was raised is already true', () => {
    const hour = given(opened(), at(15));
    const [entry] = hour.of('warningsRaised').slice(-1);
    hour.when({ type: 'raise-warnings', items: entry!.payload.items }, 'engine').nothing();
  });
});

describe('nobody watching', () => {
  test('mod. 7 after an outage all that was missed is raised once, in one entry', () => {
    const hour = given(opened());
    const before = hour.entries.length;
    hour.outageUntil(62);
    const raised = hour.entries.slice(before).filter(({ type }) => type === 'warningsRaised');
    expect(raised).toHaveLength(1);
    expect(hour.warnings('P07')).toEqual(ALL_OF_P07);
    expect(hour.of('warningsRaised').at(-1)!.payload.items.map(({ dueAt }) => dueAt)).toEqual(hour.of('warningsRaised').at(-1)!.payload.items.map(({ dueAt }) => dueAt).sort());
    expect(hour.of('statementRequested')).toHaveLength(1);
    expect(hour.beat().entries.slice(before).filter(({ type }) => type === 'warningsRaised')).toHaveLength(1);
  });

  test('mod. 7 the outage itself is an entry', () => {
    const hour = given(opened()).when({ type: 'note-outage', from: T0, to: T0 + 62 * MINUTE }, 'engine')
      .then({ type: 'outageNoted', payload: { from: toInstant(T0), to: toInstant(T0 + 62 * MINUTE) } });
    expect(hour.state.outages).toHaveLength(1);
    hour.when({ type: 'note-clock-step', byMs: -300_000 }, 'engine').then({ type: 'clockStepped', payload: { byMs: -300_000 } });
  });

  test('mod. 7 the system clock stepped back: what was recorded stays, time never decreases in the journal', () => {
    const hour = given(opened(), at(20));
    hour.now -= 5 * MINUTE;
    hour.does('astreinte', { type: 'start-step', step: 'P07' });
    expect(hour.entries.at(-1)!.recordedAt).toBe(toInstant(T0 + 20 * MINUTE));
    expect(hour.warnings('P07')).toEqual(['target 15']);
  });

  test('48.1 the system clock stepped back: what is done happens at the time that it shows, and is not late by the step', () => {
    const hour = given(opened(), at(58));
    hour.now += 5 * MINUTE; // the system clock ran ahead, somebody wrote, and it was put right
    hour.does('astreinte', { type: 'log-note', text: sealed('relève'), attachments: [] });
    hour.now -= 5 * MINUTE;
    hour.completes('astreinte', 'P07');
    expect(hour.of('stepCompleted').at(-1)).toMatchObject({ occurredAt: toInstant(T0 + 58 * MINUTE), recordedAt: toInstant(T0 + 63 * MINUTE) });
    expect(hour.step('P07')).toMatchObject({ declaredAfterwards: true, step: { doneAt: T0 + 58 * MINUTE } });
  });

  test('mod. 7 nextDueAt is a hint for the beat: never later than what is due, Infinity at the end', () => {
    const hour = given(opened(), takes('directrice', 'DC'));
    expect(nextDueAt(hour.state)).toBe(T0 + 10 * MINUTE); // P02, P03
    expect(due(hour.state, T0 + 10 * MINUTE - 1)).toEqual([]);
    expect(due(hour.state, T0 + 10 * MINUTE)).toHaveLength(1);
    expect(nextDueAt(given(opened(), ends()).state)).toBe(Infinity);
  });
});

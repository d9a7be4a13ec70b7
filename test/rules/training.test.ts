// 47.2, 50.2, organisation 3: who is trained for what at a date, until when, and who is about to lose it.
import { describe, expect, test } from '@jest/globals';
import { ADMINISTRATION_TYPES, evolveAdministration, initialAdministration, recordAdministration, type AdministrationEvent } from '../../src/domain/administration.js';
import { decideTraining, type TrainingCommand } from '../../src/domain/people/training-record.js';
import { daysAfter, functionsAsking, isRunningOut, lacksFor, monthsAfter, standing, USUAL_TRAINING, type Session } from '../../src/domain/people/training.js';
import { isRefusal } from '../../src/domain/refusal.js';

const RULES = USUAL_TRAINING;
const session = (kind: Session['kind'], on: string): Session => ({ kind, on });

describe('the cell', () => {
  const trained = [session('cell', '2022-11-27')];
  const on = (day: string, sessions: readonly Session[] = trained) => standing(sessions, 'cell', day, RULES);

  test('47.2 trained before: on the day itself, not the day before', () => {
    expect(on('2022-11-26')).toEqual({ holds: false, until: null, lacks: ['cell'] });
    expect(on('2022-11-27')).toEqual({ holds: true, until: '2026-11-27', lacks: [] });
    expect(on('2026-11-27', [])).toEqual({ holds: false, until: null, lacks: ['cell'] });
  });

  test('organisation 3: four years, the last day included; renewed, it counts from the last session', () => {
    expect(on('2026-11-27').holds).toBe(true);
    expect(on('2026-11-28')).toEqual({ holds: false, until: '2026-11-27', lacks: ['cell-renewal'] });
    expect(on('2026-11-28', [...trained, session('cell', '2025-06-01')])).toEqual({ holds: true, until: '2029-06-01', lacks: [] });
  });

  test('a session to come counts for nothing yet', () => {
    expect(on('2026-11-28', [...trained, session('cell', '2026-12-01')]).holds).toBe(false);
  });

  test('who is about to lose it: within the days of the setting, and only while they hold it', () => {
    const running = (day: string) => isRunningOut(on(day), day, RULES);
    expect([running('2026-09-27'), running('2026-09-28'), running('2026-11-27'), running('2026-11-28')]).toEqual([false, true, true, false]);
  });
});

describe('the CIP', () => {
  const whole = [session('cip-initial', '2026-01-10'), session('cip-exercise', '2026-03-01')];
  const on = (day: string, sessions: readonly Session[]) => standing(sessions, 'cip', day, RULES);

  test('50.2 one day of initial training, and an exercise with the CIP', () => {
    expect(on('2026-11-27', whole)).toEqual({ holds: true, until: '2027-01-10', lacks: [] });
    expect(on('2026-11-27', [whole[0]!]).lacks).toEqual(['cip-exercise']);
    expect(on('2026-11-27', [whole[1]!])).toEqual({ holds: false, until: null, lacks: ['cip-initial'] });
    expect(on('2026-11-27', []).lacks).toEqual(['cip-initial', 'cip-exercise']);
  });

  test('50.2 a refresher each year; it makes up for no initial training', () => {
    expect(on('2027-01-11', whole)).toEqual({ holds: false, until: '2027-01-10', lacks: ['cip-refresher'] });
    expect(on('2027-01-11', [...whole, session('cip-refresher', '2026-12-20')])).toEqual({ holds: true, until: '2027-12-20', lacks: [] });
    expect(on('2027-01-11', [session('cip-refresher', '2026-12-20')]).lacks).toEqual(['cip-initial', 'cip-exercise']);
  });

  test('the lengths are settings', () => {
    const strict = { ...RULES, refresherMonths: 6, exercises: 2, cellMonths: 12 };
    expect(standing(whole, 'cip', '2026-11-27', strict).lacks).toEqual(['cip-refresher', 'cip-exercise']);
    expect(standing([session('cell', '2025-01-01')], 'cell', '2026-11-27', strict).lacks).toEqual(['cell-renewal']);
  });
});

test('47.2, 50.2 which function asks for what', () => {
  expect(functionsAsking('cell', RULES)).toEqual(['AA', 'RC', 'OE', 'OP', 'OW']);
  expect(functionsAsking('cip', RULES)).toEqual(['CC', 'TS']);
  for (const code of ['DC', 'SI'] as const) expect(lacksFor(code, [], '2026-11-27', RULES)).toEqual([]);
  expect(lacksFor('AA', [], '2026-11-27', RULES)).toEqual(['cell']);
  expect(lacksFor('TS', [session('cell', '2026-01-01')], '2026-11-27', RULES)).toEqual(['cip-initial', 'cip-exercise']);
});

test.each([['2024-02-29', 48, '2028-02-29'], ['2024-02-29', 12, '2025-02-28'], ['2026-01-31', 1, '2026-02-28'], ['2026-11-30', 3, '2027-02-28'], ['2026-12-15', 12, '2027-12-15']])(
  '%s and %i months is %s', (day, months, later) => expect(monthsAfter(day, months)).toBe(later));
test('days pass months and years', () => expect([daysAfter('2026-12-31', 1), daysAfter('2028-02-28', 1), daysAfter('2026-11-27', 60)]).toEqual(['2027-01-01', '2028-02-29', '2027-01-26']));

describe('the record', () => {
  const today = '2026-11-27';
  const one = { training: 't1', person: 'p1', kind: 'cell', on: '2026-05-04' } as const;
  const record = (...sessions: (Extract<TrainingCommand, { type: 'record-training' }>['sessions'][number])[]): TrainingCommand => ({ type: 'record-training', sessions, today });
  const holding = (...events: AdministrationEvent[]) => {
    const state = initialAdministration();
    for (const entry of recordAdministration(state, events, { by: 'a1', source: 'console', command: 'k', now: 5 })) evolveAdministration(state, entry);
    return state;
  };
  const known = () => holding({ type: 'trainingRecorded', payload: { ...one, certificate: { digest: 'd', bytes: 3, mime: 'application/pdf' } } });

  test('organisation 3: each session is an entry of its own; said again it is already true', () => {
    expect(decideTraining(initialAdministration(), record(one, { ...one, training: 't2', person: 'p2' }, { ...one, training: 't3' }))).toEqual([
      { type: 'trainingRecorded', payload: one }, { type: 'trainingRecorded', payload: { ...one, training: 't2', person: 'p2' } },
    ]);
    expect(decideTraining(known(), record({ ...one, training: 't9' }))).toEqual([]);
    expect(known().trainings.get('t1')).toEqual({ id: 't1', person: 'p1', kind: 'cell', on: '2026-05-04', certificate: { digest: 'd', bytes: 3, mime: 'application/pdf' }, by: 'a1', at: 5 });
  });

  test('a session to come is refused, today is not', () => {
    expect(decideTraining(initialAdministration(), record({ ...one, on: '2026-11-28' }))).toMatchObject({ refused: 'training-date', details: { on: '2026-11-28' } });
    expect(decideTraining(initialAdministration(), record({ ...one, on: today }))).toHaveLength(1);
    expect(decideTraining(initialAdministration(), record({ ...one, on: '1912-01-01' }))).toMatchObject({ refused: 'training-date' });
  });

  test('corrected: the former one goes with a trace, the new one keeps the certificate', () => {
    const answer = decideTraining(known(), { type: 'correct-training', training: 't1', by: { ...one, training: 't2', on: '2026-05-05' }, today });
    expect(answer).toEqual([
      { type: 'trainingRemoved', payload: { ...one, why: 'corrected' } },
      { type: 'trainingRecorded', payload: { ...one, training: 't2', on: '2026-05-05', certificate: { digest: 'd', bytes: 3, mime: 'application/pdf' } } },
    ]);
    expect(decideTraining(known(), { type: 'correct-training', training: 't1', by: { ...one, training: 't2' }, today })).toEqual([]);
  });

  test('removed with a trace; what is not there is refused', () => {
    const state = known();
    const events = decideTraining(state, { type: 'remove-training', training: 't1', why: 'mistake' });
    expect(events).toEqual([{ type: 'trainingRemoved', payload: { ...one, why: 'mistake' } }]);
    if (isRefusal(events)) return;
    for (const entry of recordAdministration(state, events, { by: 'a1', source: 'console', command: 'k', now: 9 })) evolveAdministration(state, entry);
    expect(state.trainings.size).toBe(0);
    expect(decideTraining(state, { type: 'remove-training', training: 't1', why: 'mistake' })).toEqual({ refused: 'unknown-training' });
    expect(ADMINISTRATION_TYPES.trainingRecorded.v).toBe(1);
  });
});

// Domain part 3: every status of a step and every way from one to another; the world comes first.
import { describe, expect, test } from '@jest/globals';
import type { Command } from '../../src/domain/commands.js';
import { MINUTE, toInstant } from '../../src/domain/time.js';
import { advice } from '../../src/domain/views/board.js';
import { at, completes, does, ends, given, notApplicable, opened, planWith, sealed, T0, takes, textEvidence, type Hour, type Move } from '../kit/given.js';

const STEP = 'P07';
const reason = sealed('motif');
const commands = {
  'start': () => ({ type: 'start-step', step: STEP }),
  'complete': (seen) => ({ type: 'complete-step', step: STEP, evidence: [textEvidence('journal')], seen }),
  'not applicable': (seen) => ({ type: 'mark-not-applicable', step: STEP, category: 'decided-against', reason, authorisedBy: 'DC', seen }),
  'outside cause': (seen) => ({ type: 'mark-outside-cause', step: STEP, reason, seen }),
  'reopen': (seen) => ({ type: 'reopen-step', step: STEP, reason: sealed('il manquait une commune'), seen }),
} satisfies Record<string, (seen: number) => Command>;
type Gesture = keyof typeof commands;

const states: Record<string, Move[]> = {
  'todo': [],
  'under-way': [does('astreinte', { type: 'start-step', step: STEP })],
  'done': [completes('astreinte', STEP)],
  'not-applicable': [notApplicable('astreinte', STEP)],
  'outside-cause': [does('astreinte', { type: 'mark-outside-cause', step: STEP, reason: sealed('autre motif'), seen: 0 })],
};

describe('every status, every gesture', () => {
  const settled = 'step-already-settled';
  const table: Record<string, Record<Gesture, string>> = {
    'todo': { 'start': 'under-way', 'complete': 'done', 'not applicable': 'not-applicable', 'outside cause': 'outside-cause', 'reopen': 'nothing' },
    'under-way': { 'start': 'nothing', 'complete': 'done', 'not applicable': 'not-applicable', 'outside cause': 'outside-cause', 'reopen': 'nothing' },
    'done': { 'start': 'nothing', 'complete': settled, 'not applicable': settled, 'outside cause': 'outside-cause', 'reopen': 'todo' },
    'not-applicable': { 'start': settled, 'complete': settled, 'not applicable': settled, 'outside cause': settled, 'reopen': 'todo' },
    'outside-cause': { 'start': settled, 'complete': settled, 'not applicable': settled, 'outside cause': settled, 'reopen': 'todo' },
  };
  const cases = Object.entries(table).flatMap(([status, row]) => Object.entries(row).map(([gesture, then]) => ({ status, gesture: gesture as Gesture, then })));

  test.each(cases)('48.1 $status, $gesture: $then', ({ status, gesture, then }) => {
    const hour = given(opened(), ...states[status]!);
    const answer = hour.when(commands[gesture](hour.version(STEP)), 'astreinte');
    if (then === settled) answer.refused(settled, { step: STEP, status });
    else if (then === 'nothing') answer.nothing();
    else expect(hour.state.steps[STEP]).toMatchObject({ status: then });
  });

  test.each(cases.filter(({ then, gesture }) => then !== 'nothing' && gesture !== 'start'))('48.1 $status, $gesture on another version than the one there is: stale', ({ status, gesture }) => {
    const hour = given(opened(), ...states[status]!);
    hour.when(commands[gesture](hour.version(STEP) + 1), 'astreinte').refused('stale', { seen: hour.version(STEP) + 1, version: hour.version(STEP) });
  });
});

describe('what was seen', () => {
  test('48.1 two people at once: the second is told, with both versions', () => {
    const hour = given(opened(), completes('astreinte', STEP));
    hour.when({ ...commands.complete(0), evidence: [textEvidence('autre')] }, 'communication').refused('stale', { seen: 0, version: hour.version(STEP) });
    hour.when(commands['not applicable'](0), 'communication').refused('stale');
    hour.when(commands['outside cause'](0), 'communication').refused('stale');
    hour.when(commands.reopen(0), 'communication').refused('stale');
    hour.when({ type: 'assign-step', step: STEP, to: 'sidpc', seen: 0 }, 'communication').refused('stale');
  });

  test('48.1 starting, assigning and adding evidence take nothing away from what others saw', () => {
    const hour = given(opened(), does('astreinte', { type: 'start-step', step: STEP }), does('astreinte', { type: 'assign-step', step: STEP, to: 'communication' }),
      does('communication', { type: 'add-evidence', step: STEP, evidence: textEvidence('premier relevé') }));
    expect(hour.version(STEP)).toBe(0);
    hour.when(commands.complete(0), 'astreinte').then({ type: 'stepCompleted' });
    expect(hour.state.steps[STEP]!.evidence).toHaveLength(2);
  });

  test('48.1 the same gesture twice is already true, other words are not lost in silence', () => {
    const hour = given(opened());
    for (const gesture of ['complete', 'reopen', 'not applicable', 'reopen', 'outside cause'] as const) {
      hour.does('astreinte', commands[gesture](hour.version(STEP)));
      hour.when(commands[gesture](hour.version(STEP)), 'astreinte').nothing();
    }
    hour.when({ ...commands['outside cause'](hour.version(STEP)), reason: sealed('autre cause') }, 'astreinte').refused('step-already-settled');
    given(opened(), completes('astreinte', STEP)).when({ type: 'complete-step', step: STEP, evidence: [], seen: 0 }, 'communication').nothing();
  });

  test('48.1 an unknown step, or one of another profile, is no step', () => {
    given(opened()).when({ type: 'start-step', step: 'P99' }, 'astreinte').refused('unknown-step', { step: 'P99' });
    given(opened({ kind: 'important' })).when({ type: 'start-step', step: 'P01' }, 'astreinte').refused('unknown-step', { step: 'P01' });
    given(opened()).when({ type: 'start-step', step: 'constructor' }, 'astreinte').refused('unknown-step');
  });
});

describe('what is kept', () => {
  test('48.1 not applicable keeps category, reason and who authorised', () => {
    const hour = given(opened()).when(commands['not applicable'](0), 'astreinte')
      .then({ type: 'stepNotApplicable', payload: { step: STEP, category: 'decided-against', reason, authorisedBy: 'DC' } });
    expect(hour.step(STEP)).toMatchObject({ word: 'not-applicable', step: { category: 'decided-against', authorisedBy: 'DC', reason } });
  });

  test('48.1 reopened forgets how it was closed, keeps its evidence and the reason', () => {
    const hour = given(opened(), at(10), does('astreinte', { type: 'start-step', step: STEP }), at(20), completes('astreinte', STEP), at(25));
    hour.when(commands.reopen(hour.version(STEP)), 'astreinte').then({ type: 'stepReopened' });
    expect(hour.state.steps[STEP]).toMatchObject({ status: 'under-way', startedAt: T0 + 10 * MINUTE, reason: sealed('il manquait une commune') });
    for (const gone of ['doneAt', 'doneRecordedAt', 'doneBy', 'category', 'authorisedBy']) expect(hour.state.steps[STEP]).not.toHaveProperty(gone);
    expect(hour.state.steps[STEP]!.evidence).toHaveLength(1);
  });

  test('47 done late through an outside cause stays done at its time', () => {
    const hour = given(opened({ facts: { attack: true } }), at(90), completes('communication', 'P22'), at(100));
    hour.does('communication', { type: 'mark-outside-cause', step: 'P22', reason: sealed('numéro reçu à T0+85'), seen: hour.version('P22') });
    expect(hour.step('P22')).toMatchObject({ word: 'outside-cause', step: { doneAt: T0 + 90 * MINUTE } });
  });

  test('48.3 work that began, by what we know, after it was done: it began when it was done at the latest', () => {
    const hour = given(opened(), at(20), does('communication', { type: 'write-step-text', step: 'P12', text: sealed('v1'), seen: 0 }));
    hour.completes('communication', 'P12', { occurredAt: 12 });
    expect(hour.state.steps['P12']).toMatchObject({ startedAt: T0 + 12 * MINUTE, doneAt: T0 + 12 * MINUTE });
  });

  test('48.1 every entry that made a step is among its proofs', () => {
    const hour = given(opened(), does('astreinte', { type: 'start-step', step: STEP }), completes('astreinte', STEP));
    expect(hour.state.steps[STEP]!.proofs).toEqual(hour.entries.filter((entry) => 'step' in entry.payload && entry.payload.step === STEP).map(({ seq }) => seq));
  });

  test('48.1 the same evidence added twice is there once; writing the same text again is already true', () => {
    const hour = given(opened(), does('astreinte', { type: 'add-evidence', step: STEP, evidence: textEvidence('a') }));
    hour.when({ type: 'add-evidence', step: STEP, evidence: textEvidence('a') }, 'communication').nothing();
    hour.does('communication', { type: 'write-step-text', step: 'P12', text: sealed('v1'), seen: 0 });
    hour.when({ type: 'write-step-text', step: 'P12', text: sealed('v1'), seen: 0 }, 'communication').nothing();
    hour.when({ type: 'write-step-text', step: 'P12', text: sealed('v2'), seen: 0 }, 'communication').refused('stale');
  });

  test('48.1 whoever starts a step that nobody has takes it; it can be given to another', () => {
    const hour = given(opened(), does('astreinte', { type: 'start-step', step: STEP }));
    expect(hour.state.steps[STEP]!.assignee).toBe('astreinte');
    hour.when({ type: 'assign-step', step: STEP, to: 'communication' }, 'astreinte').then({ type: 'stepAssigned', payload: { step: STEP, to: 'communication' } });
    hour.when({ type: 'assign-step', step: STEP, to: 'communication' }, 'astreinte').nothing();
  });
});

describe('the world comes first', () => {
  test('48.3 prerequisites advise and never forbid', () => {
    const hour = given(opened());
    expect(advice(hour.state, hour.step('P14'))).toEqual(['P13']);
    hour.completes('communication', 'P14');
    expect(hour.step('P14').word).toBe('done');
    expect(advice(hour.state, given(opened(), completes('directrice', 'P13')).step('P14'))).toEqual(['P13']);
    const ready = given(opened(), completes('directrice', 'P13'));
    expect(advice(ready.state, ready.step('P14'))).toEqual([]);
  });

  test('47 a step that stands apart can be done all the same, and stands there no more', () => {
    const hour = given(opened());
    expect(hour.step('P22').word).toBe('apart');
    hour.completes('communication', 'P22');
    expect(hour.step('P22').word).toBe('done');
  });

  test('48.1 done before it was written: judged by when it was done', () => {
    const hour = given(opened(), at(70)).when(commands.complete(0), 'astreinte', { occurredAt: 14 })
      .then({ type: 'stepCompleted', occurredAt: toInstant(T0 + 14 * MINUTE) });
    expect(hour.step(STEP)).toMatchObject({ word: 'done', declaredAfterwards: true, step: { doneRecordedAt: T0 + 70 * MINUTE } });
  });

  test.each([[14, 'done', undefined], [15, 'done', undefined], [15.5, 'done-after-target', 30_000], [60, 'done-after-target', 45 * MINUTE], [61.5, 'done-late', 90_000]] as const)(
    '48.1 done at T0+%s reads %s', (minute, word, lateBy) => {
      const shown = given(opened(), at(minute), completes('astreinte', STEP)).step(STEP);
      expect([shown.word, shown.lateBy, shown.declaredAfterwards]).toEqual([word, lateBy, false]);
    });

  test.each([[60, true], [60.01, false]])('48.1 recorded at T0+70, done at T0+%s: declared afterwards is %s', (occurredAt, afterwards) => {
    expect(given(opened(), at(70), completes('astreinte', STEP, { occurredAt })).step(STEP).declaredAfterwards).toBe(afterwards);
  });

  test.each([[0, 'todo'], [15, 'todo'], [15.1, 'at-risk'], [60, 'at-risk'], [60.1, 'overdue']] as const)('48.1 open at T0+%s reads %s', (minute, word) => {
    expect(given(opened(), at(minute)).step(STEP).word).toBe(word);
  });

  test('48.1 without a target, 15 minutes before its deadline is to be watched', () => {
    const plan = planWith({ P07: { target: undefined as never } });
    expect(given(opened({ plan }), at(44.9)).step(STEP).word).toBe('todo');
    expect(given(opened({ plan }), at(45)).step(STEP).word).toBe('at-risk');
  });

  test('mod. 7 missed exists only at the end', () => {
    expect(given(opened(), at(90)).step(STEP).word).toBe('overdue');
    const hour = given(opened(), at(90), ends());
    expect(hour.step(STEP).word).toBe('missed');
    expect(hour.step('P12').word).toBe('todo'); // no deadline
    expect(hour.completes('astreinte', STEP, { occurredAt: 30 }).step(STEP)).toMatchObject({ word: 'done-after-target', declaredAfterwards: true });
  });
});

describe('steps that their proof completes', () => {
  test('mod. 7 P00 is done when we learnt T0, not at T0', () => {
    const hour = given(opened({ noT0: true }), at(1, 20), does('sidpc', { type: 'start-clock', clock: 'cod', t0: T0 }));
    expect(hour.state.steps.P00).toMatchObject({ status: 'done', doneAt: T0 + 80_000, doneBy: 'engine' });
    expect(hour.of('stepCompleted')[0]!.payload.proofs).toEqual([hour.of('clockStarted')[0]!.seq]);
  });

  test('47.1 taking the function of DC is taking charge', () => {
    const hour = given(opened(), at(3, 50), takes('directrice', 'DC'));
    expect(hour.state.steps.P01).toMatchObject({ status: 'done', doneAt: T0 + 230_000 });
    expect(hour.state.steps.P01!.proofs).toContain(hour.of('functionTaken')[0]!.seq);
    expect(given(opened(), takes('astreinte', 'AA')).state.steps.P01).toBeUndefined();
    hour.when({ type: 'complete-by-proof', step: 'P01', proofs: [hour.state.seq], occurredAt: hour.now }, 'engine').nothing();
    hour.when({ type: 'complete-by-proof', step: 'P99', proofs: [1], occurredAt: hour.now }, 'engine').refused('unknown-step');
  });

  test('47.1 a person may reopen it: the same proof never closes it twice, a new one does', () => {
    const hour = given(opened(), takes('directrice', 'DC'));
    hour.does('communication', { type: 'reopen-step', step: 'P01', reason, seen: hour.version('P01') }).at(10);
    expect(hour.state.steps.P01!.status).toBe('todo');
    hour.does('directrice', { type: 'relieve-function', function: 'DC' }).does('suppleante', { type: 'take-function', function: 'DC' });
    expect(hour.state.steps.P01!.status).toBe('done');
  });

  test('50 N06 comes back every hour: each report is a round, until the end', () => {
    const hour = given(opened(), does('prefet', { type: 'order-nu' }));
    const targets = () => hour.step('N06').times.target! - T0;
    expect(targets()).toBe(90 * MINUTE);
    const report = (h: Hour, minute: number) => h.at(minute).when({ type: 'complete-step', step: 'N06', evidence: [textEvidence(`relevé ${minute}`)], seen: h.version('N06') }, 'cip');
    report(hour, 88).then({ type: 'stepCompleted' });
    expect([targets(), hour.step('N06').step.rounds.length, hour.state.steps.N06!.status]).toEqual([150 * MINUTE, 1, 'under-way']);
    report(hour, 155).then({ type: 'stepCompleted' });
    expect(targets()).toBe(210 * MINUTE);
    expect(hour.at(215).warnings('N06')).toEqual(['target 150', 'target 210']);
  });

  test('48.3 a step may run from another step’s completion, and from nothing else', () => {
    const plan = planWith({ P24: { anchor: { step: 'P14' }, target: 5, deadline: 20 } });
    expect(given(opened({ plan })).step('P24').times).toEqual({});
    expect(given(opened({ plan }), at(10), notApplicable('astreinte', 'P14')).step('P24').times).toEqual({});
    expect(given(opened({ plan }), at(10), completes('astreinte', 'P14')).step('P24').times).toEqual({ target: T0 + 15 * MINUTE, deadline: T0 + 30 * MINUTE });
  });

  test('47 the target of P22 runs from when the CIAV opens, its deadline from T0-COD', () => {
    const hour = given(opened({ facts: { attack: true } }));
    expect(hour.step('P22').times).toEqual({ deadline: T0 + 60 * MINUTE });
    hour.at(20).does('directrice', { type: 'start-clock', clock: 'ciav', t0: T0 + 18 * MINUTE });
    expect(hour.step('P22').times).toEqual({ target: T0 + 48 * MINUTE, deadline: T0 + 60 * MINUTE });
  });
});

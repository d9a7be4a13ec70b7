// Domain part 3: verdicts per clause, one list of words, computed from the `serves` tags of the frozen plan.
import { describe, expect, test } from '@jest/globals';
import { fold, maskFor } from '../../src/domain/activation.js';
import { MINUTE } from '../../src/domain/time.js';
import { stepsShown } from '../../src/domain/views/steps.js';
import { best, verdicts, worst, type Verdict } from '../../src/domain/views/verdicts.js';
import { ACTIVATION, at, completes, does, ends, given, Hour, notApplicable, opened, planWith, sealed, standardPlan, T0, type Move, type Opening } from '../kit/given.js';

/** The domain's own order, from the worst to the best, written out here on its own. */
const ORDER: Verdict[] = ['missed', 'not-demonstrable', 'overdue', 'late', 'outside-cause', 'at-risk', 'on-time', 'held-declared-afterwards', 'held'];

/** Brings a step to a word by the end of the activation, at T0+80. */
const brings: Partial<Record<Verdict, { minute: number; move: (step: string) => Move }>> = {
  'held': { minute: 30, move: (step) => completes('suppleante', step) },
  'held-declared-afterwards': { minute: 70, move: (step) => completes('suppleante', step, { occurredAt: 40 }) },
  'late': { minute: 70, move: (step) => completes('suppleante', step) },
  'outside-cause': { minute: 30, move: (step) => does('suppleante', { type: 'mark-outside-cause', step, reason: sealed(step), seen: 0 }) },
  'not-applicable': { minute: 30, move: (step) => notApplicable('suppleante', step) },
  'not-demonstrable': { minute: 30, move: (step) => completes('suppleante', step, { evidence: false }) },
  'missed': { minute: 30, move: () => () => {} },
};
const AT_THE_END = ORDER.filter((word) => word in brings);

function endedWith(words: Record<string, Verdict>, opening: Opening = {}, nu = false): Hour {
  const moves = [30, 70].flatMap((minute) => [at(minute), ...Object.entries(words).filter(([, word]) => brings[word]!.minute === minute).map(([step, word]) => brings[word]!.move(step))]);
  return given(opened(opening), ...(nu ? [does('prefet', { type: 'order-nu' })] : []), ...moves, at(80), ends());
}

describe('each word', () => {
  test('mod. 7 while it runs: not started, on time, at risk, overdue, held', () => {
    expect(given(opened({ noT0: true })).verdict('48.2')).toBe('not-started');
    const hour = given(opened());
    expect(hour.verdict('48.2')).toBe('on-time');
    expect(hour.at(15).verdict('48.2')).toBe('on-time');
    expect(hour.at(15, 1).verdict('48.2')).toBe('at-risk');
    expect(hour.at(60).verdict('48.2')).toBe('at-risk');
    expect(hour.at(60, 1).verdict('48.2')).toBe('overdue');
    expect(given(opened(), at(10), completes('communication', 'P11')).verdict('48.2')).toBe('held');
  });

  test.each(AT_THE_END)('mod. 7 at the end: %s', (word) => expect(endedWith({ P11: word }).verdict('48.2')).toBe(word));

  test('mod. 7 at the end, parts that are not applicable drop out; with none left the clause is not applicable', () => {
    expect(endedWith({ P11: 'not-applicable' }).verdict('48.2')).toBe('not-applicable');
    expect(endedWith({ P01: 'held', P04: 'not-applicable' }).verdict('47')).toBe('held');
  });

  test('50 a clock never started ends not applicable', () => {
    const hour = given(opened(), at(80));
    expect([hour.verdict('50'), hour.verdict('50.1')]).toEqual(['not-started', 'not-started']);
    hour.does('directrice', { type: 'end' });
    expect([hour.verdict('50'), hour.verdict('50.1')]).toEqual(['not-applicable', 'not-applicable']);
    expect(given(opened({ noT0: true }), ends()).verdict('47')).toBe('not-applicable');
  });

  test('48.2 a clause with no step in the frozen plan is not shown', () => {
    const plan = { ...standardPlan, rows: standardPlan.rows.filter(({ id }) => id !== 'P11') };
    expect(given(opened({ plan })).clause('48.2')).toBeUndefined();
    expect(given(opened()).clause('48.2')).toBeDefined();
  });

  test('48.2 overdue while it runs, missed at the end only', () => {
    const hour = given(opened(), at(200));
    expect(hour.verdict('48.2')).toBe('overdue');
    expect(hour.does('directrice', { type: 'end' }).verdict('48.2')).toBe('missed');
  });

  test('48.2 done without its proof: to be watched while it can still be brought, not demonstrable at the end, and it says which', () => {
    const hour = given(opened(), at(10), completes('communication', 'P11', { evidence: false }));
    expect(hour.verdict('48.2')).toBe('at-risk');
    expect(hour.clause('48.2')!.parts[0]![0]).toMatchObject({ step: 'P11', proofMissing: true });
    hour.does('directrice', { type: 'end' });
    expect(hour.verdict('48.2')).toBe('not-demonstrable');
    hour.does('communication', { type: 'add-evidence', step: 'P11', evidence: { kind: 'text', text: sealed('désignation') } });
    expect(hour.verdict('48.2')).toBe('held');
  });

  test('48.2 late and without proof is not demonstrable; an address says as much as a text, but is not the file that a plan asks', () => {
    expect(given(opened(), at(70), completes('communication', 'P11', { evidence: false }), ends()).verdict('48.2')).toBe('not-demonstrable');
    const link = does('communication', { type: 'complete-step', step: 'P11', evidence: [{ kind: 'link', url: sealed('https://…') }], seen: 0 });
    expect(given(opened(), link).verdict('48.2')).toBe('held');
    expect(given(opened({ plan: planWith({ P11: { evidence: 'file' } }) }), link).verdict('48.2')).toBe('at-risk');
  });

  test('48.1 calls recorded on the step are its proof', () => {
    const hour = given(opened(), does('astreinte', { type: 'paste-call-list', step: 'P07', contacts: [{ person: 'p1', line: sealed('maire') }] }),
      completes('astreinte', 'P07', { evidence: false }));
    expect(hour.step('P07').proofMissing).toBe(true);
    hour.does('astreinte', { type: 'record-call', step: 'P07', person: 'p1', outcome: 'no-answer' });
    expect(hour.step('P07')).toMatchObject({ proofMissing: false, calls: { total: 1, tried: 1, acknowledged: 0 } });
    hour.does('astreinte', { type: 'add-evidence', step: 'P07', evidence: { kind: 'text', text: sealed('relevé') } });
    const proofs = hour.clause('48.1')!.proofs;
    expect(proofs).toContain(hour.of('callRecorded')[0]!.seq);
    expect(proofs).toEqual([...proofs].sort((x, y) => x - y));
  });

  test('48.5 the text written on the step is its proof, for boards too that do not see the text', () => {
    const hour = given(opened(), does('communication', { type: 'write-step-text', step: 'P18', text: sealed('six sujets'), seen: 0 }), completes('communication', 'P18', { evidence: false }));
    const call = does('communication', { type: 'record-call', step: 'P07', person: 'p1', outcome: 'acknowledged' });
    for (const move of [does('communication', { type: 'paste-call-list', step: 'P07', contacts: [{ person: 'p1', line: sealed('l') }] }), call, completes('communication', 'P07', { evidence: false })]) move(hour);
    const calls = hour.of('callRecorded').map(({ seq }) => seq);
    expect(hour.of('stepCompleted').at(-1)!.payload.proofs).toEqual(calls);
    const wall = fold(ACTIVATION, hour.entries.map((entry) => maskFor('wall', entry)));
    for (const a of [hour.state, wall]) {
      const words = Object.fromEntries(verdicts(a, hour.now).map(({ clause, verdict }) => [clause.id, verdict]));
      expect(words).toMatchObject({ '48.5': 'held', '48.1': 'on-time' });
      expect(stepsShown(a, hour.now).filter(({ proofMissing }) => proofMissing)).toEqual([]);
    }
    hour.does('directrice', { type: 'reopen-step', step: 'P07', reason: sealed('x'), seen: hour.version('P07') });
    expect(hour.state.steps.P07).not.toHaveProperty('provenBy');
  });

  test('48.2 the deadline to the millisecond is held; T0 corrected moves the judgement', () => {
    const hour = given(opened(), at(60), completes('communication', 'P11'));
    expect(hour.verdict('48.2')).toBe('held');
    hour.does('sidpc', { type: 'correct-clock', clock: 'cod', t0: T0 - 1, reason: sealed('x'), seen: hour.clockVersion('cod') });
    expect(hour.verdict('48.2')).toBe('late');
  });
});

describe('`and` takes the worst, `or` the best', () => {
  const pairs = ORDER.flatMap((x, i) => ORDER.map((y, j) => [x, y, ORDER[Math.min(i, j)]!, ORDER[Math.max(i, j)]!] as const));
  test.each(pairs)('mod. 7 %s with %s: and %s, or %s', (x, y, and, or) => {
    expect([worst([x, y]), best([x, y])]).toEqual([and, or]);
  });

  const atTheEnd = AT_THE_END.flatMap((x, i) => AT_THE_END.map((y, j) => [x, y, AT_THE_END[Math.min(i, j)]!, AT_THE_END[Math.max(i, j)]!] as const));
  test.each(atTheEnd)('19.3 P15 %s and P16 %s: %s', (x, y, and) => expect(endedWith({ P15: x, P16: y }).verdict('19.3')).toBe(and));
  test.each(atTheEnd.map(([x, y, , or]) => [x, y, or] as const))('48.3 P14 %s or P24 %s: %s', (x, y, or) => expect(endedWith({ P14: x, P24: y }).verdict('48.3')).toBe(or));
});

describe('each formula', () => {
  const formulas: { clause: string; needs: (string | [string, string])[]; opening?: Opening; nu?: true; with?: Record<string, Verdict>; name?: string }[] = [
    { clause: '47', needs: ['P01', 'P04'] },
    { clause: '47', needs: ['P01', 'P04', 'P22'], opening: { facts: { attack: true } }, name: 'in an attack' },
    { clause: '48.1', needs: ['P07', ['P08', 'P09']] },
    { clause: '48.2', needs: ['P11'] },
    { clause: '48.3', needs: [['P14', 'P24']] },
    { clause: '48.4', needs: ['P15', 'P16'] },
    { clause: '48.4', needs: ['P16'], opening: { facts: { accounts: false } }, name: 'without an account' },
    { clause: '48.4', needs: ['P15', 'P16', 'P17'], opening: { facts: { accounts: true, app: true } }, name: 'with a mobile app' },
    { clause: '48.4', needs: ['P15', 'P16', 'P27'], with: { P14: 'held' }, name: 'when a release is sent' },
    { clause: '48.5', needs: ['P18'] },
    { clause: '50', needs: ['N05'], nu: true },
    { clause: '50.1', needs: ['N04'], nu: true },
    { clause: '11.5', needs: ['P16'], opening: { kind: 'important' } },
    { clause: '19.3', needs: ['P15', 'P16'] },
    { clause: '19.3', needs: ['P16'], opening: { facts: {} }, name: 'without an account' },
  ];

  test.each(formulas.map((one) => ({ name: 'in any event', ...one })))('$clause $name = $needs and nothing else', ({ clause, needs, opening, nu, with: also }) => {
    const done = (steps: string[]) => endedWith({ ...also, ...Object.fromEntries(steps.map((step) => [step, 'held' as const])) }, opening, nu).verdict(clause);
    const first = needs.map((need) => (typeof need === 'string' ? need : need[0]));
    expect(done(first)).toBe('held');
    for (const [i, need] of needs.entries()) {
      const without = first.filter((_, j) => j !== i);
      expect(done(without)).toBe('missed');
      if (typeof need !== 'string') expect(done([...without, need[1]])).toBe('held');
    }
  });

  test('48.1 once everyone was reached, nobody is left to call: P09 stands apart', () => {
    const hour = given(opened(), at(30), completes('communication', 'P08'));
    expect(hour.step('P09').word).toBe('apart');
    hour.does('communication', { type: 'reopen-step', step: 'P08', reason: sealed('x'), seen: hour.version('P08') });
    expect(hour.step('P09').word).toBe('todo');
  });

  test('11.5 is judged by the important event’s own T0, 19.3 and 48.4 by T0-COD', () => {
    const hour = given(opened({ kind: 'important' }), at(30), does('sidpc', { type: 'start-clock', clock: 'cod', t0: T0 + 30 * MINUTE }), at(75));
    hour.completes('communication', 'P16').completes('communication', 'P15');
    expect([hour.verdict('11.5'), hour.verdict('19.3'), hour.verdict('48.4')]).toEqual(['late', 'held', 'held']);
  });

  test('19.3 a clause is at risk by its own clock, not by the other’s', () => {
    const hour = given(opened({ kind: 'important' }), at(120), does('sidpc', { type: 'start-clock', clock: 'cod', t0: T0 + 120 * MINUTE }));
    expect([hour.verdict('11.5'), hour.verdict('19.3')]).toEqual(['overdue', 'on-time']);
  });

  test('11.5 a COD without an important event is not judged on it; an important event not on module 7', () => {
    expect(given(opened()).clause('11.5')).toBeUndefined();
    expect(given(opened({ kind: 'important' })).clause('48.3')).toBeUndefined();
    expect(given(opened({ kind: 'important', noT0: true })).verdict('11.5')).toBe('not-started');
    expect(given(opened(), does('sidpc', { type: 'start-clock', clock: 'important', t0: T0 })).verdict('11.5')).toBe('on-time');
    expect(given(opened({ noT0: true })).verdict('48.3')).toBe('not-started');
  });
});

describe('margin and proofs', () => {
  test('48.3 held: what was left when the part that holds it was done; an alternative done later takes nothing away', () => {
    const hour = given(opened(), at(35), completes('communication', 'P14'));
    expect(hour.clause('48.3')).toMatchObject({ margin: 25 * MINUTE, deadline: T0 + 60 * MINUTE });
    expect(hour.at(70).completes('communication', 'P24').clause('48.3')).toMatchObject({ verdict: 'held', margin: 25 * MINUTE });
  });

  test('47 running: what is left; both parts held: the last one counts', () => {
    const hour = given(opened(), at(10), completes('directrice', 'P01'), at(20));
    expect(hour.clause('47')!.margin).toBe(40 * MINUTE);
    expect(hour.at(25).completes('communication', 'P04').clause('47')).toMatchObject({ verdict: 'held', margin: 35 * MINUTE });
  });

  test('48.3 every figure opens down to the entries that prove it', () => {
    const hour = given(opened(), does('communication', { type: 'start-step', step: 'P14' }), completes('communication', 'P14'));
    const [start, done] = [hour.of('stepStarted')[0]!.seq, hour.entries.find((entry) => entry.type === 'stepCompleted' && entry.payload.step === 'P14')!.seq];
    expect(hour.clause('48.3')!.proofs).toEqual([start, done]);
    expect(hour.clause('48.3')!.parts).toEqual([[{ step: 'P14', verdict: 'held', proofs: [start, done], proofMissing: false }, { step: 'P24', verdict: 'on-time', proofs: [], proofMissing: false }]]);
  });

  test('48.2 the copy of the plan is frozen: what is judged does not change with the file', () => {
    const plan = structuredClone(planWith({ P11: { deadline: 30 } }));
    const hour = given(opened({ plan }), at(40), completes('communication', 'P11'));
    expect(hour.verdict('48.2')).toBe('late');
    expect(hour.state).toMatchObject({ id: ACTIVATION, plan: { version: 1 } });
  });
});

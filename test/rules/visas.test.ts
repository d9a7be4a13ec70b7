// 48.3: the visa is the préfet's or the directeur's, and names the version of the text that was read.
import { describe, expect, test } from '@jest/globals';
import { fold, maskFor } from '../../src/domain/activation.js';
import type { CommandOf } from '../../src/domain/commands.js';
import { awaits } from '../../src/domain/views/board.js';
import { ACTIVATION, completes, does, given, opened, RIGHTS_OF, sealed, takes, type Hour } from '../kit/given.js';

const written = (words: string) => (hour: Hour) => void hour.does('communication', { type: 'write-step-text', step: 'P12', text: sealed(words), seen: hour.version('P12') });
const drafted = () => given(opened(), written('v1'), completes('communication', 'P12'));
const visa = (hour: Hour, version?: number): CommandOf<'complete-step'> => ({
  type: 'complete-step', step: 'P13', evidence: [], seen: hour.version('P13'), ...(version === undefined ? {} : { approves: { step: 'P12', version } }),
});

describe('who gives the visa', () => {
  test.each(['prefet', 'directrice', 'suppleante'])('48.3 %s gives it in their own name', (who) => {
    const hour = drafted();
    hour.when(visa(hour, 1), who).then({ type: 'stepCompleted', by: who, payload: { step: 'P13', approves: { step: 'P12', version: 1 } } });
    expect(hour.state.orals).toEqual([]);
    expect(hour.state.steps.P13!.approval).toMatchObject({ step: 'P12', version: 1 });
  });

  test.each(['communication', 'astreinte'])('48.3 %s alone cannot, but records it for the directeur', (who) => {
    const hour = drafted();
    hour.when(visa(hour, 1), who).refused('visa-needed', { step: 'P13' });
    hour.when(visa(hour, 1), who, { for: 'RC' }).refused('visa-needed');
    hour.when(visa(hour, 1), who, { for: 'directeur' }).then({ type: 'stepCompleted', for: 'directeur' });
    expect(hour.state.orals).toHaveLength(1);
  });

  test('48.3 the SIDPC records a visa for the préfet too, and works no other gesture on that row', () => {
    const hour = drafted();
    hour.when(visa(hour, 1), 'sidpc').refused('forbidden');
    hour.when({ type: 'start-step', step: 'P13' }, 'sidpc', { for: 'prefet' }).refused('forbidden');
    hour.when(visa(hour, 1), 'sidpc', { for: 'prefet' }).then({ type: 'stepCompleted', by: 'sidpc', for: 'prefet' });
  });

  test('48.3 the CIP does not, on nobody’s behalf', () => {
    const hour = drafted();
    hour.when(visa(hour, 1), 'cip', { for: 'prefet' }).refused('forbidden');
  });

  test('49 the planner gives it in an exercise', () => {
    const hour = given(opened({ lane: 'exercise', by: 'planificateur' }), (h) => void h.does('planificateur', { type: 'write-step-text', step: 'P12', text: sealed('v1'), seen: 0 }));
    hour.when(visa(hour, 1), 'planificateur').then({ type: 'stepCompleted' });
  });
});

describe('which text', () => {
  test('48.3 nobody approves a text that changed under their eyes', () => {
    const hour = drafted();
    written('v2')(hour);
    hour.when(visa(hour, 1), 'directrice').refused('stale', { seen: 1, version: 2 });
    hour.when(visa(hour, 2), 'directrice').then({ type: 'stepCompleted' });
  });

  test('48.3 who may not give a visa does not write one on another step', () => {
    const hour = given(opened(), does('communication', { type: 'write-step-text', step: 'P12', text: sealed('v1'), seen: 0 }));
    const sent: CommandOf<'complete-step'> = { type: 'complete-step', step: 'P14', evidence: [], seen: 0, approves: { step: 'P12', version: 1 } };
    hour.when(sent, 'communication').refused('visa-needed', { step: 'P14' }).when(sent, 'directrice').then({ type: 'stepCompleted' });
  });

  test('48.3 there is no visa of a text that nobody wrote', () => {
    const hour = given(opened());
    hour.when(visa(hour, 1), 'directrice').refused('no-text-to-approve', { step: 'P12' });
    hour.when({ ...visa(hour), approves: { step: 'constructor', version: 1 } }, 'directrice').refused('no-text-to-approve');
  });

  test('48.3 the visa of one version is not that of the next: reopen, then approve anew', () => {
    const hour = drafted();
    hour.does('directrice', visa(hour, 1)).when(visa(hour, 1), 'directrice').nothing();
    written('v2')(hour);
    hour.when(visa(hour, 2), 'directrice').refused('step-already-settled');
    hour.does('directrice', { type: 'reopen-step', step: 'P13', reason: sealed('texte changé'), seen: hour.version('P13') });
    expect(hour.state.steps.P13).not.toHaveProperty('approval');
    hour.when(visa(hour, 2), 'directrice').then({ type: 'stepCompleted', payload: { approves: { version: 2 } } });
  });

  test('48.3 each text written is a version, and starts its step', () => {
    const hour = given(opened());
    hour.when({ type: 'write-step-text', step: 'P12', text: sealed('v1'), seen: 0 }, 'communication').then({ type: 'stepStarted' }, { type: 'stepTextWritten', payload: { version: 1 } });
    hour.when({ type: 'write-step-text', step: 'P12', text: sealed('v2'), seen: hour.version('P12') }, 'communication').then({ type: 'stepTextWritten', payload: { version: 2 } });
    expect(hour.of('stepTextWritten').map(({ payload }) => payload.version)).toEqual([1, 2]);
    expect(hour.state.steps.P12).toMatchObject({ status: 'under-way', text: { version: 2, sealed: sealed('v2') } });
    // The wall sees no text, and the same step under way.
    expect(fold(ACTIVATION, hour.entries.map((entry) => maskFor('wall', entry))).steps.P12).toMatchObject({ status: 'under-way', startedAt: hour.now });
  });

  test('48.3 a visa needs no other proof; a step done without the proof that its row asks says so', () => {
    const hour = drafted();
    expect(hour.does('directrice', visa(hour, 1)).step('P13').proofMissing).toBe(false);
    expect(hour.step('P12').proofMissing).toBe(false); // the text written on it is the proof asked
    expect(hour.completes('communication', 'P14', { evidence: false }).step('P14').proofMissing).toBe(true);
  });
});

describe('what awaits', () => {
  const kinds = (hour: Hour, who: string) => awaits(hour.state, { account: who, rights: RIGHTS_OF[who]! }, hour.now)
    .map((one) => (one.kind === 'visa' || one.kind === 'step' ? `${one.kind} ${one.step.row.id}` : one.kind));

  test('48.3 a visa awaits the directeur once the text is ready, and nobody else', () => {
    const hour = given(opened(), takes('directrice', 'DC'), takes('communication', 'OP'), written('v1'));
    expect(kinds(hour, 'directrice')).not.toContain('visa P13');
    hour.completes('communication', 'P12');
    expect(kinds(hour, 'directrice')[0]).toBe('visa P13');
    expect(kinds(hour, 'communication')).not.toContain('visa P13');
    expect(awaits(hour.state, { account: 'directrice', rights: ['directeur'] }, hour.now)[0]).toMatchObject({ kind: 'visa', textOf: 'P12' });
  });

  test('49 in an exercise it awaits the planner too, who is nobody for real', () => {
    const lane = (one: 'real' | 'exercise') => kinds(given(opened({ lane: one }), written('v1'), completes('communication', 'P12')), 'planificateur');
    expect(lane('exercise')).toContain('visa P13');
    expect(lane('real')).toEqual([]);
  });

  test('47 what is mine by function or assignment, the nearest target first', () => {
    const hour = given(opened(), takes('communication', 'OE'), does('astreinte', { type: 'assign-step', step: 'P21', to: 'communication' }));
    expect(kinds(hour, 'communication')).toEqual(['step P07', 'step P21', 'step P08', 'step P10', 'step P09']);
  });
});

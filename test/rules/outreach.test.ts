// 48.1: whom one must reach, whom to call next, what counts as reached, and what P05 and P07 to P10 prove by themselves.
import { describe, expect, test } from '@jest/globals';
import type { CommandOf } from '../../src/domain/commands.js';
import type { CallOutcome } from '../../src/domain/events.js';
import { communeState, coverage, reachCurve } from '../../src/domain/outreach/coverage.js';
import type { FrozenTarget } from '../../src/domain/outreach/targets.js';
import { CLAIM_LASTS, queue } from '../../src/domain/outreach/queue.js';
import { MINUTE, toInstant } from '../../src/domain/time.js';
import { at, does, ends, given, opened, sealed, T0, type Hour } from '../kit/given.js';

const COMMUNES = Array.from({ length: 20 }, (_, i) => `76${String(100 + i)}`);
const target = (commune: string, order: number, over: Partial<FrozenTarget> = {}): FrozenTarget => ({
  person: `${commune}-${order}`, version: 1, commune, role: order === 0 ? 'maire' : order === 9 ? 'town-hall' : 'adjoint', order, ...over,
});
const freeze = (communes: readonly string[], circle: 1 | 2 = 1, orders: readonly number[] = [0, 1]): CommandOf<'freeze-perimeter'> => ({
  type: 'freeze-perimeter', circle, communes: [...communes], targets: communes.flatMap((commune) => orders.map((order) => target(commune, order))),
});
const frozen = (communes: readonly string[] = COMMUNES, circle: 1 | 2 = 1, orders?: readonly number[]) => does('sidpc', freeze(communes, circle, orders));
const call = (person: string, outcome: CallOutcome, more: Partial<CommandOf<'record-direct-call'>> = {}): CommandOf<'record-direct-call'> =>
  ({ type: 'record-direct-call', person, outcome, ...more });
const gala = (over: Partial<CommandOf<'record-outside-campaign'>> = {}): CommandOf<'record-outside-campaign'> =>
  ({ type: 'record-outside-campaign', campaign: 'gala', circle: 1, tool: sealed('GALA'), text: sealed('Crue'), startedAt: T0 + 6 * MINUTE, ...over });
const results = (list: CommandOf<'import-outside-results'>['results'], unmatched = 0): CommandOf<'import-outside-results'> =>
  ({ type: 'import-outside-results', campaign: 'gala', file: { ...sealed('fichier'), mime: 'text/csv' }, results: list, unmatched });
const status = (hour: Hour, step: string) => hour.state.steps[step]?.status ?? 'todo';
const next = (hour: Hour) => queue(hour.state, hour.now).map(({ target: { person } }) => person);

describe('the perimeter (P05)', () => {
  test('P05 frozen, it is proven: the entry of the circle, at the time of the decision', () => {
    const hour = given(opened(), at(9)).does('sidpc', freeze(COMMUNES), { occurredAt: 8, for: 'directeur' });
    const [entry] = hour.of('perimeterFrozen');
    expect(entry).toMatchObject({ for: 'directeur', payload: { circle: 1, communes: COMMUNES } });
    expect(hour.state.steps.P05).toMatchObject({ status: 'done', doneAt: T0 + 8 * MINUTE, provenBy: [entry!.seq] });
  });

  test('48.1 a thousand targets are entries of five hundred at most, of one commit', () => {
    const hour = given(opened(), frozen(COMMUNES, 1, Array.from({ length: 60 }, (_, i) => i)));
    expect(hour.of('targetsFrozen').map(({ payload }) => payload.items.length)).toEqual([500, 500, 200]);
    expect(new Set(hour.of('targetsFrozen').map(({ command }) => command)).size).toBe(1);
  });

  test('48.1 said again it is already true; a newer version of somebody is news', () => {
    const hour = given(opened(), frozen());
    hour.when(freeze(COMMUNES), 'sidpc').nothing();
    const newer = freeze(COMMUNES);
    newer.targets[0] = { ...newer.targets[0]!, version: 2 };
    hour.when(newer, 'sidpc').then({ type: 'perimeterFrozen' }, { type: 'targetsFrozen' });
  });

  test('48.1 frozen anew, whoever was tried stays, with what came of it; the others are named anew', () => {
    const hour = given(opened(), frozen(['76100', '76101']), does('communication', call('76100-0', 'no-answer')));
    hour.does('sidpc', { ...freeze(['76100', '76102']), targets: [target('76100', 0, { person: 'neuve' }), target('76102', 0)] });
    expect(hour.state.outreach.byCommune['76100']).toEqual(['76100-0', 'neuve']);
    expect(hour.state.outreach.targets['76100-1']).toBeUndefined();
    expect(hour.state.outreach.targets['76100-0']!.attempts).toHaveLength(1);
    expect(coverage(hour.state.outreach, 1).communes).toBe(2);
  });

  test('48.1 an empty circle is refused; a commune is in one circle, and circle 1 takes it from circle 2', () => {
    const hour = given(opened()).when({ ...freeze([]), targets: [] }, 'sidpc').refused('empty-perimeter');
    const both = given(opened(), frozen(['76100']), frozen(['76101', '76102'], 2));
    both.when(freeze(['76100', '76103'], 2), 'sidpc').refused('commune-in-circle-1', { commune: '76100' });
    both.does('sidpc', freeze(['76100', '76101']));
    expect(both.state.outreach.circles[2]!.communes).toEqual(['76102']);
    expect(hour).toBeDefined();
  });

  test('P10 circle 2 is called, or refused with a reason, and the refusal proves it', () => {
    const hour = given(opened(), at(10), frozen(['76100'])).does('astreinte', { type: 'refuse-circle', reason: sealed('crue locale') }, { for: 'directeur' });
    expect(hour.state.steps.P10).toMatchObject({ status: 'done', provenBy: [hour.of('circleRefused')[0]!.seq] });
    hour.when({ type: 'refuse-circle', reason: sealed('crue locale') }, 'astreinte').nothing();
    given(opened(), frozen(['76100']), frozen(['76101'], 2)).when({ type: 'refuse-circle', reason: sealed('r') }, 'astreinte').refused('circle-frozen');
  });
});

describe('an outside automaton (P07, P08)', () => {
  test('P07 is done when the campaign started, at the time that was said; P10 is not', () => {
    const hour = given(opened(), frozen(), at(7)).does('communication', gala());
    expect(hour.state.steps.P07).toMatchObject({ status: 'done', doneAt: T0 + 6 * MINUTE, provenBy: [hour.of('outsideCampaignRecorded')[0]!.seq] });
    expect(status(hour, 'P10')).toBe('todo');
  });

  test('P10 a campaign to circle 2 proves it', () => {
    const hour = given(opened(), frozen(['76100']), frozen(['76101'], 2), at(12)).does('communication', gala({ circle: 2 }));
    expect(status(hour, 'P10')).toBe('done');
    expect(status(hour, 'P07')).toBe('todo');
  });

  test('48.1 without a perimeter, from the future, or ending before it begins: refused', () => {
    given(opened()).when(gala(), 'communication').refused('no-perimeter', { circle: 1 });
    const hour = given(opened(), frozen(), at(7));
    hour.when(gala({ startedAt: T0 + 10 * MINUTE }), 'communication').refused('in-the-future');
    hour.when(gala({ endedAt: T0 + 5 * MINUTE }), 'communication').refused('ends-before-it-begins');
    hour.does('communication', gala()).when(gala(), 'communication').nothing();
    hour.when(gala({ endedAt: T0 + 7 * MINUTE }), 'communication').then({ type: 'outsideCampaignRecorded' });
    expect(hour.state.outreach.campaigns).toHaveLength(1);
  });

  test('48.1 « décroché » is answered, and acknowledges nobody; a key pressed does', () => {
    const hour = given(opened(), frozen(), at(10), does('communication', gala())).does('communication', results([
      { person: '76100-0', outcome: 'answered', at: T0 + 7 * MINUTE }, { person: '76101-0', outcome: 'acknowledged', at: T0 + 8 * MINUTE },
      { person: '76102-0', outcome: 'machine', at: T0 + 8 * MINUTE }, { person: '76103-0', outcome: 'invalid', at: T0 + 8 * MINUTE },
    ], 3));
    expect(['76100', '76101', '76102', '76103', '76104'].map((code) => communeState(hour.state.outreach, code)))
      .toEqual(['answered', 'acknowledged', 'tried', 'tried', 'untried']);
    expect(hour.state.outreach.campaigns[0]).toMatchObject({ results: 4, unmatched: 3 });
    expect(reachCurve(hour.state.outreach, 1)).toEqual([{ commune: '76101', at: T0 + 8 * MINUTE, seq: hour.of('outsideResultsImported')[0]!.seq }]);
  });

  test('48.1 the same file again adds nothing; one that names nobody of ours is refused', () => {
    const file = results([{ person: '76100-0', outcome: 'answered', at: T0 + 7 * MINUTE }]);
    const hour = given(opened(), frozen(), at(10), does('communication', gala()), does('communication', file));
    hour.when(file, 'communication').nothing();
    hour.when(results([], 12), 'communication').refused('no-result');
    hour.when(results([{ person: '76100-0', outcome: 'answered', at: T0 + 90 * MINUTE }]), 'communication').refused('in-the-future');
    hour.when({ ...file, campaign: 'autre' }, 'communication').refused('unknown-campaign');
  });

  test('P08 at 95 % and all tried, at the moment when both were true, by the times of the calls', () => {
    const heard = (n: number, minute: number) => results([{ person: `${COMMUNES[n]}-0`, outcome: 'acknowledged', at: T0 + minute * MINUTE }]);
    const hour = given(opened(), frozen(), at(30), does('communication', gala()));
    for (let n = 0; n < 19; n++) hour.does('communication', heard(n, 10 + n / 10));
    expect(status(hour, 'P08')).toBe('todo'); // 19 of 20 is 95 %, and the last one was never tried
    hour.does('communication', results([{ person: '76119-1', outcome: 'no-answer', at: T0 + 20 * MINUTE }]));
    expect(hour.state.steps.P08).toMatchObject({ status: 'done', doneAt: T0 + 20 * MINUTE });
    expect(hour.state.steps.P08!.provenBy).toHaveLength(20); // the perimeter, and nineteen acknowledgements
  });

  test('P08 at 18 of 20 it is not done', () => {
    const hour = given(opened(), frozen(), at(30), does('communication', gala()));
    hour.does('communication', results(COMMUNES.map((code, n) => ({ person: `${code}-0`, outcome: n < 18 ? 'acknowledged' as const : 'no-answer' as const, at: T0 + 9 * MINUTE }))));
    expect(status(hour, 'P08')).toBe('todo');
  });
});

describe('the queue of direct calls (P09)', () => {
  test('P09 whoever has not acknowledged, the mayor first; circle 1 before circle 2; the fewest calls first', () => {
    const hour = given(opened(), frozen(['76101', '76100']), frozen(['76050'], 2));
    expect(next(hour)).toEqual(['76100-0', '76101-0', '76050-0']);
    hour.does('communication', call('76100-0', 'no-answer'));
    expect(next(hour)).toEqual(['76101-0', '76100-1', '76050-0']);
    hour.does('communication', call('76101-0', 'acknowledged'));
    expect(next(hour)).toEqual(['76100-1', '76050-0']);
    hour.does('communication', call('76100-1', 'no-answer'));
    expect(next(hour)[0]).toBe('76100-0');
  });

  test('P09 a wrong number and a refusal are not called again; a commune without anybody left leaves the queue, unreachable', () => {
    const hour = given(opened(), frozen(['76100', '76101']), does('communication', call('76100-0', 'wrong-number')), does('communication', call('76100-1', 'wrong-number')),
      does('communication', call('76101-0', 'refused')), does('communication', call('76101-1', 'wrong-number')));
    expect(next(hour)).toEqual([]);
    expect([communeState(hour.state.outreach, '76100'), communeState(hour.state.outreach, '76101')]).toEqual(['unreachable', 'refused']);
  });

  test('P09 who asked to be called again comes first when it is time, and last before', () => {
    const hour = given(opened(), at(5), frozen(['76100', '76101'], 1, [0]), does('communication', call('76101-0', 'call-again', { again: T0 + 9 * MINUTE })));
    expect(next(hour)).toEqual(['76100-0', '76101-0']);
    expect(next(hour.at(9))).toEqual(['76101-0', '76100-0']);
  });

  test('P09 a call is one agent’s at a time, ten minutes at most; taking another gives the first back', () => {
    const hour = given(opened(), at(5), frozen(['76100', '76101']));
    hour.when({ type: 'claim-call', person: '76100-0' }, 'communication').then({ type: 'directCallClaimed', payload: { until: toInstant(T0 + 15 * MINUTE) } });
    hour.when({ type: 'claim-call', person: '76100-0' }, 'communication').nothing();
    hour.when({ type: 'claim-call', person: '76100-0' }, 'astreinte').refused('call-claimed');
    hour.when({ type: 'claim-call', person: '76100-1' }, 'astreinte').refused('call-claimed'); // another of that commune
    hour.when({ type: 'release-call', person: '76100-0' }, 'astreinte').nothing();
    hour.does('communication', { type: 'claim-call', person: '76101-0' });
    hour.when({ type: 'claim-call', person: '76100-1' }, 'astreinte').then({ type: 'directCallClaimed' });
    hour.when({ type: 'release-call', person: '76100-1' }, 'astreinte').then({ type: 'directCallReleased' });
    hour.at(5 + CLAIM_LASTS / MINUTE).when({ type: 'claim-call', person: '76101-0' }, 'astreinte').then({ type: 'directCallClaimed' });
    hour.when({ type: 'claim-call', person: 'personne' }, 'astreinte').refused('unknown-contact');
  });

  test('P09 what was done in the world is recorded, whoever holds the call; the call is then free', () => {
    const hour = given(opened(), frozen(['76100']), does('communication', { type: 'claim-call', person: '76100-0' }));
    hour.does('astreinte', call('76100-0', 'no-answer', { onPaper: true }), { occurredAt: 0 });
    expect(hour.state.outreach.claims).toEqual({});
    expect(hour.state.outreach.targets['76100-0']!.attempts[0]).toMatchObject({ way: 'direct', onPaper: true, by: 'astreinte' });
    hour.when(call('inconnue', 'acknowledged'), 'astreinte').refused('unknown-contact');
  });

  test('48.1 told by somebody else is not reached', () => {
    const hour = given(opened(), frozen(['76100']), does('communication', call('76100-0', 'relayed')));
    expect(communeState(hour.state.outreach, '76100')).toBe('answered');
    expect(next(hour)).toEqual(['76100-1']);
  });

  test('P09 is done when everybody left was called by a person, or one refused, or somebody passes it on', () => {
    const hour = given(opened(), frozen(['76100', '76101', '76102'], 1, [0, 1]), at(20), does('communication', gala()));
    hour.does('communication', results([{ person: '76100-0', outcome: 'acknowledged', at: T0 + 8 * MINUTE }]));
    hour.does('communication', call('76101-0', 'no-answer')).does('communication', call('76102-0', 'relayed'));
    expect(status(hour, 'P09')).toBe('todo'); // the deputy of 76101 was not called
    hour.at(25).does('communication', call('76101-1', 'no-answer'));
    expect(hour.state.steps.P09).toMatchObject({ status: 'done', doneAt: T0 + 25 * MINUTE });
  });

  test('P07 a first direct call begins the campaign too: any suitable means', () => {
    const hour = given(opened(), at(10), frozen(['76100'])).at(12).does('communication', call('76100-0', 'no-answer'));
    expect(hour.state.steps.P07).toMatchObject({ status: 'done', doneAt: T0 + 12 * MINUTE });
  });

  test('48.1 after the end a late acknowledgement is still recorded, and a perimeter is not', () => {
    const hour = given(opened(), frozen(['76100']), at(61), ends());
    hour.when(call('76100-0', 'acknowledged'), 'communication').then({ type: 'directCallRecorded' });
    hour.when(freeze(['76101']), 'sidpc').refused('ended');
    hour.when({ type: 'claim-call', person: '76100-0' }, 'communication').refused('ended');
  });

  test('48.1 the clause is held by P07 and P08', () => {
    const hour = given(opened(), frozen(['76100']), at(10), does('communication', call('76100-0', 'acknowledged')));
    expect(hour.verdict('48.1')).toBe('held');
  });
});

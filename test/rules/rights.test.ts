// Domain part 2: every right, every command, both lanes, against a table written out here on its own.
import { describe, expect, test } from '@jest/globals';
import { decide } from '../../src/domain/activation.js';
import type { Command } from '../../src/domain/commands.js';
import { RIGHTS, type Right } from '../../src/domain/entry.js';
import { isRefusal } from '../../src/domain/refusal.js';
import { audienceOf, mayIssue, PERMISSIONS } from '../../src/domain/rights.js';
import { mayWork } from '../../src/domain/plan/steps.js';
import { does, given, opened, openCommand, sealed, standardPlan, T0, takes, textEvidence, type Hour } from '../kit/given.js';

const FIVE = 'prefet directeur communication astreinte sidpc';
const WORKERS = `${FIVE} cip`;
const DECIDERS = 'prefet directeur';
const NOBODY = '';
/** Nobody in a real activation; in an exercise the planner, as ever. */
const EXERCISE = '(exercise)';

/** Who may issue each command in a real activation; in an exercise the planner may issue every one but the engine's. */
const EXPECTED: Record<Command['type'], string> = {
  'open': FIVE, 'start-clock': FIVE, 'correct-clock': FIVE, 'order-nu': FIVE, 'record-synergi-number': FIVE, 'receive-declaration': FIVE,
  'answer-declaration': FIVE, 'set-event-type': FIVE, 'declare-fact': FIVE, 'set-title': FIVE, 'set-communes': FIVE, 'record-decider': FIVE,
  'take-function': WORKERS, 'offer-handover': WORKERS, 'accept-handover': WORKERS, 'relieve-function': WORKERS,
  'assign-step': WORKERS, 'start-step': WORKERS, 'write-step-text': WORKERS, 'add-evidence': WORKERS, 'complete-step': WORKERS,
  'mark-not-applicable': WORKERS, 'mark-outside-cause': WORKERS, 'reopen-step': WORKERS, 'paste-call-list': WORKERS, 'record-call': WORKERS,
  'confirm-oral': DECIDERS, 'log-note': `${WORKERS} observateur`, 'log-direction-note': DECIDERS, 'keep-promise': WORKERS, 'erase-text': DECIDERS,
  'end': FIVE, 'seal': DECIDERS, 'cancel-opening': FIVE,
  'freeze-perimeter': FIVE, 'refuse-circle': FIVE, 'record-outside-campaign': FIVE, 'import-outside-results': FIVE, 'claim-call': FIVE, 'release-call': FIVE,
  'record-direct-call': FIVE,
  'start-campaign': FIVE, 'change-campaign-text': FIVE, 'pause-campaign': FIVE, 'resume-campaign': FIVE, 'stop-campaign': FIVE, 'answer-call-in': WORKERS, 'declare-operational': FIVE,
  'intend-attempts': NOBODY, 'move-attempts': NOBODY, 'cancel-attempts': NOBODY, 'acknowledge': NOBODY, 'ask-for-person': NOBODY, 'receive-reply': NOBODY, 'change-account': NOBODY,
  'pause-exercise': EXERCISE, 'resume-exercise': EXERCISE, 'set-exercise-speed': EXERCISE,
  'raise-warnings': NOBODY, 'complete-by-proof': NOBODY, 'expire-declaration': NOBODY, 'request-statement': NOBODY, 'record-statement': NOBODY,
  'settle-requests': NOBODY, 'note-outage': NOBODY, 'note-clock-step': NOBODY,
};
const ENGINE_ONLY = new Set(Object.keys(EXPECTED).filter((type) => EXPECTED[type as Command['type']] === NOBODY));

/** One of each, well formed; on a step and a function that the right works, since the rules of one step come after. */
function commandsFor(right: Right, lane: 'real' | 'exercise'): Command[] {
  const step = right === 'sidpc' ? 'P05' : right === 'cip' ? 'N01' : 'P07';
  const code = right === 'cip' ? 'CC' : 'OE';
  const on = { step, seen: 0, reason: sealed('motif') };
  const note = { text: sealed('note'), attachments: [] };
  return [
    openCommand({ lane }), { type: 'start-clock', clock: 'ciav', t0: T0 }, { type: 'correct-clock', clock: 'cod', t0: T0 - 1, reason: sealed('r'), seen: 3 },
    { type: 'order-nu' }, { type: 'record-synergi-number', number: '26-1' }, { type: 'receive-declaration', declaration: 'd', number: '26-2', t0: T0 },
    { type: 'answer-declaration', declaration: 'd', to: null }, { type: 'set-event-type', eventType: 'crue' }, { type: 'declare-fact', fact: 'attack', holds: true },
    { type: 'set-title', title: sealed('t') }, { type: 'set-communes', communes: ['76540'] }, { type: 'record-decider', decider: 'prefet' },
    { type: 'take-function', function: code }, { type: 'offer-handover', function: 'RC', to: 'x' }, { type: 'accept-handover', function: 'RC' },
    { type: 'relieve-function', function: 'RC' }, { type: 'assign-step', step, to: 'x' }, { type: 'start-step', step }, { type: 'write-step-text', step, text: sealed('v'), seen: 0 },
    { type: 'add-evidence', step, evidence: textEvidence('e') }, { type: 'complete-step', step, evidence: [], seen: 0 },
    { type: 'mark-not-applicable', category: 'no-means', authorisedBy: 'DC', ...on }, { type: 'mark-outside-cause', ...on }, { type: 'reopen-step', ...on },
    { type: 'paste-call-list', step, contacts: [{ person: 'p', line: sealed('l') }] }, { type: 'record-call', step, person: 'p', outcome: 'refused' },
    { type: 'confirm-oral', entry: 1 }, { type: 'log-note', ...note }, { type: 'log-direction-note', ...note }, { type: 'keep-promise', entry: 1 },
    { type: 'erase-text', digest: 'd', reason: sealed('r') }, { type: 'end' }, { type: 'seal' }, { type: 'cancel-opening', reason: sealed('r') },
    { type: 'pause-exercise' }, { type: 'resume-exercise' }, { type: 'set-exercise-speed', speed: 20 },
    { type: 'freeze-perimeter', circle: 1, communes: ['76540'], targets: [] }, { type: 'refuse-circle', reason: sealed('r') },
    { type: 'record-outside-campaign', campaign: 'c', circle: 1, tool: sealed('GALA'), text: sealed('t'), startedAt: T0 },
    { type: 'import-outside-results', campaign: 'c', file: sealed('f'), results: [], unmatched: 0 }, { type: 'claim-call', person: 'p' },
    { type: 'release-call', person: 'p' }, { type: 'record-direct-call', person: 'p', outcome: 'acknowledged' },
    { type: 'start-campaign', campaign: 'c', purpose: 'officials', circles: [1], means: { ways: ['voice'], lines: 1, callsPerSecond: 1, textsPerSecond: 1, rounds: 1, pauseSeconds: 0, ringSeconds: 30, enough: 0 }, people: [] },
    { type: 'change-campaign-text', campaign: 'c', text: sealed('t'), again: false }, { type: 'pause-campaign', campaign: 'c' }, { type: 'resume-campaign', campaign: 'c' },
    { type: 'stop-campaign', campaign: 'c' }, { type: 'answer-call-in', person: 'p', campaign: 'c', answer: 'coming', how: 'button' }, { type: 'declare-operational', people: ['p'] },
    { type: 'intend-attempts', campaign: 'c', items: [] }, { type: 'move-attempts', items: [] }, { type: 'cancel-attempts', attempts: [] },
    { type: 'acknowledge', person: 'p', campaign: 'c', how: 'key' }, { type: 'ask-for-person', attempt: 'a' }, { type: 'receive-reply', attempt: 'a', words: sealed('r'), meaning: 'stop', message: 'm' },
    { type: 'change-account', from: 'a', to: 'b', why: 'unavailable' },
    { type: 'raise-warnings', items: [] }, { type: 'complete-by-proof', step, proofs: [1], occurredAt: T0 }, { type: 'expire-declaration', declaration: 'd' },
    { type: 'request-statement', dueAt: T0 }, { type: 'record-statement', dueAt: T0, file: sealed('f'), upTo: 1 }, { type: 'settle-requests', items: [] },
    { type: 'note-outage', from: T0, to: T0 }, { type: 'note-clock-step', byMs: 1 },
  ];
}

const isForbidden = (hour: Hour, command: Command, rights: readonly Right[], by = 'somebody') => {
  const answer = decide(hour.state, command, { now: hour.now, wall: hour.now, by, rights });
  return isRefusal(answer) && (answer.refused === 'forbidden' || answer.refused === 'engine-only');
};

describe('every right, every command, both lanes', () => {
  for (const lane of ['real', 'exercise'] as const) {
    test.each(RIGHTS.map((right) => [right]))(`part 2 ${lane}: %s`, (right) => {
      const hour = given(opened({ lane }), takes('communication', 'RC'), does('prefet', { type: 'order-nu' }));
      const commands = commandsFor(right, lane);
      expect(commands.map(({ type }) => type).sort()).toEqual(Object.keys(PERMISSIONS).sort());
      const allowed = commands.filter((command) => !isForbidden(hour, command, [right])).map(({ type }) => type);
      const expected = commands.map(({ type }) => type).filter((type) =>
        EXPECTED[type].split(' ').includes(right) || (right === 'planificateur' && lane === 'exercise' && !ENGINE_ONLY.has(type)));
      expect(allowed).toEqual(expected);
      expect(commands.map(({ type }) => type).filter((type) => mayIssue([right], type, lane))).toEqual(expected); // what the screens read
    });
  }

  test('part 2 no right at all allows nothing; several allow what each allows', () => {
    const hour = given(opened());
    expect(commandsFor('prefet', 'real').filter((command) => !isForbidden(hour, command, []))).toEqual([]);
    expect(mayIssue(['observateur', 'prefet'], 'seal', 'real')).toBe(true);
    expect(mayIssue(['joueur', 'ecran', 'admin', 'auditeur'], 'log-note', 'exercise')).toBe(false);
  });

  test('part 2 the engine is nobody: a person who calls themselves so has no rights, the engine needs none', () => {
    const hour = given(opened());
    expect(isForbidden(hour, { type: 'note-clock-step', byMs: 1 }, [], 'engine')).toBe(false);
    expect(isForbidden(hour, { type: 'note-clock-step', byMs: 1 }, ['prefet', 'admin'])).toBe(true);
  });

  test('part 2 a token has its explicit list, within what a token may have', () => {
    const hour = given(opened({ noT0: true }));
    const ask = (command: Command, allowed: Command['type'][]) => decide(hour.state, command, { now: hour.now, wall: hour.now, by: 'token', rights: [], allowed });
    const startClock = { type: 'start-clock', clock: 'cod', t0: T0 } as const;
    expect(ask(startClock, ['start-clock'])).toMatchObject([{ type: 'clockStarted' }]);
    expect(ask(startClock, ['log-note'])).toMatchObject({ refused: 'forbidden' });
    expect(ask({ type: 'end' }, ['end'])).toMatchObject({ refused: 'forbidden' });
    const tokens = Object.entries(PERMISSIONS).filter(([, permission]) => permission.token).map(([type]) => type);
    expect(tokens.sort()).toEqual(['log-note', 'open', 'receive-declaration', 'record-synergi-number', 'start-clock']);
  });
});

describe('which rows each right works', () => {
  const rows = (right: Right, lane: 'real' | 'exercise') => standardPlan.rows.filter((row) => mayWork([right], row, lane)).map(({ id }) => id).join(' ');
  const all = standardPlan.rows.map(({ id }) => id).join(' ');

  test.each([
    ['prefet', all], ['directeur', all], ['communication', all], ['astreinte', all], ['sidpc', 'P00 P05 P20 P21'],
    ['cip', 'N00 N01 N04 N02 N03 N05 N06'], ['planificateur', ''], ['observateur', ''], ['joueur', ''], ['auditeur', ''], ['ecran', ''], ['admin', ''],
  ] as const)('part 2 %s', (right, real) => {
    expect(rows(right, 'real')).toBe(real);
    expect(rows(right, 'exercise')).toBe(right === 'planificateur' ? all : real);
  });

  test.each([
    [{ type: 'start-step', step: 'P07' }], [{ type: 'complete-step', step: 'P07', evidence: [], seen: 0 }],
    [{ type: 'paste-call-list', step: 'P07', contacts: [{ person: 'p', line: sealed('l') }] }], [{ type: 'record-call', step: 'P07', person: 'p', outcome: 'acknowledged' }],
  ] as const)('part 2 cip and sidpc on a row that is not theirs: $type', (command) => {
    const hour = given(opened(), does('astreinte', { type: 'paste-call-list', step: 'P07', contacts: [{ person: 'p', line: sealed('l') }] }));
    for (const who of ['cip', 'sidpc']) hour.when(structuredClone(command) as never, who).refused('forbidden', { step: 'P07' });
  });
});

describe('who reads, and with which eyes', () => {
  test.each([
    ['prefet', 'direction'], ['directeur', 'direction'], ['auditeur', 'direction'], ['communication', 'cell'], ['astreinte', 'cell'], ['sidpc', 'cell'],
    ['cip', 'cell'], ['planificateur', 'cell'], ['observateur', 'cell'], ['joueur', 'player'], ['ecran', 'wall'], ['admin', undefined],
  ] as const)('part 2 %s: %s', (right, audience) => expect(audienceOf([right])).toBe(audience));

  test('part 2 several rights see with the best of their eyes', () => {
    expect(audienceOf(['ecran', 'joueur'])).toBe('player');
    expect(audienceOf(['joueur', 'observateur'])).toBe('cell');
    expect(audienceOf(['admin', 'communication', 'directeur'])).toBe('direction');
  });
});

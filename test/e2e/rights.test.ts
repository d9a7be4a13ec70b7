import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ORDERS, type OrderName } from '../../src/contract/commands.js';
import type { Problem } from '../../src/contract/live.js';
import { RIGHTS, type Right } from '../../src/domain/entry.js';
import { PERMISSIONS } from '../../src/domain/rights.js';
import { World, type Person } from '../kit/world.js';

let world: World;
const people = new Map<Right, Person>();
let ground: Record<'real' | 'exercise', string>;

beforeAll(async () => {
  world = await World.start();
  for (const right of RIGHTS) people.set(right, await world.person(right));
  const duty = people.get('astreinte')!;
  ground = { real: await duty.open(), exercise: await duty.open({ lane: 'exercise', kind: 'cod', t0: world.instant() }) };
});
afterAll(() => world.stop());

/** A body that the schema accepts, for each order. What it names may not be there: rights are asked first. */
const bodies = (): Record<OrderName, object> => {
  const somebody = people.get('communication')!.id;
  const step = { step: 'P11' };
  return {
    'start-clock': { clock: 'important', t0: world.instant() }, 'correct-clock': { clock: 'ciav', t0: world.instant(), reason: 'r', seen: 0 }, 'order-nu': { for: 'prefet' },
    'record-synergi-number': { number: '2026-76-0001' }, 'answer-declaration': { declaration: '0'.repeat(32), to: null }, 'set-event-type': { eventType: 'Inondation' },
    'declare-fact': { fact: 'alert', holds: true }, 'set-title': { title: 'Crue' }, 'set-communes': { communes: ['76540'] }, 'record-decider': { decider: 'prefet' },
    'take-function': { function: 'OE' }, 'offer-handover': { function: 'OP', to: somebody }, 'accept-handover': { function: 'OP' }, 'relieve-function': { function: 'TS' },
    'assign-step': { ...step, to: somebody }, 'start-step': step, 'write-step-text': { ...step, text: 't', seen: 0 }, 'add-evidence': { ...step, evidence: { kind: 'text', text: 't' } },
    'complete-step': { ...step, seen: 0 }, 'mark-not-applicable': { ...step, category: 'no-means', reason: 'r', authorisedBy: 'directeur', seen: 0 },
    'mark-outside-cause': { ...step, reason: 'r', seen: 0 }, 'reopen-step': { ...step, reason: 'r', seen: 0 }, 'paste-call-list': { step: 'P09', list: 'Marie Roche;maire;0639980001' },
    'record-call': { step: 'P09', person: '0'.repeat(32), outcome: 'acknowledged' }, 'confirm-oral': { entry: 1 }, 'log-note': { text: 't' }, 'log-direction-note': { text: 't' },
    'keep-promise': { entry: 1 }, 'erase-text': { digest: '0'.repeat(64), reason: 'r' },
    'freeze-perimeter': { circle: 1, communes: ['76540'] }, 'refuse-circle': { reason: 'r' },
    'record-outside-campaign': { circle: 1, tool: 'GALA', text: 't', startedAt: world.instant() },
    'import-outside-results': { campaign: '0'.repeat(32), file: '0'.repeat(64), columns: { number: 'Numéro', result: 'Résultat' }, values: { OK: 'acknowledged' } },
    'claim-call': { person: '0'.repeat(32) }, 'release-call': { person: '0'.repeat(32) }, 'record-direct-call': { person: '0'.repeat(32), outcome: 'acknowledged' },
    'start-campaign': { circles: [1], text: 't', ways: ['voice'], lines: 10, callsPerSecond: 1 }, 'change-campaign-text': { campaign: '0'.repeat(32), text: 't', again: false },
    'pause-campaign': { campaign: '0'.repeat(32) }, 'resume-campaign': { campaign: '0'.repeat(32) }, 'stop-campaign': { campaign: '0'.repeat(32) },
    'answer-call-in': { campaign: '0'.repeat(32), answer: 'coming', minutes: 15 }, 'declare-operational': { people: [somebody] },
    'pause-exercise': {}, 'resume-exercise': {}, 'set-exercise-speed': { speed: 20 },
    'seal': {}, 'end': {}, 'cancel-opening': { reason: 'r' },
  };
};

/** The table of rights said no: what a single step or function refuses besides names that step or function. */
const forbidden = ({ status, body }: { status: number; body: unknown }, name: string) => {
  const { refused, details } = body as Problem;
  return status === 403 && refused === 'forbidden' && details?.['command'] === name;
};

describe.each(['real', 'exercise'] as const)('every right on every order, %s', (lane) => {
  test.each(RIGHTS)('%s', async (right) => {
    const person = people.get(right)!;
    const given = bodies();
    for (const name of Object.keys(ORDERS) as OrderName[]) {
      // The last three end the ground that everybody stands on: each on a ground of its own.
      const last = ['end', 'seal', 'cancel-opening'].includes(name);
      const id = last ? await people.get('astreinte')!.open({ lane, kind: 'cod' }) : ground[lane];
      const allowed = (PERMISSIONS[name].rights as readonly Right[]).includes(right) || (lane === 'exercise' && right === 'planificateur');
      expect([name, forbidden(await person.order(id, name, given[name]), name)]).toEqual([name, !allowed]);
    }
  });
});

test.each(RIGHTS)('%s opens, or does not', async (right) => {
  for (const lane of ['real', 'exercise'] as const) {
    const allowed = (PERMISSIONS.open.rights as readonly Right[]).includes(right) || (lane === 'exercise' && right === 'planificateur');
    const opened = await people.get(right)!.post('/api/activations', { lane, kind: 'cod' });
    expect([lane, opened.status]).toEqual([lane, allowed ? 201 : 403]);
  }
});

test('a token issues what its list names, and what the table lets tokens issue', async () => {
  const script = await world.script('log-note', 'record-synergi-number');
  for (const name of Object.keys(ORDERS) as OrderName[]) {
    const { status } = await script.order(ground.real, name, bodies()[name]);
    expect([name, status < 300]).toEqual([name, name === 'log-note' || name === 'record-synergi-number']);
  }
});

test('who reads nothing is told what somebody is told who guesses', async () => {
  for (const [right, lane] of [['admin', 'real'], ['joueur', 'real'], ['planificateur', 'real'], ['admin', 'exercise']] as const) {
    const person = people.get(right)!;
    for (const path of ['', '/journal', `/texts?digests=${'0'.repeat(64)}`, `/files/${'0'.repeat(64)}`, '/page.html', '/export.zip']) {
      expect([right, path, (await person.get(`/api/activations/${ground[lane]}${path}`)).status]).toEqual([right, path, 404]);
    }
  }
});

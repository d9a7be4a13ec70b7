// 48.1, 47.1, 47.2 over real HTTP: a whole exercise campaign, the cell called in, and what a real activation without a telephone says.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Problem, Snapshot } from '../../src/contract/live.js';
import { coverage } from '../../src/domain/outreach/coverage.js';
import { MINUTE, SECOND } from '../../src/domain/time.js';
import { settingsFile } from '../kit/settings-file.js';
import { World, type Person } from '../kit/world.js';

let world: World;
let duty: Person;
let keeper: Person;
beforeEach(async () => {
  // Everybody answers: what a night makes of it is said by rules/campaigns.
  world = await World.start({ env: { SETTINGS: settingsFile({ calls: { answeredAtNight: 1 } }) } });
  duty = await world.person('astreinte', 'planificateur');
  keeper = await world.person('communication');
});
afterEach(() => world.stop());

let numbers = 0;
async function somebody(over: object): Promise<string> {
  const { status, body } = await keeper.post<{ person: string }>('/api/directory/people', {
    lastName: `Nom${++numbers}`, firstName: 'Anne', kind: 'official', office: 'maire', order: 0, contacts: [{ kind: 'phone', value: `06 39 98 ${String(1000 + numbers).slice(0, 2)} ${String(1000 + numbers).slice(2)}` }], ...over,
  });
  expect(status).toBe(201);
  return body.person;
}
const state = async (id: string) => (await duty.get<Snapshot>(`/api/activations/${id}`)).body.activation;
const START = { circles: [1], text: 'Crue de la Brenne : fermez les berges.', ways: ['voice', 'sms'], lines: 10, callsPerSecond: 5 };
/** Second after second, as the beat has it. */
async function passes(seconds: number): Promise<void> {
  for (let i = 0; i < seconds; i++) await world.pass(SECOND);
}

describe('an exercise', () => {
  const COMMUNES = ['76231', '76681', '76540', '76217', '76351', '76410'];
  test('48.1 a campaign runs by itself: people answer by their script, communes are reached, nothing leaves the house', async () => {
    for (const commune of COMMUNES) {
      await somebody({ commune });
      await somebody({ commune, office: 'adjoint', order: 1 });
    }
    const id = await duty.open({ lane: 'exercise', kind: 'cod', t0: world.instant() });
    await duty.order(id, 'freeze-perimeter', { circle: 1, communes: COMMUNES });
    expect((await duty.order(id, 'start-campaign', START)).status).toBe(200);
    await passes(15 * 60);
    const a = await state(id);
    const { by, tried } = coverage(a.outreach, 1);
    expect(tried).toBe(6);
    expect(by.acknowledged).toBeGreaterThanOrEqual(5);
    expect(a.steps['P07']).toMatchObject({ status: 'done' });
    const lines = (await world.store.journal.read(id)).map(({ line }) => line).join('\n');
    for (const secret of ['Nom1', '0639', '+3363', 'berges']) expect(lines).not.toContain(secret);
    expect(await world.store.outbox.oldest()).toBeUndefined();
  });

  test('47.1 opening calls the directeur and the agent on call until one takes charge, then the cell is called in', async () => {
    const directeur = await world.person('directeur');
    await somebody({ kind: 'agent', office: null, commune: null, account: directeur.id, contacts: ['06 39 98 90 01', '06 39 98 90 02'].map((value) => ({ kind: 'phone', value })) });
    const id = await duty.open({ lane: 'exercise', kind: 'cod', t0: world.instant() });
    await passes(10 * 60);
    const a = await state(id);
    const [campaign] = Object.values(a.campaigns);
    expect(campaign).toMatchObject({ purpose: 'charge', order: [expect.any(String)] });
    const [target] = campaign!.order.map((person) => a.outreach.targets[person]!);
    expect(target!.answer).toMatchObject({ answer: expect.stringMatching(/taking-charge|unavailable/) });
    if (target!.answer!.answer === 'taking-charge') expect(a.functions.DC.holder).toBe(directeur.id);
  });

  test('47 operational is declared with who is there: P04 completes itself', async () => {
    const id = await duty.open({ lane: 'exercise', kind: 'cod', t0: world.instant() });
    world.clock.pass(20 * MINUTE);
    expect((await duty.order(id, 'declare-operational', { people: [duty.id, keeper.id] })).status).toBe(200);
    expect((await state(id)).steps['P04']).toMatchObject({ status: 'done' });
  });
});

test('48.1 without a telephone account a real campaign is refused, and says what to do instead', async () => {
  await somebody({ commune: '76231' });
  const id = await duty.open({ lane: 'real', kind: 'cod', t0: world.instant() });
  await duty.order(id, 'freeze-perimeter', { circle: 1, communes: ['76231'] });
  const { status, body } = await duty.order<Problem>(id, 'start-campaign', START);
  expect([status, body.refused]).toEqual([409, 'no-telephony']);
  expect(body.detail).toMatch(/GALA, la liste papier ou la file/);
});

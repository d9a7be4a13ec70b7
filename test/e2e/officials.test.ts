// 48.1 over real HTTP: the perimeter frozen from the directory, two agents at one call, an outside automaton's file.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { QualityShown } from '../../src/contract/directory.js';
import type { Uploaded, UploadState } from '../../src/contract/listings.js';
import type { Problem, Snapshot } from '../../src/contract/live.js';
import type { ResultFileShown } from '../../src/contract/outside-results.js';
import { communeState } from '../../src/domain/outreach/coverage.js';
import { queue } from '../../src/domain/outreach/queue.js';
import { MINUTE } from '../../src/domain/time.js';
import { xlsx } from '../kit/import-files.js';
import { World, type Person } from '../kit/world.js';

let world: World;
let duty: Person;
let other: Person;
let id: string;
const ELBEUF = '76231';
const SOTTEVILLE = '76681';

beforeEach(async () => {
  world = await World.start();
  duty = await world.person('astreinte');
  other = await world.person('communication');
  id = await duty.open({ lane: 'real', kind: 'cod', t0: world.instant() });
});
afterEach(() => world.stop());

async function official(commune: string, lastName: string, number: string, order = 0, over: object = {}): Promise<string> {
  const { status, body } = await other.post<{ person: string }>('/api/directory/people', {
    kind: 'official', lastName, firstName: 'Anne', office: order === 0 ? 'maire' : 'adjoint', order, commune, contacts: [{ kind: 'phone', value: number }], ...over,
  });
  expect(status).toBe(201);
  return body.person;
}
const state = async (who = duty) => (await who.get<Snapshot>(`/api/activations/${id}`)).body.activation;
const freeze = (communes: string[], circle = 1) => duty.order(id, 'freeze-perimeter', { circle, communes });

async function uploaded(content: string | Buffer, name = 'resultats.csv'): Promise<string> {
  const bytes = Buffer.from(content);
  const { upload } = (await duty.post<UploadState>(`/api/activations/${id}/uploads`, { name, size: bytes.length })).body;
  await duty.send('PUT', `/api/activations/${id}/uploads/${upload}?offset=0`, bytes, { 'content-type': 'application/octet-stream' });
  return (await duty.post<Uploaded>(`/api/activations/${id}/uploads/${upload}/complete`)).body.digest;
}

test('48.1 the perimeter freezes the people that the directory knows now, in their order, ids and versions alone', async () => {
  const deputy = await official(ELBEUF, 'Second', '06 39 98 00 02', 1);
  const mayor = await official(ELBEUF, 'Prunelier', '06 39 98 00 01');
  const town = await official(ELBEUF, 'Mairie d’Elbeuf', '02 35 55 10 00', 0, { kind: 'town-hall', office: null, firstName: '' });
  await official(ELBEUF, 'Sans numéro', '06 39 98 00 03', 2, { contacts: [] });
  await official(ELBEUF, 'Sortant', '06 39 98 00 04', 0, { until: '2020-06-30' });
  expect((await freeze([ELBEUF, SOTTEVILLE])).status).toBe(200);
  const { outreach, steps } = await state();
  expect(outreach.byCommune).toEqual({ [ELBEUF]: [mayor, deputy, town], [SOTTEVILLE]: [] });
  expect(outreach.targets[mayor]).toMatchObject({ version: 1, role: 'maire', order: 0 });
  expect(outreach.targets[town]).toMatchObject({ role: 'town-hall', order: 2 });
  expect(steps['P05']).toMatchObject({ status: 'done' });
  const lines = (await world.store.journal.read(id)).map(({ line }) => line).join('\n');
  for (const secret of ['Prunelier', 'Anne', '0639', '+336', '6 39 98']) expect(lines).not.toContain(secret);
});

test('48.1 a commune that is not ours is refused, whole', async () => {
  const { status, body } = await freeze([ELBEUF, '13055']);
  expect([status, (body as unknown as Problem).refused]).toEqual([422, 'unknown-commune']);
  expect((await state()).outreach.circles).toEqual({});
});

test('P09 two agents who take the same call at the same instant: one has it, the other is told and takes the next', async () => {
  const mayor = await official(ELBEUF, 'Prunelier', '06 39 98 00 01');
  const second = await official(SOTTEVILLE, 'Autre', '06 39 98 00 05');
  await freeze([ELBEUF, SOTTEVILLE]);
  const answers = await Promise.all([duty, other].map((who) => who.order(id, 'claim-call', { person: mayor })));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const loser = answers[0]!.status === 409 ? duty : other;
  const refused = answers.find(({ status }) => status === 409)!.body as unknown as Problem;
  expect(refused.refused).toBe('call-claimed');
  expect(refused.detail).toMatch(/Quelqu’un d’autre appelle cette commune, jusqu’à \d\d:\d\d:\d\d au plus/);
  expect((await loser.order(id, 'claim-call', { person: second })).status).toBe(200);
  expect((await loser.order(id, 'record-direct-call', { person: second, outcome: 'acknowledged', note: 'bien reçu' })).status).toBe(200);
  const seen = await state();
  expect(communeState(seen.outreach, SOTTEVILLE)).toBe('acknowledged');
  expect(queue(seen, world.clock.wall()).map(({ commune }) => commune)).toEqual([ELBEUF]);
});

describe('an outside automaton', () => {
  let mayor: string;
  let campaign: string;
  beforeEach(async () => {
    mayor = await official(ELBEUF, 'Prunelier', '06 39 98 00 01');
    await official(SOTTEVILLE, 'Autre', '06 39 98 00 05');
    await freeze([ELBEUF, SOTTEVILLE]);
    world.clock.pass(10 * MINUTE);
    await duty.order(id, 'record-outside-campaign', { circle: 1, tool: 'GALA', text: 'Crue', startedAt: world.instant(-5) });
    campaign = (await state()).outreach.campaigns[0]!.id;
  });

  // 14 March 2026 at 01:54 in the world of the tests: a list as such tools write it, in Windows' encoding.
  const FILE = (at = '14/03/2026 01:20:00') => Buffer.from(`Numéro;Nom;Résultat;Date\r\n06.39.98.00.01;PRUNELIER;Touche 1 pressée;${at}\r\n+33 6 39 98 00 05;AUTRE;Décroché;${at}\r\n0611223344;INCONNU;Décroché;${at}\r\nf;;Échec;\r\n`, 'latin1');
  const give = (file: string, values: Record<string, string>, columns: object = { number: 'Numéro', result: 'Résultat', at: 'Date' }) =>
    duty.order(id, 'import-outside-results', { campaign, file, columns, values });

  test('P07 its start proves the campaign', async () => {
    expect((await state()).steps['P07']).toMatchObject({ status: 'done' });
  });

  test('its file shows its columns, its values and what they seem to mean', async () => {
    const { body } = await duty.get<ResultFileShown>(`/api/activations/${id}/outside-results/${await uploaded(FILE())}`);
    expect(body.header).toEqual(['Numéro', 'Nom', 'Résultat', 'Date']);
    expect(body.guessed).toEqual({ number: 'Numéro', result: 'Résultat', at: 'Date' });
    expect(body.values['Résultat']).toEqual([
      { value: 'Décroché', times: 2, guessed: 'answered' }, { value: 'Touche 1 pressée', times: 1, guessed: 'acknowledged' }, { value: 'Échec', times: 1, guessed: 'failed' },
    ]);
  });

  test('48.1 only the key pressed acknowledges; whom it does not know is counted; twice is once', async () => {
    const at = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', dateStyle: 'short', timeStyle: 'medium' }).format(world.clock.wall() - 4 * MINUTE);
    const file = await uploaded(FILE(at));
    const values = { 'Touche 1 pressée': 'acknowledged', 'Décroché': 'answered', 'Échec': 'failed' };
    expect((await give(file, values)).status).toBe(200);
    const seen = await state();
    expect([communeState(seen.outreach, ELBEUF), communeState(seen.outreach, SOTTEVILLE)]).toEqual(['acknowledged', 'answered']);
    expect(seen.outreach.campaigns[0]).toMatchObject({ results: 2, unmatched: 2 });
    expect(Math.abs(seen.outreach.targets[mayor]!.attempts[0]!.at - (world.clock.wall() - 4 * MINUTE))).toBeLessThan(MINUTE);
    const { seq } = seen;
    expect((await give(file, values)).status).toBe(200);
    expect((await state()).seq).toBe(seq);
  });

  test('what its columns and values mean is said once, and kept for the next file of that tool', async () => {
    const columns = { number: 'N° composé', result: 'Issue' };
    const odd = (outcome: string) => `Issue;N° composé\n${outcome};0639980001\n`;
    await give(await uploaded(odd('K1')), { K1: 'acknowledged' }, columns);
    expect(communeState((await state()).outreach, ELBEUF)).toBe('acknowledged');
    const { body } = await duty.get<ResultFileShown>(`/api/activations/${id}/outside-results/${await uploaded(odd('K1'))}`);
    expect(body.guessed).toEqual(columns);
    expect(body.values['Issue']).toEqual([{ value: 'K1', times: 1, guessed: 'acknowledged' }]);
  });

  test.each([['real', 1], ['exercise', 0]] as const)('4.3 what it says of a number counts for the quality of the directory: %s', async (lane, found) => {
    if (lane === 'exercise') {
      id = await duty.open({ lane, kind: 'cod', t0: world.instant(-10) });
      await freeze([ELBEUF, SOTTEVILLE]);
      await duty.order(id, 'record-outside-campaign', { circle: 1, tool: 'GALA', text: 'Crue', startedAt: world.instant(-5) });
      campaign = (await state()).outreach.campaigns[0]!.id;
    }
    const flaw = async () => (await other.get<QualityShown>('/api/directory/quality')).body.flaws.find((one) => one.flaw === 'failed-number')!;
    const giveFile = async (result: string, minutesAgo: number) => {
      const at = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', dateStyle: 'short', timeStyle: 'medium' }).format(world.clock.wall() - minutesAgo * MINUTE);
      expect((await give(await uploaded(`Numéro;Résultat;Date\n0639980001;${result};${at}\n0639980005;Occupé;${at}\n`), { Invalide: 'invalid', 'Occupé': 'busy', 'Décroché': 'answered' })).status).toBe(200);
    };
    await giveFile('Invalide', 4);
    expect(await flaw()).toMatchObject({ count: found, first: found === 0 ? [] : [{ outcome: 'invalid', people: [{ id: mayor }] }] });
    await giveFile('Décroché', 2);
    expect((await flaw()).count).toBe(0);
  });

  test('an XLSX file is read as well', async () => {
    const { body } = await duty.get<ResultFileShown>(`/api/activations/${id}/outside-results/${await uploaded(Buffer.from(xlsx([['Numéro', 'Résultat'], ['06 39 98 00 01', 'Acquitté']])), 'resultats.xlsx')}`);
    expect([body.header, body.examples]).toEqual([['Numéro', 'Résultat'], [['06 39 98 00 01', 'Acquitté']]]);
  });

  test.each([
    ['empty', '', 'file-refused'], ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]), 'file-refused'], ['a header alone', 'Numéro;Résultat\n', 'file-refused'],
    ['nobody of ours', 'Numéro;Résultat\n0611111111;Décroché\n', 'no-result'], ['other columns', 'A;B\n1;2\n', 'no-result'],
  ])('a file that is %s is refused, and nothing is recorded', async (_name, content, code) => {
    const { seq } = await state();
    const file = content === '' ? undefined : await uploaded(content);
    const answer = file === undefined ? undefined : await give(file, { 'Décroché': 'answered' }, { number: 'Numéro', result: 'Résultat' });
    if (answer) expect([answer.status, (answer.body as unknown as Problem).refused]).toEqual([422, code]);
    expect((await state()).seq).toBe(seq);
  });

  test('who may not import is refused before anything is read', async () => {
    const reader = await world.person('cip');
    const file = await uploaded(FILE());
    expect((await reader.get(`/api/activations/${id}/outside-results/${file}`)).status).toBe(403);
    expect((await duty.get(`/api/activations/${id}/outside-results/${'0'.repeat(64)}`)).status).toBe(422);
  });
});

test('names reach the cell by id, and neither a wall nor a player', async () => {
  const mayor = await official(ELBEUF, 'Prunelier', '06 39 98 00 01');
  const named = async (who: Person) => (await who.get<Record<string, { name: string }>>(`/api/people?ids=${mayor}`)).body[mayor]?.name;
  expect(await named(duty)).toBe('Anne Prunelier');
  expect(await named(await world.person('observateur'))).toBe('Anne Prunelier');
  expect(await named(await world.person('admin'))).toBe('Anne Prunelier'); // the administration's journal names people too
  for (const right of ['joueur', 'ecran'] as const) expect([right, await named(await world.person(right))]).toEqual([right, undefined]);
  await other.post('/api/directory/erase', { people: [mayor], why: 'asked' });
  expect(await named(duty)).toBeUndefined();
});

test('48.1 what came of a real call is kept beside the directory; of an exercise, nothing', async () => {
  const mayor = await official(ELBEUF, 'Prunelier', '06 39 98 00 01');
  const exercise = await duty.open({ lane: 'exercise', kind: 'cod', t0: world.instant() });
  for (const [where, outcome] of [[id, 'wrong-number'], [exercise, 'acknowledged']] as const) {
    await duty.order(where, 'freeze-perimeter', { circle: 1, communes: [ELBEUF] });
    expect((await duty.order(where, 'record-direct-call', { person: mayor, outcome, dialled: { version: 1, contact: 0 } })).status).toBe(200);
  }
  expect(await world.store.addressBook.outcomes()).toMatchObject([{ person: mayor, number: '+33639980001', outcome: 'wrong-number' }]);
});

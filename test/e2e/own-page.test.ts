// 48.1, 47.2: the page behind one's own link. Opening it is nothing; a tap that posts is an acknowledgement.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Snapshot } from '../../src/contract/live.js';
import { SECOND } from '../../src/domain/time.js';
import { World, type Person } from '../kit/world.js';

let world: World;
let duty: Person;
let id: string;
let person: string;
let token: string;
const TEXT = 'Crue de la Brenne : fermez les berges <script>alert(1)</script>.';

beforeEach(async () => {
  world = await World.start();
  duty = await world.person('astreinte', 'planificateur');
  const keeper = await world.person('communication');
  const made = await keeper.post<{ person: string }>('/api/directory/people', {
    kind: 'official', office: 'maire', lastName: 'Prunelier', firstName: 'Anne', order: 0, commune: '76231', contacts: [{ kind: 'phone', value: '06 39 98 00 01' }],
  });
  person = made.body.person;
  id = await duty.open({ lane: 'exercise', kind: 'cod', t0: world.instant() });
  await duty.order(id, 'freeze-perimeter', { circle: 1, communes: ['76231'] });
  await duty.order(id, 'start-campaign', { circles: [1], text: TEXT, ways: ['sms'], lines: 1, callsPerSecond: 1 });
  await world.pass(SECOND);
  const { attempts } = (await state()).outreach.targets[person]!;
  ({ token } = await world.store.reachTokens.tokenFor(id, attempts[0]!.id!, '5'.repeat(32), world.clock.wall()));
});
afterEach(() => world.stop());

const state = async () => (await duty.get<Snapshot>(`/api/activations/${id}`)).body.activation;
const read = async (path: string, init: RequestInit = {}) => {
  const response = await fetch(`${world.url}${path}`, { redirect: 'manual', ...init });
  return { status: response.status, text: await response.text(), location: response.headers.get('location'), headers: response.headers };
};
/** As a browser sends a form that holds nothing. */
const tap = (what: string, of = token) => read(`/r/${of}/${what}`, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: '' });

test('48.1 opened, by a person or by a mail scanner, it says everything and records nothing', async () => {
  const before = (await state()).seq;
  for (let i = 0; i < 3; i++) {
    const { status, text, headers } = await read(`/r/${token}`);
    expect(status).toBe(200);
    expect(text).toContain('fermez les berges &lt;script&gt;');
    expect(text).toContain('J’ai bien reçu ce message');
    expect(text.match(/EXERCICE EXERCICE EXERCICE/g)!.length).toBeGreaterThanOrEqual(2);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(text).not.toMatch(/Prunelier|0639/);
  }
  expect((await read('/r/page.css')).text).toContain('button.main');
  expect((await state()).seq).toBe(before);
});

test('48.1 tapped, once or ten times, it is acknowledged once, and the page says so when it is shown again', async () => {
  for (let i = 0; i < 10; i++) expect(await tap('acquitter')).toMatchObject({ status: 303, location: `/r/${token}` });
  const { text } = await read(`/r/${token}`);
  expect(text).toContain('Votre réponse est enregistrée');
  expect(text).not.toContain('<button');
  const entries = await duty.entries(id);
  expect(entries.filter(({ type }) => type === 'acknowledged')).toMatchObject([{ by: 'engine', payload: { person, how: 'link', version: 1 } }]);
});

test('bad addresses, another gesture than the page offers, a body: nothing is recorded, and nothing is told', async () => {
  const before = (await state()).seq;
  for (const path of [`/r/${'a'.repeat(16)}`, '/r/x', '/r/%00', `/r/${token.slice(0, 15)}`]) {
    const { status, text } = await read(path);
    expect(status).toBe(404);
    expect(text).not.toContain('berges');
  }
  expect((await tap('arrive-15')).status).toBe(303);
  expect((await tap('constructor')).status).toBe(404);
  expect((await tap('acquitter', 'b'.repeat(16))).status).toBe(303);
  expect((await read(`/r/${token}/acquitter`)).status).toBe(404);
  expect((await state()).seq).toBe(before);
});

test('48.1 after the end a late tap still counts; once sealed the page says that it is closed', async () => {
  const directeur = await world.person('directeur', 'planificateur');
  await duty.order(id, 'end', {});
  expect((await read(`/r/${token}`)).text).toContain('<button');
  await directeur.order(id, 'seal', {});
  expect((await read(`/r/${token}`)).text).toContain('Cet événement est clos');
  await tap('acquitter');
  expect((await duty.entries(id)).some(({ type }) => type === 'acknowledged')).toBe(false);
});

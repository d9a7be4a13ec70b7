// Issue 4.1 and 4.3 over real HTTP: the whole table of rights, numbers that leave masked or logged, erasing that breaks no chain, purges.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DIRECTORY_OPERATIONS, type FindingsPage, type PeoplePage, type PersonLine, type QualityShown, type Revealed } from '../../src/contract/directory.js';
import type { People } from '../../src/contract/live.js';
import type { AdministrationVerdict } from '../../src/contract/people.js';
import { ADMINISTRATION, type AdministrationEntry } from '../../src/domain/administration.js';
import { ADMIN_OPERATIONS } from '../../src/domain/administration-rules.js';
import { RIGHTS, type Right } from '../../src/domain/entry.js';
import { MINUTE } from '../../src/domain/time.js';
import { World, type Person } from '../kit/world.js';

const NUMBER = '+33612345678';
/** However it could be written: neither whole, nor in its national form. */
const WRITTEN = /612345678|12 ?34 ?56 ?78|anne\.fictif/;
let world: World;
let keeper: Person;

beforeEach(async () => {
  world = await World.start();
  keeper = await world.person('communication');
});
afterEach(() => world.stop());

const MAYOR = {
  kind: 'official', lastName: 'Fictif', firstName: 'Anne', office: 'maire', title: 'maire', commune: '76540',
  contacts: [{ kind: 'phone', value: '06 12 34 56 78' }, { kind: 'email', value: 'Anne.Fictif@exemple.fr' }, { kind: 'phone', value: '02 35 12 34 56' }],
};
const added = async (over: object = {}): Promise<string> => {
  const { status, body } = await keeper.post<{ person: string }>('/api/directory/people', { ...MAYOR, ...over });
  expect(status).toBe(201);
  return body.person;
};
const card = async (id: string) => (await keeper.get<PersonLine>(`/api/directory/people/${id}`)).body;
const quality = async () => (await keeper.get<QualityShown>('/api/directory/quality')).body;
const flaw = async (name: string) => (await quality()).flaws.find((one) => one.flaw === name)!;
const entries = async () => (await world.store.journal.read(ADMINISTRATION)).map(({ line }) => JSON.parse(line) as AdministrationEntry);

test('every right on every operation, and nobody without a session', async () => {
  const id = await added();
  const bodies: Record<keyof typeof DIRECTORY_OPERATIONS, object | undefined> = {
    'read-directory': undefined, 'add-person': MAYOR, 'change-person': { ...MAYOR, seen: 999 }, 'erase-people': { people: ['0'.repeat(32)], why: 'asked' }, 'reveal-contact': { contact: 0 },
  };
  const people = await Promise.all(RIGHTS.map(async (right): Promise<[Right, Person]> => [right, await world.person(right)]));
  for (const [name, { method, path }] of Object.entries(DIRECTORY_OPERATIONS) as [keyof typeof DIRECTORY_OPERATIONS, { method: string; path: string }][]) {
    const address = path.replace('{id}', id);
    const ask = (person: Pick<Person, 'get' | 'post'>) => (method === 'GET' ? person.get(address) : person.post(address, bodies[name]!));
    for (const [right, person] of people) {
      const may = (ADMIN_OPERATIONS[name] as readonly Right[]).includes(right);
      expect([name, right, (await ask(person)).status !== 403]).toEqual([name, right, may]);
    }
    expect((await fetch(world.url + address, { method, ...(method === 'GET' ? {} : { body: '{}', headers: { 'content-type': 'application/json' } }) })).status).toBe(401);
  }
  for (const [right, person] of people) {
    const may = (ADMIN_OPERATIONS['read-directory'] as readonly Right[]).includes(right);
    for (const path of [`/api/directory/people/${id}`, '/api/directory/quality']) expect([path, right, (await person.get(path)).status]).toEqual([path, right, may ? 200 : 403]);
  }
}, 60_000);

describe('a number', () => {
  test('leaves masked in every answer, and whole only once it is logged', async () => {
    const id = await added();
    await added({ lastName: 'Double' });
    for (const path of ['/api/directory/people?q=fict', '/api/directory/people?commune=76540', `/api/directory/people/${id}`, '/api/directory/quality', `/api/people?ids=${id}`, '/api/administration/journal']) {
      const admin = await world.person('admin');
      const { status, body } = await admin.get(path);
      expect([path, status]).toEqual([path, 200]);
      expect(JSON.stringify(body)).not.toMatch(WRITTEN);
    }
    const before = (await entries()).length;
    expect((await keeper.post<Revealed>(`/api/directory/people/${id}/reveal`, { contact: 0 })).body).toEqual({ value: NUMBER, shown: '06 12 34 56 78' });
    const [logged] = (await entries()).slice(before);
    expect(logged).toMatchObject({ type: 'contactRevealed', by: keeper.id, payload: { person: id, version: 1, contact: 0 } });
    expect((await keeper.post(`/api/directory/people/${id}/reveal`, { contact: 9 })).status).toBe(422);
    expect(JSON.stringify(await entries())).not.toMatch(/Fictif|612345678|exemple\.fr/);
  });

  test('is not shown when it cannot be logged', async () => {
    const id = await added();
    const { journal } = world.store;
    const append = journal.append.bind(journal);
    journal.append = () => Promise.reject(new Error('the disk is full'));
    const { status, body } = await keeper.post(`/api/directory/people/${id}/reveal`, { contact: 0 });
    journal.append = append;
    expect(status).toBeGreaterThanOrEqual(500);
    expect(JSON.stringify(body)).not.toMatch(WRITTEN);
  });

  test.each([['f', 'ne peut pas être composé'], ['06', 'trop court'], ['112', 'urgence'], ['0899123456', 'surtaxé'], ['0612345678 / 0235123456', 'un seul par ligne']])('%s is refused, and says why', async (value, says) => {
    const answer = await keeper.post<{ refused: string; detail: string }>('/api/directory/people', { ...MAYOR, contacts: [{ kind: 'phone', value }] });
    expect([answer.status, answer.body.refused, answer.body.detail]).toEqual([422, 'number-refused', expect.stringContaining(says)]);
    expect((await keeper.get<PeoplePage>('/api/directory/people')).body.total).toBe(0);
  });

  test('a number of La Réunion is read in its own plan, because of the commune', async () => {
    const id = await added({ contacts: [{ kind: 'phone', value: '+262 (0)692 12 34 56' }] });
    expect((await card(id)).contacts[0]).toMatchObject({ shown: '+262•••••56', line: 'mobile' });
  });
});

describe('changing', () => {
  test('keeps what is masked by its place, in another order; one is checked today, the others as they were', async () => {
    const id = await added();
    await world.pass(2 * MINUTE);
    const was = await card(id);
    const { status } = await keeper.post(`/api/directory/people/${id}/change`, { ...MAYOR, contacts: [{ keep: 2 }, { keep: 0, checked: true }, { kind: 'phone', value: '06 12 34 56 79' }], seen: 1 });
    expect(status).toBe(204);
    const now = await card(id);
    expect(now.contacts.map(({ shown }) => shown)).toEqual(['+332•••••56', '+336•••••78', '+336•••••79']);
    expect(now.contacts[0]!.checkedAt).toBe(was.contacts[2]!.checkedAt);
    expect(now.contacts[1]!.checkedAt).toBeGreaterThan(was.contacts[0]!.checkedAt!);
    expect(now.version).toBe(2);
  });

  test('what somebody else changed meanwhile is refused, and stays', async () => {
    const id = await added();
    await keeper.post(`/api/directory/people/${id}/change`, { ...MAYOR, lastName: 'Autre', seen: 1 });
    expect(await keeper.post(`/api/directory/people/${id}/change`, { ...MAYOR, lastName: 'Encore', seen: 1 })).toMatchObject({ status: 409, body: { refused: 'stale-person' } });
    expect(await card(id)).toMatchObject({ lastName: 'Autre', version: 2 });
  });

  test.each([
    [{ commune: '99999' }, 'unknown-commune'], [{ commune: null }, 'commune-needed'], [{ since: '2026-03-29', until: '2026-01-01' }, 'ends-before-it-begins'],
    [{ contacts: [1, 2, 3, 4].map((n) => ({ kind: 'phone', value: `061234567${n}` })) }, 'too-many-contacts'], [{ contacts: [{ keep: 0 }] }, 'stale-person'],
  ])('%j is refused', async (over, refused) => {
    expect((await keeper.post<{ refused: string }>('/api/directory/people', { ...MAYOR, ...over })).body.refused).toBe(refused);
  });
});

test('names are for those who may call: never for a player', async () => {
  const id = await added();
  const named = async (right: Right) => (await (await world.person(right)).get<People>(`/api/people?ids=${id}`)).body;
  for (const right of ['prefet', 'directeur', 'astreinte', 'auditeur'] as const) expect(await named(right)).toEqual({ [id]: { name: 'Anne Fictif', title: 'maire', erased: false } });
  for (const right of ['joueur'] as const) expect(await named(right)).toEqual({});
});

test('erased, nothing is left of somebody, and the chain of the administration is valid', async () => {
  const id = await added();
  await keeper.post(`/api/directory/people/${id}/reveal`, { contact: 0 });
  expect((await keeper.post('/api/directory/erase', { people: [id], why: 'asked' })).status).toBe(204);
  expect((await keeper.get(`/api/directory/people/${id}`)).status).toBe(422);
  expect((await keeper.get<People>(`/api/people?ids=${id}`)).body).toEqual({});
  expect((await keeper.get<PeoplePage>('/api/directory/people?q=fictif')).body).toMatchObject({ people: [], total: 0 });
  const admin = await world.person('admin');
  expect((await admin.get<AdministrationVerdict>('/api/administration/verdict')).body).toMatchObject({ ok: true });
  expect((await entries()).filter(({ type }) => type === 'peopleErased')).toMatchObject([{ payload: { people: [id], why: 'asked' } }]);
  // Again: there is nobody left, and nothing more is written.
  expect((await keeper.post('/api/directory/erase', { people: [id], why: 'asked' })).status).toBe(204);
  expect((await entries()).filter(({ type }) => type === 'peopleErased')).toHaveLength(1);
});

describe('quality', () => {
  test('says what to mend, and no longer once it is mended', async () => {
    const empty = await quality();
    expect(empty).toMatchObject({ score: 0, freshnessMonths: 12, purgeAfterDays: 90 });
    const communes = empty.flaws.find((one) => one.flaw === 'no-mayor')!.count;
    expect(communes).toBeGreaterThan(600);
    const id = await added();
    expect((await flaw('no-mayor')).count).toBe(communes - 1);
    expect((await flaw('no-mobile')).count).toBe(communes - 1);
    const { addressBook } = world.store;
    await addressBook.noteOutcomes([{ person: id, number: NUMBER, outcome: 'wrong-number', at: world.clock.wall() }]);
    expect(await flaw('failed-number')).toEqual({ flaw: 'failed-number', count: 1, first: [expect.objectContaining({ outcome: 'wrong-number', contact: expect.objectContaining({ shown: '+336•••••78' }), people: [expect.objectContaining({ id })] })] });
    await addressBook.noteOutcomes([{ person: id, number: NUMBER, outcome: 'acknowledged', at: world.clock.wall() + 1 }]);
    expect((await flaw('failed-number')).count).toBe(0);
  });

  test('of each flaw the first are said, and the others when they are asked for', async () => {
    const { count, first } = (await quality()).flaws.find((one) => one.flaw === 'no-mayor')!;
    expect(first).toHaveLength(30);
    const seen = new Set(first.map(({ commune }) => commune));
    for (let from = first.length; from < count; from += 100) {
      const page = (await keeper.get<FindingsPage>(`/api/directory/quality/no-mayor?from=${from}`)).body;
      expect([page.count, page.lines.length]).toEqual([count, Math.min(100, count - from)]);
      for (const { commune } of page.lines) seen.add(commune);
    }
    expect(seen.size).toBe(count);
    for (const path of ['no-mayor?from=-1', 'no-mayor?from=x', 'nothing']) expect((await keeper.get(`/api/directory/quality/${path}`)).status).toBe(422);
    expect((await (await world.person('joueur')).get('/api/directory/quality/no-mayor')).status).toBe(403);
  });

  test('a mandate that ended long ago is proposed for erasing; one that lasts is never erased as such', async () => {
    const [lasting, lately, long] = [await added({ lastName: 'Dure' }), await added({ lastName: 'Récent', until: '2026-03-01' }), await added({ lastName: 'Ancien', until: '2025-06-30' })];
    expect(await quality()).toMatchObject({ purgeable: 1, toPurge: [{ id: long, name: 'Anne Ancien', until: '2025-06-30' }] });
    for (const people of [[long, lasting], [lately]]) {
      expect(await keeper.post('/api/directory/erase', { people, why: 'mandate-ended' })).toMatchObject({ status: 409, body: { refused: 'mandate-not-ended', details: { count: 1 } } });
    }
    expect((await keeper.post('/api/directory/erase', { people: [long], why: 'mandate-ended' })).status).toBe(204);
    expect(await quality()).toMatchObject({ purgeable: 0 });
    expect((await entries()).at(-1)).toMatchObject({ type: 'peopleErased', payload: { people: [long], why: 'mandate-ended' } });
    expect((await keeper.get<PeoplePage>('/api/directory/people')).body.total).toBe(2);
  });
});

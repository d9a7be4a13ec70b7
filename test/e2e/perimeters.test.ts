// Issue 4.6 and 4.7 over HTTP: perimeters kept under a name, and what a campaign over one would take.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { NO_COUNTS } from '../../src/application/directory/address-book.js';
import type { Problem } from '../../src/contract/live.js';
import type { KeptPerimeterLine, NightEstimate, Reach } from '../../src/contract/perimeters.js';
import type { AdministrationEntry } from '../../src/domain/administration.js';
import { ADMIN_OPERATIONS, mayAdminister } from '../../src/domain/administration-rules.js';
import type { Commune } from '../../src/domain/communes.js';
import { RIGHTS } from '../../src/domain/entry.js';
import { World, type Person } from '../kit/world.js';

let world: World;
let duty: Person;
let admin: Person;
let auditor: Person;

beforeAll(async () => {
  world = await World.start();
  [duty, admin, auditor] = await Promise.all([world.person('astreinte'), world.person('admin'), world.person('auditeur')]);
});
afterAll(() => world.stop());

const save = (body: object, by = duty) => by.post<KeptPerimeterLine>('/api/perimeters', body);
const refused = ({ status, body }: { status: number; body: unknown }) => [status, (body as Problem).refused];
const official = (commune: string, phones: string[], over: object = {}) =>
  admin.post('/api/directory/people', { kind: 'official', lastName: 'Fictif', office: 'maire', commune, contacts: phones.map((value) => ({ kind: 'phone', value })), ...over });

describe('perimeters kept under a name', () => {
  test('saved, listed, saved over, removed; each act is an entry that says no name', async () => {
    const { status, body: kept } = await save({ name: 'PPI de Port-Jérôme', circle1: ['76476', '76384'], circle2: ['76540'] });
    expect([status, kept]).toEqual([200, { id: expect.any(String), name: 'PPI de Port-Jérôme', circle1: ['76476', '76384'], circle2: ['76540'], createdBy: duty.id, changedAt: world.clock.wall() }]);
    const { body: changed } = await save({ name: 'PPI', circle1: ['76476'], over: { id: kept.id, seen: kept.changedAt } }, admin);
    expect(changed).toMatchObject({ id: kept.id, circle1: ['76476'], circle2: [], createdBy: duty.id });
    expect((await auditor.get<KeptPerimeterLine[]>('/api/perimeters')).body).toEqual([changed]);
    expect(refused(await save({ name: 'PPI', circle1: ['76384'], over: { id: kept.id, seen: kept.changedAt } }))).toEqual([409, 'stale']);
    expect((await duty.post(`/api/perimeters/${kept.id}/remove`, {})).status).toBe(204);
    expect((await duty.get<KeptPerimeterLine[]>('/api/perimeters')).body).toEqual([]);
    const entries = (await auditor.get<{ entries: AdministrationEntry[] }>('/api/administration/journal')).body.entries;
    const said = entries.filter(({ type }) => type.startsWith('perimeter'));
    expect(said.map(({ type, by, payload }) => [type, by, payload])).toEqual([
      ['perimeterSaved', duty.id, { perimeter: kept.id, communes: 3 }], ['perimeterSaved', admin.id, { perimeter: kept.id, communes: 1 }],
      ['perimeterRemoved', duty.id, { perimeter: kept.id }],
    ]);
    expect(JSON.stringify(said)).not.toContain('PPI');
  });

  test('what cannot be kept says why', async () => {
    const { body: kept } = await save({ name: 'Crue de l’Arques', circle1: ['76217'] });
    expect(refused(await save({ name: 'crue de l’arques', circle1: ['76217'] }))).toEqual([409, 'perimeter-name-taken']);
    expect(refused(await save({ name: 'Vide', circle1: [] }))).toEqual([422, 'empty-perimeter']);
    expect(refused(await save({ name: 'Deux fois', circle1: ['76217'], circle2: ['76217'] }))).toEqual([422, 'commune-in-circle-1']);
    expect(refused(await save({ name: 'Ailleurs', circle1: ['13055'] }))).toEqual([422, 'unknown-commune']);
    expect(refused(await save({ name: '', circle1: ['76217'] }))).toEqual([422, 'invalid']);
    expect(refused(await save({ name: 'X', circle1: ['76217'], over: { id: '0'.repeat(32), seen: 1 } }))).toEqual([404, 'unknown-perimeter']);
    expect(refused(await duty.post(`/api/perimeters/${'0'.repeat(32)}/remove`, {}))).toEqual([404, 'unknown-perimeter']);
    await duty.post(`/api/perimeters/${kept.id}/remove`, {});
  });

  test('every right on every operation', async () => {
    const operations = [
      ['list-perimeters', 'GET', '/api/perimeters'], ['save-perimeter', 'POST', '/api/perimeters'], ['remove-perimeter', 'POST', `/api/perimeters/${'0'.repeat(32)}/remove`],
      ['list-perimeters', 'POST', '/api/perimeters/reach'], ['list-perimeters', 'POST', '/api/perimeters/neighbours'], ['list-perimeters', 'POST', '/api/perimeters/estimate'],
    ] as const satisfies (readonly [keyof typeof ADMIN_OPERATIONS, string, string])[];
    for (const right of RIGHTS.filter((one) => one !== 'ecran')) {
      const person = await world.person(right);
      for (const [operation, method, path] of operations) {
        const answer = method === 'GET' ? await person.get(path) : await person.post(path, {});
        expect([right, path, answer.status === 403]).toEqual([right, path, !mayAdminister([right], operation)]);
      }
    }
  });
});

describe('before the night', () => {
  beforeAll(async () => {
    await official('76108', ['0612345678', '0235000000']);
    await official('76212', [], { lastName: 'Sans Numéro' });
    await admin.post('/api/directory/people', { kind: 'town-hall', lastName: 'Mairie de Darnétal', commune: '76212', contacts: [{ kind: 'phone', value: '0235000001' }] });
    await official('76216', ['0612345679'], { until: '2020-01-01' });
  });
  const communes = ['76108', '76212', '76216'];

  test('48.1 who cannot be reached at night, and where nobody can be at all', async () => {
    const { status, body } = await auditor.post<Reach>('/api/perimeters/reach', { communes });
    expect([status, body]).toEqual([200, { nobody: ['76216'], notAtNight: ['76212', '76216'] }]);
  });

  test('48.1 by night and by day, with the means of the settings or those that one wishes for', async () => {
    const { status, body } = await duty.post<NightEstimate>('/api/perimeters/estimate', { communes });
    expect([status, body.means]).toEqual([200, { lines: 60, callsPerSecond: 1, concurrent: null }]);
    expect(body.night).toMatchObject({ communes: 3, enoughAfter: null, unreachable: ['76212', '76216'] });
    expect(body.day.unreachable).toEqual(['76216']);
    expect(body.advice).toContainEqual({ kind: 'mobiles', communes: 2 });
    expect(body.hypotheses).toMatchObject({ answered: { night: 0.3, day: 0.6 }, rounds: 4 });
    const wished = await duty.post<NightEstimate>('/api/perimeters/estimate', { communes: ['76108'], lines: 1, callsPerSecond: 0.5, concurrent: 3 });
    expect(wished.body).toMatchObject({ means: { lines: 1, callsPerSecond: 0.5, concurrent: 3 }, night: { communes: 1, enoughAfter: expect.any(Number) } });
  });

  test('neighbours by their border: nobody, without a word, until contours are imported; then those outside', async () => {
    const neighbours = async () => (await duty.post<{ communes: string[] }>('/api/perimeters/neighbours', { communes: ['76108', '76212'] })).body;
    expect(await neighbours()).toEqual({ communes: [] });
    await world.store.addressBook.putImport({ id: 'i1', kind: 'contours', fileName: 'c.geojson', by: 'a', startedAt: 1, state: 'applied', at: 1, counts: NO_COUNTS, fault: null });
    await world.store.addressBook.stageShapes('i1', [{ commune: '76108', rings: [], neighbours: ['76212', '76540'] }, { commune: '76212', rings: [], neighbours: ['76108', '76540', '76216'] }]);
    await world.running.wired.imports.restore();
    expect(await neighbours()).toEqual({ communes: ['76540', '76216'] });
  });

  test('what cannot be estimated is a field that does not fit', async () => {
    for (const body of [{ communes: ['Rouen'] }, { communes, lines: 0 }, { communes, callsPerSecond: 0 }, { communes: Array.from({ length: 2_001 }, () => '76108') }, {}]) {
      expect(refused(await duty.post('/api/perimeters/estimate', body))).toEqual([422, 'invalid']);
    }
  });

  test('to choose from: the communes of one’s own département and of its neighbours', async () => {
    const { body } = await duty.get<Commune[]>('/api/communes/all');
    expect([...new Set(body.map(({ departement }) => departement))].sort()).toEqual(['14', '27', '60', '76', '80']);
    expect(body.find(({ code }) => code === '76540')).toMatchObject({ name: 'Rouen', population: expect.any(Number) });
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ORDERS } from '../../src/contract/commands.js';
import { PEOPLE_OPERATIONS, type PeopleOperation } from '../../src/contract/people.js';
import type { Commune, CommuneGroup } from '../../src/domain/communes.js';
import type { Plan } from '../../src/domain/plan/plan.js';
import { World, type Person } from '../kit/world.js';

let world: World;
let duty: Person;
let consoleDir: string;
beforeAll(async () => {
  consoleDir = mkdtempSync(join(tmpdir(), 'tz-console-'));
  mkdirSync(join(consoleDir, 'assets'));
  writeFileSync(join(consoleDir, 'index.html'), '<!doctype html><title>temps-zero</title>');
  writeFileSync(join(consoleDir, 'assets', 'main-abc123.js'), 'console.log(1)');
  writeFileSync(join(consoleDir, 'assets', 'main-abc123.js.gz'), gzipSync('console.log(1)'));
  writeFileSync(join(consoleDir, 'favicon.svg'), '<svg/>');
  world = await World.start({ consoleDir });
  duty = await world.person('astreinte');
});
afterAll(async () => {
  await world.stop();
  rmSync(consoleDir, { recursive: true });
});

const fetched = (path: string, init?: RequestInit) => fetch(`${world.url}${path}`, init);

describe('the console beside the API', () => {
  test.each(['/', '/activations/abc', '/reglages'])('%s is the page, never kept', async (path) => {
    const response = await fetched(path);
    expect(response.status).toBe(200);
    expect(await response.text()).toMatch(/<title>temps-zero/);
    expect(response.headers.get('cache-control')).toMatch(/max-age=0/);
  });

  test('what the build compressed leaves compressed, as itself', async () => {
    const response = await fetched('/assets/main-abc123.js', { headers: { 'accept-encoding': 'gzip' } });
    expect([response.headers.get('content-encoding'), response.headers.get('content-type')]).toEqual(['gzip', expect.stringContaining('javascript')]);
    expect(await response.text()).toBe('console.log(1)');
  });

  test('assets bear a hash and are kept for a year', async () => {
    const response = await fetched('/assets/main-abc123.js');
    expect(response.headers.get('cache-control')).toMatch(/max-age=31536000, immutable/);
    expect((await fetched('/favicon.svg')).headers.get('cache-control')).toMatch(/max-age=0/);
  });

  test.each([
    '/assets/none.js', '/none.png', '/api/none', '/live', '/../package.json', '/..%2f..%2fpackage.json', '/assets/..%2f..%2f..%2fetc%2fpasswd',
    '/assets/..%5c..%5cmain.js', '/index.html%00.js', '/api/activations/%ZZ', '/%ZZ',
  ])('%s is not there, and a problem says so', async (path) => {
    const response = await fetched(path);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(response.headers.get('content-security-policy')).toMatch(/default-src 'self'/);
    expect(await response.json()).toMatchObject({ refused: 'unknown-route' });
  });
});

describe('headers', () => {
  test.each(['/', '/api/me', '/api/activations', '/healthz', '/api/none'])('of %s: nothing inline, nothing from elsewhere, in no frame', async (path) => {
    const { headers } = await fetched(path);
    const policy = headers.get('content-security-policy')!;
    expect(policy).toMatch(/default-src 'self'/);
    expect(policy).toMatch(/frame-ancestors 'none'/);
    expect(policy).not.toMatch(/unsafe|http|\*/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });

  test('answers of the API are never kept', async () => {
    expect((await fetched('/api/me', { headers: duty.headers })).headers.get('cache-control')).toBe('no-store');
  });

  test('over TLS browsers are told never to come back without, and cookies are Secure', async () => {
    expect((await fetched('/')).headers.has('strict-transport-security')).toBe(false);
    const secure = await World.start({ env: { HOST: '127.0.0.1', PUBLIC_URL: 'https://crise.example' } });
    try {
      const response = await fetch(`${secure.url}/healthz`);
      expect(response.headers.get('strict-transport-security')).toMatch(/max-age=31536000/);
    } finally {
      await secure.stop();
    }
  });
});

describe('limits of the server', () => {
  test('headers that do not come are cut off', () => {
    const server = world.running.app.getHttpServer() as { headersTimeout: number; requestTimeout: number };
    expect([server.headersTimeout, server.requestTimeout]).toEqual([5_000, 120_000]);
  });

  test('what is no HTTP is answered shortly and closed', async () => {
    const socket = connect(world.running.port, '127.0.0.1');
    socket.write('bonjour\r\n\r\n');
    const said = await new Promise<string>((resolve) => {
      let text = '';
      socket.on('data', (data) => (text += data.toString()));
      socket.on('close', () => resolve(text));
    });
    expect(said).toMatch(/^HTTP\/1\.1 400/);
  });
});

describe('health', () => {
  test('alive, and ready while the beat is young and the database writes', async () => {
    expect(await (await fetched('/healthz')).json()).toEqual({ ok: true });
    expect((await fetched('/readyz')).status).toBe(200);
    world.clock.pass(11_000);
    const late = await fetched('/readyz');
    expect([late.status, await late.json()]).toEqual([503, { ok: false, database: true, beat: false }]);
    await world.running.beat();
    expect((await fetched('/readyz')).status).toBe(200);
    const probe = world.store.journal.probe.bind(world.store.journal);
    world.store.journal.probe = () => Promise.reject(new Error('no'));
    expect(await (await fetched('/readyz')).json()).toEqual({ ok: false, database: false, beat: true });
    world.store.journal.probe = probe;
  });
});

describe('/api/openapi.json', () => {
  interface Document {
    openapi: string;
    paths: Record<string, Record<string, { operationId?: string; requestBody?: { content: Record<string, { schema: { properties?: object; required?: string[] } }> } }>>;
  }
  let document: Document;
  beforeAll(async () => (document = (await (await fetched('/api/openapi.json')).json()) as Document));

  test('names one operation for each order, with its schema', () => {
    for (const [name, schema] of Object.entries(ORDERS)) {
      const operation = document.paths[`/api/activations/{id}/${name}`]?.['post'];
      expect(operation?.operationId).toBe(name);
      const body = operation?.requestBody?.content['application/json']?.schema;
      expect(Object.keys(body?.properties ?? {}).sort()).toEqual(Object.keys(schema.shape).sort());
    }
    expect(document.openapi).toBe('3.1.0');
    expect(document.paths['/api/activations']?.['post']?.operationId).toBe('open');
    expect(document.paths['/api/t0']?.['post']?.operationId).toBe('declare-t0');
  });

  test('and every operation on people; each path that it names is one that the server knows', async () => {
    for (const [id, { method, path }] of Object.entries<PeopleOperation>(PEOPLE_OPERATIONS)) {
      expect(document.paths[path]?.[method.toLowerCase()]?.operationId).toBe(id);
    }
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const method of Object.keys(methods)) {
        const response = await fetched(path.replace(/\{\w+\}/g, '0'.repeat(32)), { method: method.toUpperCase() });
        expect([method, path, ((await response.json().catch(() => ({}))) as { refused?: string }).refused]).not.toEqual([method, path, 'unknown-route']);
      }
    }
  });
});

describe('look-ups', () => {
  test('communes by name, by code, by group; one’s own first', async () => {
    const found = await duty.get<Commune[]>('/api/communes?q=sotteville');
    expect(found.body.map(({ name }) => name)).toContain('Sotteville-lès-Rouen');
    expect((await duty.get<Commune[]>('/api/communes?q=76540')).body).toMatchObject([{ code: '76540', name: 'Rouen', departement: '76' }]);
    expect((await duty.get<Commune[]>('/api/communes?codes=76540,27229')).body.map(({ name }) => name)).toEqual(['Rouen', 'Évreux']);
    expect((await duty.get<Commune[]>('/api/communes?q=ST%20ETIENNE%20DU%20R')).body[0]?.name).toBe('Saint-Étienne-du-Rouvray');
    const groups = (await duty.get<CommuneGroup[]>('/api/communes/groups?departement=76')).body;
    expect(groups.find(({ name }) => name === 'Métropole Rouen Normandie')?.communes).toContain('76540');
    expect(groups.filter(({ kind }) => kind === 'arrondissement').map(({ name }) => name)).toEqual(['Dieppe', 'Le Havre', 'Rouen']);
  });

  test('names by id, for accounts and scripts; an erased person keeps the title alone', async () => {
    const agent = await world.person('communication');
    const { office } = world.running.wired;
    const engine = { id: 'engine', rights: ['admin'] as const, source: 'engine' as const };
    await office.accounts.change(engine, { type: 'erase-account', account: agent.id });
    const { body } = await duty.get<Record<string, { name: string; erased: boolean }>>(`/api/people?ids=${duty.id},${agent.id},${'0'.repeat(32)}`);
    expect(body).toEqual({
      [duty.id]: { name: duty.me!.name, title: duty.me!.title, erased: false }, [agent.id]: { name: 'personne effacée', title: expect.any(String), erased: true },
    });
    const working = (await duty.get<Record<string, unknown>>('/api/people/working')).body;
    expect(Object.keys(working)).toContain(duty.id);
    expect(Object.keys(working)).not.toContain(agent.id);
  });

  test('who I am, how this préfecture is set, its plan', async () => {
    expect((await duty.get('/api/me')).body).toMatchObject({ account: duty.id, rights: ['astreinte'], audience: 'cell', secondFactor: 'given', house: { departement: '76' } });
    expect((await duty.get<Plan>('/api/plan')).body.rows.map(({ id }) => id)).toContain('P26');
  });
});

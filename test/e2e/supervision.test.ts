// 3.7 The machine's figures over HTTP, who may read them, and the outside address that is told while all is well.
import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { MINUTE } from '../../src/domain/time.js';
import { afterwards, scratchFolder } from '../kit/scratch.js';
import { World, type WorldOptions } from '../kit/world.js';

async function started(options: WorldOptions = {}): Promise<World> {
  const world = await World.start(options);
  afterwards(() => world.stop());
  return world;
}
const figure = (text: string, name: string) => Number(new RegExp(`^tempszero_${name.replace(/[{}"]/g, '\\$&')} (\\S+)$`, 'm').exec(text)?.[1]);

describe('GET /metrics', () => {
  test('says what a night is made of, in Prometheus’ words and without a name or an id', async () => {
    const world = await started();
    const anne = await world.person('directeur');
    const id = await anne.open();
    await anne.open({ lane: 'exercise', kind: 'cod', t0: world.instant() });
    await anne.board();
    await world.pass(61 * MINUTE);
    const script = await world.script('read-metrics');
    const { status, body, headers } = await script.get<string>('/metrics');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(/^text\/plain/);
    expect(figure(body, 'database_writable')).toBe(1);
    expect(figure(body, 'beat_age_seconds')).toBe(0);
    expect(figure(body, 'deadline_owed_seconds')).toBe(0);
    expect(figure(body, 'step_overdue_seconds')).toBe(60);
    expect(figure(body, 'running_activations{lane="real"}')).toBe(1);
    expect(figure(body, 'running_activations{lane="exercise"}')).toBe(1);
    expect(figure(body, 'sockets')).toBe(1);
    expect(figure(body, 'doubts')).toBe(0);
    expect(figure(body, 'commit_seconds{quantile="0.99"}')).toBeGreaterThan(0);
    expect(figure(body, 'backup_last_success_timestamp_seconds')).toBe(0);
    expect(figure(body, 'alarmed')).toBe(0);
    expect(figure((await script.get<string>('/metrics')).body, 'refusals_total{reason="token-scope"}')).toBeNaN();
    await script.get('/api/activations');
    expect(figure((await script.get<string>('/metrics')).body, 'refusals_total{reason="token-scope"}')).toBe(1);
    expect(body).not.toContain(id);
    expect(body).not.toContain(anne.id);
  });

  test('is for a token that may read it and for those who administer; a beat that stops shows', async () => {
    const world = await started();
    const asked = async (person: { get(path: string): Promise<{ status: number }> }) => (await person.get('/metrics')).status;
    expect((await fetch(`${world.url}/metrics`)).status).toBe(401);
    expect(await asked(await world.script('read-journal'))).toBe(403);
    expect(await asked(await world.person('directeur'))).toBe(403);
    const admin = await world.person('admin');
    expect(await asked(admin)).toBe(200);
    expect((await (await world.script('read-metrics')).get('/api/activations')).status).toBe(403);
    await world.pass(1_000);
    world.clock.pass(42_000);
    expect(figure((await admin.get<string>('/metrics')).body, 'beat_age_seconds')).toBe(42);
  });
});

test('GET /api/backups: whether this server backs itself up, for those who administer', async () => {
  const world = await started();
  expect((await (await world.person('admin')).get('/api/backups')).body).toEqual({ plan: null, latest: null, failure: null, running: false });
  expect((await (await world.person('communication')).get('/api/backups')).status).toBe(403);
  const folder = scratchFolder();
  const put = (name: string, manifest: string) => {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'manifest.json'), manifest);
  };
  put('sauvegarde-2026-03-12T03-14-15-926Z', JSON.stringify({ files: [{ bytes: 40_000 }, { bytes: 2_000 }], counts: { entries: 12, files: 1 } }));
  put('sauvegarde-2026-03-13T03-14-15-926Z', '{ coupé');
  put('sauvegarde-2031-01-01T00-00-00-000Z', JSON.stringify({ files: [], counts: { entries: 0, files: 0 } }));
  put('.en-cours-ici-12', '{}');
  const other = await started({ env: { BACKUP_DIR: folder, BACKUP_EVERY_HOURS: '12' } });
  expect((await (await other.person('admin')).get('/api/backups')).body).toEqual({
    plan: { folder, everyHours: 12, keep: 28 }, latest: { at: Date.parse('2026-03-12T03:14:15.926Z'), bytes: 42_000, entries: 12, files: 1 }, failure: null, running: false,
  });
});

test('the dead-man address is asked over real HTTP each minute, and follows no redirect', async () => {
  const seen: IncomingMessage[] = [];
  let status = 200;
  const outside = createServer((request, response) => {
    seen.push(request);
    response.writeHead(status, { location: '/ailleurs' }).end();
  }).listen(0, '127.0.0.1');
  afterwards(() => outside.close());
  await once(outside, 'listening');
  const { port } = outside.address() as { port: number };
  const world = await started({ env: { DEADMAN_URL: `http://127.0.0.1:${port}/tz` } });
  const until = async (count: number) => {
    while (seen.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  await world.pass(1_000);
  await until(1);
  await world.pass(30_000);
  await world.pass(31_000);
  await until(2);
  expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual(['GET /tz', 'GET /tz']);
  status = 302;
  await world.pass(61_000);
  await until(3);
  while (!world.logged.some(({ message }) => message === 'dead-man address' )) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(seen).toHaveLength(3);
});

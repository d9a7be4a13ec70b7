import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { MINUTE } from '../../src/domain/time.js';
import { sha256, VERIFIER } from '../kit/proven-hour.js';
import { scratchFolder } from '../kit/scratch.js';
import { run } from '../kit/verifier.js';
import { World, type Person } from '../kit/world.js';

let world: World;
let direction: Person;
let cell: Person;
let id: string;
beforeEach(async () => {
  world = await World.start();
  direction = await world.person('directeur');
  cell = await world.person('communication');
  id = await cell.open({ lane: 'real', kind: 'cod', t0: world.instant(), title: 'Incendie <b>à</b> Castelroy' });
});
afterEach(() => world.stop());

async function bytesOf(person: Person, path: string): Promise<{ status: number; headers: Headers; bytes: Buffer }> {
  const response = await fetch(world.url + path, { headers: person.headers });
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}

/** What is on the disk of whoever downloaded it. */
async function downloaded(person: Person, query = ''): Promise<string> {
  const { status, headers, bytes } = await bytesOf(person, `/api/activations/${id}/export.zip${query}`);
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('application/zip');
  expect(headers.get('content-disposition')).toBe(`attachment; filename="preuves_${id}.zip"`);
  const path = `${scratchFolder()}.zip`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  return path;
}

async function uploaded(person: Person, name: string, content: Uint8Array): Promise<string> {
  const { body: upload } = await person.post<{ upload: string }>(`/api/activations/${id}/uploads`, { name, size: content.length });
  for (let at = 0; at < content.length; at += 256 * 1024) {
    await person.send('PUT', `/api/activations/${id}/uploads/${upload.upload}?offset=${at}`, content.subarray(at, at + 256 * 1024), { 'content-type': 'application/octet-stream' });
  }
  return (await person.post<{ digest: string }>(`/api/activations/${id}/uploads/${upload.upload}/complete`)).body.digest;
}

describe('the export over HTTP', () => {
  test('what was uploaded, said and written at H+1 verifies on the archive itself', async () => {
    const photo = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(700_000, 7)]);
    const digest = await uploaded(cell, 'panache.png', photo);
    expect(await cell.order(id, 'log-note', { text: 'Photo du panache.', attachments: [digest] })).toMatchObject({ status: 200 });
    await direction.order(id, 'log-direction-note', { text: 'Pour la direction seule.' });
    await world.pass(61 * MINUTE, 61);
    const path = await downloaded(direction);
    const [{ head } = { head: '' }] = await world.store.journal.summaries();
    const { status, says } = run(VERIFIER, path, '--head', head);
    expect({ status, says }).toMatchObject({ status: 0, says: expect.stringContaining(', la dernière\n') });
    expect(says).toMatch(/Contenus : (\d+) nommés par le journal, \1 présents/);
    expect(Buffer.from((await bytesOf(cell, `/api/activations/${id}/files/${digest}`)).bytes).equals(photo)).toBe(true);
  });

  test('one byte of the archive changed on its way is seen', async () => {
    await direction.order(id, 'log-note', { text: 'Un texte assez long pour être compressé, et encore un peu plus long.' });
    const { bytes } = await bytesOf(direction, `/api/activations/${id}/export.zip?contents=false`);
    const path = `${scratchFolder()}.zip`;
    mkdirSync(dirname(path), { recursive: true });
    bytes[200]! ^= 1; // in the journal, the first file of all
    writeFileSync(path, bytes);
    expect(run(VERIFIER, path).status).toBe(1);
  });

  test('without contents, nothing that was typed leaves', async () => {
    await direction.order(id, 'log-note', { text: 'Mot de passage : chrysanthème.' });
    const { status, says } = run(VERIFIER, await downloaded(direction, '?contents=false'));
    expect({ status, says }).toMatchObject({ status: 0, says: expect.stringMatching(/absent, retenu hors de cet export\n.*, 0 présents/s) });
  });

  test('it is for those who see every line; a script has no business with it', async () => {
    const auditor = await world.person('auditeur');
    const script = await world.script('declare-t0');
    const planner = await world.person('planificateur');
    const status = async (person: Person) => (await bytesOf(person, `/api/activations/${id}/export.zip`)).status;
    expect([await status(auditor), await status(cell), await status(planner)]).toEqual([200, 403, 404]);
    expect(await status(script)).toBeGreaterThanOrEqual(401);
    expect((await fetch(`${world.url}/api/activations/${id}/export.zip`)).status).toBe(401);
  });

  test('in an exercise, for its planner, under a marked name', async () => {
    const planner = await world.person('planificateur');
    const exercise = await planner.open({ lane: 'exercise', kind: 'cod', t0: world.instant() });
    const { status, headers } = await bytesOf(planner, `/api/activations/${exercise}/export.zip`);
    expect(status).toBe(200);
    expect(headers.get('content-disposition')).toContain(`"EXERCICE-EXERCICE-EXERCICE_preuves_${exercise}_EXERCICE-EXERCICE-EXERCICE.zip"`);
  });
});

describe('pages over HTTP', () => {
  test('P26: at T0+60 the statement is written by itself, and its step is done by it', async () => {
    await world.pass(61 * MINUTE, 61);
    const { activation } = await direction.snapshot(id);
    expect(activation.steps['P26']).toMatchObject({ status: 'done', doneBy: 'engine' });
    const { digest } = activation.statement.written[0]!.file;
    const { status, headers, bytes } = await bytesOf(cell, `/api/activations/${id}/files/${digest}`);
    expect({ status, type: headers.get('content-type'), policy: headers.get('content-security-policy') })
      .toEqual({ status: 200, type: expect.stringContaining('text/html'), policy: expect.stringContaining('sandbox') });
    expect(headers.get('content-disposition')).toMatch(/^attachment/);
    expect(bytes.toString()).toContain(`Journal, entrée ${activation.statement.written[0]!.upTo}`);
    expect(sha256(`${(await world.store.vault.file(digest))!.salt}${bytes.toString()}`)).toBe(digest);
  });

  test('the page of the hour runs nothing, and shows what was typed as it was typed', async () => {
    const { status, headers, bytes } = await bytesOf(cell, `/api/activations/${id}/page.html`);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(bytes.toString()).toContain('Incendie &lt;b&gt;à&lt;/b&gt; Castelroy');
  });

  test('the paper plan takes both T0, or none, or those of an activation', async () => {
    const paper = async (query: string) => (await bytesOf(cell, `/api/paper-plan.html${query}`)).bytes.toString();
    const both = await paper(`?t0=${encodeURIComponent('2026-03-14T02:14:00+01:00')}&nu=${encodeURIComponent('2026-03-14T02:36:00+01:00')}`);
    expect(both).toContain('03:14');
    expect(both).toContain('03:36');
    expect((await paper('')).replace(/<style>.*<\/style>/s, '')).not.toMatch(/\d\d:\d\d/);
    expect(await paper('?lane=exercise')).toContain('<p class="mark">EXERCICE EXERCICE EXERCICE</p>');
    expect(await paper(`?activation=${id}`)).toContain('T0-COD + 60');
    expect((await bytesOf(cell, '/api/paper-plan.html?t0=tomorrow')).status).toBe(422);
    expect((await bytesOf(cell, `/api/paper-plan.html?activation=${'0'.repeat(32)}`)).status).toBe(404);
  });
});

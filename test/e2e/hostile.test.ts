// Somebody inside with few rights, and texts that break: what the proof of another activation must survive.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { dirname } from 'node:path';
import type { Accepted, Texts } from '../../src/contract/live.js';
import type { Uploaded, UploadState } from '../../src/contract/listings.js';
import { VERIFIER } from '../kit/proven-hour.js';
import { scratchFolder } from '../kit/scratch.js';
import { run } from '../kit/verifier.js';
import { World, type Person } from '../kit/world.js';

let world: World;
let director: Person;
/** Sees real activations as the cell does, and has every right in the exercise that they open themselves. */
let insider: Person;
let id: string;
let exercise: string;
beforeEach(async () => {
  world = await World.start();
  director = await world.person('directeur');
  insider = await world.person('planificateur', 'observateur');
  id = await director.open();
  exercise = await insider.open({ lane: 'exercise', kind: 'cod' });
});
afterEach(() => world.stop());

async function uploaded(person: Person, activation: string, content: string): Promise<string> {
  const bytes = Buffer.from(content);
  const { upload } = (await person.post<UploadState>(`/api/activations/${activation}/uploads`, { name: 'pièce.txt', size: bytes.length })).body;
  await person.send('PUT', `/api/activations/${activation}/uploads/${upload}?offset=0`, bytes, { 'content-type': 'application/octet-stream' });
  return (await person.post<Uploaded>(`/api/activations/${activation}/uploads/${upload}/complete`)).body.digest;
}

async function noteDigest(text: string): Promise<string> {
  const noted = await director.order<Accepted>(id, 'log-note', { text });
  const entry = (await director.entries(id)).find(({ seq }) => seq === noted.body.fromSeq)!;
  return (entry.payload as { text: { digest: string } }).text.digest;
}

test('an exercise is no way to erase what another activation says', async () => {
  const digest = await noteDigest('Le pont est coupé depuis 02:10');
  expect(await insider.order(exercise, 'erase-text', { digest, reason: 'Ménage' })).toMatchObject({ status: 422, body: { refused: 'unknown-text' } });
  expect((await director.get<Texts>(`/api/activations/${id}/texts?digests=${digest}`)).body).toEqual({ [digest]: 'Le pont est coupé depuis 02:10' });
  expect(await director.order(id, 'erase-text', { digest: 'a'.repeat(64), reason: 'Rien de tel' })).toMatchObject({ status: 422, body: { refused: 'unknown-text' } });
});

test('a file is attached where it was uploaded, so that erasing it there takes it from nobody else', async () => {
  const digest = await uploaded(director, id, 'Arrêté de fermeture');
  await director.order(id, 'log-note', { text: 'Arrêté', attachments: [digest] });
  expect(await insider.order(exercise, 'log-note', { text: 'À moi', attachments: [digest] })).toMatchObject({ status: 422, body: { refused: 'unknown-file' } });
  expect(await insider.order(exercise, 'erase-text', { digest, reason: 'Ménage' })).toMatchObject({ status: 422, body: { refused: 'unknown-text' } });
  expect((await director.get(`/api/activations/${id}/files/${digest}`)).status).toBe(200);
});

test('half a character is kept as what it is worth, and the export verifies', async () => {
  await director.order(id, 'log-note', { text: 'coupé au milieu d’un caractère : \ud83d' });
  await director.order(id, 'set-title', { title: '\udc00 Pont' });
  await director.order(id, 'set-event-type', { eventType: 'crue \ud800' });
  const snapshot = await director.snapshot(id);
  expect(snapshot.texts[snapshot.activation.title!.digest]).toBe('\ufffd Pont');
  const path = `${scratchFolder()}.zip`;
  mkdirSync(dirname(path), { recursive: true });
  const archive = await fetch(`${world.url}/api/activations/${id}/export.zip`, { headers: director.headers });
  writeFileSync(path, Buffer.from(await archive.arrayBuffer()));
  expect(run(VERIFIER, path)).toMatchObject({ status: 0, says: expect.stringMatching(/Intact\.\n$/) });
});

test('a page under a name of its own that leads to this machine signs nobody in, and tries no password', async () => {
  const { port } = world.running;
  // `fetch` does not let a caller choose the host.
  const answered = (host: string) => new Promise<number>((resolve, reject) => {
    const asked = request({ port, method: 'POST', path: '/api/sign-in', headers: { host, origin: `http://${host}`, 'content-type': 'application/json' } }, (response) => {
      response.resume();
      resolve(response.statusCode!);
    });
    asked.on('error', reject);
    asked.end(JSON.stringify({ login: 'nuit', password: 'faux' }));
  });
  expect(await answered(`ailleurs.example:${port}`)).toBe(403);
  expect(await answered(`localhost:${port}`)).toBe(401);
  expect(await answered(`127.0.0.1:${port}`)).toBe(401);
});

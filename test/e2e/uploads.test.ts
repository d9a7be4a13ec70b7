// Uploads whose answers get lost, that are left lying, or that somebody starts by the dozen.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Uploaded, UploadState } from '../../src/contract/listings.js';
import { HOUR, MINUTE } from '../../src/domain/time.js';
import { World, type Person } from '../kit/world.js';

let world: World;
let duty: Person;
let id: string;
beforeEach(async () => {
  world = await World.start();
  duty = await world.person('astreinte');
  id = await duty.open();
});
afterEach(() => world.stop());

const begin = (person: Person, size = 6) => person.post<UploadState>(`/api/activations/${id}/uploads`, { name: 'photo.txt', size });
const finish = (person: Person, upload: string) => person.post<Uploaded>(`/api/activations/${id}/uploads/${upload}/complete`);
async function arrived(person: Person): Promise<string> {
  const { upload } = (await begin(person)).body;
  const bytes = Buffer.from('fumées');
  await person.send('PUT', `/api/activations/${id}/uploads/${upload}?offset=0`, bytes.subarray(0, 6), { 'content-type': 'application/octet-stream' });
  return upload;
}
const inVault = () => readdirSync(join(world.folder, 'vault'), { recursive: true, encoding: 'utf8' }).filter((name) => /[0-9a-f]{64}$/.test(name));

test('an end whose answer was lost is said again, even several at once: one file, one digest', async () => {
  const upload = await arrived(duty);
  const answers = await Promise.all([1, 2, 3, 4].map(() => finish(duty, upload)));
  answers.push(await finish(duty, upload));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect(new Set(answers.map(({ body }) => body.digest)).size).toBe(1);
  expect(inVault()).toHaveLength(1);
  expect((await duty.get<UploadState>(`/api/activations/${id}/uploads/${upload}`)).body).toMatchObject({ received: 6, size: 6 });
});

test('a file that no entry names goes after a day, from the disk too; one that is named stays', async () => {
  const kept = (await finish(duty, await arrived(duty))).body.digest;
  await duty.order(id, 'log-note', { text: 'Photo', attachments: [kept] });
  const left = (await finish(duty, await arrived(duty))).body.digest;
  world.clock.pass(25 * HOUR);
  duty = await world.signedIn(duty.id, true);
  await begin(duty);
  expect(inVault().map((name) => name.slice(-64))).toEqual([kept]);
  expect(await world.store.vault.file(left)).toBeUndefined();
  expect((await duty.get(`/api/activations/${id}/files/${kept}`)).status).toBe(200);
});

test('uploads that were cut never keep anybody from the next one for long: the oldest makes room', async () => {
  const first = (await begin(duty)).body.upload;
  world.clock.pass(1_000);
  const statuses: number[] = [];
  for (let i = 0; i < 60; i++) statuses.push((await begin(duty)).status);
  expect(statuses).toContain(429);
  world.clock.pass(11 * MINUTE);
  expect((await begin(duty)).status).toBe(201);
  expect((await duty.get(`/api/activations/${id}/uploads/${first}`)).status).toBe(404);
  expect(readdirSync(join(world.folder, 'uploads')).length).toBeLessThanOrEqual(2 * 40);
});

test('several who begin at once are all let in', async () => {
  const people = [duty, await world.person('communication'), await world.person('observateur')];
  const begun = await Promise.all(Array.from({ length: 15 }, (_, i) => begin(people[i % 3]!)));
  const found = await Promise.all(begun.map(({ body }, i) => people[i % 3]!.get(`/api/activations/${id}/uploads/${body.upload}`)));
  expect(found.map(({ status }) => status)).toEqual(Array(15).fill(200));
});

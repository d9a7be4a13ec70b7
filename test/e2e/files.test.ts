import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import type { Uploaded, UploadState } from '../../src/contract/listings.js';
import type { Texts } from '../../src/contract/live.js';
import { HOUR } from '../../src/domain/time.js';
import { World, type Person } from '../kit/world.js';

let world: World;
let duty: Person;
let id: string;
beforeEach(async () => {
  world = await World.start();
  duty = await world.person('astreinte', 'directeur');
  id = await duty.open();
});
afterEach(() => world.stop());

const PDF = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(600_000, 7)]);

async function begin(person: Person, name: string, size: number): Promise<UploadState> {
  const { status, body } = await person.post<UploadState>(`/api/activations/${id}/uploads`, { name, size });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body;
}
const put = (person: Person, upload: string, offset: number, bytes: Uint8Array) =>
  person.send<UploadState>('PUT', `/api/activations/${id}/uploads/${upload}?offset=${offset}`, bytes, { 'content-type': 'application/octet-stream' });
const finish = (person: Person, upload: string) => person.post<Uploaded>(`/api/activations/${id}/uploads/${upload}/complete`);

async function uploaded(person: Person, name: string, bytes: Buffer): Promise<Uploaded> {
  const { upload, chunk } = await begin(person, name, bytes.length);
  for (let at = 0; at < bytes.length; at += chunk) await put(person, upload, at, bytes.subarray(at, at + chunk));
  return (await finish(person, upload)).body;
}

async function downloaded(person: Person, digest: string) {
  const response = await fetch(`${world.url}/api/activations/${id}/files/${digest}`, { headers: person.headers });
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}

describe('a file comes in pieces', () => {
  test('and leaves with the same bytes, as an attachment under a sandbox', async () => {
    const file = await uploaded(duty, 'photo du pont.pdf', PDF);
    expect(file).toMatchObject({ bytes: PDF.length, mime: 'application/pdf' });
    // Not to be had before an entry names it: whoever may see that entry may see the file.
    expect((await downloaded(duty, file.digest)).status).toBe(422);
    expect((await duty.order(id, 'log-note', { text: 'Voir le plan', attachments: [file.digest] })).status).toBe(200);
    const { bytes, headers } = await downloaded(duty, file.digest);
    expect(bytes.equals(PDF)).toBe(true);
    expect(headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''photo%20du%20pont.pdf");
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    const { salt } = (await world.store.vault.file(file.digest))!;
    expect(createHash('sha256').update(salt).update(PDF).digest('hex')).toBe(file.digest);
  });

  test('a cut one goes on where the server is, a piece that comes twice is harmless', async () => {
    const { upload, chunk } = await begin(duty, 'photo.pdf', PDF.length);
    await put(duty, upload, 0, PDF.subarray(0, chunk));
    expect(await put(duty, upload, 2 * chunk, PDF.subarray(2 * chunk))).toMatchObject({ status: 409, body: { refused: 'upload-offset', details: { received: chunk } } });
    expect(await finish(duty, upload)).toMatchObject({ status: 409, body: { refused: 'upload-offset' } });
    expect((await duty.get<UploadState>(`/api/activations/${id}/uploads/${upload}`)).body).toMatchObject({ received: chunk, size: PDF.length });
    await put(duty, upload, 0, PDF.subarray(0, chunk));
    for (let at = chunk; at < PDF.length; at += chunk) await put(duty, upload, at, PDF.subarray(at, at + chunk));
    expect(await finish(duty, upload)).toMatchObject({ status: 200, body: { bytes: PDF.length } });
  });

  test('it survives a restart of the server', async () => {
    const { upload, chunk } = await begin(duty, 'photo.pdf', PDF.length);
    await put(duty, upload, 0, PDF.subarray(0, chunk));
    const { folder, clock } = world;
    await world.stop();
    world = await World.start({ folder, clock });
    duty = new (duty.constructor as typeof Person)(world, duty.headers, duty.me);
    expect((await duty.get<UploadState>(`/api/activations/${id}/uploads/${upload}`)).body).toMatchObject({ received: chunk });
  });

  test('a forgotten one is removed after a day', async () => {
    await begin(duty, 'oubliée.pdf', 10);
    world.clock.pass(25 * HOUR);
    duty = await world.signedIn(duty.id, true);
    const { upload } = await begin(duty, 'nouvelle.pdf', 10);
    expect(readdirSync(join(world.folder, 'uploads')).sort()).toEqual([`${upload}.json`, `${upload}.part`]);
  });
});

describe('an upload that lies', () => {
  test.each([
    ['facture.pdf', '<html><script>alert(1)</script></html>', 'text/plain; charset=utf-8'],
    ['image.svg', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'text/plain; charset=utf-8'],
    ['photo.jpg', 'MZ\u0090\u0000\u0003', 'application/octet-stream'],
    ['rapport.docx', 'PK\u0003\u0004\u0014\u0000 mimetype word/document.xml', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ])('%s keeps the type that its bytes show', async (name, content, mime) => {
    const file = await uploaded(duty, name, Buffer.from(content, 'latin1'));
    expect(file.mime).toBe(mime);
    const noted = await duty.order(id, 'log-note', { text: 'Pièce', attachments: [file.digest] });
    const [entry] = (await duty.entries(id)).slice(-1);
    expect(noted.status).toBe(200);
    expect(entry).toMatchObject({ payload: { attachments: [{ digest: file.digest, mime, bytes: file.bytes }] } });
    expect((await downloaded(duty, file.digest)).headers.get('content-type')).toBe(mime);
  });

  test('about its size is stopped: more than announced, more than admitted, a piece that is too large', async () => {
    const { upload } = await begin(duty, 'petit.txt', 10);
    expect((await put(duty, upload, 0, Buffer.alloc(11, 97))).status).toBe(409);
    expect((await put(duty, upload, 0, Buffer.alloc(300_000, 97))).status).toBe(413);
    expect(await duty.post(`/api/activations/${id}/uploads`, { name: 'film.mp4', size: 26 * 1024 * 1024 })).toMatchObject({ status: 413, body: { refused: 'upload-too-large' } });
    expect(await duty.send('PUT', `/api/activations/${id}/uploads/${upload}?offset=0`, { a: 1 })).toMatchObject({ status: 415, body: { refused: 'wrong-type' } });
  });

  test('about its name walks nowhere', async () => {
    const file = await uploaded(duty, '../../etc/passwd', Buffer.from('root'));
    await duty.order(id, 'log-note', { text: 'Pièce', attachments: [file.digest] });
    expect((await downloaded(duty, file.digest)).headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''..%2F..%2Fetc%2Fpasswd");
    expect(await duty.get(`/api/activations/${id}/uploads/..%2f..%2fetc`)).toMatchObject({ status: 404, body: { refused: 'unknown-upload' } });
  });
});

describe('who may', () => {
  test('another account cannot go on with it, nor may those who only read begin one', async () => {
    const { upload } = await begin(duty, 'a.txt', 4);
    const other = await world.person('communication');
    expect((await put(other, upload, 0, Buffer.from('abcd'))).status).toBe(404);
    const auditor = await world.person('auditeur');
    expect(await auditor.post(`/api/activations/${id}/uploads`, { name: 'a.txt', size: 4 })).toMatchObject({ status: 403, body: { refused: 'forbidden' } });
  });

  test('a file of the direction is not the cell’s', async () => {
    const file = await uploaded(duty, 'bilan.txt', Buffer.from('bilan provisoire'));
    await duty.order(id, 'log-direction-note', { text: 'Bilan', attachments: [file.digest] });
    const agent = await world.person('communication');
    expect((await downloaded(duty, file.digest)).status).toBe(200);
    expect((await downloaded(agent, file.digest)).status).toBe(422);
  });

  test('an erased file is gone from the disk; its entry stays and the chain names its digest', async () => {
    const file = await uploaded(duty, 'photo.pdf', PDF);
    await duty.order(id, 'log-note', { text: 'Photo', attachments: [file.digest] });
    expect((await duty.order(id, 'erase-text', { digest: file.digest, reason: 'Visage d’un enfant' })).status).toBe(200);
    expect(await downloaded(duty, file.digest)).toMatchObject({ status: 410 });
    expect(await world.store.vault.readFile(file.digest)).toBeUndefined();
    expect((await duty.get<Texts>(`/api/activations/${id}/texts?digests=${file.digest}`)).body).toEqual({ [file.digest]: null });
  });

  test('in an exercise its name begins and ends with the mark', async () => {
    id = await duty.open({ lane: 'exercise', kind: 'cod' });
    const file = await uploaded(duty, 'communiqué.pdf', PDF);
    await duty.order(id, 'log-note', { text: 'Pièce', attachments: [file.digest] });
    const name = decodeURIComponent((await downloaded(duty, file.digest)).headers.get('content-disposition')!.replace("attachment; filename*=UTF-8''", ''));
    expect(name).toMatch(/^EXERCICE-EXERCICE-EXERCICE_.*_EXERCICE-EXERCICE-EXERCICE\.pdf$/);
  });
});

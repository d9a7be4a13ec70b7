// Issue 4.2 over real HTTP: a file arrives in pieces, is rehearsed, applied, undone; and what nobody should send. Fictional people.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { PeoplePage } from '../../src/contract/directory.js';
import type { Contours, FileSeen, ImportLineShown, ImportShown, ReportPage, Undone } from '../../src/contract/imports.js';
import type { UploadState } from '../../src/contract/listings.js';
import type { Problem } from '../../src/contract/live.js';
import { HOUR } from '../../src/domain/time.js';
import { councilFile, csv, mayorsFile } from '../kit/import-files.js';
import { World, type Person } from '../kit/world.js';

let world: World;
let keeper: Person;
beforeEach(async () => {
  world = await World.start();
  keeper = await world.person('communication');
});
afterEach(() => world.stop());

const at = '/api/directory/imports';
const CHUNK = 256 * 1024;

async function sent(content: string | Uint8Array, name = 'liste.csv', by = keeper) {
  const bytes = Buffer.from(content);
  const begun = await by.post<UploadState>(`${at}/uploads`, { name, size: bytes.length });
  expect(begun.status).toBe(201);
  const { upload } = begun.body;
  for (let from = 0; from < bytes.length; from += CHUNK) {
    const { status } = await by.send('PUT', `${at}/uploads/${upload}?offset=${from}`, bytes.subarray(from, from + CHUNK), { 'content-type': 'application/octet-stream' });
    expect(status).toBe(200);
  }
  return by.post<FileSeen & Problem>(`${at}/uploads/${upload}/complete`, {});
}
async function rehearsed(content: string, over: object = {}): Promise<ImportShown> {
  const { body: { upload, kind, mapping } } = await sent(content);
  const begun = await keeper.post<{ import: string } & Problem>(at, { upload, kind, ...(kind === 'own-list' ? { mapping } : {}), ...over });
  expect([begun.status, begun.body.detail]).toEqual([201, undefined]);
  await world.running.wired.imports.ended();
  return (await keeper.get<ImportShown>(`${at}/${begun.body.import}`)).body;
}
const directory = async () => (await keeper.get<PeoplePage>('/api/directory/people')).body;
const apply = (id: string, by = keeper) => by.post<Problem>(`${at}/${id}/apply`, {});

const ROUEN = { commune: '76540', last: 'FICTIF', first: 'Élise' };

describe('a file', () => {
  test('arrives in pieces, is recognised, rehearsed, applied and undone; the report is read and downloaded; the file leaves', async () => {
    const seen = await sent(mayorsFile(ROUEN, { ...ROUEN, commune: '76999', last: '=1+1' }, { ...ROUEN, commune: '01001' }));
    expect([seen.status, seen.body.kind]).toEqual([200, 'rne']);
    const { body: { import: id } } = await keeper.post<{ import: string }>(at, { upload: seen.body.upload, kind: 'rne' });
    await world.running.wired.imports.ended();
    const shown = (await keeper.get<ImportShown>(`${at}/${id}`)).body;
    expect(shown).toMatchObject({ state: 'rehearsed', kind: 'rne', fileName: 'liste.csv', fault: null, progress: null, counts: { read: 3, added: 1, rejected: 1, elsewhere: 1 }, until: shown.at + 24 * HOUR });
    expect((await directory()).total).toBe(0);

    const all = (await keeper.get<ReportPage>(`${at}/${id}/lines`)).body;
    expect(all.lines.map(({ line, action, reason }) => [line, action, reason])).toEqual([[2, 'added', null], [3, 'rejected', 'commune-gone']]);
    expect((await keeper.get<ReportPage>(`${at}/${id}/lines?action=added`)).body.lines).toHaveLength(1);
    const report = await fetch(`${world.url}${at}/${id}/report.csv`, { headers: keeper.headers });
    expect(report.headers.get('content-disposition')).toContain('rapport-import');
    const text = await report.text();
    expect(text).toContain("3;rejeté;ce code n’est celui d’aucune commune;'=1+1 Élise, maire");
    expect(text).toContain('2;ajouté;;');

    expect((await apply(id)).status).toBe(204);
    expect((await directory()).people).toEqual([expect.objectContaining({ lastName: 'Fictif', communeName: 'Rouen', title: 'maire' })]);
    expect(readdirSync(join(world.folder, 'imports'))).toEqual([]);
    expect((await keeper.get<ImportLineShown[]>(at)).body).toEqual([expect.objectContaining({ id, state: 'applied' })]);
    expect((await keeper.post<Undone>(`${at}/${id}/undo`, {})).body).toEqual({ kept: 0 });
    expect((await directory()).total).toBe(0);
  });

  test('survives a restart of the server once it is applied; one that was only rehearsed is given up, and says so', async () => {
    const applied = await rehearsed(mayorsFile(ROUEN));
    await apply(applied.id);
    const left = await rehearsed(mayorsFile({ ...ROUEN, last: 'NOUVEAU' }));
    const { folder, clock } = world;
    await world.stop();
    world = await World.start({ folder, clock });
    keeper = await world.person('communication');
    expect((await directory()).people.map(({ lastName }) => lastName)).toEqual(['Fictif']);
    expect((await apply(left.id)).body.refused).toBe('not-rehearsed');
    await world.pass(1_000);
    expect((await keeper.get<ReportPage>(`${at}/${left.id}/lines`)).body.lines).toEqual([]);
  });

  test('applied while an activation runs, changes nothing of it', async () => {
    const first = await rehearsed(mayorsFile(ROUEN));
    await apply(first.id);
    const id = await keeper.open();
    const before = (await keeper.snapshot(id)).activation.seq;
    const [mayor] = (await directory()).people;
    const second = await rehearsed(csv([['Commune', 'Nom', 'Tél'], ['76540', 'FICTIF Élise', '0612345678']]));
    expect((await apply(second.id)).status).toBe(204);
    expect((await keeper.snapshot(id)).activation.seq).toBe(before);
    expect(await world.store.addressBook.person(mayor!.id, mayor!.version)).toMatchObject({ contacts: [] });
    expect((await directory()).people).toEqual([expect.objectContaining({ id: mayor!.id, version: mayor!.version + 1, contacts: [expect.objectContaining({ shown: '+336•••••78' })] })]);
  });

  test.each([
    ['empty', '', 'file-refused', /vide/], ['binary', '\u0000\u0001\u0002', 'file-refused', /ni un tableau ni un texte/], ['without a header', '76540;Rouen\n', 'file-refused', /ligne de titres/],
    ['with a column missing', mayorsFile(ROUEN).replace("Nom de l'élu", 'Nom'), 'file-refused', /Nom de l’élu/], ['JSON that is cut', '{"service":[{"a', 'file-refused', /abîmé ou coupé/],
  ])('%s is refused in a sentence that says what to try, and is not kept', async (_name, content, refused, says) => {
    const begun = content === '' ? await keeper.post<Problem>(`${at}/uploads`, { name: 'x', size: 0 }) : await sent(content);
    expect([begun.status, begun.body.refused]).toEqual([422, refused]);
    expect(begun.body.detail).toMatch(says);
    expect(begun.body.detail).toMatch(/Rien n’a changé/);
    const folder = join(world.folder, 'imports');
    expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);
  });

  test('of 200 MB is refused before a byte of it is received', async () => {
    const begun = await keeper.post<Problem>(`${at}/uploads`, { name: 'france.csv', size: 200 * 1024 * 1024 });
    expect([begun.status, begun.body.refused]).toEqual([413, 'import-too-large']);
    expect(begun.body.detail).toMatch(/N’y gardez que votre département/);
  });

  test('sent half is not rehearsed; a piece that leaves a gap is told where to go on; a fifth file takes the place of the first', async () => {
    const { body: { upload } } = await keeper.post<UploadState>(`${at}/uploads`, { name: 'x.csv', size: 10 });
    const put = (offset: number) => keeper.send('PUT', `${at}/uploads/${upload}?offset=${offset}`, Buffer.from('abcde'), { 'content-type': 'application/octet-stream' });
    expect((await put(5)).status).toBe(409);
    expect((await put(0)).status).toBe(200);
    expect((await keeper.get<UploadState>(`${at}/uploads/${upload}`)).body).toMatchObject({ received: 5 });
    expect((await keeper.post<Problem>(`${at}/uploads/${upload}/complete`, {})).body.refused).toBe('upload-offset');
    expect((await keeper.post<Problem>(at, { upload, kind: 'rne' })).body.refused).toBe('upload-offset');
    for (let i = 0; i < 4; i++) {
      world.clock.pass(1_000);
      await keeper.post(`${at}/uploads`, { name: `${i}`, size: 10 });
    }
    expect((await keeper.get(`${at}/uploads/${upload}`)).status).toBe(404);
  });
});

test('columns are said once: kept, and proposed for the same header', async () => {
  const list = csv([['Lieu', 'Qui', 'Joindre'], ['76540', 'FICTIF Élise', '0612345678']]);
  const seen = await sent(list);
  expect(seen.body).toMatchObject({ kind: 'own-list', isKept: false, columns: [{ name: 'Lieu', examples: ['76540'] }, { name: 'Qui' }, { name: 'Joindre' }] });
  const refused = await keeper.post<Problem>(at, { upload: seen.body.upload, kind: 'own-list', mapping: ['ignored', '1.name', '1.phone'] });
  expect([refused.status, refused.body.refused]).toEqual([422, 'file-refused']);
  expect(refused.body.detail).toMatch(/quelle colonne donne la commune/);
  await rehearsed(list, { mapping: ['commune', '1.name', '1.phone'] });
  expect((await sent(list)).body).toMatchObject({ isKept: true, mapping: ['commune', '1.name', '1.phone'] });
});

test('contours are served, with who shares a border', async () => {
  const square = (x: number) => ({ type: 'Polygon', coordinates: [[[x, 49], [x + 1, 49], [x + 1, 50], [x, 49]]] });
  const shown = await rehearsed(JSON.stringify({ type: 'FeatureCollection', features: [{ type: 'Feature', properties: { code: '76540' }, geometry: square(1) }, { type: 'Feature', properties: { code: '76217' }, geometry: square(2) }] }));
  await apply(shown.id);
  expect((await keeper.get<Contours>('/api/communes/contours')).body.communes).toEqual([
    { commune: '76217', rings: [[2000, 49000, 3000, 49000, 3000, 50000]], neighbours: ['76540'] }, { commune: '76540', rings: [[1000, 49000, 2000, 49000, 2000, 50000]], neighbours: ['76217'] },
  ]);
});

test('is for whoever keeps the directory: refused to all others, on every address; nobody reads another’s upload', async () => {
  const { body: { upload } } = await keeper.post<UploadState>(`${at}/uploads`, { name: 'x.csv', size: 10 });
  const other = await world.person('sidpc');
  expect((await other.get(`${at}/uploads/${upload}`)).status).toBe(404);
  const shown = await rehearsed(councilFile({ ...ROUEN, function: 'Maire' }));
  const duty = await world.person('astreinte');
  for (const path of [at, `${at}/${shown.id}`, `${at}/${shown.id}/lines`, `${at}/${shown.id}/report.csv`, `${at}/uploads/${upload}`]) expect([path, (await duty.get(path)).status]).toEqual([path, 403]);
  for (const path of [`${at}/uploads`, at, `${at}/${shown.id}/apply`, `${at}/${shown.id}/discard`, `${at}/${shown.id}/undo`]) expect([path, (await duty.post(path, {})).status]).toEqual([path, 403]);
  expect((await apply(shown.id, other)).status).toBe(204);
});

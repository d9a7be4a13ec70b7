// 47.2, 50.2, organisation 3: trainings recorded one by one, lists, certificates; and a function taken without one.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Uploaded, UploadState, Working } from '../../src/contract/listings.js';
import type { Problem } from '../../src/contract/live.js';
import type { TrainingListShown, TrainingShown } from '../../src/contract/training.js';
import type { AdministrationEntry } from '../../src/domain/administration.js';
import { HOUR } from '../../src/domain/time.js';
import { World, type Person } from '../kit/world.js';

let world: World;
let keeper: Person;
let agent: Person;

// The test's clock: Saturday 14 March 2026, 02:14 in Paris.
beforeEach(async () => {
  world = await World.start();
  [keeper, agent] = [await world.person('communication', 'admin'), await world.person('astreinte')];
});
afterEach(() => world.stop());

const shown = async () => (await keeper.get<TrainingShown>('/api/training')).body;
const of = async (person: Person) => (await shown()).people.find(({ account }) => account === person.id)!;
const record = (person: string, kind: string, on: string, more: object = {}) => keeper.post<{ training: string }>('/api/training', { person, kind, on, ...more });
const journal = async () => (await keeper.get<{ entries: AdministrationEntry[] }>('/api/administration/journal')).body.entries.filter(({ type }) => type.startsWith('training'));
async function sent(bytes: Buffer, name = 'attestation.pdf', who = keeper): Promise<Uploaded> {
  const base = '/api/activations/administration/uploads';
  const { body } = await who.post<UploadState>(base, { name, size: bytes.length });
  await who.send('PUT', `${base}/${body.upload}?offset=0`, bytes, { 'content-type': 'application/octet-stream' });
  return (await who.post<Uploaded>(`${base}/${body.upload}/complete`)).body;
}
const PDF = Buffer.from('%PDF-1.7\nattestation');

describe('the record', () => {
  test('organisation 3: one by one, in the chained journal; who holds what until when', async () => {
    expect(await record(agent.id, 'cell', '2022-03-20')).toMatchObject({ status: 201, body: { training: expect.any(String) } });
    await record(agent.id, 'cip-initial', '2026-01-10');
    expect((await of(agent)).standings).toEqual({
      cell: { holds: true, until: '2026-03-20', lacks: [], runningOut: true }, cip: { holds: false, until: '2027-01-10', lacks: ['cip-exercise'], runningOut: false },
    });
    expect((await journal()).map(({ payload }) => payload)).toMatchObject([{ person: agent.id, kind: 'cell', on: '2022-03-20' }, { kind: 'cip-initial' }]);
    expect((await keeper.get<{ ok: boolean }>('/api/administration/verdict')).body.ok).toBe(true);
    await world.pass(7 * 24 * HOUR);
    keeper = await world.person('communication');
    expect((await of(agent)).standings.cell).toMatchObject({ holds: false, lacks: ['cell-renewal'] });
  });

  test('corrected and removed with a trace; to come, or of nobody, refused', async () => {
    const { training } = (await record(agent.id, 'cell', '2024-03-20')).body;
    expect((await keeper.post(`/api/training/${training}/correct`, { person: agent.id, kind: 'cell', on: '2024-03-21' })).status).toBe(204);
    const [line] = (await of(agent)).trainings;
    expect(line).toMatchObject({ on: '2024-03-21', certificate: false });
    expect((await keeper.post(`/api/training/${line!.id}/remove`)).status).toBe(204);
    expect((await of(agent)).trainings).toEqual([]);
    expect((await journal()).map(({ type }) => type)).toEqual(['trainingRecorded', 'trainingRemoved', 'trainingRecorded', 'trainingRemoved']);
    expect(await keeper.post<Problem>(`/api/training/${training}/remove`)).toMatchObject({ status: 404, body: { refused: 'unknown-training' } });
    expect(await record(agent.id, 'cell', '2026-03-15')).toMatchObject({ status: 422, body: { refused: 'training-date' } });
    expect(await record('0'.repeat(32), 'cell', '2026-03-01')).toMatchObject({ status: 422, body: { refused: 'unknown-person' } });
    expect((await agent.post('/api/training', { person: agent.id, kind: 'cell', on: '2024-03-20' })).status).toBe(403);
  });

  test('an agent of the directory and the account that their record names are one person', async () => {
    const { person } = (await keeper.post<{ person: string }>('/api/directory/people', { kind: 'agent', lastName: 'Fictif', firstName: 'Paul', account: agent.id })).body;
    await record(person, 'cell', '2025-01-01');
    expect((await shown()).people.filter(({ account }) => account === agent.id)).toMatchObject([{ id: person, name: 'Paul Fictif', works: true, standings: { cell: { holds: true } } }]);
    const id = await agent.open();
    expect((await agent.order(id, 'take-function', { function: 'RC' })).status).toBe(200);
  });
});

describe('certificates', () => {
  const certificate = (training: string, who = keeper) => fetch(`${world.url}/api/training/${training}/certificate`, { headers: who.headers });

  test('a PDF or a JPEG, kept in the vault, given back as an attachment under a sandbox', async () => {
    const { digest } = await sent(PDF, 'attestation d’Anne.pdf');
    const { training } = (await record(agent.id, 'cell', '2024-03-20', { certificate: digest })).body;
    const back = await certificate(training);
    expect([back.status, back.headers.get('content-type'), back.headers.get('content-security-policy')]).toEqual([200, 'application/pdf', "default-src 'none'; sandbox"]);
    expect(Buffer.from(await back.arrayBuffer()).equals(PDF)).toBe(true);
    expect((await journal())[0]).toMatchObject({ payload: { certificate: { digest, bytes: PDF.length, mime: 'application/pdf' } } });
    expect((await certificate(training, await world.person('joueur'))).status).toBe(403);
  });

  test('what is no certificate is refused by its bytes, whatever its name; a file of an activation is none', async () => {
    const { digest } = await sent(Buffer.from('<html><script>alert(1)</script>'), 'attestation.pdf');
    expect(await record(agent.id, 'cell', '2024-03-20', { certificate: digest })).toMatchObject({ status: 422, body: { refused: 'certificate-refused' } });
    expect(await record(agent.id, 'cell', '2024-03-20', { certificate: '0'.repeat(64) })).toMatchObject({ status: 422, body: { refused: 'unknown-file' } });
    expect((await agent.post('/api/activations/administration/uploads', { name: 'x.pdf', size: 3 })).status).toBe(403);
    expect((await shown()).kept).toBe(false);
  });

  test('of somebody who was erased by a process that died before what follows: gone at the next start', async () => {
    const { digest } = await sent(PDF);
    const { person } = (await keeper.post<{ person: string }>('/api/directory/people', { kind: 'agent', lastName: 'Fictif', firstName: 'Paul' })).body;
    await record(person, 'cell', '2024-03-20', { certificate: digest });
    await record(agent.id, 'cell', '2024-03-20');
    world.running.wired.office.administration.onCommitted = () => {};
    expect((await keeper.post('/api/directory/erase', { people: [person], why: 'asked' })).status).toBe(204);
    const { folder, clock } = world;
    await world.stop();
    world = await World.start({ folder, clock });
    expect([...world.running.wired.office.administration.state.trainings.values()].map((one) => one.person)).toEqual([agent.id]);
    expect(await world.store.vault.readFile(digest)).toBeUndefined();
  });

  test('removed, or of somebody who was erased: its bytes are gone, the chain stays whole', async () => {
    const { digest } = await sent(PDF);
    const { training } = (await record(agent.id, 'cell', '2024-03-20', { certificate: digest })).body;
    await keeper.post(`/api/training/${training}/remove`);
    expect(await world.store.vault.readFile(digest)).toBeUndefined();
    const other = await sent(Buffer.from('%PDF-1.7 autre'));
    const { person } = (await keeper.post<{ person: string }>('/api/directory/people', { kind: 'agent', lastName: 'Fictif', firstName: 'Paul' })).body;
    await record(person, 'cell', '2024-03-20', { certificate: other.digest });
    expect((await keeper.post('/api/directory/erase', { people: [person], why: 'asked' })).status).toBe(204);
    while (world.running.wired.office.administration.state.trainings.size > 0) await new Promise((resolve) => setTimeout(resolve, 2));
    await world.running.wired.office.administration.verify();
    expect((await journal()).at(-1)).toMatchObject({ type: 'trainingRemoved', payload: { why: 'erased' }, by: 'engine' });
    while (await world.store.vault.readFile(other.digest)) await new Promise((resolve) => setTimeout(resolve, 2));
    expect((await keeper.get<{ ok: boolean }>('/api/administration/verdict')).body.ok).toBe(true);
  });

  test('a corrected training keeps its certificate', async () => {
    const { digest } = await sent(PDF);
    const { training } = (await record(agent.id, 'cell', '2024-03-20', { certificate: digest })).body;
    await keeper.post(`/api/training/${training}/correct`, { person: agent.id, kind: 'cell', on: '2024-03-21' });
    const [line] = (await of(agent)).trainings;
    expect((await certificate(line!.id)).status).toBe(200);
  });
});

describe('a list', () => {
  const rehearse = async (list: string) => (await keeper.post<TrainingListShown & Problem>('/api/training/list/rehearse', { list })).body;

  test('is rehearsed line by line with the reasons, then recorded; again it changes nothing', async () => {
    await keeper.post('/api/directory/people', { kind: 'agent', lastName: 'Fictif', firstName: 'Anne', contacts: [{ kind: 'email', value: 'anne@exemple.fr' }] });
    await keeper.post('/api/directory/people', { kind: 'agent', lastName: 'Martin', firstName: 'Jean' });
    await keeper.post('/api/directory/people', { kind: 'agent', lastName: 'Martin', firstName: 'Julie' });
    const list = [
      '\uFEFFDate;Formation;Personne', '15/03/2025;Cellule de communication d’urgence;anne@exemple.fr', '2025-04-01;CIP formation initiale;FICTIF Anne', '01/04/2025;Exercice CIP;Martin',
      '31/02/2025;CIP recyclage;Julie Martin', '15/03/2027;Cellule;Julie Martin', '15/03/2025;Tir;Julie Martin', '15/03/2025;Cellule;Inconnu', '15/03/2025;Cellule;Anne Fictif', '45731;"Consolidation ""CIP""";Julie Martin',
    ].join('\r\n');
    const { fit, lines } = await rehearse(list);
    expect(fit).toBe(3);
    expect(lines.map(({ line, reason, name, on }) => [line, reason, name, on])).toEqual([
      [2, null, 'Anne Fictif', '2025-03-15'], [3, null, 'Anne Fictif', '2025-04-01'], [4, 'several', null, '2025-04-01'], [5, 'date', 'Julie Martin', null],
      [6, 'to-come', 'Julie Martin', '2027-03-15'], [7, 'kind', 'Julie Martin', '2025-03-15'], [8, 'nobody', null, '2025-03-15'], [9, 'twice', 'Anne Fictif', '2025-03-15'],
      [10, null, 'Julie Martin', '2025-03-15'],
    ]);
    expect((await shown()).kept).toBe(false);
    expect(await keeper.post('/api/training/list', { list })).toMatchObject({ status: 201, body: { fit: 3 } });
    expect(await journal()).toHaveLength(3);
    expect((await rehearse(list)).lines[0]).toMatchObject({ reason: 'known' });
    expect(await keeper.post<Problem>('/api/training/list', { list })).toMatchObject({ status: 422, body: { refused: 'training-list-refused', details: { why: 'nothing' } } });
  });

  test.each([
    ['empty', '  '], ['empty', 'Personne;Formation;Date'], ['columns', 'Nom;Prénom\nFictif;Anne'], ['unreadable', 'PK\u0003\u0004\u0000\u0000'],
    ['too-many', `Personne;Formation;Date\n${'Anne;Cellule;01/01/2025\n'.repeat(1_001)}`],
  ])('%s: refused, nothing recorded', async (why, list) => {
    expect(await rehearse(list)).toMatchObject({ refused: 'training-list-refused', details: { why } });
  });
});

describe('taking a function', () => {
  const why = 'Seul sur place, en attendant la relève';

  test('47.2 as long as no training is recorded at all, nothing is asked', async () => {
    const id = await agent.open();
    expect((await agent.order(id, 'take-function', { function: 'RC' })).status).toBe(200);
    expect((await keeper.get<Working>('/api/people/working')).body[agent.id]!.lacks).toEqual({});
  });

  test('47.2, 50.2 the unqualified give a reason, which is recorded beside it; the qualified are asked nothing', async () => {
    await record(keeper.id, 'cell', '2025-01-01');
    const id = await agent.open();
    expect((await keeper.get<Working>('/api/people/working')).body).toMatchObject({
      [agent.id]: { lacks: { AA: ['cell'], RC: ['cell'], CC: ['cip-initial', 'cip-exercise'] } }, [keeper.id]: { lacks: { TS: ['cip-initial', 'cip-exercise'] } },
    });
    expect(await agent.order<Problem>(id, 'take-function', { function: 'RC' })).toMatchObject({ status: 409, body: { refused: 'qualification-needed', details: { function: 'RC', lacks: 'cell' } } });
    expect((await agent.order(id, 'take-function', { function: 'SI' })).status).toBe(200);
    expect((await agent.order(id, 'take-function', { function: 'RC', why })).status).toBe(200);
    const overridden = (await agent.entries(id)).find(({ type }) => type === 'qualificationOverridden')!;
    expect(overridden).toMatchObject({ by: agent.id, payload: { function: 'RC', holder: agent.id, lacks: ['cell'] } });
    expect(JSON.stringify(overridden)).not.toContain(why);
    expect((await agent.snapshot(id)).activation.functions.RC).toMatchObject({ holder: agent.id, overridden: { lacks: ['cell'] } });
    expect((await agent.order(id, 'offer-handover', { function: 'RC', to: keeper.id })).status).toBe(200);
    expect((await keeper.order(id, 'accept-handover', { function: 'RC' })).status).toBe(200);
    expect((await agent.snapshot(id)).activation.functions.RC).not.toHaveProperty('overridden');
    expect(await keeper.order<Problem>(id, 'offer-handover', { function: 'RC', to: agent.id })).toMatchObject({ status: 409, body: { refused: 'qualification-needed' } });
    expect((await keeper.order(id, 'offer-handover', { function: 'RC', to: agent.id, why })).status).toBe(200);
    expect((await agent.order(id, 'accept-handover', { function: 'RC' })).status).toBe(200);
    expect((await agent.snapshot(id)).activation.functions.RC).toMatchObject({ overridden: { lacks: ['cell'] } });
  });

  test('given by another, it is the training of whoever receives it that counts', async () => {
    await record(agent.id, 'cell', '2025-01-01');
    const id = await keeper.open();
    expect((await keeper.order(id, 'take-function', { function: 'OP', holder: agent.id })).status).toBe(200);
    expect(await agent.order<Problem>(id, 'take-function', { function: 'OW', holder: keeper.id })).toMatchObject({ body: { refused: 'qualification-needed', details: { holder: keeper.id } } });
  });
});

// 3.7 On the real process, as the operator does it: a backup while people write, a kill, a restore elsewhere, a start.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { DATABASE_FILE } from '../../src/adapters/persistence/database.js';
import { openStore } from '../../src/adapters/persistence/store.js';
import { sha256 } from '../../src/adapters/system-clock.js';
import type { BackupsShown } from '../../src/contract/house.js';
import type { Uploaded, UploadState } from '../../src/contract/listings.js';
import { verifyChain } from '../../src/domain/evidence/chain.js';
import type { ActivationEntry } from '../../src/domain/events.js';
import { Writer as Batches } from '../kit/batches.js';
import { afterwards, scratchFolder } from '../kit/scratch.js';
import { firstAdministrator, OPERATOR, post, ServerProcess, type Person } from '../kit/server-process.js';

const root = resolve(import.meta.dirname, '../..');
/** How many backups are made while people write, and by how many. */
const BACKUPS = Number(process.env['BACKUPS'] ?? 2);
const WRITERS = 4;

interface Ended {
  status: number | null;
  said: string;
}

/** The operator's command, as a process of its own beside the server. */
async function operator(dataDir: string, args: string[], env: Record<string, string> = {}): Promise<Ended> {
  const child = spawn(process.execPath, [OPERATOR, ...args], {
    cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, DATA_DIR: dataDir, ...env },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, said };
}

/** Posts notes, one after the other, until told to stop or the server is gone. */
class Writer {
  readonly acknowledged: { text: string; at: number }[] = [];
  #writing = true;
  readonly ended: Promise<void>;

  constructor(private readonly server: ServerProcess, private readonly person: Person, private readonly activation: string, private readonly name: string) {
    this.ended = this.#write();
  }

  stop(): Promise<void> {
    this.#writing = false;
    return this.ended;
  }

  async #write(): Promise<void> {
    for (let n = 1; this.#writing; n++) {
      const text = `${this.name}, note ${n}`;
      try {
        await post(this.server.url, `/api/activations/${this.activation}/log-note`, { text }, { ...this.person.headers, 'idempotency-key': text.replace(/\W/g, '-') });
      } catch (error) {
        if (/^\d{3} /.test((error as Error).message)) throw error;
        return;
      }
      this.acknowledged.push({ text, at: Date.now() });
    }
  }
}

async function joinedFile(server: ServerProcess, person: Person, activation: string, content: string): Promise<string> {
  const at = `/api/activations/${activation}/uploads`;
  const begun = (await (await post(server.url, at, { name: 'plan.pdf', size: content.length }, person.headers)).json()) as UploadState;
  await fetch(`${server.url}${at}/${begun.upload}?offset=0`, { method: 'PUT', body: content, headers: { ...person.headers, 'content-type': 'application/octet-stream' } });
  const { digest } = (await (await post(server.url, `${at}/${begun.upload}/complete`, {}, person.headers)).json()) as Uploaded;
  await post(server.url, `/api/activations/${activation}/log-note`, { text: 'Plan joint', attachments: [digest] }, { ...person.headers, 'idempotency-key': content.replace(/\W/g, '-') });
  return digest;
}

test(`backed up ${BACKUPS} times while ${WRITERS} people write, killed, restored elsewhere, started: all that was acknowledged before the backup is there`, async () => {
  const folder = scratchFolder();
  const into = scratchFolder();
  const server = await ServerProcess.start(folder);
  afterwards(() => server.kill());
  const person = await firstAdministrator(server);
  const opened = await post(server.url, '/api/activations', { lane: 'real', kind: 'cod', t0: new Date().toISOString() }, { ...person.headers, 'idempotency-key': 'open' });
  const { activation } = (await opened.json()) as { activation: string };
  const files = [await joinedFile(server, person, activation, '%PDF-1.7 un'), await joinedFile(server, person, activation, '%PDF-1.7 deux')];
  const writers = Array.from({ length: WRITERS }, (_, i) => new Writer(server, person, activation, `Agent ${i + 1}`));
  let begun = 0;
  for (let i = 0; i < BACKUPS; i++) {
    begun = Date.now();
    const made = await operator(folder, ['backup', '--to', into]);
    expect(made).toMatchObject({ status: 0, said: expect.stringMatching(/Sauvegarde faite et vérifiée.*2.fichiers/) });
  }
  const after = Date.now();
  for (const writer of writers) while (!writer.acknowledged.some(({ at }) => at > after)) await new Promise((resolve) => setTimeout(resolve, 5));
  await server.kill();
  await Promise.all(writers.map((writer) => writer.ended));

  const backups = readdirSync(into);
  expect(backups).toHaveLength(BACKUPS);
  const latest = join(into, backups.sort().at(-1)!);
  expect(await operator(folder, ['backup', '--verify', latest])).toMatchObject({ status: 0, said: expect.stringContaining('Sauvegarde intacte') });
  const restored = scratchFolder();
  const told = await operator(folder, ['restore', '--from', latest, '--to', restored]);
  expect(told).toMatchObject({ status: 0, said: expect.stringContaining(`DATA_DIR=${restored} npm start`) });

  const again = await ServerProcess.start(restored);
  afterwards(() => again.kill());
  // Sessions were not taken over: everybody signs in again.
  expect((await fetch(`${again.url}/api/me`, { headers: person.headers })).status).toBe(401);
  expect(await again.stop()).toBe(0);
  const store = await openStore(restored);
  const links = await store.journal.read(activation);
  const entries = links.map(({ line }) => JSON.parse(line) as ActivationEntry);
  expect(verifyChain(sha256, links)).toMatchObject({ ok: true, entries: links.length });
  const notes = entries.filter(({ type }) => type === 'noteLogged');
  const texts = await store.vault.texts(notes.map(({ payload }) => (payload as { text: { digest: string } }).text.digest));
  expect(texts).toHaveLength(notes.length);
  const kept = new Set(texts.map(({ content }) => content));
  const before = writers.flatMap(({ acknowledged }) => acknowledged.filter(({ at }) => at < begun));
  expect(before.length).toBeGreaterThan(0);
  expect(before.filter(({ text }) => !kept.has(text))).toEqual([]);
  expect(entries.at(-1)).toMatchObject({ type: 'outageNoted' });
  for (const digest of files) expect(Buffer.from((await store.vault.readFile(digest))!).toString()).toMatch(/^%PDF-1\.7 /);
  await store.close();
}, 180_000);

test('a server that is told where backs itself up by a process of its own; a folder that refuses is shown to the administrator', async () => {
  const into = scratchFolder();
  const server = await ServerProcess.start(scratchFolder(), { env: { BACKUP_DIR: into } });
  afterwards(() => server.kill());
  const person = await firstAdministrator(server);
  const state = async (of: ServerProcess, who: Person) => (await (await fetch(`${of.url}/api/backups`, { headers: who.headers })).json()) as BackupsShown;
  let shown = await state(server, person);
  while (!shown.latest) [shown] = [await state(server, person), await new Promise((resolve) => setTimeout(resolve, 50))];
  expect(shown.latest.entries).toBeGreaterThanOrEqual(0);
  expect(await operator(into, ['backup', '--verify', join(into, readdirSync(into).find((name) => name.startsWith('sauvegarde-'))!)])).toMatchObject({ status: 0 });
  expect(await server.stop()).toBe(0);

  const inTheWay = join(dirname(into), 'fichier');
  writeFileSync(inTheWay, '');
  const other = await ServerProcess.start(scratchFolder(), { env: { BACKUP_DIR: inTheWay } });
  afterwards(() => other.kill());
  const anne = await firstAdministrator(other);
  while (!(shown = await state(other, anne)).failure) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(shown.failure!.said).toMatch(/ne peut pas être écrit/);
  expect(await other.stop()).toBe(0);
}, 120_000);

test('what the operator gets wrong is said in French, and nothing has changed', async () => {
  const folder = scratchFolder();
  await (await openStore(folder)).close();
  const into = scratchFolder();
  expect(await operator(folder, ['backup'])).toMatchObject({ status: 2, said: expect.stringContaining('BACKUP_DIR') });
  expect(await operator(folder, ['backup', '--vers', into])).toMatchObject({ status: 2, said: expect.stringContaining('Usage') });
  expect(await operator(folder, ['restore'])).toMatchObject({ status: 2, said: expect.stringContaining('--from') });
  expect(await operator(scratchFolder(), ['backup', '--to', into])).toMatchObject({ status: 1, said: expect.stringContaining('vérifiez DATA_DIR') });
  // With settings of its own it rotates: three made, two kept.
  const env = { BACKUP_DIR: into, BACKUP_KEEP: '2' };
  for (let i = 0; i < 3; i++) expect(await operator(folder, ['backup'], env)).toMatchObject({ status: 0 });
  const made = readdirSync(into).sort();
  expect(made).toHaveLength(2);
  const path = join(into, made[1]!);
  expect(await operator(folder, ['restore', '--from', path])).toMatchObject({ status: 1, said: expect.stringMatching(/contient déjà des données : elles sont restées telles quelles/) });
  truncateSync(join(path, DATABASE_FILE), 10_000);
  const target = scratchFolder();
  for (const args of [['restore', '--from', path, '--to', target], ['backup', '--verify', path]]) {
    const refused = await operator(folder, args);
    expect(refused).toMatchObject({ status: 1, said: expect.stringMatching(/temps-zero\.sqlite a 10000 octets/) });
    expect(refused.said).not.toMatch(/\n {4}at /);
  }
  expect(readdirSync(dirname(target))).toEqual([]);
}, 120_000);

/** A data folder at rest, with so many files of so many bytes in its vault. */
async function dataWithFiles(count: number, size: number): Promise<string> {
  const folder = scratchFolder();
  const store = await openStore(folder);
  const content = 'x'.repeat(size);
  await store.journal.append(new Batches('hour').next({ entries: 3 }));
  for (let i = 0; i < count; i++) {
    await store.vault.putFile({ digest: sha256(`s${i}${content}`), activation: 'hour', salt: `s${i}`, name: 'f', mime: 'text/plain', bytes: size }, Buffer.from(content));
  }
  await store.close();
  return folder;
}

/** A disk of so many bytes, by itself. */
function smallDisk(kilobytes: number): string {
  const at = mkdtempSync(join(tmpdir(), 'temps-zero-disk-'));
  afterwards(() => {
    spawnSync('umount', [at]);
    rmSync(at, { recursive: true });
  });
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', at], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return at;
}
/** Only root mounts. */
const mountable = process.platform === 'linux' && process.getuid?.() === 0;

(mountable ? test : test.skip)('a full disk: a French sentence, nothing half made, the backup of before intact; a restore onto one leaves nothing', async () => {
  const folder = await dataWithFiles(1, 300_000);
  const disk = smallDisk(1_500);
  expect(await operator(folder, ['backup', '--to', disk])).toMatchObject({ status: 0 });
  const [first] = readdirSync(disk);
  cpSync(join(disk, first!), join(dirname(folder), 'copie'), { recursive: true });
  // Room for the database but not for the file, then for neither.
  for (const room of [250, 20]) {
    rmSync(join(disk, 'lest'), { force: true });
    const free = Number(spawnSync('df', ['--output=avail', '-k', disk], { encoding: 'utf8' }).stdout.split('\n')[1]);
    writeFileSync(join(disk, 'lest'), Buffer.alloc(Math.max(0, free - room) * 1024));
    const full = await operator(folder, ['backup', '--to', disk]);
    expect(full).toMatchObject({ status: 1, said: expect.stringMatching(/Le disque du dossier des sauvegardes .* est plein : cette sauvegarde n’a pas été gardée, les précédentes sont intactes/) });
    expect(full.said).not.toMatch(/\n {4}at /);
    expect(readdirSync(disk).sort()).toEqual(['lest', first]);
    expect(await operator(folder, ['backup', '--verify', join(disk, first!)])).toMatchObject({ status: 0 });
  }
  const target = join(disk, 'data');
  const refused = await operator(folder, ['restore', '--from', join(dirname(folder), 'copie'), '--to', target]);
  expect(refused).toMatchObject({ status: 1, said: expect.stringMatching(/est plein\. Rien n’a été restauré, la sauvegarde est intacte/) });
  expect(readdirSync(disk).sort()).toEqual(['lest', first]);
}, 120_000);

test('killed at any moment, a backup leaves nothing that bears its name, and a restore nothing that a start would take for data', async () => {
  const folder = await dataWithFiles(80, 200_000);
  const [into, target] = [scratchFolder(), scratchFolder()];
  mkdirSync(into);
  /** Kills it as soon as what it builds is there. */
  const killed = async (args: string[], begun: () => boolean) => {
    const child = spawn(process.execPath, [OPERATOR, ...args], { cwd: root, stdio: 'ignore', env: { ...process.env, DATA_DIR: folder } });
    const gone = once(child, 'exit');
    while (!begun() && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 1));
    child.kill('SIGKILL');
    expect((await gone)[1]).toBe('SIGKILL');
  };
  // Once the copy itself is being written: the folder before it is made anew, and a kill may fall in between.
  await killed(['backup', '--to', into], () => readdirSync(into).some((name) => existsSync(join(into, name, DATABASE_FILE))));
  expect(readdirSync(into)).toEqual([expect.stringMatching(/^\.en-cours-/)]);
  expect(await operator(folder, ['backup', '--to', into])).toMatchObject({ status: 0 });
  const [path, ...others] = readdirSync(into);
  expect(others).toEqual([]);

  const beside = () => readdirSync(dirname(target));
  await killed(['restore', '--from', join(into, path!), '--to', target], () => beside().some((name) => existsSync(join(dirname(target), name, 'vault'))));
  expect(beside()).toEqual([expect.stringMatching(/^data\.restauration-\d+$/)]);
  expect(await operator(folder, ['restore', '--from', join(into, path!), '--to', target])).toMatchObject({ status: 0 });
  expect(beside()).toEqual([basename(target)]);
}, 120_000);

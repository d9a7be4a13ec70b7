// 3.7 Backups: what is copied beside a server that works is verified, and becomes a house again; what is not whole never does.
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { sha256Of } from '../../src/adapters/persistence/backup/durable-files.js';
import { DATABASE_FILE } from '../../src/adapters/persistence/database.js';
import { BackupRefused, type Backup } from '../../src/application/backups.js';
import type { Accepted } from '../../src/contract/live.js';
import { HOUR, MINUTE } from '../../src/domain/time.js';
import { HandClock } from '../kit/hand-clock.js';
import { backupsOf, noteWithFile } from '../kit/backups.js';
import { START } from '../kit/office.js';
import { afterwards, scratchFolder } from '../kit/scratch.js';
import { World, type Person } from '../kit/world.js';

const vaultName = (digest: string) => `vault/${digest.slice(0, 2)}/${digest.slice(2, 4)}/${digest}`;

let world: World;
let duty: Person;
let id: string;
let digest: string;
beforeAll(async () => {
  world = await World.start({ folder: lasting() });
  duty = await world.person('astreinte', 'directeur');
  id = await duty.open();
  digest = await noteWithFile(duty, id, 'Plan du pont');
  await world.pass(MINUTE, 2); // the administration notes the heads
});
afterAll(() => world.stop());

/** For all the tests of this file: it goes with the machine's temporary folder, when the file ends. */
const folders: string[] = [];
function lasting(): string {
  const folder = spawnSync('mktemp', ['-d'], { encoding: 'utf8' }).stdout.trim();
  folders.push(folder);
  return join(folder, 'data');
}
afterAll(() => folders.forEach((folder) => spawnSync('rm', ['-rf', folder])));

const taken = (into = scratchFolder()): Promise<Backup> => backupsOf(world.folder).take(into);
const names = (folder: string) => (existsSync(folder) ? readdirSync(folder) : []);

describe('a backup of a server at work', () => {
  test('holds all that was acknowledged, is private, and says of itself what it is', async () => {
    await duty.order(id, 'log-note', { text: 'Dernière avant la sauvegarde' });
    const { path, bytes, manifest } = await taken();
    const { activation } = await duty.snapshot(id);
    expect(manifest.journals.find((one) => one.id === id)?.entries).toBe(activation.seq);
    expect(manifest.counts).toMatchObject({ activations: 1, files: 1, accounts: 1 });
    expect(manifest.files.map(({ name }) => name)).toEqual([DATABASE_FILE, vaultName(digest)]);
    expect(bytes).toBe(manifest.files.reduce((sum, { name }) => sum + statSync(join(path, name)).size, 0));
    const open = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => (statSync(join(path, name)).mode & 0o077) !== 0);
    expect([open, statSync(path).mode & 0o777]).toEqual([[], 0o700]);
    const sums = spawnSync('sha256sum', ['-c', 'manifest.sha256'], { cwd: path, encoding: 'utf8' });
    expect(sums.stdout).toMatch(/OK/);
    // The server never noticed.
    expect((await duty.order(id, 'log-note', { text: 'Aussitôt après' })).status).toBe(200);
    await expect(backupsOf('/nowhere').verify(path)).resolves.toMatchObject({ bytes });
  });

  test('becomes a house again: journals, files and answers given are there; sessions, links and certainty about what waited are not', async () => {
    const key = world.nextKey();
    const first = await duty.order(id, 'log-note', { text: 'Une fois' }, key);
    await duty.order(id, 'take-function', { function: 'DC' });
    const colleague = await world.person('communication');
    await duty.order(id, 'assign-step', { step: 'P11', to: colleague.id }); // a row waits in the outbox: nobody beats
    const before = await duty.entries(id);
    const { path } = await taken();
    const folder = scratchFolder();
    await backupsOf(world.folder).restore(path, folder);
    expect(names(dirname(folder))).toEqual([basename(folder)]);

    const clock = new HandClock(world.clock.wall() + 3 * HOUR);
    const again = await World.start({ folder, clock });
    afterwards(() => again.stop());
    // What the three hours oblige is new; what waited then may have left since.
    const rows = (await again.store.outbox.claim(clock.wall(), 100, 1)).filter(({ seq }) => seq <= before.length);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every(({ doubt }) => doubt)).toBe(true);
    // The cookie of before opens nothing.
    expect((await fetch(`${again.url}/api/me`, { headers: duty.headers })).status).toBe(401);
    const back = await again.signedIn(duty.id, true);
    const entries = await back.entries(id);
    expect(entries.slice(0, before.length)).toEqual(before);
    expect(entries[before.length]).toMatchObject({ type: 'outageNoted', payload: { to: new Date(clock.wall()).toISOString() } });
    expect((await back.order<Accepted>(id, 'log-note', { text: 'Une fois' }, key)).body.toSeq).toBe((first.body).toSeq);
    const file = await fetch(`${again.url}/api/activations/${id}/files/${digest}`, { headers: back.headers });
    expect((await file.text()).startsWith('%PDF-1.7')).toBe(true);
    const auditor = await again.person('auditeur');
    expect((await auditor.get('/api/administration/verdict')).body).toMatchObject({ ok: true });
    expect((await back.order(id, 'log-note', { text: 'La nuit continue' })).status).toBe(200);
  });

  test('what is erased while the copy is made is not in it', async () => {
    const secret = 'Mme Durand, 06 12 34 56 78';
    const doomed = await noteWithFile(duty, id, 'À effacer', Buffer.from(`%PDF-1.7\n${secret}`));
    let copies = 0;
    const copied = async () => {
      if (++copies > 1) return;
      const erased = await duty.order(id, 'erase-text', { digest: doomed, reason: 'demande' });
      if (erased.status !== 200) throw new Error(JSON.stringify(erased.body));
      await world.store.vault.sweep([doomed]);
    };
    const { path, manifest } = await backupsOf(world.folder, { copied }).take(scratchFolder());
    expect(copies).toBe(2);
    expect(manifest.files.map(({ name }) => name)).toEqual([DATABASE_FILE, vaultName(digest)]);
    expect(spawnSync('grep', ['-rla', secret, path], { encoding: 'utf8' }).stdout).toBe('');
  });

  test('a file of the vault that is lost or rotten: no backup, the sentence names it, those of before are intact', async () => {
    const into = scratchFolder();
    const { path } = await taken(into);
    const file = join(world.folder, vaultName(digest));
    const bytes = readFileSync(file);
    renameSync(file, `${file}.away`);
    await expect(taken(into)).rejects.toThrow(new RegExp(`${digest} du coffre manque.*les précédentes sont intactes`));
    writeFileSync(file, Buffer.from(bytes).fill('x', 9, 10));
    await expect(taken(into)).rejects.toThrow(new RegExp(`${digest} du coffre .* est abîmé`));
    renameSync(`${file}.away`, file);
    expect(names(into)).toEqual([basename(path)]);
    await backupsOf(world.folder).verify(path);
  });

  test('inside the data folder, by whatever name it is reached, it would go with it: refused', async () => {
    const link = scratchFolder();
    symlinkSync(world.folder, link);
    for (const into of [world.folder, join(world.folder, 'sauvegardes'), join(link, 'sauvegardes')]) {
      await expect(taken(into)).rejects.toThrow('on perdrait les deux ensemble');
    }
    expect(names(world.folder)).not.toContain('sauvegardes');
  });

  test('a folder without data', async () => {
    await expect(backupsOf(scratchFolder()).take(scratchFolder())).rejects.toThrow('vérifiez DATA_DIR');
  });

  test('what a dead process left half made goes at the next one, what a living one makes stays', async () => {
    const into = scratchFolder();
    const dead = spawnSync('true').pid;
    for (const pid of [dead, process.ppid]) mkdirSync(join(into, `.en-cours-${hostname()}-${pid}`), { recursive: true });
    const { path } = await taken(into);
    expect(names(into).sort()).toEqual([`.en-cours-${hostname()}-${process.ppid}`, basename(path)]);
  });
});

describe('those that are kept', () => {
  test('the latest, and the one just made whatever the clock said', async () => {
    const into = scratchFolder();
    const clock = new HandClock(START);
    const backups = backupsOf(world.folder, { now: () => clock.wall() });
    const made: string[] = [];
    for (let i = 0; i < 4; i++, clock.pass(HOUR)) {
      const one = await backups.take(into);
      made.push(basename(one.path));
      await backups.rotate(one, 2);
    }
    expect(names(into).sort()).toEqual(made.slice(2));
    clock.step(-30 * 24 * HOUR);
    const behind = await backups.take(into);
    await backups.rotate(behind, 2);
    expect(names(into).sort()).toEqual([basename(behind.path), made[3]]);
    writeFileSync(join(into, 'notes.txt'), 'à moi');
    await backups.rotate(behind, 1);
    expect(names(into).sort()).toEqual(['notes.txt', basename(behind.path)]);
  });
});

describe('a backup that is not whole restores nothing', () => {
  /** Says what was done to it; the manifest vouches for itself unless told otherwise. */
  const rewrite = (path: string, change: (manifest: Record<string, unknown>) => void) => {
    const manifest = JSON.parse(readFileSync(join(path, 'manifest.json'), 'utf8')) as Record<string, unknown>;
    change(manifest);
    const text = JSON.stringify(manifest);
    writeFileSync(join(path, 'manifest.json'), text);
    writeFileSync(join(path, 'manifest.sha256'), `${sha256Of(text)}  manifest.json\n`);
  };
  /** As somebody would who knows how the manifest is made: its sums are those of the spoilt database. */
  const spoil = (path: string, sql: string) => {
    const file = join(path, DATABASE_FILE);
    const db = new Database(file);
    db.exec(sql);
    db.close();
    rewrite(path, (manifest) => {
      (manifest['files'] as { bytes: number; sha256: string }[])[0] = { ...(manifest['files'] as object[])[0], bytes: statSync(file).size, sha256: spawnSync('sha256sum', [file], { encoding: 'utf8' }).stdout.slice(0, 64) };
    });
  };
  const flip = (file: string, at: number) => {
    const bytes = readFileSync(file);
    bytes[at]! ^= 1;
    writeFileSync(file, bytes);
  };
  const UNLOCK = 'DROP TRIGGER entries_never_change; DROP TRIGGER entries_never_go;';

  test.each<[what: string, damage: (path: string) => void, sentence: string]>([
    ['the database cut short', (path) => truncateSync(join(path, DATABASE_FILE), 20_000), 'temps-zero\\.sqlite a 20000 octets, le manifeste en annonce \\d+'],
    ['a file of the vault cut short', (path) => truncateSync(join(path, vaultName(digest)), 5), 'FILE a 5 octets'],
    ['a file of the vault missing', (path) => renameSync(join(path, vaultName(digest)), join(path, 'ailleurs')), 'FILE y manque'],
    ['one bit of the database', (path) => flip(join(path, DATABASE_FILE), 30_000), 'temps-zero\\.sqlite a changé'],
    ['the manifest cut short', (path) => truncateSync(join(path, 'manifest.json'), 200), 'manifest\\.json est coupé'],
    ['the manifest cut short, and its sum with it', (path) => truncateSync(join(path, 'manifest.sha256'), 0), 'manifest\\.json est coupé'],
    ['no manifest', (path) => renameSync(join(path, 'manifest.json'), join(path, 'x')), 'n’est pas une sauvegarde entière'],
    ['of a later form', (path) => rewrite(path, (manifest) => (manifest['format'] = 2)), 'une forme que cette version ne connaît pas'],
    ['a name that leads out of it', (path) => rewrite(path, (manifest) => ((manifest['files'] as object[])[1] = { name: '../../etc/passwd', bytes: 1, sha256: '0'.repeat(64) })), 'une forme que cette version ne connaît pas'],
    ['of a later schema', (path) => rewrite(path, (manifest) => (manifest['schema'] as string[]).push('Later9999999999999')), 'vient d’une version plus récente \\(0\\.1\\.0, schéma Later9999999999999\\)'],
    ['a chain whose tail was cut, sums made right', (path) => spoil(path, `${UNLOCK} DELETE FROM entries WHERE activation = '${id}' AND seq > 3`), 's’arrête à l’entrée 3'],
    ['a tail cut everywhere but in the manifest', (path) => spoil(path, `${UNLOCK} DELETE FROM entries WHERE activation = '${id}' AND seq > 3; DELETE FROM keys;
      UPDATE activations SET seq = 3, head = (SELECT hash FROM entries WHERE activation = '${id}' AND seq = 3) WHERE id = '${id}'`), 'n’est pas celle que le journal d’administration a notée'],
    ['a line rewritten', (path) => spoil(path, `${UNLOCK} UPDATE entries SET line = replace(line, 'real', 'test') WHERE activation = '${id}' AND seq = 4`), 'rompu à l’entrée 4'],
    ['a text rewritten', (path) => spoil(path, `UPDATE vault_texts SET content = content || '!'`), 'n’est pas celui que son empreinte annonce'],
    ['a text gone without an entry', (path) => spoil(path, 'DELETE FROM vault_texts'), 'manque sans qu’une entrée l’efface'],
    ['an account that a session needs', (path) => spoil(path, `DELETE FROM accounts WHERE id = '${duty.id}'`), 'sessions : 1 qui ne mènent nulle part'],
    ['another database in its place', (path) => spoil(path, 'DELETE FROM accounts; DELETE FROM sessions; DELETE FROM links'), 'n’est pas celle que le manifeste annonce'],
  ])('%s', async (_what, damage, sentence) => {
    const { path } = await taken();
    damage(path);
    const said = new RegExp(sentence.replace('FILE', vaultName(digest)));
    const target = scratchFolder();
    const kept = backupsOf(world.folder);
    await expect(kept.verify(path)).rejects.toThrow(said);
    const refused = kept.restore(path, target);
    await expect(refused).rejects.toThrow(said);
    await expect(refused).rejects.toThrow(BackupRefused);
    expect(names(dirname(target))).toEqual([]);
  });

  test('no backup at all', async () => {
    await expect(backupsOf(world.folder).restore(scratchFolder(), scratchFolder())).rejects.toThrow('n’est pas une sauvegarde entière');
  });
});

describe('where it is restored', () => {
  test('over existing data: refused, and not a byte of them changed', async () => {
    const { path } = await taken();
    const target = scratchFolder();
    cpSync(path, target, { recursive: true });
    const before = readFileSync(join(target, DATABASE_FILE));
    await expect(backupsOf(world.folder).restore(path, target)).rejects.toThrow(/contient déjà des données : elles sont restées telles quelles, rien n’a été restauré/);
    await expect(backupsOf(world.folder).restore(path, world.folder)).rejects.toThrow('contient déjà des données');
    const stray = scratchFolder();
    writeFileSync(stray, 'un fichier');
    await expect(backupsOf(world.folder).restore(path, stray)).rejects.toThrow('contient déjà des données');
    expect(readFileSync(join(target, DATABASE_FILE)).equals(before)).toBe(true);
    expect(names(dirname(target))).toEqual([basename(target)]);
  });

  test('an empty folder serves; what a dead process left beside goes', async () => {
    const { path } = await taken();
    const target = scratchFolder();
    mkdirSync(target);
    mkdirSync(`${target}.restauration-${spawnSync('true').pid}`);
    await backupsOf(world.folder).restore(path, target);
    expect(names(dirname(target))).toEqual([basename(target)]);
    expect(names(target).sort()).toEqual([DATABASE_FILE, 'vault']);
    copyFileSync(join(path, 'manifest.json'), join(target, 'x')); // ours to write
  });
});

// What only the real store can show: it outlives its process, and serves no other one meanwhile.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from '@jest/globals';
import { DATABASE_FILE } from '../../src/adapters/persistence/database.js';
import { FolderRefused } from '../../src/adapters/persistence/folder-refused.js';
import { FolderInUse, lockFolder } from '../../src/adapters/persistence/lock.js';
import { openStore } from '../../src/adapters/persistence/store.js';
import { verifyChain } from '../../src/domain/evidence/chain.js';
import { Writer, sha256 } from '../kit/batches.js';
import { afterwards, scratchFolder } from '../kit/scratch.js';
import { openedBare, openedStore } from './stores.js';

const root = resolve(import.meta.dirname, '../..');
const OWNER = (folder: string) => ['--import', './test/kit/typescript-hooks.mjs', 'test/contracts/owner.ts', folder];
const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

/** Another process that owns the folder, and the numbers that it was told were written. */
async function owner(folder: string) {
  const child = spawn(process.execPath, OWNER(folder), { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  afterwards(() => child.kill('SIGKILL'));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      said += chunk;
      if (said.split('\n').length > 20) resolve();
    });
    child.on('close', () => reject(new Error('the owner ended by itself')));
  });
  return {
    pid: child.pid!,
    /** kill -9; the last number acknowledged. */
    async kill() {
      child.kill('SIGKILL');
      await ended;
      return Number(said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1));
    },
  };
}

describe('durability', () => {
  test('the settings that it rests on are those of the connection in use', async () => {
    const { source } = await openedBare();
    const value = async (name: string) => Object.values((await source.query(`PRAGMA ${name}`))[0])[0];
    expect(await value('journal_mode')).toBe('wal');
    expect(await value('synchronous')).toBe(2);
    expect(await value('foreign_keys')).toBe(1);
    expect(await value('secure_delete')).toBe(1);
    expect(await value('busy_timeout')).toBe(1_000);
  });

  test('everything is there when the folder is opened again', async () => {
    const first = await openedStore();
    const hour = new Writer('hour', { synergi: '2026-1' });
    const file = { digest: sha256('f'), activation: 'hour', salt: 's', name: 'f.txt', mime: 'text/plain', bytes: 2 };
    await first.vault.putFile(file, Buffer.from('ok'));
    await first.journal.append(hour.next({ entries: 3, outbox: [hour.effect('e1')], texts: [{ digest: 'd', salt: 's', content: 'c' }] }));
    await first.journal.markAlive(7_000);
    await first.outbox.claim(0, 1, 500);
    await first.close();
    await first.close();

    const again = await openedStore(first.folder);
    expect(await again.journal.read('hour')).toHaveLength(3);
    expect(await again.journal.summaries()).toHaveLength(1);
    expect(await again.journal.alive()).toBe(7_000);
    expect(await again.outbox.claim(500, 10, 500)).toMatchObject([{ id: 'e1', doubt: true }]);
    expect(await again.vault.texts(['d'])).toHaveLength(1);
    expect(Buffer.from((await again.vault.readFile(file.digest))!).toString()).toBe('ok');
  });

  test('kill -9 while it writes loses nothing that was acknowledged, tears no batch, and frees the folder', async () => {
    const folder = scratchFolder();
    const last = await (await owner(folder)).kill();
    const { journal, outbox } = await openedStore(folder);
    const links = await journal.read('hour');
    expect(links.length).toBeGreaterThanOrEqual(last);
    expect(verifyChain(sha256, links)).toMatchObject({ ok: true, entries: (await journal.summaries())[0]!.seq });
    expect(await outbox.claim(0, 100_000, 1)).toHaveLength(links.length / 2);
  }, 30_000);
});

describe('one process per data folder', () => {
  test('a second process is refused, and told which one is there', async () => {
    const folder = scratchFolder();
    const { pid } = await owner(folder);
    await expect(openStore(folder)).rejects.toThrow(FolderInUse);
    await expect(openStore(folder)).rejects.toThrow(`Le dossier ${folder} est déjà utilisé par le processus ${pid}.`);
  }, 30_000);

  test('so is a second opening by the same process, which leaves the first one its lock', async () => {
    const { folder, journal, close } = await openedStore();
    for (let i = 0; i < 3; i++) await expect(openStore(folder)).rejects.toThrow(FolderInUse);
    // Locks belong to the process: closing any handle on the file would have let others in.
    const stranger = spawnSync(process.execPath, OWNER(folder), { cwd: root, encoding: 'utf8', timeout: 20_000 });
    expect(stranger.stderr).toContain('FolderInUse');
    await journal.append(new Writer('hour').next());
    await close();
    await openedStore(folder);
  }, 30_000);

  test('the number left by a process that is dead keeps nobody out', async () => {
    const folder = scratchFolder();
    mkdirSync(folder);
    writeFileSync(join(folder, 'lock.pid'), '1\n');
    const lock = lockFolder(folder);
    expect(readFileSync(join(folder, 'lock.pid'), 'utf8')).toBe(`${process.pid}\n`);
    lock.release();
    lock.release();
    expect(existsSync(join(folder, 'lock.pid'))).toBe(false);
  });

  test('an opening that fails gives the folder back', async () => {
    const folder = scratchFolder();
    mkdirSync(folder);
    writeFileSync(join(folder, DATABASE_FILE), 'this is no database, and it is long enough for SQLite to notice it at once');
    await expect(openStore(folder)).rejects.toThrow(FolderRefused);
    lockFolder(folder).release();
  });

  test('nobody else on the machine may read it', async () => {
    const folder = scratchFolder();
    mkdirSync(folder, { mode: 0o755 });
    const { journal, vault } = await openedStore(folder);
    await journal.append(new Writer('hour').next());
    await vault.putFile({ digest: sha256('f'), activation: 'hour', salt: 's', name: 'f', mime: 'text/plain', bytes: 1 }, new Uint8Array(1));
    expect(mode(folder)).toBe('700');
    const open = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => !/^[67]00$/.test(mode(join(folder, name))));
    expect(open).toEqual([]);
  });
});

test('an outside tool may read the database while the server has it', async () => {
  const { folder, journal } = await openedStore();
  await journal.append(new Writer('hour').next());
  const tool = new Database(join(folder, DATABASE_FILE), { readonly: true });
  afterwards(() => tool.close());
  expect(tool.prepare('SELECT count(*) AS n FROM entries').get()).toEqual({ n: 1 });
});

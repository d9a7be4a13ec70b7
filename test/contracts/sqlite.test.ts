// What only the real store can show: the disk, the process, the shared connection.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from '@jest/globals';
import { StorageFailed } from '../../src/application/ports.js';
import { DATABASE_FILE, openDatabase } from '../../src/adapters/persistence/database.js';
import { DirectorySqlite } from '../../src/adapters/persistence/directory-sqlite.js';
import { JournalSqlite } from '../../src/adapters/persistence/journal-sqlite.js';
import { FolderInUse, lockFolder } from '../../src/adapters/persistence/lock.js';
import { makePrivateFolder } from '../../src/adapters/persistence/private-folder.js';
import { openStore } from '../../src/adapters/persistence/store.js';
import { verifyChain } from '../../src/domain/evidence/chain.js';
import { Writer, sha256 } from '../kit/batches.js';
import { afterwards, scratchFolder } from '../kit/scratch.js';

const root = resolve(import.meta.dirname, '../..');
const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

async function opened(folder = scratchFolder()) {
  const store = await openStore(folder);
  afterwards(() => store.close());
  return { folder, ...store };
}

/** The parts of a store on a connection that the test may spoil. */
async function openedBare() {
  const folder = scratchFolder();
  makePrivateFolder(folder);
  const { source, handle } = await openDatabase(folder);
  afterwards(() => source.destroy());
  return { folder, source, handle, journal: new JournalSqlite(handle, () => 0), directory: new DirectorySqlite(source) };
}

/** Another process that owns the folder, and the numbers that it was told were written. */
async function owner(folder: string) {
  const child = spawn(process.execPath, ['--import', './test/kit/typescript-hooks.mjs', 'test/contracts/owner.ts', folder], {
    cwd: root, stdio: ['ignore', 'pipe', 'inherit'],
  });
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
    const first = await opened();
    const hour = new Writer('hour', { synergi: '2026-1' });
    const file = { digest: sha256('f'), salt: 's', name: 'f.txt', mime: 'text/plain', bytes: 2 };
    await first.vault.putFile(file, Buffer.from('ok'));
    await first.journal.append(hour.next({ entries: 3, outbox: [hour.effect('e1')], texts: [{ digest: 'd', salt: 's', content: 'c' }] }));
    await first.journal.markAlive(7_000);
    await first.outbox.claim(0, 1, 500);
    await first.close();
    await first.close();

    const again = await opened(first.folder);
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
    const { journal, outbox } = await opened(folder);
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
    const { folder, journal, close } = await opened();
    for (let i = 0; i < 3; i++) await expect(openStore(folder)).rejects.toThrow(FolderInUse);
    await journal.append(new Writer('hour').next());
    await close();
    await opened(folder);
  });

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
    await expect(openStore(folder)).rejects.toThrow();
    lockFolder(folder).release();
  });

  test('nobody else on the machine may read it', async () => {
    const folder = scratchFolder();
    mkdirSync(folder, { mode: 0o755 });
    const { journal, vault } = await opened(folder);
    await journal.append(new Writer('hour').next());
    await vault.putFile({ digest: sha256('f'), salt: 's', name: 'f', mime: 'text/plain', bytes: 1 }, new Uint8Array(1));
    expect(mode(folder)).toBe('700');
    const open = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => !/^[67]00$/.test(mode(join(folder, name))));
    expect(open).toEqual([]);
  });
});

describe('a disk that refuses', () => {
  test('full in the middle of a batch: StorageFailed, nothing recorded, and it goes on when there is room', async () => {
    const { source, journal, directory } = await openedBare();
    const hour = new Writer('hour');
    await journal.append(hour.next());
    const [{ page_count: pages }] = await source.query('PRAGMA page_count');
    await source.query(`PRAGMA max_page_count = ${pages + 2}`);
    const big = hour.next({ entries: 2, texts: [{ digest: 'd', salt: 's', content: 'x'.repeat(100_000) }], summary: { life: 'ended' } });
    await expect(journal.append(big)).rejects.toThrow(StorageFailed);
    expect(await journal.read('hour')).toHaveLength(1);
    expect(await journal.summaries()).toMatchObject([{ seq: 1, life: 'running' }]);
    const fill = async () => {
      for (let i = 0; ; i++) await directory.putSession({ tokenHash: `${i}${'x'.repeat(500)}`, account: 'a', createdAt: 0, seenAt: 0, expiresAt: 1, strong: false });
    };
    await expect(fill()).rejects.toThrow(StorageFailed);
    await source.query('PRAGMA max_page_count = 100000');
    await journal.append(big);
    expect(await journal.read('hour')).toHaveLength(3);
  });

  test('read-only: neither batch nor probe nor session passes', async () => {
    const { source, journal, directory } = await openedBare();
    await source.query('PRAGMA query_only = ON');
    await expect(journal.probe()).rejects.toThrow(StorageFailed);
    await expect(journal.append(new Writer('hour').next())).rejects.toThrow(StorageFailed);
    await expect(directory.dropSession('s')).rejects.toThrow(StorageFailed);
  });

  test('closed: what comes too late is refused as not recorded', async () => {
    const { journal, close } = await opened();
    await close();
    await expect(journal.append(new Writer('hour').next())).rejects.toThrow(StorageFailed);
  });

  test('the vault: a file that cannot be written is not announced', async () => {
    const { folder, vault } = await opened();
    const digest = sha256('f');
    writeFileSync(join(folder, 'vault', digest.slice(0, 2)), 'in the way');
    await expect(vault.putFile({ digest, salt: 's', name: 'f', mime: 'text/plain', bytes: 1 }, new Uint8Array(1))).rejects.toThrow(StorageFailed);
    expect(await vault.file(digest)).toBeUndefined();
    expect(readdirSync(join(folder, 'vault', 'arriving'))).toEqual([]);
  });
});

describe('the shared connection', () => {
  test('a transaction that somebody left open is noticed before anything is written into it', async () => {
    const { source, journal } = await openedBare();
    const hour = new Writer('hour').next();
    await source.query('BEGIN');
    await expect(journal.append(hour)).rejects.toThrow(/transaction is open/);
    await expect(journal.markAlive(1)).rejects.toThrow(/transaction is open/);
    await source.query('ROLLBACK');
    await journal.append(hour);
  });

  test('a batch that fails at its last statement leaves nothing behind', async () => {
    const { source, journal } = await openedBare();
    await source.query(`CREATE TEMP TRIGGER broken BEFORE INSERT ON keys BEGIN SELECT RAISE(ABORT, 'broken'); END`);
    const key = { key: 'k', by: 'a', bodyHash: 'h', activation: 'hour', fromSeq: 1, toSeq: 1 };
    await expect(journal.append(new Writer('hour').next({ key }))).rejects.toThrow('broken');
    expect(await journal.read('hour')).toEqual([]);
    expect(await journal.summaries()).toEqual([]);
  });

  test('a stored line neither changes nor goes', async () => {
    const { source, journal } = await openedBare();
    await journal.append(new Writer('hour').next());
    await expect(source.query(`UPDATE entries SET line = '{}'`)).rejects.toThrow('entries never change');
    await expect(source.query('DELETE FROM entries')).rejects.toThrow('entries never go');
  });
});

describe('erasing', () => {
  test('leaves no trace of a text in the files of the database', async () => {
    const { folder, journal } = await opened();
    const secret = 'Mme Durand, 06 12 34 56 78 '.repeat(200);
    const hour = new Writer('hour');
    await journal.append(hour.next({ texts: [{ digest: 'd', salt: 's', content: secret }] }));
    // By another process: closing the file in this one would drop the locks that it holds.
    const traces = () => spawnSync('grep', ['-rla', '06 12 34 56 78', folder], { encoding: 'utf8' }).stdout;
    expect(traces()).not.toBe('');
    await journal.append(hour.next({ erased: ['d'] }));
    expect(traces()).toBe('');
    expect(await journal.read('hour')).toHaveLength(2);
  });

  test('removes the bytes of a file, at the next start if a crash came between', async () => {
    const first = await opened();
    const hour = new Writer('hour');
    const digest = sha256('f');
    const path = join(first.folder, 'vault', digest.slice(0, 2), digest.slice(2, 4), digest);
    const file = { digest, salt: 's', name: 'f', mime: 'text/plain', bytes: 1 };
    await first.vault.putFile(file, new Uint8Array(1));
    await first.journal.append(hour.next());
    await first.vault.sweep([digest]);
    expect(existsSync(path)).toBe(true); // nothing was erased yet
    await first.journal.append(hour.next({ erased: [digest] }));
    writeFileSync(join(first.folder, 'vault', 'arriving', 'cut off'), 'x');
    await first.close();
    await opened(first.folder);
    expect(existsSync(path)).toBe(false);
    expect(readdirSync(join(first.folder, 'vault', 'arriving'))).toEqual([]);
  });
});

test('an outside tool may read the database while the server has it', async () => {
  const { folder, journal } = await opened();
  await journal.append(new Writer('hour').next());
  const tool = new Database(join(folder, DATABASE_FILE), { readonly: true });
  afterwards(() => tool.close());
  expect(tool.prepare('SELECT count(*) AS n FROM entries').get()).toEqual({ n: 1 });
});

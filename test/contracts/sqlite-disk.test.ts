// What only the real store can show: a disk that refuses, a connection that is shared, an erasure that erases.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from '@jest/globals';
import { DATABASE_FILE } from '../../src/adapters/persistence/database.js';
import { StorageFailed } from '../../src/application/ports.js';
import { Writer, sha256 } from '../kit/batches.js';
import { afterwards } from '../kit/scratch.js';
import { openedBare, openedStore } from './stores.js';

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

  test('full in the middle of a shared commit: each of its batches is refused, and nothing of any is written', async () => {
    const { source, journal } = await openedBare();
    await journal.append(new Writer('before').next());
    const [{ page_count: pages }] = await source.query('PRAGMA page_count');
    await source.query(`PRAGMA max_page_count = ${pages + 2}`);
    const big = { digest: 'd', salt: 's', content: 'x'.repeat(100_000) };
    const batches = [new Writer('small').next(), new Writer('big').next({ texts: [big] }), new Writer('after').next()];
    const answers = await Promise.allSettled(batches.map((batch) => journal.append(batch)));
    expect(answers.map((one) => one.status === 'rejected' && one.reason instanceof StorageFailed)).toEqual([true, true, true]);
    expect((await journal.summaries()).map(({ id }) => id)).toEqual(['before']);
    await source.query('PRAGMA max_page_count = 100000');
    await Promise.all(batches.map((batch) => journal.append(batch)));
    expect(await journal.summaries()).toHaveLength(4);
  });

  test('read-only: neither batch nor probe nor session passes', async () => {
    const { source, journal, directory } = await openedBare();
    await source.query('PRAGMA query_only = ON');
    await expect(journal.probe()).rejects.toThrow(StorageFailed);
    await expect(journal.append(new Writer('hour').next())).rejects.toThrow(StorageFailed);
    await expect(directory.dropSession('s')).rejects.toThrow(StorageFailed);
  });

  test('closed: what comes too late is refused as not recorded', async () => {
    const { journal, close } = await openedStore();
    await close();
    await expect(journal.append(new Writer('hour').next())).rejects.toThrow(StorageFailed);
  });

  test('the vault: a file that cannot be written is not announced', async () => {
    const { folder, vault } = await openedStore();
    const digest = sha256('f');
    writeFileSync(join(folder, 'vault', digest.slice(0, 2)), 'in the way');
    await expect(vault.putFile({ digest, activation: 'hour', salt: 's', name: 'f', mime: 'text/plain', bytes: 1 }, new Uint8Array(1))).rejects.toThrow(StorageFailed);
    expect(await vault.file(digest)).toBeUndefined();
    expect(readdirSync(join(folder, 'vault', 'arriving'))).toEqual([]);
  });
});

describe('the shared connection', () => {
  test('what is appended in one turn is one transaction; what fails inside it, before the commit, leaves nothing', async () => {
    const batches: number[] = [];
    let fails = false;
    const seams = { insideCommit: (count: number) => {
      batches.push(count);
      if (fails) throw new Error('made to fail by the test');
    } };
    const { journal } = await openedStore(undefined, undefined, seams);
    const writers = ['a', 'b', 'c'].map((id) => new Writer(id));
    await Promise.all(writers.map((writer) => journal.append(writer.next())));
    expect(batches).toEqual([3]);
    fails = true;
    const answers = await Promise.allSettled(writers.map((writer) => journal.append(writer.next())));
    expect(answers.every(({ status }) => status === 'rejected')).toBe(true);
    for (const id of ['a', 'b', 'c']) expect(await journal.read(id)).toHaveLength(1);
  });

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
    await expect(journal.append(new Writer('hour').next({ keys: [key] }))).rejects.toThrow('broken');
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
    const { folder, journal } = await openedStore();
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

  test('waits for nobody who reads, a backup for one: the event loop goes on', async () => {
    const { folder, journal } = await openedStore();
    const hour = new Writer('hour');
    await journal.append(hour.next({ texts: [{ digest: 'd', salt: 's', content: 'c' }] }));
    const reader = new Database(join(folder, DATABASE_FILE), { readonly: true });
    afterwards(() => reader.close());
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM entries').get();
    const began = performance.now();
    await journal.append(hour.next({ erased: ['d'] }));
    expect(performance.now() - began).toBeLessThan(500); // the patience of the connection is a second
    reader.exec('COMMIT');
    await journal.append(hour.next({ erased: ['d'] }));
    expect(spawnSync('grep', ['-rlaF', '"seq":1', `${folder}/${DATABASE_FILE}-wal`]).stdout.toString()).toBe('');
  });

  test('removes the bytes of a file, at the next start if a crash came between', async () => {
    const first = await openedStore();
    const hour = new Writer('hour');
    const digest = sha256('f');
    const path = join(first.folder, 'vault', digest.slice(0, 2), digest.slice(2, 4), digest);
    const file = { digest, activation: 'hour', salt: 's', name: 'f', mime: 'text/plain', bytes: 1 };
    await first.vault.putFile(file, new Uint8Array(1));
    await first.journal.append(hour.next());
    await first.vault.sweep([digest]);
    expect(existsSync(path)).toBe(true); // nothing was erased yet
    await first.journal.append(hour.next({ erased: [digest] }));
    writeFileSync(join(first.folder, 'vault', 'arriving', 'cut off'), 'x');
    await first.close();
    await openedStore(first.folder);
    expect(existsSync(path)).toBe(false);
    expect(readdirSync(join(first.folder, 'vault', 'arriving'))).toEqual([]);
  });
});

// Figures inside one process: submissions one at a time and 64 at once, and the fold.
import Database from 'better-sqlite3';
import { hash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCommand } from './night.mjs';
import { figure, interleaved, median } from './rounds.mjs';

const root = new URL('../../', import.meta.url);
const source = (path) => import(new URL(`src/${path}`, root).href);
const sha256 = (text) => hash('sha256', text, 'hex');
const PER_ROUND = 2_000;

const AT_ONCE = 64;
const ACTIVATIONS_AT_ONCE = 16;

/** A store with `count` running activations of at least `entries` entries; `submit(i)` writes one more in the i-th. */
async function openedWith(entries, folder, count = 1) {
  const { openStore } = await source('adapters/persistence/store.ts');
  const { Activations } = await source('application/activations.ts');
  const store = await openStore(folder);
  const clock = { wall: Date.now, monotonic: () => performance.now() };
  const silent = { news() {}, lobby() {}, async request() { return 0; } };
  const activations = new Activations(store.journal, clock, sha256, silent);
  const author = { id: 'a'.repeat(32), rights: ['directeur'], source: 'api' };
  const ids = Array.from({ length: count }, () => randomBytes(16).toString('hex'));
  for (const id of ids) await activations.submit(id, { command: openCommand(id), author, key: `open ${id}` });
  const turns = ids.map(() => 0);
  const people = ['b'.repeat(32), 'c'.repeat(32)];
  let n = 0;
  // One entry and one outbox row each: the step changes hands, and its new owner is asked. With a key, as orders come.
  const submit = (i = 0) => activations.submit(ids[i], { command: { type: 'assign-step', step: 'P14', to: people[turns[i]++ % 2] }, author, key: `k${++n}`, bodyHash: 'x' });
  while ((await submit()).toSeq < entries);
  const sample = (await store.journal.read(ids[0], entries - 2)).at(-1);
  return { store, submit, sample };
}

/** Bare better-sqlite3 with the same rows, one FULL transaction each. */
function bareStore(file, sample) {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('create table entries (activation text, seq integer, line text, hash text, primary key (activation, seq)); create table outbox (id text primary key, lane text, effect text, createdAt integer)');
  const entry = db.prepare('insert into entries values (?, ?, ?, ?)');
  const row = db.prepare('insert into outbox values (?, ?, ?, ?)');
  const effect = 'x'.repeat(260);
  let seq = 0;
  const both = db.transaction(() => {
    seq++;
    entry.run('a'.repeat(32), seq, sample.line, sample.hash);
    row.run(`${'a'.repeat(32)}/${seq}`, 'real', effect, seq);
  });
  for (let i = 0; i < 1_000; i++) both();
  return { db, both };
}

const perSecond = async (count, work) => {
  const from = performance.now();
  await work(count);
  return count / ((performance.now() - from) / 1000);
};
const oneByOne = (one) => async (count) => {
  for (let i = 0; i < count; i++) await one();
};

export async function submissions() {
  const folder = mkdtempSync(join(tmpdir(), 'tz-bench-'));
  const { store, submit, sample } = await openedWith(1_000, join(folder, 'data'));
  const { db, both } = bareStore(join(folder, 'bare.sqlite'), sample);
  const { ours, theirs, noisy } = await interleaved(5, () => perSecond(PER_ROUND, oneByOne(submit)), () => perSecond(PER_ROUND, oneByOne(both)));
  await store.close();
  db.close();
  rmSync(folder, { recursive: true });
  return figure('submissions per second in the process, one at a time', { value: median(ours), yardstick: median(theirs), unit: '/s', goal: 0.6, noisy: noisy((x) => x) });
}

/** What the first minutes of a night are: many orders at the same moment, in several activations, each with its verdict. */
export async function submissionsAtOnce() {
  const folder = mkdtempSync(join(tmpdir(), 'tz-bench-'));
  const { store, submit, sample } = await openedWith(100, join(folder, 'data'), ACTIVATIONS_AT_ONCE);
  const { db, both } = bareStore(join(folder, 'bare.sqlite'), sample);
  const together = (count) => {
    let left = count;
    const one = async (i) => {
      while (left-- > 0) {
        const answer = await submit(i % ACTIVATIONS_AT_ONCE);
        if (answer.toSeq < answer.fromSeq) throw new Error('a submission wrote nothing');
      }
    };
    return Promise.all(Array.from({ length: AT_ONCE }, (_, i) => one(i)));
  };
  const { ours, theirs, noisy } = await interleaved(5, () => perSecond(5 * PER_ROUND, together), () => perSecond(PER_ROUND, oneByOne(both)));
  await store.close();
  db.close();
  rmSync(folder, { recursive: true });
  return figure(`submissions per second in the process, ${AT_ONCE} at once, ${ACTIVATIONS_AT_ONCE} activations`, { value: median(ours), yardstick: median(theirs), unit: '/s', goal: 3, noisy: noisy((x) => x) });
}

export async function folding() {
  const { fold } = await source('domain/activation.ts');
  const folder = mkdtempSync(join(tmpdir(), 'tz-bench-'));
  const { store, sample } = await openedWith(10_000, join(folder, 'data'));
  const id = JSON.parse(sample.line).activation;
  const entries = (await store.journal.read(id)).map(({ line }) => JSON.parse(line));
  await store.close();
  rmSync(folder, { recursive: true });
  const rounds = Array.from({ length: 5 }, () => {
    const from = performance.now();
    fold(id, entries);
    return performance.now() - from;
  });
  return figure(`fold of ${entries.length} entries`, { value: median(rounds), unit: 'ms', goal: 20, better: 'less' });
}

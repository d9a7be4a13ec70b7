// Figures inside one process: submissions one at a time, and the fold.
import Database from 'better-sqlite3';
import { hash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { figure, interleaved, median } from './rounds.mjs';

const root = new URL('../../', import.meta.url);
const dist = (path) => import(new URL(`dist/${path}`, root).href);
const sha256 = (text) => hash('sha256', text, 'hex');
const PER_ROUND = 2_000;

async function openedWith(entries, folder) {
  const { openStore } = await dist('adapters/persistence/store.js');
  const { Activations } = await dist('application/activations.js');
  const plan = JSON.parse(readFileSync(new URL('config/plans/standard.json', root), 'utf8'));
  const store = await openStore(folder);
  const clock = { wall: Date.now, monotonic: () => performance.now() };
  const silent = { news() {}, lobby() {}, async request() { return 0; } };
  const activations = new Activations(store.journal, clock, sha256, silent);
  const id = randomBytes(16).toString('hex');
  const author = { id: 'a'.repeat(32), rights: ['directeur'], source: 'api' };
  const open = { type: 'open', id, lane: 'real', kind: 'cod', prefecture: 'Banc', departement: '76', timeZone: 'Europe/Paris', plan, facts: { accounts: true }, t0: Date.now() };
  await activations.submit(id, { command: open, author, key: 'open' });
  let n = 0;
  const people = ['b'.repeat(32), 'c'.repeat(32)];
  // One entry and one outbox row each: the step changes hands, and its new owner is asked.
  const submit = () => activations.submit(id, { command: { type: 'assign-step', step: 'P14', to: people[n++ % 2] }, author, key: `k${n}` });
  while ((await submit()).toSeq < entries);
  const sample = (await store.journal.read(id, entries - 2)).at(-1);
  return { store, submit, sample };
}

export async function submissions() {
  const folder = mkdtempSync(join(tmpdir(), 'tz-bench-'));
  const { store, submit, sample } = await openedWith(1_000, join(folder, 'data'));
  const db = new Database(join(folder, 'bare.sqlite'));
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
  const perSecond = async (one) => {
    const from = performance.now();
    for (let i = 0; i < PER_ROUND; i++) await one();
    return PER_ROUND / ((performance.now() - from) / 1000);
  };
  const { ours, theirs, noisy } = await interleaved(5, () => perSecond(submit), () => perSecond(both));
  await store.close();
  db.close();
  rmSync(folder, { recursive: true });
  return figure('submissions per second in the process, one at a time', { value: median(ours), yardstick: median(theirs), unit: '/s', goal: 0.6, noisy: noisy((x) => x) });
}

export async function folding() {
  const { fold } = await dist('domain/activation.js');
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

// Issue 4: the search of a person or commune as one types, 50,000 people in the directory, at the server and over HTTP.
// Each letter of each query is asked, as the console asks it; now and then somebody changes a card, and the book sorts anew.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstAdministrator, post, ServerProcess } from '../kit/server-process.ts';
import { figure, percentile } from './rounds.mjs';

const source = (path) => import(new URL(`../../src/${path}`, import.meta.url).href);
const PEOPLE = 50_000;
const ROUNDS = 6;
const LAST = ['Martin', 'Bernard', 'Lefèvre', 'Dubois', 'Œuvray', 'Le Goff', 'Moreau', 'Lenoir', 'Petit', 'Garnier'];
const FIRST = ['Anne', 'Hélène', 'Jean', 'Paul', 'Lise', 'Noël', 'Inès', 'Marc'];
const TYPED = ['martin', 'helene oeuvray', 'maire rouen', 'dieppe', 'adjoint le havre', 'legoff', '76540', 'zzzz', 'a', 'lefevre 123'];

export async function search() {
  const folder = mkdtempSync(join(tmpdir(), 'tz-bench-'));
  const data = join(folder, 'data');
  const first = await ServerProcess.start(data);
  const person = await firstAdministrator(first);
  await first.stop();
  await fill(data);
  const server = await ServerProcess.start(data);
  const ask = async (path) => {
    const began = performance.now();
    const answer = await (await fetch(server.url + path, { headers: person.headers })).json();
    return [performance.now() - began, answer];
  };
  const [, all] = await ask('/api/directory/people');
  if (all.total !== PEOPLE) throw new Error(`not the directory that was meant: ${all.total}`);
  const people = [];
  const communes = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const [n, query] of TYPED.entries()) {
      for (let letters = 1; letters <= query.length; letters++) {
        const q = encodeURIComponent(query.slice(0, letters));
        people.push((await ask(`/api/directory/people?q=${q}`))[0]);
        communes.push((await ask(`/api/communes?q=${q}`))[0]);
      }
      const change = { kind: 'agent', lastName: `Nouveau ${round} ${n}`, contacts: [] };
      if (n % 5 === 0) await post(server.url, '/api/directory/people', change, person.headers);
    }
  }
  await server.stop();
  rmSync(folder, { recursive: true });
  const line = (name, times) => figure(name, { value: percentile(times, 0.99), unit: 'ms', goal: 50, better: 'less' });
  return [line(`search of a person as one types, ${PEOPLE} people, p99 of ${people.length}`, people), line(`search of a commune as one types, p99 of ${communes.length}`, communes)];
}

/** Fictional people, in force by an import that is applied. */
async function fill(data) {
  const { openStore } = await source('adapters/persistence/store.ts');
  const { readCommunes } = await source('adapters/communes.ts');
  const codes = (await readCommunes('76', ['14', '27', '60', '80'])).all().map(({ code }) => code);
  const store = await openStore(data);
  const counts = { read: PEOPLE, added: PEOPLE, changed: 0, ended: 0, unchanged: 0, rejected: 0, elsewhere: 0 };
  const record = { id: 'b'.repeat(32), kind: 'own-list', fileName: 'banc.csv', by: 'a'.repeat(32), startedAt: 1, state: 'staging', at: 1, counts, fault: null };
  await store.addressBook.putImport(record);
  for (let from = 0; from < PEOPLE; from += 500) {
    await store.addressBook.stage(record.id, Array.from({ length: 500 }, (_, i) => someone(from + i, codes)), []);
  }
  await store.addressBook.putImport({ ...record, state: 'applied', at: 2 });
  await store.close();
}

function someone(n, codes) {
  return {
    id: randomBytes(16).toString('hex'), version: 1, kind: 'official', lastName: `${LAST[n % LAST.length]}-${n}`, firstName: FIRST[n % FIRST.length], office: n % 3 ? 'adjoint' : 'maire',
    title: n % 3 ? `${n % 12}e adjoint` : 'maire', order: n % 12, commune: codes[n % codes.length], organisation: '', account: null, since: '2026-03-29', until: null,
    contacts: [{ kind: 'phone', number: `+336${String(39_980_000 + (n % 10_000))}`, line: 'mobile', checkedAt: 1 }], changedAt: 1,
  };
}

// Issue 4.2: kill -9 while an import is rehearsed, switched on and taken back. Whole or not at all, on the disk and in the book. Fictional people.
import { hash } from 'node:crypto';
import { afterEach, expect, test } from '@jest/globals';
import { openStore } from '../../src/adapters/persistence/store.js';
import { verifyChain } from '../../src/domain/evidence/chain.js';
import { ADMINISTRATION } from '../../src/domain/administration.js';
import type { PeoplePage } from '../../src/contract/directory.js';
import type { FileSeen, ImportShown } from '../../src/contract/imports.js';
import type { UploadState } from '../../src/contract/listings.js';
import { within } from '../kit/forms.js';
import { mayorsFile } from '../kit/import-files.js';
import { scratchFolder } from '../kit/scratch.js';
import { firstAdministrator, freePort, post, ServerProcess, type Person } from '../kit/server-process.js';

const MAIN = 'test/faults/main-that-dies.mjs';
const AT = '/api/directory/imports';
const PEOPLE = 1_300;
const FILE = Buffer.from(mayorsFile(...Array.from({ length: PEOPLE }, (_, n) => ({ commune: n % 2 ? '76540' : '76217', last: `FICTIF-${n}`, first: 'Élise' }))));

/** As test/faults/main-that-dies.mjs names them; what the import is afterwards, and how many people are in force. */
const DEATHS = [
  { point: '6 in the middle of a rehearsal', on: 1, during: 'rehearse', state: 'discarded', people: 0 },
  { point: '6 in the middle of a rehearsal', on: 3, during: 'rehearse', state: 'discarded', people: 0 },
  { point: '7 before the switch of an import', on: 1, during: 'apply', state: 'discarded', people: 0 },
  { point: '8 inside the switch of an import', on: 1, during: 'apply', state: 'discarded', people: 0 },
  { point: '9 after the switch of an import', on: 1, during: 'apply', state: 'applied', people: PEOPLE },
  { point: '7 before the switch of an import', on: 2, during: 'undo', state: 'applied', people: PEOPLE },
  { point: '8 inside the switch of an import', on: 2, during: 'undo', state: 'applied', people: PEOPLE },
  { point: '9 after the switch of an import', on: 2, during: 'undo', state: 'undone', people: 0 },
] as const;

let server: ServerProcess;
afterEach(() => server.kill());

test('kill -9 at each point of an import: after the next start it is there whole, or nothing of it is', async () => {
  const folder = scratchFolder();
  const port = await freePort();
  /** What was left in force is taken back before the next death: one more switch. */
  let isInForce = false;
  const next = (death: number) => {
    const { point, on } = DEATHS[death] ?? { point: 'none', on: 1 };
    return ServerProcess.start(folder, { port, main: MAIN, env: { DIES_AT: point, DIES_ON: String(isInForce && !point.startsWith('6') ? on + 1 : on) } });
  };
  server = await next(0);
  const person = await firstAdministrator(server, ['admin', 'communication']);

  for (const [n, { point, on, during, state, people }] of DEATHS.entries()) {
    const id = await begun(server, person);
    if (during !== 'rehearse') {
      await within(20_000, 'it is rehearsed', async () => (await shown(server, person, id)).state === 'rehearsed');
      if (during === 'undo') await post(server.url, `${AT}/${id}/apply`, {}, person.headers);
      await expect(post(server.url, `${AT}/${id}/${during}`, {}, person.headers)).rejects.toThrow('fetch failed');
    }
    await within(20_000, `the process passes « ${point} »`, () => server.gone);

    isInForce = state === 'applied';
    server = await next(n + 1);
    expect({ point, on, state: (await shown(server, person, id)).state, people: await inForce(server, person) }).toEqual({ point, on, state, people });
    // Whoever was in the middle of it goes on: taken back, or chosen again.
    if (isInForce) await post(server.url, `${AT}/${id}/undo`, {}, person.headers);
    expect(await inForce(server, person)).toBe(0);
  }
  expect(await server.stop()).toBe(0);

  const store = await openStore(folder);
  const links = await store.journal.read(ADMINISTRATION);
  expect(verifyChain((text) => hash('sha256', text, 'hex'), links)).toMatchObject({ ok: true, entries: links.length });
  const switched = links.flatMap(({ line }) => /"type":"(import(?:Applied|Undone))"/.exec(line)?.[1] ?? []);
  expect(switched).toEqual(Array.from({ length: 4 }, () => ['importApplied', 'importUndone']).flat());
  await store.close();
}, 120_000);

/** Sent, and its rehearsal begun. */
async function begun({ url }: ServerProcess, { headers }: Person): Promise<string> {
  const { upload } = (await (await post(url, `${AT}/uploads`, { name: 'maires.csv', size: FILE.length }, headers)).json()) as UploadState;
  await fetch(`${url}${AT}/uploads/${upload}?offset=0`, { method: 'PUT', headers: { ...headers, 'content-type': 'application/octet-stream' }, body: FILE });
  const { kind } = (await (await post(url, `${AT}/uploads/${upload}/complete`, {}, headers)).json()) as FileSeen;
  return ((await (await post(url, AT, { upload, kind }, headers)).json()) as { import: string }).import;
}

async function shown({ url }: ServerProcess, { headers }: Person, id: string): Promise<ImportShown> {
  return (await (await fetch(`${url}${AT}/${id}`, { headers })).json()) as ImportShown;
}

async function inForce({ url }: ServerProcess, { headers }: Person): Promise<number> {
  return ((await (await fetch(`${url}/api/directory/people`, { headers })).json()) as PeoplePage).total;
}

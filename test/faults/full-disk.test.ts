// A disk without a free byte, on a small file system: while it runs, at a restart after a crash and after a clean stop.
import { hash } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { openStore } from '../../src/adapters/persistence/store.js';
import { verifyChain } from '../../src/domain/evidence/chain.js';
import type { ActivationEntry } from '../../src/domain/events.js';
import { toMs } from '../../src/domain/time.js';
import { orSkip, within } from '../kit/forms.js';
import { LiveBoard, snapshotOf } from '../kit/live-board.js';
import { afterwards } from '../kit/scratch.js';
import { firstAdministrator, freePort, post, ServerProcess } from '../kit/server-process.js';
import { SmallDisk } from '../kit/small-disk.js';

orSkip('a full disk', SmallDisk.refusal(), test)('orders are refused, what was acknowledged is there, reading goes on, a restart too, and room heals it all', async () => {
  const disk = SmallDisk.mount();
  const folder = join(disk.folder, 'data');
  const port = await freePort();
  let server = await ServerProcess.start(folder, { port });
  afterwards(() => server.kill());
  const person = await firstAdministrator(server);
  const opened = await post(server.url, '/api/activations', { lane: 'real', kind: 'cod', t0: new Date().toISOString() }, { ...person.headers, 'idempotency-key': 'open' });
  const { activation } = (await opened.json()) as { activation: string };
  const board = await LiveBoard.open(server.url, activation, person);
  afterwards(() => board.close());

  const acknowledged: string[] = [];
  const refused: string[] = [];
  const note = async (key: string) => {
    const response = await fetch(`${server.url}/api/activations/${activation}/log-note`, {
      method: 'POST', headers: { ...person.headers, 'content-type': 'application/json', 'idempotency-key': key }, body: JSON.stringify({ text: `${key} ${'x'.repeat(3_000)}` }),
    });
    if (response.ok) {
      acknowledged.push(key);
      return;
    }
    refused.push(key);
    expect(await response.json()).toMatchObject({ status: 507, refused: 'disk-full', detail: expect.stringMatching(/rien n’a été enregistré.*Votre saisie est gardée.*prévenez l’exploitant/) });
  };
  const closedForWriting = async () => {
    await note(`note-${acknowledged.length + refused.length}`);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    const { activation: shown } = await snapshotOf(server.url, activation, person.headers);
    await within(15_000, 'the board is where the server is', () => board.seq === shown.seq);
    expect(board.shown).toEqual(shown);
    return shown.seq;
  };

  for (let i = 0; i < 5; i++) await note(`first-${i}`);
  disk.fill();
  for (let i = 0; refused.length < 5; i++) await note(`full-${i}`);
  const written = await closedForWriting();

  // After a crash.
  await server.kill();
  disk.fill();
  server = await ServerProcess.start(folder, { port });
  expect(await closedForWriting()).toBe(written);
  const crashed = Date.now();
  disk.makeRoom();
  await within(15_000, 'it goes on by itself', async () => (await fetch(`${server.url}/readyz`)).ok);

  // After a clean stop, which leaves neither log nor shared memory: there is no room to make them.
  expect(await server.stop()).toBe(0);
  disk.fill();
  server = await ServerProcess.start(folder, { port });
  await closedForWriting();
  disk.makeRoom();
  await within(15_000, 'it goes on by itself', async () => (await fetch(`${server.url}/readyz`)).ok);

  for (const key of refused.splice(0)) await note(key);
  expect(refused).toEqual([]);
  const { activation: truth } = await snapshotOf(server.url, activation, person.headers);
  await within(15_000, 'the board is where the server is', () => board.seq >= truth.seq);
  expect(await server.stop()).toBe(0);

  const store = await openStore(folder);
  const links = await store.journal.read(activation);
  await store.close();
  expect(verifyChain((text) => hash('sha256', text, 'hex'), links)).toMatchObject({ ok: true });
  const entries = links.map(({ line }) => JSON.parse(line) as ActivationEntry);
  expect(entries.filter(({ type }) => type === 'noteLogged').map(({ command }) => command).sort()).toEqual([...acknowledged].sort());
  const outages = entries.flatMap((entry) => (entry.type === 'outageNoted' ? [entry.payload] : []));
  expect(outages).toHaveLength(2);
  expect(toMs(outages[0]!.to)).toBeLessThanOrEqual(crashed);
}, 120_000);

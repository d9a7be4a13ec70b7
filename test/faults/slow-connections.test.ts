import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { child } from '../kit/child.js';
import { form, LONG, pause } from '../kit/forms.js';
import { scratchFolder } from '../kit/scratch.js';
import { ServerProcess } from '../kit/server-process.js';

/** The limits of src/adapters/web/http-platform.ts: headers within 5 s, a whole request within 120 s. */
const CONNECTIONS = form(500, 3_000);
const REQUEST_MS = 120_000;
/** Whoever is not slow is answered within. */
const ANSWERED_MS = 3_000;

let server: ServerProcess;
beforeEach(async () => {
  server = await ServerProcess.start(scratchFolder());
}, 30_000);
afterEach(async () => {
  await server.kill();
});

test(`${CONNECTIONS} connections whose headers dribble are dropped within seconds, and the others are served meanwhile`, async () => {
  const dropped = await dribbling(CONNECTIONS, 'POST /api/sign-in HTTP/1.1\r\nhost: x\r\n', 'x-slow: 1\r\n');
  await servedUntil(async () => (await dropped()) === CONNECTIONS, 20_000);
}, 40_000);

test('bodies that dribble keep nobody else waiting', async () => {
  const count = form(200, 1_000);
  const dropped = await dribbling(count, 'POST /api/sign-in HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n{', ' ');
  const began = performance.now();
  await servedUntil(() => performance.now() - began > 2_000, 10_000);
  // A photo on a thin line is not cut; who takes two minutes is.
  expect(await dropped()).toBe(0);
  if (LONG) await servedUntil(async () => (await dropped()) === count, REQUEST_MS + 20_000);
}, REQUEST_MS + 60_000);

/** Opens so many connections that send their first bytes at once and the others twice a second; says how many were dropped. */
async function dribbling(count: number, first: string, then: string): Promise<() => Promise<number>> {
  const clients = child('faults/slow-clients.mjs');
  await clients.ask({ port: server.port, count, first, then });
  return async () => (await clients.ask<{ dropped: number }>({})).dropped;
}

async function servedUntil(done: () => boolean | Promise<boolean>, bound: number): Promise<void> {
  const began = performance.now();
  while (!(await done())) {
    expect(performance.now() - began).toBeLessThan(bound);
    const asked = performance.now();
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    expect(performance.now() - asked).toBeLessThan(ANSWERED_MS);
    await pause(250);
  }
}

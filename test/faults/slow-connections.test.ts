import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { form, LONG, pause } from '../kit/forms.js';
import { afterwards, scratchFolder } from '../kit/scratch.js';
import { ServerProcess } from '../kit/server-process.js';

/** The limits of src/adapters/web/http-platform.ts: headers within 5 s, a whole request within 120 s. */
const CONNECTIONS = form(500, 3_000);
const REQUEST_MS = 120_000;
/** The probe and thousands of slow clients share this test's own process: it measures both. */
const ANSWERED_MS = form(3_000, 10_000);

let server: ServerProcess;
let sockets: Socket[] = [];
beforeEach(async () => {
  server = await ServerProcess.start(scratchFolder());
}, 30_000);
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets = [];
  await server.kill();
});

test(`${CONNECTIONS} connections whose headers dribble are dropped within seconds, and the others are served meanwhile`, async () => {
  const dropped = dribbling(CONNECTIONS, 'POST /api/sign-in HTTP/1.1\r\nhost: x\r\n', 'x-slow: 1\r\n');
  await servedUntil(() => dropped() === CONNECTIONS, 20_000);
}, 40_000);

test('bodies that dribble keep nobody else waiting', async () => {
  const count = form(200, 1_000);
  const dropped = dribbling(count, 'POST /api/sign-in HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n{', ' ');
  const began = performance.now();
  await servedUntil(() => performance.now() - began > 2_000, 10_000);
  // A photo on a thin line is not cut; who takes two minutes is.
  expect(dropped()).toBe(0);
  if (LONG) await servedUntil(() => dropped() === count, REQUEST_MS + 20_000);
}, REQUEST_MS + 60_000);

/** Opens so many connections that send their first bytes at once and the others twice a second; says how many were dropped. */
function dribbling(count: number, first: string, then: string): () => number {
  let dropped = 0;
  sockets = Array.from({ length: count }, () => {
    const socket = connect(server.port, '127.0.0.1');
    socket.on('error', () => {});
    socket.on('close', () => dropped++);
    socket.on('connect', () => socket.write(first));
    return socket;
  });
  const timer = setInterval(() => {
    for (const socket of sockets) if (socket.writable && !socket.connecting) socket.write(then);
  }, 500);
  afterwards(() => clearInterval(timer));
  return () => dropped;
}

async function servedUntil(done: () => boolean, bound: number): Promise<void> {
  const began = performance.now();
  while (!done()) {
    expect(performance.now() - began).toBeLessThan(bound);
    const asked = performance.now();
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    expect(performance.now() - asked).toBeLessThan(ANSWERED_MS);
    await pause(250);
  }
}

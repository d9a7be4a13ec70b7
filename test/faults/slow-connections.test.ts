import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { scratchFolder } from '../kit/scratch.js';
import { ServerProcess } from '../kit/server-process.js';

const CONNECTIONS = 500;

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

test('hundreds of connections whose headers dribble are dropped within seconds, and the others are served meanwhile', async () => {
  let dropped = 0;
  const began = performance.now();
  sockets = Array.from({ length: CONNECTIONS }, () => {
    const socket = connect(server.port, '127.0.0.1');
    socket.on('error', () => {});
    socket.on('close', () => dropped++);
    socket.on('connect', () => socket.write('POST /api/sign-in HTTP/1.1\r\nhost: x\r\n'));
    return socket;
  });
  const dribble = setInterval(() => {
    for (const socket of sockets) if (socket.writable) socket.write('x-slow: 1\r\n');
  }, 500);
  while (dropped < CONNECTIONS) {
    expect(performance.now() - began).toBeLessThan(20_000);
    const asked = performance.now();
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    expect(performance.now() - asked).toBeLessThan(3_000);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  clearInterval(dribble);
}, 40_000);

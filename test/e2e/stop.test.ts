import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from '@jest/globals';
import type { ActivationEntry } from '../../src/domain/events.js';
import { toInstant } from '../../src/domain/time.js';
import { World, type Person } from '../kit/world.js';

test('a stop lets the request under way end, closes boards and idle connections, and says until when it lived', async () => {
  const world = await World.start();
  const duty = await world.person('astreinte');
  const id = await duty.open();
  const board = await duty.board();
  const polling = await duty.board(['polling']);
  const idle = connect(world.running.port, '127.0.0.1');
  idle.write('GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n');
  await once(idle, 'data');

  // A body that is still on its way when the stop begins.
  const body = JSON.stringify({ text: 'Écrit pendant l’arrêt' });
  const late = connect(world.running.port, '127.0.0.1');
  const headers = Object.entries({ ...duty.headers, host: 'x', 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  late.write(`POST /api/activations/${id}/log-note HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n${body.slice(0, 5)}`);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const began = performance.now();
  const stopped = world.running.stop();
  await new Promise((resolve) => setTimeout(resolve, 50));
  late.write(Buffer.from(body).subarray(5));
  const [answer] = (await once(late, 'data')) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 200/);
  await stopped;
  expect(performance.now() - began).toBeLessThan(2_500);
  await board.gone();
  await polling.gone();
  late.destroy();
  idle.destroy();

  world.clock.pass(60_000);
  const again = await World.start({ folder: world.folder, clock: world.clock });
  const entries = await new (duty.constructor as typeof Person)(again, duty.headers).entries(id);
  expect(entries.find(({ type }) => type === 'noteLogged')).toBeDefined();
  const outage = entries.find((entry): entry is Extract<ActivationEntry, { type: 'outageNoted' }> => entry.type === 'outageNoted');
  expect(outage?.payload.from).toBe(toInstant(world.clock.wall() - 60_000));
  await again.stop();
});

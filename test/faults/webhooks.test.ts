// 3.8, on the real process: news leaves within moments of its commit, and kill -9 in the middle of an answer skips nothing.
import { afterEach, expect, test } from '@jest/globals';
import { Receiver, verify } from '../kit/receiver.js';
import { afterwards, scratchFolder } from '../kit/scratch.js';
import { firstAdministrator, post, ServerProcess } from '../kit/server-process.js';

let server: ServerProcess | undefined;
afterEach(() => server?.kill());

test('a note is told at once; killed between sending and hearing, the process tells it again and goes on in order', async () => {
  const folder = scratchFolder();
  const env = { OUTSIDE_ALLOWED: '127.0.0.1' };
  server = await ServerProcess.start(folder, { env });
  afterwards(() => server?.kill());
  const { headers } = await firstAdministrator(server);
  const receiver = await Receiver.start();
  const { secret } = (await (await post(server.url, '/api/webhooks', { name: 'COZ', url: receiver.url }, headers)).json()) as { secret: string };
  const { activation } = (await (await post(server.url, '/api/activations', { lane: 'real', kind: 'cod' }, headers)).json()) as { activation: string };
  const note = async (text: string): Promise<number> =>
    ((await (await post(server!.url, `/api/activations/${activation}/log-note`, { text }, headers)).json()) as { toSeq: number }).toSeq;

  const first = await note('un');
  await receiver.until(({ seqs }) => seqs.includes(first));
  const began = performance.now();
  const second = await note('deux');
  await receiver.until(({ seqs }) => seqs.includes(second));
  expect(performance.now() - began).toBeLessThan(900); // by the hint: the beat alone would take up to a second

  receiver.answer = () => 'silence';
  const third = await note('trois');
  await receiver.until(({ seqs }) => seqs.includes(third));
  await note('quatre');
  await server.kill();
  receiver.answer = () => ({ status: 204 });
  server = await ServerProcess.start(folder, { env, port: server.port });
  const last = await note('cinq');
  await receiver.until(({ seqs }) => seqs.includes(last));
  for (const message of receiver.received) verify(secret, message);
  expect(receiver.seqs).toEqual([...Array.from({ length: third }, (_, i) => i + 1), ...Array.from({ length: last - third + 1 }, (_, i) => third + i)]);
  const [before, after] = receiver.received.filter(({ body }) => body.data.seq === third);
  expect(after!.headers['webhook-id']).toBe(before!.headers['webhook-id']);
}, 60_000);

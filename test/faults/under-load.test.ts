// 500 commands a second: a probe that writes to the disk (GET /readyz) is answered all the same.
import { expect, test } from '@jest/globals';
import { child } from '../kit/child.js';
import { form } from '../kit/forms.js';
import { afterwards, scratchFolder } from '../kit/scratch.js';
import { firstAdministrator, post, ServerProcess } from '../kit/server-process.js';

const RATE = 500;
const SECONDS = form(3, 60);
const MOST_TIMES_SLOWER = 5;
const ROUNDS = 3;
/** A busy machine is not a failure: a round that it spoilt is done again, so often and no more. */
const MOST_ROUNDS = 8;

interface Answer {
  statuses: Record<string, number>;
  latencies: number[];
}
const p99 = (values: number[]) => [...values].sort((x, y) => x - y)[Math.floor(values.length * 0.99)]!;

test(`${RATE} commands a second for ${SECONDS} s: a probe’s p99 stays within ${MOST_TIMES_SLOWER} times its unloaded p99`, async () => {
  const server = await ServerProcess.start(scratchFolder());
  afterwards(() => server.kill());
  const person = await firstAdministrator(server);
  const opened = await post(server.url, '/api/activations', { lane: 'real', kind: 'cod', t0: new Date().toISOString() }, { ...person.headers, 'idempotency-key': 'open' });
  const { activation } = (await opened.json()) as { activation: string };
  const [loader, prober] = [child('faults/steady-load.mjs'), child('faults/steady-load.mjs')];
  const load = { port: server.port, path: `/api/activations/${activation}/log-note`, headers: person.headers, rate: RATE };
  const probe = { port: server.port, rate: 0, probe: '/readyz' };
  await Promise.all([loader.ask({ ...load, seconds: 2 }), prober.ask({ ...probe, seconds: 2 })]); // compiled and warm

  const good: string[] = [];
  const spoilt: string[] = [];
  let before = await prober.ask<Answer>({ ...probe, seconds: SECONDS });
  while (good.length < ROUNDS && good.length + spoilt.length < MOST_ROUNDS) {
    const [given, during] = await Promise.all([loader.ask<Answer>({ ...load, seconds: SECONDS }), prober.ask<Answer>({ ...probe, seconds: SECONDS })]);
    const after = await prober.ask<Answer>({ ...probe, seconds: SECONDS });
    // Whatever its pace, the server refuses nothing and loses nobody.
    expect(Object.keys(given.statuses)).toEqual(['200']);
    // The quieter of its neighbours: a moment in which the machine was busy elsewhere makes nothing look good.
    const unloaded = Math.min(p99(before.latencies), p99(after.latencies));
    const ratio = p99(during.latencies) / unloaded;
    const rate = given.statuses['200']! / SECONDS;
    const said = `p99 ${p99(during.latencies).toFixed(1)} ms under ${rate.toFixed(0)} commands/s, ${unloaded.toFixed(1)} ms without: ${ratio.toFixed(1)} times`;
    before = after;
    (ratio <= MOST_TIMES_SLOWER && rate >= RATE * 0.95 ? good : spoilt).push(said);
  }
  expect({ good: good.length, spoilt: good.length < ROUNDS ? spoilt : [] }).toEqual({ good: ROUNDS, spoilt: [] });
  process.stderr.write(`${good.join('\n')}\n`);
}, 60_000 + MOST_ROUNDS * 3 * (SECONDS + 1) * 1_000);

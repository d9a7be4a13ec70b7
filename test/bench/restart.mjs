// From kill -9 to the first durable answer: the worst night, against the same house with one account and no activation.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstAdministrator, freePort, post, ServerProcess } from '../kit/server-process.ts';
import { fillNight, LONG, NATION } from './night.mjs';
import { figure, interleaved, median } from './rounds.mjs';

export async function restart() {
  const folder = mkdtempSync(join(tmpdir(), 'tz-bench-'));
  const quiet = join(folder, 'quiet');
  const night = join(folder, 'night');
  const first = await ServerProcess.start(quiet);
  const person = await firstAdministrator(first);
  await first.kill();
  cpSync(quiet, night, { recursive: true });
  const [id] = await fillNight(night);
  const opens = (url) => post(url, '/api/activations', { lane: 'real', kind: 'important' }, { ...person.headers, 'idempotency-key': 'first' });
  const writes = (url) => post(url, `/api/activations/${id}/log-note`, { text: 'Premier mot' }, { ...person.headers, 'idempotency-key': 'first' });
  let round = 0;
  /** On a copy of the folder as a kill left it, so that every round finds the same. */
  const timed = async (from, order) => {
    const data = join(folder, `round-${++round}`);
    cpSync(from, data, { recursive: true });
    const port = await freePort();
    const began = performance.now();
    const server = await ServerProcess.start(data, { port });
    await order(server.url);
    const took = performance.now() - began;
    await server.kill();
    rmSync(data, { recursive: true });
    return took;
  };
  const { ours, theirs, noisy } = await interleaved(5, () => timed(night, writes), () => timed(quiet, opens));
  rmSync(folder, { recursive: true });
  return figure(`kill -9 to the first durable answer, ${NATION} running activations of ${LONG} entries`, {
    value: median(ours), yardstick: median(theirs), unit: 'ms', goal: 2, better: 'less', noisy: noisy((x) => x),
  });
}

// The server dies under a thousand boards: all come back at once, and stand at one number within a bounded time.
import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { child } from '../kit/child.js';
import { form, orSkip, within } from '../kit/forms.js';
import { snapshotOf } from '../kit/live-board.js';
import { afterwards, scratchFolder } from '../kit/scratch.js';
import { firstAdministrator, freePort, post, ServerProcess } from '../kit/server-process.js';

const BOARDS = 1_000;
const DEATHS = form(1, 5);
const BACK_WITHIN_MS = 30_000;
/** Each process holds one end of each connection, and while a board fetches what it missed two. */
const FILES = 2 * BOARDS + 200;

interface Word {
  connected: number;
  lowest: number;
  returns: number;
}

function tooFewFiles(): string | undefined {
  const limit = spawnSync('sh', ['-c', 'ulimit -Hn'], { encoding: 'utf8' }).stdout.trim();
  return Number(limit) < FILES ? `a process may open ${limit} files here, and ${BOARDS} boards need ${FILES} (ulimit -n ${FILES}, or LimitNOFILE=${FILES} of systemd)` : undefined;
}

orSkip('a thousand boards', tooFewFiles(), test)(`${BOARDS} boards lose their server ${DEATHS} time(s), and find it again at the same number`, async () => {
  const folder = scratchFolder();
  const port = await freePort();
  let server = await ServerProcess.start(folder, { port });
  afterwards(() => server.kill());
  const person = await firstAdministrator(server);
  const opened = await post(server.url, '/api/activations', { lane: 'real', kind: 'cod', t0: new Date().toISOString() }, { ...person.headers, 'idempotency-key': 'open' });
  const { activation } = (await opened.json()) as { activation: string };
  const boards = child('faults/returning-boards.mjs');
  const allAt = async (seq: number, returns: number) => {
    const word = await boards.ask<Word>({});
    return word.connected === BOARDS && word.lowest >= seq && word.returns >= returns;
  };
  await boards.ask({ url: server.url, activation, headers: { cookie: person.headers['cookie'] }, count: BOARDS });
  const { activation: first } = await snapshotOf(server.url, activation, person.headers);
  await within(60_000, 'all boards are there', () => allAt(first.seq, 1));

  for (let death = 1; death <= DEATHS; death++) {
    await server.kill();
    await within(10_000, 'all boards know', async () => (await boards.ask<Word>({})).connected === 0);
    server = await ServerProcess.start(folder, { port });
    await post(server.url, `/api/activations/${activation}/log-note`, { text: `Retour ${death}` }, { ...person.headers, 'idempotency-key': `back-${death}` });
    const { activation: truth } = await snapshotOf(server.url, activation, person.headers);
    await within(BACK_WITHIN_MS, `${BOARDS} boards are back at ${truth.seq}`, async () => {
      // Whoever watches the machine is answered meanwhile.
      const asked = performance.now();
      expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
      expect(performance.now() - asked).toBeLessThan(3_000);
      return allAt(truth.seq, death + 1);
    });
  }
}, 90_000 + DEATHS * 45_000);

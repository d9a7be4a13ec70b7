// SIGSTOP: the process stands still, its connections stay open, and nobody is told.
import { expect, test } from '@jest/globals';
import { LATE_MS } from '../../src/console/connection.js';
import { STALLED_FROM } from '../../src/application/heartbeat.js';
import { MINUTE, SECOND, toMs } from '../../src/domain/time.js';
import { form, pause, within } from '../kit/forms.js';
import { LiveBoard, snapshotOf } from '../kit/live-board.js';
import { afterwards, scratchFolder } from '../kit/scratch.js';
import { firstAdministrator, post, ServerProcess } from '../kit/server-process.js';

const STOPPED_MS = form(3 * SECOND, MINUTE);

test(`stopped for ${STOPPED_MS / 1000} s: the board is not told that all is well, what fell due is caught up, and a standstill is an outage`, async () => {
  const server = await ServerProcess.start(scratchFolder());
  afterwards(() => server.kill());
  const person = await firstAdministrator(server);
  // The first step's deadline falls while the process stands still.
  const t0 = new Date(Date.now() - 45 * MINUTE + 2 * SECOND).toISOString();
  const opened = await post(server.url, '/api/activations', { lane: 'real', kind: 'cod', t0 }, { ...person.headers, 'idempotency-key': 'open' });
  const { activation } = (await opened.json()) as { activation: string };
  const board = await LiveBoard.open(server.url, activation, person);
  afterwards(() => board.close());
  await within(10_000, 'the board is up to date', () => board.silence < 1_000);

  const before = board.seq;
  const stopped = Date.now();
  server.signal('SIGSTOP');
  await expect(fetch(`${server.url}/readyz`, { signal: AbortSignal.timeout(1_000) })).rejects.toThrow();
  await pause(STOPPED_MS - 1_000);
  expect(board.seq).toBe(before);
  expect(board.silence).toBeGreaterThan(STOPPED_MS - 1_500);
  if (STOPPED_MS > LATE_MS) expect(board.silence).toBeGreaterThan(LATE_MS); // the header says how old it is
  server.signal('SIGCONT');

  const dueMeanwhile = toMs(t0) + 45 * MINUTE;
  await within(20_000, 'the warning that fell due meanwhile reaches the board', () => board.seq > before);
  await within(20_000, 'the server is ready', async () => (await fetch(`${server.url}/readyz`)).ok);
  await within(20_000, 'the board is at the server’s number', async () => board.seq === (await snapshotOf(server.url, activation, person.headers)).activation.seq);
  const { entries } = (await (await fetch(`${server.url}/api/activations/${activation}/journal?after=0&limit=500`, { headers: person.headers })).json()) as { entries: { type: string; payload: { from: string; to: string; items: { dueAt: string; step: string; kind: string }[] } }[] };
  const raised = entries.filter(({ type }) => type === 'warningsRaised').flatMap(({ payload }) => payload.items);
  expect(raised.map(({ dueAt }) => toMs(dueAt))).toContain(dueMeanwhile);
  expect(new Set(raised.map(({ step, kind, dueAt }) => `${step} ${kind} ${dueAt}`)).size).toBe(raised.length);
  const outages = entries.filter(({ type }) => type === 'outageNoted');
  if (STOPPED_MS < STALLED_FROM) {
    expect(outages).toEqual([]);
  } else {
    expect(outages).toHaveLength(1);
    const { from, to } = outages[0]!.payload;
    expect(toMs(from)).toBeLessThanOrEqual(stopped + 50);
    expect(toMs(from)).toBeGreaterThan(stopped - 3 * SECOND);
    expect(toMs(to)).toBeGreaterThanOrEqual(stopped + STOPPED_MS - 50);
  }
}, STOPPED_MS + 90_000);

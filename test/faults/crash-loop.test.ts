// kill -9 at every numbered point, and at any moment. What is checked afterwards is checked on what lies on the disk.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { hash } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { due, fold } from '../../src/domain/activation.js';
import { verifyChain } from '../../src/domain/evidence/chain.js';
import type { ActivationEntry } from '../../src/domain/events.js';
import { openStore, type Store } from '../../src/adapters/persistence/store.js';
import { dice, form, pause, SEED, within } from '../kit/forms.js';
import { Night, requestsOf } from '../kit/night.js';
import { VERIFIER } from '../kit/proven-hour.js';
import { scratchFolder } from '../kit/scratch.js';
import { firstAdministrator, freePort, ServerProcess, type Person } from '../kit/server-process.js';
import { run } from '../kit/verifier.js';

const KILLS = Number(process.env['CRASH_KILLS'] ?? form(25, 200));
const MAIN = 'test/faults/main-that-dies.mjs';
const ANY_MOMENT = 'any moment';
/** As test/faults/main-that-dies.mjs names them. */
const POINTS = ['1 before claim', '2 after claim', '3 after send', '4 before settle', '5 inside a commit', ANY_MOMENT];

test(`kill -9 at every numbered point, ${KILLS} times: nothing acknowledged is lost, nothing doubled, doubt is shown (seed ${SEED})`, async () => {
  const roll = dice(SEED);
  const folder = scratchFolder();
  const port = await freePort();
  const sentLog = `${folder}-sent.log`;
  const start = (env: Record<string, string> = {}) => ServerProcess.start(folder, { port, main: MAIN, env: { SENT_LOG: sentLog, ...env } });

  let server = await start();
  const person = await firstAdministrator(server);
  const night = await Night.opened(server, person);
  await server.kill();
  for (let kill = 0; kill < KILLS; kill++) {
    const point = POINTS[kill % POINTS.length]!;
    server = await start({ DIES_AT: point, DIES_ON: String(1 + Math.floor(roll() * 4)) });
    const writing = night.repeat(server.url).then(() => night.write(server.url));
    if (point === ANY_MOMENT) {
      await pause(20 + roll() * 400);
      await server.kill();
    }
    await within(30_000, `the process passes « ${point} »`, () => server.gone);
    await writing;
  }

  server = await start();
  await night.repeat(server.url);
  const { real, exercise } = night.activations;
  await within(30_000, 'every request is settled', async () =>
    [...requestsOf(real, await journal(server, real, person)), ...requestsOf(exercise, await journal(server, exercise, person))].every(([, how]) => how.length > 0));
  await provenByOurVerifier(server, real, person, folder);
  expect(await server.stop()).toBe(0);

  const store = await openStore(folder);
  const [ofReal, ofExercise] = [await stored(store, real), await stored(store, exercise)];
  const nothingLeft = await store.outbox.oldest();
  await store.close();
  expect(nothingLeft).toBeUndefined();

  // Every order once, whatever had to be asked again.
  expect(night.unknown.size).toBe(0);
  const keys = (type: ActivationEntry['type']) => [...ofReal, ...ofExercise].filter((entry) => entry.type === type).map(({ command }) => command).sort();
  const acknowledged = (kind: string) => [...night.acknowledged].filter((key) => key.startsWith(kind)).sort();
  expect(acknowledged('note').length).toBeGreaterThan(KILLS);
  expect(keys('noteLogged')).toEqual(acknowledged('note'));
  // A step given again to whom it was given already is true, and no entry.
  expect(acknowledged('step')).toEqual(expect.arrayContaining(keys('stepAssigned')));
  expect(new Set(keys('stepAssigned')).size).toBe(keys('stepAssigned').length);

  for (const [id, entries] of [[real, ofReal], [exercise, ofExercise]] as const) {
    expect(entries.filter(({ type }) => type === 'outageNoted')).toHaveLength(KILLS + 1);
    // No deadline skipped: at the last beat's time nothing is left to raise; none doubled: each identity once.
    const raised = entries.flatMap((entry) => (entry.type === 'warningsRaised' ? entry.payload.items : []));
    expect(new Set(raised.map(({ step, kind, dueAt }) => `${step} ${kind} ${dueAt}`)).size).toBe(raised.length);
    expect(raised.length).toBeGreaterThan(10);
    const state = fold(id, entries);
    expect(due(state, state.recordedAt)).toEqual([]);
  }

  const sent = existsSync(sentLog) ? readFileSync(sentLog, 'utf8').trim().split('\n') : [];
  const timesSent = (lane: string, request: string) => sent.filter((line) => line === `${lane} ${request}`).length;
  const requests = [...requestsOf(real, ofReal)].filter(([id]) => !id.endsWith('/statement'));
  for (const [request, how] of requests) {
    // A second post is worse than a question: sent at most once, and what was in between is shown as doubt.
    expect({ request, how, times: timesSent('real', request) }).toEqual(
      how[0] === 'doubt' ? { request, how: ['doubt'], times: Math.min(1, timesSent('real', request)) } : { request, how: [how[0]], times: 1 });
  }
  expect(requests.filter(([, how]) => how[0] === 'doubt').length).toBeGreaterThan(0);
  // What is checked above was checked on enough: on a busy machine some lives are too short to ask for anything.
  expect(requests.length).toBeGreaterThanOrEqual(Math.ceil(KILLS / 2));
  // What may be repeated is repeated rather than lost, and settled once all the same.
  for (const [request, how] of requestsOf(exercise, ofExercise)) {
    if (request.endsWith('/statement')) continue;
    expect({ request, how, sent: timesSent('exercise', request) > 0 }).toEqual({ request, how: [expect.not.stringMatching(/doubt|failed/)], sent: true });
  }
}, form(400_000, 2_400_000));

async function journal({ url }: ServerProcess, id: string, { headers }: Person): Promise<ActivationEntry[]> {
  const entries: ActivationEntry[] = [];
  for (;;) {
    const page = await (await fetch(`${url}/api/activations/${id}/journal?after=${entries.length}&limit=500`, { headers })).json() as { entries: ActivationEntry[]; seq: number };
    entries.push(...page.entries);
    if (entries.length >= page.seq) return entries;
  }
}

async function stored(store: Store, id: string): Promise<ActivationEntry[]> {
  const links = await store.journal.read(id);
  expect(verifyChain((text) => hash('sha256', text, 'hex'), links)).toMatchObject({ ok: true, entries: links.length });
  return links.map(({ line }) => JSON.parse(line) as ActivationEntry);
}

/** The product's own verifier, on the export as somebody downloads it. */
async function provenByOurVerifier({ url }: ServerProcess, id: string, { headers }: Person, folder: string): Promise<void> {
  const path = join(folder, '..', 'preuves.zip');
  writeFileSync(path, Buffer.from(await (await fetch(`${url}/api/activations/${id}/export.zip`, { headers })).arrayBuffer()));
  const { status, says } = run(VERIFIER, path);
  expect({ status, says }).toMatchObject({ status: 0 });
}

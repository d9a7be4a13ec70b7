import { expect, test } from '@jest/globals';
import { hash } from 'node:crypto';
import { due, fold } from '../../src/domain/activation.js';
import { verifyChain } from '../../src/domain/evidence/chain.js';
import type { ActivationEntry } from '../../src/domain/events.js';
import { openStore } from '../../src/adapters/persistence/store.js';
import { MINUTE, SECOND } from '../../src/domain/time.js';
import { scratchFolder } from '../kit/scratch.js';
import { firstAdministrator, freePort, post, ServerProcess, type Person } from '../kit/server-process.js';

const KILLS = Number(process.env['CRASH_KILLS'] ?? 8);
/** Where the dice fall is printed with a failure, and given back by CRASH_SEED. */
const SEED = Number(process.env['CRASH_SEED'] ?? Date.now() % 1_000_000);

/** Numerical Recipes' linear congruence: enough to choose when to kill. */
function dice(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32;
}

/** Orders of one night: each with a key of its own, tried until it is acknowledged or the process dies. */
class Night {
  readonly acknowledged = new Set<string>();
  readonly unknown = new Set<string>();
  #n = 0;

  constructor(readonly activation: string, readonly person: Person) {}

  /** Posts note after note until the server is gone. */
  async write(url: string): Promise<void> {
    for (;;) {
      const key = `note-${++this.#n}`;
      if (!(await this.#order(url, key))) return;
    }
  }

  /** What nobody knows about is sent again with its key: it must be there once. */
  async repeat(url: string): Promise<void> {
    for (const key of [...this.unknown]) if (await this.#order(url, key)) this.unknown.delete(key);
  }

  async #order(url: string, key: string): Promise<boolean> {
    const headers = { ...this.person.headers, 'idempotency-key': key };
    try {
      await post(url, `/api/activations/${this.activation}/log-note`, { text: `Vu de la nuit, ${key}` }, headers);
      this.acknowledged.add(key);
      return true;
    } catch (error) {
      if (/^\d{3} /.test((error as Error).message)) throw error; // an answer that is not 2xx is a fault of ours
      this.unknown.add(key);
      return false;
    }
  }
}

test(`kill -9 at any moment, ${KILLS} times: nothing acknowledged is lost, nothing doubled, the outage is an entry (seed ${SEED})`, async () => {
  const roll = dice(SEED);
  const folder = scratchFolder();
  const port = await freePort();
  let server = await ServerProcess.start(folder, { port });
  const person = await firstAdministrator(server);
  // The COD was activated 44 minutes 55 seconds ago: targets and deadlines fall due while the process is being killed.
  const t0 = new Date(Date.now() - 45 * MINUTE + 5 * SECOND).toISOString();
  const opened = await post(server.url, '/api/activations', { lane: 'real', kind: 'cod', t0 }, { ...person.headers, 'idempotency-key': 'open' });
  const { activation } = (await opened.json()) as { activation: string };
  const night = new Night(activation, person);
  for (let kill = 0; kill < KILLS; kill++) {
    const writers = [1, 2, 3, 4].map(() => night.write(server.url));
    await new Promise((resolve) => setTimeout(resolve, 20 + roll() * 400));
    await server.kill();
    await Promise.all(writers);
    server = await ServerProcess.start(folder, { port });
    await night.repeat(server.url);
  }
  expect(await server.stop()).toBe(0);

  const store = await openStore(folder);
  const links = await store.journal.read(activation);
  await store.close();
  expect(verifyChain((text) => hash('sha256', text, 'hex'), links)).toMatchObject({ ok: true, entries: links.length });
  const entries = links.map(({ line }) => JSON.parse(line) as ActivationEntry);
  const notes = entries.filter(({ type }) => type === 'noteLogged').map(({ command }) => command);
  expect(night.unknown.size).toBe(0);
  expect(night.acknowledged.size).toBeGreaterThan(KILLS);
  expect([...notes].sort()).toEqual([...night.acknowledged].sort());
  expect(entries.filter(({ type }) => type === 'outageNoted')).toHaveLength(KILLS);
  // No deadline skipped: at the last beat's time nothing is left to raise; none doubled: each identity once.
  const raised = entries.flatMap((entry) => (entry.type === 'warningsRaised' ? entry.payload.items : []));
  expect(new Set(raised.map(({ step, kind, dueAt }) => `${step} ${kind} ${dueAt}`)).size).toBe(raised.length);
  expect(raised.length).toBeGreaterThan(10);
  const state = fold(activation, entries);
  expect(due(state, state.recordedAt)).toEqual([]);
}, 120_000);

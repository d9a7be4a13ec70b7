// Figures of the finished API, as a client meets them: durable POSTs at 32 connections, and the way from a POST to the
// boards. The load comes from other processes, the same for both sides.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { firstAdministrator, post, ServerProcess } from '../kit/server-process.ts';
import { figure, interleaved, median, percentile } from './rounds.mjs';

const script = (name) => fileURLToPath(new URL(name, import.meta.url));
const now = () => Number(process.hrtime.bigint() / 1000n) / 1000;
const CONNECTIONS = 32;
const SECONDS = 4;

/** A child process that answers each message with one. */
export function child(name) {
  const process_ = fork(script(name), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [] });
  return {
    ask: async (message) => {
      process_.send(message);
      return (await once(process_, 'message'))[0];
    },
    said: async () => (await once(process_, 'message'))[0],
    stop: () => process_.kill(),
  };
}

/** The product on a folder of its own, with a real activation that runs and a person who may write in it. */
export async function product() {
  const folder = mkdtempSync(join(tmpdir(), 'tz-bench-'));
  const server = await ServerProcess.start(join(folder, 'data'));
  const person = await firstAdministrator(server);
  const open = { ...person.headers, 'idempotency-key': 'bench-open' };
  const { activation } = await (await post(server.url, '/api/activations', { lane: 'real', kind: 'cod', t0: new Date().toISOString() }, open)).json();
  return {
    server, person, activation,
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Signed in, validated, chained, with a row in the outbox: the step changes hands and its new owner is asked. */
export async function durablePosts() {
  const ours = await product();
  const yardstick = child('./yardstick.mjs');
  const { port } = await yardstick.said();
  const loader = child('./loader.mjs');
  const people = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((login) => another(ours, `relais.${login}`)));
  const bodies = people.map((to) => JSON.stringify({ step: 'P14', to }));
  const order = { port: ours.server.port, path: `/api/activations/${ours.activation}/assign-step`, headers: ours.person.headers, bodies };
  const bare = { port, path: '/', headers: {}, bodies };
  const load = async (target, seconds = SECONDS) => {
    const result = await loader.ask({ ...target, connections: CONNECTIONS, seconds });
    if (result.failed > 0) throw new Error(`${result.failed} failed: ${result.sample}`);
    return result.perSecond;
  };
  await load(order, 2);
  await load(bare, 2);
  const before = await lastNumber(ours);
  let posted = 0;
  const counted = async () => {
    const perSecond = await load(order);
    posted += perSecond * SECONDS;
    return perSecond;
  };
  const rounds = await interleaved(5, counted, () => load(bare));
  // Each POST must have written: what was already true would be too cheap a yardstick for ourselves.
  const written = (await lastNumber(ours)) - before;
  if (written < posted * 0.95) throw new Error(`${written} entries for ${Math.round(posted)} POSTs`);
  loader.stop();
  yardstick.stop();
  await ours.stop();
  return figure(`durable POST of a command, ${CONNECTIONS} connections`, {
    value: median(rounds.ours), yardstick: median(rounds.theirs), unit: '/s', goal: 0.8, noisy: rounds.noisy((x) => x),
  });
}

async function another({ server, person }, login) {
  const body = { login, name: `Personne ${login}`, title: 'agente', rights: ['communication'] };
  const created = await post(server.url, '/api/accounts', body, person.headers);
  return (await created.json()).account;
}

async function lastNumber({ server, person, activation }) {
  const { seq } = await (await fetch(`${server.url}/api/activations/${activation}/journal?after=0&limit=1`, { headers: person.headers })).json();
  return seq;
}

const POSTS_A_SECOND = 5;
const LIVE_SECONDS = 9;

/** A night's cell, and a national night. */
export const toTheBoards = async () => [...(await toBoards(50, { p50: 2.5, p99: 2 })), ...(await toBoards(1_000, { p99: 1.5 }))];

async function toBoards(count, goals) {
  const ours = await product();
  const yardstick = child('./yardstick.mjs');
  const { port, livePort } = await yardstick.said();
  const boards = child('./boards.mjs');
  const raw = child('./boards.mjs');
  await raw.ask({ open: 'raw', port: livePort, count });
  await boards.ask({ open: 'boards', port: ours.server.port, activation: ours.activation, after: 0, count, headers: { cookie: ours.person.headers.cookie } });
  let n = 0;
  const round = async (send, arrivalsOf) => {
    const sent = new Map();
    for (let i = 0; i < POSTS_A_SECOND * LIVE_SECONDS; i++) {
      const text = `Nouvelle ${++n} de la nuit`;
      const from = now();
      sent.set(text, from);
      await send(text);
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, 1000 / POSTS_A_SECOND - (now() - from))));
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
    const { arrivals } = await arrivalsOf.ask({ collect: true });
    const latencies = arrivals.filter(([text]) => sent.has(text)).map(([text, at]) => at - sent.get(text));
    if (latencies.length !== sent.size * count) throw new Error(`${latencies.length} arrivals of ${sent.size * count}`);
    return latencies;
  };
  const toOurs = (text) => post(ours.server.url, `/api/activations/${ours.activation}/log-note`, { text }, { ...ours.person.headers, 'idempotency-key': text.replaceAll(' ', '-') });
  const toBare = (text) => post(`http://127.0.0.1:${port}`, '/', { text });
  const rounds = await interleaved(5, () => round(toOurs, boards), () => round(toBare, raw));
  for (const one of [boards, raw, yardstick]) one.stop();
  await ours.stop();
  const [pooled, bare] = [rounds.ours.flat(), rounds.theirs.flat()];
  const at = (p, goal, name) => figure(`from a POST to ${count} boards, ${name}`, {
    value: percentile(pooled, p), yardstick: percentile(bare, p), unit: 'ms', goal, better: 'less', noisy: rounds.noisy((latencies) => percentile(latencies, p)),
  });
  return Object.entries(goals).map(([name, goal]) => at(Number(name.slice(1)) / 100, goal, name));
}

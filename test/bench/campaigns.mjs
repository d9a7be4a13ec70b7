// 48.1 at night, accelerated: the whole write path, the outbox and the postman, with the telephone network of an exercise.
// Beside it an event simulation written apart, of the same order and the same chance.
import { figure, median } from './rounds.mjs';

const source = (path) => import(new URL(`../../src/${path}`, import.meta.url).href);
const T0 = Date.parse('2026-03-14T01:14:00.000Z');
const SECOND = 1_000;
const ENOUGH = 0.95;
const NIGHT = { answered: 0.3, machine: 0.35, busy: 0.05, wrong: 0, acknowledge: 1, ask: 0, tap: 0, talkSeconds: 45 };
const MEANS = { ways: ['voice'], textsPerSecond: 10, rounds: 4, pauseSeconds: 120, ringSeconds: 30, enough: 0 };
const AUTHOR = { id: 'a'.repeat(32), rights: ['planificateur'], source: 'api' };
const id = (n) => n.toString(16).padStart(32, '0');

/** `count` activations of so many communes each, three people a commune with a mobile each; a campaign runs in all of them. */
async function night(count, communes, means) {
  const { Activations } = await source('application/activations.ts');
  const { Postman, ChannelRegistry } = await source('application/postman.ts');
  const { SimulatedLines } = await source('adapters/channels/simulated-lines.ts');
  const { sha256 } = await source('adapters/system-clock.ts');
  const { MemoryStore } = await import('../kit/memory-store.ts');
  const { openCommand } = await import('./night.mjs');
  const clock = { now: T0, wall: () => clock.now, monotonic: () => clock.now };
  const store = new MemoryStore(clock.wall);
  const activations = new Activations(store.journal, clock, sha256, { news() {}, lobby() {}, async request() { return 0; } });
  const lines = new SimulatedLines(activations);
  const house = { onDoubt: 'repeat', lanes: ['exercise'], isSlow: false, send: async () => ({ outcome: 'nobody' }) };
  const exercise = { voice: lines, sms: lines, mail: lines, house, person: house };
  const postman = new Postman(store.outbox, new ChannelRegistry({ real: {}, exercise, test: {} }), activations, clock, (message, details) => { throw new Error(`${message} ${JSON.stringify(details)}`); });
  const ids = Array.from({ length: count }, (_, i) => id(i + 1));
  const text = { digest: 'd'.repeat(64), bytes: 20 };
  for (const one of ids) {
    const does = async (command) => {
      const answer = await activations.submit(one, { command, author: AUTHOR, key: `${command.type} ${one}` });
      if ('refused' in answer) throw new Error(`${command.type}: ${answer.refused}`);
    };
    const codes = Array.from({ length: communes }, (_, i) => String(10_000 + i));
    const targets = codes.flatMap((commune) => [0, 1, 2].map((order) => ({ person: `${commune}${order}`.padStart(32, '0'), version: 1, commune, role: order === 0 ? 'maire' : 'adjoint', order })));
    await does({ ...openCommand(one, { t0: T0, lane: 'exercise' }), segment: { wallAt: T0, exerciseAt: T0, speed: 1 } });
    await does({ type: 'freeze-perimeter', circle: 1, communes: codes, targets });
    await does({ type: 'start-campaign', campaign: 'c1', purpose: 'officials', circles: [1], text, means: { ...MEANS, ...means }, people: targets.map(({ person }) => ({ person, version: 1, contacts: ['mobile'] })), population: NIGHT });
  }
  return { activations, postman, clock, ids, store };
}

/** Each due instant in its turn, as hints have it; `step`: a beat each second instead. Minutes until 95 % in every activation. */
async function play({ activations, postman, clock, ids }, communes, step = 0) {
  const left = new Set(ids);
  const reachedAt = new Map();
  const seen = new Map(ids.map((one) => [one, 0]));
  while (left.size > 0) {
    await postman.round();
    clock.now = step > 0 ? clock.now + step : Math.max(clock.now, Math.ceil(activations.oldestDue()));
    if (clock.now > T0 + 3 * 3_600_000) throw new Error(`${left.size} never reached 95 %`);
    await Promise.all([...left].map((one) => activations.tick(one)));
    for (const one of left) {
      const count = await activations.read(one, (held) => {
        const fresh = held.after(seen.get(one));
        seen.set(one, seen.get(one) + fresh.length);
        return fresh.filter(({ type }) => type === 'acknowledged').length;
      });
      reachedAt.set(one, (reachedAt.get(one) ?? 0) + count);
      if (reachedAt.get(one) >= Math.ceil(communes * ENOUGH)) left.delete(one);
    }
  }
  return (clock.now - T0) / 60_000;
}

/** Written apart: whoever has waited longest is called on the line that is free first, no faster than the pace; same chance. */
async function simulatedApart(communes, { lines, callsPerSecond }) {
  const { behaviourOf } = await source('domain/exercise/population.ts');
  const waiting = Array.from({ length: communes }, (_, i) => ({ i, at: 0, tries: [0, 0, 0] }));
  const free = Array.from({ length: lines }, () => 0);
  const reached = [];
  let slot = 0;
  while (waiting.length > 0) {
    let next = 0;
    for (let k = 1; k < waiting.length; k++) if (waiting[k].at < waiting[next].at) next = k;
    const [one] = waiting.splice(next, 1);
    const line = free.indexOf(Math.min(...free));
    const start = Math.max(one.at, free[line], slot);
    slot = start + 1 / callsPerSecond;
    const fewest = Math.min(...one.tries);
    const order = one.tries.indexOf(fewest);
    const attempt = ++one.tries[order];
    const person = `${10_000 + one.i}${order}`.padStart(32, '0');
    const does = behaviourOf(NIGHT, 'c1', { person }, { id: `c1/${person}/voice-${attempt}`, contact: 0 });
    const takes = does.kind === 'answers' ? NIGHT.talkSeconds : does.kind === 'machine' ? 20 : does.kind === 'busy' ? 3 : MEANS.ringSeconds;
    free[line] = start + takes;
    if (does.kind === 'answers') reached.push(start + takes);
    else if (one.tries.some((tries) => tries < MEANS.rounds)) waiting.push({ ...one, at: free[line] + (Math.min(...one.tries) === Math.max(...one.tries) ? MEANS.pauseSeconds : 0) });
    waiting.sort((x, y) => x.at - y.at || x.i - y.i);
  }
  return reached.sort((x, y) => x - y)[Math.ceil(communes * ENOUGH) - 1] / 60;
}

const PAS_DE_CALAIS = 887;

export async function nightCampaign() {
  const figures = [];
  for (const means of [{ lines: 60, callsPerSecond: 5 }, { lines: 30, callsPerSecond: 1 }]) {
    const value = await play(await night(1, PAS_DE_CALAIS, means), PAS_DE_CALAIS);
    figures.push(figure(`Pas-de-Calais at night, ${means.lines} lines, ${means.callsPerSecond} calls/s: minutes until 95 %`, {
      value, yardstick: await simulatedApart(PAS_DE_CALAIS, means), unit: 'min', goal: 1.05, better: 'less',
    }));
  }
  return figures;
}

export async function firstMinute() {
  const { activations, postman, clock, ids } = await night(1, 320, { lines: 60, callsPerSecond: 1 });
  const from = clock.now;
  while (clock.now < from + 60 * SECOND) {
    await postman.round();
    clock.now = Math.min(from + 60 * SECOND, Math.ceil(activations.oldestDue()));
    await activations.tick(ids[0]);
  }
  const placed = await activations.read(ids[0], (held) => held.after(0).filter(({ type }) => type === 'attemptsMoved').flatMap(({ payload }) => payload.items).filter(({ state }) => state === 'dialling').length);
  return figure('calls placed in the first minute at 1 call/s', { value: placed, yardstick: 60, unit: 'calls', goal: 0.95 });
}

const DEPARTEMENTS = 101;
const COMMUNES_EACH = 346;

/** 101 départements of 34,969 communes in one second of the same night, against one of them times 101; processor time of this process. */
export async function wholeCountry() {
  const cpu = async (count) => {
    const there = await night(count, COMMUNES_EACH, { lines: 30, callsPerSecond: 1 });
    const from = process.cpuUsage();
    await play(there, COMMUNES_EACH, SECOND);
    const { user, system } = process.cpuUsage(from);
    return (user + system) / 1e6;
  };
  const one = median([await cpu(1), await cpu(1), await cpu(1), await cpu(1), await cpu(1)]);
  return figure(`the whole country: ${DEPARTEMENTS} activations, ${DEPARTEMENTS * COMMUNES_EACH} communes, a night until 95 %`, {
    value: await cpu(DEPARTEMENTS), yardstick: one * DEPARTEMENTS, unit: 's of processor', goal: 1.2, better: 'less',
  });
}

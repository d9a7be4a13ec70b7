// One seed in, one report out: a night is played, then every promise is checked against what was seen of it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type Store } from '../../src/adapters/persistence/store.js';
import { sha256 } from '../../src/adapters/system-clock.js';
import type { ActivationEntry } from '../../src/domain/events.js';
import type { Life } from '../../src/domain/state.js';
import { HOUR, toMs, type Ms } from '../../src/domain/time.js';
import { MemoryStore } from '../kit/memory-store.js';
import { BEGINS, Night, Spinning, type NightOptions } from './night.js';
import { acknowledged } from './promises/acknowledged.js';
import { boards } from './promises/boards.js';
import { chain } from './promises/chain.js';
import { deadlines } from './promises/deadlines.js';
import { declarations } from './promises/declarations.js';
import { effects } from './promises/effects.js';
import { erased } from './promises/erased.js';
import { keepingUp } from './promises/keeping-up.js';
import { keys } from './promises/keys.js';
import { lanes } from './promises/lanes.js';
import { outages } from './promises/outages.js';
import { recorded } from './promises/recorded.js';
import { surprises } from './promises/surprises.js';
import { verdicts } from './promises/verdicts.js';
import { look, type Promised, type Seen } from './seen.js';
import type { Happening } from './witness.js';

/** THE list of what is promised of every night. */
export const PROMISES: readonly Promised[] = [
  surprises, acknowledged, keys, deadlines, declarations, outages, chain, recorded, boards, keepingUp, verdicts, lanes, effects, erased,
];

export interface Options extends NightOptions {
  store: 'memory' | 'sqlite';
  /** For a test that spoils what it wants to see found. */
  spoilStore?: (store: Store) => Store;
}

export interface Report {
  options: Pick<Options, 'seed' | 'hours' | 'trouble' | 'store' | 'shape'>;
  /** By the name of the promise. */
  breaches: { promise: string; what: string }[];
  faults: Record<string, number>;
  counts: Record<string, number>;
  /** Of everything that was written, answered and sent: the same for the same seed. */
  digest: string;
}

export async function simulate(options: Options, promises = PROMISES): Promise<Report> {
  const { seed, hours, trouble, store: kind, shape = 'storm' } = options;
  const { store, close } = await opened(kind);
  try {
    const night = new Night(options, options.spoilStore?.(store) ?? store);
    await night.play().catch((error: unknown) => {
      if (!(error instanceof Spinning)) throw error;
      night.witness.surprises.push(error.message);
    });
    const seen = await look(night);
    const checked = night.witness.surprises.length > 0 ? promises.filter(({ name }) => name === 'no surprise') : promises;
    const breaches = checked.flatMap((promise) => [...promise.breaches(seen)].map((what) => ({ promise: promise.name, what })));
    return { options: { seed, hours, trouble, store: kind, shape }, breaches, faults: Object.fromEntries([...night.witness.faults].sort()), counts: counted(seen), digest: digestOf(seen) };
  } finally {
    await close();
  }
}

/** What plays this night again. */
export function replayCommand({ options: { seed, hours, trouble, store, shape } }: Report): string {
  return `npm run simulate -- --seed ${seed} --hours ${hours} --night ${hours} --trouble ${trouble} --store ${store} --shape ${shape}`;
}

/** The shortest night of this seed that still breaks a promise; nights of one seed differ with their length. */
export async function shrink(report: Report): Promise<Report> {
  for (let hours = 1; hours < report.options.hours; hours++) {
    const shorter = await simulate({ ...report.options, hours });
    if (shorter.breaches.length > 0) return shorter;
  }
  return report;
}

async function opened(kind: Options['store']): Promise<{ store: Store; close: () => Promise<void> }> {
  if (kind === 'memory') return { store: new MemoryStore(() => BEGINS), close: async () => {} };
  const folder = mkdtempSync(join(tmpdir(), 'temps-zero-night-'));
  const store = await openStore(join(folder, 'data'), () => BEGINS);
  return {
    store,
    close: async () => {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function counted({ witness, journals, boards, endedAt }: Seen): Record<string, number> {
  const entries = [...journals.values()].flatMap((journal) => journal.entries);
  const of = (type: string) => entries.filter((entry) => entry.type === type).length;
  const happened = (what: Happening['what']) => witness.happenings.filter((one) => one.what === what).length;
  const opened = (id: string) => witness.commits.find(({ activation }) => activation === id)!.at;
  return {
    activations: journals.size, 'hours of activations': sum([...journals].map(([id, { summary, entries }]) => hoursOf(opened(id), summary.life, entries, endedAt))), entries: entries.length, commits: witness.commits.length, attempts: witness.attempts.length,
    accepted: witness.attempts.filter(({ accepted }) => accepted).length, refused: witness.attempts.filter(({ refused }) => refused).length,
    unanswered: witness.attempts.filter(({ answeredAt }) => answeredAt === undefined).length,
    warnings: entries.flatMap((entry) => (entry.type === 'warningsRaised' ? entry.payload.items : [])).length,
    statements: of('statementWritten'), outages: of('outageNoted'), steps: of('clockStepped'), requests: witness.left.length, boards: boards.length,
    'commands answered again': witness.attempts.filter(({ accepted }) => accepted?.repeated).length, 'starts after a death': happened('start') - 1,
    'full disks': happened('disk-full'), 'steps of the clock': happened('step'), 'looks at boards': witness.looked.times,
  };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

/** From its opening to its end, an hour at most: what runs on without anybody is not counted. */
function hoursOf(openedAt: Ms, life: Life, entries: readonly ActivationEntry[], endedAt: Ms): number {
  const end = life === 'running' ? undefined : entries.find(({ type }) => type === 'activationEnded' || type === 'openedByMistake');
  const first = toMs(entries[0]!.recordedAt);
  return Math.min(HOUR, end ? Math.max(0, toMs(end.recordedAt) - first) : endedAt - openedAt) / HOUR;
}

/** The head of a chain stands for all its lines. */
function digestOf({ witness, journals, administration }: Seen): string {
  const heads = [...journals.values()].map(({ links }) => links.at(-1)!.hash);
  const attempts = witness.attempts.map(({ at, key, answeredAt, accepted, refused, failed }) => [at, key, answeredAt, accepted?.toSeq, refused, failed]);
  const { happenings, commits, left, faults } = witness;
  return sha256(JSON.stringify([heads, administration.links.at(-1)?.hash, attempts, happenings, commits.length, left.map(({ at, request: { id } }) => [at, id]), [...faults]]));
}

// Whole nights from one seed each: crashes, outages, a full disk, clocks that step, a bad network; every promise checked.
import { randomInt } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { CRASH_POINTS } from './gate.js';
import { KEPT } from './seeds.js';
import { replayCommand, simulate, type Options, type Report } from './simulation.js';

/** Half a minute where nothing else runs: a busy machine is not a failure, and speed is the bench's to judge. */
const SLOW_MACHINE_MS = 600_000;

const faults = new Set<string>();
const totals: Record<string, number> = {};

async function holds(options: Options): Promise<Report> {
  const report = await simulate(options);
  if (report.breaches.length > 0) throw new Error(`${report.breaches.slice(0, 5).map(({ promise, what }) => `${promise}: ${what}`).join('\n')}\n${replayCommand(report)}`);
  for (const name of Object.keys(report.faults)) faults.add(name);
  for (const [name, count] of Object.entries(report.counts)) totals[name] = (totals[name] ?? 0) + count;
  return report;
}

test.each(KEPT.map((kept) => [kept.name, kept] as const))('a kept seed holds: %s', async (_, { seed, hours, trouble, store }) => {
  await holds({ seed, hours, trouble, store });
});

test('24 nights hold, whatever happens in them', async () => {
  for (let seed = 1_001; seed <= 1_024; seed++) await holds({ seed, hours: 4, trouble: seed % 2 === 0 ? 3 : 1, store: 'memory' });
}, SLOW_MACHINE_MS);

test('12 nights of a crisis and its watch until dawn hold', async () => {
  for (let seed = 3_001; seed <= 3_012; seed++) await holds({ seed, hours: 12, trouble: 1, store: 'memory', shape: 'watch' });
}, SLOW_MACHINE_MS);

test('nights on a real database hold', async () => {
  for (let seed = 2_001; seed <= 2_003; seed++) await holds({ seed, hours: 2, trouble: 1, store: 'sqlite' });
}, SLOW_MACHINE_MS);

test('a night that nobody chose holds', async () => {
  const seed = randomInt(2 ** 31);
  process.stderr.write(`simulation: fresh seed ${seed}\n`);
  await holds({ seed, hours: 8, trouble: 1, store: 'memory' });
}, SLOW_MACHINE_MS);

test('those nights met every fault, and died at every point', () => {
  const met = ['write on a full disk', 'failed write', 'lost race', 'lost socket', 'clock step forward', 'clock step back', 'command sent twice at once', 'command sent again later', 'command out of order', 'answer lost on its way', 'news lost', 'news twice', 'news late', 'killed idle', 'crash while starting', 'outage of hours'];
  expect([...CRASH_POINTS.map((point) => `crash ${point}`), ...met].filter((fault) => !faults.has(fault))).toEqual([]);
});

test('those nights were nights: no speed is bought by simulating nothing', () => {
  const least = { attempts: 14_000, accepted: 6_500, 'commands answered again': 360, 'starts after a death': 370, 'full disks': 95, 'steps of the clock': 190, 'looks at boards': 12_000, warnings: 10_000, statements: 150, outages: 600 };
  process.stderr.write(`simulation: ${Object.keys(least).map((name) => `${totals[name]} ${name}`).join(', ')}\n`);
  for (const [name, count] of Object.entries(least)) expect([name, totals[name]! >= count]).toEqual([name, true]);
});

test('the same seed gives the same night, to the last byte', async () => {
  const options: Options = { seed: 7, hours: 3, trouble: 2, store: 'memory' };
  const [one, other] = [await simulate(options), await simulate(options)];
  expect(other).toEqual(one);
  const { digest } = await simulate({ ...options, seed: 8 });
  expect(digest).not.toBe(one.digest);
});

test('the two stores give the same night', async () => {
  const options = { seed: 11, hours: 2, trouble: 0 };
  const [memory, sqlite] = [await simulate({ ...options, store: 'memory' }), await simulate({ ...options, store: 'sqlite' })];
  expect(sqlite.counts).toEqual(memory.counts);
});

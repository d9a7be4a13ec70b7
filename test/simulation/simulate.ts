// npm run simulate -- --hours N --seed S [--store memory|sqlite] [--trouble T] [--night H] [--shape storm|watch]: night after night, each from a
// seed of its own (S, S+1…), until N hours are simulated. Ends red at the first promise that is broken, with its replay.
import { parseArgs } from 'node:util';
import { randomInt } from 'node:crypto';
import { PROMISES, replayCommand, shrink, simulate, type Report } from './simulation.js';

const { values } = parseArgs({
  options: {
    hours: { type: 'string', default: '1000' }, seed: { type: 'string', default: String(randomInt(2 ** 31)) }, store: { type: 'string', default: 'memory' },
    trouble: { type: 'string', default: '1' }, night: { type: 'string', default: '8' }, shape: { type: 'string', default: 'storm' },
  },
});
const [hours, first, trouble, night] = [values.hours, values.seed, values.trouble, values.night].map(Number) as [number, number, number, number];
const { shape } = values;
if (shape !== 'storm' && shape !== 'watch') {
  console.error('simulate: --shape is storm or watch.');
  process.exit(2);
}
const store = values.store === 'sqlite' ? 'sqlite' : 'memory';
if (![hours, first, trouble, night].every((one) => Number.isFinite(one) && one >= 0) || night < 1 || hours < 1) {
  console.error('simulate: --hours, --seed, --trouble and --night are numbers; --hours and --night at least 1.');
  process.exit(2);
}

const totals = { faults: new Map<string, number>(), counts: new Map<string, number>() };
const add = (into: Map<string, number>, from: Record<string, number>) => {
  for (const [name, count] of Object.entries(from)) into.set(name, (into.get(name) ?? 0) + count);
};
const started = process.cpuUsage();
const cpuSeconds = () => {
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1e6;
};

let done = 0;
let failed: Report | undefined;
for (let seed = first; done < hours && !failed; seed++) {
  const report = await simulate({ seed, hours: Math.min(night, hours - done), trouble, store, shape });
  done += report.options.hours;
  add(totals.faults, report.faults);
  add(totals.counts, report.counts);
  if (report.breaches.length > 0) failed = report;
  const activationHours = totals.counts.get('hours of activations') ?? 0;
  process.stderr.write(`\rseed ${seed}: ${done} of ${hours} h by the clock, ${activationHours.toFixed(0)} h of activations, ${(activationHours / cpuSeconds()).toFixed(1)} a second of one core   `);
}
process.stderr.write('\n');
console.log(`\nHappened, in ${done} simulated hours:`);
for (const [name, count] of [...totals.counts]) console.log(`  ${Math.round(count)} ${name}`);
console.log('\nWent wrong:');
for (const [name, count] of [...totals.faults].sort()) console.log(`  ${count} ${name}`);
console.log('\nPromised:');
for (const { name } of PROMISES) console.log(`  ${failed?.breaches.some(({ promise }) => promise === name) ? 'BROKEN' : 'held  '} ${name}`);
if (failed) {
  const small = await shrink(failed);
  for (const { promise, what } of small.breaches.slice(0, 20)) console.log(`\n${promise}: ${what}`);
  console.log(`\n${replayCommand(small)}`);
  process.exitCode = 1;
}

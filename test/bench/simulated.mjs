// Simulated hours per second of one core, by the clock: nights of the whole product, with everything that goes wrong in them
// and every promise checked. A watch is a crisis and the quiet until dawn; a storm is hours on end like the worst one. How
// much was asked and broken in each hour stands beside: a night in which nothing happens would be as fast as one likes.
import { figure, median } from './rounds.mjs';

const ROUNDS = 5;
const NIGHTS = 6;
/** Until the machine's compiler has seen everything. */
const WARM_UP = 12;

export async function simulatedHours() {
  const { simulate } = await import('../simulation/simulation.ts');
  const cpuSeconds = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  };
  const play = async (shape, hours, first, nights) => {
    const from = cpuSeconds();
    const played = { hours: 0, commands: 0, faults: 0, deaths: 0 };
    for (let seed = first; seed < first + nights; seed++) {
      const { breaches, counts, faults } = await simulate({ seed, hours, trouble: 1, store: 'memory', shape });
      if (breaches.length > 0) throw new Error(JSON.stringify(breaches[0]));
      played.hours += hours;
      played.commands += counts.attempts;
      played.deaths += counts['starts after a death'];
      for (const count of Object.values(faults)) played.faults += count;
    }
    return { ...played, cpu: cpuSeconds() - from };
  };
  const measured = async (shape, hours) => {
    await play(shape, hours, 8_000, WARM_UP);
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++) rounds.push(await play(shape, hours, 9_000 + round * NIGHTS, NIGHTS));
    const sum = (name) => rounds.reduce((total, one) => total + one[name], 0);
    const beside = `${(sum('commands') / sum('cpu')).toFixed(0)} commands/s; an hour has ${(sum('commands') / sum('hours')).toFixed(0)} commands, ${(sum('faults') / sum('hours')).toFixed(0)} faults, ${(sum('deaths') / sum('hours')).toFixed(1)} deaths`;
    return figure(`simulated hours per second of one core, ${shape} (${beside})`, { value: median(rounds.map((one) => one.hours / one.cpu)), unit: '/s', goal: 100 });
  };
  return [await measured('watch', 12), await measured('storm', 8)];
}

// Simulated hours per second of one core: nights of the whole product, with everything that goes wrong in them and every
// promise checked. An hour is an hour of an activation, with its plan, its commands, its warnings and its statement.
import { figure, median } from './rounds.mjs';

const ROUNDS = 5;
const NIGHTS = 4;

export async function simulatedHours() {
  const { simulate } = await import('../simulation/simulation.ts');
  const cpuSeconds = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  };
  const perSecond = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const from = cpuSeconds();
    let hours = 0;
    for (let night = 0; night < NIGHTS; night++) {
      const { breaches, counts } = await simulate({ seed: 9_000 + round * NIGHTS + night, hours: 8, trouble: 1, store: 'memory' });
      if (breaches.length > 0) throw new Error(JSON.stringify(breaches[0]));
      hours += counts['hours of activations'];
    }
    // The first round warms up.
    if (round > 0) perSecond.push(hours / (cpuSeconds() - from));
  }
  return figure('simulated hours (of an activation) per second of one core', { value: median(perSecond), unit: '/s', goal: 100 });
}

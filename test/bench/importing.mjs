// 35,000 lines of the Répertoire national des élus: rehearsed and applied, against reading and parsing the same file with
// the same parser; and what it adds to the memory of a house at rest. Each in a process of its own. Fictional people.
import { fork } from 'node:child_process';
import { figure, median } from './rounds.mjs';

const ROUNDS = 5;

export async function importing() {
  const { seconds, parsing, megabytes } = await measured({ rounds: ROUNDS });
  const noisy = Math.max(...parsing) / Math.min(...parsing) >= 2;
  return [
    figure('35,000 lines of RNE, rehearsed and applied, processor time', { value: median(seconds), yardstick: median(parsing), unit: 's', goal: 5, better: 'less', noisy }),
    figure('… memory over idle, at its most', { value: megabytes, unit: 'MB', goal: 150, better: 'less' }),
  ];
}

function measured(asked) {
  return new Promise((resolve, reject) => {
    const child = fork(new URL('./importing-house.mjs', import.meta.url), { execArgv: ['--import', './test/kit/typescript-hooks.mjs', '--expose-gc'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`the house ended with ${code}`)));
    child.send(asked);
  });
}

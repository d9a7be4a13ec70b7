// Each fault has a short form, for `npm test`, and a long one, for a night of `npm run faults`.

export const LONG = process.env['FAULTS'] === 'long';

export function form<T>(short: T, long: T): T {
  return LONG ? long : short;
}

/** Where the dice fall is printed with a failure, and given back by FAULTS_SEED. */
export const SEED = Number(process.env['FAULTS_SEED'] ?? Date.now() % 1_000_000);

/** Numerical Recipes' linear congruence: enough to choose when to strike. Each gives a number from 0 to below 1. */
export function dice(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32;
}

/** A test of what this machine cannot do is skipped, and says why. */
export function orSkip<T>(what: string, why: string | undefined, test: T & { skip: T }): T {
  if (why !== undefined) process.stderr.write(`SKIPPED ${what}: ${why}\n`);
  return why === undefined ? test : test.skip;
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits for what comes from another process, within a bound; says what was missing. */
export async function within(ms: number, what: string, done: () => boolean | Promise<boolean>): Promise<void> {
  const until = performance.now() + ms;
  while (!(await done())) {
    if (performance.now() > until) throw new Error(`not within ${ms} ms: ${what}`);
    await pause(20);
  }
}

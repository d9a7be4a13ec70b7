import type { Promised } from '../seen.js';

/** Refusals are data, a disk that fails is told: nothing else is thrown, no alarm sounds that nobody provoked. */
export const surprises: Promised = {
  name: 'no surprise',
  *breaches({ witness }) {
    yield* witness.surprises;
  },
};

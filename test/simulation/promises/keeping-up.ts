import type { Promised } from '../seen.js';

/** Long before the calm: whoever looks at a board that has its line sees what was taken half a minute ago. */
export const keepingUp: Promised = {
  name: 'boards keep up by themselves',
  *breaches({ witness: { looked } }) {
    yield* looked.behind;
  },
};

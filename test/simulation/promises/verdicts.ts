import { fold, nowInside } from '../../../src/domain/activation.js';
import { canonical } from '../../../src/domain/evidence/canonical.js';
import { verdicts as verdictsOf } from '../../../src/domain/views/verdicts.js';
import type { Promised } from '../seen.js';

/** What the server shows the direction, from a state that it kept all night, is what a fold of the stored lines gives. */
export const verdicts: Promised = {
  name: 'verdicts equal a fold from scratch',
  *breaches({ served, journals, endedAt }) {
    for (const [id, { entries }] of journals) {
      const shown = served.get(id);
      const scratch = fold(id, entries);
      const now = nowInside(scratch, endedAt);
      if (!shown || canonical(verdictsOf(shown, now)) !== canonical(verdictsOf(scratch, now))) yield `${id}: the server's verdicts are not those of its journal`;
    }
  },
};

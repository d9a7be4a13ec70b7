import { fold, maskFor } from '../../../src/domain/activation.js';
import { canonical } from '../../../src/domain/evidence/canonical.js';
import type { Audience } from '../../../src/domain/entry.js';
import type { Promised } from '../seen.js';

/** What a board shows, after whatever its line did to it, is what somebody makes who has the journal and its audience. */
export const boards: Promised = {
  name: 'boards equal to the server',
  *breaches({ boards, journals }) {
    const known = new Map<string, string>();
    const expected = (id: string, audience: Audience) => {
      const key = `${id} ${audience}`;
      if (!known.has(key)) known.set(key, canonical(fold(id, journals.get(id)!.entries.map((entry) => maskFor(audience, entry)))));
      return known.get(key)!;
    };
    for (const board of boards) {
      const { activation: id, account, absent, shown } = board;
      if (absent) continue;
      if (!shown) {
        yield `the board of ${account.name} on ${id} never showed anything`;
        continue;
      }
      if (canonical(shown.activation) !== expected(id, shown.audience)) {
        yield `the board of ${account.name} on ${id} (${shown.audience}) at ${shown.activation.seq} shows another activation than the journal at ${journals.get(id)!.entries.length}`;
      }
      const { entries } = journals.get(id)!;
      const first = shown.entries[0]?.seq ?? 1;
      if (shown.entries.length !== entries.length - first + 1 || shown.entries.some((entry, i) => entry.seq !== first + i)) {
        yield `the board of ${account.name} on ${id} has a hole in its log`;
      }
    }
  },
};

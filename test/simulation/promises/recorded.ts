import type { Entry } from '../../../src/domain/entry.js';
import type { Promised } from '../seen.js';

/** Whatever the system clock does: recorded time never decreases within a journal, and nothing happened after it was recorded. */
export const recorded: Promised = {
  name: 'recorded time never decreases',
  *breaches({ journals, administration }) {
    for (const entries of [...[...journals.values()].map((journal) => journal.entries), administration.entries] as unknown as readonly Entry[][]) {
      let last = '';
      for (const { activation, seq, recordedAt, occurredAt } of entries) {
        if (recordedAt < last) yield `${activation}: entry ${seq} was recorded at ${recordedAt}, after ${last}`;
        if (occurredAt > recordedAt) yield `${activation}: entry ${seq} happened at ${occurredAt}, and was recorded at ${recordedAt}`;
        last = recordedAt;
      }
    }
  },
};

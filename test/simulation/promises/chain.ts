import { sha256 } from '../../../src/adapters/system-clock.js';
import { verifyChain } from '../../../src/domain/evidence/chain.js';
import type { Promised } from '../seen.js';

/** Every line is linked to the one before, and what the administration noted of a journal's head still stands in it. */
export const chain: Promised = {
  name: 'chain valid',
  *breaches({ journals, administration }) {
    for (const [id, { links, summary }] of journals) {
      const verdict = verifyChain(sha256, links);
      if (!verdict.ok) yield `${id}: entry ${verdict.seq} is broken (${verdict.reason})`;
      else if (verdict.entries !== summary.seq || verdict.head !== summary.head) yield `${id}: the list says ${summary.seq} ${summary.head}, the journal ${verdict.entries} ${verdict.head}`;
    }
    const verdict = verifyChain(sha256, administration.links);
    if (!verdict.ok) yield `administration: entry ${verdict.seq} is broken (${verdict.reason})`;
    for (const entry of administration.entries) {
      if (entry.type !== 'headNoted') continue;
      const { noted, seq, head } = entry.payload;
      if (journals.get(noted)?.links[seq - 1]?.hash !== head) yield `${noted}: its head at entry ${seq} was noted, and is another now`;
    }
  },
};

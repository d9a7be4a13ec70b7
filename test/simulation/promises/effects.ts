import type { Promised } from '../seen.js';
import type { Left } from '../witness.js';

/**
 * What leaves, leaves once. Where a channel repeats in doubt, it may leave again after something cut its sending short (the
 * process died, a write failed); where a person or the provider is asked, never. What left is noted once, and nothing waits.
 */
export const effects: Promised = {
  name: 'effects leave once, or as their channel doubts',
  *breaches({ witness, journals, waits }) {
    const last = new Map<string, Left>();
    for (const left of witness.left) {
      const { id } = left.request;
      const before = last.get(id);
      last.set(id, left);
      if (!before) continue;
      const cutShort = witness.happenings.some(({ at, what }) => (what === 'down' || what === 'failed') && at >= before.at && at <= left.at);
      if (witness.onDoubt !== 'repeat') yield `${id} left again, and its channel asks (${witness.onDoubt})`;
      else if (!cutShort) yield `${id} left at ${before.at} and again at ${left.at}, without any doubt`;
    }
    const noted = new Map<string, number>();
    for (const { entries } of journals.values()) {
      for (const entry of entries) if (entry.type === 'requestsSettled') for (const { effect } of entry.payload.items) noted.set(effect, (noted.get(effect) ?? 0) + 1);
    }
    for (const [id, times] of noted) if (times > 1) yield `${id} was noted ${times} times`;
    for (const [id, { request }] of last) {
      const life = journals.get(request.activation)?.summary.life;
      if ((life === 'running' || life === 'ended') && !noted.has(id)) yield `${id} left, and nobody noted it`;
    }
    if (waits) yield 'something waits in the outbox, long after the trouble';
  },
};

import type { Promised } from '../seen.js';
import type { Attempt } from '../witness.js';

/** One key is one command, however often it came: the same answer each time, its entries once, and no other body under it. */
export const keys: Promised = {
  name: 'a key answers once',
  *breaches({ witness, journals }) {
    const first = new Map<string, Attempt>();
    for (const attempt of witness.attempts) {
      // What was there already (a number that is known) wrote nothing, and is looked up anew each time.
      if (!attempt.accepted || attempt.accepted.fromSeq > attempt.accepted.toSeq) continue;
      const key = `${attempt.by} ${attempt.key}`;
      const before = first.get(key);
      first.set(key, before ?? attempt);
      if (!before) continue;
      const [one, other] = [before.accepted!, attempt.accepted];
      if (JSON.stringify(before.body) !== JSON.stringify(attempt.body)) yield `${key}: two commands were accepted under it`;
      if (one.activation !== other.activation || one.fromSeq !== other.fromSeq || one.toSeq !== other.toSeq) {
        yield `${key}: answered ${one.activation} ${one.fromSeq}-${one.toSeq}, then ${other.activation} ${other.fromSeq}-${other.toSeq}`;
      }
    }
    const where = new Map<string, { id: string; seq: number }>();
    for (const [id, { entries }] of journals) {
      for (const { by, source, command, seq } of entries) {
        if (source === 'engine') continue;
        const key = `${by} ${command}`;
        const last = where.get(key);
        if (last && (last.id !== id || last.seq !== seq - 1)) yield `${key}: was done at entry ${last.seq} of ${last.id}, and again at ${seq} of ${id}`;
        where.set(key, { id, seq });
      }
    }
  },
};

import type { ActivationEntry } from '../../../src/domain/events.js';
import { sealedIn } from '../../../src/domain/evidence/sealed.js';
import type { Promised, Seen } from '../seen.js';
import type { Attempt } from '../witness.js';

/** What was answered "recorded" stands in the journal, under its key and its author, with the words that were typed. */
export const acknowledged: Promised = {
  name: 'nothing acknowledged is lost',
  *breaches(seen) {
    for (const attempt of seen.witness.attempts) {
      if (!attempt.accepted) continue;
      const { activation, fromSeq, toSeq } = attempt.accepted;
      const journal = seen.journals.get(activation);
      if (!journal) {
        yield `${attempt.name} ${attempt.key}: activation ${activation} does not exist`;
        continue;
      }
      if (toSeq > journal.entries.length) yield `${attempt.name} ${attempt.key}: entries ${fromSeq} to ${toSeq} of ${activation} were acknowledged, it ends at ${journal.entries.length}`;
      for (let seq = fromSeq; seq <= Math.min(toSeq, journal.entries.length); seq++) {
        const entry = journal.entries[seq - 1]!;
        if (entry.command !== attempt.key || entry.by !== attempt.by) yield `${attempt.name} ${attempt.key}: entry ${seq} of ${activation} is ${entry.command} by ${entry.by}`;
      }
      yield* words(attempt, journal.entries.slice(fromSeq - 1, toSeq), seen);
    }
  },
};

/** The texts of an order, as typed, lie in the vault under the digests of its entries: unless somebody erased them. */
function* words(attempt: Attempt, entries: readonly ActivationEntry[], { texts, journals }: Seen): Iterable<string> {
  const { text, reason, title, note } = attempt.body as Record<string, unknown>;
  const typed = [text, reason, title, note].filter((one) => typeof one === 'string').map((one) => one.trim().replace(/\p{Surrogate}/gu, '\ufffd'));
  // Who opens what is open already is answered "the same": its title is theirs who opened it.
  if (typed.length === 0 || entries.length === 0 || attempt.accepted!.outcome === 'same') return;
  const digests = entries.flatMap(({ payload }) => sealedIn(payload).map(({ digest }) => digest));
  const erased = (digest: string) => journals.get(attempt.accepted!.activation)!.entries.some((entry) => entry.type === 'textErased' && entry.payload.digest === digest);
  const missing = digests.filter((digest) => !texts.has(digest) && !erased(digest) && !entries.some(({ type }) => type === 'statementWritten'));
  for (const digest of missing) yield `${attempt.name} ${attempt.key}: the vault lost ${digest}`;
  const kept = digests.map((digest) => texts.get(digest)?.content);
  for (const one of typed) if (!kept.includes(one) && !digests.some(erased)) yield `${attempt.name} ${attempt.key}: « ${one.slice(0, 40)} » is not what the vault holds`;
}

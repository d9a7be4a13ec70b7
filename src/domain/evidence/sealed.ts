import type { Sealed } from '../entry.js';
import type { ActivationEntry } from '../events.js';

/**
 * Every text and file that a payload names, wherever it stands in it. One rule for both: `digest` is the SHA-256 of the
 * salt's UTF-8 bytes followed by the content's bytes (a text in UTF-8, a file as it came), in hexadecimal.
 */
export function sealedIn(payload: unknown): Sealed[] {
  const found: Sealed[] = [];
  collect(payload, found);
  return found;
}

/**
 * The digests that these entries erase. Every board hears them, whoever may read the entry: what was shown to it before
 * must leave its screen too.
 */
export function erasedIn(entries: readonly ActivationEntry[]): string[] {
  return entries.flatMap((entry) => (entry.type === 'textErased' ? [entry.payload.digest] : []));
}

function collect(value: unknown, found: Sealed[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (isSealed(value)) {
    found.push(value);
    return;
  }
  for (const inner of Object.values(value)) collect(inner, found);
}

function isSealed(value: object): value is Sealed {
  return 'digest' in value && 'bytes' in value && typeof value.digest === 'string' && typeof value.bytes === 'number';
}

import type { Sealed } from '../entry.js';

/** Every text and file that a payload names, wherever it stands in it. */
export function sealedIn(payload: unknown): Sealed[] {
  const found: Sealed[] = [];
  collect(payload, found);
  return found;
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

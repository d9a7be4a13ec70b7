import type { Communes } from '../../application/communes.js';
import type { LineReason } from '../../domain/directory/imports.js';

/** Where a line belongs: a commune that is ours, somewhere else, or nowhere that can be told. */
export type Place = { commune: string } | { elsewhere: true } | { reason: LineReason; /** The commune into which it was merged. */ into?: string };

/** An official code as lists write it: "1001" lost its zero in a spreadsheet, "2a004" is Corsican. */
export function readCode(text: string): string | undefined {
  const code = text.trim().toUpperCase();
  if (/^\d{4}$/.test(code)) return `0${code}`;
  return /^(\d{5}|2[AB]\d{3})$/.test(code) ? code : undefined;
}

/** From the commune's code, never from the column that says the département: it is empty or wrong in places. */
export function departementOf(code: string): string {
  return /^9[78]/.test(code) ? code.slice(0, 3) : code.slice(0, 2);
}

export function placeOfCode(text: string, communes: Communes): Place {
  if (text.trim() === '') return { reason: 'no-commune' };
  const code = readCode(text);
  if (code === undefined) return { reason: 'unknown-commune' };
  if (communes.knows(code)) return { commune: code };
  const into = communes.successor(code);
  if (into !== undefined) return { reason: 'commune-merged', into };
  return communes.covers(departementOf(code)) ? { reason: 'commune-gone' } : { elsewhere: true };
}

/** By code, or by name: "St Étienne du Rouvray", "76540 - Rouen", "Rouen (76)". */
export function placeOf(text: string, communes: Communes): Place {
  const typed = text.trim();
  if (typed === '') return { reason: 'no-commune' };
  const code = /^(\d{4,5}|2[AB]\d{3})\b/i.exec(typed)?.[1];
  if (code !== undefined) return placeOfCode(code, communes);
  const found = communes.called(typed.replace(/\s*\([^)]*\)\s*$/, ''));
  if (found.length === 1) return { commune: found[0]!.code };
  return { reason: found.length === 0 ? 'unknown-commune' : 'ambiguous-commune' };
}

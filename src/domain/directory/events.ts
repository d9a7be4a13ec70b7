import type { PersonKind } from './person.js';

/** Where what stands in the directory came from. */
export const IMPORT_KINDS = ['rne', 'annuaire', 'own-list', 'contours', 'training'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** Somebody asked to be erased, or their mandate ended (RGPD, domain.md part 7). */
export const ERASURES = ['asked', 'mandate-ended'] as const;
export type Erasure = (typeof ERASURES)[number];

/** What the administration's journal says of the directory: ids and figures, never a name, a number or an address. */
export interface DirectoryPayloads {
  personAdded: { person: string; kind: PersonKind };
  personChanged: { person: string; version: number };
  peopleErased: { people: string[]; why: Erasure };
  /** A number or an address was shown whole to somebody: `contact` is its place in the person's list. */
  contactRevealed: { person: string; version: number; contact: number };
  importApplied: { import: string; kind: ImportKind; added: number; changed: number; ended: number; rejected: number };
  importUndone: { import: string };
}
export const DIRECTORY_TYPES: Record<keyof DirectoryPayloads, { v: number }> = {
  personAdded: { v: 1 },
  personChanged: { v: 1 },
  peopleErased: { v: 1 },
  contactRevealed: { v: 1 },
  importApplied: { v: 1 },
  importUndone: { v: 1 },
};

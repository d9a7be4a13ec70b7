import type { Office } from '../directory/person.js';

/** 48.1: circle 1 are the communes affected, circle 2 their neighbours. */
export const CIRCLES = [1, 2] as const;
export type Circle = (typeof CIRCLES)[number];

/** Somebody to be reached, as the directory was when the perimeter was frozen: an id, a version, and what the journal may say. */
export interface FrozenTarget {
  person: string;
  version: number;
  commune: string;
  role: Office | 'town-hall' | 'agent';
  /** Who is tried before whom in that commune. */
  order: number;
}

/** One number of somebody: its place in the list of contacts of that version. */
export interface Dialled {
  version: number;
  contact: number;
}

/**
 * What the result file of an outside automaton (GALA…) may say of one person. Only a key pressed or a reply given is an
 * acknowledgement: "décroché" is answered, and no more (48.1).
 */
export const OUTSIDE_OUTCOMES = ['acknowledged', 'answered', 'machine', 'busy', 'no-answer', 'invalid', 'failed'] as const;
export type OutsideOutcome = (typeof OUTSIDE_OUTCOMES)[number];

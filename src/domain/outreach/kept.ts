import type { Ms } from '../time.js';

/** A perimeter kept under a name for the next time: a PPI, a flood zone. */
export interface KeptPerimeter {
  id: string;
  name: string;
  /** Official codes. */
  circle1: string[];
  circle2: string[];
  createdBy: string;
  /** When it was last saved; what somebody saves names the one they saw. */
  changedAt: Ms;
}

export const MOST_COMMUNES = 2_000;

/** What the administration's journal says of them: ids and figures, never a name. */
export interface PerimeterPayloads {
  perimeterSaved: { perimeter: string; communes: number };
  perimeterRemoved: { perimeter: string };
  /** 48.1 worked on paper: a call list was made, with every number in full, of a kept perimeter or of an activation. */
  callListPrinted: { perimeter?: string; activation?: string; people: number };
}
export const PERIMETER_TYPES: Record<keyof PerimeterPayloads, { v: number }> = {
  perimeterSaved: { v: 1 },
  perimeterRemoved: { v: 1 },
  callListPrinted: { v: 1 },
};

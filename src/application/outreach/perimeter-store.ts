import type { KeptPerimeter } from '../../domain/outreach/kept.js';

/** Changed with an entry of the administration's journal, in one transaction. */
export type PerimeterChange =
  | { change: 'perimeter-put'; perimeter: KeptPerimeter }
  | { change: 'perimeter-removed'; perimeter: string };

export abstract class Perimeters {
  /** A few hundred at most, by name. */
  abstract list(): Promise<KeptPerimeter[]>;
}

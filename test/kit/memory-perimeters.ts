import { Perimeters, type PerimeterChange } from '../../src/application/outreach/perimeter-store.js';
import type { KeptPerimeter } from '../../src/domain/outreach/kept.js';

/** Kept perimeters in a plain map, under the same contract suite as SQLite. */
export class MemoryPerimeters extends Perimeters {
  readonly #kept = new Map<string, KeptPerimeter>();

  /** With the batch of the journal. */
  apply(change: PerimeterChange): void {
    if (change.change === 'perimeter-removed') this.#kept.delete(change.perimeter);
    else {
      const { createdBy } = this.#kept.get(change.perimeter.id) ?? change.perimeter;
      this.#kept.set(change.perimeter.id, structuredClone({ ...change.perimeter, createdBy }));
    }
  }

  override async list(): Promise<KeptPerimeter[]> {
    const key = ({ name, id }: KeptPerimeter) => `${name}\0${id}`;
    return structuredClone([...this.#kept.values()].sort((x, y) => (key(x) < key(y) ? -1 : 1)));
  }
}

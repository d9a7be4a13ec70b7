import type { AddressBook } from './address-book.js';
import type { CommuneShape } from './import-files.js';

const PAGE = 200;

/** The contours that were imported last, in memory: for the map, and for the neighbours of a commune. */
export class Shapes {
  #byCommune = new Map<string, CommuneShape>();

  constructor(private readonly store: AddressBook) {}

  async load(): Promise<void> {
    const read = new Map<string, CommuneShape>();
    for (let after = ''; ;) {
      const page = await this.store.shapes(after, PAGE);
      for (const shape of page) read.set(shape.commune, shape);
      if (page.length < PAGE) break;
      after = page.at(-1)!.commune;
    }
    this.#byCommune = read;
  }

  get all(): CommuneShape[] {
    return [...this.#byCommune.values()];
  }

  shape(commune: string): CommuneShape | undefined {
    return this.#byCommune.get(commune);
  }

  /** Who shares a border with it; none until contours are imported. */
  neighboursOf(commune: string): readonly string[] {
    return this.#byCommune.get(commune)?.neighbours ?? [];
  }
}

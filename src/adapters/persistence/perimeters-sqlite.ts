import { Perimeters, type PerimeterChange } from '../../application/outreach/perimeter-store.js';
import type { KeptPerimeter } from '../../domain/outreach/kept.js';
import type { RawHandle } from './raw-handle.js';

type Stored = Omit<KeptPerimeter, 'circle1' | 'circle2'> & Record<'circle1' | 'circle2', string>;

/** Kept perimeters in SQLite. */
export class PerimetersSqlite extends Perimeters {
  readonly #list;

  constructor(handle: RawHandle) {
    super();
    this.#list = handle.prepare<[], Stored>('SELECT id, name, circle1, circle2, createdBy, changedAt FROM perimeters ORDER BY name, id');
  }

  override async list(): Promise<KeptPerimeter[]> {
    return this.#list.all().map(({ circle1, circle2, ...rest }) => ({ ...rest, circle1: JSON.parse(circle1) as string[], circle2: JSON.parse(circle2) as string[] }));
  }
}

/** Inside the transaction of the batch, like the changes of accounts. */
export function perimeterWriter(handle: RawHandle): (change: PerimeterChange) => void {
  const put = handle.prepare<unknown[]>(
    `INSERT INTO perimeters (id, name, circle1, circle2, createdBy, changedAt) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, circle1 = excluded.circle1, circle2 = excluded.circle2, changedAt = excluded.changedAt`,
  );
  const remove = handle.prepare<[string]>('DELETE FROM perimeters WHERE id = ?');
  return (change) => {
    if (change.change === 'perimeter-removed') return void remove.run(change.perimeter);
    const { id, name, circle1, circle2, createdBy, changedAt } = change.perimeter;
    put.run(id, name, JSON.stringify(circle1), JSON.stringify(circle2), createdBy, changedAt);
  };
}

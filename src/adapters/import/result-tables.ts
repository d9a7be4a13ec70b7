import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FileRefused } from '../../application/directory/import-files.js';
import { ResultTables } from '../../application/outreach/outside-results.js';
import { formOf, openTable } from './table.js';

/** A campaign calls 4,500 people; a result file has a few lines for each. */
const MOST_ROWS = 60_000;

/** The result file of an outside automaton, CSV or XLSX, by the readers of the imports: they take a path, so its bytes lie in a folder of their own meanwhile. */
export class ResultFiles extends ResultTables {
  constructor(private readonly folder: string) {
    super();
  }

  override async read(bytes: Uint8Array): Promise<{ header: string[]; rows: string[][] }> {
    const scratch = await mkdtemp(join(this.folder, '.results-'));
    try {
      const path = join(scratch, 'file');
      await writeFile(path, bytes, { mode: 0o600 });
      const form = await formOf(path);
      if (form === 'json') throw new FileRefused('unknown-format');
      const all: string[][] = [];
      for await (const page of (await openTable(path, form)).pages) {
        for (const { cells } of page) all.push(cells.map((cell) => cell.trim()));
        if (all.length > MOST_ROWS) throw new FileRefused('too-many-lines', String(MOST_ROWS));
      }
      const [header, ...rows] = all;
      if (!header || rows.length === 0) throw new FileRefused('no-rows');
      return { header, rows };
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  }
}

import { parse } from 'csv-parse/sync';
import { ResultTables, TableRefused } from '../../application/outreach/outside-results.js';

/** A campaign calls 4,500 people; a result file has a few lines for each. */
const MOST_ROWS = 60_000;

/** The result file of an outside automaton: CSV in UTF-8 or as Windows writes it. */
export class ResultFiles extends ResultTables {
  override async read(bytes: Uint8Array): Promise<{ header: string[]; rows: string[][] }> {
    if (bytes.length === 0) throw new TableRefused('empty');
    if (bytes.subarray(0, 4_096).some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d)) throw new TableRefused('binary');
    let all: string[][];
    try {
      all = parse(decoded(bytes), { delimiter: [';', ',', '\t'], relax_column_count: true, relax_quotes: true, skip_empty_lines: true, trim: true, to: MOST_ROWS + 2 }) as string[][];
    } catch {
      throw new TableRefused('broken-quotes');
    }
    const [header, ...rows] = all;
    if (!header || rows.length === 0) throw new TableRefused('no-rows');
    if (rows.length > MOST_ROWS) throw new TableRefused('too-many-lines', String(MOST_ROWS));
    return { header, rows };
  }
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

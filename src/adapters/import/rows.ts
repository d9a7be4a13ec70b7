/** One row of a table, whatever file it came from. */
export interface Row {
  /** As a spreadsheet numbers its rows, from 1. */
  line: number;
  cells: string[];
}
export interface Table {
  /** A few hundred at a time: a promise for each row would take longer than the row. */
  pages: AsyncIterable<Row[]>;
  /** How much of the file was read, from 0 to 1. */
  part: () => number;
}

/** Excel reads a file as UTF-8 only behind this mark. */
export const CSV_MARK = '\ufeff';

/** One line of a CSV file that we write: `;` as French spreadsheets have it; no cell of it is ever run as a formula. */
export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map((cell) => (typeof cell === 'number' ? String(cell) : quoted(neutral(cell)))).join(';')}\r\n`;
}

function neutral(text: string): string {
  return /^[\s]*[=+\-@]|^[\t\r]/.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return /[";\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

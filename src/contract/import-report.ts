import type { LineReason } from '../domain/directory/imports.js';
import { CSV_MARK, csvLine } from './csv.js';
import { lineActionWords, lineReasonWords } from './import-words.js';
import type { ReportPage } from './imports.js';

type Line = Pick<ReportPage['lines'][number], 'line' | 'action' | 'reason' | 'shown'>;

/** The report of an import as a file, for whoever mends the list. */
export const REPORT_HEAD = CSV_MARK + csvLine(['ligne', 'résultat', 'motif', 'contenu']);

export function reportRows(lines: readonly Line[]): string {
  return lines.map(({ line, action, reason, shown }) => csvLine([line === 0 ? '' : line, lineActionWords[action], reasonWords(reason), shown])).join('');
}

export function reasonWords(reason: string | null): string {
  return reason === null ? '' : (lineReasonWords[reason as LineReason] ?? reason);
}

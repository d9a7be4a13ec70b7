import type { CallList } from '../../application/outreach/call-lists.js';
import { clockMinute } from '../../contract/french-times.js';
import { markedText } from '../../domain/exercise-mark.js';

const COLUMNS = ['cercle', 'arrondissement', 'code', 'commune', 'ordre', 'personne', 'fonction', 'numéro 1', 'numéro 2', 'numéro 3', 'acquitté à', 'heure de l’appel', 'résultat'];

/** What a spreadsheet of a French office opens by a double click: UTF-8 said by its mark, semicolons, lines as Windows ends them. */
export function callListCsv(list: CallList): string {
  const rows = list.groups.flatMap(({ circle, name, communes }) => communes.flatMap((commune) => {
    const place = [String(circle), name, commune.code, commune.name];
    if (commune.people.length === 0) return [[...place, '', '', '', '', '', '', '', '', '']];
    return commune.people.map(({ name: person, title, numbers, acknowledgedAt }, order) => [
      ...place, String(order + 1), person, title, ...[0, 1, 2].map((i) => dialled(numbers[i] ?? '')), acknowledgedAt === null ? '' : clockMinute(acknowledgedAt, list.timeZone), '', '',
    ]);
  }));
  const lines = [COLUMNS, ...rows].map((row) => row.map(cell).join(';')).join('\n');
  return `\ufeff${markedText(list.lane, lines)}\n`.replace(/\n/g, '\r\n');
}

/**
 * "+262 692 12 34 56" would be read as a formula, and an apostrophe before it would be dialled: it is written with the
 * 00 that one dials. The blanks keep a spreadsheet from taking a number for a figure and eating its zeros.
 */
function dialled(shown: string): string {
  return shown.replace(/^\+/, '00 ');
}

/** What begins as a formula does is text (design.md part 5). No cell of ours holds a line break. */
function cell(text: string): string {
  const flat = text.replace(/[\r\n]+/g, ' ');
  const safe = /^[=+\-@\t]/.test(flat) ? `'${flat}` : flat;
  return /[";]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

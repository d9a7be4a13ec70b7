import { parse } from 'csv-parse/sync';
import { TrainingListReader, type ListedTraining, type ListFault } from '../../application/people/trainings.js';
import { plainWords } from '../../domain/directory/names.js';
import type { LocalDate } from '../../domain/directory/person.js';
import type { TrainingKind } from '../../domain/people/training.js';

/** What the columns may be called, in plain words. */
const COLUMNS = {
  person: ['personne', 'agent', 'nom et prenom', 'nom prenom', 'nom', 'courriel', 'email', 'e mail', 'mail', 'adresse'],
  first: ['prenom'],
  kind: ['formation', 'type', 'nature', 'intitule', 'stage'],
  on: ['date', 'le', 'date de formation', 'suivie le', 'date de la session'],
};

/** A list of trainings in CSV: one line for each person and session, columns by their names, in any order. */
export class CsvTrainingList extends TrainingListReader {
  override read(text: string, most: number): ListedTraining[] | { fault: ListFault } {
    const content = text.replace(/^\uFEFF/, '');
    if (content.trim() === '') return { fault: 'empty' };
    if (content.includes('\u0000')) return { fault: 'unreadable' };
    let rows: { line: number; cells: string[] }[];
    try {
      const delimiter = [';', '\t', ','].sort((x, y) => content.split(y).length - content.split(x).length)[0]!;
      const records = parse(content, { delimiter, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, info: true, max_record_size: 65_536 }) as unknown as
        { record: string[]; info: { lines: number } }[];
      rows = records.map(({ record, info }) => ({ line: info.lines, cells: record.map((cell) => cell.trim()) }));
    } catch {
      return { fault: 'unreadable' };
    }
    const [header, ...lines] = rows;
    const named = header!.cells.map(plainWords);
    const column = (names: readonly string[]) => names.map((name) => named.indexOf(name)).find((at) => at >= 0) ?? -1;
    const [person, first, kind, on] = [column(COLUMNS.person), column(COLUMNS.first), column(COLUMNS.kind), column(COLUMNS.on)];
    if (person < 0 || kind < 0 || on < 0) return { fault: 'columns' };
    if (lines.length === 0) return { fault: 'empty' };
    if (lines.length > most) return { fault: 'too-many' };
    return lines.filter(({ cells }) => cells.some((cell) => cell !== '')).map(({ line, cells }) => ({
      line, person: [cells[first] ?? '', cells[person] ?? ''].join(' ').trim(), kind: kindOf(cells[kind] ?? ''), on: dayOf(cells[on] ?? ''),
      shown: cells.filter((cell) => cell !== '').join(' ; ').slice(0, 200),
    }));
  }
}

/** "CIP, consolidation", "formation initiale CIP", "exercice avec la CIP", "cellule de communication d’urgence". */
function kindOf(written: string): TrainingKind | undefined {
  const words = plainWords(written);
  const says = (...some: string[]) => some.some((word) => words.includes(word));
  if (says('cip', 'information du public', 'numero unique')) {
    if (says('exercice')) return 'cip-exercise';
    if (says('consolid', 'recycl', 'rappel', 'annuel', 'refresh')) return 'cip-refresher';
    return says('initial', 'premiere', 'journee') ? 'cip-initial' : undefined;
  }
  return says('cellule', 'communication', 'cell') ? 'cell' : undefined;
}

/** 15/03/2026, 15-3-26, 2026-03-15, and the number that a spreadsheet makes of a date. */
function dayOf(written: string): LocalDate | undefined {
  const french = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})$/.exec(written);
  const iso = /^(\d{4})-(\d{2})-(\d{2})/.exec(written);
  if (/^\d{5}$/.test(written)) return new Date(Date.UTC(1899, 11, 30) + Number(written) * 86_400_000).toISOString().slice(0, 10);
  const [year, month, day] = french ? [Number(french[3]) + (french[3]!.length === 2 ? 2_000 : 0), Number(french[2]), Number(french[1])] : iso ? [Number(iso[1]), Number(iso[2]), Number(iso[3])] : [0, 0, 0];
  const at = new Date(Date.UTC(year, month - 1, day));
  return year > 0 && at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at.toISOString().slice(0, 10) : undefined;
}

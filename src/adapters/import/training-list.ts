import { Readable } from 'node:stream';
import { FileRefused } from '../../application/directory/import-files.js';
import { TrainingListReader, type ListedTraining, type ListFault } from '../../application/people/trainings.js';
import { plainWords } from '../../domain/directory/names.js';
import type { LocalDate } from '../../domain/directory/person.js';
import type { TrainingKind } from '../../domain/people/training.js';
import { columnCalled, readDate } from './columns.js';
import type { Row } from './rows.js';
import { delimiterOf, rowsOf } from './table.js';

/** What the columns may be called, in plain words. */
const COLUMNS = {
  person: ['personne', 'agent', 'nom et prenom', 'nom prenom', 'nom', 'courriel', 'email', 'e mail', 'mail', 'adresse'],
  first: ['prenom'],
  kind: ['formation', 'type', 'nature', 'intitule', 'stage'],
  on: ['date', 'le', 'date de formation', 'suivie le', 'date de la session'],
};

/** A list of trainings in CSV: one line for each person and session, columns by their names, in any order; read as the lists of the directory are. */
export class CsvTrainingList extends TrainingListReader {
  override async read(text: string, most: number): Promise<ListedTraining[] | { fault: ListFault }> {
    if (text.replace(/^\uFEFF/, '').trim() === '') return { fault: 'empty' };
    if (text.includes('\u0000')) return { fault: 'unreadable' };
    const rows: Row[] = [];
    try {
      for await (const page of rowsOf(Readable.from([text]), delimiterOf(text.slice(0, 8_192)))) rows.push(...page);
    } catch (error) {
      if (error instanceof FileRefused) return { fault: 'unreadable' };
      throw error;
    }
    const [header, ...lines] = rows;
    const [person, first, kind, on] = (['person', 'first', 'kind', 'on'] as const).map((column) => columnCalled(header!.cells, ...COLUMNS[column])) as [number, number, number, number];
    if (person < 0 || kind < 0 || on < 0) return { fault: 'columns' };
    if (lines.length === 0) return { fault: 'empty' };
    if (lines.length > most) return { fault: 'too-many' };
    return lines.map(({ line, cells }) => ({ line, cells: cells.map((cell) => cell.trim()) })).filter(({ cells }) => cells.some((cell) => cell !== '')).map(({ line, cells }) => ({
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

/** As any list says a day, and 15-3-26: no training was given in the last century. */
function dayOf(written: string): LocalDate | undefined {
  return readDate(written.replace(/^(\d{1,2}[/.-]\d{1,2}[/.-])(\d{2})$/, '$120$2')) ?? undefined;
}

import { FileRefused } from '../../application/directory/import-files.js';
import { plainWords } from '../../domain/directory/names.js';
import type { LocalDate } from '../../domain/directory/person.js';
import type { Row, Table } from './rows.js';

/** A title, a date or an empty line may stand above the header. */
const HEADER_WITHIN = 20;

export interface Headed {
  header: string[];
  /** What stands below, once, a few hundred rows at a time. */
  pages: AsyncIterable<Row[]>;
  part: () => number;
}

/** The first row that has at least two cells, none of which reads like a number, a code or an address. */
export async function headed({ pages, part }: Table): Promise<Headed> {
  const iterator = pages[Symbol.asyncIterator]();
  const next = await iterator.next();
  const first: Row[] = next.done ? [] : next.value;
  const at = first.slice(0, HEADER_WITHIN).findIndex(({ cells }) => cells.filter((cell) => cell.trim() !== '').length >= 2);
  const cells = at < 0 ? [] : first[at]!.cells;
  if (at < 0 || cells.some((cell) => /@|^[\d\s.+()/-]{4,}$/.test(cell.trim()))) {
    await iterator.return?.();
    throw new FileRefused(first.length === 0 ? 'empty' : 'no-header');
  }
  return { header: cells.map((cell) => cell.replace(/\s+/g, ' ').trim()), part, pages: onwards(first.slice(at + 1), iterator) };
}

async function* onwards(rest: Row[], iterator: AsyncIterator<Row[]>): AsyncGenerator<Row[]> {
  try {
    yield rest;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.();
  }
}

/** Where the first of these names stands in the header; -1 where none does. */
export function columnCalled(header: readonly string[], ...names: string[]): number {
  const words = header.map(plainWords);
  for (const name of names) {
    const at = words.indexOf(name);
    if (at >= 0) return at;
  }
  return -1;
}

/** 29/03/2026, 2026-03-29, or the number by which a spreadsheet counts days. Null where there is none, undefined where it is no date. */
export function readDate(text: string): LocalDate | null | undefined {
  const typed = text.trim();
  if (typed === '') return null;
  if (/^[2-6]\d{4}$/.test(typed)) return new Date(Date.UTC(1899, 11, 30) + Number(typed) * 86_400_000).toISOString().slice(0, 10);
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$/.exec(typed);
  const french = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(typed);
  const [year, month, day] = iso ? [iso[1], iso[2], iso[3]] : french ? [french[3], french[2], french[1]] : [];
  if (year === undefined) return undefined;
  const date = `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
  const at = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(date) ? date : undefined;
}

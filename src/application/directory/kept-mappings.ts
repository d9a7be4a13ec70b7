import type { Mapping } from '../../domain/directory/imports.js';
import { plainWords } from '../../domain/directory/names.js';
import type { AddressBook } from './address-book.js';
import type { Recognised } from './import-files.js';

type Columns = Recognised['columns'];

/** What the columns of a list hold: said once, and known again by their names. */
export class KeptMappings {
  constructor(private readonly store: AddressBook) {}

  /** As somebody says now, and it is kept; else as somebody said of such a header, else as the names suggest. */
  async settle({ columns, guessed }: Pick<Recognised, 'columns' | 'guessed'>, said: Mapping | undefined): Promise<Mapping> {
    if (said?.length === columns.length) await this.store.putMapping(headerOf(columns), inOrder(columns).map((at) => said[at]!));
    return said ?? (await this.keptFor(columns)) ?? guessed;
  }

  /** Kept in the order of the names: the same columns shuffled are the same list. */
  async keptFor(columns: Columns): Promise<Mapping | undefined> {
    const known = (await this.store.mapping(headerOf(columns))) as Mapping | undefined;
    const sorted = inOrder(columns);
    return known && columns.map((_, at) => known[sorted.indexOf(at)]!);
  }
}

function inOrder(columns: Columns): number[] {
  const names = columns.map(({ name }) => plainWords(name));
  return names.map((_, at) => at).sort((x, y) => (names[x]! < names[y]! ? -1 : names[x]! > names[y]! ? 1 : x - y));
}

function headerOf(columns: Columns): string {
  return inOrder(columns).map((at) => plainWords(columns[at]!.name)).join('|');
}

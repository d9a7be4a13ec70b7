import { hasEnded, inCallingOrder, type LocalDate, type Person } from '../../domain/directory/person.js';
import type { FrozenTarget } from '../../domain/outreach/targets.js';
import type { Book } from '../directory/book.js';

/** The mayor, deputies in their order, the town hall: beyond so many, a commune is called by a person who knows it. */
export const MOST_IN_A_COMMUNE = 8;

/** 48.1: whom one may reach in these communes today, as the directory knows them; whoever has no number nor address is left out. */
export function targetsIn(book: Book, communes: readonly string[], today: LocalDate): FrozenTarget[] {
  return communes.flatMap((commune) => reachable(book, commune, today).map(({ id, version, kind, office }, order) => ({
    person: id, version, commune, role: kind === 'town-hall' ? 'town-hall' as const : (office ?? 'autre'), order,
  })));
}

/** In the order in which they are tried. */
export function reachable(book: Book, commune: string, today: LocalDate): Person[] {
  const people = book.inCommune(commune).filter((person) =>
    (person.kind === 'official' || person.kind === 'town-hall') && person.contacts.length > 0 && !hasEnded(person, today));
  return inCallingOrder(people).slice(0, MOST_IN_A_COMMUNE);
}

import { plainWords } from '../../domain/directory/names.js';
import type { Person } from '../../domain/directory/person.js';
import type { AddressBook } from './address-book.js';

const PAGE = 1_000;

interface Searched {
  person: Person;
  words: string;
}

/**
 * Everybody who is in force, in memory: 50,000 people at most (design.md: one instance is one préfecture), so that a
 * search as one types, a perimeter and a night's estimate read no disk. Written after each commit, by whoever wrote.
 */
export class Book {
  readonly #people = new Map<string, Person>();
  readonly #byCommune = new Map<string, Set<string>>();
  /** What is searched of each: its words, without accents, each preceded by a blank. */
  readonly #words = new Map<string, Searched>();
  /** Grows with each change: what was computed from the book may be kept until it does. */
  #revision = 0;
  /** In the alphabet's order. Sorted once, when all are there; then a change takes one place or gives it up. */
  #sorted: Searched[] | undefined = [];

  constructor(
    private readonly store: AddressBook,
    private readonly communeName: (code: string) => string | undefined,
  ) {}

  /** At start, and whenever the whole may have changed. */
  async load(): Promise<void> {
    this.#people.clear();
    this.#byCommune.clear();
    this.#words.clear();
    this.#sorted = undefined;
    for (let after = ''; ;) {
      const page = await this.store.people(after, PAGE);
      for (const person of page) this.put(person);
      if (page.length < PAGE) break;
      after = page.at(-1)!.id;
    }
    this.#sorted = [...this.#words.values()].sort((x, y) => (isBefore(x, y) ? -1 : 1));
  }

  get size(): number {
    return this.#people.size;
  }

  get revision(): number {
    return this.#revision;
  }

  person(id: string): Person | undefined {
    return this.#people.get(id);
  }

  everybody(): IterableIterator<Person> {
    return this.#people.values();
  }

  inCommune(code: string): Person[] {
    return [...(this.#byCommune.get(code) ?? [])].map((id) => this.#people.get(id)!);
  }

  put(person: Person): void {
    this.drop(person.id);
    this.#people.set(person.id, person);
    if (person.commune !== null) {
      const there = this.#byCommune.get(person.commune) ?? new Set<string>();
      this.#byCommune.set(person.commune, there.add(person.id));
    }
    const { lastName, firstName, title, organisation, commune } = person;
    const place = commune === null ? '' : `${this.communeName(commune) ?? ''} ${commune}`;
    const searched = { person, words: ` ${plainWords(`${lastName} ${firstName} ${title} ${organisation} ${place}`)}` };
    this.#words.set(person.id, searched);
    this.#sorted?.splice(placeOf(searched, this.#sorted), 0, searched);
  }

  drop(id: string): void {
    this.#revision++;
    const known = this.#people.get(id);
    if (!known) return;
    if (known.commune !== null) this.#byCommune.get(known.commune)?.delete(id);
    this.#people.delete(id);
    const searched = this.#words.get(id)!;
    this.#words.delete(id);
    this.#sorted?.splice(placeOf(searched, this.#sorted), 1);
  }

  /** Whoever has a word that begins with each of those asked; first those whose name does, in the alphabet's order. */
  search(query: string, limit: number, among: (person: Person) => boolean = () => true): { found: Person[]; more: boolean } {
    const [first = '', ...others] = plainWords(query).split(' ').filter((word) => word !== '').map((word) => ` ${word}`);
    const sorted = this.#sorted ?? [];
    const found: Person[] = [];
    // Whoever is named so stands together; only where they are few are all the others read through.
    for (let n = placeOf({ words: first, person: { id: '' } }, sorted); n < sorted.length && sorted[n]!.words.startsWith(first) && found.length <= limit; n++) {
      const { words, person } = sorted[n]!;
      if (others.every((word) => words.includes(word)) && among(person)) found.push(person);
    }
    for (let n = 0; n < sorted.length && found.length <= limit; n++) {
      const { words, person } = sorted[n]!;
      if (words.includes(first) && !words.startsWith(first) && others.every((word) => words.includes(word)) && among(person)) found.push(person);
    }
    return { found: found.slice(0, limit), more: found.length > limit };
  }
}

type Placed = { words: string; person: Pick<Person, 'id'> };

function isBefore(x: Placed, y: Placed): boolean {
  return x.words < y.words || (x.words === y.words && x.person.id < y.person.id);
}

/** Where it stands, or would. */
function placeOf(one: Placed, sorted: readonly Placed[]): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (isBefore(sorted[middle]!, one)) from = middle + 1;
    else to = middle;
  }
  return from;
}

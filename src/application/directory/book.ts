import { plainWords } from '../../domain/directory/names.js';
import type { Person } from '../../domain/directory/person.js';
import type { AddressBook } from './address-book.js';

const PAGE = 1_000;

/**
 * Everybody who is in force, in memory: 50,000 people at most (design.md: one instance is one préfecture), so that a
 * search as one types, a perimeter and a night's estimate read no disk. Written after each commit, by whoever wrote.
 */
export class Book {
  readonly #people = new Map<string, Person>();
  readonly #byCommune = new Map<string, Set<string>>();
  /** What is searched of each: its words, without accents, each preceded by a blank. */
  readonly #words = new Map<string, string>();
  /** Grows with each change: what was computed from the book may be kept until it does. */
  #revision = 0;
  #sorted: readonly string[] = [];
  #sortedAt = -1;

  constructor(
    private readonly store: AddressBook,
    private readonly communeName: (code: string) => string | undefined,
  ) {}

  /** At start, and whenever the whole may have changed. */
  async load(): Promise<void> {
    this.#people.clear();
    this.#byCommune.clear();
    this.#words.clear();
    for (let after = ''; ;) {
      const page = await this.store.people(after, PAGE);
      for (const person of page) this.put(person);
      if (page.length < PAGE) return;
      after = page.at(-1)!.id;
    }
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
    this.#words.set(person.id, ` ${plainWords(`${lastName} ${firstName} ${title} ${organisation} ${place}`)}`);
  }

  drop(id: string): void {
    this.#revision++;
    const known = this.#people.get(id);
    if (!known) return;
    if (known.commune !== null) this.#byCommune.get(known.commune)?.delete(id);
    this.#people.delete(id);
    this.#words.delete(id);
  }

  /** Whoever has a word that begins with each of those asked; first those whose name does, in the alphabet's order. */
  search(query: string, limit: number, among: (person: Person) => boolean = () => true): { found: Person[]; more: boolean } {
    const asked = plainWords(query).split(' ').filter((word) => word !== '').map((word) => ` ${word}`);
    const named: Person[] = [];
    const others: Person[] = [];
    for (const id of this.#inOrder()) {
      const words = this.#words.get(id)!;
      if (!asked.every((word) => words.includes(word))) continue;
      const isNamed = asked.length === 0 || words.startsWith(asked[0]!);
      const list = isNamed ? named : others;
      if (list.length > limit) continue;
      const person = this.#people.get(id)!;
      if (among(person)) list.push(person);
      if (named.length > limit) break;
    }
    const found = [...named, ...others];
    return { found: found.slice(0, limit), more: found.length > limit };
  }

  /** Sorted once after a change, not at each letter that somebody types. */
  #inOrder(): readonly string[] {
    if (this.#sortedAt !== this.#revision) {
      this.#sorted = [...this.#words].sort(([, x], [, y]) => (x < y ? -1 : x > y ? 1 : 0)).map(([id]) => id);
      this.#sortedAt = this.#revision;
    }
    return this.#sorted;
  }
}

import type { Person } from '../../domain/directory/person.js';
import type { AddressBook } from './address-book.js';
import { Alphabet } from './alphabet.js';

const PAGE = 1_000;

/**
 * Everybody who is in force, in memory: 50,000 people at most (design.md: one instance is one préfecture), so that a
 * search as one types, a perimeter and a night's estimate read no disk. Written after each commit, by whoever wrote.
 */
export class Book {
  #edition: Edition;
  /** What is being prepared, and is in force once it is whole. */
  #next: Edition | undefined;
  #turning: Promise<void> = Promise.resolve();
  /** Grows with each change: what was computed from the book may be kept until it does. */
  #revision = 0;

  constructor(
    private readonly store: AddressBook,
    private readonly communeName: (code: string) => string | undefined,
  ) {
    this.#edition = this.#blank();
    this.#edition.alphabet.sort();
  }

  /** At start, and whenever the whole may have changed. */
  load(): Promise<void> {
    return this.#turnTo(this.#blank(), async (next) => {
      for (let after = ''; ;) {
        const page = await this.store.people(after, PAGE);
        for (const person of page) next.put(person);
        if (page.length < PAGE) break;
        after = page.at(-1)!.id;
      }
    });
  }

  /** Many changes, as long as they take: whoever reads meanwhile meets the former whole, then the new one. */
  turn(change: (next: NextEdition) => Promise<void>): Promise<void> {
    const turned = this.#turning.then(() => this.#turnTo(this.#edition.copy(), change));
    this.#turning = turned.catch(() => {});
    return turned;
  }

  get size(): number {
    return this.#edition.people.size;
  }

  get revision(): number {
    return this.#revision;
  }

  person(id: string): Person | undefined {
    return this.#edition.people.get(id);
  }

  everybody(): IterableIterator<Person> {
    return this.#edition.people.values();
  }

  inCommune(code: string): Person[] {
    return this.#edition.inCommune(code);
  }

  put(person: Person): void {
    this.#revision++;
    this.#edition.put(person);
    this.#next?.settle(person.id, person);
  }

  drop(id: string): void {
    this.#revision++;
    this.#edition.drop(id);
    this.#next?.settle(id, undefined);
  }

  /** Whoever has a word that begins with each of those asked; first those whose name does, in the alphabet's order. */
  search(query: string, limit: number, among: (person: Person) => boolean = () => true): { found: Person[]; more: boolean } {
    const found: Person[] = [];
    for (const person of this.#edition.alphabet.search(query)) {
      if (!among(person)) continue;
      if (found.length === limit) return { found, more: true };
      found.push(person);
    }
    return { found, more: false };
  }

  async #turnTo(next: Edition, change: (next: NextEdition) => Promise<void>): Promise<void> {
    this.#next = next;
    try {
      await change(next);
      next.alphabet.sort();
      this.#edition = next;
      this.#revision++;
    } finally {
      this.#next = undefined;
    }
  }

  #blank(): Edition {
    return new Edition((code) => `${this.communeName(code) ?? ''} ${code}`);
  }
}

export type NextEdition = Pick<Edition, 'person' | 'put' | 'drop'>;

class Edition {
  /** Whoever somebody changed or erased while this one is prepared: that stands, whatever is still to come of them. */
  readonly #settled = new Set<string>();

  constructor(
    private readonly place: (commune: string) => string,
    readonly people = new Map<string, Person>(),
    /** Each list is replaced, never changed: a copy shares them. */
    private readonly byCommune = new Map<string, readonly Person[]>(),
    readonly alphabet = new Alphabet(),
  ) {}

  copy(): Edition {
    return new Edition(this.place, new Map(this.people), new Map(this.byCommune), new Alphabet(this.alphabet));
  }

  person(id: string): Person | undefined {
    return this.people.get(id);
  }

  inCommune(code: string): Person[] {
    return [...(this.byCommune.get(code) ?? [])];
  }

  settle(id: string, person: Person | undefined): void {
    this.#settled.delete(id);
    if (person) this.put(person);
    else this.drop(id);
    this.#settled.add(id);
  }

  put(person: Person): void {
    if (this.#settled.has(person.id)) return;
    this.drop(person.id);
    this.people.set(person.id, person);
    if (person.commune !== null) {
      const there = this.byCommune.get(person.commune);
      this.byCommune.set(person.commune, there ? [...there, person] : [person]);
    }
    this.alphabet.put(person, person.commune === null ? '' : this.place(person.commune));
  }

  drop(id: string): void {
    const known = this.people.get(id);
    if (!known || this.#settled.has(id)) return;
    if (known.commune !== null) this.byCommune.set(known.commune, this.inCommune(known.commune).filter((one) => one !== known));
    this.people.delete(id);
    this.alphabet.drop(id);
  }
}

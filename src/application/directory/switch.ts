import { decideAdministration, type AdminCommand } from '../../domain/administration-rules.js';
import type { Person } from '../../domain/directory/person.js';
import { isRefusal, type Refusal } from '../../domain/refusal.js';
import type { Ms } from '../../domain/time.js';
import type { Actor, Administration } from '../administration.js';
import type { AddressBook, ImportRecord } from './address-book.js';
import type { Book } from './book.js';
import type { Shapes } from './shapes.js';

const PAGE = 500;

interface Parts {
  administration: Administration;
  store: AddressBook;
  book: Book;
  shapes: Shapes;
  turn: () => Promise<void>;
}

interface Rehearsed {
  staged: readonly Person[];
  /** How many imports had been switched when it began. */
  switches: number;
}

/** What was rehearsed is put in force by one row and one entry, and taken back the same way; the book turns to it at once, when all of it was read. */
export class Switch {
  /** Rehearsals that may still be applied. */
  readonly #rehearsed = new Map<string, Rehearsed>();
  #switches = 0;

  constructor(private readonly parts: Parts) {}

  /** What a rehearsal that begins now compares with. */
  begun(): Pick<Rehearsed, 'switches'> {
    return { switches: this.#switches };
  }

  ready(id: string, rehearsed: Rehearsed): void {
    this.#rehearsed.set(id, rehearsed);
  }

  forget(id: string): void {
    this.#rehearsed.delete(id);
  }

  /** The one that has waited longest, where so many wait. */
  oldestBeyond(most: number): string | undefined {
    const [oldest] = this.#rehearsed.keys();
    return this.#rehearsed.size >= most ? oldest : undefined;
  }

  async apply(actor: Actor, id: string): Promise<Refusal | undefined> {
    return this.#move(actor, id, 'applied', (known, now) => ({ type: 'import-directory', known, isFresh: this.#isFresh(id), now }));
  }

  /** As a whole; whom somebody changed since stays as they are, and is counted. */
  async undo(actor: Actor, id: string): Promise<{ kept: number } | Refusal> {
    const kept = (await this.parts.store.import(id))?.state === 'applied' ? await this.changedSince(id) : 0;
    return (await this.#move(actor, id, 'undone', (known, now) => ({ type: 'undo-import', known, now }))) ?? { kept };
  }

  /** How many of the cards that an applied import wrote are no longer as it wrote them. */
  async changedSince(id: string): Promise<number> {
    let changed = 0;
    for await (const page of this.#stagedBy(id)) changed += page.filter((person) => this.parts.book.person(person.id)?.version !== person.version).length;
    return changed;
  }

  #isFresh(id: string): boolean {
    const rehearsed = this.#rehearsed.get(id);
    if (rehearsed?.switches !== this.#switches) return false;
    // Nobody has a newer version; whoever was there still is.
    return rehearsed.staged.every((one) => {
      const version = this.parts.book.person(one.id)?.version;
      return version === undefined ? one.version === 1 : version < one.version;
    });
  }

  async #move(actor: Actor, id: string, state: 'applied' | 'undone', command: (known: ImportRecord | undefined, now: Ms) => AdminCommand): Promise<Refusal | undefined> {
    const { administration, store, shapes } = this.parts;
    const written = await administration.write(actor, async (known, now) => {
      const events = decideAdministration(known, command(await store.import(id), now), { rights: actor.rights, now });
      return isRefusal(events) ? events : { events, changes: events.length === 0 ? [] : [{ change: 'import-moved', import: id, state, at: now }] };
    });
    if (isRefusal(written)) return written;
    if (written.length === 0) return undefined;
    this.#switches++;
    const staged = this.#rehearsed.get(id)?.staged ?? [];
    this.forget(id);
    await this.#turnBook(id, state, staged);
    await shapes.load();
    return undefined;
  }

  #turnBook(id: string, state: 'applied' | 'undone', staged: readonly Person[]): Promise<void> {
    return this.parts.book.turn(async (next) => {
      for await (const page of state === 'applied' ? this.#inPages(staged) : this.#stagedBy(id)) {
        for (const staged of page) {
          const known = next.person(staged.id);
          if (known && known.version > staged.version) continue;
          const person = state === 'applied' ? staged : await this.parts.store.person(staged.id);
          if (person) next.put(person);
          else next.drop(staged.id);
        }
      }
    });
  }

  async *#inPages(people: readonly Person[]): AsyncGenerator<readonly Person[]> {
    for (let at = 0; at < people.length; at += PAGE) {
      yield people.slice(at, at + PAGE);
      await this.parts.turn();
    }
  }

  async *#stagedBy(id: string): AsyncGenerator<Person[]> {
    for (let after = ''; ;) {
      const page = await this.parts.store.stagedBy(id, after, PAGE);
      yield page;
      if (page.length < PAGE) return;
      after = page.at(-1)!.id;
      await this.parts.turn();
    }
  }
}

import { decideAdministration, type AdminCommand } from '../../domain/administration-rules.js';
import { MOST_ERASED } from '../../domain/directory/rules.js';
import type { Erasure } from '../../domain/directory/events.js';
import type { ContactPoint, Person, PersonContent } from '../../domain/directory/person.js';
import { isRefusal, refuse, type Refusal } from '../../domain/refusal.js';
import type { Ms } from '../../domain/time.js';
import type { Actor, Administration } from '../administration.js';
import type { Clock, Random } from '../ports.js';
import type { AddressBook, DirectoryChange } from './address-book.js';
import type { Book } from './book.js';
import type { Numbers } from './numbers.js';

/** A way to reach somebody, as it was typed; one that stands there already keeps the date on which it was last checked. */
export type TypedContact = { kind: 'phone' | 'email'; value: string };
/** One that stands there, by its place: it was masked on screen. `checked`: somebody has just tried it. */
export type KeptContact = { keep: number; checked?: boolean };
export type TypedPerson = Omit<PersonContent, 'contacts'> & { contacts: readonly (TypedContact | KeptContact)[] };

/** The directory changed by hand: each act is an entry of the administration's journal and its row, in one transaction. */
export class Keeper {
  constructor(
    private readonly administration: Administration,
    private readonly store: AddressBook,
    private readonly book: Book,
    private readonly numbers: Numbers,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly departementOf: (commune: string | null) => string | undefined,
    /** Their mandate ended long enough ago. */
    private readonly isToPurge: (person: Person) => boolean,
  ) {}

  async add(actor: Actor, typed: TypedPerson): Promise<{ person: string } | Refusal> {
    const id = this.random.id();
    const content = this.#read(typed, undefined);
    if (isRefusal(content)) return content;
    const refused = await this.#write(actor, () => ({ type: 'add-person', person: id, content }), (now) =>
      ({ change: 'person-put', person: { id, version: 1, ...content, changedAt: now } }));
    return refused ?? { person: id };
  }

  /** `seen` is the version that was on the screen. */
  async change(actor: Actor, id: string, seen: number, typed: TypedPerson): Promise<Refusal | undefined> {
    const known = this.book.person(id);
    const content = this.#read(typed, known);
    if (isRefusal(content)) return content;
    // Above what an import may have staged meanwhile: that import is then rehearsed anew.
    const next = Math.max((await this.store.lastVersions([id])).get(id) ?? 0, seen) + 1;
    return this.#write(actor, () => ({ type: 'change-person', known: this.book.person(id), seen, next, content }), (now) =>
      ({ change: 'person-put', person: { id, version: next, ...content, changedAt: now } }));
  }

  /** For ever: every version goes, and no chain breaks. */
  async erase(actor: Actor, people: readonly string[], why: Erasure): Promise<Refusal | undefined> {
    if (people.length > MOST_ERASED) return refuse('too-many-people', { most: MOST_ERASED });
    const known = [...new Set(people)].flatMap((id) => this.book.person(id) ?? []);
    const ids = known.map(({ id }) => id);
    const tooEarly = () => ids.flatMap((id) => this.book.person(id) ?? []).filter((person) => !this.isToPurge(person)).length;
    return this.#write(actor, () => ({ type: 'erase-people', people: ids, why, tooEarly: tooEarly() }), () => ({ change: 'people-erased', people: ids }));
  }

  /** A number or an address, whole: who saw it is logged before it is shown. */
  async reveal(actor: Actor, id: string, contact: number): Promise<{ value: string; shown: string } | Refusal> {
    const known = this.book.person(id);
    const refused = await this.#write(actor, () => ({ type: 'reveal-contact', known, contact }));
    if (refused) return refused;
    const point = known!.contacts[contact]!;
    return point.kind === 'phone' ? { value: point.number, shown: this.numbers.shown(point.number) } : { value: point.address, shown: point.address };
  }

  #read({ contacts, ...rest }: TypedPerson, known: Person | undefined): PersonContent | Refusal {
    const read: ContactPoint[] = [];
    for (const typed of contacts) {
      const point = 'keep' in typed ? this.#kept(typed, known) : this.#contact(typed, known, this.departementOf(rest.commune));
      if (!point) return refuse('stale-person');
      if (isRefusal(point)) return point;
      if (!read.some((one) => valueOf(one) === valueOf(point))) read.push(point);
    }
    return { ...rest, contacts: read };
  }

  #kept({ keep, checked }: KeptContact, known: Person | undefined): ContactPoint | undefined {
    const point = known?.contacts[keep];
    return point && checked ? { ...point, checkedAt: this.clock.wall() } : point;
  }

  #contact({ kind, value }: TypedContact, known: Person | undefined, departement: string | undefined): ContactPoint | Refusal {
    const now = this.clock.wall();
    const dated = (point: ContactPoint): ContactPoint => {
      const same = known?.contacts.find((one) => valueOf(one) === valueOf(point));
      return { ...point, checkedAt: same?.checkedAt ?? now };
    };
    if (kind === 'email') return dated({ kind, address: value.trim().toLowerCase(), checkedAt: null });
    const number = this.numbers.read(value, departement);
    return 'fault' in number ? refuse('number-refused', { typed: value, why: number.fault }) : dated({ kind, ...number, checkedAt: null });
  }

  async #write(actor: Actor, command: () => AdminCommand, change?: (now: Ms) => DirectoryChange): Promise<Refusal | undefined> {
    let done: DirectoryChange | undefined;
    const written = await this.administration.write(actor, (state, now) => {
      const events = decideAdministration(state, command(), { rights: actor.rights, now });
      if (isRefusal(events) || events.length === 0) return isRefusal(events) ? events : { events };
      done = change?.(now);
      return { events, changes: done ? [done] : [] };
    });
    if (isRefusal(written)) return written;
    if (done?.change === 'person-put') this.book.put(done.person);
    if (done?.change === 'people-erased') for (const id of done.people) this.book.drop(id);
    return undefined;
  }
}

export function valueOf(contact: ContactPoint): string {
  return contact.kind === 'phone' ? contact.number : contact.address;
}

import { decideAdministration } from '../../domain/administration-rules.js';
import type { Commune } from '../../domain/communes.js';
import { numbersOf, type LocalDate, type Person } from '../../domain/directory/person.js';
import type { Lane } from '../../domain/entry.js';
import { communeState } from '../../domain/outreach/coverage.js';
import type { Circles } from '../../domain/outreach/choice.js';
import type { KeptPerimeter } from '../../domain/outreach/kept.js';
import { CIRCLES, type Circle } from '../../domain/outreach/targets.js';
import { isRefusal, refuse, type Refusal } from '../../domain/refusal.js';
import type { Activation } from '../../domain/state.js';
import type { Ms } from '../../domain/time.js';
import type { Actor, Administration } from '../administration.js';
import type { Communes } from '../communes.js';
import type { AddressBook } from '../directory/address-book.js';
import type { Book } from '../directory/book.js';
import type { Numbers } from '../directory/numbers.js';
import type { Clock, Directory } from '../ports.js';
import { reachable } from './targets.js';

/** 48.1 the list to be worked on paper, every number in full. */
export interface CallList {
  title: string;
  lane: Lane;
  prefecture: string;
  timeZone: string;
  printedAt: Ms;
  printedBy: string;
  groups: CallGroup[];
}
export interface CallGroup {
  circle: Circle;
  /** Arrondissement; overseas, where there is none, the EPCI. */
  name: string;
  communes: CallCommune[];
}
export interface CallCommune {
  code: string;
  name: string;
  /** One of its people acknowledged. */
  isReached: boolean;
  /** In calling order; none where the directory knows no number. */
  people: CallPerson[];
}
export interface CallPerson {
  name: string;
  title: string;
  /** As one reads them aloud. */
  numbers: string[];
  acknowledgedAt: Ms | null;
}

export abstract class CallListPrinter {
  abstract pdf(list: CallList): Promise<Uint8Array>;
  abstract csv(list: CallList): string;
}

export interface CallListParts {
  administration: Administration;
  addressBook: AddressBook;
  book: Book;
  numbers: Numbers;
  communes: Communes;
  directory: Directory;
  clock: Clock;
  today: () => LocalDate;
  /** `lane`: a demonstration prints nothing that could be taken for real. */
  house: { prefecture: string; timeZone: string; lane: Lane };
}

/** Call lists of a kept perimeter or of an activation. Who had one printed is logged before a number leaves. */
export class CallLists {
  constructor(private readonly parts: CallListParts) {}

  /** Whom one would call today. */
  async ofPerimeter(actor: Actor, perimeter: KeptPerimeter): Promise<CallList | Refusal> {
    const { book, today, house } = this.parts;
    const day = today();
    const groups = await this.#groups(perimeter, async (code) => ({
      isReached: false, people: reachable(book, code, day).flatMap((person) => this.#entry(person, null)),
    }));
    return this.#printed(actor, { perimeter: perimeter.id }, { title: perimeter.name, ...house, groups });
  }

  /** Those who were frozen, as they were known then; what was acknowledged is crossed out. */
  async ofActivation(actor: Actor, a: Readonly<Activation>, title: string): Promise<CallList | Refusal> {
    const o = a.outreach;
    if (!o.circles[1] && !o.circles[2]) return refuse('no-perimeter', { circle: 1 });
    const circles = { circle1: o.circles[1]?.communes ?? [], circle2: o.circles[2]?.communes ?? [] };
    const groups = await this.#groups(circles, async (code) => {
      const targets = (o.byCommune[code] ?? []).map((id) => o.targets[id]!).sort((x, y) => x.order - y.order);
      const people = await Promise.all(targets.map(async ({ person, version, attempts }) => {
        const known = await this.parts.addressBook.person(person, version);
        return known ? this.#entry(known, attempts.find(({ outcome }) => outcome === 'acknowledged')?.at ?? null) : [];
      }));
      return { isReached: communeState(o, code) === 'acknowledged', people: people.flat() };
    });
    return this.#printed(actor, { activation: a.id }, { title, lane: a.lane, prefecture: a.prefecture, timeZone: a.timeZone, groups });
  }

  /** Whoever has no number is not called. */
  #entry(person: Person, acknowledgedAt: Ms | null): CallPerson[] {
    const numbers = numbersOf(person).map(({ number }) => this.parts.numbers.shown(number));
    const name = [person.firstName, person.lastName].filter((part) => part !== '').join(' ');
    return numbers.length === 0 ? [] : [{ name, title: person.title, numbers, acknowledgedAt }];
  }

  /** Circle 1 first; by arrondissement, then by commune. */
  async #groups(circles: Circles, of: (code: string) => Promise<Pick<CallCommune, 'isReached' | 'people'>>): Promise<CallGroup[]> {
    const groups: CallGroup[] = [];
    for (const circle of CIRCLES) {
      const named = this.parts.communes.named(circle === 1 ? circles.circle1 : circles.circle2);
      const sorted = named.sort((x, y) => placeOf(x).localeCompare(placeOf(y), 'fr') || x.name.localeCompare(y.name, 'fr'));
      for (const commune of sorted) {
        const name = placeOf(commune);
        const last = groups.at(-1);
        const group = last?.circle === circle && last.name === name ? last : { circle, name, communes: [] };
        if (group !== last) groups.push(group);
        group.communes.push({ code: commune.code, name: commune.name, ...(await of(commune.code)) });
      }
    }
    return groups;
  }

  async #printed(actor: Actor, of: { perimeter: string } | { activation: string }, list: Omit<CallList, 'printedAt' | 'printedBy'>): Promise<CallList | Refusal> {
    const { administration, directory, clock } = this.parts;
    const people = list.groups.reduce((sum, { communes }) => sum + communes.reduce((some, one) => some + one.people.length, 0), 0);
    const written = await administration.write(actor, (state, now) => {
      const events = decideAdministration(state, { type: 'print-call-list', of, people }, { rights: actor.rights, now });
      return isRefusal(events) ? events : { events };
    });
    if (isRefusal(written)) return written;
    return { ...list, printedAt: clock.wall(), printedBy: (await directory.account(actor.id))?.name ?? '' };
  }
}

function placeOf({ arrondissement, epci, departement }: Commune): string {
  return arrondissement?.name ?? epci?.name ?? departement;
}

import type { AdministrationEvent } from '../administration.js';
import { refuse, type Refusal } from '../refusal.js';
import type { Erasure } from './events.js';
import { MOST_ADDRESSES, MOST_NUMBERS, type Person, type PersonContent } from './person.js';

/** At most so many at once: one entry names them all. */
export const MOST_ERASED = 500;

export type DirectoryCommand =
  | { type: 'add-person'; person: string; content: PersonContent }
  | { type: 'change-person'; known: Person | undefined; seen: number; /** The number of the version that it writes. */ next: number; content: PersonContent }
  | { type: 'erase-people'; people: readonly string[]; why: Erasure; /** How many of them have a mandate that lasts, or has ended too lately. */ tooEarly: number }
  | { type: 'reveal-contact'; known: Person | undefined; contact: number };

export function decideDirectory(command: DirectoryCommand): AdministrationEvent[] | Refusal {
  switch (command.type) {
    case 'add-person':
      return faultOf(command.content) ?? [{ type: 'personAdded', payload: { person: command.person, kind: command.content.kind } }];
    case 'change-person': {
      const { known, seen, next, content } = command;
      if (!known) return refuse('unknown-person');
      if (known.version !== seen) return refuse('stale-person', { seen, version: known.version });
      if (isSame(known, content)) return [];
      return faultOf(content) ?? [{ type: 'personChanged', payload: { person: known.id, version: next } }];
    }
    case 'erase-people':
      if (command.why === 'mandate-ended' && command.tooEarly > 0) return refuse('mandate-not-ended', { count: command.tooEarly });
      return command.people.length === 0 ? [] : [{ type: 'peopleErased', payload: { people: [...command.people], why: command.why } }];
    case 'reveal-contact': {
      const { known, contact } = command;
      if (!known?.contacts[contact]) return refuse('unknown-person');
      return [{ type: 'contactRevealed', payload: { person: known.id, version: known.version, contact } }];
    }
  }
}

function faultOf({ kind, commune, contacts, since, until }: PersonContent): Refusal | undefined {
  if ((kind === 'town-hall' || kind === 'official') && commune === null) return refuse('commune-needed');
  const of = (one: 'phone' | 'email') => contacts.filter((contact) => contact.kind === one).length;
  if (of('phone') > MOST_NUMBERS || of('email') > MOST_ADDRESSES) return refuse('too-many-contacts', { numbers: MOST_NUMBERS, addresses: MOST_ADDRESSES });
  return since !== null && until !== null && until < since ? refuse('ends-before-it-begins') : undefined;
}

function isSame(known: Person, content: PersonContent): boolean {
  const { id: _, version: __, changedAt: ___, ...there } = known;
  return (Object.keys(content) as (keyof PersonContent)[]).every((key) => JSON.stringify(there[key]) === JSON.stringify(content[key]));
}

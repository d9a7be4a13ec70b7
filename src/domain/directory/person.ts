import type { Ms } from '../time.js';

/** Those whom one may have to reach: 48.1 elected officials, 47.2 agents, 48.2 the press; and the town hall, as the last resort. */
export const PERSON_KINDS = ['official', 'agent', 'press', 'town-hall'] as const;
export type PersonKind = (typeof PERSON_KINDS)[number];

/** What an official is, in the words of the journal: "maire, 76540". A closed list, so that no name can slip into it. */
export const OFFICES = ['maire', 'maire-delegue', 'adjoint', 'conseiller', 'president-epci', 'conseiller-departemental', 'parlementaire', 'autre'] as const;
export type Office = (typeof OFFICES)[number];

/** A day as people write it: 2026-03-15, in the préfecture's own time zone. */
export type LocalDate = string;

/** One way to reach somebody; their order in the list is the order in which they are tried. */
export type ContactPoint =
  | { kind: 'phone'; /** E.164 */ number: string; line: PhoneLine; checkedAt: Ms | null }
  | { kind: 'email'; address: string; checkedAt: Ms | null };
/** A fixed line of a town hall answers in office hours; a mobile answers at night. */
export type PhoneLine = 'mobile' | 'fixed' | 'unknown';

/** Why a number cannot be kept. Emergency numbers are never called from here, premium ones never either. */
export const NUMBER_FAULTS = ['empty', 'not-a-number', 'too-short', 'too-long', 'emergency', 'premium'] as const;
export type NumberFault = (typeof NUMBER_FAULTS)[number];

export const MOST_NUMBERS = 3;
export const MOST_ADDRESSES = 3;

/** One person, or one town hall. Lives in the directory and nowhere else: a journal names `id` and `version` (design.md part 2). */
export interface Person {
  id: string;
  /** Grows with each change; a campaign freezes the one that it read. */
  version: number;
  kind: PersonKind;
  lastName: string;
  firstName: string;
  /** Of officials alone. */
  office: Office | null;
  /** In words: "maire", "2e adjointe", "cheffe de cellule", "rédacteur en chef". */
  title: string;
  /** Among the officials of one commune, who is called before whom: the mayor is 0, deputies follow in their order. */
  order: number;
  /** Official code; null for whoever belongs to none. */
  commune: string | null;
  /** Service or media; empty where there is none. */
  organisation: string;
  /** An agent who signs in: the account's id. */
  account: string | null;
  /** The mandate's first and last day, where known. */
  since: LocalDate | null;
  until: LocalDate | null;
  contacts: ContactPoint[];
  /** When this version was written. */
  changedAt: Ms;
}

/** What somebody types of a person; the rest is given by the house. */
export type PersonContent = Omit<Person, 'id' | 'version' | 'changedAt'>;

/** Whether the mandate has ended on that day. */
export function hasEnded({ until }: Pick<Person, 'until'>, today: LocalDate): boolean {
  return until !== null && until < today;
}

/** 48.1: in which order a commune's people are tried: the mayor, deputies in their order, the town hall as the last resort. */
export function inCallingOrder<P extends Pick<Person, 'kind' | 'order' | 'id'>>(people: readonly P[]): P[] {
  const last = (one: P) => (one.kind === 'town-hall' ? 1 : 0);
  return [...people].sort((x, y) => last(x) - last(y) || x.order - y.order || (x.id < y.id ? -1 : 1));
}

export type PhoneContact = Extract<ContactPoint, { kind: 'phone' }>;
export function numbersOf({ contacts }: Pick<Person, 'contacts'>): PhoneContact[] {
  return contacts.filter((one): one is PhoneContact => one.kind === 'phone');
}

/** Masked on screen: enough to recognise a number that one knows, never enough to dial it. */
export function masked(contact: ContactPoint): string {
  if (contact.kind === 'email') {
    const [name = '', host = ''] = contact.address.split('@');
    return `${name.slice(0, 1)}•••@${host}`;
  }
  return `${contact.number.slice(0, 4)}•••••${contact.number.slice(-2)}`;
}

import { z } from 'zod';
import { ERASURES } from '../domain/directory/events.js';
import { OFFICES, PERSON_KINDS, type ContactPoint, type Office, type Person, type PersonKind, type PhoneLine } from '../domain/directory/person.js';
import { masked } from '../domain/directory/person.js';
import { FLAWS, type Flaw, type NumberOutcome, type Quality } from '../domain/directory/quality.js';
import type { Ms } from '../domain/time.js';
import type { PeopleOperation } from './people.js';

const day = z.iso.date().nullable().default(null);
const id = z.string().regex(/^[0-9a-f]{32}$/);
const commune = z.string().regex(/^(\d{5}|2[AB]\d{3})$/).nullable().default(null);

/** One that is typed, or one of those that stand there, by its place: what is masked on screen is never sent back. */
const contact = z.union([
  z.strictObject({ keep: z.int().min(0).max(20), checked: z.boolean().default(false) }),
  z.strictObject({ kind: z.literal('phone'), value: z.string().trim().min(1).max(40) }),
  z.strictObject({ kind: z.literal('email'), value: z.email().max(200) }),
]);
const content = {
  kind: z.enum(PERSON_KINDS),
  lastName: z.string().trim().min(1).max(120),
  firstName: z.string().trim().max(120).default(''),
  office: z.enum(OFFICES).nullable().default(null),
  title: z.string().trim().max(160).default(''),
  order: z.int().min(0).max(999).default(0),
  commune,
  organisation: z.string().trim().max(160).default(''),
  account: id.nullable().default(null),
  since: day,
  until: day,
  contacts: z.array(contact).max(12).default([]),
};
export const newPersonOrder = z.strictObject(content);
export const changePersonOrder = z.strictObject({ ...content, seen: z.int().min(1) });
export const erasePeopleOrder = z.strictObject({ people: z.array(id).min(1).max(500), why: z.enum(ERASURES) });
export const revealContactOrder = z.strictObject({ contact: z.int().min(0).max(20) });
export type NewPersonOrder = z.input<typeof newPersonOrder>;
export type ChangePersonOrder = z.input<typeof changePersonOrder>;

/** A number or an address as a screen shows it: masked. */
export interface ContactLine {
  kind: ContactPoint['kind'];
  shown: string;
  line: PhoneLine | null;
  checkedAt: Ms | null;
}
/** One person as a screen shows them. */
export interface PersonLine {
  id: string;
  version: number;
  kind: PersonKind;
  lastName: string;
  firstName: string;
  office: Office | null;
  title: string;
  order: number;
  commune: string | null;
  communeName: string | null;
  organisation: string;
  account: string | null;
  since: string | null;
  until: string | null;
  contacts: ContactLine[];
  changedAt: Ms;
}
/** `GET /api/directory/people` */
export interface PeoplePage {
  people: PersonLine[];
  /** More were found than are shown: type more of the name. */
  more: boolean;
  /** How many there are in all. */
  total: number;
  /** A contact that nobody has checked for longer is to be checked. */
  freshnessMonths: number;
}
/** `POST /api/directory/people/{id}/reveal` */
export interface Revealed {
  value: string;
  shown: string;
}

/** A person of a finding: enough to recognise them. */
export interface NamedPerson {
  id: string;
  name: string;
  title: string;
  commune: string | null;
  communeName: string | null;
  until: string | null;
}
export interface FindingLine {
  commune: string | null;
  communeName: string | null;
  people: NamedPerson[];
  /** Masked. */
  contact: ContactLine | null;
  outcome: NumberOutcome | null;
}
export const findingsQuery = z.object({ flaw: z.enum(FLAWS), from: z.string().regex(/^\d{1,6}$/).transform(Number).default(0) });
/** `GET /api/directory/quality/{flaw}?from=N` */
export interface FindingsPage {
  lines: FindingLine[];
  /** In all. */
  count: number;
}
/** `GET /api/directory/quality`: of each flaw how many, and the first of them. */
export interface QualityShown extends Omit<Quality, 'findings'> {
  flaws: { flaw: Flaw; count: number; first: FindingLine[] }[];
  /** Whoever may be erased, because their mandate ended long enough ago: at most so many as one order takes. */
  toPurge: NamedPerson[];
  purgeable: number;
  freshnessMonths: number;
  purgeAfterDays: number;
}

export function namedPerson(person: Person, communeName: (code: string) => string | undefined): NamedPerson {
  const { id: who, lastName, firstName, title, commune: code, until } = person;
  return { id: who, name: `${firstName} ${lastName}`.trim(), title, commune: code, communeName: code === null ? null : (communeName(code) ?? null), until };
}

export function personLine(person: Person, communeName: (code: string) => string | undefined): PersonLine {
  const { contacts, ...rest } = person;
  return {
    ...rest, communeName: person.commune === null ? null : (communeName(person.commune) ?? null),
    contacts: contacts.map(contactLine),
  };
}

export function contactLine(one: ContactPoint): ContactLine {
  return { kind: one.kind, shown: masked(one), line: one.kind === 'phone' ? one.line : null, checkedAt: one.checkedAt };
}

/** THE list of operations on the directory, as the generated document shows it. Who may use each: ADMIN_OPERATIONS in the domain. */
export const DIRECTORY_OPERATIONS = {
  'read-directory': { method: 'GET', path: '/api/directory/people', access: 'signed-in', says: 'Chercher dans l’annuaire, par nom, fonction ou commune ; numéros masqués' },
  'add-person': { method: 'POST', path: '/api/directory/people', access: 'signed-in', says: 'Ajouter une personne', body: newPersonOrder },
  'change-person': { method: 'POST', path: '/api/directory/people/{id}/change', access: 'signed-in', says: 'Changer une fiche', body: changePersonOrder },
  'erase-people': { method: 'POST', path: '/api/directory/erase', access: 'signed-in', says: 'Effacer des personnes pour toujours', body: erasePeopleOrder },
  'reveal-contact': { method: 'POST', path: '/api/directory/people/{id}/reveal', access: 'signed-in', says: 'Montrer un numéro ou une adresse en entier ; inscrit au journal d’administration', body: revealContactOrder },
} as const satisfies Record<string, PeopleOperation>;

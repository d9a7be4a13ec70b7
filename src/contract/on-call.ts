import { z } from 'zod';
import { FUNCTIONS, type FunctionCode } from '../domain/entry.js';
import { COVERS, type Covers } from '../domain/on-call/calendar.js';
import type { Concern } from '../domain/on-call/roster.js';
import type { Ms } from '../domain/time.js';
import type { PeopleOperation } from './people.js';

/** A file travels in the body: what fits a megabyte; beyond, an address. */
const MOST_FILE = 900_000;
const described = {
  function: z.enum(FUNCTIONS),
  name: z.string().trim().min(1).max(120),
  covers: z.enum(COVERS).default('always'),
  url: z.string().trim().min(1).max(2_000).transform((url) => url.replace(/^webcals?:/i, 'https:')).optional(),
  content: z.string().max(MOST_FILE).optional(),
};
export const newCalendarOrder = z.strictObject(described);
export const changeCalendarOrder = z.strictObject(described);
const nothing = z.strictObject({});
export type NewCalendarOrder = z.input<typeof newCalendarOrder>;

export const onCallQuery = z.object({ at: z.iso.datetime({ offset: true }).optional(), function: z.enum(FUNCTIONS).optional() });
export const weeksQuery = z.object({ weeks: z.string().regex(/^\d{1,2}$/).transform(Number).pipe(z.int().min(1).max(26)).optional() });
export const calendarFeedQuery = z.object({ function: z.enum(FUNCTIONS).optional(), key: z.string().max(200).optional() });

/** Somebody on call. */
export interface ShiftLine {
  from: Ms;
  to: Ms;
  /** Their name, or what the calendar says where nobody was recognised. */
  name: string;
  /** An agent of the directory or an account; null where nobody was recognised. */
  person: string | null;
  unknown: 'nobody' | 'several' | null;
}
/** `GET /api/on-call?at=` */
export interface OnCallNow {
  at: Ms;
  functions: { function: FunctionCode; now: ShiftLine[]; next: ShiftLine | null }[];
}
/** `GET /api/on-call/weeks` */
export interface OnCallWeeks {
  from: Ms;
  to: Ms;
  functions: { function: FunctionCode; covers: Covers; shifts: ShiftLine[]; concerns: (Omit<Concern, 'holders'> & { names: string[] })[] }[];
  /** Calendars that could not be read again. */
  faults: { calendar: string; name: string; function: FunctionCode; fault: string; contentAt: Ms | null }[];
}
/** `GET /api/calendars` */
export interface CalendarLine {
  id: string;
  function: FunctionCode;
  name: string;
  covers: Covers;
  /** The machine that the address names, never the address: it is often a secret. Null: a file. */
  host: string | null;
  /** When what is shown was last confirmed; null until something good came. */
  contentAt: Ms | null;
  triedAt: Ms | null;
  fault: string | null;
  /** Shifts in the weeks ahead. */
  ahead: number;
  /** Titles in which nobody was recognised. */
  unknown: { written: string; why: 'nobody' | 'several' }[];
  ignored: { summary: string; why: 'no-end' | 'ends-before-it-begins' | 'impossible-rule' | 'unreadable' }[];
}

/** THE list of operations on calendars, as the generated document shows it. Who may use each: ADMIN_OPERATIONS in the domain. */
export const ON_CALL_OPERATIONS = {
  'list-calendars': { method: 'GET', path: '/api/calendars', access: 'signed-in', says: 'Les calendriers d’astreinte, leur âge et ce qui n’y est pas compris' },
  'add-calendar': { method: 'POST', path: '/api/calendars', access: 'signed-in', says: 'Ajouter un calendrier iCalendar, par son adresse ou son texte', body: newCalendarOrder },
  'change-calendar': { method: 'POST', path: '/api/calendars/{id}/change', access: 'signed-in', says: 'Changer un calendrier ; sans adresse ni texte, son contenu reste', body: changeCalendarOrder },
  'fetch-calendar': { method: 'POST', path: '/api/calendars/{id}/fetch', access: 'signed-in', says: 'Relire l’adresse maintenant', body: nothing },
  'remove-calendar': { method: 'POST', path: '/api/calendars/{id}/remove', access: 'signed-in', says: 'Retirer un calendrier', body: nothing },
} as const satisfies Record<string, PeopleOperation>;

import { z } from 'zod';
import type { ImportKind } from '../domain/directory/events.js';
import { OWN_LIST_FIELDS, type OwnListField } from '../domain/directory/imports.js';
import type { Ms } from '../domain/time.js';
import type { PeopleOperation } from './people.js';

export const READ_KINDS = ['rne', 'annuaire', 'own-list', 'contours'] as const;
const id = z.string().regex(/^[0-9a-f]{32}$/);

export const startImportUpload = z.strictObject({ name: z.string().trim().min(1).max(200), size: z.int().min(0) });
export const rehearseOrder = z.strictObject({
  upload: id,
  kind: z.enum(READ_KINDS),
  /** Of one's own list: column by column. Kept, and proposed again for the same header. */
  mapping: z.array(z.enum(OWN_LIST_FIELDS as [OwnListField, ...OwnListField[]])).max(200).optional(),
  /** Of one's own list: whoever it no longer names has ended. */
  ends: z.boolean().default(false),
});
export const linesQuery = z.object({
  after: z.string().regex(/^\d{1,9}$/).transform(Number).default(0),
  action: z.enum(['added', 'changed', 'ended', 'rejected']).optional(),
});
const nothing = z.strictObject({});

/** `POST …/uploads/{upload}/complete` */
export interface FileSeen {
  upload: string;
  kind: (typeof READ_KINDS)[number];
  columns: { name: string; examples: string[] }[];
  /** Column by column, as it was said for the same header, or as the names suggest. */
  mapping: OwnListField[];
  /** Somebody said it before. */
  isKept: boolean;
}

/** `GET /api/directory/imports`, the latest first. */
export interface ImportLineShown {
  id: string;
  kind: ImportKind;
  fileName: string;
  by: string;
  startedAt: Ms;
  state: 'staging' | 'rehearsed' | 'applied' | 'undone' | 'discarded' | 'failed';
  at: Ms;
  counts: { read: number; added: number; changed: number; ended: number; unchanged: number; rejected: number; elsewhere: number; leftOut: number };
  /** In French; null unless it failed. */
  fault: string | null;
  /** While it is rehearsed. */
  progress: ImportProgress | null;
  /** Until when it can be applied, or undone; null when neither. */
  until: Ms | null;
}
export interface ImportProgress {
  doing: 'reading' | 'comparing' | 'staging';
  /** Of what it is doing, from 0 to 1. */
  part: number;
  lines: number;
  /** Lines a second since it began. */
  rate: number;
}

/** `GET /api/directory/imports/{id}` */
export interface ImportShown extends ImportLineShown {
  /** Cards that somebody changed since it was applied: undone, those stay as they are. */
  changedSince: number;
}

/** `GET /api/directory/imports/{id}/lines` */
export interface ReportPage {
  lines: { place: number; line: number; action: 'added' | 'changed' | 'ended' | 'rejected'; reason: string | null; shown: string }[];
  more: boolean;
}

/** `POST /api/directory/imports/{id}/undo` */
export interface Undone {
  /** Cards that somebody changed since: they stay as they are. */
  kept: number;
}

/** `GET /api/communes/contours`: rings of points in thousandths of a degree, longitude and latitude in turn. */
export interface Contours {
  communes: { commune: string; rings: number[][]; neighbours: string[] }[];
}

const at = '/api/directory/imports';
/** THE list of operations on imports, as the generated document shows it. Who may use each: ADMIN_OPERATIONS in the domain. */
export const IMPORT_OPERATIONS = {
  'list-imports': { method: 'GET', path: at, access: 'signed-in', says: 'Les imports de l’annuaire, et où ils en sont' },
  'read-import': { method: 'GET', path: `${at}/{id}`, access: 'signed-in', says: 'Un import, et les fiches changées depuis' },
  'read-import-lines': { method: 'GET', path: `${at}/{id}/lines`, access: 'signed-in', says: 'Le rapport d’un import, ligne à ligne' },
  'read-import-report': { method: 'GET', path: `${at}/{id}/report.csv`, access: 'signed-in', says: 'Le rapport d’un import, en CSV' },
  'start-import-upload': { method: 'POST', path: `${at}/uploads`, access: 'signed-in', says: 'Commencer l’envoi d’un fichier à importer', body: startImportUpload },
  'complete-import-upload': { method: 'POST', path: `${at}/uploads/{upload}/complete`, access: 'signed-in', says: 'Finir l’envoi ; dit ce qu’est le fichier', body: nothing },
  'rehearse-import': { method: 'POST', path: at, access: 'signed-in', says: 'Répéter un import : rien ne change encore', body: rehearseOrder },
  'import-directory': { method: 'POST', path: `${at}/{id}/apply`, access: 'signed-in', says: 'Appliquer un import répété, tout entier', body: nothing },
  'discard-import': { method: 'POST', path: `${at}/{id}/discard`, access: 'signed-in', says: 'Abandonner un import', body: nothing },
  'undo-import': { method: 'POST', path: `${at}/{id}/undo`, access: 'signed-in', says: 'Défaire un import appliqué, tout entier, dans les 24 heures', body: nothing },
} as const satisfies Record<string, PeopleOperation>;

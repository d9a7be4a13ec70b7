import { z } from 'zod';
import type { Advice, CallHypotheses, CallMeans, Estimate } from '../domain/outreach/estimate.js';
import { MOST_COMMUNES, type KeptPerimeter } from '../domain/outreach/kept.js';
import type { PeopleOperation } from './people.js';

const id = z.string().regex(/^[0-9a-f]{32}$/);
const codes = z.array(z.string().regex(/^(\d{5}|2[AB]\d{3})$/)).max(MOST_COMMUNES);

export const savePerimeterOrder = z.strictObject({
  name: z.string().trim().min(1).max(120),
  circle1: codes,
  circle2: codes.default([]),
  /** Saved over this one, as it was seen; absent: a new one. */
  over: z.strictObject({ id, seen: z.int() }).optional(),
});
export type SavePerimeterOrder = z.input<typeof savePerimeterOrder>;
export const removePerimeterOrder = z.strictObject({});
export const reachOrder = z.strictObject({ communes: codes });
/** What is left out is as the settings say. `concurrent`: null where the provider sets no limit. */
export const estimateOrder = z.strictObject({
  communes: codes,
  lines: z.int().min(1).max(2_000).optional(),
  callsPerSecond: z.number().min(0.1).max(200).optional(),
  concurrent: z.int().min(1).max(2_000).nullable().optional(),
});
export type EstimateOrder = z.input<typeof estimateOrder>;

/** `GET /api/perimeters` */
export type KeptPerimeterLine = KeptPerimeter;
/** `POST /api/perimeters/reach`: of these communes, those where nobody can be called, and those where nobody answers at night. */
export interface Reach {
  nobody: string[];
  notAtNight: string[];
}
/** `POST /api/perimeters/neighbours`: who borders on these communes; nobody until contours are imported. */
export interface Neighbours {
  communes: string[];
}
/** `POST /api/perimeters/estimate` */
export interface NightEstimate {
  night: Estimate;
  day: Estimate;
  advice: Advice[];
  means: CallMeans;
  hypotheses: CallHypotheses;
}

/** THE list of operations on perimeters, as the generated document shows it. Who may use each: ADMIN_OPERATIONS in the domain. */
export const PERIMETER_OPERATIONS = {
  'list-perimeters': { method: 'GET', path: '/api/perimeters', access: 'signed-in', says: 'Les périmètres gardés' },
  'save-perimeter': { method: 'POST', path: '/api/perimeters', access: 'signed-in', says: 'Garder un périmètre sous un nom, ou l’enregistrer de nouveau', body: savePerimeterOrder },
  'remove-perimeter': { method: 'POST', path: '/api/perimeters/{id}/remove', access: 'signed-in', says: 'Retirer un périmètre gardé', body: removePerimeterOrder },
  'reach-perimeter': { method: 'POST', path: '/api/perimeters/reach', access: 'signed-in', says: 'Les communes où personne n’est joignable, de nuit ou du tout', body: reachOrder },
  'neighbours-of-perimeter': { method: 'POST', path: '/api/perimeters/neighbours', access: 'signed-in', says: 'Les communes limitrophes, selon les contours importés', body: reachOrder },
  'estimate-perimeter': { method: 'POST', path: '/api/perimeters/estimate', access: 'signed-in', says: 'Avant la nuit : la durée estimée des appels, qui reste injoignable, que faire', body: estimateOrder },
} as const satisfies Record<string, PeopleOperation>;

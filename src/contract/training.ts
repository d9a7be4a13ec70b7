import { z } from 'zod';
import { TRAINING_KINDS, type Lack, type Qualification, type TrainingKind, type TrainingRules } from '../domain/people/training.js';
import type { Ms } from '../domain/time.js';
import type { PeopleOperation } from './people.js';

const id = z.string().regex(/^[0-9a-f]{32}$/);
const session = {
  person: id,
  kind: z.enum(TRAINING_KINDS),
  on: z.iso.date(),
  certificate: z.string().regex(/^[0-9a-f]{64}$/).optional().describe('Empreinte d’un fichier envoyé à /api/activations/administration/uploads'),
};
export const newTrainingOrder = z.strictObject(session);
export const correctTrainingOrder = z.strictObject(session);
/** The text of a CSV. */
export const trainingListOrder = z.strictObject({ list: z.string().max(900_000) });
const nothing = z.strictObject({});
export type NewTrainingOrder = z.input<typeof newTrainingOrder>;

export interface TrainingLine {
  id: string;
  kind: TrainingKind;
  on: string;
  certificate: boolean;
  /** When it was recorded. */
  at: Ms;
}
export interface StandingLine {
  holds: boolean;
  /** The last day that counts. */
  until: string | null;
  lacks: Lack[];
  runningOut: boolean;
}
export interface TrainedLine {
  id: string;
  account: string | null;
  name: string;
  title: string;
  organisation: string;
  /** May hold a function of the hour. */
  works: boolean;
  trainings: TrainingLine[];
  standings: Record<Qualification, StandingLine>;
}
/** `GET /api/training` */
export interface TrainingShown {
  today: string;
  /** Until one training is recorded, no function asks for any. */
  kept: boolean;
  rules: TrainingRules;
  people: TrainedLine[];
}
/** `POST /api/training/list/rehearse`, `POST /api/training/list` */
export interface TrainingListShown {
  /** How many are recorded, or would be. */
  fit: number;
  lines: { line: number; shown: string; reason: 'nobody' | 'several' | 'kind' | 'date' | 'to-come' | 'known' | 'twice' | null; name: string | null; kind: TrainingKind | null; on: string | null }[];
}

/** THE list of operations on trainings, as the generated document shows it. Who may use each: ADMIN_OPERATIONS in the domain. */
export const TRAINING_OPERATIONS = {
  'read-training': { method: 'GET', path: '/api/training', access: 'signed-in', says: 'Qui est formé à quoi, et jusqu’à quand' },
  'record-training': { method: 'POST', path: '/api/training', access: 'signed-in', says: 'Enregistrer une formation suivie', body: newTrainingOrder },
  'correct-training': { method: 'POST', path: '/api/training/{id}/correct', access: 'signed-in', says: 'Corriger une formation ; l’ancienne reste au journal', body: correctTrainingOrder },
  'remove-training': { method: 'POST', path: '/api/training/{id}/remove', access: 'signed-in', says: 'Retirer une formation enregistrée par erreur, et son attestation', body: nothing },
  'rehearse-trainings': { method: 'POST', path: '/api/training/list/rehearse', access: 'signed-in', says: 'Essayer une liste CSV, ligne par ligne', body: trainingListOrder },
  'record-trainings': { method: 'POST', path: '/api/training/list', access: 'signed-in', says: 'Enregistrer ce qu’une liste CSV a de bon', body: trainingListOrder },
} as const satisfies Record<string, PeopleOperation>;

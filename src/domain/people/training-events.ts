import type { LocalDate } from '../directory/person.js';
import type { Sealed } from '../entry.js';
import type { Ms } from '../time.js';
import type { TrainingKind } from './training.js';

/** Typed by mistake; typed again, better; the person was erased, and their certificate with them. */
export const TRAINING_REMOVALS = ['mistake', 'corrected', 'erased'] as const;
export type TrainingRemoval = (typeof TRAINING_REMOVALS)[number];

/** Organisation 3: trainings are recorded one by one. `person` is an agent of the directory or an account; their name is elsewhere. */
export interface TrainingPayloads {
  trainingRecorded: { training: string; person: string; kind: TrainingKind; on: LocalDate; certificate?: Sealed };
  trainingRemoved: { training: string; person: string; kind: TrainingKind; on: LocalDate; why: TrainingRemoval };
}
export const TRAINING_TYPES: Record<keyof TrainingPayloads, { v: number }> = { trainingRecorded: { v: 1 }, trainingRemoved: { v: 1 } };

/** One session that somebody took part in, as the administration's journal has it. */
export interface Training {
  id: string;
  person: string;
  kind: TrainingKind;
  on: LocalDate;
  certificate?: Sealed;
  by: string;
  at: Ms;
}

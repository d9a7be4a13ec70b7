import type { AdministrationEvent, AdministrationState } from '../administration.js';
import type { LocalDate } from '../directory/person.js';
import type { Sealed } from '../entry.js';
import { refuse, type Refusal } from '../refusal.js';
import { daysAfter, type TrainingKind } from './training.js';
import type { Training, TrainingRemoval } from './training-events.js';

export interface TrainingContent {
  person: string;
  kind: TrainingKind;
  on: LocalDate;
  certificate?: Sealed;
}
export type TrainingCommand =
  | { type: 'record-training'; sessions: readonly (TrainingContent & { training: string })[]; today: LocalDate }
  | { type: 'correct-training'; training: string; by: TrainingContent & { training: string }; today: LocalDate }
  | { type: 'remove-training'; training: string; why: TrainingRemoval };

/** Nobody was trained before; and tomorrow's session is recorded when it took place. */
const FIRST_DAY = '1970-01-01';
/** At most so many in one act: one import. */
export const MOST_SESSIONS = 1_000;

export function decideTraining(a: Readonly<AdministrationState>, command: TrainingCommand): AdministrationEvent[] | Refusal {
  if (command.type === 'record-training') {
    const fault = command.sessions.map(({ on }) => faultOf(on, command.today)).find((one) => one !== undefined);
    if (fault) return fault;
    const fresh = command.sessions.filter((one, i) => !isThere(a, one) && command.sessions.findIndex((other) => isSame(one, other)) === i);
    return fresh.map(recorded);
  }
  const known = a.trainings.get(command.training);
  if (!known) return refuse('unknown-training');
  if (command.type === 'remove-training') return [removed(known, command.why)];
  const { by, today } = command;
  if (isSame(known, by) && by.certificate === undefined) return [];
  const certificate = by.certificate ?? known.certificate;
  return faultOf(by.on, today) ?? [removed(known, 'corrected'), recorded({ ...by, ...(certificate ? { certificate } : {}) })];
}

function recorded({ training, person, kind, on, certificate }: TrainingContent & { training: string }): AdministrationEvent {
  return { type: 'trainingRecorded', payload: { training, person, kind, on, ...(certificate ? { certificate } : {}) } };
}

function removed({ id, person, kind, on }: Training, why: TrainingRemoval): AdministrationEvent {
  return { type: 'trainingRemoved', payload: { training: id, person, kind, on, why } };
}

function faultOf(on: LocalDate, today: LocalDate): Refusal | undefined {
  return on < FIRST_DAY || on > daysAfter(today, 0) ? refuse('training-date', { on, today }) : undefined;
}

/** Said again it is already true: an import that comes twice changes nothing. A certificate that it brings is news. */
function isThere(a: Readonly<AdministrationState>, one: TrainingContent): boolean {
  return one.certificate === undefined && [...a.trainings.values()].some((known) => isSame(known, one));
}

function isSame(x: TrainingContent, y: TrainingContent): boolean {
  return x.person === y.person && x.kind === y.kind && x.on === y.on;
}

import type { Contact, StepState } from '../state.js';
import type { Activation } from '../state.js';
import { MINUTE, type Ms } from '../time.js';
import { ENGINE } from '../entry.js';
import { callTally } from '../outreach/direct-calls.js';
import type { PlanRow } from '../plan/plan.js';
import { belongs, standsApart, timesOf, type StepTimes } from '../plan/timing.js';
import { stepOf } from '../plan/steps.js';

/**
 * How one step reads at an instant. `done-after-target` is quiet; `done-late` is after the deadline, unmistakable;
 * `overdue` exists while it runs, `missed` at the end only; `apart`: its condition is false.
 */
export type StepWord =
  | 'todo' | 'under-way' | 'at-risk' | 'overdue' | 'done' | 'done-after-target' | 'done-late' | 'not-applicable' | 'outside-cause'
  | 'missed' | 'apart';

/** Within so much of its deadline, an open step is to be watched. */
export const AT_RISK: Ms = 15 * MINUTE;

export interface StepShown {
  row: PlanRow;
  step: Readonly<StepState>;
  word: StepWord;
  times: StepTimes;
  /** How long after its target (`done-after-target`) or its deadline (`done-late`) it was done. */
  lateBy?: Ms;
  /** The deadline passed before anybody wrote that it had been done in time. */
  declaredAfterwards: boolean;
  /** It was closed without the evidence that its row asks. */
  proofMissing: boolean;
  calls?: { total: number; tried: number; acknowledged: number };
}

/** Every step that belongs to the activation, in the order of the plan, as it reads at `now`. */
export function stepsShown(a: Readonly<Activation>, now: Ms): StepShown[] {
  return a.plan.rows.filter((row) => belongs(a, row)).map((row) => stepShown(a, row, now));
}

export function stepShown(a: Readonly<Activation>, row: PlanRow, now: Ms): StepShown {
  const step = stepOf(a, row.id);
  const times = timesOf(a, row);
  const contacts = a.contacts[row.id] ?? [];
  const shown: StepShown = { row, step, times, word: 'todo', declaredAfterwards: false, proofMissing: proofMissing(row, step, contacts) };
  if (contacts.length > 0) shown.calls = callTally(contacts);
  if (standsApart(a, row)) return { ...shown, word: 'apart' };
  if (step.status === 'not-applicable' || step.status === 'outside-cause') return { ...shown, word: step.status };
  if (step.status === 'done') {
    const { target, deadline } = times;
    const at = step.doneAt!;
    shown.declaredAfterwards = deadline !== undefined && at <= deadline && step.doneRecordedAt! > deadline;
    if (deadline !== undefined && at > deadline) return { ...shown, word: 'done-late', lateBy: at - deadline };
    if (target !== undefined && at > target) return { ...shown, word: 'done-after-target', lateBy: at - target };
    return { ...shown, word: 'done' };
  }
  return { ...shown, word: openWord(a, step, times, now) };
}

function openWord(a: Readonly<Activation>, step: Readonly<StepState>, { target, deadline }: StepTimes, now: Ms): StepWord {
  const plain = step.status === 'under-way' ? 'under-way' : 'todo';
  if (a.life !== 'running') return deadline === undefined ? plain : 'missed';
  if (deadline !== undefined && now > deadline) return 'overdue';
  if (target !== undefined && now > target) return 'at-risk';
  if (deadline !== undefined && deadline - now <= AT_RISK) return 'at-risk';
  return plain;
}

/**
 * Evidence that the row asks and nobody gave: the step may be done, it is not demonstrable. The text written on the step
 * and the calls recorded on it are evidence too; a visa and what the engine completed prove themselves.
 */
export function proofMissing(row: PlanRow, step: Readonly<StepState>, contacts: readonly Contact[]): boolean {
  if (step.status !== 'done' || row.evidence === 'none' || row.evidence === 'visa' || step.doneBy === ENGINE) return false;
  const proven = step.provenBy !== undefined && step.provenBy.length > 0;
  const written = proven || step.text !== undefined || contacts.some((contact) => contact.calls.length > 0);
  // A file or an address says at least what a text would have said.
  if (row.evidence === 'any' || row.evidence === 'text') return step.evidence.length === 0 && !written;
  return !step.evidence.some(({ item }) => item.kind === row.evidence);
}

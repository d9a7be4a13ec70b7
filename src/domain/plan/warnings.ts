import type { Warning, WarningKind } from '../events.js';
import type { Activation } from '../state.js';
import { MINUTE, SECOND, toInstant, type Ms } from '../time.js';
import type { PlanRow } from './plan.js';
import { belongs, standsApart, timesOnEach, type StepTimes } from './timing.js';

/** A correction of T0 that moves a warning by less makes no new one. */
export const SAME_WARNING: Ms = 60 * SECOND;

/** Warnings at the target, 15 and 5 minutes before the deadline, and at the deadline (domain.md part 3). */
function warningsOf(row: PlanRow, { target, deadline }: StepTimes): { kind: WarningKind; at: Ms }[] {
  const warnings: { kind: WarningKind; at: Ms }[] = [];
  // The engine writes the statement at its target: only its absence at the deadline is worth a warning.
  if (target !== undefined && row.completes !== 'statement-written') warnings.push({ kind: 'target', at: target });
  if (deadline !== undefined) {
    warnings.push(
      { kind: 'minus15', at: deadline - 15 * MINUTE },
      { kind: 'minus5', at: deadline - 5 * MINUTE },
      { kind: 'deadline', at: deadline },
    );
  }
  return warnings;
}

/** Calls back with each warning of the open steps, raised or not. It runs with every commit: nothing is built here. */
function eachWarning(a: Readonly<Activation>, visit: (step: string, kind: WarningKind, at: Ms) => void): void {
  for (const row of a.plan.rows) {
    const status = a.steps[row.id]?.status ?? 'todo';
    if ((status !== 'todo' && status !== 'under-way') || !belongs(a, row) || standsApart(a, row)) continue;
    for (const times of timesOnEach(a, row)) {
      for (const { kind, at } of warningsOf(row, times)) visit(row.id, kind, at);
    }
  }
}

/** A warning is identified by (step, kind, due instant). */
export function wasRaised(a: Readonly<Activation>, step: string, kind: WarningKind, at: Ms): boolean {
  return (a.warned[`${step} ${kind}`] ?? []).some((raised) => Math.abs(raised - at) < SAME_WARNING);
}

export function dueWarnings(a: Readonly<Activation>, now: Ms): Warning[] {
  const found: { step: string; kind: WarningKind; at: Ms }[] = [];
  eachWarning(a, (step, kind, at) => {
    if (at <= now && !wasRaised(a, step, kind, at)) found.push({ step, kind, at });
  });
  // Two clocks started at one instant give one warning.
  const isSame = (x: (typeof found)[number], y: (typeof found)[number]) => x.step === y.step && x.kind === y.kind && y.at - x.at < SAME_WARNING;
  return found
    .sort((x, y) => x.at - y.at)
    .filter((one, i) => !found.slice(0, i).some((earlier) => isSame(earlier, one)))
    .map(({ step, kind, at }) => ({ step, kind, dueAt: toInstant(at) }));
}

/** The earliest warning still to be raised; Infinity where there is none. */
export function nextWarningAt(a: Readonly<Activation>): Ms {
  let earliest = Infinity;
  eachWarning(a, (step, kind, at) => {
    if (at < earliest && !wasRaised(a, step, kind, at)) earliest = at;
  });
  return earliest;
}

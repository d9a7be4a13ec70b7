import type { Activation } from '../state.js';
import { MINUTE, type Ms } from '../time.js';
import type { ClockId, Condition, PlanRow } from './plan.js';

/** Which rows of the plan this activation runs: an important event that becomes a COD gains the COD's. */
export function belongs(a: Readonly<Activation>, row: PlanRow): boolean {
  return (isCod(a) && row.profile.includes('cod'))
    || (isImportant(a) && row.profile.includes('important'))
    || (a.lane === 'exercise' && row.profile.includes('exercise'));
}

export function isCod(a: Readonly<Activation>): boolean {
  return a.kind === 'cod' || a.clocks.cod !== undefined;
}

export function isImportant(a: Readonly<Activation>): boolean {
  return a.kind === 'important' || a.clocks.important !== undefined;
}

/** Whether the condition of a step is true now. */
export function holds(a: Readonly<Activation>, when: Condition): boolean {
  if (when === 'always') return true;
  if ('fact' in when) return a.facts[when.fact] === true;
  if ('clock' in when) return a.clocks[when.clock] !== undefined;
  if ('done' in when) return a.steps[when.done]?.status === 'done';
  if ('not' in when) return !holds(a, when.not);
  return when.any.some((one) => holds(a, one));
}

/**
 * A step whose condition is false stands apart ("si attentat"), without a state: unless somebody recorded that it
 * was done all the same (the world comes first).
 */
export function standsApart(a: Readonly<Activation>, row: PlanRow): boolean {
  return !holds(a, row.when) && (a.steps[row.id]?.status ?? 'todo') === 'todo';
}

/** The rows that are part of the hour: those that belong and do not stand apart. */
export function runningRows(a: Readonly<Activation>): PlanRow[] {
  return a.plan.rows.filter((row) => belongs(a, row) && !standsApart(a, row));
}

export function rowOf(a: Readonly<Activation>, step: string): PlanRow | undefined {
  return a.plan.rows.find((row) => row.id === step && belongs(a, row));
}

/** The clocks from which a row's minutes run. A row of the COD runs on the important event's own T0 too (11.5). */
export function clocksOf(a: Readonly<Activation>, row: PlanRow): ClockId[] {
  if (typeof row.anchor === 'object' || row.anchor === 'closing') return [];
  if (row.anchor !== 'cod') return [row.anchor];
  const clocks: ClockId[] = [];
  // A row of exercises alone runs on the clock that it names.
  if (isCod(a) && (row.profile.includes('cod') || !row.profile.includes('important'))) clocks.push('cod');
  if (isImportant(a) && row.profile.includes('important')) clocks.push('important');
  return clocks;
}

/** The instant from which the row's minutes run: its step, the end, or the earliest of its started clocks. */
function originOf(a: Readonly<Activation>, row: PlanRow): Ms | undefined {
  if (row.anchor === 'closing') return a.endedAt;
  if (typeof row.anchor === 'object') {
    const step = a.steps[row.anchor.step];
    return step?.status === 'done' ? step.doneAt : undefined;
  }
  if (row.anchor !== 'cod') return a.clocks[row.anchor]?.t0;
  const important = row.profile.includes('important') ? a.clocks.important?.t0 : undefined;
  const cod = row.profile.includes('cod') || !row.profile.includes('important') ? a.clocks.cod?.t0 : undefined;
  return cod === undefined ? important : important === undefined ? cod : Math.min(cod, important);
}

export interface StepTimes {
  target?: Ms;
  deadline?: Ms;
}

/** A step has one state and shows its earliest deadline; each clause judges it by its own clock (`timesOn`). */
export function timesOf(a: Readonly<Activation>, row: PlanRow): StepTimes {
  return timesFrom(a, row, originOf(a, row));
}

/**
 * The times of a row on each of its clocks: an important event that becomes a COD starts the hour of module 7 anew, and
 * the step is warned of on both.
 */
export function timesOnEach(a: Readonly<Activation>, row: PlanRow): StepTimes[] {
  const { cod, important } = a.clocks;
  if (row.anchor !== 'cod' || !cod || !important || clocksOf(a, row).length < 2) return [timesOf(a, row)];
  return [timesFrom(a, row, important.t0), timesFrom(a, row, cod.t0)];
}

/** The times of a row as one clause's clock gives them. */
export function timesOn(a: Readonly<Activation>, row: PlanRow, clock: ClockId): StepTimes {
  const t0 = clocksOf(a, row).includes(clock) ? a.clocks[clock]?.t0 : undefined;
  return t0 === undefined ? timesOf(a, row) : timesFrom(a, row, t0);
}

function timesFrom(a: Readonly<Activation>, row: PlanRow, origin: Ms | undefined): StepTimes {
  const times: StepTimes = {};
  if (origin !== undefined) {
    if (row.deadline !== undefined) times.deadline = origin + row.deadline * MINUTE;
    if (row.target !== undefined && row.targetAnchor === undefined) times.target = origin + row.target * MINUTE;
  }
  const other = row.targetAnchor ? a.clocks[row.targetAnchor] : undefined;
  if (other && row.target !== undefined) times.target = other.t0 + row.target * MINUTE;
  if (row.every !== undefined && times.target !== undefined) {
    times.target += row.every * (a.steps[row.id]?.rounds.length ?? 0) * MINUTE;
  }
  return times;
}

/** The time of a clock: it ends so many minutes after its T0. */
export function clockEnds(a: Readonly<Activation>, id: ClockId): Ms | undefined {
  const clock = a.clocks[id];
  return clock && clock.t0 + a.plan.minutes[id] * MINUTE;
}

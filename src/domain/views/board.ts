import type { ClockId } from '../plan/plan.js';
import { CLOCKS } from '../plan/plan.js';
import { clockEnds, rowOf } from '../plan/timing.js';
import { heldBy } from '../people/functions.js';
import { mayIssue, type Right } from '../rights.js';
import { mayWork } from '../plan/steps.js';
import type { Activation } from '../state.js';
import { MINUTE, type Ms } from '../time.js';
import { AT_RISK, stepsShown, type StepShown } from './steps.js';

export type ClockWord = 'on-time' | 'at-risk' | 'overdue' | 'held' | 'stopped';

export interface ClockShown {
  id: ClockId;
  t0: Ms;
  ends: Ms;
  /** Before `ends`; negative once it is past. */
  remaining: Ms;
  elapsed: Ms;
  word: ClockWord;
  /** Minutes of the whole clock. */
  minutes: number;
}

/** The running clocks, the nearest end first; a clock that ended long ago comes after those that run. */
export function clocksShown(a: Readonly<Activation>, now: Ms): ClockShown[] {
  const at = a.endedAt ?? now;
  return CLOCKS.flatMap((id) => {
    const clock = a.clocks[id];
    if (!clock) return [];
    const ends = clockEnds(a, id)!;
    const remaining = ends - at;
    const word = a.endedAt !== undefined ? 'stopped' : remaining < 0 ? 'overdue' : remaining <= AT_RISK ? 'at-risk' : 'on-time';
    return [{ id, t0: clock.t0, ends, remaining, elapsed: at - clock.t0, word, minutes: a.plan.minutes[id] } satisfies ClockShown];
  }).sort((x, y) => (x.remaining < 0 ? 1 : 0) - (y.remaining < 0 ? 1 : 0) || x.ends - y.ends);
}

/** One thing that waits for one person. */
export type Awaited =
  | { kind: 'declaration'; declaration: string; before: Ms }
  | { kind: 'visa'; step: StepShown; textOf?: string }
  | { kind: 'handover'; function: string; from: string }
  | { kind: 'oral'; entry: number }
  | { kind: 'step'; step: StepShown };

/** What awaits me: declarations and visas first, then what is mine by function or assignment, the nearest deadline first. */
export function awaits(a: Readonly<Activation>, me: { account: string; rights: readonly Right[] }, now: Ms): Awaited[] {
  if (a.life !== 'running' && a.life !== 'ended') return [];
  const awaited: Awaited[] = [];
  if (mayIssue(me.rights, 'answer-declaration', a.lane)) {
    for (const one of a.declarations) awaited.push({ kind: 'declaration', declaration: one.id, before: one.receivedAt + 2 * MINUTE });
  }
  for (const [code, state] of Object.entries(a.functions)) {
    if (state.offer?.to === me.account) awaited.push({ kind: 'handover', function: code, from: state.offer.from });
  }
  const mine = heldBy(a, me.account);
  const open = stepsShown(a, now).filter(({ word, step, row }) =>
    word !== 'apart' && (step.status === 'todo' || step.status === 'under-way') && row.completes !== 'statement-written' && mayWork(me.rights, row, a.lane));
  const before = (shown: StepShown) => shown.times.deadline ?? shown.times.target ?? Infinity;
  const byTime = (x: StepShown, y: StepShown) => (x.times.target ?? before(x)) - (y.times.target ?? before(y));
  const visas = open.filter(({ row }) => row.evidence === 'visa' && (row.after ?? []).every((id) => !rowOf(a, id) || a.steps[id]?.status === 'done'));
  if (me.rights.includes('prefet') || me.rights.includes('directeur') || (a.lane === 'exercise' && me.rights.includes('planificateur'))) {
    for (const step of visas.sort(byTime)) {
      const textOf = (step.row.after ?? []).find((id) => a.steps[id]?.text);
      awaited.push({ kind: 'visa', step, ...(textOf ? { textOf } : {}) });
    }
  }
  if (mayIssue(me.rights, 'confirm-oral', a.lane)) {
    for (const oral of a.orals) {
      if (oral.confirmedBy === undefined && (oral.for !== 'prefet' || me.rights.includes('prefet'))) awaited.push({ kind: 'oral', entry: oral.seq });
    }
  }
  const others = open.filter((shown) => !visas.includes(shown)
    && (shown.step.assignee === me.account || shown.row.functions.some((code) => mine.includes(code))));
  for (const step of others.sort(byTime)) awaited.push({ kind: 'step', step });
  return awaited;
}

/** How many steps are in each state, for the line above the picture. */
export function tally(shown: readonly StepShown[]): Partial<Record<StepShown['word'], number>> {
  const counts: Partial<Record<StepShown['word'], number>> = {};
  for (const { word } of shown) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

/** The prerequisites that are not done: advice beside a step, never a lock. */
export function advice(a: Readonly<Activation>, step: StepShown): string[] {
  return (step.row.after ?? []).filter((id) => {
    const status = a.steps[id]?.status ?? 'todo';
    return rowOf(a, id) !== undefined && (status === 'todo' || status === 'under-way');
  });
}

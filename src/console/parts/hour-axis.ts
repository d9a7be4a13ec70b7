import { clockNames } from '../../contract/french.js';
import type { Plan } from '../../domain/plan/plan.js';
import { MINUTE, type Ms } from '../../domain/time.js';
import type { ClockShown } from '../../domain/views/board.js';
import type { StepShown } from '../../domain/views/steps.js';

/** The stretch of time that one section of the picture shows. */
export interface Axis {
  from: Ms;
  to: Ms;
  t0: Ms;
  /** "T0", or "ouverture" while no clock runs. */
  origin: string;
  ticks: { at: Ms; label: string; strong: boolean }[];
  /** Where an hour ends, and the T0 of another clock of the same section. */
  ends: Ms[];
  others: { at: Ms; name: string }[];
}

export interface Section {
  id: 'main' | 'nu';
  axis: Axis;
  groups: { id: string; label: string; steps: StepShown[] }[];
}

const AFTER: Ms = 75 * MINUTE;
/** Facts older than this before T0 do not squeeze the hour: they stand at its edge, with their time in words. */
const BEFORE_AT_MOST: Ms = 30 * MINUTE;
const AHEAD: Ms = 10 * MINUTE;

/** From the earliest fact (at the latest T0) to T0+75 min; then a window as wide that follows now. */
export function axisFor(steps: readonly StepShown[], clocks: readonly ClockShown[], now: Ms, fallback: Ms): Axis {
  const first = clocks[0];
  const t0 = first?.t0 ?? fallback;
  const facts = steps.flatMap(({ step }) => [step.startedAt, step.doneAt]).filter((at): at is Ms => at !== undefined);
  const earliest = Math.max(t0 - BEFORE_AT_MOST, Math.min(t0, ...facts));
  const shift = Math.max(0, now + AHEAD - (t0 + AFTER));
  const from = shift === 0 ? earliest : t0 + shift;
  const to = t0 + AFTER + shift;
  const ticks = [];
  for (let minutes = Math.ceil((from - t0) / (15 * MINUTE)) * 15; t0 + minutes * MINUTE <= to; minutes += 15) {
    ticks.push({ at: t0 + minutes * MINUTE, label: minutes === 0 ? (first ? 'T0' : 'ouverture') : `${minutes > 0 ? '+' : '−'}${Math.abs(minutes)}`, strong: minutes === 60 || minutes === 0 });
  }
  return {
    from, to, t0, origin: first ? 'T0' : 'ouverture', ticks, ends: clocks.map((clock) => clock.ends),
    others: clocks.slice(1).map((clock) => ({ at: clock.t0, name: clockNames[clock.id] })),
  };
}

/** Where an instant falls, from 0 to 1; outside of it when it is not on the axis. */
export function part(axis: Axis, at: Ms): number {
  return (at - axis.from) / (axis.to - axis.from);
}

export const clip = (value: number) => Math.min(1, Math.max(0, value));
export const percent = (value: number) => `${(value * 100).toFixed(3)}%`;

const MAIN_ORDER = ['cod', 'important', 'ciav'] as const;

/** Outside of the hour: its condition is false, or it waits for the end. It stands under the picture, without a state. */
export function isAside({ word, times, row, step }: StepShown): boolean {
  return word === 'apart' || (row.anchor === 'closing' && times.target === undefined && times.deadline === undefined && step.status === 'todo');
}

/** The hour of the event, and that of the single number on its own scale. */
export function sectionsOf(steps: readonly StepShown[], groups: Plan['groups'], clocks: readonly ClockShown[], now: Ms, openedAt: Ms): Section[] {
  const ofNu = ({ row }: StepShown) => row.anchor === 'nu';
  const section = (id: Section['id'], own: StepShown[], theirs: ClockShown[]): Section[] => own.length === 0 ? [] : [{
    id, axis: axisFor(own, theirs, now, openedAt),
    groups: groups.flatMap((group) => {
      const members = own.filter(({ row }) => row.group === group.id);
      return members.length === 0 ? [] : [{ ...group, steps: members }];
    }),
  }];
  const main = MAIN_ORDER.flatMap((id) => clocks.find((clock) => clock.id === id) ?? []);
  const nu = clocks.filter((clock) => clock.id === 'nu');
  const inside = steps.filter((step) => !isAside(step));
  return [...section('main', inside.filter((step) => !ofNu(step)), main), ...section('nu', inside.filter(ofNu), nu)];
}

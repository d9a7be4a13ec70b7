import type { CommandOf, Context } from '../commands.js';
import type { NewEvent } from '../events.js';
import type { Activation } from '../state.js';
import { SECOND, type Ms } from '../time.js';
import { speedOf, timeInside, type Segment } from './exercise-time.js';

/** A segment begun so lately was begun by the system clock as it shows now: the step that is being noted came before it. */
const JUST_BEGUN: Ms = 5 * SECOND;

/**
 * 49: an exercise has a clock of its own: its planner stops it, sets it going again, and sets its speed. A speed given
 * during a pause ends it. Time that is recorded is never unmade: an earlier time than now cannot be said of these.
 */
export function setExerciseClock(
  a: Readonly<Activation>, command: CommandOf<'pause-exercise' | 'resume-exercise' | 'set-exercise-speed'>, { wall }: Context,
): NewEvent[] {
  const speed = speedOf(a.segments);
  switch (command.type) {
    case 'pause-exercise': return speed === 0 ? [] : [started(a, wall, 0)];
    case 'resume-exercise': return speed > 0 ? [] : [started(a, wall, a.segments.findLast((one) => one.speed > 0)?.speed ?? 1)];
    case 'set-exercise-speed': return speed === command.speed ? [] : [started(a, wall, command.speed)];
  }
}

/** A step of the system clock is none of an exercise's: its time goes on from where it was. */
export function heedNoStep(a: Readonly<Activation>, byMs: Ms, { wall }: Context): NewEvent[] {
  const last = a.segments.at(-1);
  if (!last || last.speed === 0) return [];
  const justBegun = wall >= last.wallAt && wall - last.wallAt < JUST_BEGUN;
  return [started(a, wall, last.speed, justBegun ? wall : wall - byMs)];
}

/** What comes after the end, the review, is dated at the pace of real time. */
export function atRealPace(a: Readonly<Activation>, { wall }: Context): NewEvent[] {
  return speedOf(a.segments) === 1 ? [] : [started(a, wall, 1)];
}

/** The time that the former segments show, and never behind the journal: the system clock may have been put back. */
function started(a: Readonly<Activation>, wall: Ms, speed: number, shown: Ms = wall): NewEvent {
  const exerciseAt = Math.max(timeInside(a.segments, shown), a.recordedAt);
  const segment: Segment = { wallAt: wall, exerciseAt, speed };
  return { type: 'exerciseSegmentStarted', payload: { segment }, occurredAt: exerciseAt };
}

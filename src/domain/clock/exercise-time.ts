import type { Ms } from '../time.js';

/**
 * A stretch of exercise time: from the real instant `wallAt`, exercise time starts at `exerciseAt` and runs `speed`
 * times as fast; 0 is a pause. The last segment holds. A real activation has none: its time is real time.
 */
export interface Segment {
  wallAt: Ms;
  exerciseAt: Ms;
  speed: number;
}

/** The time inside an activation when the wall clock shows `wall`. */
export function timeInside(segments: readonly Segment[], wall: Ms): Ms {
  const segment = segments.at(-1);
  return segment ? segment.exerciseAt + Math.max(0, wall - segment.wallAt) * segment.speed : wall;
}

/** The wall time at which the time inside reaches `inside`; Infinity while paused. */
export function wallTime(segments: readonly Segment[], inside: Ms): Ms {
  const segment = segments.at(-1);
  if (!segment) return inside;
  if (segment.speed === 0) return Infinity;
  return segment.wallAt + (inside - segment.exerciseAt) / segment.speed;
}

/** How fast time runs inside: 1 where nothing was said, 0 in a pause. */
export function speedOf(segments: readonly Segment[]): number {
  return segments.at(-1)?.speed ?? 1;
}

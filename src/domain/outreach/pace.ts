import { SECOND, type Ms } from '../time.js';

/** A second's worth of calls at most leaves at once; what was not used does not add up. The slot is that of the last one. */
export function atOnce(perSecond: number): number {
  return Math.max(1, Math.floor(perSecond));
}

/** How many may leave now, by the pace alone. */
export function allowed(slot: Ms, perSecond: number, now: Ms): number {
  return Math.max(0, Math.min(atOnce(perSecond), Math.floor(((now - slot) * perSecond) / SECOND)));
}

/** The slot after so many have left. */
export function spent(slot: Ms, count: number, perSecond: number, now: Ms): Ms {
  if (count === 0) return slot;
  const between = SECOND / perSecond;
  return Math.max(slot + count * between, now - Math.max(0, atOnce(perSecond) - count) * between);
}


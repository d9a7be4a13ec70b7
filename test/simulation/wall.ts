import type { Ms } from '../../src/domain/time.js';
import type { Happening } from './witness.js';

/** What the machine's clock showed at a true time, by the steps it made. */
export function wallOf(happenings: readonly Happening[]): (at: Ms) => Ms {
  const steps = happenings.filter((one) => one.what === 'step');
  return (at) => at + (steps.findLast((step) => step.at <= at)?.wallBy ?? 0);
}

/** A stretch of true time through which the machine ran, could write, and its clock did not step. */
export interface Able {
  from: Ms;
  to: Ms;
  wallBy: Ms;
}

export function ableIn(happenings: readonly Happening[], endedAt: Ms): Able[] {
  const able: Able[] = [];
  let [up, full, wallBy, from] = [false, false, 0, 0];
  const close = (at: Ms) => {
    if (up && !full && at > from) able.push({ from, to: at, wallBy });
    from = at;
  };
  for (const one of happenings) {
    if (one.what === 'failed' || one.what === 'start') continue;
    close(one.at);
    if (one.what === 'up' || one.what === 'down') up = one.what === 'up';
    else if (one.what === 'step') wallBy = one.wallBy;
    else full = one.what === 'disk-full';
  }
  close(endedAt);
  return able;
}

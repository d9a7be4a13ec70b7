import type { Options } from './simulation.js';

/** A night that found something once: it is played again with every `npm test`, for ever.
 * A change of the simulation itself may make another night of a seed: then its name goes to one that finds the same again. */
export interface KeptSeed extends Pick<Options, 'seed' | 'hours' | 'trouble' | 'store'> {
  name: string;
  /** What it found, and what was done. */
  found: string;
}

export const KEPT: readonly KeptSeed[] = [
  {
    name: 'a beat that chases itself', seed: 1, hours: 4, trouble: 1, store: 'memory',
    found: 'On a full disk, with a warning due, each failed commit read its activation again, which hinted at the instant that had passed, which beat at once: a loop without end. Reading alone gives no hint any more.',
  },
  {
    name: 'an erased title on a player’s board', seed: 7, hours: 6, trouble: 1, store: 'memory',
    found: 'A wall or a player may not see the entry of an erasure, and kept the erased title on the screen until the page was loaded again. Every board hears the digests that are erased.',
  },
];

import type { Texts } from '../../src/contract/live.js';
import type { Options } from './simulation.js';

/** A night that found something once: it is played again with every `npm test`, for ever.
 * A change of the simulation itself may make another night of a seed: then its name goes to one that finds the same again. */
export interface KeptSeed extends Pick<Options, 'seed' | 'hours' | 'trouble' | 'store'> {
  name: string;
  /** What it found, and what was done. */
  found: string;
  /** What was wrong, put back: red.test.ts plays the night with it, and this promise must be seen broken. */
  planted: { spoil: NonNullable<Options['spoil']>; promise: string };
}

/** Whoever finds a warning refused by the disk is told at once that it is due. */
const chasing: KeptSeed['planted'] = {
  promise: 'no surprise',
  spoil: ({ wired: { activations } }) => {
    const tick = activations.tick.bind(activations);
    activations.tick = (id) => tick(id).catch((error: unknown) => {
      activations.onDueHint(activations.oldestDue());
      throw error;
    });
  },
};

/** The news of an erasure say nothing of what was erased. */
const untold: KeptSeed['planted'] = {
  promise: 'what was erased is gone',
  spoil: ({ sockets }) => {
    const to = sockets.to.bind(sockets);
    const withoutErased = (payload: object) => ('texts' in payload ? { ...payload, texts: Object.fromEntries(Object.entries(payload.texts as Texts).filter(([, text]) => text !== null)) } : payload);
    sockets.to = (room) => ({ emit: (event, payload) => to(room).emit(event, withoutErased(payload as object)) });
  },
};

export const KEPT: readonly KeptSeed[] = [
  {
    name: 'a beat that chases itself', seed: 2, hours: 4, trouble: 1, store: 'memory',
    found: 'On a full disk, with a warning due, each failed commit read its activation again, which hinted at the instant that had passed, which beat at once: a loop without end. Reading alone gives no hint any more.',
    planted: chasing,
  },
  {
    name: 'an erased title on a player’s board', seed: 37, hours: 4, trouble: 1, store: 'memory',
    found: 'A wall or a player may not see the entry of an erasure, and kept the erased title on the screen until the page was loaded again. Every board hears the digests that are erased.',
    planted: untold,
  },
];

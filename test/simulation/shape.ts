// What a night is like for its people. The machine, its disk, its clock and its lines fail as often in both, by the hour.
import type { OrderName } from '../../src/contract/commands.js';
import { HOUR, MINUTE, SECOND, type Ms } from '../../src/domain/time.js';
import type { Chance } from './chance.js';

export interface Shape {
  /** How many half-hours of a night have an opening. */
  openings: (hours: number) => number;
  /** In how many of its hours an exercise may begin, from the first. */
  exercises: (hours: number) => number;
  /** From one gesture to the next, on average, in an activation that began so long ago; and which, where not all. */
  pace: (age: Ms) => { every: Ms; among?: readonly OrderName[] };
  /** When somebody ends it, and when nobody does anything there any more, from its beginning. */
  endsIn: (chance: Chance, left: Ms) => Ms;
  overIn: (left: Ms) => Ms;
}

/** Hours on end like the worst one: an opening each half-hour, each lived through and ended. */
const STORM: Shape = {
  openings: (hours) => 2 * hours,
  exercises: (hours) => hours,
  pace: () => ({ every: 100 * SECOND }),
  endsIn: (chance) => chance.between(62 * 60, 78 * 60) * SECOND,
  overIn: () => 82 * MINUTE,
};

/**
 * A crisis, then the watch until dawn: the first hour as in the storm, a second one that calms down, then a note, a late
 * visa, a handover now and then, on boards that stay up. It ends when the day comes.
 */
const WATCH: Shape = {
  openings: () => 1,
  exercises: () => 2,
  pace: (age) => (age < HOUR ? { every: 100 * SECOND } : age < 2 * HOUR ? { every: 4 * MINUTE } : {
    every: 15 * MINUTE,
    among: ['log-note', 'log-note', 'log-direction-note', 'keep-promise', 'confirm-oral', 'offer-handover', 'accept-handover', 'complete-step', 'write-step-text'],
  }),
  endsIn: (chance, left) => Math.max(62 * MINUTE, left - chance.between(0, 40) * MINUTE),
  overIn: (left) => Math.max(82 * MINUTE, left + 20 * MINUTE),
};

export const SHAPES = { storm: STORM, watch: WATCH };

import type { Lane } from '../entry.js';
import type { Life } from '../state.js';
import type { Ms } from '../time.js';
import type { StepShown } from './steps.js';

/** What a wall needs to know of an activation to choose. */
export interface Choosable {
  lane: Lane;
  life: Life;
  openedAt: Ms;
}

/**
 * What a screen of the wall shows, for nobody types on a television: the running real activations, the latest first;
 * without any, the latest running exercise; else nothing. An exercise never stands beside a real activation.
 */
export function onWall<T extends Choosable>(activations: readonly T[]): T[] {
  const running = activations.filter(({ life }) => life === 'running').sort((x, y) => y.openedAt - x.openedAt);
  const real = running.filter(({ lane }) => lane === 'real');
  return real.length > 0 ? real : running.slice(0, 1);
}

const RANK: Partial<Record<StepShown['word'], number>> = { 'overdue': 0, 'at-risk': 1 };

/** The hour in a few rows, of what is still to be done: overdue, at risk, then what is due next. */
export function wallRows(steps: readonly StepShown[], most: number): StepShown[] {
  const rank = ({ word }: StepShown) => RANK[word] ?? 2;
  // What is past its target is pressed by its deadline, what is to come by its target.
  const due = (shown: StepShown) => {
    const { target, deadline } = shown.times;
    return (rank(shown) < 2 ? deadline ?? target : target ?? deadline) ?? Infinity;
  };
  return steps
    // The statement is the engine's own work; what has no time yet waits for what would give it one.
    .filter((shown) => (shown.word === 'todo' || shown.word === 'under-way' || shown.word in RANK) && shown.row.completes !== 'statement-written')
    .filter((shown) => due(shown) < Infinity || shown.word === 'under-way')
    .sort((x, y) => rank(x) - rank(y) || due(x) - due(y))
    .slice(0, most);
}

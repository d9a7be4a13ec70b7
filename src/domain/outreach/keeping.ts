import type { AdministrationEvent } from '../administration.js';
import { refuse, type Refusal } from '../refusal.js';
import type { Ms } from '../time.js';
import type { Circles } from './choice.js';
import type { KeptPerimeter } from './kept.js';

/** At most so many: beyond, nobody finds the right one at night. */
export const MOST_PERIMETERS = 200;

export type PerimeterCommand =
  /** `seen`: the one that was on the screen; absent for a new one. `others` are the names that are taken. */
  | { type: 'save-perimeter'; perimeter: string; known: KeptPerimeter | undefined; seen: Ms | undefined; name: string; circles: Circles; others: readonly string[] }
  | { type: 'remove-perimeter'; known: KeptPerimeter | undefined }
  | { type: 'print-call-list'; of: { perimeter: string } | { activation: string }; people: number };

export function decidePerimeter(command: PerimeterCommand): AdministrationEvent[] | Refusal {
  switch (command.type) {
    case 'save-perimeter': {
      const { perimeter, known, seen, name, circles: { circle1, circle2 }, others } = command;
      if (seen !== undefined && !known) return refuse('unknown-perimeter');
      if (known && known.changedAt !== seen) return refuse('stale');
      if (circle1.length === 0) return refuse('empty-perimeter');
      const twice = circle2.find((code) => circle1.includes(code));
      if (twice !== undefined) return refuse('commune-in-circle-1', { commune: twice });
      if (others.some((other) => sameName(other, name))) return refuse('perimeter-name-taken', { name });
      if (!known && others.length >= MOST_PERIMETERS) return refuse('too-many-perimeters', { most: MOST_PERIMETERS });
      if (known && known.name === name && known.circle1.join() === circle1.join() && known.circle2.join() === circle2.join()) return [];
      return [{ type: 'perimeterSaved', payload: { perimeter, communes: circle1.length + circle2.length } }];
    }
    case 'remove-perimeter':
      return command.known ? [{ type: 'perimeterRemoved', payload: { perimeter: command.known.id } }] : refuse('unknown-perimeter');
    case 'print-call-list':
      return [{ type: 'callListPrinted', payload: { ...command.of, people: command.people } }];
  }
}

function sameName(x: string, y: string): boolean {
  return x.localeCompare(y, 'fr', { sensitivity: 'base' }) === 0;
}

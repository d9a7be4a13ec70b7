import type { Names } from '../../contract/french.js';
import type { Board } from '../board.js';
import { usePeople } from '../people.js';
import { useCommuneNames } from './communes.js';

/** How sentences about this activation name people, steps, texts and communes. */
export function useNames(board: Board): Names {
  const person = usePeople();
  const commune = useCommuneNames();
  return {
    zone: board.activation.timeZone,
    person: (id) => person(id).name,
    step: (id) => board.activation.plan.rows.find((row) => row.id === id)?.title ?? id,
    text: (sealed) => board.text(sealed) ?? (sealed.digest in board.activation.erased ? '[texte effacé]' : undefined),
    commune,
  };
}

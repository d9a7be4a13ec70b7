import type { Promised } from '../seen.js';

/** An exercise stays an exercise: its entries, its requests, its mark; and a SYNERGI number is one activation's, per lane. */
export const lanes: Promised = {
  name: 'lanes never crossed',
  *breaches({ journals, witness }) {
    const numbers = new Map<string, string>();
    for (const [id, { entries, summary }] of journals) {
      const { lane } = entries[0]!;
      if (summary.lane !== lane) yield `${id}: the list says ${summary.lane}, the journal ${lane}`;
      for (const entry of entries) {
        if (entry.lane !== lane || (entry.wallAt !== undefined) !== (lane === 'exercise')) yield `${id}: entry ${entry.seq} is of the lane ${entry.lane}`;
      }
      if (summary.synergi === null || summary.life === 'cancelled') continue;
      const number = `${lane} ${summary.synergi}`;
      if (numbers.has(number)) yield `${number} is the number of ${numbers.get(number)} and of ${id}`;
      numbers.set(number, id);
    }
    for (const { request: { id, activation, lane, mark }, room } of witness.left) {
      const own = journals.get(activation)?.entries[0]!.lane;
      if (lane !== own) yield `${id} left in the lane ${lane}, its activation is of ${own}`;
      if ((mark !== null) !== (own !== 'real')) yield `${id} left ${mark === null ? 'without' : 'with'} the mark of an exercise in the lane ${own}`;
      if (room.startsWith('workers/') && room !== `workers/${own}`) yield `${id} of the lane ${own} left for ${room}`;
    }
  },
};

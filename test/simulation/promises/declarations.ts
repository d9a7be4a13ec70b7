import type { Promised } from '../seen.js';

/** A T0 that SYNERGI declared and we acknowledged finds its hour: an activation has its number, whoever answered, or nobody. */
export const declarations: Promised = {
  name: 'declarations find their hour',
  *breaches({ witness, journals }) {
    const known = new Set<string>();
    for (const { entries } of journals.values()) {
      const waiting = new Set<string>();
      for (const entry of entries) {
        if (entry.type === 'synergiNumberRecorded' && entry.lane === 'real') known.add(entry.payload.number);
        if (entry.type === 'declarationReceived') waiting.add(entry.payload.number);
        if (entry.type === 'declarationAnswered') waiting.delete(entry.payload.number);
      }
      for (const number of waiting) yield `${number} still waits for an answer`;
    }
    for (const { name, accepted, body } of witness.attempts) {
      const { synergi } = body as { synergi: string };
      if (name === 'declare-t0' && accepted && !known.has(synergi)) yield `${synergi} was declared and acknowledged, and no activation has it`;
    }
  },
};

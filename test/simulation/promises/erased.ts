import type { Promised } from '../seen.js';

/** What was erased is gone, content and salt, from the vault and from every board. */
export const erased: Promised = {
  name: 'what was erased is gone',
  *breaches({ journals, texts, boards }) {
    for (const [id, { entries }] of journals) {
      for (const entry of entries) {
        if (entry.type !== 'textErased') continue;
        const { digest } = entry.payload;
        if (texts.has(digest)) yield `${id}: ${digest} was erased by entry ${entry.seq}, and the vault has it`;
        for (const board of boards) {
          if (board.activation === id && typeof board.shown?.text({ digest, bytes: 0 }) === 'string') yield `${id}: ${digest} was erased by entry ${entry.seq}, and ${board.account.name} reads it`;
        }
      }
    }
  },
};

import { evolve } from '../domain/activation.js';
import type { Audience, Sealed, Withheld } from '../domain/entry.js';
import type { ActivationEntry } from '../domain/events.js';
import type { Activation } from '../domain/state.js';
import type { JournalPage, Snapshot, Texts } from '../contract/live.js';

export type BoardEntry = ActivationEntry | Withheld;

/** What a screen reads of one activation. A new object each time something changes; `activation` is folded in place. */
export interface Board {
  readonly activation: Readonly<Activation>;
  readonly audience: Audience;
  /** The end of the journal, oldest first, without a hole. */
  readonly entries: readonly BoardEntry[];
  /** Entries before the first of `entries` that can be fetched. */
  readonly hasOlder: boolean;
  /** A sealed text, "effacé" included as null; undefined while it has not arrived. */
  readonly text: (sealed: Sealed | undefined) => string | null | undefined;
}

export const isSeen = (entry: BoardEntry): entry is ActivationEntry => !('withheld' in entry);

/**
 * Live is a replay that has not ended: the server's snapshot at number N, then every entry in order, folded with the
 * domain's own function. A gap is seen by its number and left to the caller to fill.
 */
export class Fold {
  readonly #activation: Activation;
  readonly #audience: Audience;
  readonly #texts: Map<string, string | null>;
  #entries: BoardEntry[];

  constructor({ activation, audience, entries, texts }: Snapshot) {
    this.#activation = structuredClone(activation);
    this.#audience = audience;
    this.#entries = [...entries];
    this.#texts = new Map(Object.entries(texts));
  }

  get seq(): number {
    return this.#activation.seq;
  }

  /** Takes what follows, ignores what it has; true when nothing is missing before the last of them. Throws UnknownEntry. */
  take(entries: readonly BoardEntry[], texts: Texts): boolean {
    this.addTexts(texts);
    for (const entry of entries) {
      if (entry.seq <= this.seq) continue;
      if (entry.seq > this.seq + 1) return false;
      evolve(this.#activation, entry);
      this.#entries.push(entry);
      // Erased here is erased on the screen too.
      if (isSeen(entry) && entry.type === 'textErased') this.#texts.set(entry.payload.digest, null);
    }
    return true;
  }

  takeOlder({ entries, texts }: JournalPage): void {
    this.addTexts(texts);
    const first = this.#entries[0]?.seq ?? this.seq + 1;
    this.#entries = [...entries.filter((entry) => entry.seq < first), ...this.#entries];
  }

  addTexts(texts: Texts): void {
    for (const [digest, content] of Object.entries(texts)) this.#texts.set(digest, content);
  }

  /** `missing` hears of each text that a screen asks for and that is not here. */
  board(missing: (digest: string) => void): Board {
    const texts = this.#texts;
    const entries = this.#entries;
    return {
      activation: this.#activation,
      audience: this.#audience,
      entries: [...entries],
      hasOlder: (entries[0]?.seq ?? 1) > 1,
      text: (sealed) => {
        if (sealed === undefined) return undefined;
        const known = texts.get(sealed.digest);
        if (known === undefined) missing(sealed.digest);
        return known;
      },
    };
  }
}

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
  /** The number of the earliest entry that came. */
  readonly first: number;
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
  readonly #keep: number | undefined;
  readonly #worth: (entry: ActivationEntry) => boolean;
  /** The number of the earliest entry that came. */
  #first: number;
  #entries: BoardEntry[] = [];

  /** `keep`: only so many entries, of those that may be seen and are worth it, stay in memory: for a screen that nobody ever reloads. */
  constructor({ activation, audience, entries, texts }: Snapshot, keep?: number, worth: (entry: ActivationEntry) => boolean = () => true) {
    this.#activation = structuredClone(activation);
    this.#audience = audience;
    this.#keep = keep;
    this.#worth = worth;
    this.#first = entries[0]?.seq ?? activation.seq + 1;
    this.#entries = this.#kept(entries);
    this.#texts = new Map(Object.entries(texts));
  }

  /** The number before which older entries begin. */
  get first(): number {
    return this.#first;
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
      if (this.#keep === undefined || (isSeen(entry) && this.#worth(entry))) this.#entries.push(entry);
      // Erased here is erased on the screen too.
      if (isSeen(entry) && entry.type === 'textErased') this.#texts.set(entry.payload.digest, null);
    }
    if (this.#keep !== undefined && this.#entries.length > this.#keep) this.#entries = this.#kept(this.#entries);
    return true;
  }

  takeOlder({ entries, texts }: JournalPage): void {
    this.addTexts(texts);
    const older = entries.filter((entry) => entry.seq < this.#first);
    this.#first = older[0]?.seq ?? this.#first;
    this.#entries = this.#kept([...older, ...this.#entries]);
  }

  #kept(entries: readonly BoardEntry[]): BoardEntry[] {
    return this.#keep === undefined ? [...entries] : entries.filter((entry) => isSeen(entry) && this.#worth(entry)).slice(-this.#keep);
  }

  addTexts(texts: Texts): void {
    for (const [digest, content] of Object.entries(texts)) {
      // An answer that was under way while it was erased does not bring it back.
      if (this.#texts.get(digest) !== null) this.#texts.set(digest, content);
    }
  }

  /** `missing` hears of each text that a screen asks for and that is not here. */
  board(missing: (digest: string) => void): Board {
    const texts = this.#texts;
    const entries = this.#entries;
    return {
      activation: this.#activation,
      audience: this.#audience,
      entries: [...entries],
      hasOlder: this.#first > 1,
      first: this.#first,
      text: (sealed) => {
        if (sealed === undefined) return undefined;
        const known = texts.get(sealed.digest);
        if (known === undefined) missing(sealed.digest);
        return known;
      },
    };
  }
}

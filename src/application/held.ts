import { evolve, fold, maskFor } from '../domain/activation.js';
import type { Audience } from '../domain/entry.js';
import { EVENT_TYPES, type ActivationEntry } from '../domain/events.js';
import { GENESIS, type Link } from '../domain/evidence/chain.js';
import { sealedIn } from '../domain/evidence/sealed.js';
import type { Activation } from '../domain/state.js';

/**
 * One activation in memory: its folded state, the head of its chain, and what each audience sees of it. Dropped whole
 * when a commit fails: nothing in it is a truth of its own.
 */
export class Held {
  readonly activation: Activation;
  head: string;
  /** Who may see each content of the vault: the union of the audiences of the entries that name it. */
  readonly readers = new Map<string, Set<Audience>>();
  readonly #audiences = new Map<Audience, Activation>();
  readonly #entries: ActivationEntry[];

  constructor(readonly id: string, links: readonly Link[]) {
    this.#entries = links.map((link) => JSON.parse(link.line) as ActivationEntry);
    this.activation = fold(id, this.#entries);
    this.head = links.at(-1)?.hash ?? GENESIS;
    for (const entry of this.#entries) this.#index(entry);
  }

  /** Takes committed entries: the main state has them already. */
  commit(entries: readonly ActivationEntry[], head: string): void {
    for (const entry of entries) {
      this.#entries.push(entry);
      this.#index(entry);
      for (const [audience, seen] of this.#audiences) evolve(seen, maskFor(audience, entry));
    }
    this.head = head;
  }

  /** What this audience sees: folded from what it is given, and so equal to what its boards fold. */
  seenBy(audience: Audience): Readonly<Activation> {
    let seen = this.#audiences.get(audience);
    if (!seen) {
      seen = fold(this.id, this.#entries.map((entry) => maskFor(audience, entry)));
      this.#audiences.set(audience, seen);
    }
    return seen;
  }

  /** Entries after a number, oldest first. */
  after(seq: number, limit = Infinity): ActivationEntry[] {
    return this.#entries.slice(seq, limit === Infinity ? undefined : seq + limit);
  }

  entry(seq: number): ActivationEntry | undefined {
    return this.#entries[seq - 1];
  }

  #index(entry: ActivationEntry): void {
    for (const { digest } of sealedIn(entry.payload)) {
      const readers = this.readers.get(digest) ?? new Set<Audience>();
      for (const audience of EVENT_TYPES[entry.type].audience) readers.add(audience);
      this.readers.set(digest, readers);
    }
  }
}

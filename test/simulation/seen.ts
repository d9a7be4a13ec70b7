import type { Summary, VaultText } from '../../src/application/ports.js';
import { ADMINISTRATION, type AdministrationEntry } from '../../src/domain/administration.js';
import type { Link } from '../../src/domain/evidence/chain.js';
import { sealedIn } from '../../src/domain/evidence/sealed.js';
import type { ActivationEntry } from '../../src/domain/events.js';
import type { Activation } from '../../src/domain/state.js';
import type { Ms } from '../../src/domain/time.js';
import type { SimulatedBoard } from './board.js';
import type { Night } from './night.js';
import type { Witness } from './witness.js';

/** One journal as it lies on the disk. */
export interface Journal {
  summary: Summary;
  links: readonly Link[];
  entries: readonly ActivationEntry[];
}

/** All that a promise may be checked against: what those outside saw, what the store holds, what the boards show. */
export interface Seen {
  witness: Witness;
  journals: ReadonlyMap<string, Journal>;
  administration: { links: readonly Link[]; entries: readonly AdministrationEntry[] };
  /** The contents that the vault still holds, by digest. */
  texts: ReadonlyMap<string, VaultText>;
  boards: readonly SimulatedBoard[];
  /** What the server shows the direction at the end, from the states that it kept. */
  served: ReadonlyMap<string, Activation>;
  /** Something still waits in the outbox. */
  waits: boolean;
  endedAt: Ms;
}

export interface Promised {
  /** In words: what the product promises. */
  name: string;
  /** Each breach, in words. */
  breaches: (seen: Seen) => Iterable<string>;
}

const parsed = <T>(links: readonly Link[]) => links.map(({ line }) => JSON.parse(line) as T);

export async function look({ store, witness, boards, served, agenda }: Night): Promise<Seen> {
  const journals = new Map<string, Journal>();
  const digests: string[] = [];
  for (const summary of await store.journal.summaries()) {
    const links = await store.journal.read(summary.id);
    const entries = parsed<ActivationEntry>(links);
    journals.set(summary.id, { summary, links, entries });
    for (const entry of entries) for (const { digest } of sealedIn(entry.payload)) digests.push(digest);
  }
  const links = await store.journal.read(ADMINISTRATION);
  const texts = new Map((await store.vault.texts(digests)).map((text) => [text.digest, text]));
  const waits = (await store.outbox.oldest()) !== undefined;
  return { witness, journals, administration: { links, entries: parsed(links) }, texts, boards, served, waits, endedAt: agenda.now };
}

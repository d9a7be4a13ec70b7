import { fold, maskFor, nowInside } from '../domain/activation.js';
import { ENGINE, type Audience, type Lane, type Withheld } from '../domain/entry.js';
import { verifyChain, type Hash, type Link } from '../domain/evidence/chain.js';
import type { ActivationEntry } from '../domain/events.js';
import { markedFileName } from '../domain/exercise-mark.js';
import { refuse, type Refusal } from '../domain/refusal.js';
import { audienceIn, mayExport, type Right } from '../domain/rights.js';
import type { Activation } from '../domain/state.js';
import { toInstant, type Ms } from '../domain/time.js';
import type { Activations } from './activations.js';
import type { WriteStatement } from './house-work.js';
import type { Clock, Directory, Journal, Printer, Random, Vault } from './ports.js';

/** Who asks: their rights say with which eyes they read. */
export interface Reader {
  id: string;
  rights: readonly Right[];
}

export interface EvidenceParts {
  activations: Activations;
  journal: Journal;
  vault: Vault;
  directory: Directory;
  printer: Printer;
  clock: Clock;
  random: Random;
  hash: Hash;
  communeName: (code: string) => string | undefined;
  /** The text of verify.mjs, which goes with every export. */
  verifier: string;
}

export interface EvidencePage {
  name: string;
  html: string;
}

/** One file of an export. Read each to its end before asking for the next: the last one says what the others held. */
export interface PackFile {
  name: string;
  content: AsyncIterable<string | Uint8Array>;
}
export interface Pack {
  name: string;
  files: AsyncIterable<PackFile>;
}

/** What one audience sees of an activation at one instant, apart from what happens next. */
interface Seen {
  audience: Audience;
  /** Folded from what the audience may see. */
  activation: Activation;
  entries: (ActivationEntry | Withheld)[];
  upTo: number;
  head: string;
  now: Ms;
  /** Every digest that the journal names, and whether this audience may read its content. */
  contents: ReadonlyMap<string, boolean>;
}

/** Pages and exports: read, verify, pack (design.md part 4 d). */
export class Evidence {
  constructor(private readonly parts: EvidenceParts) {}

  /** The printable page of the hour, as this reader may see it. */
  async hourPage(id: string, reader: Reader): Promise<EvidencePage | Refusal> {
    const seen = await this.#see(id, (lane) => audienceIn(reader.rights, lane));
    if (!seen) return refuse('unknown-activation');
    if (seen.audience !== 'direction' && seen.audience !== 'cell') return refuse('forbidden');
    return this.#page(seen, readable(seen));
  }

  /**
   * P26: the page of that moment goes into the vault, and only then an entry names it. Written with the cell's eyes,
   * since whoever sees that entry may open the file; the direction prints its own page.
   */
  readonly writeStatement: WriteStatement = async (id) => {
    const { vault, random, hash } = this.parts;
    const seen = await this.#see(id, () => 'cell');
    if (!seen) return undefined;
    const { html } = await this.#page(seen, readable(seen));
    const bytes = new TextEncoder().encode(html);
    const salt = random.id();
    const file = { digest: hash(salt + html), bytes: bytes.length, mime: 'text/html' };
    // The mark of an exercise comes to the name where it leaves the house.
    await vault.putFile({ ...file, activation: id, salt, name: `heure_${id}.html` }, bytes);
    return { file, upTo: seen.upTo };
  };

  /**
   * The whole journal as it is stored, and the contents that the reader may see. `contents: false` leaves all texts, files
   * and names out.
   */
  async exportOf(id: string, reader: Reader, { contents }: { contents: boolean }): Promise<Pack | Refusal> {
    const seen = await this.#see(id, (lane) => audienceIn(reader.rights, lane));
    if (!seen) return refuse('unknown-activation');
    const { lane } = seen.activation;
    if (!mayExport(reader.rights, lane)) return refuse('forbidden');
    const links = await this.parts.journal.read(id, 0, seen.upTo);
    return { name: markedFileName(lane, `preuves_${id}`, 'zip'), files: this.#pack(seen, links, reader, contents) };
  }

  async *#pack(seen: Seen, links: readonly Link[], reader: Reader, contents: boolean): AsyncGenerator<PackFile> {
    const { vault, printer, hash, clock, verifier } = this.parts;
    const { activation: a, upTo, head } = seen;
    const open = contents ? readable(seen) : [];
    const packed = new Set<string>();
    yield { name: 'journal.ndjson', content: records(links.map(({ seq, line, hash: own }) => ({ seq, line, hash: own }))) };
    yield { name: 'vault.ndjson', content: this.#texts(open, packed) };
    const files = (await inSlices(open, (digests) => vault.files(digests))).map(({ digest, salt, name, mime, bytes }) => ({ digest, salt, name, mime, bytes }));
    yield { name: 'files.ndjson', content: records(files) };
    for (const { digest } of files) {
      const bytes = await vault.readFile(digest);
      if (!bytes) continue;
      packed.add(digest);
      yield { name: `vault/${digest}`, content: once(bytes) };
    }
    const page = await this.#page(seen, open, contents);
    yield { name: page.name, content: once(page.html) };
    const withheld = await this.#withheld(seen, open, packed);
    const exportedAt = clock.wall();
    const { id: activation, lane, prefecture, timeZone } = a;
    const notes = printer.exportNotes({ activation, lane, prefecture, page: page.name, upTo, head, exportedAt, timeZone, contents, withheld: withheld.length });
    yield { name: 'LISEZMOI.txt', content: once(notes) };
    yield { name: 'verify.mjs', content: once(verifier) };
    const manifest = {
      format: 1, activation, lane, prefecture, life: a.life, entries: upTo, head, exportedAt: toInstant(exportedAt), exportedBy: reader.id,
      audience: seen.audience, contents, withheld, chain: verifyChain(hash, links), files: { [page.name]: hash(page.html) },
    };
    yield { name: 'manifest.json', content: once(`${JSON.stringify(manifest, null, 2)}\n`) };
  }

  async *#texts(digests: readonly string[], packed: Set<string>): AsyncGenerator<string> {
    for (let from = 0; from < digests.length; from += SLICE) {
      for (const { digest, salt, content } of await this.parts.vault.texts(digests.slice(from, from + SLICE))) {
        packed.add(digest);
        yield record({ digest, salt, content });
      }
    }
  }

  /**
   * What the export keeps from its reader, sorted: what they may not read, and what was erased after its last entry.
   * A content that should be there and is not is no part of it: the verifier must call it missing.
   */
  async #withheld(seen: Seen, open: readonly string[], packed: ReadonlySet<string>): Promise<string[]> {
    const { erased } = seen.activation;
    const erasedSince = (await this.parts.activations.read(seen.activation.id, ({ activation }) => Object.keys(activation.erased))) ?? [];
    const expected = new Set(open);
    return [...seen.contents.keys()]
      .filter((digest) => !packed.has(digest) && !(digest in erased) && (!expected.has(digest) || erasedSince.includes(digest)))
      .sort();
  }

  async #page({ activation, entries, now, upTo, head }: Seen, digests: readonly string[], named = true): Promise<EvidencePage> {
    const { vault, printer, communeName } = this.parts;
    const texts = await inSlices(digests, (slice) => vault.texts(slice));
    const files = await inSlices(digests, (slice) => vault.files(slice));
    const html = printer.hourPage({
      activation, entries, now, upTo, head,
      texts: new Map(texts.map(({ digest, content }) => [digest, content])),
      files: new Map(files.map(({ digest, name }) => [digest, name])),
      names: named ? await this.#names() : new Map(),
      communes: new Map(activation.communes.map((code) => [code, communeName(code) ?? code])),
    });
    return { name: markedFileName(activation.lane, `heure_${activation.id}`, 'html'), html };
  }

  async #names(): Promise<Map<string, string>> {
    const { directory } = this.parts;
    const accounts = (await directory.accounts()).map((one) => [one.id, one.erasedAt === null ? one.name : `personne effacée (${one.title})`] as const);
    const tokens = (await directory.tokens()).map((one) => [one.id, one.name] as const);
    return new Map([...accounts, ...tokens, [ENGINE, 'le moteur']]);
  }

  #see(id: string, eyes: (lane: Lane) => Audience | undefined): Promise<Seen | undefined> {
    return this.parts.activations.read(id, (held) => {
      const audience = eyes(held.activation.lane);
      if (!audience) return undefined;
      const entries = held.after(0).map((entry) => maskFor(audience, entry));
      return {
        audience, activation: fold(id, entries), entries, upTo: held.activation.seq, head: held.head,
        now: nowInside(held.activation, this.parts.clock.wall()),
        contents: new Map([...held.readers].map(([digest, readers]) => [digest, readers.has(audience)])),
      };
    });
  }
}

/** The contents that may be shown: those that this audience may read, and that were not erased. */
function readable({ contents, activation }: Seen): string[] {
  return [...contents].flatMap(([digest, may]) => (may && !(digest in activation.erased) ? [digest] : []));
}

/** Contents are asked of the vault so many at a time. */
const SLICE = 500;

async function inSlices<T>(digests: readonly string[], ask: (slice: readonly string[]) => Promise<T[]>): Promise<T[]> {
  const found: T[] = [];
  for (let from = 0; from < digests.length; from += SLICE) found.push(...(await ask(digests.slice(from, from + SLICE))));
  return found;
}

const record = (value: object) => `${JSON.stringify(value)}\n`;

async function* records(values: readonly object[]): AsyncGenerator<string> {
  for (const value of values) yield record(value);
}

async function* once(content: string | Uint8Array): AsyncGenerator<string | Uint8Array> {
  yield content;
}


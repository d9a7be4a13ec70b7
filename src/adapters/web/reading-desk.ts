import type { Activations } from '../../application/activations.js';
import type { Held } from '../../application/held.js';
import type { Clock, Journal, Summary, Vault, VaultFile } from '../../application/ports.js';
import { CONTRACT, type ActivationLine, type JournalPage, type Snapshot, type Texts } from '../../contract/live.js';
import { maskFor } from '../../domain/activation.js';
import type { Audience, Sealed } from '../../domain/entry.js';
import type { ActivationEntry } from '../../domain/events.js';
import { erasedIn, sealedIn } from '../../domain/evidence/sealed.js';
import { clockEnds } from '../../domain/plan/timing.js';
import { refuse } from '../../domain/refusal.js';
import { Refused } from './refused.js';
import { eyesIn, type SignedIn } from './signed-in.js';

/** Entries that come with a snapshot, and at most with a page. */
const TAIL = 200;
export const PAGE = 500;
/** Longer texts are asked for when somebody reads them: a snapshot must reach a telephone at night. */
const TEXT_SENT_BYTES = 8_192;
/** How many activations that no longer run are listed at once. */
const LISTED = 50;

/** What is read of activations, each with the reader's own eyes. */
export class ReadingDesk {
  constructor(
    private readonly activations: Activations,
    private readonly journal: Journal,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  /** Those that run, and the latest of the others (opened before `before`). */
  async lines(signedIn: SignedIn, before: number | undefined): Promise<ActivationLine[]> {
    const readable = (await this.journal.summaries()).filter(({ lane }) => eyesIn(signedIn, lane) !== undefined);
    const latest = (one: Summary, other: Summary) => other.openedAt - one.openedAt;
    const running = before === undefined ? readable.filter(({ life }) => life === 'running').sort(latest) : [];
    const others = readable.filter(({ life, openedAt }) => life !== 'running' && openedAt < (before ?? Infinity)).sort(latest).slice(0, LISTED);
    const found = await Promise.all([...running, ...others].map(async ({ id, lane }) =>
      this.activations.read(id, (held) => lineOf(held, eyesIn(signedIn, lane)!))));
    const lines = found.filter((one) => one !== undefined);
    const titles = await this.#contents(lines.flatMap(({ title }) => title ?? []));
    return lines.map(({ title, ...line }) => ({ ...line, title: title ? (titles[title.digest] ?? null) : null }));
  }

  async snapshot(signedIn: SignedIn, id: string): Promise<Snapshot> {
    const { seen, entries, audience, wanted } = await this.#read(signedIn, id, (held, audience) => {
      const entries = held.after(Math.max(0, held.activation.seq - TAIL)).map((entry) => maskFor(audience, entry));
      const seen = structuredClone(held.seenBy(audience));
      const { contacts: _, ...state } = seen;
      return { seen, entries, audience, wanted: [...worthSending(entries), ...sealedIn(state).filter(({ digest }) => held.readers.get(digest)?.has(audience))] };
    });
    return { contract: CONTRACT, audience, activation: seen, entries, texts: await this.#contents(wanted), wall: this.clock.wall() };
  }

  /** Entries after a number, or the last ones before it, or those of a list; oldest first. */
  async page(signedIn: SignedIn, id: string, { after, before, seqs, limit }: { after?: number | undefined; before?: number | undefined; seqs?: number[] | undefined; limit: number }): Promise<JournalPage> {
    const { entries, seq, erased } = await this.#read(signedIn, id, (held, audience) => {
      const chosen = seqs ? seqs.flatMap((one) => held.entry(one) ?? [])
        : before === undefined ? held.after(after ?? 0, limit)
        : held.after(Math.max(0, before - 1 - limit), Math.min(limit, before - 1));
      return { entries: chosen.map((entry) => maskFor(audience, entry)), seq: held.activation.seq, erased: erasedIn(chosen) };
    });
    return { entries, texts: { ...(await this.#contents(worthSending(entries))), ...Object.fromEntries(erased.map((digest) => [digest, null])) }, seq };
  }

  /** The contents that these digests stand for; null for what this reader may not see, and for what was erased. */
  async texts(signedIn: SignedIn, id: string, digests: readonly string[]): Promise<Texts> {
    const allowed = await this.#read(signedIn, id, (held, audience) => digests.filter((digest) => held.readers.get(digest)?.has(audience)));
    const none = Object.fromEntries(digests.map((digest) => [digest, null]));
    return { ...none, ...(await this.#contentsOf(allowed)) };
  }

  async file(signedIn: SignedIn, id: string, digest: string): Promise<{ file: VaultFile; bytes: Uint8Array; lane: Summary['lane'] }> {
    const lane = await this.#read(signedIn, id, (held, audience) => (held.readers.get(digest)?.has(audience) ? held.activation.lane : undefined));
    const file = lane && (await this.vault.file(digest));
    const bytes = file && (await this.vault.readFile(digest));
    if (lane && !bytes) throw new Refused(refuse('erased'));
    if (!lane || !file || !bytes) throw new Refused(refuse('unknown-file', { file: digest }));
    return { file, bytes, lane };
  }

  /** Who may not read it is told what somebody is told who guesses a number. */
  async #read<T>(signedIn: SignedIn, id: string, look: (held: Held, audience: Audience) => T): Promise<T> {
    const found = await this.activations.read(id, (held) => {
      const audience = eyesIn(signedIn, held.activation.lane);
      return audience ? { looked: look(held, audience) } : undefined;
    });
    if (!found) throw new Refused(refuse('unknown-activation'));
    return found.looked;
  }

  #contents(sealed: readonly Sealed[]): Promise<Texts> {
    return this.#contentsOf([...new Set(sealed.filter(({ bytes, mime }) => mime !== undefined || bytes <= TEXT_SENT_BYTES).map(({ digest }) => digest))]);
  }

  /** A file is read by its name: its bytes are downloaded apart. */
  async #contentsOf(digests: readonly string[]): Promise<Texts> {
    if (digests.length === 0) return {};
    const [texts, files] = await Promise.all([this.vault.texts(digests), this.vault.files(digests)]);
    const known = new Map([...texts.map(({ digest, content }) => [digest, content] as const), ...files.map(({ digest, name }) => [digest, name] as const)]);
    return Object.fromEntries(digests.map((digest) => [digest, known.get(digest) ?? null]));
  }
}

/** The lines of a call list, thousands of them, are asked for by whoever opens the step. */
function worthSending(entries: readonly (ActivationEntry | { withheld: true })[]): Sealed[] {
  return entries.flatMap((entry) => ('withheld' in entry || entry.type === 'callListPasted' ? [] : sealedIn(entry.payload)));
}

function lineOf(held: Held, audience: Audience): Omit<ActivationLine, 'title'> & { title: Sealed | undefined } {
  const a = held.seenBy(audience);
  return {
    id: a.id, lane: a.lane, life: a.life, kind: a.kind, title: a.title, openedAt: a.openedAt, endedAt: a.endedAt ?? null, segments: a.segments.slice(-1),
    synergi: a.synergi?.number ?? null, timeZone: a.timeZone,
    clocks: Object.values(a.clocks).map(({ id, t0 }) => ({ id, t0, ends: clockEnds(a, id)! })),
    declarations: a.declarations.map(({ id, number, t0, receivedAt }) => ({ id, number, t0, receivedAt })),
  };
}

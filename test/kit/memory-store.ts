import {
  Journal, LostRace, NumberTaken, Outbox, StorageFailed, Vault,
  type Batch, type KeyRecord, type OutboxRow, type Summary, type VaultFile, type VaultText,
} from '../../src/application/ports.js';
import { ADMINISTRATION } from '../../src/domain/administration.js';
import type { Effect } from '../../src/domain/activation.js';
import type { Lane } from '../../src/domain/entry.js';
import type { Link } from '../../src/domain/evidence/chain.js';
import type { Ms } from '../../src/domain/time.js';
import { MemoryAddressBook } from './memory-address-book.js';
import { MemoryCalendars } from './memory-calendars.js';
import { MemoryDirectory } from './memory-directory.js';
import { MemoryPerimeters } from './memory-perimeters.js';
import { MemoryReachTokens } from './memory-reach-tokens.js';
import { MemoryWebhooks } from './memory-webhooks.js';

interface Row {
  effect: Effect;
  /** The stamp of the row itself, the activation's: `effect` carries its own. */
  lane: Lane | null;
  createdAt: Ms;
  notBefore: Ms;
  leaseUntil?: Ms;
  attempts: number;
  doubt: boolean;
  buried?: string;
}

/**
 * The ports of storage in plain maps, under the same contract suite as SQLite; what it hands out is a copy.
 * `now` dates the rows of the outbox.
 */
export class MemoryStore {
  readonly links = new Map<string, Link[]>();
  readonly summaries = new Map<string, Summary>();
  /** In order of age. */
  readonly rows = new Map<string, Row>();
  readonly keys = new Map<string, KeyRecord>();
  readonly texts = new Map<string, VaultText>();
  readonly files = new Map<string, VaultFile>();
  readonly bytes = new Map<string, Uint8Array>();
  readonly webhooks = new MemoryWebhooks(this.summaries, () => this.#mustWrite());
  readonly addressBook = new MemoryAddressBook(() => this.#mustWrite());
  readonly calendars = new MemoryCalendars(() => this.#mustWrite());
  readonly perimeters = new MemoryPerimeters();
  readonly reachTokens = new MemoryReachTokens(() => this.#mustWrite());
  readonly directory = new MemoryDirectory(() => this.#mustWrite(), (change) => this.webhooks.apply(change), (change) => this.addressBook.apply(change),
    (change) => this.perimeters.apply(change), (change) => this.calendars.apply(change));
  readonly journal: Journal = new MemoryJournal(this);
  readonly outbox: Outbox = new MemoryOutbox(this);
  readonly vault: Vault = new MemoryVault(this);
  /** While true, every write fails as on a full disk. */
  diskFull = false;
  alive: Ms | undefined;
  #failures = 0;

  constructor(readonly now: () => Ms = Date.now) {}

  /** The next `times` appends write nothing and throw StorageFailed. */
  failNext(times: number): void {
    this.#failures = times;
  }

  async close(): Promise<void> {}

  #mustWrite(): void {
    if (this.diskFull) throw new StorageFailed('disk full');
  }

  written<T>(work: () => T): T {
    this.#mustWrite();
    return work();
  }

  appended(work: () => void): void {
    if (this.#failures > 0) {
      this.#failures--;
      throw new StorageFailed('made to fail by the test');
    }
    this.written(work);
  }
}

class MemoryJournal extends Journal {
  constructor(readonly store: MemoryStore) {
    super();
  }

  override async append(given: Batch): Promise<void> {
    const batch = copied(given);
    this.store.appended(() => {
      mustFit(batch);
      this.#check(batch); // all that can be refused comes before the first write
      this.#write(batch);
    });
  }

  #check({ activation, expectedSeq, summary: s, outbox, keys = [], accounts }: Batch): void {
    const { store } = this;
    if ((store.summaries.get(activation)?.seq ?? 0) !== expectedSeq) throw new LostRace(activation);
    const sameNumber = (one: Summary) => one.id !== s.id && one.life !== 'cancelled' && one.lane === s.lane && one.synergi === s.synergi;
    if (s.synergi !== null && s.life !== 'cancelled' && [...store.summaries.values()].some(sameNumber)) throw new NumberTaken(s.synergi);
    const ids = outbox.map(({ id }) => id);
    if (new Set(ids).size < ids.length || ids.some((id) => store.rows.has(id))) throw new Error('an effect is in the outbox already');
    if (keys.some((key) => store.keys.has(`${key.by} ${key.key}`))) throw new LostRace('the key was used already');
    store.directory.check(accounts ?? []);
  }

  #write(batch: Batch): void {
    const { store } = this;
    const { activation, summary, outbox, texts, keys = [] } = batch;
    store.summaries.set(activation, summary);
    const links = store.links.get(activation);
    if (links) links.push(...batch.links);
    else store.links.set(activation, batch.links);
    for (const effect of outbox) {
      store.rows.set(effect.id, { effect, lane: summary.lane, createdAt: store.now(), notBefore: 0, attempts: 0, doubt: false });
    }
    for (const text of texts) store.texts.set(text.digest, text);
    for (const key of keys) store.keys.set(`${key.by} ${key.key}`, key);
    for (const { id } of batch.settled ?? []) if (store.rows.get(id)?.buried === undefined) store.rows.delete(id);
    for (const digest of batch.erased ?? []) {
      store.texts.delete(digest);
      store.files.delete(digest);
    }
    store.directory.apply(batch.accounts ?? []);
  }

  override async read(activation: string, after = 0, limit = Infinity): Promise<Link[]> {
    const links = this.store.links.get(activation) ?? [];
    return links.slice(after, after + limit).map((link) => ({ ...link })); // numbers are contiguous from 1
  }

  override async summaries(): Promise<Summary[]> {
    const activations = [...this.store.summaries.values()].filter(({ id }) => id !== ADMINISTRATION);
    const all = activations.sort((x, y) => x.openedAt - y.openedAt || (x.id < y.id ? -1 : 1));
    return all.map((summary) => ({ ...summary }));
  }

  override async key(key: string, by: string): Promise<KeyRecord | undefined> {
    const known = this.store.keys.get(`${by} ${key}`);
    return known && { ...known };
  }

  override async alive(): Promise<Ms | undefined> {
    return this.store.alive;
  }

  override async markAlive(at: Ms): Promise<void> {
    this.store.written(() => (this.store.alive = at));
  }

  override async probe(): Promise<void> {
    this.store.written(() => {});
  }
}

/** Flat things are copied by hand: a simulated night appends thousands of batches. */
function copied(batch: Batch): Batch {
  return {
    ...batch, links: batch.links.map((link) => ({ ...link })), summary: { ...batch.summary }, texts: batch.texts.map((text) => ({ ...text })),
    outbox: batch.outbox.length > 0 ? structuredClone(batch.outbox) : [], ...(batch.keys ? { keys: batch.keys.map((key) => ({ ...key })) } : {}),
    ...(batch.accounts ? { accounts: structuredClone(batch.accounts) } : {}),
  };
}

function mustFit({ activation, expectedSeq, links, summary }: Batch): void {
  const seq = expectedSeq + links.length;
  if (links.some((link, i) => link.seq !== expectedSeq + 1 + i) || seq === 0) throw new Error('the entries are not the next ones');
  if (summary.id !== activation || summary.seq !== seq || (links.length > 0 && summary.head !== links.at(-1)!.hash)) {
    throw new Error('the summary is not that of the last entry');
  }
}

class MemoryOutbox extends Outbox {
  constructor(readonly store: MemoryStore) {
    super();
  }

  #open(): Row[] {
    return [...this.store.rows.values()].filter(({ buried }) => buried === undefined);
  }

  override async claim(now: Ms, limit: number, leaseMs: Ms): Promise<OutboxRow[]> {
    const ready = this.#open().filter((row) => row.notBefore <= now && (row.leaseUntil === undefined || row.leaseUntil <= now));
    return this.store.written(() =>
      ready.slice(0, limit).map((row) => {
        row.doubt ||= row.leaseUntil !== undefined;
        row.leaseUntil = now + leaseMs;
        row.attempts++;
        return { ...structuredClone(row.effect), attempts: row.attempts, doubt: row.doubt, stampedLane: row.lane };
      }),
    );
  }

  override async postpone(ids: string[], notBefore: Ms): Promise<void> {
    this.#change(ids, (row) => (row.notBefore = notBefore));
  }

  override async bury(ids: string[], why: string): Promise<void> {
    this.#change(ids, (row) => (row.buried = why));
  }

  override async doubts(): Promise<number> {
    return this.#open().filter(({ doubt }) => doubt).length;
  }

  override async oldest(): Promise<Ms | undefined> {
    return this.#open()[0]?.createdAt;
  }

  #change(ids: string[], change: (row: Row) => void): void {
    this.store.written(() => {
      for (const row of this.#open()) {
        if (!ids.includes(row.effect.id)) continue;
        delete row.leaseUntil;
        change(row);
      }
    });
  }
}

class MemoryVault extends Vault {
  constructor(readonly store: MemoryStore) {
    super();
  }

  override async texts(digests: readonly string[]): Promise<VaultText[]> {
    return structuredClone([...new Set(digests)].flatMap((digest) => this.store.texts.get(digest) ?? []));
  }

  override async file(digest: string): Promise<VaultFile | undefined> {
    return structuredClone(this.store.files.get(digest));
  }

  override async files(digests: readonly string[]): Promise<VaultFile[]> {
    return structuredClone([...new Set(digests)].flatMap((digest) => this.store.files.get(digest) ?? []));
  }

  override async putFile(file: VaultFile, bytes: Uint8Array): Promise<void> {
    if (!/^[0-9a-f]{64}$/.test(file.digest) || bytes.length !== file.bytes) throw new Error('not the file that was announced');
    this.store.written(() => {
      this.store.bytes.set(file.digest, bytes.slice());
      if (!this.store.files.has(file.digest)) this.store.files.set(file.digest, structuredClone(file));
    });
  }

  override async readFile(digest: string): Promise<Uint8Array | undefined> {
    return this.store.files.has(digest) ? this.store.bytes.get(digest)?.slice() : undefined;
  }

  override async forget(digest: string): Promise<void> {
    this.store.written(() => {
      this.store.files.delete(digest);
      this.store.bytes.delete(digest);
    });
  }

  override async sweep(digests: readonly string[]): Promise<void> {
    for (const digest of digests) if (!this.store.files.has(digest)) this.store.bytes.delete(digest);
  }
}

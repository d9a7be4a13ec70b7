import { Journal, LostRace, NumberTaken, StorageFailed, type AccountChange, type Batch, type KeyRecord, type Summary } from '../../application/ports.js';
import { ADMINISTRATION } from '../../domain/administration.js';
import type { Link } from '../../domain/evidence/chain.js';
import type { Ms } from '../../domain/time.js';
import { accountWriter } from './account-changes.js';
import { asStorageFailure, type RawHandle } from './raw-handle.js';

/** What the tests reach into: nothing in the product gives it. */
export interface CommitSeams {
  /** Called inside a transaction, once the rows of all its batches are written and before they are committed. */
  insideCommit?: (batches: number) => void;
}

/**
 * The journal in SQLite. What is appended in one turn of the event loop, by whichever activations, is committed together:
 * one synchronous transaction, whose price is that of the disk, and a verdict for each batch.
 */
export class JournalSqlite extends Journal {
  readonly #handle: RawHandle;
  readonly #now: () => Ms;
  readonly #sql: Statements;
  readonly #change: (change: AccountChange) => void;
  readonly #seams: CommitSeams;
  #waiting: Waiting[] = [];

  /** `now` dates the rows of the outbox, whose age an operator watches. */
  constructor(handle: RawHandle, now: () => Ms, seams: CommitSeams = {}) {
    super();
    this.#handle = handle;
    this.#now = now;
    this.#sql = prepare(handle);
    this.#change = accountWriter(handle);
    this.#seams = seams;
  }

  override append(batch: Batch): Promise<void> {
    return new Promise((resolve, reject) => {
      mustFit(batch);
      // The turn brings in what other sockets hold and other activations decide: it shares the flush.
      if (this.#waiting.push({ batch, resolve, reject }) === 1) setImmediate(() => this.#flush());
    });
  }

  override async read(activation: string, after = 0, limit = -1): Promise<Link[]> {
    return this.#sql.read.all(activation, after, limit);
  }

  override async summaries(): Promise<Summary[]> {
    return this.#sql.summaries.all();
  }

  override async key(key: string, by: string): Promise<KeyRecord | undefined> {
    return this.#sql.key.get(key, by);
  }

  override async alive(): Promise<Ms | undefined> {
    return this.#sql.alive.get()?.at;
  }

  override async markAlive(at: Ms): Promise<void> {
    this.#handle.write(() => this.#sql.markAlive.run(at));
  }

  override async probe(): Promise<void> {
    this.#handle.write(() => this.#sql.probe.run());
  }

  /**
   * One transaction for all. Where the disk refuses, nothing of any of them was written, and each is told so. A batch that
   * lost its race, or meets a bug, is found by writing them again, each apart.
   */
  #flush(): void {
    const all = this.#waiting;
    this.#waiting = [];
    let refused: ReadonlyMap<Waiting, unknown> = new Map();
    try {
      try {
        this.#writeTogether(all);
      } catch (error) {
        if (error instanceof StorageFailed || all.length === 1) throw error;
        refused = this.#writeApart(all);
      }
    } catch (error) {
      for (const { reject } of all) reject(error);
      return;
    }
    for (const one of all) {
      if (refused.has(one)) one.reject(asStorageFailure(refused.get(one)));
      else one.resolve();
    }
    if (all.some((one) => one.batch.erased?.length && !refused.has(one))) this.#handle.emptyLog();
  }

  #writeTogether(all: readonly Waiting[]): void {
    this.#handle.write(() => {
      for (const { batch } of all) this.#write(batch);
      this.#seams.insideCommit?.(all.length);
    });
  }

  /** A savepoint for each: those that are refused, and why. It copies every page that two batches share, so only then. */
  #writeApart(all: readonly Waiting[]): Map<Waiting, unknown> {
    const refused = new Map<Waiting, unknown>();
    this.#handle.write(() => {
      for (const one of all) {
        try {
          this.#handle.within(() => this.#write(one.batch));
        } catch (error) {
          if (asStorageFailure(error) instanceof StorageFailed || !this.#handle.isWriting) throw error;
          refused.set(one, error);
        }
      }
      this.#seams.insideCommit?.(all.length);
    });
    return refused;
  }

  #write(batch: Batch): void {
    const sql = this.#sql;
    const { activation, summary } = batch;
    this.#advance(batch);
    for (const { seq, line, hash } of batch.links) sql.entry.run(activation, seq, line, hash);
    if (batch.outbox.length > 0) {
      const now = this.#now();
      for (const effect of batch.outbox) sql.effect.run(effect.id, summary.lane, JSON.stringify(effect), now);
    }
    for (const { digest, salt, content } of batch.texts) sql.text.run(digest, salt, content);
    for (const { by, key, bodyHash, activation: about, fromSeq, toSeq } of batch.keys ?? []) {
      // Used meanwhile, perhaps on another activation: whoever decides again will find what it answered.
      if (sql.putKey.run(by, key, bodyHash, about, fromSeq, toSeq).changes === 0) throw new LostRace(`key ${key}`);
    }
    for (const { id } of batch.settled ?? []) sql.settle.run(id);
    for (const digest of batch.erased ?? []) {
      sql.eraseText.run(digest);
      if (sql.eraseFile.run(digest).changes > 0) sql.unswept.run(digest);
    }
    for (const change of batch.accounts ?? []) this.#change(change);
  }

  /** The version check and the new summary are one statement. */
  #advance({ activation, expectedSeq, summary: s }: Batch): void {
    const { open, advance, known } = this.#sql;
    try {
      const { changes } =
        expectedSeq === 0
          ? open.run(s.id, s.lane, s.life, s.kind, s.openedAt, s.synergi, s.seq, s.head)
          : advance.run(s.life, s.kind, s.openedAt, s.synergi, s.seq, s.head, activation, expectedSeq);
      if (changes === 1) return;
    } catch (error) {
      if (!/^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY)$/.test(String((error as { code?: unknown }).code))) throw error;
      // An opening that came twice bears its number twice, too: that is a lost race.
      if (expectedSeq > 0 || known.get(activation) === undefined) throw new NumberTaken(`${s.synergi} (${s.lane})`, { cause: error });
    }
    throw new LostRace(`${activation} is not at ${expectedSeq}`);
  }
}

/** A batch that waits for its flush, and whom to tell. */
interface Waiting {
  batch: Batch;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** What can only be a bug of the caller is refused before anything is written. */
function mustFit({ activation, expectedSeq, links, summary }: Batch): void {
  let seq = expectedSeq;
  for (const link of links) if (link.seq !== ++seq) throw new Error(`${activation}: entry ${link.seq} where ${seq} was expected`);
  if (seq === 0 || summary.id !== activation || summary.seq !== seq || (links.length > 0 && summary.head !== links[links.length - 1]!.hash)) {
    throw new Error(`${activation}: the summary is not that of entry ${seq}`);
  }
}

type Statements = ReturnType<typeof prepare>;

function prepare(handle: RawHandle) {
  return {
    open: handle.prepare<[string, string, string, string, Ms, string | null, number, string]>(
      'INSERT INTO activations (id, lane, life, kind, openedAt, synergi, seq, head) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    ),
    advance: handle.prepare<[string, string, Ms, string | null, number, string, string, number]>(
      'UPDATE activations SET life = ?, kind = ?, openedAt = ?, synergi = ?, seq = ?, head = ? WHERE id = ? AND seq = ?',
    ),
    known: handle.prepare<[string], { id: string }>('SELECT id FROM activations WHERE id = ?'),
    entry: handle.prepare<[string, number, string, string]>('INSERT INTO entries (activation, seq, line, hash) VALUES (?, ?, ?, ?)'),
    effect: handle.prepare<[string, string, string, Ms]>('INSERT INTO outbox (id, lane, effect, createdAt) VALUES (?, ?, ?, ?)'),
    // The digest says that it is the same content with the same salt.
    text: handle.prepare<[string, string, string]>('INSERT INTO vault_texts (digest, salt, content) VALUES (?, ?, ?) ON CONFLICT DO NOTHING'),
    putKey: handle.prepare<[string, string, string, string, number, number]>(
      'INSERT INTO keys ("by", "key", bodyHash, activation, fromSeq, toSeq) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    ),
    // What was buried is kept for whoever asks why it never left.
    settle: handle.prepare<[string]>('DELETE FROM outbox WHERE id = ? AND buried IS NULL'),
    eraseText: handle.prepare<[string]>('DELETE FROM vault_texts WHERE digest = ?'),
    eraseFile: handle.prepare<[string]>('DELETE FROM vault_files WHERE digest = ?'),
    unswept: handle.prepare<[string]>('INSERT INTO vault_unswept (digest) VALUES (?) ON CONFLICT DO NOTHING'),
    read: handle.prepare<[string, number, number], Link>(
      'SELECT seq, line, hash FROM entries WHERE activation = ? AND seq > ? ORDER BY seq LIMIT ?',
    ),
    summaries: handle.prepare<[], Summary>(
      `SELECT id, lane, life, kind, openedAt, synergi, seq, head FROM activations WHERE id <> '${ADMINISTRATION}' ORDER BY openedAt, id`,
    ),
    key: handle.prepare<[string, string], KeyRecord>(
      'SELECT "key", "by", bodyHash, activation, fromSeq, toSeq FROM keys WHERE "key" = ? AND "by" = ?',
    ),
    alive: handle.prepare<[], { at: Ms }>(`SELECT at FROM marks WHERE name = 'alive'`),
    markAlive: handle.prepare<[Ms]>(`INSERT INTO marks (name, at) VALUES ('alive', ?) ON CONFLICT (name) DO UPDATE SET at = excluded.at`),
    probe: handle.prepare<[]>(`INSERT INTO marks (name, at) VALUES ('probe', 1) ON CONFLICT (name) DO UPDATE SET at = at + 1`),
  };
}

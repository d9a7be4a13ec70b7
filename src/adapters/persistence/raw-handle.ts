import type Database from 'better-sqlite3';
import { StorageFailed } from '../../application/ports.js';

/** The database itself cannot be written or read as it should: not a bug of ours, and nothing was recorded. */
const STORAGE_CODES = /^SQLITE_(FULL|IOERR|READONLY|CANTOPEN|BUSY|LOCKED|NOMEM|CORRUPT|NOTADB|PROTOCOL)/;

/**
 * The only owner of the raw handle that TypeORM opened. TypeORM shares one connection between all who use it: whatever
 * awaits inside a transaction lets strangers in, and their rows go with its rollback (toolchain.md). Hence short
 * synchronous transactions, which nobody can interrupt, and none of TypeORM's.
 */
export class RawHandle {
  readonly #db: Database.Database;
  readonly #run: (work: () => unknown) => unknown;
  readonly #within: (work: () => unknown) => unknown;

  constructor(db: Database.Database) {
    this.#db = db;
    const run = db.transaction((work: () => unknown) => work());
    this.#run = run.immediate;
    this.#within = run;
  }

  /** For reads, and for statements that `write` runs. */
  prepare<Parameters extends unknown[], Row = never>(sql: string): Database.Statement<Parameters, Row> {
    return this.#db.prepare<Parameters, Row>(sql) as Database.Statement<Parameters, Row>;
  }

  /**
   * One short synchronous transaction: committed to the disk when it returns, or nothing of it is written.
   * Throws StorageFailed when the disk refuses, what `work` threw, and an error when somebody left a transaction open.
   */
  write<T>(work: () => T): T {
    if (!this.#db.open) throw new StorageFailed('La base de données est fermée.');
    if (this.#db.inTransaction) throw new Error('a transaction is open on the shared connection: this write would live or die with it');
    try {
      return this.#run(work) as T;
    } catch (error) {
      throw asStorageFailure(error);
    }
  }

  /** A part of what `write` does, taken back alone when it throws: a savepoint. */
  within<T>(work: () => T): T {
    if (!this.#db.inTransaction) throw new Error('a part of a write, and no write');
    return this.#within(work) as T;
  }

  /** False once the database itself has given a transaction up. */
  get isWriting(): boolean {
    return this.#db.inTransaction;
  }

  /**
   * Empties the write-ahead log, which still holds the pages as they were before an erasure. Never fails: what was
   * committed stays so, and the next automatic checkpoint does the same work.
   */
  emptyLog(): void {
    try {
      // A backup may be reading what came before: waiting for it would hold the event loop, and everybody.
      const patience = this.#db.pragma('busy_timeout', { simple: true }) as number;
      this.#db.pragma('busy_timeout = 0');
      try {
        this.#db.pragma('wal_checkpoint(TRUNCATE)');
      } finally {
        this.#db.pragma(`busy_timeout = ${patience}`);
      }
    } catch {
      // See above.
    }
  }
}

/** StorageFailed for what the disk or the file system refused, through TypeORM or not; a bug stays what it is. */
export function asStorageFailure(error: unknown): unknown {
  const { driverError, message } = (error ?? {}) as { driverError?: unknown; message?: string };
  const sqlite = sqliteCode(error);
  if (STORAGE_CODES.test(sqlite)) return new StorageFailed(`Rien n’a été enregistré : ${message} (${sqlite})`, { cause: error });
  // The driver's errors only look like errors: tools that ask the engine are told that they are none.
  if (sqlite.startsWith('SQLITE_') && driverError === undefined) return new Error(`${message} (${sqlite})`, { cause: error });
  return error;
}

/** What SQLite said, through TypeORM or not. */
export function sqliteCode(error: unknown): string {
  const { code, driverError } = (error ?? {}) as { code?: unknown; driverError?: { code?: unknown } };
  return String(driverError?.code ?? code);
}

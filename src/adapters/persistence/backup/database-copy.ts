import Database from 'better-sqlite3';
import { makePrivateFile } from '../private-folder.js';
import { syncFile } from './durable-files.js';

/** The server's transactions are short; it may be finishing one. */
const BUSY_TIMEOUT_MS = 5_000;

export interface VaultRow {
  digest: string;
  salt: string;
}

/**
 * The database as it stands now, in a file of its own: one reading transaction, so that the server's writes go on beside
 * and are not in it. Free pages do not come along, nor what was erased in them. On the disk when it returns.
 */
export function copyDatabase(from: string, to: string): void {
  makePrivateFile(to);
  readDatabase(from, (db) => db.prepare('VACUUM INTO ?').run(to));
  syncFile(to);
}

export function readDatabase<T>(file: string, look: (db: Database.Database) => T): T {
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
  try {
    return look(db);
  } finally {
    db.close();
  }
}

/** What the vault's folder must hold for this database. */
export function filesOf(db: Database.Database): VaultRow[] {
  return db.prepare<[], VaultRow>('SELECT digest, salt FROM vault_files ORDER BY digest').all();
}

/**
 * What a restored house does not take over. Sessions and one-time links may have been ended since: everybody signs in again.
 * What waited to leave may have left since: nobody knows, and each channel says what is done then (principle 6).
 */
export function startAnew(file: string): void {
  const db = new Database(file, { fileMustExist: true });
  try {
    db.pragma('secure_delete = ON');
    db.exec('BEGIN; DELETE FROM sessions; DELETE FROM links; UPDATE outbox SET doubt = 1 WHERE buried IS NULL; COMMIT');
  } finally {
    db.close();
  }
  syncFile(file);
}

import { join } from 'node:path';
import Database from 'better-sqlite3';
import { DataSource } from 'typeorm';
import { FolderRefused } from './folder-refused.js';
import { AddressBook1795795200000 } from './migrations/address-book.js';
import { Calendars1795803000000 } from './migrations/calendars.js';
import { ContactOutcomes1795806000000 } from './migrations/contact-outcomes.js';
import { Imports1795798800000 } from './migrations/imports.js';
import { FirstSchema1795392000000 } from './migrations/first-schema.js';
import { Perimeters1795802400000 } from './migrations/perimeters.js';
import { ReachTokens1795812000000 } from './migrations/reach-tokens.js';
import { Screens1795768200000 } from './migrations/screens.js';
import { Webhooks1795776000000 } from './migrations/webhooks.js';
import { makePrivateFile } from './private-folder.js';
import { RawHandle, sqliteCode } from './raw-handle.js';
import { accounts, apiTokens, links, screens, sessions } from './tables.js';

/** The database of a data folder. Never open this file by other means in this process: see `makePrivateFile`. */
export const DATABASE_FILE = 'temps-zero.sqlite';

/** The event loop stands still meanwhile; only an operator's own tool can hold the file, the folder is ours. */
const BUSY_TIMEOUT_MS = 1_000;
/** The write-ahead log is cut back to this size after a burst. */
const LOG_SIZE_LIMIT_BYTES = 64 * 1024 * 1024;
/** What `PRAGMA synchronous` answers for FULL. */
const FULL = 2;

/** In their order. A database that has been through others was written by a later version. */
export const MIGRATIONS = [FirstSchema1795392000000, Screens1795768200000, Webhooks1795776000000, AddressBook1795795200000, Imports1795798800000, Perimeters1795802400000, Calendars1795803000000, ContactOutcomes1795806000000, ReachTokens1795812000000];

export interface OpenDatabase {
  source: DataSource;
  handle: RawHandle;
}

/**
 * Opens the database of a folder that is locked already, and brings its schema up to date. One connection serves all.
 * On a full disk there is no room for the file that connections share: it is then kept in memory, so that people can at
 * least read. Writes go on when there is room; until the next start no other process can read beside this one.
 */
export async function openDatabase(dataDir: string): Promise<OpenDatabase> {
  const file = join(dataDir, DATABASE_FILE);
  makePrivateFile(file);
  try {
    return await open(file, 'NORMAL');
  } catch (error) {
    if (!/^SQLITE_(FULL|IOERR_SHM)/.test(sqliteCode(error))) throw error;
    return open(file, 'EXCLUSIVE');
  }
}

async function open(file: string, locking: 'NORMAL' | 'EXCLUSIVE'): Promise<OpenDatabase> {
  let raw: Database.Database | undefined;
  const source = new DataSource({
    type: 'better-sqlite3',
    driver: Database,
    database: file,
    timeout: BUSY_TIMEOUT_MS,
    entities: [accounts, sessions, apiTokens, links, screens],
    migrations: MIGRATIONS,
    migrationsRun: true,
    synchronize: false,
    logging: false,
    prepareDatabase: (db: Database.Database) => {
      raw = db;
      db.pragma(`locking_mode = ${locking}`);
      configure(db);
    },
  });
  try {
    await source.initialize();
    if (!raw) throw new Error('TypeORM opened no connection');
    verify(raw);
    return { source, handle: new RawHandle(raw) };
  } catch (error) {
    raw?.close();
    throw error;
  }
}

function configure(db: Database.Database): void {
  db.pragma('journal_mode = WAL');
  // The driver is compiled with NORMAL for WAL: what was acknowledged could be lost with the current.
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  db.pragma(`journal_size_limit = ${LOG_SIZE_LIMIT_BYTES}`);
  // What is erased is overwritten, not merely forgotten.
  db.pragma('secure_delete = ON');
}

/** Settings belong to the connection, and migrations pass through it: believed only when read back. */
function verify(db: Database.Database): void {
  const is = (name: string) => db.pragma(name, { simple: true });
  if (is('journal_mode') !== 'wal') {
    throw new FolderRefused('Le dossier de données est sur un système de fichiers qui ne convient pas (partage réseau ?) : le journal WAL est refusé.');
  }
  if (is('synchronous') !== FULL || is('foreign_keys') !== 1 || is('secure_delete') !== 1) throw new Error('the connection lost its settings');
}

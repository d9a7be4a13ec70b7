import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import type { Directory, Journal, Outbox, Vault } from '../../application/ports.js';
import type { Webhooks } from '../../application/webhooks/webhook-store.js';
import type { Ms } from '../../domain/time.js';
import type { Perimeters } from '../../application/outreach/perimeter-store.js';
import type { ReachTokens } from '../../application/outreach/reach-tokens.js';
import type { Calendars } from '../../application/on-call/calendar-store.js';
import type { AddressBook } from '../../application/directory/address-book.js';
import { AddressBookSqlite } from './address-book-sqlite.js';
import { CalendarsSqlite } from './calendars-sqlite.js';
import { openDatabase } from './database.js';
import { DirectorySqlite } from './directory-sqlite.js';
import { JournalSqlite, type CommitSeams } from './journal-sqlite.js';
import { FolderRefused, folderSentence } from './folder-refused.js';
import { lockFolder } from './lock.js';
import { OutboxSqlite } from './outbox-sqlite.js';
import { makePrivateFolder } from './private-folder.js';
import { PerimetersSqlite } from './perimeters-sqlite.js';
import { ReachTokensSqlite } from './reach-tokens-sqlite.js';
import { VaultFolder } from './vault-folder.js';
import { VaultSqlite } from './vault-sqlite.js';
import { WebhooksSqlite } from './webhooks-sqlite.js';

export interface Store {
  journal: Journal;
  outbox: Outbox;
  vault: Vault;
  directory: Directory;
  webhooks: Webhooks;
  addressBook: AddressBook;
  perimeters: Perimeters;
  calendars: Calendars;
  reachTokens: ReachTokens;
  /** Closes the database, then gives the folder back. Writes that come later throw StorageFailed. Harmless when repeated. */
  close(): Promise<void>;
}

/**
 * Takes a data folder (created if missing) for this process, opens its database and brings it up to date.
 * `now` dates the rows of the outbox: the wall clock, in milliseconds.
 * Throws FolderRefused when it cannot serve, FolderInUse when another process works there; in French, for the operator.
 */
export async function openStore(dataDir: string, now: () => Ms = Date.now, seams: CommitSeams = {}): Promise<Store> {
  makePrivateFolder(dataDir);
  const lock = lockFolder(dataDir);
  let source: DataSource | undefined;
  let closing: Promise<void> | undefined;
  const close = async () => {
    if (source?.isInitialized) await source.destroy();
    lock.release();
  };
  try {
    const database = await openDatabase(dataDir);
    const { handle } = database;
    source = database.source;
    const vault = new VaultSqlite(handle, new VaultFolder(join(dataDir, 'vault')));
    await vault.prepare();
    return {
      journal: new JournalSqlite(handle, now, seams),
      outbox: new OutboxSqlite(handle),
      vault,
      directory: new DirectorySqlite(source),
      webhooks: new WebhooksSqlite(handle),
      addressBook: new AddressBookSqlite(handle),
      perimeters: new PerimetersSqlite(handle),
      calendars: new CalendarsSqlite(handle),
      reachTokens: new ReachTokensSqlite(handle),
      close: () => (closing ??= close()),
    };
  } catch (error) {
    await close();
    const sentence = folderSentence(error);
    throw sentence === undefined || error instanceof FolderRefused ? error : new FolderRefused(sentence, { cause: error });
  }
}

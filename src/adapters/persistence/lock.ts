import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { FolderRefused } from './folder-refused.js';
import { makePrivateFile } from './private-folder.js';

/** Another process works in this data folder. */
export class FolderInUse extends FolderRefused {}

export interface FolderLock {
  /** Gives the folder back. Harmless when repeated. */
  release(): void;
}

/**
 * Takes a data folder for this process alone: two writers would each answer from their own memory. Throws FolderInUse.
 *
 * The lock is the exclusive lock of the operating system on a database file of its own: it falls with its process,
 * however that one ends, so that no restart after a crash waits for anybody to remove a file. The number of the process
 * stands beside for the message only, and proves nothing.
 */
export function lockFolder(dataDir: string): FolderLock {
  const file = join(dataDir, 'lock.sqlite');
  const owner = join(dataDir, 'lock.pid');
  makePrivateFile(file);
  const db = new Database(file, { timeout: 0 });
  try {
    db.pragma('journal_mode = MEMORY'); // nothing is ever written: on a full disk the folder can still be taken, and read
    db.pragma('locking_mode = EXCLUSIVE');
    db.exec('BEGIN EXCLUSIVE'); // held open for as long as the process works here
  } catch (error) {
    db.close();
    if ((error as { code?: string }).code === 'SQLITE_BUSY') throw new FolderInUse(inUse(dataDir, owner), { cause: error });
    throw error;
  }
  nameOwner(owner);
  return {
    release() {
      if (!db.open) return;
      rmSync(owner, { force: true }); // before the lock falls: afterwards it may be the next owner's
      db.close();
    },
  };
}

function nameOwner(owner: string): void {
  try {
    writeFileSync(owner, `${process.pid}\n`, { mode: 0o600 });
  } catch {
    // A full disk: the lock holds all the same, its owner is merely not named.
  }
}

function inUse(dataDir: string, owner: string): string {
  const by = processNamed(owner);
  return (
    `Le dossier ${dataDir} est déjà utilisé par ${by === undefined ? 'un autre processus' : `le processus ${by}`}. ` +
    'Arrêtez-le, ou indiquez un autre dossier de données.'
  );
}

function processNamed(owner: string): string | undefined {
  try {
    return /^\d+/.exec(readFileSync(owner, 'utf8'))?.[0];
  } catch {
    return undefined;
  }
}

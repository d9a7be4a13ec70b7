import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { FolderRefused } from './folder-refused.js';

/** Only the account that runs the server may enter it. */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/**
 * Creates a folder, with its parents, that nobody else on the machine may enter; an existing one is closed to others.
 * What was created survives a power cut.
 * Throws, in French for the operator, when that cannot be done.
 */
export function makePrivateFolder(path: string): void {
  try {
    const first = mkdirSync(path, { recursive: true, mode: FOLDER_MODE });
    chmodSync(path, FOLDER_MODE);
    if (first === undefined) return;
    for (let made = resolve(path); made.length >= resolve(first).length; made = dirname(made)) syncFolder(dirname(made));
  } catch (cause) {
    throw new FolderRefused(`Le dossier de données ${path} ne peut pas être créé ou réservé à ce compte : ${(cause as Error).message}`, { cause });
  }
}

/**
 * Creates an empty file that only this account reads, unless it exists; SQLite gives the same mode to what it puts beside.
 * An existing file is never opened here: closing it again would drop the locks that this very process holds on it
 * (POSIX locks belong to the process, not to the handle).
 */
export function makePrivateFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', FILE_MODE));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    chmodSync(path, FILE_MODE);
  }
}

/** Returns once the names in a folder are on the disk: a file that was fsynced has none before. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return; // NTFS journals names itself, and refuses to open a folder
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

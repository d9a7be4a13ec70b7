import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderInUse, lockFolder } from './lock.js';
import { FolderRefused } from './folder-refused.js';

/** Its name, where nobody asked for a folder: by it a next start finds what a killed one left. */
const PREFIX = 'temps-zero-demonstration-';
/** What stands in a folder that may be thrown away, and in no other. */
const MARK = 'DOSSIER-JETABLE';
/** Between being made and being locked. */
const STARTING_MS = 60_000;

/**
 * A data folder that will be thrown away: a new one, or the one that was asked for, if it holds nothing. Throws
 * FolderRefused, in French, for a folder that holds data: a demonstration never touches what somebody may want to keep.
 */
export function takeThrowaway(wanted?: string): string {
  if (wanted !== undefined) mayBeThrown(wanted);
  const folder = wanted ?? mkdtempSync(join(tmpdir(), PREFIX));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, MARK), 'Dossier d’une démonstration de temps-zero : il est effacé à sa fin, ou au démarrage de la suivante.\n');
  return folder;
}

export function removeThrowaway(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** Removes what demonstrations that were killed have left; those that play are locked, and stay. */
export function sweepThrowaways(among = tmpdir()): void {
  for (const name of readdirSync(among)) {
    const folder = join(among, name);
    if (name.startsWith(PREFIX) && isAbandoned(folder)) removeThrowaway(folder);
  }
}

function mayBeThrown(folder: string): void {
  if (!existsSync(folder)) return;
  if (existsSync(join(folder, MARK))) {
    if (!isAbandoned(folder)) throw new FolderInUse(`Une démonstration se joue déjà dans le dossier ${folder}. Arrêtez-la, ou relancez sans DATA_DIR.`);
    removeThrowaway(folder);
    return;
  }
  if (readdirSync(folder).length === 0) return;
  throw new FolderRefused(`DATA_DIR : le dossier ${folder} contient des données, et celui d’une démonstration est effacé à sa fin. Rien n’y a été touché. Relancez sans DATA_DIR, ou indiquez un dossier vide.`);
}

/** Marked, and nobody works in it: the lock of the operating system falls with its process. */
function isAbandoned(folder: string): boolean {
  const mark = join(folder, MARK);
  try {
    if (!existsSync(mark)) return false;
    if (!existsSync(join(folder, 'lock.sqlite'))) return Date.now() - statSync(mark).mtimeMs > STARTING_MS;
    lockFolder(folder).release();
    return true;
  } catch {
    // In use, or somebody else's: not ours to throw away.
    return false;
  }
}

import { readdirSync, renameSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Instant } from '../../../domain/time.js';

/** Sorted by name they are sorted by age. */
const NAME = /^sauvegarde-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z$/;
const WORK = '.en-cours-';

export function backupName(takenAt: Instant): string {
  return `sauvegarde-${takenAt.replace(/[:.]/g, '-')}`;
}

/** Where a process builds what is not a backup yet, or takes away what no longer is one. */
export function workName(what = ''): string {
  return `${WORK}${hostname()}-${process.pid}${what}`;
}

/** The names of the backups in a folder, the latest first. */
export function backupsAmong(names: readonly string[]): string[] {
  return names.filter((name) => NAME.test(name)).sort().reverse();
}

/** Removed whole: cut off in the middle, it does not bear a backup's name any more. */
export function removeBackup(folder: string, name: string): void {
  const work = join(folder, workName(`-${name}`));
  renameSync(join(folder, name), work);
  rmSync(work, { recursive: true, force: true });
}

/** What processes of this machine that are dead left behind. */
export function sweepWork(folder: string, prefix = `${WORK}${hostname()}-`): void {
  for (const name of readdirSync(folder)) {
    const owner = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : NaN;
    if (Number.isInteger(owner) && !lives(owner)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

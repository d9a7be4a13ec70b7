import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LatestBackup } from '../../application/backup-schedule.js';
import type { BackupManifest } from '../../application/backups.js';
import type { Ms } from '../../domain/time.js';

/** What a backup's name says of when it was taken. */
const NAME = /^sauvegarde-(\d{4}-\d\d-\d\dT)(\d\d)-(\d\d)-(\d\d)-(\d{3}Z)$/;
const MOST_SAID = 2_000;

/** `npm run backup` in a process of its own, with this one's settings: the event loop waits for no disk. */
export function backupProcess(operator: string): () => Promise<void> {
  return async () => {
    const child = spawn(process.execPath, [operator, 'backup'], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said = (said + chunk.toString('utf8')).slice(-MOST_SAID)));
    const [status] = (await once(child, 'close')) as [number | null];
    if (status !== 0) throw new Error(said.trim() || 'La sauvegarde s’est interrompue.');
  };
}

/**
 * The latest backup of a folder, whoever made it, as its manifest says; undefined where there is none. One that bears a
 * later date than now was made while the clock was wrong: it says nothing about the hours since.
 */
export function latestBackupIn(folder: string): (now: Ms) => Promise<LatestBackup | undefined> {
  let known: { name: string; latest: LatestBackup } | undefined;
  return async (now) => {
    const names = await readdir(folder).catch((): string[] => []);
    for (const name of names.filter((one) => (takenAt(one) ?? Infinity) <= now).sort().reverse()) {
      if (known?.name !== name) {
        const latest = await described(join(folder, name), takenAt(name)!);
        if (!latest) continue; // being taken away, or damaged
        known = { name, latest };
      }
      return known.latest;
    }
    return undefined;
  };
}

function takenAt(name: string): Ms | undefined {
  const [, day, h, m, s, rest] = NAME.exec(name) ?? [];
  return day === undefined ? undefined : Date.parse(`${day}${h}:${m}:${s}.${rest}`);
}

async function described(path: string, at: Ms): Promise<LatestBackup | undefined> {
  try {
    const { files, counts } = JSON.parse(await readFile(join(path, 'manifest.json'), 'utf8')) as BackupManifest;
    return { at, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0), entries: counts.entries, files: counts.files };
  } catch {
    return undefined;
  }
}

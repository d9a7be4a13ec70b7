import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
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

/** When the latest backup of a folder was taken; undefined where there is none. */
export async function latestBackup(folder: string): Promise<Ms | undefined> {
  const names = await readdir(folder).catch((): string[] => []);
  const times = names.flatMap((name) => {
    const [, day, h, m, s, rest] = NAME.exec(name) ?? [];
    return day ? [Date.parse(`${day}${h}:${m}:${s}.${rest}`)] : [];
  });
  return times.length === 0 ? undefined : Math.max(...times);
}

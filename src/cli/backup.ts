import { parseArgs } from 'node:util';
import { BackupRefused, type Backup, type Backups } from '../application/backups.js';
import { dayTime } from '../contract/french-times.js';
import { count, fr } from '../contract/french-typography.js';
import type { Settings } from '../settings.js';

const USAGE = 'Usage : npm run backup [-- --to DOSSIER]   ou   npm run backup -- --verify SAUVEGARDE';

/** `npm run backup`: makes one, or verifies one. Its exit code. */
export async function backup(args: readonly string[], backups: Backups, settings: Pick<Settings, 'backup' | 'timeZone'>, say: (line: string) => void): Promise<number> {
  const given = parse(args);
  const into = given?.to ?? settings.backup?.folder;
  if (!given) {
    say(fr(USAGE));
    return 2;
  }
  if (given.verify !== undefined) {
    const verified = await backups.verify(given.verify);
    say(fr(`Sauvegarde intacte : ${words(verified, settings.timeZone)}.`));
    return 0;
  }
  if (into === undefined) {
    say(fr(`Où ? Aucun dossier de sauvegarde n'est réglé (backup.folder, ou BACKUP_DIR). ${USAGE}`));
    return 2;
  }
  const made = await backups.take(into);
  say(fr(`Sauvegarde faite et vérifiée : ${words(made, settings.timeZone)}.`));
  say(`  ${made.path}`);
  // Where somebody asked for one apart, nothing else is ours.
  if (given.to === undefined && settings.backup) await rotate(backups, made, settings.backup.keep, say);
  return 0;
}

async function rotate(backups: Backups, made: Backup, keep: number, say: (line: string) => void): Promise<void> {
  const gone = await backups.rotate(made, keep).catch((cause: unknown) => {
    throw new BackupRefused(`La sauvegarde est faite, mais d’anciennes n’ont pas pu être retirées : ${(cause as Error).message}`, { cause });
  });
  if (gone.length > 0) say(fr(`${count(gone.length, 'ancienne retirée', 'anciennes retirées')}, ${keep} gardées.`));
}

export function words({ manifest: { takenAt, counts }, bytes }: Backup, zone: string): string {
  return `du ${dayTime(takenAt, zone)}, ${count(counts.activations, 'activation')}, ${count(counts.entries, 'entrée enchaînée', 'entrées enchaînées')}, ` +
    `${count(counts.texts, 'texte')}, ${count(counts.files, 'fichier')}, ${megabytes(bytes)}`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_048_576).toLocaleString('fr', { maximumFractionDigits: 1 })} Mo`;
}

function parse(args: readonly string[]): { to?: string; verify?: string } | undefined {
  try {
    return parseArgs({ args: [...args], options: { to: { type: 'string' }, verify: { type: 'string' } } }).values;
  } catch {
    return undefined;
  }
}

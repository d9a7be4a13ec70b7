import { existsSync, readFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { Argon2Passwords } from './adapters/secrets/argon2-passwords.js';
import { TotpCodes } from './adapters/secrets/totp-codes.js';
import { BackupFolders } from './adapters/persistence/backup/backup-folders.js';
import { DATABASE_FILE, MIGRATIONS } from './adapters/persistence/database.js';
import { folderSentence } from './adapters/persistence/folder-refused.js';
import { openStore } from './adapters/persistence/store.js';
import { sha256, SystemClock, SystemRandom } from './adapters/system-clock.js';
import { BackupRefused, type Backups } from './application/backups.js';
import { openOffice } from './application/people/office.js';
import { backup } from './cli/backup.js';
import { loginAmong, recoverAdmin } from './cli/recover-admin.js';
import { restore } from './cli/restore.js';
import { linkAddress, screenAddress } from './contract/people.js';
import { readSettings, ROOT, SettingsRefused, type Settings } from './settings.js';

type Say = (line: string) => void;

/**
 * The composition root of what the operator does, each in a process of its own: `node dist/operator.js COMMAND`.
 * Ends with 0 when it was done.
 */
async function main([command, ...args]: string[], say: Say): Promise<number> {
  switch (command) {
    case 'recover-admin': return recover(args, say);
    case 'backup': {
      const settings = readSettings();
      // A server works beside: it goes first.
      setPriority(constants.priority.PRIORITY_LOW);
      return backup(args, backupsOf(settings), settings, say);
    }
    case 'restore': {
      const settings = readSettings();
      return restore(args, backupsOf(settings), settings, say);
    }
    default:
      say(`Commande inconnue : ${command ?? '(aucune)'}`);
      return 2;
  }
}

/** On a stopped server's data folder, under its lock. */
async function recover(args: string[], say: Say): Promise<number> {
  const login = loginAmong(args, say);
  if (login === undefined) return 2;
  const { dataDir, publicUrl, timeZone, limits } = readSettings();
  if (!existsSync(join(dataDir, DATABASE_FILE))) {
    say(`Le dossier ${dataDir} ne contient pas de données : vérifiez DATA_DIR. Rien n’a changé.`);
    return 1;
  }
  const store = await openStore(dataDir);
  try {
    const { accounts } = await openOffice({
      ...store, clock: new SystemClock(), random: new SystemRandom(), hash: sha256, passwords: new Argon2Passwords(), codes: new TotpCodes('temps-zero'), limits,
      linkAddress: (purpose, secret) => linkAddress(publicUrl, purpose, secret), screenAddress: (secret) => screenAddress(publicUrl, secret),
    });
    return await recoverAdmin(accounts, login, timeZone, say);
  } finally {
    await store.close();
  }
}

function backupsOf({ dataDir }: Settings): Backups {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  return new BackupFolders({ dataDir, version, schema: MIGRATIONS.map(({ name }) => name), now: () => new SystemClock().wall() });
}

try {
  process.exitCode = await main(process.argv.slice(2), (line) => console.log(line));
} catch (error) {
  const sentence = error instanceof SettingsRefused || error instanceof BackupRefused ? error.message : folderSentence(error);
  if (sentence === undefined) throw error;
  console.error(sentence);
  process.exitCode = 1;
}

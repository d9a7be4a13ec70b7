import { createWriteStream, existsSync, readFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { readCommunes } from './adapters/communes.js';
import { PrefectureFiles } from './adapters/import/prefecture-files.js';
import { WrittenNumbers } from './adapters/numbers/written-numbers.js';
import { Argon2Passwords } from './adapters/secrets/argon2-passwords.js';
import { TotpCodes } from './adapters/secrets/totp-codes.js';
import { BackupFolders } from './adapters/persistence/backup/backup-folders.js';
import { DATABASE_FILE, MIGRATIONS } from './adapters/persistence/database.js';
import { folderSentence } from './adapters/persistence/folder-refused.js';
import { openStore } from './adapters/persistence/store.js';
import { sha256, SystemClock, SystemRandom } from './adapters/system-clock.js';
import { THE_HOUSE } from './application/administration.js';
import { Book } from './application/directory/book.js';
import { Imports } from './application/directory/imports.js';
import { Shapes } from './application/directory/shapes.js';
import { BackupRefused, type Backups } from './application/backups.js';
import { openOffice } from './application/people/office.js';
import { backup } from './cli/backup.js';
import { importFile } from './cli/import.js';
import { loginAmong, recoverAdmin } from './cli/recover-admin.js';
import { restore } from './cli/restore.js';
import { linkAddress, screenAddress } from './contract/people.js';
import { localDay } from './domain/clock/local-time.js';
import { readSettings, ROOT, SettingsRefused, type Settings } from './settings.js';

type Say = (line: string) => void;

/**
 * The composition root of what the operator does, each in a process of its own: `node dist/operator.js COMMAND`.
 * Ends with 0 when it was done.
 */
async function main([command, ...args]: string[], say: Say): Promise<number> {
  switch (command) {
    case 'recover-admin': return recover(args, say);
    case 'import': return importInto(args, say);
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

/** On a stopped server's data folder, under its lock; the operator of the machine signs as the house does. */
async function importInto(args: string[], say: Say): Promise<number> {
  const settings = readSettings();
  const { dataDir, departement, neighbours, publicUrl, timeZone } = settings;
  if (!existsSync(join(dataDir, DATABASE_FILE))) {
    say(`Le dossier ${dataDir} ne contient pas de données : vérifiez DATA_DIR. Rien n’a changé.`);
    return 1;
  }
  const communes = await readCommunes(departement, neighbours);
  const store = await openStore(dataDir);
  try {
    const [clock, random] = [new SystemClock(), new SystemRandom()];
    const { administration } = await openOffice({
      ...store, clock, random, hash: sha256, passwords: new Argon2Passwords(), codes: new TotpCodes('temps-zero'),
      linkAddress: (purpose, secret) => linkAddress(publicUrl, purpose, secret), screenAddress: (secret) => screenAddress(publicUrl, secret),
    });
    const [book, shapes] = [new Book(store.addressBook, (code) => communes.named([code])[0]?.name), new Shapes(store.addressBook)];
    await book.load();
    const imports = new Imports({
      administration, store: store.addressBook, book, shapes, files: new PrefectureFiles(communes, new WrittenNumbers(departement), () => clock.wall()), clock, random,
      turn: () => new Promise((resolve) => setImmediate(resolve)), today: () => localDay(clock.wall(), timeZone), alarm: (message, details) => console.error(message, details),
    });
    await imports.restore();
    return await importFile(args, imports, { ...THE_HOUSE, rights: ['admin'] }, (path, pieces) => pipeline(pieces, createWriteStream(path)), say);
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

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Argon2Passwords } from './adapters/secrets/argon2-passwords.js';
import { TotpCodes } from './adapters/secrets/totp-codes.js';
import { DATABASE_FILE } from './adapters/persistence/database.js';
import { folderSentence } from './adapters/persistence/folder-refused.js';
import { openStore } from './adapters/persistence/store.js';
import { sha256, SystemClock, SystemRandom } from './adapters/system-clock.js';
import { openOffice } from './application/people/office.js';
import { loginAmong, recoverAdmin } from './cli/recover-admin.js';
import { linkAddress, screenAddress } from './contract/people.js';
import { readSettings, SettingsRefused } from './settings.js';

/**
 * The composition root of what the operator does on a stopped server's data folder, under its lock:
 * `node dist/operator.js recover-admin --login X`. Ends with 0 when it was done.
 */
async function main([command, ...args]: string[], say: (line: string) => void): Promise<number> {
  if (command !== 'recover-admin') {
    say(`Commande inconnue : ${command ?? '(aucune)'}`);
    return 2;
  }
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

try {
  process.exitCode = await main(process.argv.slice(2), (line) => console.log(line));
} catch (error) {
  const sentence = error instanceof SettingsRefused ? error.message : folderSentence(error);
  if (sentence === undefined) throw error;
  console.error(sentence);
  process.exitCode = 1;
}

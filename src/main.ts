import { join } from 'node:path';
import { pino } from 'pino';
import { folderSentence } from './adapters/persistence/folder-refused.js';
import { openStore } from './adapters/persistence/store.js';
import { Argon2Passwords } from './adapters/secrets/argon2-passwords.js';
import { SystemClock, SystemRandom } from './adapters/system-clock.js';
import { PlanRefused } from './contract/plan-schema.js';
import { readHouseFiles } from './house-files.js';
import { readSettings, ROOT, SettingsRefused } from './settings.js';
import { start } from './start.js';

/** Sentences for the operator go to the output; structured logs, which name nobody, to the error output. */
const say = (line: string) => process.stdout.write(`${line}\n`);

/** What the operator can mend is said plainly and without a stack. */
function refused(error: unknown): never {
  const sentence = error instanceof SettingsRefused || error instanceof PlanRefused ? error.message : (listenSentence(error) ?? folderSentence(error));
  process.stderr.write(sentence === undefined ? `${(error as Error).stack}\n` : `\n${sentence}\n\n`);
  process.exit(1);
}

/** What keeps it from listening, by the setting to change. */
function listenSentence(error: unknown): string | undefined {
  const { code, syscall, port, address, hostname } = error as { code?: string; syscall?: string; port?: number; address?: string; hostname?: string };
  if (code === 'EADDRINUSE') return `PORT : le port ${port} est déjà pris sur cette machine ; indiquez-en un autre.`;
  if (code === 'EACCES' && syscall === 'listen') return `PORT : le port ${port} est réservé au système ; indiquez-en un au-dessus de 1023.`;
  if (code === 'EADDRNOTAVAIL' || syscall === 'getaddrinfo') return `HOST : « ${address ?? hostname} » n’est pas une adresse de cette machine.`;
  return undefined;
}

async function main(): Promise<void> {
  const settings = readSettings();
  const log = pino({ level: settings.logLevel, base: null, serializers: { err: withoutData } }, pino.destination({ dest: 2, sync: true }));
  const fatal = (err: unknown) => {
    log.fatal({ err }, 'stopped by an error that nobody caught');
    process.exit(1);
  };
  process.on('uncaughtException', fatal);
  process.on('unhandledRejection', fatal);

  const files = await readHouseFiles(settings);
  const clock = new SystemClock();
  const store = await openStore(settings.dataDir, () => clock.wall());
  const running = await start({
    settings, store, clock, log, ...files, random: new SystemRandom(), passwords: new Argon2Passwords(), beating: true,
    consoleDir: join(ROOT, 'dist', 'console'),
  });

  let stopping: Promise<void> | undefined;
  const stop = (signal: string) => {
    stopping ??= running.stop().then(() => {
      log.info({ signal }, 'stopped');
      process.exit(0);
    }, fatal);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);

  const address = settings.publicUrl.replace(/:0$/, `:${running.port}`);
  log.info({ port: running.port, host: settings.host }, 'listening');
  say(`Console : ${address}`);
  const link = await running.wired.office.links.issueFirstAdminLink();
  if (link) say(`Premier administrateur, à créer dans les 15 minutes : ${link.replace(settings.publicUrl, address)}`);
}

/** An error for the log: what it is and where, never the values that a driver hangs on it. */
function withoutData(error: unknown): object {
  if (!(error instanceof Error)) return { message: typeof error };
  const { code } = error as { code?: unknown };
  return {
    type: error.constructor.name, message: error.message, stack: error.stack, ...(typeof code === 'string' ? { code } : {}),
    ...(error.cause === undefined ? {} : { cause: withoutData(error.cause) }),
  };
}

main().catch(refused);

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { DemonstrationProcess } from './adapters/demonstration-process.js';
import { openStore } from './adapters/persistence/store.js';
import { Argon2Passwords } from './adapters/secrets/argon2-passwords.js';
import { SystemClock, SystemRandom } from './adapters/system-clock.js';
import { readHouseFiles } from './house-files.js';
import { startSentence, withoutData } from './refused-start.js';
import { bareEnvironment, readSettings, ROOT } from './settings.js';
import { start } from './start.js';

/** Sentences for the operator go to the output; structured logs, which name nobody, to the error output. */
const say = (line: string) => process.stdout.write(`${line}\n`);

/** What the operator can mend is said plainly and without a stack. */
function refused(error: unknown): never {
  const sentence = startSentence(error);
  process.stderr.write(sentence === undefined ? `${(error as Error).stack}\n` : `\n${sentence}\n\n`);
  process.exit(1);
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
  const demonstrations = new DemonstrationProcess(fileURLToPath(new URL('demo.js', import.meta.url)), bareEnvironment());
  const running = await start({
    demonstrations, settings, store, clock, log, ...files, random: new SystemRandom(), passwords: new Argon2Passwords(), beating: true,
    consoleDir: join(ROOT, 'dist', 'console'),
  });

  let stopping: Promise<void> | undefined;
  const stop = (signal: string) => {
    stopping ??= Promise.all([running.stop(), demonstrations.stop()]).then(() => {
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

main().catch(refused);

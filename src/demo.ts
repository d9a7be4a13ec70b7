import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pino } from 'pino';
import { openStore } from './adapters/persistence/store.js';
import { removeThrowaway, sweepThrowaways, takeThrowaway } from './adapters/persistence/throwaway.js';
import { Argon2Passwords } from './adapters/secrets/argon2-passwords.js';
import { SystemClock, SystemRandom } from './adapters/system-clock.js';
import { gather, Player, type Performance } from './demonstration/player.js';
import { parseStory, StoryRefused } from './demonstration/story.js';
import { HOUR, SECOND, type Ms } from './domain/time.js';
import { readHouseFiles } from './house-files.js';
import { startSentence, withoutData } from './refused-start.js';
import { demonstrationSettings, demonstrationWishes, ROOT } from './settings.js';
import { start } from './start.js';

/** The composition root of a demonstration: a server on a folder to throw away, and a company that plays its story there. */

/** Beside the usual port: a demonstration and a console on one machine do not share what their pages keep. */
const PORT = 3060;
const SPEED = 20;
/** Between the end of a night and the beginning of the next: one reads what was said of it. */
const INTERVAL: Ms = 20 * SECOND;
/** Forgotten, it ends by itself. */
const LASTS: Ms = 12 * HOUR;
const LASTS_LAUNCHED: Ms = 2 * HOUR;

/** What a hash has to withstand here: passwords of 144 random bits, which nobody chose and which last for an evening. */
const LIGHT = { memoryCost: 1_024, timeCost: 1, parallelism: 1 };

const say = (line: string) => process.stdout.write(`${line}\n`);
/** Launched from the opening page of another server, which waits for the address, and with which it ends. */
const launched = process.send !== undefined;

async function main(): Promise<void> {
  const wishes = demonstrationWishes();
  const log = pino({ level: wishes.logLevel, base: null, serializers: { err: withoutData } }, pino.destination({ dest: 2, sync: true }));
  const story = parseStory(await readFile(join(ROOT, 'config/demonstration/une-nuit-de-crue.md'), 'utf8'));
  sweepThrowaways();
  const folder = takeThrowaway(wishes.folder);
  const over = new AbortController();
  process.on('exit', () => removeThrowaway(folder));

  const settings = demonstrationSettings(folder, wishes.port ?? (await freePort()), wishes.logLevel);
  const files = await readHouseFiles(settings);
  const clock = new SystemClock();
  const store = await openStore(folder, () => clock.wall());
  const running = await start({
    settings, store, clock, log, ...files, random: new SystemRandom(), passwords: new Argon2Passwords(LIGHT), beating: true,
    consoleDir: join(ROOT, 'dist', 'console'),
  });
  const stop = () => {
    if (over.signal.aborted) return;
    over.abort();
    running.stop().finally(() => process.exit(0)).catch(refused);
  };
  process.on('SIGTERM', stop).on('SIGINT', stop).on('disconnect', stop);
  void setTimeout(launched ? LASTS_LAUNCHED : LASTS, undefined, { ref: false }).then(stop);

  const time = { wall: () => clock.wall(), pass: (ms: Ms) => setTimeout(ms, undefined, { signal: over.signal }) };
  const company = await gather(settings.publicUrl, (await running.wired.office.links.issueFirstAdminLink())!, story.cast);
  let first = true;
  const opened = () => {
    if (first) announce(settings.publicUrl, story.title);
    first = false;
  };
  try {
    for (;;) {
      const { surprises, whole } = await new Player(story, company, time, SPEED).play(opened);
      log.info({ whole, surprises: surprises.map(told) }, 'the story was played');
      await time.pass(INTERVAL);
    }
  } catch (error) {
    // What was under way when it ends fails with it.
    if (!over.signal.aborted) throw error;
  }
}

function announce(address: string, title: string): void {
  process.send?.({ address });
  say(`\nDÉMONSTRATION « ${title} », jouée à ${SPEED} fois la vitesse. Ouvrez dans un navigateur de cette machine :\n\n    ${address}\n`);
  say('Tout est inventé, rien n’est gardé, rien ne sort d’ici. Pour arrêter : Ctrl+C.\n');
}

function told({ line, problem }: Performance['surprises'][number]): object {
  return { line: line.line, refused: problem?.refused ?? null };
}

/** Its usual port, or any that is free. */
async function freePort(): Promise<number> {
  for (const port of [PORT, 0]) {
    const probe = createServer().listen(port, '127.0.0.1');
    const free = await once(probe, 'listening').then(() => true, () => false);
    const address = probe.address();
    if (!free || typeof address !== 'object' || address === null) continue;
    probe.close();
    await once(probe, 'close');
    return address.port;
  }
  return 0;
}

/** What can be mended is said plainly and without a stack. */
function refused(error: unknown): never {
  const sentence = error instanceof StoryRefused ? error.message : startSentence(error);
  process.stderr.write(sentence === undefined ? `${(error as Error).stack}\n` : `\n${sentence}\n\n`);
  process.exit(1);
}

main().catch(refused);

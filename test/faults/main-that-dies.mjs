// The built product, put together as src/main.ts does, with its ports wrapped: it kills itself at the n-th passage of one
// numbered point. What is tested is the product's own; only the death is ours.
//   DIES_AT    one of POINTS           DIES_ON   at which passage
//   SENT_LOG   a file that gets a line for each request that really left, as a provider would keep it
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = join(import.meta.dirname, '../..');
const dist = (file) => import(pathToFileURL(join(ROOT, 'dist', file)).href);
const [{ openStore }, { Argon2Passwords }, { SystemClock, SystemRandom }, { readHouseFiles }, { readSettings }, { start }] = await Promise.all(
  ['adapters/persistence/store.js', 'adapters/secrets/argon2-passwords.js', 'adapters/system-clock.js', 'house-files.js', 'settings.js', 'start.js'].map(dist),
);

const { DIES_AT, DIES_ON = '1', SENT_LOG } = process.env;
let left = Infinity;

/** One passage of a point. SIGKILL to oneself comes back to nobody. */
function passes(point) {
  if (point === DIES_AT && --left <= 0) process.kill(process.pid, 'SIGKILL');
}

/** Whether the commit that comes puts an import in force, or takes it back. */
let isSwitching = false;
function insideCommit() {
  passes('5 inside a commit');
  if (isSwitching) passes('8 inside the switch of an import');
}

const settings = readSettings();
const clock = new SystemClock();
const store = await openStore(settings.dataDir, () => clock.wall(), { insideCommit });

const claim = store.outbox.claim.bind(store.outbox);
store.outbox.claim = async (now, limit, lease) => {
  if ((await store.outbox.oldest()) !== undefined) passes('1 before claim');
  // Whoever held a lease is dead: it is over at once, as thirty seconds later in life.
  const rows = await claim(now + lease, limit, 0);
  if (rows.length > 0) passes('2 after claim');
  return rows;
};

const append = store.journal.append.bind(store.journal);
store.journal.append = async (batch) => {
  if (batch.settled?.length) passes('4 before settle');
  isSwitching = batch.accounts?.some(({ change }) => change === 'import-moved') ?? false;
  if (isSwitching) passes('7 before the switch of an import');
  await append(batch);
  if (isSwitching) passes('9 after the switch of an import');
  isSwitching = false;
};

const stage = store.addressBook.stage.bind(store.addressBook);
store.addressBook.stage = async (...page) => {
  await stage(...page);
  passes('6 in the middle of a rehearsal');
};

const log = { info: () => {}, error: ({ err, ...details }, message) => process.stderr.write(`${message} ${JSON.stringify(details)} ${err?.stack ?? ''}\n`) };
const running = await start({
  settings, store, clock, log, ...(await readHouseFiles(settings)), random: new SystemRandom(), passwords: new Argon2Passwords(), beating: true,
  consoleDir: join(ROOT, 'dist', 'console'),
});

const { registry } = running.wired;
const channelFor = registry.channelFor.bind(registry);
registry.channelFor = (lane, name) => {
  const channel = channelFor(lane, name);
  return channel && name === 'person' ? watched(channel, lane) : channel;
};

/** In the real lane it stands for a public post, of which a second one is worse than a question (principle 6). */
function watched(channel, lane) {
  return {
    lanes: channel.lanes,
    onDoubt: lane === 'real' ? 'ask-person' : channel.onDoubt,
    async send(row) {
      const delivery = await channel.send(row);
      appendFileSync(SENT_LOG, `${lane} ${row.id}\n`);
      passes('3 after send');
      return delivery;
    },
  };
}

process.on('SIGTERM', () => void running.stop().then(() => process.exit(0)));
process.stdout.write(`Console : http://127.0.0.1:${running.port}\n`);
const link = await running.wired.office.links.issueFirstAdminLink();
if (link) process.stdout.write(`${link}\n`);
left = Number(DIES_ON);

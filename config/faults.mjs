// npm run faults: the long forms of the real faults (test/faults): minutes in place of seconds, 200 kills in place of 25.
// `-- crash-loop` runs those of that name; CRASH_KILLS=N kills as often; FAULTS_SEED=N throws the same dice again.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, orSayWhy, root } from './setup.mjs';

await orSayWhy(ensureInstalled);
await orSayWhy(ensureBuilt);
const wanted = process.argv.slice(2).map((name) => join('test', 'faults', name));
const { status } = spawnSync(
  process.execPath,
  // One after the other: what is measured is the product, not its neighbour.
  [join(root, 'config', 'test.mjs'), ...(wanted.length > 0 ? wanted : [join('test', 'faults')]), '--runInBand'],
  { cwd: root, stdio: 'inherit', env: { ...process.env, FAULTS: 'long' } },
);
process.exitCode = status ?? 1;

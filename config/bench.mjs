// npm run bench: builds what is stale, then measures the built product (test/bench/bench.mjs).
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, orSayWhy, root } from './setup.mjs';

await orSayWhy(ensureInstalled);
await orSayWhy(ensureBuilt);
const bench = ['--import', './test/kit/typescript-hooks.mjs', join(root, 'test/bench/bench.mjs'), ...process.argv.slice(2)];
process.exitCode = spawnSync(process.execPath, bench, { cwd: root, stdio: 'inherit' }).status ?? 1;

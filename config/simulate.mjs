// npm run simulate -- --hours N --seed S: nights of the whole product in simulated time (test/simulation/simulate.ts).
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled, orSayWhy, root } from './setup.mjs';

await orSayWhy(ensureInstalled);
const simulate = ['--import', './test/kit/typescript-hooks.mjs', join(root, 'test/simulation/simulate.ts'), ...process.argv.slice(2)];
process.exitCode = spawnSync(process.execPath, simulate, { cwd: root, stdio: 'inherit' }).status ?? 1;

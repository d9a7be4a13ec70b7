// Compiles the server with tsc, then the console with Vite, into an emptied dist.
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureInstalled, markBuilt, orSayWhy, root, run, sourceHash } from './setup.mjs';

export function build() {
  const sources = sourceHash(); // before, not after: a file saved meanwhile makes the build stale
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  if (!run('typescript/bin/tsc', ['-p', 'tsconfig.json'])) return false;
  if (existsSync(join(root, 'src/console/index.html')) && !run('vite/bin/vite.js', ['build', '--config', 'config/vite.config.ts', '--logLevel', 'warn'])) return false;
  markBuilt(sources);
  return true;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await orSayWhy(ensureInstalled);
  process.exitCode = build() ? 0 : 1;
}

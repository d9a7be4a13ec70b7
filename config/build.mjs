// Into an emptied dist: the server, once tsc has read it, then the console, each put together by Vite.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { ensureInstalled, markBuilt, orSayWhy, root, run, sourceHash } from './setup.mjs';

export function build() {
  const sources = sourceHash(); // before, not after: a file saved meanwhile makes the build stale
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  if (!run('typescript-7/bin/tsc', ['--noEmit', '-p', 'tsconfig.json'])) return false;
  for (const config of ['vite.server.config.ts', 'vite.config.ts']) {
    if (!run('vite/bin/vite.js', ['build', '--config', `config/${config}`, '--logLevel', 'warn'])) return false;
  }
  compress(join(root, 'dist/console'));
  markBuilt(sources);
  return true;
}

/** Once and not at each request: a telephone at night has a thin line, and the server better things to do. */
function compress(folder) {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder, { recursive: true })) {
    if (!/\.(js|css|html|svg)$/.test(name)) continue;
    const bytes = readFileSync(join(folder, name));
    writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }));
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(bytes));
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await orSayWhy(ensureInstalled);
  process.exitCode = build() ? 0 : 1;
}

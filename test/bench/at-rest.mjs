// What it weighs: memory of an idle server, and the bytes of the console's first load.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ServerProcess } from '../kit/server-process.ts';
import { figure } from './rounds.mjs';

/** Resident memory of a server with no activation, a minute after it was ready. */
export async function memory() {
  const folder = mkdtempSync(join(tmpdir(), 'tz-bench-'));
  const server = await ServerProcess.start(join(folder, 'data'));
  await new Promise((resolve) => setTimeout(resolve, 60_000));
  const pages = Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))[1]);
  await server.stop();
  rmSync(folder, { recursive: true });
  return figure('RSS 60 s after ready, no activation', { value: pages / 1000, unit: 'MB', goal: 150, better: 'less' });
}

/** What a browser fetches for the sign-in page and the opening page, gzip, without fonts: the page, its modules, its styles. */
export function firstLoad() {
  const console_ = new URL('../../dist/console/', import.meta.url);
  const html = readFileSync(new URL('index.html', console_), 'utf8');
  const wanted = new Set([...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map((match) => match[1]));
  // A static import of a module that is loaded is loaded with it.
  for (const name of wanted) {
    if (!name.endsWith('.js')) continue;
    const code = readFileSync(new URL(name, console_), 'utf8');
    for (const match of code.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) wanted.add(`assets/${match[1]}`);
  }
  for (const page of ['opening', 'hour']) {
    for (const name of readdirSync(new URL('assets/', console_))) if (name.startsWith(`${page}-`) && /\.(js|css)$/.test(name)) wanted.add(`assets/${name}`);
  }
  const bytes = gzipSync(html).length + [...wanted].reduce((sum, name) => sum + gzipSync(readFileSync(new URL(name, console_))).length, 0);
  return figure('console’s first load, opening page and hour, gzip without fonts', { value: bytes / 1000, unit: 'kB', goal: 350, better: 'less' });
}

// `npm start`: installs and compiles what is missing, then becomes the server: one process, and package.json
// says `exec`, because npm passes a SIGTERM to its shell only and dash would leave the server orphaned.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt, ensureInstalled, orSayWhy, root } from './setup.mjs';

await orSayWhy(async () => {
  await ensureInstalled();
  await ensureBuilt();
});
process.setSourceMapsEnabled(true);
await import(pathToFileURL(join(root, 'dist', 'main.js')).href);

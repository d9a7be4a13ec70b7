// `npm start`: installs and compiles what is missing, then becomes the server (same process, so
// that a SIGTERM reaches it).
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt, ensureInstalled, orSayWhy, root } from './setup.mjs';

await orSayWhy(async () => {
  ensureInstalled();
  await ensureBuilt();
});
process.setSourceMapsEnabled(true);
await import(pathToFileURL(join(root, 'dist', 'main.js')).href);

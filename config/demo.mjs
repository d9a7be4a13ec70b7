// `npm run demo`: installs and compiles what is missing, then plays the demonstration on a folder that it throws away.
// One process, like `npm start`: package.json says `exec`.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt, ensureInstalled, orSayWhy, root } from './setup.mjs';

await orSayWhy(async () => {
  await ensureInstalled();
  await ensureBuilt();
});
process.setSourceMapsEnabled(true);
await import(pathToFileURL(join(root, 'dist', 'demo.js')).href);

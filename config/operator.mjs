// The operator’s commands: `npm run backup`, `npm run restore`, `npm run recover-admin`, `npm run import`. Installs and compiles what is missing.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt, ensureInstalled, orSayWhy, root } from './setup.mjs';

await orSayWhy(async () => {
  await ensureInstalled();
  await ensureBuilt();
});
await import(pathToFileURL(join(root, 'dist', 'operator.js')).href);

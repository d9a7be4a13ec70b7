// What keeps the product from starting is said in French, by what to change, and without a stack.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { DATABASE_FILE } from '../../src/adapters/persistence/database.js';
import { openStore } from '../../src/adapters/persistence/store.js';
import { scratchFolder } from '../kit/scratch.js';
import { freePort, MAIN, ServerProcess } from '../kit/server-process.js';

/** Starts it as the operator does, and waits for its end. */
async function refused(dataDir: string, env: Record<string, string> = {}): Promise<string> {
  const { status, stderr } = spawnSync(process.execPath, [MAIN], {
    encoding: 'utf8', timeout: 20_000, env: { ...process.env, PORT: String(await freePort()), DATA_DIR: dataDir, LOG_LEVEL: 'error', ...env },
  });
  expect(status).toBe(1);
  expect(stderr).not.toMatch(/\n {4}at /);
  return stderr;
}

async function closedStore(): Promise<string> {
  const folder = scratchFolder();
  await (await openStore(folder)).close();
  return folder;
}

test('a port that is taken, a host that is not ours, a folder at work elsewhere', async () => {
  const folder = scratchFolder();
  const server = await ServerProcess.start(folder);
  expect(await refused(scratchFolder(), { PORT: String(server.port) })).toMatch(/PORT : le port \d+ est déjà pris/);
  expect(await refused(folder)).toMatch(/est déjà utilisé par le processus \d+/);
  await server.stop();
  expect(await refused(folder, { HOST: '192.0.2.1', PUBLIC_URL: 'https://crise.example' })).toMatch(/HOST : « 192\.0\.2\.1 » n’est pas une adresse de cette machine/);
}, 60_000);

test.each<[string, (file: string) => void]>([
  ['its first page', (file) => writeFileSync(file, Buffer.alloc(8_192, 'x'))],
  ['its end cut off', (file) => writeFileSync(file, readFileSync(file).subarray(0, 5_000))],
  ['pages in the middle', (file) => writeFileSync(file, Buffer.from(readFileSync(file)).fill('Z', 8_192, 24_576))],
])('a damaged database: %s', async (_what, damage) => {
  const folder = await closedStore();
  damage(join(folder, DATABASE_FILE));
  expect(await refused(folder)).toMatch(/base de données du dossier de données \(DATA_DIR\) est abîmée/);
}, 30_000);

test('a folder that is a file', async () => {
  const folder = scratchFolder();
  writeFileSync(folder, '');
  expect(await refused(folder)).toMatch(/Le dossier de données .* ne peut pas être créé/);
}, 30_000);

// Issue 4.2 by command line: a process of its own, on the data folder of a stopped server. Fictional people.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import type { PeoplePage } from '../../src/contract/directory.js';
import { fileOf, mayorsFile } from '../kit/import-files.js';
import { scratchFolder } from '../kit/scratch.js';
import { OPERATOR } from '../kit/server-process.js';
import { World } from '../kit/world.js';

const root = resolve(import.meta.dirname, '../..');

function run(folder: string, ...args: string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath, [OPERATOR, 'import', ...args],
    { cwd: root, encoding: 'utf8', env: { ...process.env, DATA_DIR: folder, PORT: '3000', NODE_OPTIONS: '' } },
  );
  return { status, said: stdout + stderr };
}
async function people(folder: string): Promise<string[]> {
  const world = await World.start({ folder });
  const { body } = await (await world.person('communication')).get<PeoplePage>('/api/directory/people');
  await world.stop();
  return body.people.map(({ lastName }) => lastName);
}

test('rehearses, reports, applies and undoes; refused while the server runs, and when nothing can be read', async () => {
  const folder = scratchFolder();
  const file = fileOf(mayorsFile({ commune: '76540', last: 'FICTIF', first: 'Élise' }, { commune: '76999', last: '=NULPART', first: 'Luc' }));
  const world = await World.start({ folder });
  expect(run(folder, 'rne', file)).toMatchObject({ status: 1, said: expect.stringContaining('est déjà utilisé par') });
  await world.stop();

  expect(run(folder)).toMatchObject({ status: 2, said: expect.stringContaining('--apply') });
  expect(run(folder, fileOf('\n'))).toMatchObject({ status: 1, said: expect.stringContaining('vide') });
  expect(run(folder, fileOf('nulle part').replace(/import-\d+$/, 'absent'))).toMatchObject({ status: 1, said: expect.stringContaining('introuvable') });
  const report = fileOf('');
  expect(run(folder, 'rne', file, '--report', report)).toMatchObject({ status: 0, said: expect.stringMatching(/1 à ajouter, 0 à modifier, 0 à terminer, 1 rejetées.*\n[^]*Rien n’a changé/) });
  expect(readFileSync(report, 'utf8')).toContain("3;rejeté;ce code n’est celui d’aucune commune;'=nulpart Luc");
  expect(await people(folder)).toEqual([]);

  const done = run(folder, file, '--apply');
  expect(done).toMatchObject({ status: 0, said: expect.stringContaining('Appliqué, tout entier') });
  expect(await people(folder)).toEqual(['Fictif']);
  expect(run(folder, '--undo', /--undo ([0-9a-f]{32})/.exec(done.said)![1]!)).toMatchObject({ status: 0, said: expect.stringContaining('Défait, tout entier') });
  expect(await people(folder)).toEqual([]);
}, 120_000);

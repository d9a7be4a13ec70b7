// 7 "People": a command line that recovers a lost administrator, traced; as a process of its own, on a real data folder.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import type { AdministrationPage } from '../../src/contract/people.js';
import { NEXT_PASSWORD } from '../kit/office.js';
import { scratchFolder } from '../kit/scratch.js';
import { OPERATOR } from '../kit/server-process.js';
import { firstVisitor, Visitor } from '../kit/visitor.js';
import { World } from '../kit/world.js';

const root = resolve(import.meta.dirname, '../..');

function recover(folder: string, ...args: string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath, [OPERATOR, 'recover-admin', ...args],
    { cwd: root, encoding: 'utf8', env: { ...process.env, DATA_DIR: folder, PORT: '3000', NODE_OPTIONS: '' } },
  );
  return { status, said: stdout + stderr };
}

test('refused while the server runs, then done on its stopped folder, traced, and of use at the next start', async () => {
  const folder = scratchFolder();
  const world = await World.start({ folder });
  await firstVisitor(world);
  const running = recover(folder, '--login', 'anne.delorme');
  expect(running).toMatchObject({ status: 1, said: expect.stringContaining('est déjà utilisé par') });
  await world.stop();

  expect(recover(folder)).toMatchObject({ status: 2, said: expect.stringContaining('--login') });
  expect(recover(folder, '--login', 'personne')).toMatchObject({ status: 1, said: expect.stringContaining('anne.delorme') });
  const done = recover(folder, '--login', 'Anne.Delorme');
  expect(done).toMatchObject({ status: 0, said: expect.stringContaining('http://127.0.0.1:3000/invitation#') });

  // The process dated its link by the real clock, where the world stands still in March.
  const again = await World.start({ folder });
  again.clock.step(Date.now() - again.clock.wall());
  const anne = new Visitor(again.url);
  await anne.post('/api/links/recovery', { token: /#([0-9a-f]{64})/.exec(done.said)![1], password: NEXT_PASSWORD });
  expect(anne.me).toMatchObject({ name: 'Anne Delorme', rights: ['admin'], secondFactor: 'to-set-up' });
  await anne.setUpSecondFactor(again.clock);
  const { entries } = (await anne.get<AdministrationPage>('/api/administration/journal')).body;
  expect(entries.filter(({ source }) => source === 'cli').map(({ type, by }) => [type, by])).toEqual([
    ['adminRecovered', 'engine'], ['secondFactorReset', 'engine'], ['linkIssued', 'engine'],
  ]);
  expect((await anne.get('/api/administration/verdict')).body).toMatchObject({ ok: true });
  await again.stop();
}, 60_000);

test('a folder without data is left alone', () => {
  expect(recover(scratchFolder(), '--login', 'anne')).toMatchObject({ status: 1, said: expect.stringContaining('DATA_DIR') });
}, 60_000);

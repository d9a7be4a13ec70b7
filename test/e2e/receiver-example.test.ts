// The receiver that docs/integrations.md shows is a program that works: run as it stands, told for real.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { WebhookIssued, WebhookTested } from '../../src/contract/webhooks.js';
import { afterwards } from '../kit/scratch.js';
import { freePort } from '../kit/server-process.js';
import { World } from '../kit/world.js';

const PAGE = readFileSync(new URL('../../docs/integrations.md', import.meta.url), 'utf8');

test('the example verifies, keeps each entry once, and sees a gap; a stranger is refused', async () => {
  const world = await World.start({ env: { OUTSIDE_ALLOWED: '127.0.0.1' } });
  afterwards(() => world.stop());
  // Signatures are good for five minutes of the receiver's own clock.
  world.clock.pass(Date.now() - world.clock.wall());
  const [admin, duty, director] = [await world.person('admin'), await world.person('astreinte'), await world.person('directeur')];
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const { body: { webhook, secret } } = await admin.post<WebhookIssued>('/api/webhooks', { name: 'exemple', url });

  const folder = mkdtempSync(join(tmpdir(), 'temps-zero-receiver-'));
  afterwards(() => rmSync(folder, { recursive: true, force: true }));
  const source = /```js\n([\s\S]*?)```/.exec(PAGE)![1]!;
  writeFileSync(join(folder, 'receiver.mjs'), source.replace('.listen(8080)', `.listen(${port}, '127.0.0.1', () => console.log('prêt'))`));
  const receiver = spawn(process.execPath, [join(folder, 'receiver.mjs')], { env: { ...process.env, SECRET: secret }, stdio: ['ignore', 'pipe', 'inherit'] });
  afterwards(() => void receiver.kill('SIGKILL'));
  let said = '';
  receiver.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await once(receiver.stdout, 'data');

  expect((await admin.post<WebhookTested>(`/api/webhooks/${webhook}/test`)).body).toMatchObject({ delivered: true });
  expect((await fetch(url, { method: 'POST', body: '{}', headers: { 'webhook-id': 'x', 'webhook-timestamp': String(Math.floor(Date.now() / 1000)), 'webhook-signature': 'v1,AAAA' } })).status).toBe(401);
  const id = await duty.open();
  const carried = async () => {
    await world.running.beat();
    await world.running.wired.courier.idle();
  };
  await carried();
  const before = (await duty.snapshot(id)).activation.seq;
  await director.order(id, 'log-direction-note', { text: 'Pour la direction' });
  await duty.order(id, 'log-note', { text: 'Pour tous' });
  await carried();
  while (!said.includes('noteLogged')) await once(receiver.stdout, 'data');
  expect(said).toContain(`${id.slice(0, 8)} 1 temps-zero.activationOpened\n`);
  expect(said).toContain(`entrées ${before + 1} à ${before + 1} : à lire par journal?after=${before}\n`);
  expect(said).toContain(`${id.slice(0, 8)} ${before + 2} temps-zero.noteLogged\n`);
});

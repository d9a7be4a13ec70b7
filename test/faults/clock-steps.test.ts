// libfaketime steps the system clock of a real process; the monotonic clock goes on.
import { existsSync, writeFileSync } from 'node:fs';
import { hash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { openStore } from '../../src/adapters/persistence/store.js';
import { verifyChain } from '../../src/domain/evidence/chain.js';
import type { ActivationEntry } from '../../src/domain/events.js';
import { MINUTE, SECOND, toMs } from '../../src/domain/time.js';
import { form, orSkip, pause, within } from '../kit/forms.js';
import { afterwards, scratchFolder } from '../kit/scratch.js';
import { firstAdministrator, post, ServerProcess } from '../kit/server-process.js';

const LIBRARY = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/local/lib'].map((folder) => `${folder}/faketime/libfaketimeMT.so.1`).find(existsSync);
/** By how much, in seconds from the true time. */
const STEPS = form([600, 120], [600, 120, 3_600, -1_800, 0]);

orSkip('steps of the system clock', LIBRARY ? undefined : 'libfaketime is not installed (Debian: apt-get install faketime)', test)(
  'each step is an entry by as much, time recorded never decreases, no warning is skipped or doubled',
  async () => {
    const folder = scratchFolder();
    const file = `${folder}-faketime`;
    writeFileSync(file, '+0');
    const env = { LD_PRELOAD: LIBRARY!, FAKETIME_TIMESTAMP_FILE: file, FAKETIME_NO_CACHE: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1', NO_FAKE_STAT: '1' };
    const server = await ServerProcess.start(folder, { env });
    afterwards(() => server.kill());
    const person = await firstAdministrator(server);
    const t0 = new Date(Date.now() - 40 * MINUTE).toISOString();
    const opened = await post(server.url, '/api/activations', { lane: 'real', kind: 'cod', t0 }, { ...person.headers, 'idempotency-key': 'open' });
    const { activation } = (await opened.json()) as { activation: string };
    const entries = async () => ((await (await fetch(`${server.url}/api/activations/${activation}/journal?after=0&limit=500`, { headers: person.headers })).json()) as { entries: ActivationEntry[] }).entries;
    const steps = async () => (await entries()).flatMap((entry) => (entry.type === 'clockStepped' ? [entry.payload.byMs] : []));
    await pause(1_500);
    let offset = 0;
    for (const [i, seconds] of STEPS.entries()) {
      writeFileSync(file, seconds < 0 ? String(seconds) : `+${seconds}`);
      await within(15_000, `step ${i + 1} is noted`, async () => (await steps()).length === i + 1);
      expect(Math.abs((await steps()).at(-1)! - (seconds - offset) * SECOND)).toBeLessThan(2 * SECOND);
      offset = seconds;
      await post(server.url, `/api/activations/${activation}/log-note`, { text: `À ${seconds} s` }, { ...person.headers, 'idempotency-key': `note-${i}` });
      expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    }
    expect(await server.stop()).toBe(0);

    const store = await openStore(folder);
    const links = await store.journal.read(activation);
    await store.close();
    expect(verifyChain((text) => hash('sha256', text, 'hex'), links)).toMatchObject({ ok: true });
    const lines = links.map(({ line }) => JSON.parse(line) as ActivationEntry);
    const recorded = lines.map(({ recordedAt }) => toMs(recordedAt));
    expect(recorded).toEqual([...recorded].sort((x, y) => x - y));
    expect(lines.filter(({ type }) => type === 'noteLogged')).toHaveLength(STEPS.length);
    const raised = lines.flatMap((entry) => (entry.type === 'warningsRaised' ? entry.payload.items : []));
    expect(new Set(raised.map(({ step, kind, dueAt }) => `${step} ${kind} ${dueAt}`)).size).toBe(raised.length);
    expect(Math.max(...raised.map(({ dueAt }) => toMs(dueAt)))).toBeGreaterThanOrEqual(toMs(t0) + 45 * MINUTE);
    expect(lines.filter(({ type }) => type === 'outageNoted')).toEqual([]);
  },
  90_000,
);

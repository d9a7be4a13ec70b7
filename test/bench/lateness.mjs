// How late a warning is: a thousand fall due within ten seconds in a hundred and one activations, while people give orders.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstAdministrator, post, ServerProcess } from '../kit/server-process.ts';
import { fillNight, NATION } from './night.mjs';
import { figure, percentile } from './rounds.mjs';

const WINDOW_MS = 10_000;
const LEAD_MS = 25_000;
const MINUTE = 60_000;
const ORDERS_A_SECOND = 50;
/** At T0+45 every step whose deadline is H+60 warns: fifteen minutes left. */
const WARNED_AT = 45 * MINUTE;

export async function lateness() {
  const folder = mkdtempSync(join(tmpdir(), 'tz-bench-'));
  const data = join(folder, 'data');
  const first = await ServerProcess.start(data);
  const person = await firstAdministrator(first);
  await first.stop();
  const begins = Date.now() + LEAD_MS;
  const ids = await fillNight(data, { entries: 50, t0: (i) => begins - WARNED_AT + Math.round((i * WINDOW_MS) / NATION) });
  const server = await ServerProcess.start(data);
  if (Date.now() > begins - 2_000) throw new Error('the night took too long to prepare: nothing would be measured');
  await new Promise((resolve) => setTimeout(resolve, begins - 2_000 - Date.now()));
  const answers = [];
  for (let n = 0; Date.now() < begins + WINDOW_MS + 1_000; n++) {
    answers.push(post(server.url, `/api/activations/${ids[n % NATION]}/log-note`, { text: `Point ${n}` }, { ...person.headers, 'idempotency-key': `late-${n}` }));
    await new Promise((resolve) => setTimeout(resolve, 1_000 / ORDERS_A_SECOND));
  }
  await Promise.all(answers);
  await server.stop();
  const { openStore } = await import(new URL('../../src/adapters/persistence/store.ts', import.meta.url).href);
  const store = await openStore(data);
  const late = [];
  for (const id of ids) {
    for (const { line } of await store.journal.read(id)) {
      const { type, recordedAt, payload } = JSON.parse(line);
      if (type !== 'warningsRaised') continue;
      for (const { dueAt } of payload.items) {
        const due = Date.parse(dueAt);
        if (due >= begins && due <= begins + WINDOW_MS) late.push(Date.parse(recordedAt) - due);
      }
    }
  }
  await store.close();
  rmSync(folder, { recursive: true });
  if (late.length < 1_000) throw new Error(`${late.length} warnings fell due, a thousand were wanted`);
  return figure(`lateness of a warning, p99 (${late.length} due within 10 s, ${NATION} activations, ${ORDERS_A_SECOND} orders/s)`, {
    value: percentile(late, 0.99), unit: 'ms', goal: 50, better: 'less',
  });
}

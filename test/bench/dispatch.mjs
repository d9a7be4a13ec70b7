// 48.1 at full rate, over real HTTP both ways: attempts placed with the provider and settled by its signed callbacks, what that
// does to the event loop and to the memory, and how long a key takes to the boards. The provider is a process of its own.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstAdministrator, freePort, post, ServerProcess } from '../kit/server-process.ts';
import { child } from './over-http.mjs';
import { figure, percentile } from './rounds.mjs';

const source = (path) => import(new URL(`../../src/${path}`, import.meta.url).href);
const PEOPLE = 4_500;
const COMMUNES = 700;
const BOARDS = 100;

export async function dispatch() {
  const folder = mkdtempSync(join(tmpdir(), 'tz-bench-'));
  const data = join(folder, 'data');
  const provider = child('./telephony-double.mjs');
  const { port: providerPort } = await provider.said();
  const port = await freePort();
  const env = {
    PUBLIC_URL: `http://127.0.0.1:${port}`, TWILIO_BASE_URL: `http://127.0.0.1:${providerPort}`, TWILIO_1_ACCOUNT_SID: `AC${'0'.repeat(31)}1`, TWILIO_1_AUTH_TOKEN: '0123456789abcdef0123456789abcdef',
    TWILIO_1_FROM: '+33970000001', TWILIO_1_CALLS_PER_SECOND: '200',
  };
  const first = await ServerProcess.start(data, { port });
  const person = await firstAdministrator(first);
  await first.stop();
  const communes = await fill(data);
  const server = await ServerProcess.start(data, { port, env });
  await provider.ask({ house: port });
  const order = (path, body) => post(server.url, path, body, { ...person.headers, 'idempotency-key': `${path} ${JSON.stringify(body).slice(0, 40)}`.replace(/[^!-~]/g, '-') });
  const { activation } = await (await order('/api/activations', { lane: 'real', kind: 'cod', t0: new Date().toISOString() })).json();
  await order(`/api/activations/${activation}/freeze-perimeter`, { circle: 1, communes });
  const boards = child('./boards.mjs');
  await boards.ask({ open: 'acknowledgements', port, activation, after: 0, count: BOARDS, headers: { cookie: person.headers.cookie } });
  const metric = async (name) => Number(new RegExp(`^tempszero_${name} (\\S+)`, 'm').exec(await (await fetch(`${server.url}/metrics`, { headers: person.headers })).text())[1]);
  await metric('event_loop_delay_p99_seconds'); // each reading begins anew
  const from = performance.now();
  await order(`/api/activations/${activation}/start-campaign`, { circles: [1], text: 'Crue de la Brenne : fermez les berges.', ways: ['voice'], lines: 200, callsPerSecond: 200 });
  let told = await provider.ask({});
  while (told.played < communes.length && performance.now() - from < 120_000) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    told = await provider.ask({});
  }
  const seconds = (performance.now() - from) / 1_000;
  const loop = await metric('event_loop_delay_p99_seconds');
  const rss = await metric('resident_memory_bytes');
  if (told.played < communes.length || told.failed > 0) throw new Error(`${told.played} calls played, ${told.failed} callbacks refused`);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const { presses } = await provider.ask({ collect: true });
  const { arrivals } = await boards.ask({ collect: true });
  const pressed = new Map(presses);
  const latencies = arrivals.filter(([sid]) => pressed.has(sid)).map(([sid, at]) => at - pressed.get(sid));
  if (latencies.length < communes.length * BOARDS) throw new Error(`${latencies.length} arrivals of ${communes.length * BOARDS}`);
  for (const one of [provider, boards]) one.stop();
  await server.stop();
  rmSync(folder, { recursive: true });
  return [
    figure(`attempts placed and settled per second, signed callbacks over HTTP, ${BOARDS} boards (five requests each)`, { value: communes.length / seconds, unit: '/s', goal: 50 }),
    figure('event loop delay meanwhile, p99', { value: loop * 1_000, unit: 'ms', goal: 20, better: 'less' }),
    figure(`memory (RSS) meanwhile, ${PEOPLE} people`, { value: rss / 1024 / 1024, unit: 'MB', goal: 300, better: 'less' }),
    figure(`signed key press to ${BOARDS} boards at full rate, p99`, { value: percentile(latencies, 0.99), unit: 'ms', goal: 250, better: 'less' }),
  ];
}

/** Fictional people, in force by an import that is applied; the communes that have somebody to call. */
async function fill(data) {
  const { openStore } = await source('adapters/persistence/store.ts');
  const { readCommunes } = await source('adapters/communes.ts');
  const codes = (await readCommunes('76', ['14', '27', '60', '80'])).all().map(({ code }) => code).slice(0, COMMUNES);
  const store = await openStore(data);
  const counts = { read: PEOPLE, added: PEOPLE, changed: 0, ended: 0, unchanged: 0, rejected: 0, elsewhere: 0, leftOut: 0 };
  const record = { id: 'b'.repeat(32), kind: 'own-list', fileName: 'banc.csv', by: 'a'.repeat(32), startedAt: 1, state: 'staging', at: 1, counts, fault: null };
  await store.addressBook.putImport(record);
  for (let from = 0; from < PEOPLE; from += 500) {
    const people = Array.from({ length: 500 }, (_, i) => {
      const n = from + i;
      const order = Math.floor(n / codes.length);
      return {
        id: n.toString(16).padStart(32, '0'), version: 1, kind: 'official', lastName: `Nom${n}`, firstName: 'Anne', office: order === 0 ? 'maire' : 'adjoint', title: '', order, commune: codes[n % codes.length],
        organisation: '', account: null, since: null, until: null, changedAt: 1, contacts: [{ kind: 'phone', number: `+3363998${String(n).padStart(4, '0')}`, line: 'mobile', checkedAt: null }],
      };
    });
    await store.addressBook.stage(record.id, people, []);
  }
  await store.addressBook.putImport({ ...record, state: 'applied' });
  await store.close();
  return codes;
}

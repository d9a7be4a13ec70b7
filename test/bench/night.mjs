// The worst national night, on a disk: every préfecture at once, each activation an hour old and a thousand entries long.
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';

const root = new URL('../../', import.meta.url);
const source = (path) => import(new URL(`src/${path}`, root).href);
const sha256 = (text) => createHash('sha256').update(text).digest('hex');

export const NATION = 101;
export const LONG = 1_000;

/** What an activation is opened with: the plan as it ships. */
export function openCommand(id, { t0 = Date.now(), lane = 'real', plan } = {}) {
  return {
    type: 'open', id, lane, kind: 'cod', prefecture: 'Banc', departement: '76', timeZone: 'Europe/Paris',
    plan: plan ?? JSON.parse(readFileSync(new URL('config/plans/standard.json', root), 'utf8')), facts: { accounts: true }, t0,
  };
}

/**
 * Fills a data folder that nobody uses; the ids of its activations. `t0s`: when each began, `entries`: how long each is.
 * Its notes are written through `submit`, as the server would.
 */
export async function fillNight(folder, { activations: count = NATION, entries = LONG, t0 = () => Date.now() } = {}) {
  const { openStore } = await source('adapters/persistence/store.ts');
  const { Activations } = await source('application/activations.ts');
  const store = await openStore(folder);
  const silent = { news() {}, lobby() {}, async request() { return 0; } };
  const activations = new Activations(store.journal, { wall: Date.now, monotonic: () => performance.now() }, sha256, silent);
  const author = { id: 'a'.repeat(32), rights: ['directeur'], source: 'console' };
  const ids = Array.from({ length: count }, () => randomBytes(16).toString('hex'));
  for (const [i, id] of ids.entries()) {
    const { toSeq } = await activations.submit(id, { command: openCommand(id, { t0: t0(i) }), author, key: `open ${id}` });
    const note = (n) => ({ type: 'log-note', text: { digest: sha256(`${id} ${n}`), bytes: 40 }, attachments: [] });
    await Promise.all(Array.from({ length: Math.max(0, entries - toSeq) }, (_, n) =>
      activations.submit(id, { command: note(n), author, key: `${id} ${n}`, bodyHash: String(n) })));
  }
  await store.close();
  return ids;
}

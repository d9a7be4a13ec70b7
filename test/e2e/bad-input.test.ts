import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { StorageFailed } from '../../src/application/ports.js';
import { openStore } from '../../src/adapters/persistence/store.js';
import { World, type Person } from '../kit/world.js';

let world: World;
let duty: Person;
let id: string;
let full: boolean;
beforeEach(async () => {
  full = false;
  // A disk that fills up under a running server: each write fails where the operating system would refuse it.
  world = await World.start({
    store: async (folder, clock) => {
      const store = await openStore(folder, () => clock.wall());
      const append = store.journal.append.bind(store.journal);
      store.journal.append = async (batch) => {
        if (full) throw new StorageFailed('no room', { cause: { code: 'SQLITE_FULL' } });
        return append(batch);
      };
      return store;
    },
  });
  duty = await world.person('astreinte');
  id = await duty.open();
});
afterEach(() => world.stop());

const seqOf = () => world.running.wired.activations.read(id, (held) => held.activation.seq) as Promise<number>;
const note = (person: Person, body: unknown, headers: Record<string, string> = {}) =>
  person.send('POST', `/api/activations/${id}/log-note`, body, { 'content-type': 'application/json', ...headers });

describe('each is refused as a problem, and nothing is recorded', () => {
  let before: number;
  beforeEach(async () => (before = await seqOf()));
  afterEach(async () => expect(await seqOf()).toBe(before));

  test('malformed', async () => {
    for (const body of ['{', '', 'null', '[]', '"texte"', '{"text":"a"', '{"__proto__":{"text":"a"},"text":"a"}']) {
      const { status, headers } = await note(duty, body);
      expect([400, 422]).toContain(status);
      expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    }
  });

  test('a body of 10 MB', async () => {
    expect(await note(duty, JSON.stringify({ text: 'x'.repeat(10_000_000) }))).toMatchObject({ status: 413, body: { refused: 'too-large' } });
  });

  test('a text of 100,000 characters, with the limit said in French', async () => {
    const refused = await note(duty, { text: 'x'.repeat(100_000) });
    expect(refused).toMatchObject({ status: 422, body: { refused: 'invalid', details: { fields: [{ path: 'text' }] } } });
    expect(JSON.stringify(refused.body)).toMatch(/20000/);
  });

  test('a wrong type, an unknown field, a missing one', async () => {
    for (const [name, body, path] of [
      ['complete-step', { step: 'P11', seen: '0' }, 'seen'], ['complete-step', { step: 'P11' }, 'seen'], ['log-note', { text: 'a', urgent: true }, ''],
      ['start-clock', { clock: 'cod', t0: 'hier' }, 't0'], ['start-clock', { clock: 'cod', t0: 1_773_450_840 }, 't0'], ['declare-fact', { fact: 'ovni', holds: true }, 'fact'],
      ['log-note', { text: 'a', occurredAt: '2026-03-14 02:14' }, 'occurredAt'],
    ] as const) {
      expect(await duty.order(id, name, body)).toMatchObject({ status: 422, body: { refused: 'invalid', details: { fields: [{ path }] } } });
    }
  });

  test('RGPD: a type of event of one’s own, which would stand in the journal for ever', async () => {
    expect(await duty.order(id, 'set-event-type', { eventType: 'Disparition de Jean Morel' }))
      .toMatchObject({ status: 422, body: { refused: 'invalid', details: { fields: [{ path: 'eventType' }] } } });
  });

  test('another content type', async () => {
    expect(await note(duty, 'text=a', { 'content-type': 'application/x-www-form-urlencoded' })).toMatchObject({ status: 415, body: { refused: 'wrong-type' } });
    expect(await note(duty, 'a', { 'content-type': 'text/plain' })).toMatchObject({ status: 415 });
  });

  test('an unknown order, step, activation, entry', async () => {
    expect(await duty.order(id, 'raise-warnings', { items: [] })).toMatchObject({ status: 404, body: { refused: 'unknown-order' } });
    expect(await duty.order(id, 'constructor', {})).toMatchObject({ status: 404, body: { refused: 'unknown-order' } });
    expect(await duty.order(id, 'start-step', { step: 'P99' })).toMatchObject({ status: 404, body: { refused: 'unknown-step' } });
    expect(await duty.order('f'.repeat(32), 'log-note', { text: 'a' })).toMatchObject({ status: 404, body: { refused: 'unknown-activation' } });
    // The administration's journal lies in the same store: it is no activation.
    expect(await duty.order('administration', 'log-note', { text: 'a' })).toMatchObject({ status: 404, body: { refused: 'unknown-activation' } });
    expect(await duty.get('/api/activations/administration/journal')).toMatchObject({ status: 404, body: { refused: 'unknown-activation' } });
    expect(await (await duty.board()).follow('administration')).toEqual({ ok: false, seq: 0 });
    expect(await duty.order('..%2f..', 'log-note', { text: 'a' })).toMatchObject({ status: 404 });
    expect(await duty.order(id, 'log-note', { text: 'a', corrects: 999 })).toMatchObject({ status: 422, body: { refused: 'unknown-entry' } });
  });

  test('a person, a file, a text that do not exist', async () => {
    const nobody = '0'.repeat(32);
    expect(await duty.order(id, 'assign-step', { step: 'P11', to: nobody })).toMatchObject({ status: 422, body: { refused: 'unknown-person' } });
    expect(await duty.order(id, 'take-function', { function: 'RC', holder: nobody })).toMatchObject({ status: 422, body: { refused: 'unknown-person' } });
    expect(await duty.order(id, 'log-note', { text: 'Voir', attachments: ['0'.repeat(64)] })).toMatchObject({ status: 422, body: { refused: 'unknown-file' } });
    const evidence = [{ kind: 'file', file: '0'.repeat(64) }];
    expect(await duty.order(id, 'complete-step', { step: 'P11', evidence, seen: 0 })).toMatchObject({ status: 422, body: { refused: 'unknown-file' } });
  });

  test('a call list with lines that cannot be called names each of them', async () => {
    const list = 'Marie Roche ; maire, Le Trait ; 06 00 00 00 01\nJean Morel ; maire ; f\nUrgences ; ; 15';
    expect(await duty.order(id, 'paste-call-list', { step: 'P09', list })).toMatchObject({
      status: 422, body: { refused: 'bad-call-list', details: { faults: [{ line: 2, reason: 'number' }, { line: 3, reason: 'emergency' }] } },
    });
  });

  test('an idempotency key that is no key', async () => {
    for (const key of ['with space', 'x'.repeat(201)]) {
      expect(await note(duty, { text: 'a' }, { 'idempotency-key': key })).toMatchObject({ status: 422, body: { refused: 'bad-key' } });
    }
  });

  test('a forged, an expired, a revoked token, and one without this operation', async () => {
    const script = await world.script('declare-t0');
    const forged = { authorization: `Bearer tz_${'0'.repeat(64)}` };
    const declare = { t0: world.instant(), synergi: 'X-1' };
    expect(await duty.send('POST', '/api/t0', declare, { ...forged, cookie: '' })).toMatchObject({ status: 401, body: { refused: 'signed-out' } });
    expect(await script.order(id, 'log-note', { text: 'a' })).toMatchObject({ status: 403, body: { refused: 'token-scope' } });
    expect(await script.post('/api/activations', { lane: 'real', kind: 'cod' })).toMatchObject({ status: 403, body: { refused: 'token-scope' } });
    expect(await script.get('/api/activations')).toMatchObject({ status: 403, body: { refused: 'token-scope' } });
    world.clock.pass(31 * 24 * 3_600_000);
    expect(await script.post('/api/t0', declare)).toMatchObject({ status: 401, body: { refused: 'signed-out' } });
  });

  test('an order from another page: no CSRF token, a false one, another origin', async () => {
    const { 'x-csrf-token': csrf, cookie } = duty.headers as { 'x-csrf-token': string; cookie: string };
    for (const forged of [{ cookie }, { cookie, 'x-csrf-token': csrf.replace(/^./, (c) => (c === '0' ? '1' : '0')) }]) {
      const response = await fetch(`${world.url}/api/activations/${id}/log-note`, {
        method: 'POST', headers: { ...forged, 'content-type': 'application/json' }, body: '{"text":"a"}',
      });
      expect([response.status, ((await response.json()) as { refused: string }).refused]).toEqual([403, 'forged']);
    }
    expect(await note(duty, { text: 'a' }, { origin: 'https://ailleurs.example' })).toMatchObject({ status: 403, body: { refused: 'forged' } });
  });

  test('nobody, and somebody without a second factor', async () => {
    const response = await fetch(`${world.url}/api/activations`);
    expect(response.status).toBe(401);
    const weak = await world.signedIn(duty.id, false);
    expect(await weak.order(id, 'log-note', { text: 'a' })).toMatchObject({ status: 403, body: { refused: 'second-factor-needed' } });
    expect((await weak.get(`/api/activations/${id}`)).status).toBe(403);
    await expect(weak.board()).rejects.toThrow();
  });
});

test('a stale version of what was seen is refused, with both versions', async () => {
  const seen = await duty.seen(id, 'P11');
  await duty.order(id, 'complete-step', { step: 'P11', seen, evidence: [{ kind: 'text', text: 'Porte-parole : la directrice' }] });
  await duty.order(id, 'reopen-step', { step: 'P11', reason: 'Elle est à Paris', seen: await duty.seen(id, 'P11') });
  const stale = await duty.order(id, 'mark-not-applicable', { step: 'P11', category: 'no-means', reason: 'Personne', authorisedBy: 'directeur', seen });
  expect(stale).toMatchObject({ status: 409, body: { refused: 'stale' } });
});

test('the disk is full: the answer says that nothing was recorded, and nothing was', async () => {
  const before = await seqOf();
  const board = await duty.board();
  await board.follow(id);
  full = true;
  const refused = await duty.order<{ detail: string }>(id, 'log-note', { text: 'Le pont est coupé' }, 'k-full');
  expect(refused).toMatchObject({ status: 507, body: { refused: 'disk-full' } });
  expect(refused.body.detail).toMatch(/rien n’a été enregistré/);
  full = false;
  expect(await seqOf()).toBe(before);
  // The same key, sent again by the device that kept it, is recorded once.
  expect(await duty.order(id, 'log-note', { text: 'Le pont est coupé' }, 'k-full')).toMatchObject({ status: 200, body: { fromSeq: before + 1, repeated: false } });
  await board.until(({ entries }) => entries.some(({ seq }) => seq === before + 1));
  expect(board.entries.filter(({ seq }) => seq === before + 1)).toHaveLength(1);
});

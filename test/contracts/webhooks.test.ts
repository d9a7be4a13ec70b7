// What every store of webhooks keeps, whichever is behind it.
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Store } from '../../src/adapters/persistence/store.js';
import type { AccountChange } from '../../src/application/ports.js';
import { cursorAt, type Cursor, type Webhook } from '../../src/application/webhooks/webhook-store.js';
import { ADMINISTRATION } from '../../src/domain/administration.js';
import { Writer } from '../kit/batches.js';
import { STORES } from './stores.js';

const webhook = (over: Partial<Webhook> = {}): Webhook => ({
  id: 'w1', name: 'COZ', url: 'https://coz.example/x', events: ['noteLogged', 'activationEnded'], secret: 'whsec_1', previousSecret: null, previousUntil: null,
  stopped: null, stoppedAt: null, createdBy: 'a1', createdAt: 1_000, ...over,
});
const FAILED: Partial<Cursor> = { failures: 3, failingSince: 2_000, notBefore: 9_000, failedAt: 5_000, failure: 'http-500' };

describe.each(STORES)('webhooks in %s', (_name, open) => {
  let store: Store;
  let administration: Writer;

  beforeEach(async () => {
    store = await open();
    administration = new Writer(ADMINISTRATION);
  });

  const change = (...accounts: AccountChange[]) => store.journal.append(administration.next({ accounts }));
  const put = (over: Partial<Webhook> = {}) => change({ change: 'webhook-put', webhook: webhook(over) });
  const activation = async (id: string, over: ConstructorParameters<typeof Writer>[1] = {}, entries = 3) => {
    const writer = new Writer(id, over);
    await store.journal.append(writer.next({ entries }));
    return writer;
  };
  const cursor = (over: Partial<Cursor> = {}): Cursor => ({ ...cursorAt('w1', 'r1', 0), ...over });

  test('a webhook is written with the entry that says so, changed, and found', async () => {
    await put();
    await put({ id: 'w2', events: null, createdAt: 500, previousSecret: 'whsec_0', previousUntil: 7_000 });
    await put({ stopped: 'gone', stoppedAt: 4_000, url: 'https://autre.example/' });
    expect(await store.webhooks.list()).toEqual([
      webhook({ id: 'w2', events: null, createdAt: 500, previousSecret: 'whsec_0', previousUntil: 7_000 }),
      webhook({ stopped: 'gone', stoppedAt: 4_000, url: 'https://autre.example/' }),
    ]);
    expect(await store.webhooks.find('w2')).toMatchObject({ id: 'w2', events: null });
    expect(await store.webhooks.find('w3')).toBeUndefined();
  });

  test('a batch that is not written leaves no webhook', async () => {
    const stale = new Writer(ADMINISTRATION).next({ accounts: [{ change: 'webhook-put', webhook: webhook() }] });
    await put({ id: 'w2' });
    await expect(store.journal.append(stale)).rejects.toThrow();
    expect((await store.webhooks.list()).map(({ id }) => id)).toEqual(['w2']);
  });

  test('behind are the real activations alone, from zero where there is no cursor, the oldest first', async () => {
    await put();
    await activation('r2', { openedAt: 2_000 });
    await activation('r1', { openedAt: 1_000 });
    await activation('x1', { lane: 'exercise' });
    await activation('t1', { lane: 'test' });
    expect(await store.webhooks.behind(0)).toEqual([cursor(), cursor({ activation: 'r2' })]);
  });

  test('who has everything, who is stopped, who must wait is not behind', async () => {
    const writer = await activation('r1');
    await put();
    await put({ id: 'w2', stopped: 'by-hand' });
    await store.webhooks.move(cursor({ seq: 3, delivered: 3, deliveredAt: 1_000 }));
    expect(await store.webhooks.behind(0)).toEqual([]);
    await store.journal.append(writer.next());
    expect(await store.webhooks.behind(0)).toEqual([cursor({ seq: 3, delivered: 3, deliveredAt: 1_000 })]);
    await store.webhooks.move(cursor({ seq: 3, delivered: 3, ...FAILED }));
    expect(await store.webhooks.behind(8_999)).toEqual([]);
    expect(await store.webhooks.behind(9_000)).toEqual([cursor({ seq: 3, delivered: 3, ...FAILED })]);
  });

  test('a cursor never goes back', async () => {
    await activation('r1');
    await put();
    await store.webhooks.move(cursor({ seq: 2, delivered: 2 }));
    await store.webhooks.move(cursor({ seq: 1, delivered: 1 }));
    expect(await store.webhooks.cursors()).toEqual([cursor({ seq: 2, delivered: 2 })]);
  });

  test('a new webhook starts where its cursors say; what failed is forgotten on demand', async () => {
    await activation('r1');
    await change({ change: 'webhook-put', webhook: webhook() }, { change: 'cursor-put', webhook: 'w1', activation: 'r1', seq: 2 });
    expect(await store.webhooks.behind(0)).toEqual([cursor({ seq: 2 })]);
    await store.webhooks.move(cursor({ seq: 2, ...FAILED }));
    await change({ change: 'cursors-fresh', webhook: 'w1' });
    expect(await store.webhooks.behind(0)).toEqual([cursor({ seq: 2, failedAt: 5_000, failure: 'http-500' })]);
  });

  test('a webhook that is removed takes its cursors along, and no late answer brings them back', async () => {
    await activation('r1');
    await put();
    await put({ id: 'w2' });
    for (const id of ['w1', 'w2']) await store.webhooks.move(cursor({ webhook: id, seq: 1 }));
    await change({ change: 'webhook-removed', webhook: 'w1' });
    await store.webhooks.move(cursor({ seq: 2 }));
    expect(await store.webhooks.cursors()).toEqual([cursor({ webhook: 'w2', seq: 1 })]);
    expect((await store.webhooks.list()).map(({ id }) => id)).toEqual(['w2']);
  });
});

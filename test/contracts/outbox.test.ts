// What every Outbox keeps, whichever store is behind it.
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Store } from '../../src/adapters/persistence/store.js';
import { Writer } from '../kit/batches.js';
import { STORES } from './stores.js';

describe.each(STORES)('outbox in %s', (_name, open) => {
  let store: Store;
  let hour: Writer;
  let now: number;

  beforeEach(async () => {
    now = 1_000;
    store = await open(() => now);
    hour = new Writer('hour');
  });

  const put = (...ids: string[]) => store.journal.append(hour.next({ outbox: ids.map((id) => hour.effect(id)) }));
  const claim = async (limit = 10, leaseMs = 500) => (await store.outbox.claim(now, limit, leaseMs)).map(({ id, doubt }) => (doubt ? `${id}?` : id));

  test('gives effects back as they were written, with the stamp of their activation', async () => {
    await put('e1');
    expect(await store.outbox.claim(now, 10, 500)).toEqual([{ ...hour.effect('e1'), attempts: 1, doubt: false, stampedLane: 'real' }]);
  });

  test('hands out the oldest first, as many as asked, each to one taker', async () => {
    await put('z', 'a');
    now = 2_000;
    await put('m');
    expect(await claim(2)).toEqual(['z', 'a']);
    expect(await claim()).toEqual(['m']);
    expect(await claim()).toEqual([]);
  });

  test('rows whose lease ran out come back in doubt, and keep the place of their age', async () => {
    await put('e1', 'e2');
    await claim(1);
    now += 499;
    expect(await claim(1)).toEqual(['e2']);
    now += 1;
    expect(await claim()).toEqual(['e1?']);
    now += 500;
    expect(await store.outbox.claim(now, 10, 500)).toMatchObject([{ id: 'e1', attempts: 3, doubt: true }, { id: 'e2', attempts: 2, doubt: true }]);
  });

  test('a postponed row comes back at its instant, without doubt, after counting its attempt', async () => {
    await put('e1', 'e2');
    await claim();
    await store.outbox.postpone(['e1', 'unknown'], now + 100);
    now += 99;
    expect(await claim()).toEqual([]);
    now += 1;
    expect(await store.outbox.claim(now, 10, 500)).toMatchObject([{ id: 'e1', attempts: 2, doubt: false }]);
  });

  test('doubt outlives a postponement: waiting answers nothing', async () => {
    await put('e1');
    await claim();
    now += 500;
    expect(await claim()).toEqual(['e1?']);
    await store.outbox.postpone(['e1'], now);
    expect(await claim()).toEqual(['e1?']);
  });

  test('a settled row is gone with the batch that settles it', async () => {
    await put('e1', 'e2');
    await claim();
    await store.journal.append(hour.next({ settled: [{ id: 'e1', outcome: 'shown' }, { id: 'unknown', outcome: 'shown' }] }));
    now += 500;
    expect(await claim()).toEqual(['e2?']);
  });

  test('a buried row never comes back, waits for nobody, and its id stays taken, also when settled', async () => {
    await put('e1');
    await claim();
    await store.outbox.bury(['e1'], 'lane');
    await store.outbox.postpone(['e1'], 0);
    await store.journal.append(hour.next({ settled: [{ id: 'e1', outcome: 'failed' }] }));
    now += 10_000;
    expect(await claim()).toEqual([]);
    expect(await store.outbox.oldest()).toBeUndefined();
    await expect(put('e1')).rejects.toThrow();
  });

  test('tells since when the oldest one waits, sent or not', async () => {
    expect(await store.outbox.oldest()).toBeUndefined();
    await put('e1');
    now = 2_000;
    await put('e2');
    await claim();
    expect(await store.outbox.oldest()).toBe(1_000);
    await store.journal.append(hour.next({ settled: [{ id: 'e1', outcome: 'shown' }] }));
    expect(await store.outbox.oldest()).toBe(2_000);
  });

  test('counts those of which nobody knows whether they left: until they are settled or buried', async () => {
    await put('e1', 'e2', 'e3');
    await claim();
    expect(await store.outbox.doubts()).toBe(0);
    now += 10_000;
    await claim();
    expect(await store.outbox.doubts()).toBe(3);
    await store.journal.append(hour.next({ settled: [{ id: 'e1', outcome: 'doubt' }] }));
    await store.outbox.bury(['e2'], 'lane');
    expect(await store.outbox.doubts()).toBe(1);
  });

  test('an effect whose stamp is not that of its activation is given as it is, to be seen by the postman', async () => {
    const exercise = new Writer('exercise', { lane: 'exercise' });
    await store.journal.append(exercise.next({ outbox: [exercise.effect('e1', 'real')] }));
    expect(await store.outbox.claim(now, 10, 500)).toMatchObject([{ lane: 'real', stampedLane: 'exercise' }]);
  });
});

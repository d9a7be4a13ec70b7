// What every store of kept perimeters keeps, whichever is behind it.
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Store } from '../../src/adapters/persistence/store.js';
import type { AccountChange } from '../../src/application/ports.js';
import { ADMINISTRATION } from '../../src/domain/administration.js';
import type { KeptPerimeter } from '../../src/domain/outreach/kept.js';
import { Writer } from '../kit/batches.js';
import { STORES } from './stores.js';

const perimeter = (over: Partial<KeptPerimeter> = {}): KeptPerimeter => ({
  id: 'p1', name: 'PPI « Étoile »', circle1: ['76540', '76212'], circle2: [], createdBy: 'a1', changedAt: 10, ...over,
});

describe.each(STORES)('kept perimeters in %s', (_name, open) => {
  let store: Store;
  let administration: Writer;

  beforeEach(async () => {
    store = await open();
    administration = new Writer(ADMINISTRATION);
  });

  const change = (...accounts: AccountChange[]) => store.journal.append(administration.next({ accounts }));

  test('each is read as it was saved, by name', async () => {
    await change({ change: 'perimeter-put', perimeter: perimeter() });
    await change({ change: 'perimeter-put', perimeter: perimeter({ id: 'p0', name: 'Crue', circle1: [], circle2: ['2A004'] }) });
    expect(await store.perimeters.list()).toEqual([perimeter({ id: 'p0', name: 'Crue', circle1: [], circle2: ['2A004'] }), perimeter()]);
  });

  test('saved over, it is changed, and whoever created it stays; removed, it is gone', async () => {
    await change({ change: 'perimeter-put', perimeter: perimeter() });
    await change({ change: 'perimeter-put', perimeter: perimeter({ name: 'Autre', circle1: ['76351'], circle2: ['76540'], createdBy: 'a2', changedAt: 20 }) });
    expect(await store.perimeters.list()).toEqual([perimeter({ name: 'Autre', circle1: ['76351'], circle2: ['76540'], changedAt: 20 })]);
    await change({ change: 'perimeter-removed', perimeter: 'p1' });
    await change({ change: 'perimeter-removed', perimeter: 'p1' });
    expect(await store.perimeters.list()).toEqual([]);
  });

  test('a batch that is not written keeps nothing', async () => {
    const stale = new Writer(ADMINISTRATION).next({ accounts: [{ change: 'perimeter-put', perimeter: perimeter() }] });
    await change({ change: 'perimeter-put', perimeter: perimeter({ id: 'p2' }) });
    await expect(store.journal.append(stale)).rejects.toThrow();
    expect((await store.perimeters.list()).map(({ id }) => id)).toEqual(['p2']);
  });
});

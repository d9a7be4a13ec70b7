// What every store of the directory keeps, whichever is behind it.
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Store } from '../../src/adapters/persistence/store.js';
import { NO_COUNTS, type ImportRecord } from '../../src/application/directory/address-book.js';
import type { AccountChange } from '../../src/application/ports.js';
import { ADMINISTRATION } from '../../src/domain/administration.js';
import type { Person } from '../../src/domain/directory/person.js';
import type { NumberOutcome } from '../../src/domain/directory/quality.js';
import { Writer } from '../kit/batches.js';
import { STORES } from './stores.js';

const person = (id: string, version = 1, over: Partial<Person> = {}): Person => ({
  id, version, kind: 'official', lastName: 'Fictif', firstName: 'Anne', office: 'maire', title: 'maire', order: 0, commune: '76540', organisation: '',
  account: null, since: '2026-03-29', until: null, contacts: [{ kind: 'phone', number: '+33612345678', line: 'mobile', checkedAt: 5 }], changedAt: 1, ...over,
});
const record = (over: Partial<ImportRecord> = {}): ImportRecord => ({
  id: 'i1', kind: 'rne', fileName: 'maires.csv', by: 'a1', startedAt: 10, state: 'staging', at: 10, counts: NO_COUNTS, fault: null, ...over,
});

describe.each(STORES)('the directory in %s', (_name, open) => {
  let store: Store;
  let administration: Writer;

  beforeEach(async () => {
    store = await open();
    administration = new Writer(ADMINISTRATION);
  });

  const change = (...accounts: AccountChange[]) => store.journal.append(administration.next({ accounts }));
  const put = (one: Person) => change({ change: 'person-put', person: one });
  const ids = async () => (await store.addressBook.people('', 100)).map(({ id, version }) => `${id}@${version}`);

  test('the last version is in force; the one that was frozen is still read', async () => {
    await put(person('p2'));
    await put(person('p1'));
    await put(person('p1', 2, { lastName: 'Autre' }));
    expect(await ids()).toEqual(['p1@2', 'p2@1']);
    expect(await store.addressBook.people('p1', 1)).toEqual([person('p2')]);
    expect(await store.addressBook.person('p1')).toMatchObject({ lastName: 'Autre' });
    expect(await store.addressBook.person('p1', 1)).toEqual(person('p1'));
    expect(await store.addressBook.person('p3')).toBeUndefined();
  });

  test('a batch that is not written leaves nobody', async () => {
    const stale = new Writer(ADMINISTRATION).next({ accounts: [{ change: 'person-put', person: person('p1') }] });
    await put(person('p2'));
    await expect(store.journal.append(stale)).rejects.toThrow();
    expect(await ids()).toEqual(['p2@1']);
  });

  test('what an import stages is in force once it is applied, and no more once it is undone', async () => {
    await put(person('p1'));
    await store.addressBook.putImport(record());
    await store.addressBook.stage('i1', [person('p1', 2), person('p3')], [{ line: 2, action: 'changed', reason: null, person: 'p1', shown: 'x' }]);
    await store.addressBook.putImport(record({ state: 'rehearsed', at: 20, counts: { ...NO_COUNTS, read: 2, added: 1 } }));
    expect(await ids()).toEqual(['p1@1']);
    expect(await store.addressBook.lastVersions(['p1', 'p3', 'p9'])).toEqual(new Map([['p1', 2], ['p3', 1]]));
    await change({ change: 'import-moved', import: 'i1', state: 'applied', at: 30 });
    expect(await ids()).toEqual(['p1@2', 'p3@1']);
    expect(await store.addressBook.stagedBy('i1', 'p1', 10)).toEqual([person('p3')]);
    await put(person('p3', 2));
    await change({ change: 'import-moved', import: 'i1', state: 'undone', at: 40 });
    expect(await ids()).toEqual(['p1@1', 'p3@2']);
    expect(await store.addressBook.import('i1')).toEqual(record({ state: 'undone', at: 40, counts: { ...NO_COUNTS, read: 2, added: 1 } }));
  });

  test('the lines of a report come in their order, all or of one kind; an import that is dropped leaves none', async () => {
    const line = (n: number, action: 'added' | 'rejected') => ({ line: n, action, reason: action === 'added' ? null : 'x', person: null, shown: `l${n}` });
    await store.addressBook.putImport(record());
    await store.addressBook.putImport(record({ id: 'i0', startedAt: 90 }));
    await store.addressBook.stage('i1', [person('p1')], [line(2, 'added'), line(3, 'rejected')]);
    await store.addressBook.stage('i1', [], [line(4, 'added')]);
    expect((await store.addressBook.imports()).map(({ id }) => id)).toEqual(['i0', 'i1']);
    expect((await store.addressBook.lines('i1', 0, 2)).map(({ shown }) => shown)).toEqual(['l2', 'l3']);
    expect((await store.addressBook.lines('i1', 2, 9)).map(({ shown }) => shown)).toEqual(['l4']);
    expect((await store.addressBook.lines('i1', 0, 9, 'rejected')).map(({ line: n }) => n)).toEqual([3]);
    while (await store.addressBook.clear('i1', 2, 'lines'));
    expect(await store.addressBook.lines('i1', 0, 9)).toEqual([]);
    expect(await store.addressBook.lastVersions(['p1'])).toEqual(new Map([['p1', 1]]));
    while (await store.addressBook.clear('i1', 2, 'all'));
    expect(await store.addressBook.lines('i1', 0, 9)).toEqual([]);
    expect(await store.addressBook.lastVersions(['p1'])).toEqual(new Map());
  });

  test('erased, nobody is left of any version, nor of a report', async () => {
    await put(person('p1'));
    await store.addressBook.putImport(record());
    await store.addressBook.stage('i1', [person('p1', 2)], [{ line: 2, action: 'changed', reason: null, person: 'p1', shown: 'Anne Fictif' }]);
    await change({ change: 'people-erased', people: ['p1'] });
    expect(await ids()).toEqual([]);
    expect(await store.addressBook.person('p1', 1)).toBeUndefined();
    expect((await store.addressBook.lines('i1', 0, 9))[0]).toMatchObject({ shown: '', person: null });
  });

  test('the contours that were applied last are in force; undone, those before them are again', async () => {
    const shape = (commune: string, x = 0) => ({ commune, rings: [[x, 0, 1, 0, 1, 1]], neighbours: [] });
    for (const [id, x] of [['i1', 1], ['i2', 2]] as const) {
      await store.addressBook.putImport(record({ id, kind: 'contours' }));
      await store.addressBook.stageShapes(id, [shape('76540', x), shape('76001', x)]);
    }
    expect(await store.addressBook.shapes('', 9)).toEqual([]);
    await change({ change: 'import-moved', import: 'i1', state: 'applied', at: 30 });
    expect(await store.addressBook.shapes('', 9)).toEqual([shape('76001', 1), shape('76540', 1)]);
    await change({ change: 'import-moved', import: 'i2', state: 'applied', at: 40 });
    expect(await store.addressBook.shapes('76001', 1)).toEqual([shape('76540', 2)]);
    await change({ change: 'import-moved', import: 'i2', state: 'undone', at: 50 });
    expect(await store.addressBook.shapes('', 1)).toEqual([shape('76001', 1)]);
  });

  test('what the columns of a header hold is kept, the last time it was said', async () => {
    expect(await store.addressBook.mapping('commune nom')).toBeUndefined();
    await store.addressBook.putMapping('commune nom', ['commune', 'ignored']);
    await store.addressBook.putMapping('commune nom', ['commune', '1.name']);
    expect(await store.addressBook.mapping('commune nom')).toEqual(['commune', '1.name']);
  });

  test('of each number the last call counts, whatever the order in which calls are noted; it goes with the person', async () => {
    await put(person('p1'));
    const note = (person: string, number: string, outcome: NumberOutcome, at: number) => store.addressBook.noteOutcomes([{ person, number, outcome, at }]);
    await note('p2', '+33612345678', 'acknowledged', 7);
    await note('p1', '+33612345678', 'wrong-number', 20);
    await note('p1', '+33612345678', 'acknowledged', 10);
    await note('p1', '+33235123456', 'acknowledged', 10);
    await note('p1', '+33235123456', 'no-answer', 10);
    expect(await store.addressBook.outcomes()).toEqual([
      { person: 'p1', number: '+33235123456', outcome: 'no-answer', at: 10 },
      { person: 'p1', number: '+33612345678', outcome: 'wrong-number', at: 20 },
      { person: 'p2', number: '+33612345678', outcome: 'acknowledged', at: 7 },
    ]);
    await change({ change: 'people-erased', people: ['p1'] });
    expect((await store.addressBook.outcomes()).map((one) => one.person)).toEqual(['p2']);
  });
});

// What every store of on-call calendars keeps, whichever is behind it.
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Store } from '../../src/adapters/persistence/store.js';
import { NO_CONTENT, type Calendar, type CalendarContent } from '../../src/application/on-call/calendar-store.js';
import type { AccountChange } from '../../src/application/ports.js';
import { ADMINISTRATION } from '../../src/domain/administration.js';
import { Writer } from '../kit/batches.js';
import { STORES } from './stores.js';

const URL = 'https://agenda.example/aa.ics';
const calendar = (over: Partial<Calendar> = {}): Calendar => ({
  id: 'c1', function: 'AA', name: 'Astreinte communication', url: URL, covers: 'always', createdBy: 'a1', createdAt: 10, ...over,
});
const content = (over: Partial<CalendarContent> = {}): CalendarContent => ({ ...NO_CONTENT, content: 'BEGIN:VCALENDAR', contentAt: 20, etag: '"1"', triedAt: 20, ...over });

describe.each(STORES)('calendars in %s', (_name, open) => {
  let store: Store;
  let administration: Writer;

  beforeEach(async () => {
    store = await open();
    administration = new Writer(ADMINISTRATION);
  });

  const change = (...accounts: AccountChange[]) => store.journal.append(administration.next({ accounts }));
  const put = (over: Partial<Calendar> = {}, read?: CalendarContent) => change({ change: 'calendar-put', calendar: calendar(over), ...(read ? { content: read } : {}) });

  test('one is written with the entry that says so, with or without what was read of it, in the order of their adding', async () => {
    await put({ id: 'c2', createdAt: 20, url: null, covers: 'off-hours' }, content());
    await put();
    expect(await store.calendars.list()).toEqual([{ ...calendar(), ...NO_CONTENT }, { ...calendar({ id: 'c2', createdAt: 20, url: null, covers: 'off-hours' }), ...content() }]);
  });

  test('a batch that is not written leaves none', async () => {
    const stale = new Writer(ADMINISTRATION).next({ accounts: [{ change: 'calendar-put', calendar: calendar() }] });
    await put({ id: 'c2' });
    await expect(store.journal.append(stale)).rejects.toThrow();
    expect((await store.calendars.list()).map(({ id }) => id)).toEqual(['c2']);
  });

  test('changed, it keeps what was read of it, who added it and when; or takes what comes along', async () => {
    await put({}, content());
    await put({ name: 'Autre nom', createdBy: 'a2', createdAt: 99 });
    expect(await store.calendars.list()).toEqual([{ ...calendar({ name: 'Autre nom' }), ...content() }]);
    await put({ url: null }, content({ content: 'autre', etag: null }));
    expect(await store.calendars.list()).toMatchObject([{ url: null, content: 'autre', etag: null }]);
  });

  test('what was fetched is kept; not for another address, nor for one that was removed meanwhile', async () => {
    await put({}, content());
    await store.calendars.fetched('c1', URL, content({ content: 'nouveau', contentAt: 30, triedAt: 30, fault: 'no-answer', lastModified: 'hier' }));
    expect(await store.calendars.list()).toMatchObject([{ content: 'nouveau', contentAt: 30, fault: 'no-answer', lastModified: 'hier' }]);
    await put({ url: 'https://autre.example/' });
    await store.calendars.fetched('c1', URL, content({ content: 'en retard' }));
    expect(await store.calendars.list()).toMatchObject([{ content: 'nouveau' }]);
    await change({ change: 'calendar-removed', calendar: 'c1' });
    await store.calendars.fetched('c1', 'https://autre.example/', content());
    expect(await store.calendars.list()).toEqual([]);
  });
});

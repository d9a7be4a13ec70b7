import { Calendars, NO_CONTENT, type Calendar, type CalendarChange, type CalendarContent } from '../../application/on-call/calendar-store.js';
import type { RawHandle } from './raw-handle.js';

/** Calendars of who is on call in SQLite: what was decided comes with the administration's journal, what was fetched is one statement. */
export class CalendarsSqlite extends Calendars {
  readonly #handle: RawHandle;
  readonly #sql: ReturnType<typeof prepare>;

  constructor(handle: RawHandle) {
    super();
    this.#handle = handle;
    this.#sql = prepare(handle);
  }

  override async list(): Promise<(Calendar & CalendarContent)[]> {
    return this.#sql.list.all();
  }

  override async fetched(id: string, url: string, c: CalendarContent): Promise<void> {
    this.#handle.write(() => this.#sql.fetched.run(c.content, c.contentAt, c.etag, c.lastModified, c.triedAt, c.fault, id, url));
  }
}

/** Inside the transaction of the batch, like the changes of accounts. */
export function calendarWriter(handle: RawHandle): (change: CalendarChange) => void {
  const add = handle.prepare<unknown[]>(
    `INSERT INTO calendars (id, function, name, url, covers, createdBy, createdAt) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET function = excluded.function, name = excluded.name, url = excluded.url, covers = excluded.covers`,
  );
  const read = handle.prepare<unknown[]>('UPDATE calendars SET content = ?, contentAt = ?, etag = ?, lastModified = ?, triedAt = ?, fault = ? WHERE id = ?');
  const remove = handle.prepare<[string]>('DELETE FROM calendars WHERE id = ?');
  return (change) => {
    if (change.change === 'calendar-removed') {
      remove.run(change.calendar);
      return;
    }
    const { calendar: c, content } = change;
    add.run(c.id, c.function, c.name, c.url, c.covers, c.createdBy, c.createdAt);
    if (content) read.run(content.content, content.contentAt, content.etag, content.lastModified, content.triedAt, content.fault, c.id);
  };
}

function prepare(handle: RawHandle) {
  return {
    list: handle.prepare<[], Calendar & CalendarContent>(
      `SELECT id, function, name, url, covers, createdBy, createdAt, ${Object.keys(NO_CONTENT).join(', ')} FROM calendars ORDER BY createdAt, id`,
    ),
    fetched: handle.prepare<unknown[]>(
      'UPDATE calendars SET content = ?, contentAt = ?, etag = ?, lastModified = ?, triedAt = ?, fault = ? WHERE id = ? AND url = ?',
    ),
  };
}

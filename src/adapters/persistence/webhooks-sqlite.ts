import { Webhooks, type Cursor, type Webhook, type WebhookChange } from '../../application/webhooks/webhook-store.js';
import type { Ms } from '../../domain/time.js';
import type { RawHandle } from './raw-handle.js';

type Stored = Omit<Webhook, 'events'> & { events: string | null };

/** Webhooks and their cursors in SQLite. The first change with the administration's journal, the second are one statement. */
export class WebhooksSqlite extends Webhooks {
  readonly #handle: RawHandle;
  readonly #sql: ReturnType<typeof prepare>;

  constructor(handle: RawHandle) {
    super();
    this.#handle = handle;
    this.#sql = prepare(handle);
  }

  override async list(): Promise<Webhook[]> {
    return this.#sql.list.all().map(toWebhook);
  }

  override async find(id: string): Promise<Webhook | undefined> {
    const found = this.#sql.find.get(id);
    return found && toWebhook(found);
  }

  override async cursors(): Promise<Cursor[]> {
    return this.#sql.cursors.all();
  }

  override async behind(now: Ms): Promise<Cursor[]> {
    return this.#sql.behind.all(now);
  }

  override async move(c: Cursor): Promise<void> {
    this.#handle.write(() =>
      this.#sql.move.run(c.activation, c.seq, c.delivered, c.failures, c.failingSince, c.notBefore, c.deliveredAt, c.failedAt, c.failure, c.webhook));
  }
}

/** Inside the transaction of the batch, like the changes of accounts. */
export function webhookWriter(handle: RawHandle): (change: WebhookChange) => void {
  const put = handle.prepare<unknown[]>(
    `INSERT INTO webhooks (id, name, url, events, secret, previousSecret, previousUntil, stopped, stoppedAt, createdBy, createdAt)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, url = excluded.url, events = excluded.events, secret = excluded.secret,
       previousSecret = excluded.previousSecret, previousUntil = excluded.previousUntil, stopped = excluded.stopped, stoppedAt = excluded.stoppedAt`,
  );
  const start = handle.prepare<[string, string, number]>('INSERT INTO webhook_cursors (webhook, activation, seq) VALUES (?, ?, ?)');
  const fresh = handle.prepare<[string]>('UPDATE webhook_cursors SET failures = 0, failingSince = NULL, notBefore = 0 WHERE webhook = ?');
  const remove = handle.prepare<[string]>('DELETE FROM webhooks WHERE id = ?');

  return (change) => {
    switch (change.change) {
      case 'webhook-put': {
        const { webhook: w } = change;
        put.run(
          w.id, w.name, w.url, w.events && JSON.stringify(w.events), w.secret, w.previousSecret, w.previousUntil, w.stopped, w.stoppedAt,
          w.createdBy, w.createdAt,
        );
        return;
      }
      case 'cursor-put':
        start.run(change.webhook, change.activation, change.seq);
        return;
      case 'cursors-fresh':
        fresh.run(change.webhook);
        return;
      case 'webhook-removed':
        remove.run(change.webhook);
    }
  };
}

function toWebhook({ events, ...rest }: Stored): Webhook {
  return { ...rest, events: events === null ? null : (JSON.parse(events) as Webhook['events']) };
}

const CURSOR = 'webhook, activation, seq, delivered, failures, failingSince, notBefore, deliveredAt, failedAt, failure';

function prepare(handle: RawHandle) {
  return {
    list: handle.prepare<[], Stored>('SELECT * FROM webhooks ORDER BY createdAt, id'),
    find: handle.prepare<[string], Stored>('SELECT * FROM webhooks WHERE id = ?'),
    cursors: handle.prepare<[], Cursor>(`SELECT ${CURSOR} FROM webhook_cursors`),
    // Lane `real` and no other: an exercise leaves nothing behind to be sent.
    behind: handle.prepare<[Ms], Cursor>(
      `SELECT w.id AS webhook, a.id AS activation, coalesce(c.seq, 0) AS seq, coalesce(c.delivered, 0) AS delivered, coalesce(c.failures, 0) AS failures,
         c.failingSince, coalesce(c.notBefore, 0) AS notBefore, c.deliveredAt, c.failedAt, c.failure
       FROM webhooks w JOIN activations a ON a.lane = 'real' AND a.id <> 'administration'
         LEFT JOIN webhook_cursors c ON c.webhook = w.id AND c.activation = a.id
       WHERE w.stopped IS NULL AND a.seq > coalesce(c.seq, 0) AND coalesce(c.notBefore, 0) <= ?
       ORDER BY a.openedAt, a.id, w.id`,
    ),
    move: handle.prepare<unknown[]>(
      `INSERT INTO webhook_cursors (webhook, activation, seq, delivered, failures, failingSince, notBefore, deliveredAt, failedAt, failure)
       SELECT id, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM webhooks WHERE id = ?
       ON CONFLICT (webhook, activation) DO UPDATE SET seq = excluded.seq, delivered = excluded.delivered, failures = excluded.failures,
         failingSince = excluded.failingSince, notBefore = excluded.notBefore, deliveredAt = excluded.deliveredAt, failedAt = excluded.failedAt,
         failure = excluded.failure
       WHERE excluded.seq >= webhook_cursors.seq`,
    ),
  };
}

import { Webhooks, cursorAt, type Cursor, type Webhook, type WebhookChange } from '../../src/application/webhooks/webhook-store.js';
import type { Summary } from '../../src/application/ports.js';
import { ADMINISTRATION } from '../../src/domain/administration.js';
import type { Ms } from '../../src/domain/time.js';

const keyOf = (webhook: string, activation: string) => `${webhook} ${activation}`;

/** Webhooks and cursors in plain maps, under the same contract suite as SQLite. */
export class MemoryWebhooks extends Webhooks {
  readonly #webhooks = new Map<string, Webhook>();
  readonly #cursors = new Map<string, Cursor>();

  constructor(
    private readonly summaries: ReadonlyMap<string, Summary>,
    private readonly mustWrite: () => void,
  ) {
    super();
  }

  /** With the batch of the journal. */
  apply(change: WebhookChange): void {
    switch (change.change) {
      case 'webhook-put':
        this.#webhooks.set(change.webhook.id, structuredClone(change.webhook));
        return;
      case 'cursor-put':
        this.#cursors.set(keyOf(change.webhook, change.activation), cursorAt(change.webhook, change.activation, change.seq));
        return;
      case 'cursors-fresh':
        for (const cursor of this.#of(change.webhook)) Object.assign(cursor, { failures: 0, failingSince: null, notBefore: 0 });
        return;
      case 'webhook-removed':
        this.#webhooks.delete(change.webhook);
        for (const { webhook, activation } of this.#of(change.webhook)) this.#cursors.delete(keyOf(webhook, activation));
    }
  }

  #of(webhook: string): Cursor[] {
    return [...this.#cursors.values()].filter((cursor) => cursor.webhook === webhook);
  }

  override async list(): Promise<Webhook[]> {
    return structuredClone([...this.#webhooks.values()].sort((x, y) => x.createdAt - y.createdAt || (x.id < y.id ? -1 : 1)));
  }

  override async find(id: string): Promise<Webhook | undefined> {
    return structuredClone(this.#webhooks.get(id));
  }

  override async cursors(): Promise<Cursor[]> {
    return structuredClone([...this.#cursors.values()]);
  }

  override async behind(now: Ms): Promise<Cursor[]> {
    const real = [...this.summaries.values()].filter(({ id, lane }) => lane === 'real' && id !== ADMINISTRATION);
    const running = (await this.list()).filter(({ stopped }) => stopped === null);
    return real.sort((x, y) => x.openedAt - y.openedAt || (x.id < y.id ? -1 : 1)).flatMap(({ id, seq }) => running.flatMap((webhook) => {
      const cursor = structuredClone(this.#cursors.get(keyOf(webhook.id, id))) ?? cursorAt(webhook.id, id, 0);
      return seq > cursor.seq && cursor.notBefore <= now ? [cursor] : [];
    }));
  }

  override async move(cursor: Cursor): Promise<void> {
    this.mustWrite();
    const key = keyOf(cursor.webhook, cursor.activation);
    if (!this.#webhooks.has(cursor.webhook) || cursor.seq < (this.#cursors.get(key)?.seq ?? 0)) return;
    this.#cursors.set(key, structuredClone(cursor));
  }
}

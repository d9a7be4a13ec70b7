import { decideAdministration, type AdminCommand } from '../../domain/administration-rules.js';
import type { EventType } from '../../domain/events.js';
import { isRefusal, refuse, type Refusal } from '../../domain/refusal.js';
import type { Ms } from '../../domain/time.js';
import { FORMER_SECRET_LIVES, type WebhookCommand } from '../../domain/webhooks.js';
import type { Actor, Administration } from '../administration.js';
import type { Outside } from '../outside.js';
import type { AccountChange, Clock, Journal, Random } from '../ports.js';
import { waitingSince, type Courier } from './courier.js';
import type { Outcome, WebhookSigner } from './sender.js';
import { cursorAt, type Cursor, type Webhook, type Webhooks } from './webhook-store.js';

export interface WantedWebhook {
  name: string;
  url: string;
  events: EventType[] | null;
}
/** What an administrator sees of one: never its secret. */
export type WebhookLine = Omit<Webhook, 'secret' | 'previousSecret'> & {
  /** One for each activation that it was told of, or waits for, the latest first. */
  activations: (Omit<Cursor, 'webhook'> & { head: number; waitingSince: Ms | null })[];
};

/** The administration of webhooks: each act is an entry of the administration's journal and its row, in one transaction. */
export class Endpoints {
  constructor(
    private readonly administration: Administration,
    private readonly webhooks: Webhooks,
    private readonly journal: Journal,
    private readonly courier: Courier,
    private readonly outside: Outside,
    private readonly signer: WebhookSigner,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  async list(): Promise<WebhookLine[]> {
    const [webhooks, cursors, summaries] = await Promise.all([this.webhooks.list(), this.webhooks.cursors(), this.journal.summaries()]);
    const real = summaries.filter(({ lane }) => lane === 'real').reverse();
    return Promise.all(webhooks.map(async ({ secret: _, previousSecret: __, previousUntil, ...webhook }) => ({
      ...webhook, previousUntil: previousUntil !== null && previousUntil > this.clock.wall() ? previousUntil : null,
      activations: (await Promise.all(real.map(async ({ id, seq: head }) => {
        const { webhook: ___, ...cursor } = cursors.find((one) => one.webhook === webhook.id && one.activation === id) ?? cursorAt(webhook.id, id, 0);
        return { ...cursor, head, waitingSince: head > cursor.seq ? ((await waitingSince(this.journal, { ...cursor, webhook: webhook.id })) ?? null) : null };
      }))).filter(({ delivered, waitingSince: waits, failures }) => delivered > 0 || waits !== null || failures > 0),
    })));
  }

  /** From the present on: later entries, and activations that open later; or from the beginning of those that run. */
  async add(actor: Actor, wanted: WantedWebhook & { from: 'now' | 'running' }): Promise<{ webhook: string; secret: string } | Refusal> {
    const { from, ...described } = wanted;
    const id = this.random.id();
    const secret = this.#newSecret();
    const fault = this.#fault(wanted.url);
    const written = await this.#write(actor, { type: 'add-webhook', webhook: id, events: wanted.events }, async (now) => {
      if (fault) return fault;
      const webhook: Webhook = {
        id, ...described, secret, previousSecret: null, previousUntil: null, stopped: null, stoppedAt: null, createdBy: actor.id, createdAt: now,
      };
      const passed = (await this.journal.summaries()).filter(({ lane, life }) => lane === 'real' && !(from === 'running' && life === 'running'));
      return [{ change: 'webhook-put', webhook }, ...passed.map(({ id: activation, seq }) => ({ change: 'cursor-put', webhook: id, activation, seq }) as const)];
    });
    return written ?? { webhook: id, secret };
  }

  /** A new address is tried at once, whatever the former one did. */
  async change(actor: Actor, id: string, wanted: WantedWebhook): Promise<Refusal | undefined> {
    const fault = this.#fault(wanted.url);
    return this.#write(actor, { type: 'change-webhook', webhook: id, events: wanted.events }, async () =>
      fault ?? this.#changed(id, (webhook) => ({ ...webhook, ...wanted }), { change: 'cursors-fresh', webhook: id }));
  }

  async renewSecret(actor: Actor, id: string): Promise<{ secret: string; formerUntil: Ms } | Refusal> {
    const secret = this.#newSecret();
    let formerUntil = 0;
    const written = await this.#write(actor, { type: 'renew-webhook-secret', webhook: id }, (now) => {
      formerUntil = now + FORMER_SECRET_LIVES;
      return this.#changed(id, (webhook) => ({ ...webhook, secret, previousSecret: webhook.secret, previousUntil: formerUntil }));
    });
    return written ?? { secret, formerUntil };
  }

  suspend(actor: Actor, id: string): Promise<Refusal | undefined> {
    return this.#write(actor, { type: 'suspend-webhook', webhook: id }, (now) => this.#changed(id, (webhook) => ({ ...webhook, stopped: 'by-hand', stoppedAt: now })));
  }

  /** What waited meanwhile is sent, from the cursors on. */
  resume(actor: Actor, id: string): Promise<Refusal | undefined> {
    return this.#write(actor, { type: 'resume-webhook', webhook: id }, () =>
      this.#changed(id, (webhook) => ({ ...webhook, stopped: null, stoppedAt: null }), { change: 'cursors-fresh', webhook: id }));
  }

  withdraw(actor: Actor, id: string): Promise<Refusal | undefined> {
    return this.#write(actor, { type: 'remove-webhook', webhook: id }, async () => [{ change: 'webhook-removed', webhook: id }]);
  }

  async test(id: string): Promise<(Outcome & { tookMs: Ms }) | Refusal> {
    const webhook = await this.webhooks.find(id);
    return webhook ? this.courier.ping(webhook) : refuse('unknown-webhook');
  }

  async #write(actor: Actor, command: WebhookCommand & AdminCommand, rows: (now: Ms) => Promise<AccountChange[] | Refusal>): Promise<Refusal | undefined> {
    const written = await this.administration.write(actor, async (state, now) => {
      const events = decideAdministration(state, command, { rights: actor.rights, now });
      if (isRefusal(events) || events.length === 0) return isRefusal(events) ? events : { events };
      const changes = await rows(now);
      return isRefusal(changes) ? changes : { events, changes };
    });
    return isRefusal(written) ? written : undefined;
  }

  async #changed(id: string, change: (webhook: Webhook) => Webhook, ...more: AccountChange[]): Promise<AccountChange[] | Refusal> {
    const webhook = await this.webhooks.find(id);
    return webhook ? [{ change: 'webhook-put', webhook: change(webhook) }, ...more] : refuse('unknown-webhook');
  }

  #fault(url: string): Refusal | undefined {
    const why = this.outside.faultOf(url);
    return why && refuse('address-refused', { why });
  }

  #newSecret(): string {
    return this.signer.secret(this.random.id() + this.random.id());
  }
}

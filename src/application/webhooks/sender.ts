import type { ActivationEntry } from '../../domain/events.js';
import { toInstant, toMs, type Ms } from '../../domain/time.js';
import { OutsideFailed, type Outside } from '../outside.js';
import type { Clock } from '../ports.js';
import type { Webhook } from './webhook-store.js';

/** Secrets and signatures of Standard Webhooks. */
export abstract class WebhookSigner {
  /** `whsec_…` from random hexadecimal. */
  abstract secret(hex: string): string;
  /** `v1,…` over the signed content. */
  abstract signature(secret: string, content: string): string;
}

export type Outcome = { delivered: true } | { delivered: false; failure: string; gone?: boolean; askedFor?: Ms };

/** Signs a message as Standard Webhooks has it, and posts it. It knows one lane: what bears another never reaches the line. */
export class Sender {
  constructor(
    private readonly outside: Outside,
    private readonly signer: WebhookSigner,
    private readonly clock: Clock,
    private readonly alarm: (message: string, details: object) => void,
  ) {}

  /** The id is derived: sent again, the entry is known again. */
  async entry(webhook: Webhook, entry: ActivationEntry, signal: AbortSignal): Promise<Outcome> {
    const { activation, lane, seq, type, recordedAt } = entry;
    if (lane !== 'real') {
      this.alarm('webhook: an entry of another lane was not sent', { webhook: webhook.id, activation, lane, seq });
      return { delivered: false, failure: 'lane' };
    }
    const body = { type: `temps-zero.${type}`, timestamp: recordedAt, data: { activation, lane, seq, entry } };
    return this.#post(webhook, `msg_${webhook.id}_${activation}_${seq}`, body, signal);
  }

  /** Says that the line works, and nothing of any activation. */
  ping(webhook: Webhook, id: string, signal: AbortSignal): Promise<Outcome> {
    const body = { type: 'temps-zero.ping', timestamp: toInstant(this.clock.wall()), data: { test: true, message: 'Essai demandé par un administrateur.' } };
    return this.#post(webhook, `msg_${webhook.id}_ping_${id}`, body, signal);
  }

  async #post(webhook: Webhook, id: string, message: object, signal: AbortSignal): Promise<Outcome> {
    const now = this.clock.wall();
    const timestamp = Math.floor(now / 1_000);
    const body = JSON.stringify(message);
    const former = webhook.previousSecret !== null && now < (webhook.previousUntil ?? 0) ? [webhook.previousSecret] : [];
    const signatures = [webhook.secret, ...former].map((secret) => this.signer.signature(secret, `${id}.${timestamp}.${body}`));
    try {
      const { status, retryAfter } = await this.outside.request({
        method: 'POST', url: webhook.url, body, mostBytes: 0, signal,
        headers: {
          'content-type': 'application/json', 'user-agent': 'temps-zero',
          'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signatures.join(' '),
        },
      });
      if (status >= 200 && status < 300) return { delivered: true };
      const askedFor = status === 429 || status === 503 ? pauseAskedFor(retryAfter, now) : 0;
      return { delivered: false, failure: `http-${status}`, gone: status === 410, askedFor };
    } catch (error) {
      if (error instanceof OutsideFailed) return { delivered: false, failure: error.fault };
      throw error;
    }
  }
}

/** `Retry-After`: seconds, or a date. */
function pauseAskedFor(header: string | undefined, now: Ms): Ms {
  if (header === undefined) return 0;
  const asked = /^\d{1,9}$/.test(header) ? Number(header) * 1_000 : toMs(header) - now;
  return Number.isFinite(asked) ? Math.max(0, asked) : 0;
}

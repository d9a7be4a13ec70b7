import type { AdministrationEvent, AdministrationState, WebhookStop } from './administration.js';
import { maskFor } from './activation.js';
import type { ActivationEntry, EventType } from './events.js';
import { refuse, type Refusal } from './refusal.js';
import { HOUR, MINUTE, SECOND, type Ms } from './time.js';

/** More would be a mistake, and each costs a look at every activation. */
export const MOST_WEBHOOKS = 20;
/** An answer is awaited so long; what comes later counts for nothing. */
export const ANSWER_WITHIN: Ms = 15 * SECOND;
/** After so long without a single success, an administrator must look. */
export const GIVE_UP_AFTER: Ms = 3 * 24 * HOUR;
/** A receiver that asks for more time gets so much at most. */
export const LONGEST_PAUSE: Ms = HOUR;
/** The former secret still signs so long after its renewal: the receiver changes it at its own pace. */
export const FORMER_SECRET_LIVES: Ms = 24 * HOUR;

const PAUSES: readonly Ms[] = [5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR];

/** How long to wait after so many failures in a row; `chance`, in [0, 1), spreads those that failed together. */
export function pauseAfter(failures: number, chance: number, askedFor: Ms = 0): Ms {
  const usual = PAUSES[Math.min(failures, PAUSES.length) - 1]!;
  return Math.round(Math.max(usual * (0.8 + 0.4 * chance), Math.min(askedFor, LONGEST_PAUSE)));
}

/** What a webhook is told of an entry: what a board of the cell sees. Undefined: the number alone moves on. */
export function told(events: readonly EventType[] | null, entry: ActivationEntry): ActivationEntry | undefined {
  const seen = maskFor('cell', entry);
  return 'withheld' in seen || (events && !events.includes(seen.type)) ? undefined : seen;
}

export type WebhookCommand =
  | { type: 'add-webhook'; webhook: string; events: readonly EventType[] | null }
  | { type: 'change-webhook'; webhook: string; events: readonly EventType[] | null }
  | { type: 'renew-webhook-secret'; webhook: string }
  | { type: 'suspend-webhook'; webhook: string }
  | { type: 'resume-webhook'; webhook: string }
  | { type: 'remove-webhook'; webhook: string };

export function decideWebhook(a: Readonly<AdministrationState>, command: WebhookCommand): AdministrationEvent[] | Refusal {
  const { webhook } = command;
  if (command.type === 'add-webhook') {
    if (a.webhooks.size >= MOST_WEBHOOKS) return refuse('too-many-webhooks', { most: MOST_WEBHOOKS });
    return [{ type: 'webhookAdded', payload: { webhook, events: command.events && [...command.events] } }];
  }
  const known = a.webhooks.get(webhook);
  if (!known) return refuse('unknown-webhook');
  switch (command.type) {
    case 'change-webhook': return [{ type: 'webhookChanged', payload: { webhook, events: command.events && [...command.events] } }];
    case 'renew-webhook-secret': return [{ type: 'webhookSecretRenewed', payload: { webhook } }];
    case 'suspend-webhook': return stopWebhook(a, webhook, 'by-hand');
    case 'resume-webhook': return known.stopped ? [{ type: 'webhookResumed', payload: { webhook } }] : [];
    case 'remove-webhook': return [{ type: 'webhookRemoved', payload: { webhook } }];
  }
}

/** The house stops one too; whoever stopped it first stays the reason. */
export function stopWebhook(a: Readonly<AdministrationState>, webhook: string, why: WebhookStop): AdministrationEvent[] {
  const known = a.webhooks.get(webhook);
  return known && known.stopped === null ? [{ type: 'webhookStopped', payload: { webhook, why } }] : [];
}

import { z } from 'zod';
import type { WebhookStop } from '../domain/administration.js';
import type { EventType } from '../domain/events.js';
import type { Ms } from '../domain/time.js';
import { TOLD_TYPES } from './event-names.js';
import type { PeopleOperation } from './people.js';

const described = {
  name: z.string().trim().min(1).max(120),
  url: z.string().trim().min(1).max(2_000),
  /** Types of entries, in English as the journal has them; null: all that the cell sees. */
  events: z.array(z.enum(TOLD_TYPES as [EventType, ...EventType[]])).min(1).max(TOLD_TYPES.length).transform((types) => [...new Set(types)]).nullable().default(null),
};
export const newWebhookOrder = z.strictObject({ ...described, from: z.enum(['now', 'running']).default('now') });
export const changeWebhookOrder = z.strictObject(described);
const nothing = z.strictObject({});

/** `GET /api/webhooks`: never a secret. */
export interface WebhookLine {
  id: string;
  name: string;
  url: string;
  events: EventType[] | null;
  /** Null while it works. */
  stopped: WebhookStop | null;
  stoppedAt: Ms | null;
  /** Until then the former secret signs too. */
  previousUntil: Ms | null;
  createdBy: string;
  createdAt: Ms;
  /** Of each activation that it was told of, or waits for; the latest first. */
  activations: WebhookProgress[];
}
export interface WebhookProgress {
  activation: string;
  /** Delivered or passed over up to this number, of so many. */
  seq: number;
  head: number;
  delivered: number;
  failures: number;
  failingSince: Ms | null;
  notBefore: Ms;
  deliveredAt: Ms | null;
  failedAt: Ms | null;
  /** A fault of the line (`no-answer`, `private-address`…), or `http-500`. */
  failure: string | null;
  /** When the oldest entry that waits was recorded. */
  waitingSince: Ms | null;
}
/** `POST /api/webhooks`, and `…/renew-secret`: the secret is shown once. */
export interface WebhookIssued {
  webhook: string;
  secret: string;
  formerUntil: Ms | null;
}
/** `POST /api/webhooks/{id}/test` */
export interface WebhookTested {
  delivered: boolean;
  failure: string | null;
  tookMs: Ms;
}

/** THE list of operations on webhooks, as the generated document shows it. Who may use each: ADMIN_OPERATIONS in the domain. */
export const WEBHOOK_OPERATIONS = {
  'list-webhooks': { method: 'GET', path: '/api/webhooks', access: 'signed-in', says: 'Les webhooks et où ils en sont' },
  'add-webhook': { method: 'POST', path: '/api/webhooks', access: 'signed-in', says: 'Ajouter un webhook ; son secret n’est montré qu’une fois', body: newWebhookOrder },
  'change-webhook': { method: 'POST', path: '/api/webhooks/{id}/change', access: 'signed-in', says: 'Changer nom, adresse ou événements', body: changeWebhookOrder },
  'renew-webhook-secret': { method: 'POST', path: '/api/webhooks/{id}/renew-secret', access: 'signed-in', says: 'Renouveler le secret ; l’ancien signe encore 24 heures', body: nothing },
  'suspend-webhook': { method: 'POST', path: '/api/webhooks/{id}/suspend', access: 'signed-in', says: 'Suspendre', body: nothing },
  'resume-webhook': { method: 'POST', path: '/api/webhooks/{id}/resume', access: 'signed-in', says: 'Reprendre là où il en était', body: nothing },
  'test-webhook': { method: 'POST', path: '/api/webhooks/{id}/test', access: 'signed-in', says: 'Envoyer un essai (temps-zero.ping)', body: nothing },
  'remove-webhook': { method: 'POST', path: '/api/webhooks/{id}/remove', access: 'signed-in', says: 'Retirer', body: nothing },
} as const satisfies Record<string, PeopleOperation>;

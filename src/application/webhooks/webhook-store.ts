import type { WebhookStop } from '../../domain/administration.js';
import type { EventType } from '../../domain/events.js';
import type { Ms } from '../../domain/time.js';

/** An address that is told of entries. Changed with an entry of the administration's journal, in one transaction. */
export interface Webhook {
  id: string;
  name: string;
  url: string;
  /** The types of entries that it asks for; null: all that the cell sees. */
  events: EventType[] | null;
  /** `whsec_…`: what signs must be known, so it is not hashed. Never shown again, never logged. */
  secret: string;
  previousSecret: string | null;
  /** Until then both sign. */
  previousUntil: Ms | null;
  stopped: WebhookStop | null;
  stoppedAt: Ms | null;
  createdBy: string;
  createdAt: Ms;
}

/** How far a webhook is in one activation. The journal itself is what waits to be sent: nothing is copied out of it. */
export interface Cursor {
  webhook: string;
  activation: string;
  /** Delivered, or passed over, up to this number. */
  seq: number;
  delivered: number;
  /** Failures in a row on what comes next. */
  failures: number;
  failingSince: Ms | null;
  /** Not tried again before. */
  notBefore: Ms;
  deliveredAt: Ms | null;
  failedAt: Ms | null;
  /** A fault of the line, or `http-500`. */
  failure: string | null;
}

export type WebhookChange =
  | { change: 'webhook-put'; webhook: Webhook }
  /** Where a new one starts in an activation. */
  | { change: 'cursor-put'; webhook: string; activation: string; seq: number }
  /** Its failures are forgotten: it is tried at once. */
  | { change: 'cursors-fresh'; webhook: string }
  | { change: 'webhook-removed'; webhook: string };

export abstract class Webhooks {
  abstract list(): Promise<Webhook[]>;
  abstract find(id: string): Promise<Webhook | undefined>;
  abstract cursors(): Promise<Cursor[]>;
  /** Where a webhook that is not stopped has entries of a real activation before it, and may try now. Without a cursor it is at 0. */
  abstract behind(now: Ms): Promise<Cursor[]>;
  /** Never back, and never for a webhook that was removed meanwhile. */
  abstract move(cursor: Cursor): Promise<void>;
}

export function cursorAt(webhook: string, activation: string, seq: number): Cursor {
  return { webhook, activation, seq, delivered: 0, failures: 0, failingSince: null, notBefore: 0, deliveredAt: null, failedAt: null, failure: null };
}

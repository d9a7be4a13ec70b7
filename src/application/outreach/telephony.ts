import type { Ms } from '../../domain/time.js';

/* What carries voice, texts and mail. Another provider is one more file behind `Telephony`. */

/** A call to place. `token` names it in the addresses that the provider calls back: opaque, no name, no number, no text. */
export interface CallOrder {
  token: string;
  /** E.164. */
  to: string;
  ringSeconds: number;
}
export interface TextOrder {
  token: string;
  /** E.164. */
  to: string;
  text: string;
  /** Nothing is delivered later than that: the step's deadline. */
  validForSeconds: number;
}

/** What a provider says of a call or a text. `over`: nothing more comes of it, the line is free. */
export interface LineNews {
  state: LineState;
  over: boolean;
  /** The provider's own id, for `cancel` and as proof. */
  sid: string;
  /** The provider's error code, if any. */
  code?: string;
}
/** `delivered` is of texts alone; `machine` is a guess of the provider: nobody is acknowledged by any of these. */
export const LINE_STATES = ['dialling', 'ringing', 'answered', 'delivered', 'machine', 'busy', 'no-answer', 'invalid', 'failed', 'cancelled'] as const;
export type LineState = (typeof LINE_STATES)[number];

/**
 * Why an order was not accepted. `throttled`: come back after `retryAfterMs`; `unavailable`: certainly not placed, try again
 * or elsewhere; `doubt`: perhaps placed (timeout, 5xx, connection cut after the request left): ask with `find` before anything
 * else; `invalid`: this number cannot be called; `credentials`: the account is refused or closed; `rejected`: anything else that
 * trying again does not mend.
 */
export type FailureKind = 'throttled' | 'unavailable' | 'doubt' | 'invalid' | 'credentials' | 'rejected';
export class ProviderFailure extends Error {
  constructor(
    readonly kind: FailureKind,
    message: string,
    readonly code?: string,
    readonly retryAfterMs?: Ms,
  ) {
    super(message);
  }
}

/** One account of a provider, at the address of the settings. */
export abstract class Telephony {
  /** What the settings and the journal call it: "twilio-1". */
  abstract readonly account: string;
  /** What the provider accepts; the rest it would queue for hours. */
  abstract readonly callsPerSecond: number;
  abstract readonly voice: boolean;
  abstract readonly texts: boolean;
  /** Whether an answer to a text comes back to us: an alphanumeric sender is one-way. */
  abstract readonly canReceive: boolean;
  /** Accepted by the provider, under its own id. Throws `ProviderFailure`. */
  abstract call(order: CallOrder): Promise<{ sid: string }>;
  abstract text(order: TextOrder): Promise<{ sid: string }>;
  /** After a doubt: what the provider knows of an order made at `since` or later; undefined when it has none. Throws `ProviderFailure`. */
  abstract find(kind: 'call' | 'text', order: { to: string; token: string }, since: Ms): Promise<LineNews | undefined>;
  /** A call that is queued or rings goes no further; one that was answered goes on. Harmless when over. Throws `ProviderFailure`. */
  abstract cancel(sid: string): Promise<void>;
}

/** What the voice says, and which keys it awaits; hangs up when it awaits none. Sentences in French, a pause between them. */
export interface Speech {
  say: readonly string[];
  /** Keys go to `token`. Without an answer within `seconds` what is said is repeated `times` in all. */
  awaits?: { token: string; digits: number; seconds: number; times: number };
}

/**
 * What happens on the lines, as the webhooks tell it, signatures checked. Each promise resolves after the commit: only then
 * does the voice say that it is recorded. An unknown token gives undefined.
 */
export abstract class CallDesk {
  /** The call was answered: what is said. */
  abstract answered(token: string): Promise<Speech | undefined>;
  abstract pressed(token: string, keys: string): Promise<Speech | undefined>;
  /** Duplicate, late and disordered news are harmless. */
  abstract progressed(token: string, account: string, news: LineNews): Promise<boolean>;
  /** A text that came in; what to answer by the same way, if anything. */
  abstract replied(message: { from: string; text: string; sid: string; account: string }): Promise<string | undefined>;
  /** Somebody calls the number back. */
  abstract calledBack(call: { from: string; sid: string; account: string }): Promise<Speech>;
}

/** A request of a provider's, as it came in: its form, and what may prove that it is theirs. */
export interface LineRequest {
  account: string;
  /** Path and query as they were asked: what is signed is our public address, never the request's `Host`. */
  target: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  form: Readonly<Record<string, string | readonly string[]>>;
}
/** The same in our words; each kind of request has what it needs, the rest is empty. */
export interface LineSaid {
  sid: string;
  from: string;
  keys: string;
  text: string;
  /** Undefined: this is no news of a line, or of a state that we do not know. */
  news: LineNews | undefined;
}
/** How the provider of each account writes to us and reads our answers. */
export abstract class LineProtocol {
  /** The type of the two documents below. */
  abstract readonly contentType: string;
  /** Undefined unless the account's own secret signed it: forged, unsigned, or no such account. */
  abstract read(request: LineRequest): LineSaid | undefined;
  /** What the voice does next. Throws RangeError when the provider would not take so long a text. */
  abstract voice(account: string, speech: Speech): string;
  /** What is written back to who wrote, if anything. */
  abstract answer(text: string | undefined): string;
}

export interface Letter {
  /** Stable: the same letter sent again carries the same Message-ID. */
  token: string;
  to: string;
  subject: string;
  text: string;
}
/** Mail by SMTP. Throws `ProviderFailure`. */
export abstract class Mailer {
  abstract send(letter: Letter): Promise<void>;
}

import type { Ms } from '../../../src/domain/time.js';
import type { Handset } from './people.js';

/** An account of the provider, with what is set in its console. */
export interface PhoneAccount {
  /** What the préfecture calls it: "twilio-1". */
  name: string;
  sid: string;
  authToken: string;
  apiKey?: { sid: string; secret: string };
  number: string;
  /** A name: nobody can answer it. */
  sender?: string;
  callsPerSecond?: number;
  /** Calls at once; beyond it one fails (10004). */
  concurrent?: number;
  /** Where the number leads when somebody calls it or writes to it. */
  incoming?: string;
  sms?: string;
}

/** The account as it lives. */
export interface OpenAccount extends PhoneAccount {
  nextDialAt: Ms;
  busyLines: number;
  revoked: boolean;
  /** Who wrote STOP. */
  stopped: Set<string>;
}

export type CallStatus = 'queued' | 'ringing' | 'in-progress' | 'completed' | 'busy' | 'no-answer' | 'failed' | 'canceled';

export interface PhoneCall {
  sid: string;
  account: OpenAccount;
  direction: 'outbound-api' | 'inbound';
  to: string;
  from: string;
  url: string;
  statusCallback: string | undefined;
  events: readonly string[];
  timeoutMs: Ms;
  limitMs: Ms;
  status: CallStatus;
  handset: Handset;
  sequence: number;
  createdAt: Ms;
  startedAt?: Ms;
  answeredAt?: Ms;
  endedAt?: Ms;
  errorCode?: number;
  sip?: number;
  /** Each sentence that was said to its end, and each key, with whether anybody took it. */
  heard: string[];
  pressed: { key: string; at: Ms; taken: boolean }[];
}

export type TextStatus = 'queued' | 'sent' | 'delivered' | 'undelivered' | 'received';

export interface PhoneText {
  sid: string;
  account: OpenAccount;
  direction: 'outbound-api' | 'inbound';
  to: string;
  from: string;
  body: string;
  statusCallback: string | undefined;
  validForSeconds: number | undefined;
  status: TextStatus;
  createdAt: Ms;
  sentAt?: Ms;
  errorCode?: number;
}

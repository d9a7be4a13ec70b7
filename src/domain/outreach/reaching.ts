import type { PhoneLine } from '../directory/person.js';
import type { FunctionCode } from '../entry.js';

/* The words of reaching people by an automaton of our own: what stands in journals (48.1, 47.1, 47.2, 50.2). */

/**
 * What a campaign is for: `officials` 48.1; `charge` 47.1, until one takes charge; `cell` 47.2 and `cip` 50.2, until
 * functions and staff are held.
 */
export const PURPOSES = ['officials', 'charge', 'cell', 'cip'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** Why an account was left: it refuses us, or nothing answers there. */
export const ACCOUNT_FAILURES = ['credentials', 'unavailable', 'throttled'] as const;
export type AccountFailure = (typeof ACCOUNT_FAILURES)[number];

/** What the journal may say of a way to reach somebody: what kind of number it is, never which. */
export type ContactKind = PhoneLine | 'email';

/** Somebody whom a campaign reaches, as the directory was when it began. */
export interface CampaignPerson {
  person: string;
  version: number;
  /** In the order in which they are tried. */
  contacts: ContactKind[];
  /** 47.1, 47.2: what they are called in for, and the account under which they sign in. */
  function?: FunctionCode;
  account?: string;
}

/** How a campaign calls: frozen with it, and changed by nobody while it runs. */
export interface CampaignMeans {
  ways: Way[];
  lines: number;
  callsPerSecond: number;
  textsPerSecond: number;
  /** How often all the numbers of a commune, or of an agent, are tried; and the rest between two rounds. */
  rounds: number;
  pauseSeconds: number;
  ringSeconds: number;
  /** 47.2, 50.2: how many have to say that they come; 0 for whom all are to be reached. */
  enough: number;
}

/** By which way an automaton of ours tries somebody. */
export const WAYS = ['voice', 'sms', 'mail'] as const;
export type Way = (typeof WAYS)[number];

/**
 * Where an attempt stands before a human being says anything; `doubt`: it may have left, and the provider is asked before
 * anybody is called twice. `delivered` is of texts and mails. Acknowledged, refused, call-again are what people say.
 */
export const LINE_STATES = ['intended', 'dialling', 'ringing', 'answered', 'delivered', 'machine', 'busy', 'no-answer', 'invalid', 'failed', 'cancelled', 'doubt'] as const;
export type LineState = (typeof LINE_STATES)[number];

/** What was learnt of one attempt. `over`: nothing more comes of it, its line is free. */
export interface Move {
  attempt: string;
  state: LineState;
  over?: true;
  /** The provider's account and its own id of the call: for cancelling it, for asking after it, and as proof. */
  account?: string;
  sid?: string;
  /** The provider's error code. */
  code?: string;
}

/** What a campaign means to try: derived, never random, so that the same state always means the same. */
export interface Intended {
  attempt: string;
  person: string;
  way: Way;
  /** The place of the number or address in that version of the person's contacts. */
  contact: number;
}

/** By which gesture somebody said that they heard: a machine never makes one, an opened page is none (48.1, `acquitté`). */
export const GESTURES = ['key', 'reply', 'link', 'call-back'] as const;
export type Gesture = (typeof GESTURES)[number];

/** What a reply to a text seems to say. */
export const MEANINGS = ['acknowledged', 'stop', 'unclear'] as const;
export type Meaning = (typeof MEANINGS)[number];

/** 47.1, 47.2: what somebody called in says. */
export const CALL_IN_ANSWERS = ['taking-charge', 'coming', 'unavailable'] as const;
export type CallInAnswer = (typeof CALL_IN_ANSWERS)[number];

import { DIRECTORY_TYPES, type DirectoryPayloads } from './directory/events.js';
import type { Entry, Lane, Right, Source } from './entry.js';
import { SELF_TEST_TYPES, type LastSelfTest, type SelfTestPayloads } from './outreach/self-test.js';
import { PERIMETER_TYPES, type PerimeterPayloads } from './outreach/kept.js';
import { CALENDAR_TYPES, type CalendarPayloads } from './on-call/events.js';
import { TRAINING_TYPES, type Training, type TrainingPayloads } from './people/training-events.js';
import type { Life } from './state.js';
import { toInstant, toMs, type Instant, type Ms } from './time.js';

/** What stands as `activation` in the entries of the administration's own journal. */
export const ADMINISTRATION = 'administration';

export const LINK_PURPOSES = ['first-admin', 'invitation', 'recovery'] as const;
export type LinkPurpose = (typeof LINK_PURPOSES)[number];

/** Why a webhook is at rest: an administrator suspended it, its address said that it is gone (410), three days of failures. */
export const WEBHOOK_STOPS = ['by-hand', 'gone', 'failing'] as const;
export type WebhookStop = (typeof WEBHOOK_STOPS)[number];

/**
 * Why the address of a wall's screen did not serve: it had served already and came back with that screen's own cookie, or
 * from elsewhere; a newer one replaces it; the screen was revoked.
 */
export const SCREEN_REFUSALS = ['twice', 'elsewhere', 'replaced', 'revoked'] as const;
export type ScreenRefusal = (typeof SCREEN_REFUSALS)[number];

/**
 * Every event of the administration, with its payload. Random ids alone: never a name, a login or a secret, so that
 * erasing a person leaves the chain as it is (design.md part 2). Frozen once stored, like those of an activation.
 */
export interface AdministrationPayloads extends DirectoryPayloads, PerimeterPayloads, SelfTestPayloads, CalendarPayloads, TrainingPayloads {
  administrationOpened: { format: 1 };
  accountCreated: { account: string; rights: Right[] };
  /** Its name, its title or its login changed: those lie beside the journal. */
  accountDescribed: { account: string };
  rightsChanged: { account: string; rights: Right[] };
  accountDisabled: { account: string };
  accountEnabled: { account: string };
  accountErased: { account: string };
  passwordSet: { account: string };
  secondFactorSet: { account: string };
  secondFactorReset: { account: string };
  recoveryCodeUsed: { account: string; left: number };
  sessionsRevoked: { account: string };
  linkIssued: { purpose: LinkPurpose; account: string | null; expiresAt: Instant };
  tokenIssued: { token: string; operations: string[]; expiresAt: Instant };
  tokenRevoked: { token: string };
  /** A screen of the wall has an address that serves once; renewed, its cookie is dead and it has another address. */
  screenAdded: { screen: string };
  screenRenewed: { screen: string };
  /** Its address was loaded for the first time, and swapped for a cookie. */
  screenAdmitted: { screen: string };
  /** Its address came again; at most one entry a minute, for a screen and a reason, says how often. */
  screenRefused: { screen: string; why: ScreenRefusal; refusals: number };
  screenRevoked: { screen: string };
  /** `events`: the types that it asks for; null for all. Its address and its secret lie beside the journal. */
  webhookAdded: { webhook: string; events: string[] | null };
  webhookChanged: { webhook: string; events: string[] | null };
  webhookSecretRenewed: { webhook: string };
  webhookStopped: { webhook: string; why: WebhookStop };
  webhookResumed: { webhook: string };
  webhookRemoved: { webhook: string };
  /** A local account signed in: local sign-ins are all logged. */
  signedIn: { account: string };
  /** Sign-ins were slowed down; at most one entry a minute says how many. `account` where the login is somebody's. */
  signInThrottled: { account: string | null; refusals: number };
  /** The operator of the machine gave an administrator a way back in. */
  adminRecovered: { account: string };
  /** A chain cannot show that it was removed, nor that its tail was cut: this one says what the others were. */
  activationNoted: { noted: string; lane: Lane; firstHash: string };
  headNoted: { noted: string; life: Life; seq: number; head: string };
}

export type AdministrationEventType = keyof AdministrationPayloads;
export type AdministrationEntry = { [T in AdministrationEventType]: Entry<T, AdministrationPayloads[T]> }[AdministrationEventType];
export type AdministrationEvent = { [T in AdministrationEventType]: { type: T; payload: AdministrationPayloads[T] } }[AdministrationEventType];

/** Current payload version of each type. */
export const ADMINISTRATION_TYPES: Record<AdministrationEventType, { v: number }> = {
  administrationOpened: { v: 1 },
  accountCreated: { v: 1 },
  accountDescribed: { v: 1 },
  rightsChanged: { v: 1 },
  accountDisabled: { v: 1 },
  accountEnabled: { v: 1 },
  accountErased: { v: 1 },
  passwordSet: { v: 1 },
  secondFactorSet: { v: 1 },
  secondFactorReset: { v: 1 },
  recoveryCodeUsed: { v: 1 },
  sessionsRevoked: { v: 1 },
  linkIssued: { v: 1 },
  tokenIssued: { v: 1 },
  tokenRevoked: { v: 1 },
  screenAdded: { v: 1 },
  screenRenewed: { v: 1 },
  screenAdmitted: { v: 1 },
  screenRefused: { v: 1 },
  screenRevoked: { v: 1 },
  webhookAdded: { v: 1 },
  webhookChanged: { v: 1 },
  webhookSecretRenewed: { v: 1 },
  webhookStopped: { v: 1 },
  webhookResumed: { v: 1 },
  webhookRemoved: { v: 1 },
  signedIn: { v: 1 },
  signInThrottled: { v: 1 },
  adminRecovered: { v: 1 },
  activationNoted: { v: 1 },
  headNoted: { v: 1 },
  ...DIRECTORY_TYPES,
  ...PERIMETER_TYPES,
  ...SELF_TEST_TYPES,
  ...CALENDAR_TYPES,
  ...TRAINING_TYPES,
};

export interface AccountState {
  rights: readonly Right[];
  hasPassword: boolean;
  secondFactor: boolean;
  disabled: boolean;
  erased: boolean;
}

export interface ScreenState {
  /** Its address has not served yet; it has its cookie; it was revoked, for ever. */
  state: 'waiting' | 'in-service' | 'revoked';
  since: Ms;
  /** The last time its address was refused, since it was issued. */
  refused?: { at: Ms; why: ScreenRefusal };
}

/** What is true in the administration: folded from its journal by `evolveAdministration`, its only writer. */
export interface AdministrationState {
  seq: number;
  recordedAt: Ms;
  accounts: Map<string, AccountState>;
  tokens: Map<string, { revoked: boolean }>;
  screens: Map<string, ScreenState>;
  webhooks: Map<string, { stopped: WebhookStop | null }>;
  calendars: Set<string>;
  /** Organisation 3: each training that stands, by its id. */
  trainings: Map<string, Training>;
  /** By account of telephony: whether calling worked the last time. */
  selfTests: Map<string, LastSelfTest>;
  /** The last head noted of each activation. */
  noted: Map<string, { seq: number; at: Ms; life: Life }>;
}

export function initialAdministration(): AdministrationState {
  return { seq: 0, recordedAt: 0, accounts: new Map(), tokens: new Map(), screens: new Map(), webhooks: new Map(), calendars: new Set(), trainings: new Map(), selfTests: new Map(), noted: new Map() };
}

/** Somebody can sign in and administer: they have a password, and nobody disabled or erased them. */
export function isReadyAdmin({ rights, hasPassword, disabled, erased }: AccountState): boolean {
  return rights.includes('admin') && hasPassword && !disabled && !erased;
}

export function hasAdministrator(a: Readonly<AdministrationState>): boolean {
  return [...a.accounts.values()].some(isReadyAdmin);
}

export function evolveAdministration(a: AdministrationState, entry: AdministrationEntry): void {
  if (ADMINISTRATION_TYPES[entry.type]?.v !== entry.v) throw new Error(`entry ${entry.seq}: ${entry.type} version ${entry.v} is not known here`);
  a.seq = entry.seq;
  a.recordedAt = toMs(entry.recordedAt);
  const change = (account: string, changed: Partial<AccountState>) => void Object.assign(a.accounts.get(account)!, changed);
  switch (entry.type) {
    case 'accountCreated': {
      const { account, rights } = entry.payload;
      a.accounts.set(account, { rights, hasPassword: false, secondFactor: false, disabled: false, erased: false });
      return;
    }
    case 'rightsChanged': return change(entry.payload.account, { rights: entry.payload.rights });
    case 'accountDisabled': return change(entry.payload.account, { disabled: true });
    case 'accountEnabled': return change(entry.payload.account, { disabled: false });
    case 'accountErased': return change(entry.payload.account, { erased: true, rights: [], hasPassword: false, secondFactor: false });
    case 'passwordSet': return change(entry.payload.account, { hasPassword: true });
    case 'secondFactorSet': return change(entry.payload.account, { secondFactor: true });
    case 'secondFactorReset': return change(entry.payload.account, { secondFactor: false });
    case 'tokenIssued': return void a.tokens.set(entry.payload.token, { revoked: false });
    case 'tokenRevoked': return void a.tokens.set(entry.payload.token, { revoked: true });
    case 'screenAdded':
    case 'screenRenewed': return void a.screens.set(entry.payload.screen, { state: 'waiting', since: a.recordedAt });
    case 'screenAdmitted': return void a.screens.set(entry.payload.screen, { state: 'in-service', since: a.recordedAt });
    case 'screenRefused': {
      const { screen, why } = entry.payload;
      return void (a.screens.get(screen)!.refused = { at: a.recordedAt, why });
    }
    case 'screenRevoked': return void Object.assign(a.screens.get(entry.payload.screen)!, { state: 'revoked', since: a.recordedAt });
    case 'webhookAdded':
    case 'webhookResumed': return void a.webhooks.set(entry.payload.webhook, { stopped: null });
    case 'webhookStopped': return void a.webhooks.set(entry.payload.webhook, { stopped: entry.payload.why });
    case 'webhookRemoved': return void a.webhooks.delete(entry.payload.webhook);
    case 'calendarAdded': return void a.calendars.add(entry.payload.calendar);
    case 'calendarRemoved': return void a.calendars.delete(entry.payload.calendar);
    case 'trainingRecorded': {
      const { training: id, ...session } = entry.payload;
      return void a.trainings.set(id, { id, ...session, by: entry.by, at: a.recordedAt });
    }
    case 'trainingRemoved': return void a.trainings.delete(entry.payload.training);
    case 'activationNoted': return void a.noted.set(entry.payload.noted, { seq: 0, at: -Infinity, life: 'running' });
    case 'headNoted': {
      const { noted, seq, life } = entry.payload;
      return void a.noted.set(noted, { seq, life, at: a.recordedAt });
    }
    case 'telephonyTested': {
      const { account, ...last } = entry.payload;
      a.selfTests.set(account, { at: toMs(entry.occurredAt), ...last });
      return;
    }
    case 'administrationOpened':
    case 'accountDescribed':
    case 'recoveryCodeUsed':
    case 'webhookChanged':
    case 'webhookSecretRenewed':
    case 'sessionsRevoked':
    case 'linkIssued':
    case 'signedIn':
    case 'signInThrottled':
    case 'adminRecovered':
    case 'personAdded':
    case 'personChanged':
    case 'peopleErased':
    case 'contactRevealed':
    case 'importApplied':
    case 'importUndone':
    case 'perimeterSaved':
    case 'perimeterRemoved':
    case 'callListPrinted':
    case 'calendarChanged':
  }
}

/** Numbers, dates and signs events; `recordedAt` never decreases, whatever the system clock does. */
export function recordAdministration(
  a: Readonly<AdministrationState>, events: readonly AdministrationEvent[], envelope: { by: string; source: Source; command: string; now: Ms },
): AdministrationEntry[] {
  const at = toInstant(Math.max(a.recordedAt, envelope.now));
  const { by, source, command } = envelope;
  return events.map(({ type, payload }, i) => ({
    seq: a.seq + 1 + i, activation: ADMINISTRATION, lane: 'real', type, v: ADMINISTRATION_TYPES[type].v, by, source, command,
    occurredAt: at, recordedAt: at, payload,
  }) as AdministrationEntry);
}

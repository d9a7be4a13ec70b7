import type { Move } from '../domain/outreach/reaching.js';
import type { Audience, Lane, Withheld } from '../domain/entry.js';
import type { Link } from '../domain/evidence/chain.js';
import type { ActivationEntry, RequestOutcome } from '../domain/events.js';
import type { Effect } from '../domain/activation.js';
import type { Right } from '../domain/rights.js';
import type { Activation, Life } from '../domain/state.js';
import type { Fact, Plan } from '../domain/plan/plan.js';
import type { Ms } from '../domain/time.js';
import type { DirectoryChange } from './directory/address-book.js';
import type { OwnPage, OwnPageState } from './outreach/own-page.js';
import type { PerimeterChange } from './outreach/perimeter-store.js';
import type { CalendarChange } from './on-call/calendar-store.js';
import type { WebhookChange } from './webhooks/webhook-store.js';

/* Ports are abstract classes: each is a type and an injection token at once. */

export abstract class Clock {
  /** The system clock: it may step. */
  abstract wall(): Ms;
  /** Milliseconds since an arbitrary instant: never steps. Together with `wall` it shows a stepped clock. */
  abstract monotonic(): Ms;
}

export abstract class Random {
  /** 128 random bits in lower-case hexadecimal: ids, salts, tokens. */
  abstract id(): string;
}

/** One content of the vault: `digest` = SHA-256(salt + content), hexadecimal; salt lies beside the content. */
export interface VaultText {
  digest: string;
  salt: string;
  content: string;
}
export interface VaultFile {
  digest: string;
  /** Where it was brought in: no other activation may name it, so that erasing it there takes it from nobody else. */
  activation: string;
  salt: string;
  /** The file's name as its owner called it; personal data, hence here and not in the journal. */
  name: string;
  /** Sniffed, never the type the upload claimed. */
  mime: string;
  bytes: number;
}

/** One line of the list of activations, kept beside the journal and written with it. */
export interface Summary {
  id: string;
  lane: Lane;
  life: Life;
  kind: 'cod' | 'important';
  openedAt: Ms;
  /** Unique per lane among activations not cancelled. */
  synergi: string | null;
  seq: number;
  head: string;
}

/** What a command answered, kept under its idempotency key. */
export interface KeyRecord {
  key: string;
  /** The author: a key belongs to one account. */
  by: string;
  /** SHA-256 of the command as it came: the same key with another body is refused. */
  bodyHash: string;
  activation: string;
  fromSeq: number;
  toSeq: number;
}

/** All that one accepted submission writes, in one transaction or not at all. */
export interface Batch {
  activation: string;
  /** The journal's last number before; another one there throws LostRace. */
  expectedSeq: number;
  links: Link[];
  summary: Summary;
  outbox: Effect[];
  texts: VaultText[];
  /** Of the submissions that share this commit. */
  keys?: KeyRecord[];
  /** Effects whose row is finished by this very batch. */
  settled?: { id: string; outcome: RequestOutcome }[];
  /** Digests whose content and salt are erased by this very batch. */
  erased?: string[];
  /** Changes of accounts, tokens, screens and secrets that go with entries of the administration's journal. */
  accounts?: AccountChange[];
}

/** The journal moved on: decide again. */
export class LostRace extends Error {}
/** Nothing of the batch was written: disk full, input/output error. */
export class StorageFailed extends Error {}
/** The SYNERGI number is taken in that lane. */
export class NumberTaken extends Error {}

export abstract class Journal {
  abstract append(batch: Batch): Promise<void>;
  /** The links of a journal in order, from `after` (excluded) on. */
  abstract read(activation: string, after?: number, limit?: number): Promise<Link[]>;
  /** The activations; the administration's journal is none of them. */
  abstract summaries(): Promise<Summary[]>;
  abstract key(key: string, by: string): Promise<KeyRecord | undefined>;
  /** When the process was last known to run; written every 5 s. */
  abstract alive(): Promise<Ms | undefined>;
  abstract markAlive(at: Ms): Promise<void>;
  /** Throws StorageFailed when nothing can be written (readiness). */
  abstract probe(): Promise<void>;
}

export interface OutboxRow extends Effect {
  /** The lane stamped on the row itself, beside the effect's own: the two must agree. */
  stampedLane: Lane | null;
  /** How often it was claimed, this claim included. */
  attempts: number;
  /** A lease ran out while the row was being sent: it may have left. Outlives `postpone`. */
  doubt: boolean;
}

export abstract class Outbox {
  /** Takes rows under a lease; those whose lease ran out come back with `doubt`. */
  abstract claim(now: Ms, limit: number, leaseMs: Ms): Promise<OutboxRow[]>;
  /** Gives rows back, to be tried again at `notBefore`. */
  abstract postpone(ids: string[], notBefore: Ms): Promise<void>;
  /** Rows that will never be sent, with the alarm that says why. They stay, whatever settles them later. */
  abstract bury(ids: string[], why: string): Promise<void>;
  /** Since when the oldest row waits. */
  abstract oldest(): Promise<Ms | undefined>;
  /** How many rows may have left, and nobody knows. */
  abstract doubts(): Promise<number>;
}

/** What a channel does with a row of which nobody knows whether it left. */
export type OnDoubt = 'ask-provider' | 'repeat' | 'ask-person';
export interface Delivery {
  outcome: RequestOutcome;
  /** What was learnt of an attempt of ours: it stands in the journal in place of the outcome. */
  move?: Move;
}
/** Not now: the provider is busy, or nothing answers there. Comes back after so long, as often as it takes. */
export class NotYet extends Error {
  constructor(readonly afterMs: Ms) {
    super(`not before ${afterMs} ms`);
  }
}

export abstract class Channel {
  abstract readonly onDoubt: OnDoubt;
  /** The lanes it may serve; the registry and the channel both refuse any other. */
  abstract readonly lanes: readonly Lane[];
  /** A channel that waits for somebody else's network: nothing of the house waits for it, and many are under way at once. */
  readonly isSlow: boolean = false;
  /** Throws when the attempt may be repeated later. */
  abstract send(row: OutboxRow): Promise<Delivery>;
  /** Whether the provider knows this effect: for `ask-provider`. */
  find?: (row: OutboxRow) => Promise<Delivery | undefined>;
}

/** Who has boards open, and what they receive. Nothing is broadcast before its commit. */
export abstract class Boards {
  abstract news(activation: string, entries: readonly ActivationEntry[], texts: readonly VaultText[]): void;
  /** The list of activations changed (opened, ended, a clock corrected…). */
  abstract lobby(): void;
  /** Shows a request on an account's boards; how many received it. */
  abstract request(account: string, request: { id: string; activation: string; lane: Lane; kind: string; body: Record<string, unknown>; mark: string | null }): Promise<number>;
}

export abstract class Vault {
  abstract texts(digests: readonly string[]): Promise<VaultText[]>;
  abstract file(digest: string): Promise<VaultFile | undefined>;
  abstract files(digests: readonly string[]): Promise<VaultFile[]>;
  /** Stores the bytes and fsyncs them *before* any entry that names them commits. */
  abstract putFile(file: VaultFile, bytes: Uint8Array): Promise<void>;
  abstract readFile(digest: string): Promise<Uint8Array | undefined>;
  /** Removes a file that no entry names: what an entry names goes by an entry alone. */
  abstract forget(digest: string): Promise<void>;
  /** Removes the bytes of erased files; the rows went with the batch. */
  abstract sweep(digests: readonly string[]): Promise<void>;
}

export interface Account {
  id: string;
  login: string;
  name: string;
  /** What is shown under the name: "directrice de cabinet". */
  title: string;
  rights: Right[];
  passwordHash: string | null;
  /** The base32 secret of the second factor; null until it is set up. */
  totpSecret: string | null;
  /** The last time step accepted: a code serves once. */
  totpUsedStep: number;
  /** SHA-256 of each recovery code still unused. */
  recoveryCodes: string[];
  disabledAt: Ms | null;
  /** Set when the person was erased: the screen reads "personne effacée". */
  erasedAt: Ms | null;
  createdAt: Ms;
}
export interface Session {
  /** SHA-256 of the cookie's token. */
  tokenHash: string;
  account: string;
  createdAt: Ms;
  seenAt: Ms;
  expiresAt: Ms;
  /** The second factor was given in this session. */
  strong: boolean;
}
export interface ApiToken {
  id: string;
  tokenHash: string;
  name: string;
  commands: string[];
  expiresAt: Ms;
  revokedAt: Ms | null;
  createdBy: string;
  createdAt: Ms;
}
/** A screen of the wall: what its journal entries may not hold. Its state is folded from them. */
export interface WallScreen {
  id: string;
  name: string;
  /** Of the secret in its address, which serves once; of those before it, so that an old address is known when it comes. */
  tokenHash: string;
  formerTokens: string[];
  /** Of its cookie; null before its first load, and once it is revoked or renewed. */
  cookieHash: string | null;
  seenAt: Ms | null;
  createdAt: Ms;
}
/** A single-purpose link: creation of the first administrator, invitation, recovery. Dead once used. */
export interface OneTimeLink {
  tokenHash: string;
  purpose: 'first-admin' | 'invitation' | 'recovery';
  account: string | null;
  expiresAt: Ms;
  usedAt: Ms | null;
}

export type AccountChange =
  | { change: 'account-put'; account: Account }
  | { change: 'token-put'; token: ApiToken }
  | { change: 'screen-put'; screen: WallScreen }
  | { change: 'link-put'; link: OneTimeLink }
  | { change: 'link-used'; tokenHash: string; at: Ms }
  | { change: 'links-dropped'; account: string }
  | { change: 'sessions-dropped'; account: string }
  | WebhookChange
  | DirectoryChange
  | PerimeterChange
  | CalendarChange;

export abstract class Directory {
  abstract accounts(): Promise<Account[]>;
  abstract account(id: string): Promise<Account | undefined>;
  abstract accountByLogin(login: string): Promise<Account | undefined>;
  abstract session(tokenHash: string): Promise<Session | undefined>;
  abstract putSession(session: Session): Promise<void>;
  /** Writes a session that still exists; false when it was dropped meanwhile, and stays so. */
  abstract touchSession(session: Session): Promise<boolean>;
  abstract dropSession(tokenHash: string): Promise<void>;
  abstract dropExpiredSessions(now: Ms): Promise<void>;
  abstract tokens(): Promise<ApiToken[]>;
  abstract tokenByHash(tokenHash: string): Promise<ApiToken | undefined>;
  abstract screens(): Promise<WallScreen[]>;
  abstract screenByCookie(cookieHash: string): Promise<WallScreen | undefined>;
  abstract touchScreen(id: string, seenAt: Ms): Promise<void>;
  abstract link(tokenHash: string): Promise<OneTimeLink | undefined>;
  /** Records a use of the second factor; false when that time step was used already. */
  abstract useTotpStep(account: string, step: number): Promise<boolean>;
}

/** A demonstration beside this server, one at a time: a process of its own, on a folder that is thrown away. */
export abstract class Demonstrations {
  /** Where it listens, on this machine; started unless it plays. Throws when it does not start. */
  abstract launch(): Promise<string>;
  /** Harmless when none plays. */
  abstract stop(): Promise<void>;
}

/** Renders pages that must be readable without this product: one self-contained HTML file each. */
export abstract class Printer {
  /** The page of the hour: picture, steps, verdicts, log, head hash (P26, and on demand). */
  abstract hourPage(page: HourPage): string;
  /** A blank plan with clock times, for the day the machine is down. */
  abstract paperPlan(page: PaperPlan): string;
  /** What somebody who is reached sees behind their own link, on a telephone; undefined: no such link. */
  abstract ownPage(page: { page: OwnPage | undefined; token: string; state: OwnPageState }): string;
  abstract ownPageStyle(): string;
  /** The plain text that goes with an export: what lies in it, how to check it. */
  abstract exportNotes(notes: ExportNotes): string;
}
export interface ExportNotes {
  activation: string;
  lane: Lane;
  prefecture: string;
  /** The export's own page, under its name in the archive. */
  page: string;
  upTo: number;
  head: string;
  exportedAt: Ms;
  timeZone: string;
  /** Whether the reader gets contents at all, and how many are kept from them. */
  contents: boolean;
  withheld: number;
}
export interface PaperPlan {
  plan: Plan;
  kind: 'cod' | 'important';
  lane: Lane;
  /** Without a T0 its times stay blank, to be filled in by hand. */
  t0?: Ms | undefined;
  nu?: Ms | undefined;
  timeZone: string;
  prefecture: string;
  facts: Partial<Record<Fact, boolean>>;
}
export interface HourPage {
  activation: Readonly<Activation>;
  entries: readonly (ActivationEntry | Withheld)[];
  /** Content by digest: what the reader may see and was not erased. */
  texts: ReadonlyMap<string, string>;
  /** The names of files, by digest. */
  files: ReadonlyMap<string, string>;
  /** What to call each account or token. */
  names: ReadonlyMap<string, string>;
  communes: ReadonlyMap<string, string>;
  now: Ms;
  /** The number and the hash of the journal's head that the page shows. */
  upTo: number;
  head: string;
}

export type { Audience };

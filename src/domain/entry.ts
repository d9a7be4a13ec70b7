import type { Instant } from './time.js';

/** `test` reaches an allow-list by voice, SMS and mail only; `exercise` reaches nobody outside the house. */
export type Lane = 'real' | 'exercise' | 'test';

/** Who may see a payload. `direction` sees everything; a board that may not see an entry still gets its number. */
export type Audience = 'direction' | 'cell' | 'wall' | 'player';

/** Through which door a command came. */
export type Source = 'console' | 'api' | 'engine' | 'cli';

/** The author of what time alone obliges. */
export const ENGINE = 'engine';

/** On whose behalf: the agent records the préfet's oral decision, or writes for another function. */
export type OnBehalf = 'prefet' | 'directeur' | FunctionCode;

/** Functions held within one activation (domain.md part 2). */
export const FUNCTIONS = ['DC', 'AA', 'RC', 'OE', 'OP', 'OW', 'SI', 'CC', 'TS'] as const;
export type FunctionCode = (typeof FUNCTIONS)[number];

/** Rights belong to accounts, several to one if needed; functions are held within an activation (domain.md part 2). */
export const RIGHTS = [
  'prefet', 'directeur', 'communication', 'astreinte', 'sidpc', 'cip', 'planificateur', 'observateur', 'joueur',
  'auditeur', 'ecran', 'admin',
] as const;
export type Right = (typeof RIGHTS)[number];

/**
 * What stands in a journal for a free text or a file: the content and its salt lie in the vault.
 * Erasing both leaves `digest` = SHA-256(salt + content) and so every chain valid.
 */
export interface Sealed {
  digest: string;
  /** Size of the content in bytes. */
  bytes: number;
  /** Set for files: the sniffed type, never the one the upload claimed. */
  mime?: string;
}

/** One numbered entry of a journal. Its canonical JSON is the stored line, for ever (design.md part 2). */
export interface Entry<T extends string = string, P = unknown> {
  seq: number;
  activation: string;
  lane: Lane;
  type: T;
  /** Version of the payload's shape; a new shape is a new number with an upcaster beside the type. */
  v: number;
  /** A random account or token id, or `engine`. */
  by: string;
  for?: OnBehalf;
  source: Source;
  /** The idempotency key of the command that caused it. */
  command: string;
  /** When it happened, as declared. Verdicts use it. */
  occurredAt: Instant;
  /** When we learnt it, by our clock; never decreasing within a journal. */
  recordedAt: Instant;
  /** Real time, where the two others are exercise time. */
  wallAt?: Instant;
  /** The number of the entry that this one corrects. */
  corrects?: number;
  payload: P;
}

/** An entry whose payload this audience may not see: it keeps its number, and `evolve` ignores it. */
export type Withheld = { seq: number; withheld: true };

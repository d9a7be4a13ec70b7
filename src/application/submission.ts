import type { Command } from '../domain/commands.js';
import { ENGINE, type OnBehalf, type Source } from '../domain/entry.js';
import type { RequestOutcome } from '../domain/events.js';
import type { Right } from '../domain/rights.js';
import type { Ms } from '../domain/time.js';
import type { VaultText } from './ports.js';

export interface Author {
  id: string;
  rights: readonly Right[];
  /** The explicit list of an API token. */
  allowed?: readonly Command['type'][];
  source: Source;
}
export const THE_ENGINE: Author = { id: ENGINE, rights: [], source: 'engine' };

export interface Submission {
  command: Command;
  author: Author;
  /** The idempotency key; the same key with the same body answers what it answered first. */
  key: string;
  /** SHA-256 of the command as it came over the wire; absent for the engine, which keeps no key. */
  bodyHash?: string;
  for?: OnBehalf;
  occurredAt?: Ms;
  /** Contents that the command's digests stand for: written with the entries, or not at all. */
  texts?: readonly VaultText[];
  settled?: readonly { id: string; outcome: RequestOutcome }[];
}

export interface Receipt {
  activation: string;
  /** The numbers of the entries that it caused; from > to when it was already true. */
  fromSeq: number;
  toSeq: number;
  /** The key had been used: this is what was answered then. */
  repeated: boolean;
}

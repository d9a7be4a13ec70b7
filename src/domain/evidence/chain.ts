import { canonical } from './canonical.js';
import type { Entry } from '../entry.js';

/** SHA-256 of a UTF-8 text, in hexadecimal. Passed in: the domain has no crypto of its own. */
export type Hash = (text: string) => string;

/** What the first entry of every journal is linked to. */
export const GENESIS = '0'.repeat(64);

/** One stored entry: the line is the canonical JSON itself, so that export needs no rewriting. */
export interface Link {
  seq: number;
  line: string;
  hash: string;
}

/** hash = SHA-256(previousHash + stored line). */
export function link(hash: Hash, previous: string, entry: Entry): Link {
  const line = canonical(entry);
  return { seq: entry.seq, line, hash: hash(previous + line) };
}

export type ChainVerdict = { ok: true; entries: number; head: string } | { ok: false; seq: number; reason: ChainFault };
export type ChainFault = 'number' | 'hash' | 'unreadable' | 'activation' | 'recorded-earlier';

function read(line: string): Entry | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Entry) : undefined;
  } catch {
    return undefined;
  }
}

/** Reads a chain from its first line; names the first entry that is broken, and how. */
export function verifyChain(hash: Hash, links: Iterable<Link>): ChainVerdict {
  let previous = GENESIS;
  let expected = 1;
  let activation: string | undefined;
  let recordedAt = '';
  for (const { line, hash: stored, seq } of links) {
    const fault = (reason: ChainFault): ChainVerdict => ({ ok: false, seq: expected, reason });
    if (seq !== expected) return fault('number');
    const computed = hash(previous + line);
    if (computed !== stored) return fault('hash');
    const entry = read(line);
    if (!entry) return fault('unreadable');
    if (entry.seq !== expected) return fault('number');
    if (activation !== undefined && entry.activation !== activation) return fault('activation');
    if (entry.recordedAt < recordedAt) return fault('recorded-earlier');
    activation = entry.activation;
    recordedAt = entry.recordedAt;
    previous = computed;
    expected++;
  }
  return { ok: true, entries: expected - 1, head: previous };
}

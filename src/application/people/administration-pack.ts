import { ADMINISTRATION } from '../../domain/administration.js';
import { GENESIS, type Link } from '../../domain/evidence/chain.js';
import { toInstant } from '../../domain/time.js';
import type { Administration } from '../administration.js';
import type { PackFile } from '../evidence.js';
import type { Clock } from '../ports.js';

/**
 * The administration's journal in the form of an activation's export, so that one verifier serves both. It has no
 * contents: what an entry may not hold is in no export either.
 */
export async function* administrationPack(administration: Administration, clock: Clock, verifier: string, exportedBy: string): AsyncGenerator<PackFile> {
  let last: Pick<Link, 'seq' | 'hash'> = { seq: 0, hash: GENESIS };
  const lines = async function* () {
    for await (const { seq, line, hash } of administration.links()) {
      last = { seq, hash };
      yield `${JSON.stringify({ seq, line, hash })}\n`;
    }
  };
  yield { name: 'journal.ndjson', content: lines() };
  for (const name of ['vault.ndjson', 'files.ndjson']) yield { name, content: once('') };
  yield { name: 'verify.mjs', content: once(verifier) };
  const manifest = {
    format: 1, activation: ADMINISTRATION, entries: last.seq, head: last.hash, exportedAt: toInstant(clock.wall()), exportedBy, withheld: [], files: {},
  };
  yield { name: 'manifest.json', content: once(`${JSON.stringify(manifest, null, 2)}\n`) };
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

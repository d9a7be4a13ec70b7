import type { Sealed } from '../domain/entry.js';
import type { Hash } from '../domain/evidence/chain.js';
import type { Random, VaultText } from './ports.js';

/**
 * Puts the free texts of one command aside for the vault and gives their digests back. One sealer serves one command:
 * `texts` are written in the same transaction as the entries that name them.
 */
export class Sealer {
  readonly texts: VaultText[] = [];

  constructor(private readonly hash: Hash, private readonly random: Random) {}

  seal(typed: string): Sealed {
    // Half a character has no UTF-8: kept as it is, it would come back from the disk as something that was never hashed.
    const content = typed.replace(/\p{Surrogate}/gu, '\ufffd');
    const salt = this.random.id();
    const digest = this.hash(salt + content);
    this.texts.push({ digest, salt, content });
    return { digest, bytes: utf8Length(content) };
  }
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

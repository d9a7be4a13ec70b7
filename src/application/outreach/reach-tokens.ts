import type { Ms } from '../../domain/time.js';

/** What an address in a text, or of a provider's webhook, stands for: one attempt of one activation. */
export interface ReachToken {
  /** Opaque: 80 random bits, of letters and figures that a telephone types easily. */
  token: string;
  /** Six figures, for whoever calls back from another telephone; at most one attempt has it at a time. */
  code: string;
  activation: string;
  attempt: string;
}

/** Single-purpose tokens: each is made once for its attempt, and found again as long as the activation may be answered. */
export abstract class ReachTokens {
  /** The attempt's token, made at its first asking from these 128 random bits. */
  abstract tokenFor(activation: string, attempt: string, random: string, now: Ms): Promise<ReachToken>;
  abstract find(token: string): Promise<ReachToken | undefined>;
  abstract byCode(code: string): Promise<ReachToken | undefined>;
}

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** From 128 random bits in hexadecimal: a token of 16 letters (79 bits) and a code of six figures. */
export function tokenOf(random: string): Pick<ReachToken, 'token' | 'code'> {
  let value = BigInt(`0x${random}`);
  let token = '';
  for (let i = 0; i < 16; i++) {
    token += LETTERS[Number(value % BigInt(LETTERS.length))];
    value /= BigInt(LETTERS.length);
  }
  return { token, code: String(Number(BigInt(`0x${random.slice(0, 16)}`) % 900_000n) + 100_000) };
}
export const REACH_TOKEN = /^[a-hj-km-np-z2-9]{16}$/;

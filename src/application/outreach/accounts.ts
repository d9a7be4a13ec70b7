import type { AccountFailure } from '../../domain/outreach/reaching.js';
import { MINUTE, SECOND, type Ms } from '../../domain/time.js';
import type { Telephony } from './telephony.js';

/** So many failures in a row, and calls go on with the next account. */
const ENOUGH_FAILURES = 3;
/** An account that was left is tried again after so long. */
const REST: Ms = 5 * MINUTE;

interface Standing {
  failures: number;
  /** Left until then, and why. */
  until: Ms;
  why: AccountFailure | undefined;
  /** When its next call, and its next text, is due by the pace: over the whole process. */
  callAt: Ms;
  textAt: Ms;
}

/** The accounts of telephony in their order: which one serves now, and how fast it may be used. */
export class Accounts {
  readonly #standing = new Map<string, Standing>();

  constructor(readonly all: readonly Telephony[], private readonly textsPerSecond = 10) {
    for (const { account } of all) this.#standing.set(account, { failures: 0, until: 0, why: undefined, callAt: -Infinity, textAt: -Infinity });
  }

  named(name: string | undefined): Telephony | undefined {
    return this.all.find(({ account }) => account === name);
  }

  /** The first that can, and was not left. */
  forUse(way: 'voice' | 'sms', now: Ms): Telephony | undefined {
    return this.all.find((one) => (way === 'voice' ? one.voice : one.texts) && this.#of(one).until <= now);
  }

  /** How long until this account may be used again; zero takes the place. Monotonic time. */
  wait(account: Telephony, way: 'voice' | 'sms', now: Ms): Ms {
    const standing = this.#of(account);
    const slot = way === 'voice' ? 'callAt' : 'textAt';
    if (standing[slot] > now) return Math.ceil(standing[slot] - now);
    // What a moment of rest left may be caught up within a second, never more.
    standing[slot] = Math.max(standing[slot], now - SECOND) + SECOND / (way === 'voice' ? account.callsPerSecond : this.textsPerSecond);
    return 0;
  }

  worked(account: Telephony): void {
    Object.assign(this.#of(account), { failures: 0, why: undefined });
  }

  /** It failed; the account with which calls go on, where it is left now and there is another. */
  stumbled(account: Telephony, why: AccountFailure, now: Ms): Telephony | undefined {
    const standing = this.#of(account);
    standing.failures++;
    standing.why = why;
    if (why === 'throttled' || (why !== 'credentials' && standing.failures < ENOUGH_FAILURES)) return undefined;
    const next = this.all.find((one) => one !== account && one.voice === account.voice && this.#of(one).until <= now);
    // The last one is never left: calls wait for it.
    if (!next) return undefined;
    standing.until = now + REST;
    standing.failures = 0;
    return next;
  }

  /** For whoever asks whether calling works. */
  standing(account: Telephony, now: Ms): { why: AccountFailure | null; isLeft: boolean } {
    const { why, until } = this.#of(account);
    return { why: why ?? null, isLeft: until > now };
  }

  #of({ account }: Telephony): Standing {
    return this.#standing.get(account)!;
  }
}

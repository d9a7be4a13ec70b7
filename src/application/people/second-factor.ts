import type { Hash } from '../../domain/evidence/chain.js';
import { isRefusal, refuse, type Refusal } from '../../domain/refusal.js';
import { MINUTE, SECOND, type Ms } from '../../domain/time.js';
import type { Administration } from '../administration.js';
import type { Clock, Directory, Random } from '../ports.js';
import type { Codes } from './secrets.js';
import type { LiveSession, Sessions } from './sessions.js';
import { actorOf } from './sign-in.js';
import type { Throttle } from './throttle.js';

/** What has to be given before orders are taken from this session. */
export type SecondFactorState = 'given' | 'asked' | 'to-set-up' | 'not-needed';

export function secondFactorOf({ session, account, needsSecondFactor }: LiveSession): SecondFactorState {
  if (!needsSecondFactor) return 'not-needed';
  if (session.strong) return 'given';
  return account.totpSecret === null ? 'to-set-up' : 'asked';
}

/** A prepared secret waits this long for its first code. */
const PREPARED_FOR: Ms = 15 * MINUTE;
const FREE_CODES = 5;
const RECOVERY_CODES = 10;

/** Codes that change with time, each served once, and ten codes of paper for the day the telephone is lost. */
export class SecondFactor {
  /** At most one per account; lost at a restart, which asks to scan again. */
  readonly #prepared = new Map<string, { secret: string; until: Ms }>();

  constructor(
    private readonly administration: Administration,
    private readonly directory: Directory,
    private readonly sessions: Sessions,
    private readonly codes: Codes,
    private readonly throttle: Throttle,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly hash: Hash,
  ) {}

  /** A new secret to scan. Where one is in place, only a session that gave it may replace it. */
  prepare({ account, session }: LiveSession): { secret: string; address: string } | Refusal {
    if (account.totpSecret !== null && !session.strong) return refuse('second-factor-kept');
    const secret = this.codes.newSecret();
    this.#prepared.set(account.id, { secret, until: this.clock.monotonic() + PREPARED_FOR });
    return { secret, address: this.codes.address(secret, account.login) };
  }

  /** The first code shows that the telephone has the secret; answers the recovery codes, shown once. */
  async confirm(live: LiveSession, code: string): Promise<string[] | Refusal> {
    const { account, session } = live;
    const prepared = this.#prepared.get(account.id);
    if (!prepared || prepared.until < this.clock.monotonic()) return refuse('no-second-factor');
    const step = await this.#tried(live, () => this.codes.stepOf(prepared.secret, code, this.clock.wall()));
    if (isRefusal(step)) return step;
    const recovery = Array.from({ length: RECOVERY_CODES }, () => this.random.id().slice(0, 16).replace(/(.{4})(?=.)/g, '$1-'));
    const written = await this.administration.write(actorOf(account), async () => {
      const now = await this.directory.account(account.id);
      // Two sessions set it up at once: the second must not replace what the first has just put in place.
      if (now?.totpSecret !== account.totpSecret) return refuse('second-factor-kept');
      return {
        events: [{ type: 'secondFactorSet', payload: { account: account.id } }],
        details: { totpSecret: prepared.secret, totpUsedStep: step, recoveryCodes: recovery.map(this.hash) },
      };
    });
    if (isRefusal(written)) return written;
    this.#prepared.delete(account.id);
    return (await this.sessions.strengthen(session)) ? recovery : refuse('signed-out');
  }

  /** A code of the telephone, or one of the ten: from now on this session's orders are taken. */
  async give(live: LiveSession, code: string): Promise<true | Refusal> {
    const { account, session } = live;
    const { totpSecret } = account;
    if (totpSecret === null) return refuse('no-second-factor');
    const given = await this.#tried(live, () => (/^\d{6}$/.test(code) ? this.#useStep(account.id, totpSecret, code) : this.#useRecoveryCode(live, code)));
    if (isRefusal(given)) return given;
    return (await this.sessions.strengthen(session)) ? true : refuse('signed-out');
  }

  async #useStep(account: string, secret: string, code: string): Promise<number | undefined> {
    const step = this.codes.stepOf(secret, code, this.clock.wall());
    return step !== undefined && (await this.directory.useTotpStep(account, step)) ? step : undefined;
  }

  async #useRecoveryCode({ account }: LiveSession, code: string): Promise<number | undefined> {
    const used = this.hash(code);
    const written = await this.administration.write(actorOf(account), async () => {
      const left = (await this.directory.account(account.id))?.recoveryCodes ?? [];
      if (!left.includes(used)) return refuse('wrong-code');
      const recoveryCodes = left.filter((one) => one !== used);
      return { events: [{ type: 'recoveryCodeUsed', payload: { account: account.id, left: recoveryCodes.length } }], details: { recoveryCodes } };
    });
    return isRefusal(written) ? undefined : 1;
  }

  async #tried<T>({ account }: LiveSession, attempt: () => T | undefined | Promise<T | undefined>): Promise<T | Refusal> {
    const key = `code ${account.id}`;
    const wait = this.throttle.begin([{ key, free: FREE_CODES }]);
    if (wait > 0) {
      await this.administration.noteThrottled(account.id).catch(() => {});
      return refuse('throttled', { seconds: Math.ceil(wait / SECOND) });
    }
    const answer = await attempt();
    if (answer === undefined) return refuse('wrong-code');
    this.throttle.succeed(key);
    return answer;
  }
}

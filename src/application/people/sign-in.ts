import type { Hash } from '../../domain/evidence/chain.js';
import { weaknessOf } from '../../domain/people/password.js';
import { isRefusal, refuse, type Refusal } from '../../domain/refusal.js';
import { SECOND, type Ms } from '../../domain/time.js';
import type { Actor, Administration } from '../administration.js';
import type { Account, Directory } from '../ports.js';
import { HashingBusy, type Passwords } from './secrets.js';
import type { LiveSession, Sessions } from './sessions.js';
import type { Allowance, Throttle } from './throttle.js';

export interface Credentials {
  login: string;
  password: string;
  /** Where it comes from: an address, or a network that one household shares. */
  source: string;
  /** What this device was given when this account last signed in on it. */
  device?: string;
}

/** What a browser is given; both are secrets. */
export interface Entry {
  account: string;
  secret: string;
  maxAge: Ms;
  device: string;
}

/** A person who mistypes is not slowed down… */
const FREE_PER_LOGIN = 5;
/**
 * However many addresses guess one login: six tries a minute. One address alone, which has to wait for thirty seconds, never
 * fills this, and so keeps nobody out who comes from elsewhere.
 */
const EVERYWHERE = { free: 20, every: 10 * SECOND };
/** …nor is a préfecture, whose people may all come from one address. */
const FREE_PER_SOURCE = 30;

/** Local accounts: a login and a password, slowed down where somebody guesses. Local sign-ins are all logged. */
export class SignIn {
  constructor(
    private readonly administration: Administration,
    private readonly directory: Directory,
    private readonly sessions: Sessions,
    private readonly passwords: Passwords,
    private readonly throttle: Throttle,
    private readonly hash: Hash,
  ) {}

  /** The same answer, for the same work, whether the login is nobody's, disabled, or the password is wrong. */
  async signIn({ login, password, source, device }: Credentials): Promise<Entry | Refusal> {
    const account = await this.directory.accountByLogin(login);
    const known = account !== undefined && device !== undefined && this.hash(device) === this.hash(this.#device(account));
    const bySource: Allowance = { key: `source ${source}`, free: FREE_PER_SOURCE };
    // Who signed in on this device before does not wait for those who guess elsewhere: they have their own count.
    const own: Allowance = { key: known ? `device ${account.id}` : `login ${login} from ${source}`, free: FREE_PER_LOGIN };
    const everywhere: Allowance = { key: `login ${login}`, ...EVERYWHERE };
    const hash = account && account.disabledAt === null && account.erasedAt === null ? account.passwordHash : null;
    const tried = await this.#try(known ? [own] : [own, everywhere, bySource], account, () => this.passwords.verify(hash, password));
    if (isRefusal(tried)) return tried;
    if (!tried || !account) return refuse('wrong-credentials');
    this.throttle.succeed(own.key);
    if (!known) {
      this.throttle.succeed(everywhere.key);
      this.throttle.undo(bySource);
    }
    const logged = await this.administration.write(actorOf(account), async () => {
      const now = await this.directory.account(account.id); // what changed while the password was being verified
      if (now?.passwordHash !== hash || now.disabledAt !== null) return refuse('wrong-credentials');
      return { events: [{ type: 'signedIn', payload: { account: account.id } }] };
    });
    return isRefusal(logged) ? logged : this.enter(account, false);
  }

  /** Somebody changes their own password: every session ends, and the one in which they did it begins anew. */
  async changePassword({ account, session }: LiveSession, current: string, next: string): Promise<Entry | Refusal> {
    const own: Allowance = { key: `password ${account.id}`, free: FREE_PER_LOGIN };
    const right = await this.#try([own], account, () => this.passwords.verify(account.passwordHash, current));
    if (isRefusal(right)) return right;
    if (!right) return refuse('wrong-credentials');
    this.throttle.succeed(own.key);
    const passwordHash = await this.hashed(next, account.login);
    if (isRefusal(passwordHash)) return passwordHash;
    const written = await this.administration.write(actorOf(account), () => ({
      events: [{ type: 'passwordSet', payload: { account: account.id } }], details: { passwordHash },
    }));
    return isRefusal(written) ? written : this.enter({ ...account, passwordHash }, session.strong);
  }

  /** A session for whoever has just shown who they are. */
  async enter(account: Readonly<Account>, strong: boolean): Promise<Entry> {
    return { account: account.id, device: this.#device(account), ...(await this.sessions.start(account.id, strong)) };
  }

  /** The hash of a new password, or why it is too weak, or that too many wait. */
  async hashed(password: string, login: string): Promise<string | Refusal> {
    const why = weaknessOf(password, login);
    if (why) return refuse('weak-password', { why });
    return this.#unlessBusy(() => this.passwords.hash(password));
  }

  async #try<T>(allowances: readonly Allowance[], account: Readonly<Account> | undefined, attempt: () => Promise<T>): Promise<T | Refusal> {
    const wait = this.throttle.begin(allowances);
    if (wait > 0) {
      // A full disk must not turn a short wait into an error.
      await this.administration.noteThrottled(account?.id ?? null).catch(() => {});
      return refuse('throttled', { seconds: Math.ceil(wait / SECOND) });
    }
    const answer = await this.#unlessBusy(attempt);
    if (isRefusal(answer)) for (const one of allowances) this.throttle.undo(one);
    return answer;
  }

  async #unlessBusy<T>(work: () => Promise<T>): Promise<T | Refusal> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof HashingBusy) return refuse('throttled', { seconds: 2 });
      throw error;
    }
  }

  /** Derived from the password's hash, which nobody else knows, and so dead with the password. */
  #device({ id, passwordHash }: Readonly<Account>): string {
    return this.hash(`device\n${id}\n${passwordHash}`);
  }
}

export function actorOf({ id, rights }: Readonly<Account>): Actor {
  return { id, rights, source: 'console' };
}

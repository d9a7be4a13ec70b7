import { hasAdministrator, type LinkPurpose } from '../../domain/administration.js';
import { decideFirstAdmin } from '../../domain/administration-rules.js';
import type { Right } from '../../domain/entry.js';
import type { Hash } from '../../domain/evidence/chain.js';
import { isRefusal, refuse, type Refusal } from '../../domain/refusal.js';
import { HOUR, MINUTE, toInstant, type Ms } from '../../domain/time.js';
import { THE_HOUSE, type Administration } from '../administration.js';
import type { AccountChange, Clock, Directory, OneTimeLink, Random } from '../ports.js';
import type { Entry, SignIn } from './sign-in.js';

export const FIRST_ADMIN_LINK_LIVES: Ms = 15 * MINUTE;
/** Its owner waits for it, and it opens an account that is in use: shorter than an invitation. */
export const RECOVERY_LIVES: Ms = 24 * HOUR;

/** What a browser types to use a link; its secret stands in the fragment, which no server and no log ever sees. */
export type LinkAddress = (purpose: LinkPurpose, secret: string) => string;

export interface IssuedLink {
  address: string;
  expiresAt: Ms;
  change: AccountChange;
}

/** What the page of a link may show before it is used. */
export interface LinkView {
  purpose: LinkPurpose;
  login: string | null;
  name: string | null;
  expiresAt: Ms;
}

export interface NewPerson {
  login: string;
  name: string;
  title: string;
}

/** Links that serve once: the first administrator, an invitation, a way back in. */
export class Links {
  constructor(
    private readonly administration: Administration,
    private readonly directory: Directory,
    private readonly signIn: SignIn,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly hash: Hash,
    private readonly address: LinkAddress,
  ) {}

  /** Until an administrator exists, a new link that makes one; undefined once there is one. Issued at each start. */
  async issueFirstAdminLink(): Promise<string | undefined> {
    const link = this.make('first-admin', null, this.clock.wall() + FIRST_ADMIN_LINK_LIVES);
    const events = await this.administration.write(THE_HOUSE, (state) => ({
      events: hasAdministrator(state) ? [] : [{ type: 'linkIssued', payload: { purpose: 'first-admin', account: null, expiresAt: toInstant(link.expiresAt) } }],
      changes: [link.change],
    }));
    return isRefusal(events) || events.length === 0 ? undefined : link.address;
  }

  /** A link to write with the entry that says it was issued. */
  make(purpose: LinkPurpose, account: string | null, expiresAt: Ms): IssuedLink {
    const secret = this.random.id() + this.random.id();
    const link: OneTimeLink = { tokenHash: this.hash(secret), purpose, account, expiresAt, usedAt: null };
    return { address: this.address(purpose, secret), expiresAt, change: { change: 'link-put', link } };
  }

  async look(secret: string): Promise<LinkView | Refusal> {
    const link = await this.#living(secret);
    if (isRefusal(link)) return link;
    const account = link.account === null ? undefined : await this.directory.account(link.account);
    return { purpose: link.purpose, login: account?.login ?? null, name: account?.name ?? null, expiresAt: link.expiresAt };
  }

  /** The first administrator, who may take other rights as well. */
  async createFirstAdmin(secret: string, person: NewPerson & { password: string; rights: readonly Right[] }): Promise<Entry | Refusal> {
    const link = await this.#living(secret);
    if (isRefusal(link)) return link;
    if (link.purpose !== 'first-admin') return refuse('dead-link');
    const passwordHash = await this.signIn.hashed(person.password, person.login);
    if (isRefusal(passwordHash)) return passwordHash;
    const { login, name, title, rights } = person;
    const id = this.random.id();
    return this.#use(link, id, async (state) => {
      if (await this.directory.accountByLogin(login)) return refuse('login-taken');
      const events = decideFirstAdmin(state, id, rights);
      return isRefusal(events) ? events : { events, details: { login, name, title, passwordHash } };
    });
  }

  /** An invitation or a recovery: its owner chooses a password, and is signed in. */
  async choosePassword(secret: string, password: string): Promise<Entry | Refusal> {
    const link = await this.#living(secret);
    if (isRefusal(link)) return link;
    const account = link.account === null ? undefined : await this.directory.account(link.account);
    if (!account || account.disabledAt !== null || account.erasedAt !== null) return refuse('dead-link');
    const passwordHash = await this.signIn.hashed(password, account.login);
    if (isRefusal(passwordHash)) return passwordHash;
    return this.#use(link, account.id, () => ({ events: [{ type: 'passwordSet', payload: { account: account.id } }], details: { passwordHash } }));
  }

  async #use(link: OneTimeLink, id: string, decide: Parameters<Administration['write']>[1]): Promise<Entry | Refusal> {
    const { tokenHash } = link;
    const written = await this.administration.write({ ...THE_HOUSE, id, source: 'console' }, async (state, now) => {
      // Of two uses at once, one finds it dead; so does one whose owner was disabled meanwhile.
      if (!isAlive(await this.directory.link(tokenHash), now)) return refuse('dead-link');
      const act = await decide(state, now);
      return isRefusal(act) ? act : { ...act, uses: { tokenHash } };
    });
    if (isRefusal(written)) return written;
    return this.signIn.enter((await this.directory.account(id))!, false);
  }

  async #living(secret: string): Promise<OneTimeLink | Refusal> {
    const link = await this.directory.link(this.hash(secret));
    const spent = link?.purpose === 'first-admin' && hasAdministrator(this.administration.state);
    return isAlive(link, this.clock.wall()) && !spent ? link : refuse('dead-link');
  }
}

function isAlive(link: OneTimeLink | undefined, now: Ms): link is OneTimeLink {
  return link !== undefined && link.usedAt === null && link.expiresAt > now;
}

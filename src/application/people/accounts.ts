import { decideAdministration, decideRecovery, type AdminCommand } from '../../domain/administration-rules.js';
import type { AdministrationEvent } from '../../domain/administration.js';
import type { Right } from '../../domain/entry.js';
import { isRefusal, refuse, type Refusal } from '../../domain/refusal.js';
import { toInstant, type Ms } from '../../domain/time.js';
import { THE_HOUSE, type Actor, type Administration } from '../administration.js';
import type { Account, Clock, Directory, Random } from '../ports.js';
import { RECOVERY_LIVES, type Links, type NewPerson } from './links.js';

/** An account as an administrator sees it: no secret, nor the hash of one. */
export interface AccountLine extends NewPerson {
  id: string;
  rights: Right[];
  hasPassword: boolean;
  secondFactor: boolean;
  recoveryCodesLeft: number;
  disabledAt: Ms | null;
  erasedAt: Ms | null;
  createdAt: Ms;
}

export interface Invited {
  account: string;
  /** To hand over by other means than this product: whoever has it chooses the password. */
  link: string;
  expiresAt: Ms;
}

type SimpleCommand = Extract<AdminCommand, { type: 'change-rights' | 'disable-account' | 'enable-account' | 'erase-account' | 'reset-second-factor' | 'revoke-sessions' }>;

/** What an administrator does with accounts. */
export class Accounts {
  constructor(
    private readonly administration: Administration,
    private readonly directory: Directory,
    private readonly links: Links,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly invitationLives: Ms,
  ) {}

  async list(): Promise<AccountLine[]> {
    return (await this.directory.accounts()).map(lineOf);
  }

  /** A new account and the link with which its owner chooses a password. */
  async create(actor: Actor, { login, name, title, rights }: NewPerson & { rights: readonly Right[] }): Promise<Invited | Refusal> {
    const account = this.random.id();
    const link = this.links.make('invitation', account, this.clock.wall() + this.invitationLives);
    const written = await this.administration.write(actor, async (state, now) => {
      const created = decideAdministration(state, { type: 'create-account', account, rights }, { rights: actor.rights, now });
      if (isRefusal(created)) return created;
      if (await this.directory.accountByLogin(login)) return refuse('login-taken');
      const issued: AdministrationEvent = { type: 'linkIssued', payload: { purpose: 'invitation', account, expiresAt: toInstant(link.expiresAt) } };
      return { events: [...created, issued], details: { login, name, title }, changes: [link.change] };
    });
    return isRefusal(written) ? written : { account, link: link.address, expiresAt: link.expiresAt };
  }

  async describe(actor: Actor, account: string, person: NewPerson): Promise<Refusal | undefined> {
    const written = await this.administration.write(actor, async (state, now) => {
      const events = decideAdministration(state, { type: 'describe-account', account }, { rights: actor.rights, now });
      if (isRefusal(events)) return events;
      const known = await this.directory.accountByLogin(person.login);
      if (known && known.id !== account) return refuse('login-taken');
      return isSame(known, person) ? { events: [] } : { events, details: person };
    });
    return isRefusal(written) ? written : undefined;
  }

  async change(actor: Actor, command: SimpleCommand): Promise<Refusal | undefined> {
    const written = await this.administration.write(actor, (state, now) => {
      const events = decideAdministration(state, command, { rights: actor.rights, now });
      return isRefusal(events) ? events : { events };
    });
    return isRefusal(written) ? written : undefined;
  }

  /** A new invitation, or a link for a password that was lost; the earlier one is dead. */
  issueLink(actor: Actor, account: string): Promise<Invited | Refusal> {
    return this.#issue(actor, account, (state, now, expiresAt) =>
      decideAdministration(state, { type: 'issue-link', account, expiresAt }, { rights: actor.rights, now }));
  }

  /** For the operator of the machine, when no administrator can come in any more. Its trace says that it came from there. */
  async recoverAdmin(login: string): Promise<Invited | Refusal> {
    const account = await this.directory.accountByLogin(login);
    if (!account) return refuse('unknown-person');
    return this.#issue({ ...THE_HOUSE, source: 'cli' }, account.id, (state, _now, expiresAt) => decideRecovery(state, account.id, expiresAt));
  }

  async #issue(
    actor: Actor, account: string,
    decide: (state: Administration['state'], now: Ms, expiresAt: Ms) => AdministrationEvent[] | Refusal,
  ): Promise<Invited | Refusal> {
    let expiresAt = 0;
    let address = '';
    const written = await this.administration.write(actor, (state, now) => {
      expiresAt = now + (state.accounts.get(account)?.hasPassword ? RECOVERY_LIVES : this.invitationLives);
      const events = decide(state, now, expiresAt);
      if (isRefusal(events)) return events;
      const issued = events.find((event) => event.type === 'linkIssued')!;
      const link = this.links.make(issued.payload.purpose, account, expiresAt);
      address = link.address;
      return { events, changes: [link.change] };
    });
    return isRefusal(written) ? written : { account, link: address, expiresAt };
  }
}

function isSame(known: Account | undefined, { login, name, title }: NewPerson): boolean {
  return known?.login === login && known.name === name && known.title === title;
}

function lineOf(account: Account): AccountLine {
  const { id, login, name, title, rights, passwordHash, totpSecret, recoveryCodes, disabledAt, erasedAt, createdAt } = account;
  return {
    id, login: erasedAt === null ? login : '', name, title, rights, hasPassword: passwordHash !== null, secondFactor: totpSecret !== null,
    recoveryCodesLeft: recoveryCodes.length, disabledAt, erasedAt, createdAt,
  };
}

import { Directory, type Account, type AccountChange, type ApiToken, type OneTimeLink, type Session, type WallScreen } from '../../src/application/ports.js';
import type { DirectoryChange } from '../../src/application/directory/address-book.js';
import type { PerimeterChange } from '../../src/application/outreach/perimeter-store.js';
import type { CalendarChange } from '../../src/application/on-call/calendar-store.js';
import type { WebhookChange } from '../../src/application/webhooks/webhook-store.js';
import type { Ms } from '../../src/domain/time.js';

/** The directory in plain maps; `mustWrite` throws when the test has filled the disk. */
export class MemoryDirectory extends Directory {
  readonly #accounts = new Map<string, Account>();
  readonly #sessions = new Map<string, Session>();
  readonly #tokens = new Map<string, ApiToken>();
  readonly #screens = new Map<string, WallScreen>();
  readonly #links = new Map<string, OneTimeLink>();
  readonly #mustWrite: () => void;

  constructor(mustWrite: () => void = () => {}, private readonly webhookChanged: (change: WebhookChange) => void = () => {},
    private readonly peopleChanged: (change: DirectoryChange) => void = () => {}, private readonly perimeterChanged: (change: PerimeterChange) => void = () => {},
    private readonly calendarChanged: (change: CalendarChange) => void = () => {}) {
    super();
    this.#mustWrite = mustWrite;
  }

  /** Throws what `apply` would have to refuse. */
  check(changes: readonly AccountChange[]): void {
    const logins = new Map([...this.#accounts.values()].map(({ login, id }) => [login, id]));
    for (const change of changes) {
      if (change.change === 'account-put') {
        const owner = logins.get(change.account.login);
        if (owner !== undefined && owner !== change.account.id) throw new Error('the login is taken');
        logins.set(change.account.login, change.account.id);
      }
      if (change.change === 'link-used' && this.#links.get(change.tokenHash)?.usedAt !== null) {
        throw new Error('the link was used already, or never existed');
      }
    }
  }

  apply(changes: readonly AccountChange[]): void {
    for (const change of changes) this.#apply(change);
  }

  #apply(change: AccountChange): void {
    switch (change.change) {
      case 'account-put': {
        const { account } = change;
        const before = this.#accounts.get(account.id);
        const used = before && before.totpSecret === account.totpSecret ? before.totpUsedStep : account.totpUsedStep;
        this.#accounts.set(account.id, { ...account, totpUsedStep: Math.max(used, account.totpUsedStep) });
        return;
      }
      case 'token-put':
        this.#tokens.set(change.token.id, change.token);
        return;
      case 'screen-put':
        this.#screens.set(change.screen.id, structuredClone(change.screen));
        return;
      case 'link-put':
        this.#links.set(change.link.tokenHash, change.link);
        return;
      case 'link-used':
        this.#links.get(change.tokenHash)!.usedAt = change.at;
        return;
      case 'links-dropped':
        for (const { tokenHash, account, usedAt } of this.#links.values()) {
          if (account === change.account && usedAt === null) this.#links.delete(tokenHash);
        }
        return;
      case 'sessions-dropped':
        for (const { tokenHash, account } of this.#sessions.values()) if (account === change.account) this.#sessions.delete(tokenHash);
        return;
      case 'person-put':
      case 'people-erased':
      case 'import-moved':
        this.peopleChanged(change);
        return;
      case 'perimeter-put':
      case 'perimeter-removed':
        this.perimeterChanged(change);
        return;
      case 'calendar-put':
      case 'calendar-removed':
        this.calendarChanged(change);
        return;
      default:
        this.webhookChanged(change);
    }
  }

  override async accounts(): Promise<Account[]> {
    return byAge(this.#accounts);
  }

  override async account(id: string): Promise<Account | undefined> {
    return structuredClone(this.#accounts.get(id));
  }

  override async accountByLogin(login: string): Promise<Account | undefined> {
    return structuredClone([...this.#accounts.values()].find((one) => one.login === login));
  }

  override async session(tokenHash: string): Promise<Session | undefined> {
    return structuredClone(this.#sessions.get(tokenHash));
  }

  override async putSession(session: Session): Promise<void> {
    this.#mustWrite();
    this.#sessions.set(session.tokenHash, structuredClone(session));
  }

  override async touchSession(session: Session): Promise<boolean> {
    this.#mustWrite();
    if (!this.#sessions.has(session.tokenHash)) return false;
    this.#sessions.set(session.tokenHash, structuredClone(session));
    return true;
  }

  override async dropSession(tokenHash: string): Promise<void> {
    this.#mustWrite();
    this.#sessions.delete(tokenHash);
  }

  override async dropExpiredSessions(now: Ms): Promise<void> {
    this.#mustWrite();
    for (const { tokenHash, expiresAt } of this.#sessions.values()) if (expiresAt <= now) this.#sessions.delete(tokenHash);
  }

  override async tokens(): Promise<ApiToken[]> {
    return byAge(this.#tokens);
  }

  override async tokenByHash(tokenHash: string): Promise<ApiToken | undefined> {
    return structuredClone([...this.#tokens.values()].find((one) => one.tokenHash === tokenHash));
  }

  override async screens(): Promise<WallScreen[]> {
    return byAge(this.#screens);
  }

  override async screenByCookie(cookieHash: string): Promise<WallScreen | undefined> {
    return structuredClone([...this.#screens.values()].find((one) => one.cookieHash === cookieHash));
  }

  override async touchScreen(id: string, seenAt: Ms): Promise<void> {
    this.#mustWrite();
    const known = this.#screens.get(id);
    if (known) known.seenAt = seenAt;
  }

  override async link(tokenHash: string): Promise<OneTimeLink | undefined> {
    return structuredClone(this.#links.get(tokenHash));
  }

  override async useTotpStep(account: string, step: number): Promise<boolean> {
    this.#mustWrite();
    const known = this.#accounts.get(account);
    if (!known || known.totpUsedStep >= step) return false;
    known.totpUsedStep = step;
    return true;
  }
}

function byAge<T extends { id: string; createdAt: Ms }>(all: ReadonlyMap<string, T>): T[] {
  return structuredClone([...all.values()].sort((x, y) => x.createdAt - y.createdAt || (x.id < y.id ? -1 : 1)));
}

import { LessThanOrEqual, type DataSource, type Repository } from 'typeorm';
import { Directory, type Account, type ApiToken, type OneTimeLink, type Session, type WallScreen } from '../../application/ports.js';
import type { Ms } from '../../domain/time.js';
import { asStorageFailure } from './raw-handle.js';
import { accounts, apiTokens, links, screens, sessions } from './tables.js';

/**
 * Accounts, sessions, tokens, screens and links through TypeORM. Each write is one statement; whatever goes with an entry of the
 * administration's journal is written by `Journal.append` instead. Logins are compared as they are written.
 */
export class DirectorySqlite extends Directory {
  readonly #accounts: Repository<Account>;
  readonly #sessions: Repository<Session>;
  readonly #tokens: Repository<ApiToken>;
  readonly #screens: Repository<WallScreen>;
  readonly #links: Repository<OneTimeLink>;

  constructor(source: DataSource) {
    super();
    this.#accounts = source.getRepository(accounts);
    this.#sessions = source.getRepository(sessions);
    this.#tokens = source.getRepository(apiTokens);
    this.#screens = source.getRepository(screens);
    this.#links = source.getRepository(links);
  }

  override accounts(): Promise<Account[]> {
    return this.#accounts.find({ order: { createdAt: 'ASC', id: 'ASC' } });
  }

  override async account(id: string): Promise<Account | undefined> {
    return (await this.#accounts.findOneBy({ id })) ?? undefined;
  }

  override async accountByLogin(login: string): Promise<Account | undefined> {
    return (await this.#accounts.findOneBy({ login })) ?? undefined;
  }

  override async session(tokenHash: string): Promise<Session | undefined> {
    return (await this.#sessions.findOneBy({ tokenHash })) ?? undefined;
  }

  override async putSession(session: Session): Promise<void> {
    await stored(this.#sessions.upsert({ ...session }, ['tokenHash']));
  }

  override async touchSession({ tokenHash, ...changed }: Session): Promise<boolean> {
    const { affected } = await stored(this.#sessions.update({ tokenHash }, changed));
    return affected === 1;
  }

  override async dropSession(tokenHash: string): Promise<void> {
    await stored(this.#sessions.delete({ tokenHash }));
  }

  override async dropExpiredSessions(now: Ms): Promise<void> {
    await stored(this.#sessions.delete({ expiresAt: LessThanOrEqual(now) }));
  }

  override tokens(): Promise<ApiToken[]> {
    return this.#tokens.find({ order: { createdAt: 'ASC', id: 'ASC' } });
  }

  override async tokenByHash(tokenHash: string): Promise<ApiToken | undefined> {
    return (await this.#tokens.findOneBy({ tokenHash })) ?? undefined;
  }

  override screens(): Promise<WallScreen[]> {
    return this.#screens.find({ order: { createdAt: 'ASC', id: 'ASC' } });
  }

  override async screenByCookie(cookieHash: string): Promise<WallScreen | undefined> {
    return (await this.#screens.findOneBy({ cookieHash })) ?? undefined;
  }

  override async touchScreen(id: string, seenAt: Ms): Promise<void> {
    await stored(this.#screens.update({ id }, { seenAt }));
  }

  override async link(tokenHash: string): Promise<OneTimeLink | undefined> {
    return (await this.#links.findOneBy({ tokenHash })) ?? undefined;
  }

  /** The comparison and the mark are one statement: of two uses at once, one finds it taken. */
  override async useTotpStep(account: string, step: number): Promise<boolean> {
    const { affected } = await stored(
      this.#accounts
        .createQueryBuilder()
        .update()
        .set({ totpUsedStep: step })
        .where('id = :account AND totpUsedStep < :step', { account, step })
        .execute(),
    );
    return affected === 1;
  }
}

async function stored<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    throw asStorageFailure(error);
  }
}

import type { AdministrationEvent } from '../../domain/administration.js';
import { needsSecondFactor } from '../../domain/administration-rules.js';
import type { Hash } from '../../domain/evidence/chain.js';
import { MINUTE, type Ms } from '../../domain/time.js';
import type { Account, ApiToken, Clock, Directory, Random, Session } from '../ports.js';

export interface SessionLimits {
  /** A session that nobody uses ends after this long… */
  idle: Ms;
  /** …and any session after this long. */
  absolute: Ms;
}

/** How stale the stored mark of use may be: a write to the disk for each request would cost more than it says. */
const SEEN_EVERY: Ms = 5 * MINUTE;
/** Sessions and tokens kept in memory; the others are read again from the directory. */
const MOST_KEPT = 5_000;

/** A session with its account as both are now. */
export interface LiveSession {
  readonly session: Readonly<Session>;
  readonly account: Readonly<Account>;
  readonly needsSecondFactor: boolean;
}

/**
 * Sessions and API tokens, known by the hash of their secret and kept in memory: a request costs a look-up. What an
 * administrator changes is forgotten here at the commit, and so is true for the next request.
 */
export class Sessions {
  readonly #live = new Map<string, LiveSession>();
  readonly #tokens = new Map<string, ApiToken>();
  /** Grows with each change: what was being read meanwhile must not be kept. */
  #changes = 0;
  /** A session ended, or what its account may do changed: its boards must ask again who they are. */
  onChanged: (account: string) => void = () => {};

  constructor(
    private readonly directory: Directory,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly hash: Hash,
    private readonly limits: SessionLimits,
  ) {}

  /** A new session; its secret is told once, and only its hash is stored. */
  async start(account: string, strong: boolean): Promise<{ secret: string; maxAge: Ms }> {
    const now = this.clock.wall();
    const secret = this.random.id() + this.random.id();
    await this.directory.dropExpiredSessions(now);
    await this.directory.putSession({
      tokenHash: this.hash(secret), account, createdAt: now, seenAt: now, expiresAt: now + this.limits.absolute, strong,
    });
    return { secret, maxAge: this.limits.absolute };
  }

  async find(secret: string): Promise<LiveSession | undefined> {
    const tokenHash = this.hash(secret);
    const live = this.#live.get(tokenHash) ?? (await this.#read(tokenHash));
    if (!live) return undefined;
    const now = this.clock.wall();
    const { session } = live;
    if (now >= session.expiresAt || now - session.seenAt >= this.limits.idle) {
      await this.#drop(session);
      return undefined;
    }
    if (now - session.seenAt < SEEN_EVERY) return live;
    // On a full disk people go on reading: only the mark of use is lost.
    const kept = await this.#touch(live, { seenAt: now }).catch(() => true);
    return kept ? (this.#live.get(tokenHash) ?? this.#read(tokenHash)) : undefined;
  }

  /** The second factor was given in this session. False when it ended meanwhile. */
  async strengthen({ tokenHash }: Readonly<Session>): Promise<boolean> {
    const live = this.#live.get(tokenHash) ?? (await this.#read(tokenHash));
    return live !== undefined && this.#touch(live, { strong: true });
  }

  async end(secret: string): Promise<void> {
    const live = await this.find(secret);
    if (live) await this.#drop(live.session);
  }

  /** An API token that lives. */
  async token(secret: string): Promise<ApiToken | undefined> {
    const tokenHash = this.hash(secret);
    const changes = this.#changes;
    let token = this.#tokens.get(tokenHash);
    if (!token) {
      token = await this.directory.tokenByHash(tokenHash);
      if (token && changes === this.#changes) keep(this.#tokens, tokenHash, token);
    }
    return token && token.revokedAt === null && token.expiresAt > this.clock.wall() ? token : undefined;
  }

  /** After a commit of the administration: what is kept of those that it changed is read again. */
  heed(events: readonly AdministrationEvent[]): void {
    for (const { type, payload } of events) {
      if (UNHEEDED.has(type)) continue;
      this.#changes++;
      if ('token' in payload) this.#tokens.clear();
      if (!('account' in payload) || !payload.account) continue;
      const { account } = payload;
      for (const [tokenHash, live] of this.#live) if (live.account.id === account) this.#live.delete(tokenHash);
      this.onChanged(account);
    }
  }

  async #read(tokenHash: string): Promise<LiveSession | undefined> {
    const changes = this.#changes;
    const session = await this.directory.session(tokenHash);
    const account = session && (await this.directory.account(session.account));
    if (!account || account.disabledAt !== null || account.erasedAt !== null) return undefined;
    const live = { session, account, needsSecondFactor: needsSecondFactor(account.rights, account.totpSecret !== null) };
    if (changes !== this.#changes) return this.#read(tokenHash);
    const known = this.#live.get(tokenHash); // read and perhaps strengthened meanwhile
    if (known) return known;
    keep(this.#live, tokenHash, live);
    return live;
  }

  /** Changes the session in memory first, so that two changes at once add up; false when it was dropped meanwhile. */
  async #touch(live: LiveSession, changed: Partial<Session>): Promise<boolean> {
    const session = { ...live.session, ...changed };
    keep(this.#live, session.tokenHash, { ...live, session });
    const exists = await this.directory.touchSession(session);
    if (!exists) this.#live.delete(session.tokenHash);
    return exists;
  }

  async #drop({ tokenHash, account }: Readonly<Session>): Promise<void> {
    this.#changes++;
    this.#live.delete(tokenHash);
    await this.directory.dropSession(tokenHash);
    this.onChanged(account);
  }
}

const UNHEEDED = new Set<AdministrationEvent['type']>(['accountCreated', 'signedIn', 'signInThrottled', 'linkIssued', 'tokenIssued']);

function keep<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= MOST_KEPT) return;
    map.delete(oldest);
  }
}

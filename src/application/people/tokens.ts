import { decideAdministration } from '../../domain/administration-rules.js';
import type { Hash } from '../../domain/evidence/chain.js';
import { isRefusal, refuse, type Refusal } from '../../domain/refusal.js';
import type { Ms } from '../../domain/time.js';
import type { Actor, Administration } from '../administration.js';
import type { ApiToken, Clock, Directory, Random } from '../ports.js';

/** Every secret of a token begins so: scanners of logs and of repositories know it when they meet it. */
export const TOKEN_PREFIX = 'tz_';

export type TokenLine = Omit<ApiToken, 'tokenHash'>;

/** Tokens for scripts: an explicit list of operations, an end within the year, a secret shown once. */
export class Tokens {
  constructor(
    private readonly administration: Administration,
    private readonly directory: Directory,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly hash: Hash,
  ) {}

  async list(): Promise<TokenLine[]> {
    return (await this.directory.tokens()).map(({ tokenHash: _, ...line }) => line);
  }

  async issue(actor: Actor, wanted: { name: string; operations: readonly string[]; expiresAt: Ms }): Promise<{ token: TokenLine; secret: string } | Refusal> {
    const secret = TOKEN_PREFIX + this.random.id() + this.random.id();
    const token: ApiToken = {
      id: this.random.id(), tokenHash: this.hash(secret), name: wanted.name, commands: [...new Set(wanted.operations)], expiresAt: wanted.expiresAt,
      revokedAt: null, createdBy: actor.id, createdAt: this.clock.wall(),
    };
    const { id, commands: operations, expiresAt } = token;
    const written = await this.administration.write(actor, (state, now) => {
      const events = decideAdministration(state, { type: 'issue-token', token: id, operations, expiresAt }, { rights: actor.rights, now });
      return isRefusal(events) ? events : { events, changes: [{ change: 'token-put', token }] };
    });
    const { tokenHash: _, ...line } = token;
    return isRefusal(written) ? written : { token: line, secret };
  }

  async revoke(actor: Actor, id: string): Promise<Refusal | undefined> {
    const written = await this.administration.write(actor, async (state, now) => {
      const events = decideAdministration(state, { type: 'revoke-token', token: id }, { rights: actor.rights, now });
      if (isRefusal(events) || events.length === 0) return isRefusal(events) ? events : { events };
      const token = (await this.directory.tokens()).find((one) => one.id === id);
      if (!token) return refuse('unknown-token');
      return { events, changes: [{ change: 'token-put', token: { ...token, revokedAt: now } }] };
    });
    return isRefusal(written) ? written : undefined;
  }
}

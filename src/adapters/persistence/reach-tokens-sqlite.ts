import { ReachTokens, tokenOf, type ReachToken } from '../../application/outreach/reach-tokens.js';
import type { Ms } from '../../domain/time.js';
import type { RawHandle } from './raw-handle.js';

/** Single-purpose tokens in SQLite. */
export class ReachTokensSqlite extends ReachTokens {
  readonly #sql;

  constructor(private readonly handle: RawHandle) {
    super();
    this.#sql = {
      of: handle.prepare<[string, string], ReachToken>('SELECT token, code, activation, attempt FROM reachTokens WHERE activation = ? AND attempt = ?'),
      find: handle.prepare<[string], ReachToken>('SELECT token, code, activation, attempt FROM reachTokens WHERE token = ?'),
      byCode: handle.prepare<[string], ReachToken>('SELECT token, code, activation, attempt FROM reachTokens WHERE code = ? ORDER BY createdAt DESC, token LIMIT 1'),
      put: handle.prepare<[string, string, string, string, Ms]>('INSERT OR IGNORE INTO reachTokens (token, code, activation, attempt, createdAt) VALUES (?, ?, ?, ?, ?)'),
    };
  }

  override async tokenFor(activation: string, attempt: string, random: string, now: Ms): Promise<ReachToken> {
    const known = this.#sql.of.get(activation, attempt);
    if (known) return known;
    const { token, code } = tokenOf(random);
    this.handle.write(() => this.#sql.put.run(token, code, activation, attempt, now));
    return this.#sql.of.get(activation, attempt)!;
  }

  override async find(token: string): Promise<ReachToken | undefined> {
    return this.#sql.find.get(token);
  }

  /** The newest that has it: a code is short, and old ones mean nothing any more. */
  override async byCode(code: string): Promise<ReachToken | undefined> {
    return this.#sql.byCode.get(code);
  }
}

import { ReachTokens, tokenOf, type ReachToken } from '../../src/application/outreach/reach-tokens.js';
import type { Ms } from '../../src/domain/time.js';

/** Single-purpose tokens in a plain map, under the same contract suite as SQLite. */
export class MemoryReachTokens extends ReachTokens {
  readonly #byAttempt = new Map<string, ReachToken & { createdAt: Ms }>();

  constructor(private readonly mustWrite: () => void = () => {}) {
    super();
  }

  override async tokenFor(activation: string, attempt: string, random: string, now: Ms): Promise<ReachToken> {
    const known = this.#byAttempt.get(`${activation} ${attempt}`);
    if (known) return shown(known);
    this.mustWrite();
    const made = { ...tokenOf(random), activation, attempt, createdAt: now };
    this.#byAttempt.set(`${activation} ${attempt}`, made);
    return shown(made);
  }

  override async find(token: string): Promise<ReachToken | undefined> {
    const found = [...this.#byAttempt.values()].find((one) => one.token === token);
    return found && shown(found);
  }

  override async byCode(code: string): Promise<ReachToken | undefined> {
    const found = [...this.#byAttempt.values()].filter((one) => one.code === code).sort((x, y) => y.createdAt - x.createdAt || (x.token < y.token ? -1 : 1))[0];
    return found && shown(found);
  }
}

function shown({ token, code, activation, attempt }: ReachToken): ReachToken {
  return { token, code, activation, attempt };
}

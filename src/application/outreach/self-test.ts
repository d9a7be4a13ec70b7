import { localDay } from '../../domain/clock/local-time.js';
import { EXERCISE_MARK } from '../../domain/exercise-mark.js';
import type { LastSelfTest, SelfTestOutcome } from '../../domain/outreach/self-test.js';
import { RECORDED } from '../../domain/outreach/wording.js';
import { refuse, type Refusal } from '../../domain/refusal.js';
import { MINUTE, type Ms } from '../../domain/time.js';
import { THE_HOUSE, type Administration } from '../administration.js';
import type { Clock, Random } from '../ports.js';
import type { Accounts } from './accounts.js';
import type { ReachTokens } from './reach-tokens.js';
import { ProviderFailure, type LineNews, type Speech, type Telephony } from './telephony.js';

/** In place of an activation, in the tokens of these calls. */
const SELF_TEST = 'self-test';
/** Beyond it nobody has pressed a key, whatever the line says. */
const PATIENCE: Ms = 3 * MINUTE;

export interface SelfTestSettings {
  /** A line of the préfecture's own, E.164; undefined: nothing can be tested. */
  line?: string | undefined;
  /** Each night at that local time. */
  at: string;
  timeZone: string;
  prefecture: string;
}

/** Whether calling works tonight: each account calls the préfecture's own line, and a key closes the test. */
export class SelfTest {
  readonly #under = new Map<string, { account: string; startedAt: Ms; heard: SelfTestOutcome }>();

  constructor(
    private readonly administration: Administration,
    private readonly accounts: Accounts,
    private readonly tokens: ReachTokens,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly settings: SelfTestSettings,
    private readonly alarm: (message: string, details: object) => void,
  ) {}

  get line(): string | undefined {
    return this.settings.line;
  }

  last(account: string): LastSelfTest | undefined {
    return this.administration.state.selfTests.get(account);
  }

  isUnderWay(account: string): boolean {
    return [...this.#under.values()].some((one) => one.account === account);
  }

  /** Calls by every account that can; what is under way already is not begun again. */
  async start(): Promise<Refusal | { calling: string[] }> {
    const { line } = this.settings;
    const callers = this.accounts.all.filter(({ voice }) => voice);
    if (line === undefined || callers.length === 0) return refuse('no-telephony');
    const fresh = callers.filter(({ account }) => !this.isUnderWay(account));
    await Promise.all(fresh.map((account) => this.#call(account, line)));
    return { calling: fresh.map(({ account }) => account) };
  }

  /** Each night, once; and what nobody answered is over after a while. */
  async beat(): Promise<void> {
    const now = this.clock.wall();
    for (const [token, { startedAt, heard }] of this.#under) if (now - startedAt > PATIENCE) await this.#over(token, heard === 'doubt' ? 'no-answer' : heard);
    const { line, at, timeZone } = this.settings;
    const [account] = this.accounts.all.filter(({ voice }) => voice);
    if (line === undefined || !account || this.isUnderWay(account.account)) return;
    const time = new Intl.DateTimeFormat('sv-SE', { timeZone, hour: '2-digit', minute: '2-digit' }).format(now);
    const last = this.last(account.account)?.at;
    if (time >= at && (last === undefined ? time < plusAnHour(at) : localDay(last, timeZone) < localDay(now, timeZone))) await this.start();
  }

  async answered(token: string): Promise<Speech | undefined> {
    const one = this.#under.get(token);
    if (!one) return undefined;
    one.heard = 'answered';
    return {
      say: [EXERCISE_MARK, `Ici la ${this.settings.prefecture}. Ceci est un essai de la téléphonie.`, 'Appuyez sur 1 pour dire que vous entendez.', EXERCISE_MARK],
      awaits: { token, digits: 1, seconds: 8, times: 3 },
    };
  }

  async pressed(token: string, keys: string): Promise<Speech | undefined> {
    if (!this.#under.has(token)) return undefined;
    if (!keys.trim().startsWith('1')) return this.answered(token);
    await this.#over(token, 'acknowledged');
    return { say: [RECORDED.acknowledged] };
  }

  /** False: no test of ours. */
  async progressed(token: string, { state, over, code }: LineNews): Promise<boolean> {
    const one = this.#under.get(token);
    if (!one) return false;
    if (over) await this.#over(token, state === 'cancelled' || state === 'ringing' || state === 'dialling' || state === 'delivered' ? 'failed' : state, code);
    return true;
  }

  async #call(account: Telephony, line: string): Promise<void> {
    const now = this.clock.wall();
    const { token } = await this.tokens.tokenFor(SELF_TEST, `${account.account}/${now}`, this.random.id(), now);
    this.#under.set(token, { account: account.account, startedAt: now, heard: 'doubt' });
    try {
      await account.call({ token, to: line, ringSeconds: 30 });
    } catch (error) {
      const { kind, code } = error instanceof ProviderFailure ? error : { kind: 'unavailable' as const, code: undefined };
      // In doubt the call may ring all the same: its key, or its patience, says it.
      if (kind !== 'doubt') await this.#over(token, kind === 'credentials' || kind === 'invalid' ? kind : kind === 'rejected' ? 'failed' : 'unavailable', code);
    }
  }

  async #over(token: string, outcome: SelfTestOutcome, code?: string): Promise<void> {
    const one = this.#under.get(token);
    if (!one) return;
    this.#under.delete(token);
    const { account } = one;
    await this.administration.write(THE_HOUSE, () => ({ events: [{ type: 'telephonyTested', payload: { account, outcome, ...(code ? { code } : {}) } }] }));
    if (outcome !== 'acknowledged') this.alarm('telephony: the test call was not acknowledged', { account, outcome, code });
  }
}

function plusAnHour(at: string): string {
  const [hour = '0', minute = '00'] = at.split(':');
  return `${String(Math.min(23, Number(hour) + 1)).padStart(2, '0')}:${minute}`;
}

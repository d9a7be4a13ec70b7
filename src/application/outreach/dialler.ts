import type { AccountFailure, Move, Way } from '../../domain/outreach/reaching.js';
import type { Lane } from '../../domain/entry.js';
import { attemptOf, isWanted } from '../../domain/outreach/attempts.js';
import type { Activation } from '../../domain/state.js';
import { SECOND, type Ms } from '../../domain/time.js';
import type { Activations } from '../activations.js';
import type { AddressBook } from '../directory/address-book.js';
import { Channel, NotYet, type Clock, type Delivery, type OutboxRow, type Random } from '../ports.js';
import { THE_ENGINE } from '../submission.js';
import type { Accounts } from './accounts.js';
import type { LineWords } from './line-words.js';
import type { ReachTokens } from './reach-tokens.js';
import { ProviderFailure, type FailureKind, type Mailer, type Telephony } from './telephony.js';

/** What an effect of a campaign says: ids alone. */
interface Body {
  attempt: string;
  person: string;
  contact: number;
  sid?: string;
  account?: string;
}

/** Nothing answers there: again so soon, as long as the call is wanted. */
const AGAIN: Ms = 5 * SECOND;
/** The provider was asked so often after a doubt; then the doubt stands, and is shown. */
const MOST_QUESTIONS = 20;
/** How far clocks may differ between here and a provider, when it is asked since when. */
const CLOCKS_DIFFER: Ms = 60 * SECOND;

/**
 * What calls, texts and writes to people of the directory. It finds the number when it dials, asks once more whether the call
 * is still wanted, keeps the pace of each account over the whole process, and never calls twice in doubt.
 */
export class Dialler extends Channel {
  override readonly onDoubt = 'ask-provider';
  override readonly lanes: readonly Lane[];
  override readonly isSlow = true;

  constructor(
    lanes: readonly Lane[],
    private readonly activations: Activations,
    private readonly addressBook: Pick<AddressBook, 'person'>,
    private readonly tokens: ReachTokens,
    private readonly accounts: Accounts,
    private readonly mailer: Mailer | undefined,
    private readonly words: LineWords,
    private readonly clock: Clock,
    private readonly random: Random,
    /** In the test lane those alone who are on its list. */
    private readonly mayReach: (lane: Lane, address: string) => boolean,
  ) {
    super();
    this.lanes = lanes;
  }

  override async send(row: OutboxRow): Promise<Delivery> {
    const body = row.body as unknown as Body;
    switch (row.kind) {
      case 'hang-up': return this.#hangUp(row, body);
      case 'ask': return this.#ask(row, body);
      default: return this.#reach(row, body);
    }
  }

  /** A row that a crash left in doubt: the provider may have it. */
  override find = async (row: OutboxRow): Promise<Delivery | undefined> => {
    const body = row.body as unknown as Body;
    if (row.kind !== 'call' && row.kind !== 'text') return undefined;
    const known = await this.#known(row, body);
    return known && delivery(known);
  };

  async #reach(row: OutboxRow, body: Body): Promise<Delivery> {
    const { attempt } = body;
    const seen = await this.#seen(row.activation, (a) => ({ wanted: isWanted(a, attempt), found: attemptOf(a, attempt) }));
    if (!seen?.wanted || !seen.found) return delivery({ attempt, state: 'cancelled', over: true });
    const to = await this.#address(seen.found.campaign.people[body.person]?.version, body);
    if (to === undefined) return delivery({ attempt, state: 'invalid', over: true });
    if (!this.mayReach(row.lane, to)) return delivery({ attempt, state: 'failed', over: true, code: 'allow-list' });
    // Erased words are said to nobody: that is no fault of the account's.
    if (!(await this.words.wording(row.activation, attempt))) return delivery({ attempt, state: 'failed', over: true, code: 'no-words' });
    const way = row.channel as Way;
    const { token, code } = await this.tokens.tokenFor(row.activation, attempt, this.random.id(), this.clock.wall());
    if (way === 'mail') return this.#write(row, attempt, to, token);
    const account = this.accounts.forUse(way, this.clock.wall());
    if (!account) throw new NotYet(AGAIN);
    const text = way === 'sms' ? await this.words.sms(row.activation, attempt, { token, code, canReply: account.canReceive }) : undefined;
    const validForSeconds = await this.words.validFor(row.activation);
    const wait = this.accounts.wait(account, way, this.clock.monotonic());
    if (wait > 0) throw new NotYet(wait);
    try {
      const { ringSeconds } = seen.found.campaign;
      const { sid } = text === undefined ? await account.call({ token, to, ringSeconds }) : await account.text({ token, to, text, validForSeconds });
      this.accounts.worked(account);
      return delivery({ attempt, state: 'dialling', sid, account: account.account });
    } catch (error) {
      return this.#failed(row, attempt, account, error);
    }
  }

  /** Once handed to the mail server there is no news of it: delivered is all that can be said. */
  async #write(row: OutboxRow, attempt: string, to: string, token: string): Promise<Delivery> {
    if (!this.mailer) return delivery({ attempt, state: 'failed', over: true, code: 'no-mail' });
    try {
      await this.mailer.send({ token, to, ...(await this.words.letter(row.activation, attempt, token)) });
      return delivery({ attempt, state: 'delivered', over: true });
    } catch (error) {
      const { kind, code } = asFailure(error);
      if (kind === 'invalid' || kind === 'rejected') return delivery({ attempt, state: kind === 'invalid' ? 'invalid' : 'failed', over: true, ...(code ? { code } : {}) });
      throw new NotYet(6 * AGAIN);
    }
  }

  async #failed(row: OutboxRow, attempt: string, account: Telephony, error: unknown): Promise<Delivery> {
    const { kind, code, retryAfterMs } = asFailure(error);
    const coded = code ? { code } : {};
    switch (kind) {
      case 'invalid': return delivery({ attempt, state: 'invalid', over: true, account: account.account, ...coded });
      case 'rejected': return delivery({ attempt, state: 'failed', over: true, account: account.account, ...coded });
      case 'doubt':
        this.accounts.stumbled(account, 'unavailable', this.clock.wall());
        return delivery({ attempt, state: 'doubt', account: account.account, ...coded });
      default: {
        const next = this.accounts.stumbled(account, kind, this.clock.wall());
        if (next) await this.#changed(row.activation, account.account, next.account, kind);
        throw new NotYet(next ? 0 : (retryAfterMs ?? AGAIN));
      }
    }
  }

  async #changed(activation: string, from: string, to: string, why: AccountFailure): Promise<void> {
    await this.activations.submit(activation, { command: { type: 'change-account', from, to, why }, author: THE_ENGINE, key: `account/${from}/${to}/${this.clock.wall()}` });
  }

  async #hangUp(row: OutboxRow, { attempt, sid, account: name }: Body): Promise<Delivery> {
    const account = this.accounts.named(name);
    if (!account || sid === undefined) return delivery({ attempt, state: 'cancelled', over: true });
    try {
      await account.cancel(sid);
    } catch (error) {
      const { kind, retryAfterMs } = asFailure(error);
      if (row.attempts < MOST_QUESTIONS && kind !== 'rejected' && kind !== 'invalid') throw new NotYet(retryAfterMs ?? AGAIN);
    }
    return delivery({ attempt, state: 'cancelled', over: true });
  }

  /** In doubt: what the provider says stands; where it says nothing for long, the doubt stays, and its line is free again. */
  async #ask(row: OutboxRow, body: Body): Promise<Delivery> {
    const { attempt } = body;
    try {
      const known = await this.#known(row, body);
      // Asked, it has none: the call was never placed, and the same number is next again.
      return delivery(known ?? { attempt, state: 'cancelled', over: true });
    } catch (error) {
      if (row.attempts >= MOST_QUESTIONS) return delivery({ attempt, state: 'doubt', over: true });
      throw new NotYet(asFailure(error).retryAfterMs ?? AGAIN);
    }
  }

  async #known(row: OutboxRow, body: Body): Promise<Move | undefined> {
    const found = await this.#seen(row.activation, (a) => attemptOf(a, body.attempt));
    const to = found && (await this.#address(found.campaign.people[body.person]?.version, body));
    if (!found || to === undefined) return undefined;
    const { token } = await this.tokens.tokenFor(row.activation, body.attempt, this.random.id(), this.clock.wall());
    const since = (await this.words.wallOf(row.activation, found.attempt.at)) - CLOCKS_DIFFER;
    const named = this.accounts.named(body.account);
    for (const account of named ? [named] : this.accounts.all) {
      const news = await account.find(found.attempt.way === 'sms' ? 'text' : 'call', { token, to }, since);
      // A call of before, to the same number, is somebody else's attempt.
      if (news && !(await this.#isOthers(row.activation, body.attempt, news.sid))) {
        return { attempt: body.attempt, state: news.state, sid: news.sid, account: account.account, ...(news.over ? { over: true } : {}), ...(news.code ? { code: news.code } : {}) };
      }
    }
    return undefined;
  }

  #isOthers(activation: string, attempt: string, sid: string): Promise<boolean | undefined> {
    return this.#seen(activation, (a) => Object.values(a.outreach.targets).some(({ attempts }) => attempts.some((one) => one.sid === sid && one.id !== attempt)));
  }

  async #address(version: number | undefined, { person, contact }: Body): Promise<string | undefined> {
    const point = version === undefined ? undefined : (await this.addressBook.person(person, version))?.contacts[contact];
    return point?.kind === 'phone' ? point.number : point?.address;
  }

  #seen<T>(activation: string, look: (a: Readonly<Activation>) => T): Promise<T | undefined> {
    return this.activations.read(activation, (held) => look(held.activation));
  }
}

function delivery(move: Move): Delivery {
  return { outcome: move.state === 'doubt' ? 'doubt' : move.state === 'failed' || move.state === 'invalid' ? 'failed' : 'shown', move };
}

function asFailure(error: unknown): { kind: FailureKind; code?: string | undefined; retryAfterMs?: Ms | undefined } {
  return error instanceof ProviderFailure ? error : { kind: 'unavailable' };
}

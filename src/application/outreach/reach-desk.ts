import type { CallInAnswer } from '../../domain/outreach/reaching.js';
import { isLive } from '../../domain/outreach/campaigns.js';
import { meaningOf } from '../../domain/outreach/answers.js';
import { attemptOf } from '../../domain/outreach/attempts.js';
import { CALL_IN_KEYS, RECORDED, spoken } from '../../domain/outreach/wording.js';
import { numbersOf } from '../../domain/directory/person.js';
import { isRefusal } from '../../domain/refusal.js';
import type { Activation, Attempt, Campaign } from '../../domain/state.js';
import type { Command } from '../../domain/commands.js';
import type { Hash } from '../../domain/evidence/chain.js';
import type { Ms } from '../../domain/time.js';
import { DAY } from '../../domain/time.js';
import type { Activations } from '../activations.js';
import type { AddressBook } from '../directory/address-book.js';
import type { Clock, Journal, Random, VaultText } from '../ports.js';
import { Sealer } from '../sealer.js';
import { THE_ENGINE } from '../submission.js';
import type { SelfTest } from './self-test.js';
import type { OwnPage } from './own-page.js';
import type { LineWords } from './line-words.js';
import { REACH_TOKEN, type ReachToken, type ReachTokens } from './reach-tokens.js';
import { CallDesk, type LineNews, type Speech } from './telephony.js';

const AWAITS = { seconds: 8, times: 3 };
/** A reply, or a call back, concerns what was sent since then. */
const RECENT: Ms = 2 * DAY;

/** What happens on the lines and on people's own pages, written into the journal before anything is said back (design.md 4a). */
export class ReachDesk extends CallDesk {
  constructor(
    private readonly activations: Activations,
    private readonly journal: Pick<Journal, 'summaries'>,
    private readonly addressBook: Pick<AddressBook, 'person'>,
    private readonly tokens: ReachTokens,
    private readonly words: LineWords,
    private readonly clock: Clock,
    private readonly hash: Hash,
    private readonly random: Random,
    private readonly selfTest: SelfTest,
  ) {
    super();
  }

  override async answered(token: string): Promise<Speech | undefined> {
    const test = await this.selfTest.answered(token);
    if (test) return test;
    const known = await this.#find(token);
    if (!known) return undefined;
    await this.#submit(known, { type: 'move-attempts', items: [{ attempt: known.attempt, state: 'answered' }] });
    return this.#say(known);
  }

  override async pressed(token: string, keys: string): Promise<Speech | undefined> {
    if (token === CODE_TOKEN) return this.#coded(keys);
    const test = await this.selfTest.pressed(token, keys);
    if (test) return test;
    const known = await this.#find(token);
    const seen = known && (await this.#seen(known));
    if (!known || !seen) return undefined;
    const { campaign, attempt, person } = seen;
    const key = keys.trim().slice(0, 1);
    if (key === '9') return this.#say(known);
    if (campaign.purpose === 'officials') {
      if (key === '1') return this.#recorded(known, { type: 'acknowledge', person, campaign: campaign.id, attempt: known.attempt, how: 'key', version: heard(campaign, attempt) }, RECORDED.acknowledged);
      if (key === '2') return this.#recorded(known, { type: 'ask-for-person', attempt: known.attempt }, RECORDED.asked);
    } else {
      const answer = CALL_IN_KEYS[campaign.purpose][key];
      if (answer) return this.#recorded(known, { type: 'answer-call-in', person, campaign: campaign.id, attempt: known.attempt, how: 'key', ...answer }, RECORDED[answer.answer]);
    }
    const again = await this.#say(known);
    return again && { ...again, say: [RECORDED.unknown, ...again.say] };
  }

  override async progressed(token: string, account: string, news: LineNews): Promise<boolean> {
    if (await this.selfTest.progressed(token, news)) return true;
    const known = await this.#find(token);
    if (!known) return false;
    const { state, over, sid, code } = news;
    await this.#submit(known, {
      type: 'move-attempts', items: [{ attempt: known.attempt, state, account, sid, ...(over ? { over: true } : {}), ...(code === undefined ? {} : { code }) }],
    });
    return true;
  }

  override async replied({ from, text, sid }: { from: string; text: string; sid: string; account: string }): Promise<string | undefined> {
    const [latest] = await this.#pending(from, 'sms');
    if (!latest) return undefined;
    const sealer = new Sealer(this.hash, this.random);
    const words = sealer.seal(text.slice(0, 1_600) || ' ');
    const meaning = meaningOf(text);
    await this.#submit(latest, { type: 'receive-reply', attempt: latest.attempt, words, meaning, message: sid }, sealer.texts);
    return meaning === 'acknowledged' ? RECORDED.acknowledged : undefined;
  }

  override async calledBack({ from }: { from: string; sid: string; account: string }): Promise<Speech> {
    const [latest] = await this.#pending(from);
    if (!latest) return { say: [RECORDED.code], awaits: { token: CODE_TOKEN, digits: 6, ...AWAITS } };
    return (await this.#say(latest)) ?? { say: [RECORDED.late] };
  }

  /** What was typed where a code is asked: the call goes on as that attempt's own. */
  async #coded(code: string): Promise<Speech> {
    const known = /^\d{6}$/.test(code) ? await this.tokens.byCode(code) : undefined;
    return (known && (await this.#seen(known)) && (await this.#say(known))) ?? { say: [RECORDED.noCode] };
  }

  /** Somebody's own page; opening it records nothing: mail scanners open pages. */
  async page(token: string): Promise<OwnPage | undefined> {
    const known = await this.#find(token);
    const seen = known && (await this.#seen(known));
    const wording = known && (await this.words.wording(known.activation, known.attempt));
    if (!seen || !wording) return undefined;
    const answer = seen.answer;
    return {
      prefecture: wording.prefecture, marked: seen.marked, purpose: wording.purpose, text: wording.text, isClosed: seen.isClosed,
      said: answer ?? (seen.acknowledged ? 'acknowledged' : 'nothing'),
    };
  }

  /** The tap on that page. */
  async tapped(token: string, answer: 'acknowledged' | CallInAnswer, minutes?: number): Promise<boolean> {
    const known = await this.#find(token);
    const seen = known && (await this.#seen(known));
    if (!known || !seen) return false;
    const { campaign, person } = seen;
    if ((campaign.purpose === 'officials') !== (answer === 'acknowledged')) return false;
    return this.#submit(known, answer === 'acknowledged'
      ? { type: 'acknowledge', person, campaign: campaign.id, attempt: known.attempt, how: 'link', version: campaign.texts.length }
      : { type: 'answer-call-in', person, campaign: campaign.id, attempt: known.attempt, how: 'link', answer, ...(minutes === undefined ? {} : { minutes }) });
  }

  async #recorded(known: ReachToken, command: Command, say: string): Promise<Speech> {
    return { say: [(await this.#submit(known, command)) ? say : RECORDED.late] };
  }

  async #say(known: Pick<ReachToken, 'token' | 'activation' | 'attempt'>): Promise<Speech | undefined> {
    const wording = await this.words.wording(known.activation, known.attempt);
    return wording ? { say: spoken(wording), awaits: { token: known.token, digits: 1, ...AWAITS } } : { say: [RECORDED.late] };
  }

  async #find(token: string): Promise<ReachToken | undefined> {
    return REACH_TOKEN.test(token) ? this.tokens.find(token) : undefined;
  }

  /** False where the journal is closed to it. */
  async #submit({ activation }: Pick<ReachToken, 'activation'>, command: Command, texts: readonly VaultText[] = []): Promise<boolean> {
    const answer = await this.activations.submit(activation, { command, author: THE_ENGINE, key: `line/${this.random.id()}`, texts });
    return !isRefusal(answer);
  }

  #seen({ activation, attempt: id }: Pick<ReachToken, 'activation' | 'attempt'>) {
    return this.activations.read(activation, ({ activation: a }) => {
      const found = attemptOf(a, id);
      if (!found) return undefined;
      const { attempt, target, campaign } = found;
      return {
        attempt, campaign, person: target.person, marked: a.lane !== 'real', isClosed: a.life === 'sealed' || a.life === 'cancelled',
        answer: target.answer?.campaign === campaign.id ? target.answer.answer : undefined,
        acknowledged: target.attempts.some((one) => one.campaign === campaign.id && one.outcome === 'acknowledged' && (one.text ?? 0) >= campaign.texts.length),
      };
    });
  }

  /** The attempts that a number may answer: of real campaigns, the newest first; those not acknowledged before the others. */
  async #pending(from: string, way?: Attempt['way']): Promise<ReachToken[]> {
    const now = this.clock.wall();
    const found: { token: ReachToken; at: Ms; open: boolean }[] = [];
    for (const { id, lane, life } of await this.journal.summaries()) {
      if (lane === 'exercise' || life === 'sealed' || life === 'cancelled') continue;
      const candidates = (await this.activations.read(id, ({ activation: a }) => candidatesIn(a, now, way))) ?? [];
      for (const { attempt, person, version, at, open } of candidates) {
        const known = await this.addressBook.person(person, version);
        if (!known || !numbersOf(known).some(({ number }) => number === from)) continue;
        found.push({ token: await this.tokens.tokenFor(id, attempt, this.random.id(), now), at, open });
      }
    }
    return found.sort((x, y) => Number(y.open) - Number(x.open) || y.at - x.at).map(({ token }) => token);
  }
}

/** In place of a person's token, where a code is awaited. */
export const CODE_TOKEN = 'code';

function candidatesIn(a: Readonly<Activation>, now: Ms, way: Attempt['way'] | undefined) {
  return Object.values(a.campaigns).filter((one) => isLive(one) || now - (one.stoppedAt ?? 0) < RECENT).flatMap((campaign) => campaign.order.flatMap((person) => {
    const attempts = (a.outreach.targets[person]?.attempts ?? []).filter((one) => one.campaign === campaign.id && one.id !== undefined && one.tried !== undefined && (way === undefined || one.way === way) && one.way !== 'mail');
    const latest = attempts.at(-1);
    if (!latest || now - latest.at > RECENT) return [];
    const open = !(a.outreach.targets[person]?.attempts ?? []).some((one) => one.campaign === campaign.id && one.outcome === 'acknowledged');
    return [{ attempt: latest.id!, person, version: campaign.people[person]!.version, at: latest.at, open }];
  }));
}

/** Which version of the words was said when the call was answered: the text may have changed while it rang. */
function heard({ texts }: Readonly<Campaign>, { outcome, seq, text }: Readonly<Attempt>): number {
  return outcome === 'answered' ? Math.max(1, texts.filter((one) => one.seq < seq).length) : (text ?? texts.length);
}

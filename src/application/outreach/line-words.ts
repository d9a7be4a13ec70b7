import { wallTime } from '../../domain/clock/exercise-time.js';
import { attemptOf } from '../../domain/outreach/attempts.js';
import type { Campaign } from '../../domain/state.js';
import { callInText, letter, smsText, spoken, type Wording } from '../../domain/outreach/wording.js';
import type { Activation } from '../../domain/state.js';
import { HOUR, MINUTE, SECOND, type Ms } from '../../domain/time.js';
import type { Activations } from '../activations.js';
import type { Clock, Vault } from '../ports.js';

/** Where a person's own page lies, and which number they may call back. */
export interface Addresses {
  page: (token: string) => string;
  callBack: string | undefined;
}

/** What is said in a campaign: its words from the vault, its marks from its lane. */
export class LineWords {
  constructor(
    private readonly activations: Activations,
    private readonly vault: Pick<Vault, 'texts'>,
    private readonly clock: Clock,
    private readonly addresses: Addresses,
  ) {}

  /** Undefined where the text was erased, or the attempt is unknown. */
  async wording(activation: string, attempt: string): Promise<Wording | undefined> {
    const seen = await this.#seen(activation, attempt);
    if (!seen) return undefined;
    const { a, campaign } = seen;
    if (campaign.purpose !== 'officials') return { lane: a.lane, purpose: campaign.purpose, prefecture: a.prefecture, text: callInText(campaign.purpose, { kind: a.kind, t0: t0Of(a) }) };
    const [text] = await this.vault.texts([campaign.texts.at(-1)!.text.digest]);
    return text && { lane: a.lane, purpose: 'officials', prefecture: a.prefecture, text: text.content };
  }

  async spoken(activation: string, attempt: string): Promise<string[] | undefined> {
    const wording = await this.wording(activation, attempt);
    return wording && spoken(wording);
  }

  async sms(activation: string, attempt: string, { token, code, canReply }: { token: string; code: string; canReply: boolean }): Promise<string> {
    const number = this.addresses.callBack;
    return smsText(await this.#mustHave(activation, attempt), { link: this.addresses.page(token), canReply, ...(number ? { callBack: { number, code } } : {}) });
  }

  async letter(activation: string, attempt: string, token: string): Promise<{ subject: string; text: string }> {
    return letter(await this.#mustHave(activation, attempt), { link: this.addresses.page(token) });
  }

  /** An SMS that arrives after the hour says nothing useful: its validity is what is left of it, ten minutes at least. */
  async validFor(activation: string): Promise<number> {
    const ends = await this.activations.read(activation, ({ activation: a }) => wallTime(a.segments, (a.clocks.cod ?? a.clocks.important)?.t0 ?? a.openedAt) + HOUR);
    return Math.round(Math.max(10 * MINUTE, (ends ?? 0) - this.clock.wall()) / SECOND);
  }

  /** The real time of an instant inside. */
  async wallOf(activation: string, at: Ms): Promise<Ms> {
    return (await this.activations.read(activation, (held) => wallTime(held.activation.segments, at))) ?? at;
  }

  async #mustHave(activation: string, attempt: string): Promise<Wording> {
    const wording = await this.wording(activation, attempt);
    if (!wording) throw new Error(`the words of ${attempt} are not there`);
    return wording;
  }

  async #seen(activation: string, attempt: string): Promise<{ a: Readonly<Activation>; campaign: Readonly<Campaign> } | undefined> {
    return this.activations.read(activation, ({ activation: a }) => {
      const found = attemptOf(a, attempt);
      return found && { a, campaign: found.campaign };
    });
  }
}

function t0Of(a: Readonly<Activation>): string | undefined {
  const clock = a.clocks.cod ?? a.clocks.important;
  return clock && new Intl.DateTimeFormat('fr-FR', { timeZone: a.timeZone, hour: 'numeric', minute: '2-digit' }).format(clock.t0).replace(':', ' h ');
}

import { ProviderFailure, Telephony, type CallOrder, type LineNews, type TextOrder } from '../../../application/outreach/telephony.js';
import type { Ms } from '../../../domain/time.js';
import type { connect } from './client.js';
import { newsOf, type Said } from './news.js';

type Client = ReturnType<typeof connect>;
type Listed = Said & { created: Date };

export interface TwilioSettings {
  /** "twilio-1": names it in addresses and in the journal. */
  account: string;
  accountSid: string;
  /** Signs what Twilio sends us, and opens the account where no API key does. */
  authToken: string;
  apiKey: { sid: string; secret: string } | undefined;
  /** The number that calls. */
  from: string | undefined;
  /** A number, a short code, a name (one way) or a messaging service (MG…). */
  smsFrom: string | undefined;
  callsPerSecond: number;
  baseUrl: string;
  publicUrl: string;
}

/** Beyond it, nobody knows: the order is in doubt. */
const TIMEOUT_MS = 10_000;
/** No line is held longer, whatever a machine does with it. */
const TALK_SECONDS = 600;
const RING_SECONDS = [5, 600] as const;
const VALID_SECONDS = [1, 36_000] as const;
/** By how much Twilio's clock and ours may differ. A number is never called twice within it. */
const CLOCKS_DIFFER_MS = 5_000;
const LISTED = 50;
/** "Call is not in the expected state": it is over, or answered. */
const NOT_CANCELLABLE = '21220';

const within = (value: number, [least, most]: readonly [number, number]) => Math.min(Math.max(Math.round(value), least), most);

/** Where Twilio asks what to do, and says what happens. */
export function lineAddress(publicUrl: string, account: string, what: 'voice' | 'keys' | 'status' | 'sms-status', token: string): string {
  return `${publicUrl}/api/telephony/${account}/${what}/${token}`;
}

/**
 * One account, through the SDK at the address of the settings. Machine detection is left off: it holds back the first words by
 * seconds and misjudges a quarter of those who answer, and only a key acknowledges.
 */
export class TwilioAccount extends Telephony {
  override readonly account: string;
  override readonly callsPerSecond: number;
  override readonly voice: boolean;
  override readonly texts: boolean;
  override readonly canReceive: boolean;
  #client: Promise<Client> | undefined;

  constructor(
    private readonly settings: TwilioSettings,
    private readonly timeoutMs: Ms = TIMEOUT_MS,
  ) {
    super();
    this.account = settings.account;
    this.callsPerSecond = settings.callsPerSecond;
    this.voice = settings.from !== undefined;
    this.texts = settings.smsFrom !== undefined;
    // What a messaging service sends from, only Twilio knows.
    this.canReceive = /^\+?\d+$/.test(settings.smsFrom ?? '');
  }

  override async call({ token, to, ringSeconds }: CallOrder): Promise<{ sid: string }> {
    const { from } = this.settings;
    if (from === undefined) throw new ProviderFailure('rejected', `${this.account} has no number to call from`);
    return this.#accepted((client) => client.calls.create({
      to, from, url: this.#address('voice', token), method: 'POST', timeout: within(ringSeconds, RING_SECONDS), timeLimit: TALK_SECONDS,
      statusCallback: this.#address('status', token), statusCallbackMethod: 'POST', statusCallbackEvent: ['ringing', 'answered', 'completed'],
    }));
  }

  override async text({ token, to, text, validForSeconds }: TextOrder): Promise<{ sid: string }> {
    const { smsFrom } = this.settings;
    if (smsFrom === undefined) throw new ProviderFailure('rejected', `${this.account} has no sender of texts`);
    const sender = smsFrom.startsWith('MG') ? { messagingServiceSid: smsFrom } : { from: smsFrom };
    return this.#accepted((client) => client.messages.create({
      to, ...sender, body: text, statusCallback: this.#address('sms-status', token), validityPeriod: within(validForSeconds, VALID_SECONDS),
    }));
  }

  /** Twilio keeps no mark of ours on a call: what was created for that number since then is the one. */
  override async find(kind: 'call' | 'text', { to }: { to: string; token: string }, since: Ms): Promise<LineNews | undefined> {
    const after = new Date(since - CLOCKS_DIFFER_MS);
    const listed = await this.#ask((client) => (kind === 'call' ? this.#calls(client, to, after) : this.#texts(client, to)));
    const [latest] = listed.filter(({ created }) => created >= after).sort((a, b) => b.created.getTime() - a.created.getTime());
    return latest && newsOf(kind, latest);
  }

  override async cancel(sid: string): Promise<void> {
    await this.#ask((client) => client.calls(sid).update({ status: 'canceled' })).catch((error: unknown) => {
      if (!(error instanceof ProviderFailure && error.code === NOT_CANCELLABLE)) throw error;
    });
  }

  /** A call that still waits at Twilio's has no start, and is in no list of those that started. */
  async #calls(client: Client, to: string, after: Date): Promise<Listed[]> {
    const { from } = this.settings;
    const wanted = { to, ...(from === undefined ? {} : { from }), limit: LISTED, pageSize: LISTED };
    const [started, queued] = await Promise.all([client.calls.list({ ...wanted, startTimeAfter: after }), client.calls.list({ ...wanted, status: 'queued' })]);
    return [...started, ...queued].map(({ sid, status, answeredBy, dateCreated: created }) => ({ sid, status, answeredBy, created }));
  }

  /** Neither has a text that waits a date of sending: they are told apart by that of their creation. */
  async #texts(client: Client, to: string): Promise<Listed[]> {
    const { smsFrom = '' } = this.settings;
    const listed = await client.messages.list({ to, ...(smsFrom.startsWith('MG') ? {} : { from: smsFrom }), limit: LISTED, pageSize: LISTED });
    return listed.map(({ sid, status, errorCode, dateCreated: created }) => ({ sid, status, code: errorCode ? String(errorCode) : undefined, created }));
  }

  #address(what: Parameters<typeof lineAddress>[2], token: string): string {
    return lineAddress(this.settings.publicUrl, this.account, what, token);
  }

  async #accepted(order: (client: Client) => Promise<{ sid: string }>): Promise<{ sid: string }> {
    const { sid } = await this.#ask(order);
    // Somebody answered who is not Twilio, or not as it does: what became of the order is unknown.
    if (!/^(CA|SM|MM)\w{32}$/.test(sid)) throw new ProviderFailure('doubt', 'the answer names no call and no text');
    return { sid };
  }

  async #ask<T>(work: (client: Client) => Promise<T>): Promise<T> {
    try {
      return await work(await this.#connected());
    } catch (error) {
      throw error instanceof ProviderFailure ? error : new ProviderFailure('doubt', error instanceof Error ? error.message : String(error));
    }
  }

  #connected(): Promise<Client> {
    const { accountSid, authToken, apiKey, baseUrl } = this.settings;
    this.#client ??= import('./client.js').then((sdk) => sdk.connect({
      accountSid, user: apiKey?.sid ?? accountSid, password: apiKey?.secret ?? authToken, baseUrl, timeoutMs: this.timeoutMs,
    }));
    return this.#client;
  }
}

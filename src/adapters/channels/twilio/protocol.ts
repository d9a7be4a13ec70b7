import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';
import { LineProtocol, type LineRequest, type LineSaid, type Speech } from '../../../application/outreach/telephony.js';
import { lineAddress, type TwilioSettings } from './account.js';
import { newsOf } from './news.js';
import { messageDocument, voiceDocument } from './twiml.js';

const SIGNATURE = 'x-twilio-signature';

/** Twilio's webhooks: forms signed by each account's token (HMAC-SHA1 over the public address and the sorted form), answered in TwiML. */
export class TwilioProtocol extends LineProtocol {
  override readonly contentType = 'text/xml; charset=utf-8';
  readonly #accounts: ReadonlyMap<string, TwilioSettings>;

  constructor(accounts: readonly TwilioSettings[]) {
    super();
    this.#accounts = new Map(accounts.map((one) => [one.account, one]));
  }

  override read({ account, target, headers, form }: LineRequest): LineSaid | undefined {
    const known = this.#accounts.get(account);
    const signature = headers[SIGNATURE];
    if (!known || typeof signature !== 'string') return undefined;
    // In constant time, and with or without the usual port, as Twilio's own code does.
    if (!validateRequest(known.authToken, signature, known.publicUrl + target, form)) return undefined;
    const field = (...names: string[]) => {
      const value = names.map((name) => form[name]).find((one) => one !== undefined) ?? '';
      return typeof value === 'string' ? value : (value[0] ?? '');
    };
    const text = field('MessageSid', 'SmsSid');
    return {
      sid: text || field('CallSid'), from: field('From'), keys: field('Digits'), text: field('Body'),
      news: newsOf(text ? 'text' : 'call', {
        sid: text || field('CallSid'), status: text ? field('MessageStatus', 'SmsStatus') : field('CallStatus'),
        code: field('ErrorCode'), sip: field('SipResponseCode'), answeredBy: field('AnsweredBy'),
      }),
    };
  }

  override voice(account: string, speech: Speech): string {
    const { publicUrl = '' } = this.#accounts.get(account) ?? {};
    return voiceDocument(speech, (token) => lineAddress(publicUrl, account, 'keys', token));
  }

  override answer(text: string | undefined): string {
    return messageDocument(text);
  }
}

import { SmtpMailer } from './adapters/channels/mail-smtp.js';
import { TwilioAccount } from './adapters/channels/twilio/account.js';
import { TwilioProtocol } from './adapters/channels/twilio/protocol.js';
import type { LineProtocol, Mailer, Telephony } from './application/outreach/telephony.js';
import type { Settings } from './settings.js';

export interface Lines {
  /** In the order in which they are used; none: nothing is called. */
  accounts: readonly Telephony[];
  /** Without an account it knows nobody's signature: every request is refused. */
  protocol: LineProtocol;
  mailer: Mailer | undefined;
  /** The number that people call back: the first that calls. */
  callBack: string | undefined;
}

/** What the settings give to call and to write with. Nothing is loaded, nothing connects before the first order. */
export function telephonyOf({ telephony: { twilio, twilioUrl: baseUrl, timeoutMs, smtp }, publicUrl }: Pick<Settings, 'telephony' | 'publicUrl'>): Lines {
  const accounts = twilio.map((one) => ({ ...one, baseUrl, publicUrl }));
  return { accounts: accounts.map((one) => new TwilioAccount(one, timeoutMs)), protocol: new TwilioProtocol(accounts), mailer: smtp && new SmtpMailer(smtp), callBack: twilio.find(({ from }) => from !== undefined)?.from };
}

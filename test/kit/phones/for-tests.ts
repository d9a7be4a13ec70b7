import { readSettings, type Settings } from '../../../src/settings.js';
import type { HandClock } from '../hand-clock.js';
import { afterwards } from '../scratch.js';
import type { PhoneAccount } from './accounts.js';
import { PhoneNetwork } from './network.js';

const PUBLIC = 'https://tz.example';

/** Two accounts, as a préfecture that means to be heard has them. */
export const ACCOUNT: PhoneAccount = {
  name: 'twilio-1', sid: 'AC00000000000000000000000000000001', authToken: '0123456789abcdef0123456789abcdef', apiKey: { sid: 'SK00000000000000000000000000000001', secret: 'key-secret' },
  number: '+33970000001', callsPerSecond: 1, incoming: `${PUBLIC}/api/telephony/twilio-1/incoming`, sms: `${PUBLIC}/api/telephony/twilio-1/sms`,
};
export const OTHER: PhoneAccount = {
  name: 'twilio-2', sid: 'AC00000000000000000000000000000002', authToken: 'fedcba9876543210fedcba9876543210', number: '+33970000002', callsPerSecond: 1,
  incoming: `${PUBLIC}/api/telephony/twilio-2/incoming`, sms: `${PUBLIC}/api/telephony/twilio-2/sms`,
};

/** What an operator would set for these two accounts. */
export function environmentOf(phonesUrl: string, publicUrl: string): Record<string, string> {
  const settings = [ACCOUNT, OTHER].map((one, i) => ({
    [`TWILIO_${i + 1}_ACCOUNT_SID`]: one.sid, [`TWILIO_${i + 1}_AUTH_TOKEN`]: one.authToken, [`TWILIO_${i + 1}_FROM`]: one.number, [`TWILIO_${i + 1}_SMS_FROM`]: one.number,
  }));
  return Object.assign({ TWILIO_BASE_URL: phonesUrl, PUBLIC_URL: publicUrl }, ...settings) as Record<string, string>;
}

export function settingsOf(phonesUrl: string, publicUrl: string): Settings {
  return readSettings(environmentOf(phonesUrl, publicUrl));
}

/** A network that lives for one test, and fails it when it was surprised. */
export async function phonesFor(clock: HandClock, ...accounts: PhoneAccount[]): Promise<PhoneNetwork> {
  const phones = await PhoneNetwork.start(clock, ...(accounts.length > 0 ? accounts : [ACCOUNT, OTHER]));
  afterwards(() => phones.verify());
  afterwards(() => phones.stop());
  return phones;
}

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

/** A network that lives for one test, and fails it when it was surprised. */
export async function phonesFor(clock: HandClock, ...accounts: PhoneAccount[]): Promise<PhoneNetwork> {
  const phones = await PhoneNetwork.start(clock, ...(accounts.length > 0 ? accounts : [ACCOUNT, OTHER]));
  afterwards(() => phones.verify());
  afterwards(() => phones.stop());
  return phones;
}

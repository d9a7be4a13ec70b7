import { describe, expect, test } from '@jest/globals';
import { readSettings, SettingsRefused } from '../../src/settings.js';
import { telephonyOf } from '../../src/telephony.js';

const SID = `AC${'0'.repeat(32)}`;
const TOKEN = 'f'.repeat(32);
const ONE = { PUBLIC_URL: 'https://tz.example', TWILIO_1_ACCOUNT_SID: SID, TWILIO_1_AUTH_TOKEN: TOKEN, TWILIO_1_FROM: '+33970000001' };
const MAIL = { SMTP_HOST: 'relais.example', SMTP_FROM: 'Préfecture de test <alerte@pref.example>' };

const faultsOf = (environment: NodeJS.ProcessEnv): readonly string[] => {
  try {
    readSettings(environment);
    return [];
  } catch (error) {
    if (!(error instanceof SettingsRefused)) throw error;
    return error.faults;
  }
};

test('without any, nothing is there to call or write with', () => {
  const { telephony } = readSettings({});
  expect(telephony).toEqual({ twilio: [], twilioUrl: 'https://api.twilio.com', timeoutMs: 10_000, smtp: undefined });
  expect(telephonyOf(readSettings({}))).toMatchObject({ accounts: [], mailer: undefined });
});

test('two accounts, in their order, with what each can do', () => {
  const second = { TWILIO_2_ACCOUNT_SID: SID.replace(/0$/, '2'), TWILIO_2_AUTH_TOKEN: TOKEN, TWILIO_2_SMS_FROM: 'PREF 76', TWILIO_2_CALLS_PER_SECOND: '5' };
  const settings = readSettings({ ...ONE, ...second, TWILIO_1_API_KEY: `SK${'a'.repeat(32)}`, TWILIO_1_API_SECRET: 'secret' });
  expect(settings.telephony.twilio).toEqual([
    { account: 'twilio-1', accountSid: SID, authToken: TOKEN, apiKey: { sid: `SK${'a'.repeat(32)}`, secret: 'secret' }, from: '+33970000001', smsFrom: undefined, callsPerSecond: 1 },
    { account: 'twilio-2', accountSid: SID.replace(/0$/, '2'), authToken: TOKEN, apiKey: undefined, from: undefined, smsFrom: 'PREF 76', callsPerSecond: 5 },
  ]);
  expect(telephonyOf(settings).accounts.map(({ account, voice, texts, canReceive, callsPerSecond }) => [account, voice, texts, canReceive, callsPerSecond]))
    .toEqual([['twilio-1', true, false, false, 1], ['twilio-2', false, true, false, 5]]);
  expect(() => ((settings.telephony.twilio as unknown[]).length = 0)).toThrow(TypeError);
});

test.each([
  [MAIL, { host: 'relais.example', port: 587, tls: 'starttls', login: undefined }],
  [{ ...MAIL, SMTP_TLS: 'implicit', SMTP_USER: 'u', SMTP_PASSWORD: 'p' }, { port: 465, tls: 'implicit', login: { user: 'u', password: 'p' } }],
  [{ ...MAIL, SMTP_TLS: 'none' }, { port: 25, tls: 'none' }],
  [{ ...MAIL, SMTP_PORT: '2525' }, { port: 2525 }],
])('a relay of mail: %j', (environment, expected) => {
  expect(readSettings(environment).telephony.smtp).toMatchObject(expected);
});

describe('what cannot serve is named, and no value is shown', () => {
  test.each([
    ['a token is missing', { ...ONE, TWILIO_1_AUTH_TOKEN: '' }, ['TWILIO_1_AUTH_TOKEN : ce réglage manque']],
    ['an identifier of something else', { ...ONE, TWILIO_1_ACCOUNT_SID: 'SK123' }, ['TWILIO_1_ACCOUNT_SID : il faut l’identifiant du compte']],
    ['a national number', { ...ONE, TWILIO_1_FROM: '0970000001' }, ['TWILIO_1_FROM : il faut un numéro au format international']],
    ['a name that is too long, and one of digits and accents', { ...ONE, TWILIO_1_SMS_FROM: 'PREFECTURE 76' }, ['TWILIO_1_SMS_FROM']],
    ['half a key', { ...ONE, TWILIO_1_API_SECRET: 'x' }, ['TWILIO_1_API_KEY : une clé d’API va avec son secret']],
    ['nothing to call with', { ...ONE, TWILIO_1_FROM: '' }, ['TWILIO_1_FROM : il faut un numéro qui appelle']],
    ['a pace that is none', { ...ONE, TWILIO_1_CALLS_PER_SECOND: 'vite' }, ['TWILIO_1_CALLS_PER_SECOND : il faut un nombre']],
    ['no pace at all', { ...ONE, TWILIO_1_CALLS_PER_SECOND: '0' }, ['TWILIO_1_CALLS_PER_SECOND : il faut au moins 0,1']],
    ['a name with a mistake', { ...ONE, TWILIO_1_SMSFROM: 'PREF76' }, ['TWILIO_1_SMSFROM : ce réglage n’existe pas']],
    ['a third account', { ...ONE, TWILIO_3_FROM: '+33970000003' }, ['TWILIO_3_FROM : il y a deux comptes au plus']],
    ['nobody could call back', { ...ONE, PUBLIC_URL: '' }, ['PUBLIC_URL : l’opérateur téléphonique doit pouvoir joindre la console']],
    ['orders in the clear', { ...ONE, TWILIO_BASE_URL: 'http://api.twilio.example' }, ['TWILIO_BASE_URL : il faut une adresse https']],
    ['a path', { ...ONE, TWILIO_BASE_URL: 'https://api.twilio.example/v1' }, ['TWILIO_BASE_URL']],
    ['mail of nobody', { SMTP_HOST: 'relais.example' }, ['SMTP_FROM : ce réglage manque']],
    ['two addresses', { ...MAIL, SMTP_FROM: 'a@b.example, c@d.example' }, ['SMTP_FROM : il faut une adresse']],
    ['a line more', { ...MAIL, SMTP_FROM: 'Préfecture\r\nBcc: x@y.example <a@b.example>' }, ['SMTP_FROM']],
    ['a user without a password', { ...MAIL, SMTP_USER: 'u' }, ['SMTP_PASSWORD : un identifiant va avec son mot de passe']],
    ['a password in the clear', { ...MAIL, SMTP_USER: 'u', SMTP_PASSWORD: 'p4ss-w0rd', SMTP_TLS: 'none' }, ['SMTP_TLS : un mot de passe ne part pas en clair']],
    ['TLS of another kind', { ...MAIL, SMTP_TLS: 'ssl' }, ['SMTP_TLS : il faut « starttls »']],
    ['a port that is none', { ...MAIL, SMTP_PORT: '99999' }, ['SMTP_PORT']],
    ['several at once', { ...ONE, PORT: 'x', TWILIO_1_FROM: 'y', SMTP_HOST: '-' }, ['PORT']],
    ['several at once', { ...ONE, TWILIO_1_FROM: 'y', SMTP_HOST: '-' }, ['TWILIO_1_FROM', 'SMTP_HOST', 'SMTP_FROM']],
  ])('%s', (_case, environment, expected) => {
    const faults = faultsOf(environment);
    expect(faults).toHaveLength(expected.length);
    for (const [i, start] of expected.entries()) expect(faults[i]).toContain(start);
    for (const value of [TOKEN, 'p4ss-w0rd']) expect(faults.join('\n')).not.toContain(value);
  });

  test('on this machine alone a test’s network is reached in the clear', () => {
    expect(readSettings({ ...ONE, PUBLIC_URL: '', TWILIO_BASE_URL: 'http://127.0.0.1:4010' }).telephony.twilioUrl).toBe('http://127.0.0.1:4010');
  });
});

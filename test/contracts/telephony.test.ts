// What every provider of telephony keeps, whichever is behind the port: TwilioAccount, over real HTTP, before the telephone network.
import { createServer } from 'node:http';
import { once } from 'node:events';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { TwilioAccount, type TwilioSettings } from '../../src/adapters/channels/twilio/account.js';
import { ProviderFailure, type FailureKind } from '../../src/application/outreach/telephony.js';
import { HandClock } from '../kit/hand-clock.js';
import { START } from '../kit/office.js';
import { ACCOUNT, OTHER, phonesFor } from '../kit/phones/for-tests.js';
import type { PhoneNetwork } from '../kit/phones/network.js';
import { call, text } from '../kit/phones/people.js';
import { afterwards } from '../kit/scratch.js';

const MAIRE = '+33612345678';
const PUBLIC = 'http://127.0.0.1:9';
const PATIENT_MS = 10_000;
/** For those who get no answer. */
const IMPATIENT_MS = 200;

let clock: HandClock;
let phones: PhoneNetwork;
beforeEach(async () => {
  clock = new HandClock(START);
  phones = await phonesFor(clock);
  // Nobody is told here: these are the orders alone.
  phones.callbacks.delivers = () => [];
});

const settings = (over: Partial<TwilioSettings> = {}): TwilioSettings => ({
  account: ACCOUNT.name, accountSid: ACCOUNT.sid, authToken: ACCOUNT.authToken, apiKey: undefined, from: ACCOUNT.number, smsFrom: ACCOUNT.number,
  callsPerSecond: 1, baseUrl: phones.url, publicUrl: PUBLIC, ...over,
});
const twilio = (over: Partial<TwilioSettings> = {}, timeoutMs = PATIENT_MS) => new TwilioAccount(settings(over), timeoutMs);
const order = (over: object = {}) => ({ token: 'tok-1', to: MAIRE, ringSeconds: 30, ...over });
const message = (over: object = {}) => ({ token: 'tok-2', to: MAIRE, text: 'ALERTE inondation', validForSeconds: 1_200, ...over });
const failure = async (work: Promise<unknown>): Promise<ProviderFailure> => {
  const error: unknown = await work.then(() => new Error('it was accepted'), (reason: unknown) => reason);
  if (!(error instanceof ProviderFailure)) throw error;
  return error;
};
/** It rings, and nobody need answer. */
const rings = () => phones.person(MAIRE).expects(call().leftRinging());

describe('an order', () => {
  test('a call is accepted under the provider’s id; its addresses are ours, opaque, and it is asked to ring as long as was said', async () => {
    rings();
    const { sid } = await twilio().call(order());
    expect(sid).toBe(phones.calls[0]!.sid);
    const [{ form }] = phones.requests as [(typeof phones.requests)[number]];
    expect(Object.fromEntries(form)).toEqual({
      To: MAIRE, From: ACCOUNT.number, Timeout: '30', TimeLimit: '600', Method: 'POST', Url: `${PUBLIC}/api/telephony/twilio-1/voice/tok-1`,
      StatusCallback: `${PUBLIC}/api/telephony/twilio-1/status/tok-1`, StatusCallbackMethod: 'POST', StatusCallbackEvent: 'completed',
    });
    expect(form.getAll('StatusCallbackEvent')).toEqual(['ringing', 'answered', 'completed']);
  });

  test('a text is worth nothing after its deadline, and says where it goes on', async () => {
    phones.person(MAIRE).expects(text().saying(/inondation/));
    await twilio().text(message());
    expect(Object.fromEntries(phones.requests[0]!.form)).toEqual({
      To: MAIRE, From: ACCOUNT.number, Body: 'ALERTE inondation', ValidityPeriod: '1200', StatusCallback: `${PUBLIC}/api/telephony/twilio-1/sms-status/tok-2`,
    });
    await phones.pass(5_000);
    expect(phones.person(MAIRE).received).toEqual(['ALERTE inondation']);
  });

  test.each([[0, '1'], [12.4, '12'], [86_400, '36000']])('%d seconds of validity are %s of the provider’s', async (validForSeconds, said) => {
    phones.person(MAIRE).expects(text());
    await twilio().text(message({ validForSeconds }));
    expect(phones.requests[0]!.form.get('ValidityPeriod')).toBe(said);
  });

  test('an API key opens the account as its token does', async () => {
    rings();
    await twilio({ apiKey: ACCOUNT.apiKey!, authToken: 'only for signatures' }).call(order());
    expect(phones.calls).toHaveLength(1);
  });

  test('nobody answers a name, a messaging service least of all; a number they may', () => {
    expect([ACCOUNT.number, '36105', 'PREF76', 'MG0123', undefined].map((smsFrom) => twilio({ smsFrom }).canReceive)).toEqual([true, true, false, false, false]);
    expect(twilio({ from: undefined })).toMatchObject({ voice: false, texts: true, account: 'twilio-1', callsPerSecond: 1 });
  });

  test('without a number to call from, or a sender, it is refused here', async () => {
    expect((await failure(twilio({ from: undefined }).call(order()))).kind).toBe('rejected');
    expect((await failure(twilio({ smsFrom: undefined }).text(message()))).kind).toBe('rejected');
    expect(phones.requests).toEqual([]);
  });

  test('it is made once, whatever comes of it: the SDK repeats nothing', async () => {
    phones.person(MAIRE);
    phones.meets({ throttledForSeconds: 1 }, 'none');
    await failure(twilio().call(order()));
    expect(phones.requests).toHaveLength(1);
    expect(phones.calls).toHaveLength(0);
  });
});

describe('why an order was not accepted', () => {
  const kind = async (expected: FailureKind, code?: string) => {
    phones.person(MAIRE);
    const told = await failure(twilio().call(order()));
    expect([told.kind, told.code]).toEqual([expected, code]);
    return told;
  };

  test('throttled, for as long as the provider says, or a second', async () => {
    phones.meets({ throttledForSeconds: 7 }, { throttledForSeconds: undefined });
    expect(await kind('throttled', '20429')).toMatchObject({ retryAfterMs: 7_000 });
    expect(await kind('throttled', '20429')).toMatchObject({ retryAfterMs: 1_000 });
  });

  test.each([[21211, 'invalid'], [21214, 'invalid'], [21217, 'invalid'], [13224, 'invalid'], [21215, 'rejected'], [10004, 'throttled']] as const)('%d: %s', async (code, expected) => {
    phones.meets({ refused: code });
    await kind(expected, String(code));
  });

  test.each([[21614, 'invalid'], [21610, 'rejected'], [21408, 'rejected'], [14107, 'throttled']] as const)('of a text, %d: %s', async (code, expected) => {
    phones.meets({ refused: code });
    expect(await failure(twilio().text(message()))).toMatchObject({ kind: expected, code: String(code) });
  });

  test('whoever wrote STOP is written to no more, and it says so', async () => {
    phones.callbacks.leadsTo = () => `${phones.url}/nowhere`;
    await phones.person(MAIRE).writes('STOP');
    expect(phones.takeSurprises()).not.toEqual([]);
    expect(await failure(twilio().text(message()))).toMatchObject({ kind: 'rejected', code: '21610' });
  });

  test('credentials revoked, wrong, or an account that was closed', async () => {
    expect((await failure(twilio({ authToken: 'wrong' }).call(order()))).kind).toBe('credentials');
    phones.meets({ refused: 20005, status: 400 }, { refused: 20403, status: 403 });
    await kind('credentials', '20005');
    await kind('credentials', '20403');
    phones.revoke('twilio-1');
    await kind('credentials', '20003');
    await expect(twilio().find('call', order(), START)).rejects.toMatchObject({ kind: 'credentials' });
    await expect(twilio().cancel('CA1')).rejects.toMatchObject({ kind: 'credentials' });
  });

  test('unavailable: nobody listens, or the name leads nowhere: it certainly was not placed', async () => {
    await phones.outage(5);
    await kind('unavailable', 'ECONNREFUSED');
    expect(await failure(twilio({ baseUrl: 'http://nowhere.invalid' }).call(order()))).toMatchObject({ kind: 'unavailable' });
    rings();
    await phones.pass(5 * 60_000);
    await twilio().call(order());
    expect(phones.calls).toHaveLength(1);
  });

  test('doubt: a 5xx, whether it was accepted or not', async () => {
    phones.meets('error');
    await kind('doubt', '20500');
    rings();
    phones.meets('error-after-accepting');
    await kind('doubt', '20500');
    expect(phones.calls).toHaveLength(1);
    await phones.outage(5, 'errors');
    await kind('doubt', '20503');
  });

  test('doubt: no answer in time, or a connection that is cut', async () => {
    phones.person(MAIRE).expects(call().leftRinging(), call().leftRinging());
    phones.meets('silence-after-accepting', 'cut-after-accepting');
    expect((await failure(twilio({}, IMPATIENT_MS).call(order()))).kind).toBe('doubt');
    expect((await failure(twilio().call(order()))).kind).toBe('doubt');
    expect(phones.calls).toHaveLength(2);
  });

  test.each([[200, '<html>portail captif</html>', 'doubt'], [200, '{}', 'doubt'], [302, '', 'rejected'], [502, '<html>', 'doubt'], [404, '{"code":"x"}', 'rejected']] as const)('somebody answers who is not the provider: %d %s', async (status, body, expected) => {
    const stranger = createServer((_request, response) => void response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end(body));
    stranger.listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    afterwards(() => stranger.close());
    afterwards(() => stranger.closeAllConnections());
    const baseUrl = `http://127.0.0.1:${(stranger.address() as { port: number }).port}`;
    expect((await failure(twilio({ baseUrl }).call(order()))).kind).toBe(expected);
  });
});

describe('after a doubt', () => {
  test('a call that still waits at the provider’s is found, and one that rings, and one that is over', async () => {
    phones.person(MAIRE).expects(call().leftRinging(), call().leftRinging());
    phones.person('+33600000001').expects(call().leftRinging());
    await twilio().call(order({ to: '+33600000001' }));
    const since = clock.wall();
    const { sid } = await twilio().call(order());
    expect(await twilio().find('call', order(), since)).toEqual({ state: 'dialling', over: false, sid });
    await phones.pass(1_500);
    expect(await twilio().find('call', order(), since)).toEqual({ state: 'ringing', over: false, sid });
    await phones.pass(40_000);
    expect(await twilio().find('call', order(), since)).toEqual({ state: 'no-answer', over: true, sid });
    // The one before is not taken for it.
    const later = clock.wall();
    expect(await twilio().find('call', order(), later)).toBeUndefined();
    const second = await twilio().call(order());
    expect(await twilio().find('call', order(), later)).toMatchObject({ sid: second.sid });
  });

  test('what never reached the provider is not found', async () => {
    phones.person(MAIRE);
    phones.meets('error');
    await failure(twilio().call(order()));
    expect(await twilio().find('call', order(), START)).toBeUndefined();
    expect(await twilio().find('text', message(), START)).toBeUndefined();
  });

  test('another account’s call is not ours', async () => {
    rings();
    await twilio({ account: OTHER.name, accountSid: OTHER.sid, authToken: OTHER.authToken, from: OTHER.number }).call(order());
    expect(await twilio().find('call', order(), START)).toBeUndefined();
  });

  test('a text, waiting, sent, arrived or not, with the code', async () => {
    phones.person(MAIRE).expects(text(), text().undelivered(30005));
    const { sid } = await twilio().text(message());
    const found = (since = START) => twilio().find('text', message(), since);
    expect(await found()).toEqual({ state: 'dialling', over: false, sid });
    await phones.pass(1_000);
    expect(await found()).toEqual({ state: 'dialling', over: false, sid });
    await phones.pass(5_000);
    expect(await found()).toEqual({ state: 'delivered', over: true, sid });
    await phones.pass(10_000);
    expect(await found(clock.wall())).toBeUndefined();
    const again = await twilio().text(message());
    await phones.pass(5_000);
    expect(await found(START + 12_000)).toEqual({ state: 'invalid', over: true, sid: again.sid, code: '30005' });
  });

  test('while the provider is away it is not known, and that is said', async () => {
    await phones.outage(5, 'silent');
    await expect(twilio({}, IMPATIENT_MS).find('call', order(), START)).rejects.toMatchObject({ kind: 'doubt' });
  });
});

describe('cancelling', () => {
  test('a call that waits, or rings, goes no further; the line is free', async () => {
    phones.person(MAIRE).expects(call().leftRinging(), call().leftRinging());
    const first = await twilio().call(order());
    const second = await twilio().call(order());
    await phones.pass(500);
    await twilio().cancel(first.sid);
    await twilio().cancel(second.sid);
    await phones.pass(60_000);
    expect(phones.calls.map(({ status, startedAt }) => [status, startedAt !== undefined])).toEqual([['canceled', true], ['canceled', false]]);
  });

  test('one that is over, or cancelled before, is no failure; one that nobody knows is', async () => {
    rings();
    const { sid } = await twilio().call(order());
    await phones.pass(60_000);
    await twilio().cancel(sid);
    await twilio().cancel(sid);
    expect(phones.calls[0]!.status).toBe('no-answer');
    await expect(twilio().cancel('CAffffffffffffffffffffffffffffffff')).rejects.toMatchObject({ kind: 'rejected', code: '20404' });
  });
});

// The provider's webhooks, over real HTTP, before a call desk that says what a test wants: who is heard, and what each hears.
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { Module } from '@nestjs/common';
import { NestFactory, Reflector } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { SignedInGuard } from '../../src/adapters/web/guard.js';
import { httpPlatform } from '../../src/adapters/web/http-platform.js';
import { LineDesk } from '../../src/adapters/web/line-desk.js';
import { ProblemFilter } from '../../src/adapters/web/problem-filter.js';
import type { Authentication } from '../../src/adapters/web/signed-in.js';
import { TelephonyController } from '../../src/adapters/web/telephony.controller.js';
import { CallDesk, type LineNews, type Speech, type Telephony } from '../../src/application/outreach/telephony.js';
import { telephonyOf } from '../../src/telephony.js';
import { HandClock } from '../kit/hand-clock.js';
import { START } from '../kit/office.js';
import { signature } from '../kit/phones/callbacks.js';
import { ACCOUNT, OTHER, phonesFor, settingsOf } from '../kit/phones/for-tests.js';
import type { PhoneNetwork } from '../kit/phones/network.js';
import { call, text } from '../kit/phones/people.js';
import { afterwards } from '../kit/scratch.js';

const MAIRE = '+33612345678';
const PUBLIC = 'https://tz.example';
const MENU: Speech = { say: ['Ici la préfecture, automate d’appel.', 'Alerte inondation.', 'Tapez 1 pour confirmer.'], awaits: { token: 'press', digits: 1, seconds: 8, times: 3 } };

/** It writes down what it hears. */
class WrittenDesk extends CallDesk {
  readonly told: unknown[] = [];
  readonly news: (LineNews & { token: string; account: string })[] = [];
  speech: () => Promise<Speech | undefined> = () => Promise.resolve(MENU);
  answer: () => Promise<Speech | undefined> = () => Promise.resolve({ say: ['C’est enregistré.'] });
  known = true;

  override answered(token: string) {
    this.told.push(['answered', token]);
    return this.speech();
  }
  override pressed(token: string, keys: string) {
    this.told.push(['pressed', token, keys]);
    return this.answer();
  }
  override progressed(token: string, account: string, news: LineNews) {
    this.news.push({ token, account, ...news });
    return Promise.resolve(this.known);
  }
  override replied(message: { from: string; text: string }) {
    this.told.push(['replied', message.from, message.text]);
    return Promise.resolve(message.text === 'ok' ? 'Merci, c’est enregistré.' : undefined);
  }
  override calledBack({ from }: { from: string }) {
    this.told.push(['called back', from]);
    return Promise.resolve(MENU);
  }
}

let phones: PhoneNetwork;
let desk: WrittenDesk;
let twilio: Telephony;
let forged: string[];
let failures: unknown[];
let url: string;

beforeEach(async () => {
  phones = await phonesFor(new HandClock(START));
  const lines = telephonyOf(settingsOf(phones.url, PUBLIC));
  [twilio] = lines.accounts as [Telephony];
  desk = new WrittenDesk();
  forged = [];
  failures = [];
  const lineDesk = new LineDesk(lines.protocol, desk, { forged: (account) => forged.push(account), failed: (error) => failures.push(error) }, 50);

  @Module({ controllers: [TelephonyController], providers: [{ provide: LineDesk, useValue: lineDesk }] })
  class Lines {}
  const app = await NestFactory.create<NestFastifyApplication>(Lines, httpPlatform({ secure: true, trustedProxies: [], consoleDir: '/nowhere' }), { bodyParser: false, logger: false });
  // Nobody is ever signed in.
  app.useGlobalGuards(new SignedInGuard({ authenticate: () => Promise.resolve(undefined) } as unknown as Authentication, app.get(Reflector)));
  app.useGlobalFilters(new ProblemFilter('Europe/Paris', (error) => failures.push(error), () => {}));
  await app.listen(0, '127.0.0.1');
  afterwards(() => app.close());
  url = `http://127.0.0.1:${(app.getHttpServer().address() as { port: number }).port}`;
  phones.leads(PUBLIC, url);
});

const ring = () => twilio.call({ token: 'tok', to: MAIRE, ringSeconds: 30 });
const states = () => desk.news.map(({ state, over }) => `${state}${over ? ' over' : ''}`);
/** With whatever Host: fetch would put its own. */
const post = async (path: string, form: Record<string, string>, signed: string | undefined, host = new URL(url).host) => {
  const asked = request(url + path, {
    method: 'POST', agent: false, headers: { host, 'content-type': 'application/x-www-form-urlencoded', ...(signed === undefined ? {} : { 'x-twilio-signature': signed }) },
  });
  asked.end(new URLSearchParams(form).toString());
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  return { status: response.statusCode, contentType: response.headers['content-type'], body: (await response.setEncoding('utf8').toArray()).join('') };
};

describe('a call', () => {
  test('is answered, hears the message, presses 1, hears that it is recorded; each step is told, with the provider’s id', async () => {
    phones.person(MAIRE).expects(call().saying(/préfecture.*inondation.*Tapez 1/).pressing('1').thenHearing(/enregistré/));
    const { sid } = await ring();
    await phones.pass(60_000);
    expect(desk.told).toEqual([['answered', 'tok'], ['pressed', 'press', '1']]);
    expect(desk.news).toEqual([['ringing', false], ['answered', false], ['answered', true]].map(([state, over]) => ({ token: 'tok', account: 'twilio-1', state, over, sid })));
    expect(phones.callbacks.sent.every(({ signature: signed }) => signed !== '')).toBe(true);
  });

  test('the message is said three times to whoever presses nothing, then it hangs up', async () => {
    phones.person(MAIRE).expects(call());
    await ring();
    await phones.pass(120_000);
    expect(phones.calls[0]!.heard.filter((said) => said.includes('inondation'))).toHaveLength(3);
    expect(states().at(-1)).toBe('answered over');
  });

  test('a key pressed while the voice speaks is taken at once; pressed late, during the repetition, it is taken too; after the end by nobody', async () => {
    phones.person(MAIRE).expects(call().pressing('1', { afterSeconds: 11 }).thenHearing(/enregistré/), call().pressing('1', { afterSeconds: 90, inVain: true }));
    await ring();
    await phones.pass(60_000);
    await ring();
    await phones.pass(180_000);
    expect(desk.told).toEqual([['answered', 'tok'], ['pressed', 'press', '1'], ['answered', 'tok']]);
  });

  test.each([
    ['busy', () => call().findingTheLineBusy(), ['ringing', 'busy over']],
    ['nobody', () => call().leftRinging(), ['ringing', 'no-answer over']],
    ['no such number', () => call().toAWrongNumber(), ['invalid over']],
    ['hung up in the middle of the menu', () => call().saying(/préfecture/).thenHangingUp({ afterSeconds: 5 }), ['ringing', 'answered', 'answered over']],
  ])('%s', async (_case, scripted, expected) => {
    phones.person(MAIRE).expects(scripted());
    await ring();
    await phones.pass(60_000);
    expect(states()).toEqual(expected);
  });

  test('a token that nobody knows any more hangs up politely; its news are refused', async () => {
    desk.speech = () => Promise.resolve(undefined);
    desk.known = false;
    phones.person(MAIRE).expects(call().saying(/plus d’actualité/));
    await ring();
    await phones.pass(60_000);
    expect(phones.takeSurprises()).toEqual(['status ringing', 'status in-progress', 'status completed'].map((what) => `${what} of ${MAIRE} was answered 404`));
  });

  test('the disk is full: nobody hears that it is recorded', async () => {
    desk.answer = () => Promise.reject(new Error('disk full'));
    phones.person(MAIRE).expects(call().pressing('1').thenHearing(/empêche d’enregistrer/));
    await ring();
    await phones.pass(60_000);
    expect(failures).toEqual([new Error('disk full')]);
    expect(phones.calls[0]!.heard.join()).not.toMatch(/C’est enregistré/);
  });

  test('the house is slow, or has too much to say: French is heard, and in time', async () => {
    phones.person(MAIRE).expects(call().saying(/empêche de vous lire/), call().saying(/empêche de vous lire/));
    desk.speech = () => new Promise(() => {});
    await ring();
    await phones.pass(60_000);
    desk.speech = () => Promise.resolve({ say: ['a'.repeat(5_000)] });
    await ring();
    await phones.pass(60_000);
    expect(failures).toHaveLength(2);
  });

  test('somebody calls the number back, and presses 1', async () => {
    const back = await phones.person(MAIRE).callsBack(call().saying(/inondation/).pressing('1').thenHearing(/enregistré/));
    await phones.pass(60_000);
    expect(back.status).toBe('completed');
    expect(desk.told).toEqual([['called back', MAIRE], ['pressed', 'press', '1']]);
  });
});

describe('a text', () => {
  test('leaves, arrives, is answered; the answer is answered, or not', async () => {
    phones.person(MAIRE).expects(text().saying(/inondation/).replying('ok', { afterSeconds: 5 }), text().replying('Ok bien reçu'), text().undelivered(30006));
    const { sid } = await twilio.text({ token: 'tok', to: MAIRE, text: 'Alerte inondation', validForSeconds: 600 });
    await phones.pass(10_000);
    expect(desk.news).toEqual([['dialling', false], ['delivered', true]].map(([state, over]) => ({ token: 'tok', account: 'twilio-1', state, over, sid })));
    expect(phones.person(MAIRE).received).toEqual(['Alerte inondation', 'Merci, c’est enregistré.']);
    await twilio.text({ token: 'tok2', to: MAIRE, text: 'Encore', validForSeconds: 600 });
    await phones.pass(30_000);
    expect(desk.told).toEqual([['replied', MAIRE, 'ok'], ['replied', MAIRE, 'Ok bien reçu']]);
    expect(phones.person(MAIRE).received).toHaveLength(3);
    await twilio.text({ token: 'tok3', to: MAIRE, text: 'Fixe', validForSeconds: 600 });
    await phones.pass(10_000);
    expect(desk.news.at(-1)).toMatchObject({ token: 'tok3', state: 'invalid', over: true, code: '30006' });
  });
});

describe('news in disorder', () => {
  test('twice, late, lost, replayed a day after: each is told as it comes, none is refused', async () => {
    phones.callbacks.delivers = ({ form }) => (form['CallStatus'] === 'ringing' ? [0, 0, 90_000] : form['CallStatus'] === 'in-progress' ? [] : [0]);
    phones.person(MAIRE).expects(call().leftRinging());
    await ring();
    await phones.pass(120_000);
    expect(states()).toEqual(['ringing', 'ringing', 'no-answer over', 'ringing']);
    await phones.pass(86_400_000, undefined, 3_600_000);
    expect((await phones.replay(phones.callbacks.sent[0]!)).status).toBe(204);
  });

  test('a state that is not known is no fault of the provider’s', async () => {
    const form = { CallSid: 'CA1', CallStatus: 'teleported' };
    expect((await post('/api/telephony/twilio-1/status/tok', form, signature(ACCOUNT.authToken, `${PUBLIC}/api/telephony/twilio-1/status/tok`, form))).status).toBe(204);
    expect(desk.news).toEqual([]);
  });
});

describe('whoever is not the provider', () => {
  const path = '/api/telephony/twilio-1/keys/press';
  const form = { CallSid: 'CA1', Digits: '1' };
  const own = () => signature(ACCOUNT.authToken, PUBLIC + path, form);

  test.each([
    ['unsigned', () => post(path, form, undefined)],
    ['signed by another account', () => post(path, form, signature(OTHER.authToken, PUBLIC + path, form))],
    ['signed for the address of the machine', () => post(path, form, signature(ACCOUNT.authToken, url + path, form))],
    ['of another key', () => post(path, { ...form, Digits: '2' }, own())],
    ['signed for another token', () => post('/api/telephony/twilio-1/keys/other', form, own())],
    ['of no account of ours', () => post('/api/telephony/twilio-9/keys/press', form, own())],
    ['with an empty form', () => post(path, {}, own())],
  ])('%s: 403 without a word, and it is counted', async (_case, ask) => {
    const response = await ask();
    expect([response.status, response.body]).toEqual([403, '']);
    expect(desk.told).toEqual([]);
    expect(forged).toHaveLength(1);
  });

  test('the same with its signature is heard, whatever Host says', async () => {
    const response = await post(path, form, own(), 'evil.example');
    expect([response.status, response.contentType]).toEqual([200, 'text/xml; charset=utf-8']);
    expect(desk.told).toEqual([['pressed', 'press', '1']]);
  });

  test('a form of more than 64 kB, JSON, another method, another route', async () => {
    expect((await post(path, { a: 'x'.repeat(70_000) }, own())).status).toBe(413);
    expect((await fetch(url + path, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json', 'x-twilio-signature': own() } })).status).toBe(403);
    expect((await fetch(url + path)).status).toBe(404);
    expect((await post('/api/telephony/twilio-1/recording/x', form, own())).status).toBe(404);
    expect(desk.told).toEqual([]);
  });
});

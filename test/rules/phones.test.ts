// The telephone network itself: what surprises it, how it keeps its pace, what its population does. Nobody listens at the other end
// but a server of the test's own, which says what a voice says.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Behaviour } from '../../src/domain/exercise/behaviour.js';
import { HandClock } from '../kit/hand-clock.js';
import { START } from '../kit/office.js';
import { ACCOUNT } from '../kit/phones/for-tests.js';
import { PhoneNetwork } from '../kit/phones/network.js';
import { call, text } from '../kit/phones/people.js';
import { readTwiml } from '../kit/phones/twiml.js';
import { afterwards } from '../kit/scratch.js';

const MAIRE = '+33612345678';
const numbered = (i: number) => `+336${String(i).padStart(8, '0')}`;
const menu = (times = 1) => `<Response>${'<Gather numDigits="1" timeout="5" finishOnKey="" action="http://house/keys"><Say language="fr-FR">Alerte. Tapez 1.</Say></Gather>'.repeat(times)}<Hangup/></Response>`;

let phones: PhoneNetwork;
let clock: HandClock;
let voice: string;
let answer: string;
let status: number;
let heard: URLSearchParams[];

beforeEach(async () => {
  clock = new HandClock(START);
  phones = await PhoneNetwork.start(clock, ACCOUNT);
  afterwards(() => phones.stop());
  [voice, answer, status, heard] = [menu(), '<Response><Say language="fr-FR">C’est enregistré.</Say></Response>', 200, []];
  const house = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      heard.push(new URLSearchParams(body));
      response.writeHead(status, { 'content-type': 'text/xml' }).end(request.url === '/keys' ? answer : voice);
    });
  });
  house.listen(0, '127.0.0.1');
  await once(house, 'listening');
  afterwards(() => house.close());
  afterwards(() => house.closeAllConnections());
  phones.leads('http://house', `http://127.0.0.1:${(house.address() as { port: number }).port}`);
});

const ask = (path: string, form: Record<string, string>, authorization = Buffer.from(`${ACCOUNT.sid}:${ACCOUNT.authToken}`).toString('base64')) =>
  fetch(`${phones.url}/2010-04-01/Accounts/${ACCOUNT.sid}/${path}`, { method: 'POST', body: new URLSearchParams(form), headers: { authorization: `Basic ${authorization}` } });
const ring = (to = MAIRE, more: Record<string, string> = {}) => ask('Calls.json', { To: to, From: ACCOUNT.number, Url: 'http://house/voice', ...more });
const surprises = () => {
  try {
    phones.verify();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('a surprise fails the test', () => {
  test.each<[string, () => unknown, RegExp]>([
    ['a call that nobody expected', () => ring(), /nobody expected a call to \+33612345678/],
    ['a second one', () => { phones.person(MAIRE).expects(call()); return ring().then(() => ring()); }, /nobody expected a call/],
    ['a text that nobody expected', () => ask('Messages.json', { To: MAIRE, From: ACCOUNT.number, Body: 'x' }), /nobody expected a text/],
    ['a call that never came', () => phones.person(MAIRE).expects(call().saying(/crue/)), /expected a call saying \/crue\/, which never came/],
    ['a text that never came', () => phones.person(MAIRE).expects(text()), /expected a text, which never came/],
    ['a path of nobody’s', () => ask('Faxes.json', {}), /is no path of the provider's/],
    ['a field that it does not know', () => ring(MAIRE, { MachineDetection: 'Enable' }), /MachineDetection/],
    ['other words than expected', () => { phones.person(MAIRE).expects(call().saying(/inondation/)); return ring(); }, /\/inondation\/ was not heard, but: « Alerte. Tapez 1. »/],
    ['other words after the key', () => { phones.person(MAIRE).expects(call().pressing('1').thenHearing(/Merci/)); return ring(); }, /\/Merci\/ was not heard, but: « C’est enregistré. »/],
    ['a key that nobody awaits', () => { voice = '<Response><Say language="fr-FR">Bonjour.</Say></Response>'; phones.person(MAIRE).expects(call().pressing('1')); return ring(); }, /the voice never asked for key 1/],
    ['a key that comes too late', () => { phones.person(MAIRE).expects(call().pressing('1', { afterSeconds: 20 })); return ring(); }, /never asked for key 1, or ended before it came/],
    ['a key that should have come too late', () => { phones.person(MAIRE).expects(call().pressing('1', { inVain: true })); return ring(); }, /should have come too late/],
    ['English', () => { voice = '<Response><Say>Hello.</Say></Response>'; phones.person(MAIRE).expects(call()); return ring(); }, /is said in English/],
    ['no TwiML', () => { voice = '<Response><Say>Tom & Jerry</Say></Response>'; phones.person(MAIRE).expects(call()); return ring(); }, /is not an entity/],
    ['an error of the house', () => { status = 500; phones.person(MAIRE).expects(call()); return ring(); }, /voice of the call to \+33612345678: answered 500/],
    ['news that are refused', () => { status = 403; phones.person(MAIRE).expects(call().leftRinging()); return ring(MAIRE, { StatusCallback: 'http://house/status', StatusCallbackEvent: 'completed' }); }, /no-answer of \+33612345678 was answered 403/],
  ])('%s', async (_case, act, expected) => {
    await act();
    await phones.pass(60_000);
    expect(surprises()).toMatch(expected);
  });

  test('what was all expected is none', async () => {
    phones.person(MAIRE).expects(call().saying(/Alerte/).pressing('1').thenHearing(/enregistré/));
    await ring();
    await phones.pass(60_000);
    expect(surprises()).toBe('');
  });
});

test.each(['', '<Response>', '<Response/><Response/>', '<Response><Say>a</Play></Response>', '<Response>texte</Response>', '<Response><Say loud="1">a</Say></Response>', '<Response><Dial>1</Dial></Response>', `<Response><Say>${'a'.repeat(4_097)}</Say></Response>`, '<Response><Say>\u0007</Say></Response>'])(
  'it does not follow « %s »', (document) => {
    expect(() => readTwiml(document)).toThrow();
  });

describe('its pace', () => {
  test('one call a second, whatever is ordered at once; those that wait can be cancelled', async () => {
    phones.population(() => ({ kind: 'no-answer' }));
    const ordered = await Promise.all(Array.from({ length: 5 }, (_, i) => ring(numbered(i)).then((response) => response.json() as Promise<{ sid: string; status: string }>)));
    expect(ordered.map((one) => one.status)).toEqual(Array.from({ length: 5 }, () => 'queued'));
    const last = phones.calls.at(-1)!;
    expect((await ask(`Calls/${last.sid}.json`, { Status: 'canceled' })).status).toBe(200);
    await phones.pass(65_000);
    expect(phones.calls.map(({ startedAt }) => startedAt && startedAt - START)).toEqual([0, 1_000, 2_000, 3_000, undefined]);
    expect(phones.calls.map((one) => one.status)).toEqual(['no-answer', 'no-answer', 'no-answer', 'no-answer', 'canceled']);
  });

  test('an account without a profile has two lines: the third call fails', async () => {
    const narrow = await PhoneNetwork.start(clock, { ...ACCOUNT, concurrent: 2, callsPerSecond: 10 });
    afterwards(() => narrow.stop());
    narrow.population(() => ({ kind: 'no-answer' }));
    const url = phones.url;
    for (let i = 0; i < 3; i++) {
      await fetch(`${narrow.url}/2010-04-01/Accounts/${ACCOUNT.sid}/Calls.json`, {
        method: 'POST', body: new URLSearchParams({ To: numbered(i), From: ACCOUNT.number, Url: `${url}/voice` }), headers: { authorization: `Basic ${Buffer.from(`${ACCOUNT.sid}:${ACCOUNT.authToken}`).toString('base64')}` },
      });
    }
    await narrow.pass(2_000);
    expect(narrow.calls.map((one) => [one.status, one.errorCode])).toEqual([['ringing', undefined], ['ringing', undefined], ['failed', 10004]]);
  });
});

describe('its population', () => {
  const answers = (over: Partial<Extract<Behaviour, { kind: 'answers' }>> = {}): Behaviour => ({ kind: 'answers', afterSeconds: 6, presses: [{ key: '1', afterSeconds: 3 }], hangsUpAfterSeconds: 120, ...over });

  test.each<[string, Behaviour, string, string[]]>([
    ['answers, and presses 1', answers(), 'completed', ['1']],
    ['presses 1 ten times', answers({ presses: Array.from({ length: 10 }, () => ({ key: '1', afterSeconds: 1 })) }), 'completed', ['1']],
    ['presses 7', answers({ presses: [{ key: '7', afterSeconds: 1 }] }), 'completed', ['7']],
    ['presses during the repetition', answers({ presses: [{ key: '1', afterSeconds: 8 }] }), 'completed', ['1']],
    ['hangs up in the menu', answers({ hangsUpAfterSeconds: 6.5 }), 'completed', []],
    ['answers later than it rings', answers({ afterSeconds: 31 }), 'no-answer', []],
    ['a machine', { kind: 'machine', afterSeconds: 10 }, 'completed', []],
    ['busy', { kind: 'busy' }, 'busy', []],
    ['no answer', { kind: 'no-answer' }, 'no-answer', []],
    ['a wrong number', { kind: 'invalid' }, 'failed', []],
  ])('%s', async (_case, behaviour, ended, pressed) => {
    voice = menu(3);
    phones.population(() => behaviour);
    await ring(MAIRE, { Timeout: '30' });
    await phones.pass(180_000);
    const [one] = phones.calls;
    expect([one!.status, one!.pressed.map(({ key }) => key)]).toEqual([ended, pressed]);
    expect(heard.filter((form) => form.has('Digits')).map((form) => form.get('Digits'))).toEqual(pressed);
    expect(surprises()).toBe('');
  });
});

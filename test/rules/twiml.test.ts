import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { TwilioProtocol } from '../../src/adapters/channels/twilio/protocol.js';
import { messageDocument, voiceDocument } from '../../src/adapters/channels/twilio/twiml.js';
import { readTwiml, type Verb } from '../kit/phones/twiml.js';

const address = (token: string) => `https://tz.example/api/telephony/twilio-1/keys/${token}`;
const said = (verbs: Verb[]): string[] => verbs.flatMap((verb) => (verb.verb === 'say' ? [verb.text] : verb.verb === 'gather' ? said(verb.prompt) : []));

describe('what the voice says', () => {
  test('sentences in French, a pause between them, then it hangs up', () => {
    expect(readTwiml(voiceDocument({ say: ['Bonjour.', 'Au revoir.'] }, address))).toEqual([
      { verb: 'say', text: 'Bonjour.', language: 'fr-FR' }, { verb: 'pause', seconds: 1 }, { verb: 'say', text: 'Au revoir.', language: 'fr-FR' }, { verb: 'hangup' },
    ]);
  });

  test('what awaits a key is said as often as was asked, each time with as much silence after it', () => {
    const verbs = readTwiml(voiceDocument({ say: ['Tapez 1.'], awaits: { token: 'tok', digits: 1, seconds: 8, times: 3 } }, address));
    const gather = { verb: 'gather', digits: 1, seconds: 8, finish: '', action: address('tok'), prompt: [{ verb: 'say', text: 'Tapez 1.', language: 'fr-FR' }] };
    expect(verbs).toEqual([gather, gather, gather, { verb: 'hangup' }]);
  });

  test('of a code the hash key ends it; of a single key it is one', () => {
    const finish = (digits: number) => (readTwiml(voiceDocument({ say: ['?'], awaits: { token: 't', digits, seconds: 8, times: 1 } }, address))[0] as { finish: string }).finish;
    expect([finish(1), finish(6)]).toEqual(['', '#']);
  });

  test('whatever is written is heard as it was written, without what XML cannot hold', () => {
    expect(said(readTwiml(voiceDocument({ say: ['L’eau & le feu : 3 < 4 > 2, "vite" d\'ici <Hangup/> ]]> &amp;\u0000\u0007\uD800🌊'] }, address))))
      .toEqual(['L’eau & le feu : 3 < 4 > 2, "vite" d\'ici <Hangup/> ]]> &amp;🌊']);
    const held = (text: string) => text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '').replace(/\p{Surrogate}/gu, '');
    fc.assert(fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }), (text) => {
      expect(said(readTwiml(voiceDocument({ say: [`.${text}`] }, address)))).toEqual([held(`.${text}`)]);
      expect(readTwiml(messageDocument(`.${text}`))).toEqual([{ verb: 'message', text: held(`.${text}`) }]);
    }));
  });

  test('what Twilio would refuse is said here, not in English to who answers', () => {
    expect(() => voiceDocument({ say: ['a'.repeat(4_001)] }, address)).toThrow(RangeError);
    expect(() => voiceDocument({ say: Array.from({ length: 10 }, () => 'é'.repeat(3_900)), awaits: { token: 't', digits: 1, seconds: 8, times: 3 } }, address)).toThrow(/bytes/);
    expect(readTwiml(voiceDocument({ say: ['a'.repeat(4_000)] }, address))).toHaveLength(2);
  });

  test('nothing to answer is no message', () => {
    expect(readTwiml(messageDocument(undefined))).toEqual([]);
  });
});

describe('who signed', () => {
  // Vectors of Twilio's documentation and of its own libraries' tests.
  const protocol = new TwilioProtocol([{ account: 'a', accountSid: 'AC', authToken: '12345', apiKey: undefined, from: undefined, smsFrom: undefined, callsPerSecond: 1, baseUrl: '', publicUrl: 'https://mycompany.com' }]);
  const form = { CallSid: 'CA1234567890ABCDE', Caller: '+14158675309', Digits: '1234', From: '+14158675309', To: '+18005551212' };
  const read = (signature: string | string[] | undefined, over: object = {}) => protocol.read({ account: 'a', target: '/myapp.php?foo=1&bar=2', headers: { 'x-twilio-signature': signature, host: 'evil.example' }, form, ...over });
  const SIGNED = 'RSOYDt4T1cUTdK1PDd93/VVr8B8=';

  test('the published vectors, one with a field that comes several times', () => {
    expect(read(SIGNED)).toEqual({ sid: 'CA1234567890ABCDE', from: '+14158675309', keys: '1234', text: '', news: undefined });
    const repeated = { Sid: 'CA123', SidAccount: 'AC123', Digits: ['5678', '1234', '1234'] };
    expect(read('IK+Dwps556ElfBT0I3Rgjkr1wJU=', { form: repeated })).toMatchObject({ keys: '5678' });
  });

  test.each([
    ['unsigned', undefined, {}], ['twice signed', [SIGNED, SIGNED], {}], ['empty', '', {}], ['of another length', 'RSOY', {}], ['accented', 'é'.repeat(14), {}],
    ['one key more', SIGNED, { form: { ...form, Digits: '1' } }], ['one field more', SIGNED, { form: { ...form, X: '' } }], ['another path', SIGNED, { target: '/myapp.php?foo=1&bar=3' }],
    ['another account', SIGNED, { account: 'b' }], ['an account that is a word of the language', SIGNED, { account: 'constructor' }], ['no form', SIGNED, { form: {} }],
  ])('%s: nobody', (_case, signature, over) => {
    expect(read(signature, over)).toBeUndefined();
  });
});

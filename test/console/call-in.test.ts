import { describe, expect, test } from '@jest/globals';
import { standsWords } from '../../src/console/pages/call-in/call-in-words.js';
import { outcomeCount, outcomeWords, wayOfAttempt } from '../../src/console/pages/officials/campaign/campaign-words.js';
import type { Attempt } from '../../src/domain/state.js';
import { MINUTE } from '../../src/domain/time.js';

const AT = Date.parse('2026-03-14T01:30:00Z');
const ZONE = 'Europe/Paris';
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('47.2 somebody called in', () => {
  const coming = { person: 'p', answer: { campaign: 'c', answer: 'coming' as const, minutes: 15, at: AT, seq: 9 }, arrivesAt: AT + 15 * MINUTE };
  test('counts down to when they said, then is awaited, then worries', () => {
    const at = (minutes: number) => { const { words, tone } = standsWords(coming, AT + minutes * MINUTE, ZONE); return [plain(words), tone]; };
    expect(at(0)).toEqual(['arrive dans 15 min, vers 02:45', 'ok']);
    expect(at(6.5)).toEqual(['arrive dans 9 min, vers 02:45', 'ok']);
    expect(at(15)).toEqual(['attendu depuis 02:45', 'ok']);
    expect(at(26)).toEqual(['attendu depuis 02:45', 'watch']);
  });
  test('who has said nothing shows the last try', () => {
    const last: Attempt = { seq: 3, at: AT, way: 'voice', outcome: 'machine', id: 'c/p/voice-1', contact: 0 };
    expect(plain(standsWords({ person: 'p', last }, AT, ZONE).words)).toBe('répondeur à 02:30');
    expect(plain(standsWords({ person: 'p' }, AT, ZONE).words)).toBe('pas encore appelé');
  });
});

describe('an attempt in words', () => {
  const kinds = ['mobile', 'email', 'fixed'] as const;
  const attempt = (over: Partial<Attempt>): Attempt => ({ seq: 3, at: AT, way: 'voice', outcome: 'answered', id: 'c/p/voice-1', contact: 0, ...over });
  test('names the number by its place, never itself', () => {
    expect(plain(wayOfAttempt(attempt({}), [...kinds]))).toBe('appel au 1er numéro (mobile)');
    expect(plain(wayOfAttempt(attempt({ contact: 2 }), [...kinds]))).toBe('appel au 2e numéro (fixe)');
    expect(plain(wayOfAttempt(attempt({ way: 'mail', contact: 1 }), [...kinds]))).toBe('courriel à son 1er courriel');
  });
  test('says by which gesture, and what a person has to read', () => {
    expect(plain(outcomeWords(attempt({ outcome: 'acknowledged', how: 'key' })))).toBe('acquitté (touche 1)');
    expect(plain(outcomeWords(attempt({ outcome: 'call-again', again: AT })))).toBe('demande à parler');
    expect(plain(outcomeWords(attempt({ outcome: 'call-again', again: AT, way: 'sms', note: { digest: 'd', bytes: 1, mime: 'text/plain' } as never })))).toBe('réponse à lire');
    expect([outcomeCount('acknowledged', 2), outcomeCount('invalid', 2), outcomeCount('no-answer', 2), outcomeCount('busy', 1)].map(plain)).toEqual(['acquittés', 'numéros invalides', 'pas de réponse', 'occupé']);
  });
});

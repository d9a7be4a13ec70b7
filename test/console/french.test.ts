import { expect, test } from '@jest/globals';
import { clockTime, countdown, duration, offset, parisTime, sinceT0, spoken } from '../../src/contract/french-times.js';
import { count, fr } from '../../src/contract/french-typography.js';
import { conditionWords, describeEntry, refusalSentence, refusalSentences, stepWords, verdictWords } from '../../src/contract/french.js';
import type { ActivationEntry } from '../../src/domain/events.js';
import type { RefusalCode } from '../../src/domain/refusal.js';

const T0 = Date.parse('2026-10-25T00:14:00.000Z');
const MINUTE = 60_000;

test('typography: narrow spaces before ; ! ?, no-break space before : and inside « », times left alone', () => {
  expect(fr("Appeler 320 élus ? « Oui » : l'heure est 02:14 !")).toBe('Appeler 320 élus\u202f? «\u00a0Oui\u00a0»\u00a0: l’heure est 02:14\u202f!');
  expect(fr('61 % de 34 969 communes, nº 1')).toBe('61\u00a0% de 34\u202f969 communes, nº\u00a01');
  expect([count(0, 'étape'), count(1, 'étape'), count(3, 'étape')]).toEqual(['0\u00a0étape', '1\u00a0étape', '3\u00a0étapes']);
});

test('a countdown agrees with the time elapsed, reads 00:00 at the deadline and counts up after it', () => {
  expect(countdown(36 * MINUTE + 19_400)).toBe('36:20');
  expect(countdown(5_000)).toBe('00:05');
  expect(countdown(0)).toBe('00:00');
  expect(countdown(-400)).toBe('00:00');
  expect(countdown(-5 * MINUTE)).toBe('+05:00');
  expect(countdown(-65 * MINUTE)).toBe('+1:05:00');
  expect(duration(85_000)).toBe('1:25');
  expect(spoken(-85_000)).toBe('1\u00a0min 25\u00a0s');
});

test('what was done before T0 reads T0-4', () => {
  expect([sinceT0(T0 + 23.6 * MINUTE, T0), sinceT0(T0 - 4 * MINUTE, T0), sinceT0(T0, T0)]).toEqual(['T0+23', 'T0-4', 'T0']);
  expect(offset(T0 - 250_000, T0)).toBe('-4:10');
});

test('local times follow the zone of the activation, through the hour that a clock change repeats', () => {
  expect(clockTime(T0, 'Europe/Paris')).toBe('02:14:00');
  expect(clockTime(T0 + 60 * MINUTE, 'Europe/Paris')).toBe('02:14:00');
  expect(clockTime(T0, 'Indian/Reunion')).toBe('04:14:00');
  expect(parisTime(T0, 'Indian/Reunion')).toBe('02:14');
  expect(parisTime(T0, 'Europe/Paris')).toBeUndefined();
});

test('every refusal says something, in set French, whatever its details', () => {
  for (const code of Object.keys(refusalSentences) as RefusalCode[]) {
    const sentence = refusalSentence({ refused: code });
    expect(sentence).toMatch(/^\p{Lu}.*\.$/u);
    expect(sentence).not.toMatch(/ [;!?:]|'|undefined|null/);
  }
});

test('words: one list everywhere', () => {
  expect(verdictWords['held-declared-afterwards']).toBe('tenu (déclaré après coup)');
  expect(stepWords['done-late']).toBe('fait hors délai');
  expect(conditionWords({ fact: 'attack' })).toBe('si attentat');
  expect(conditionWords({ not: { done: 'P08' } }, () => 'Cercle 1')).toBe('sauf après «\u00a0Cercle 1\u00a0»');
});

test('the log names people and steps through its lookups, and never a text that it does not have', () => {
  const names = { person: () => 'A. Delorme', step: () => 'Communiqué visé', zone: 'Europe/Paris' };
  const base = { seq: 9, activation: 'a', lane: 'real', v: 1, by: 'x', source: 'console', command: 'c', occurredAt: '2026-10-25T00:14:00.000Z', recordedAt: '2026-10-25T00:14:00.000Z' } as const;
  const say = (entry: Pick<ActivationEntry, 'type' | 'payload'> & { for?: 'prefet' }) => describeEntry({ ...base, ...entry } as ActivationEntry, names);
  expect(say({ type: 'functionTaken', payload: { function: 'DC', holder: 'x' } })).toBe('A. Delorme prend la fonction directeur de cabinet.');
  expect(say({ type: 'clockStarted', payload: { clock: 'cod', t0: '2026-10-25T00:14:00.000Z' } })).toBe('T0-COD\u00a0: 02:14:00.');
  expect(say({ type: 'stepCompleted', payload: { step: 'P13', evidence: [], proofs: [], approves: { step: 'P12', version: 2 } }, for: 'prefet' }))
    .toBe('P12 «\u00a0Communiqué visé\u00a0»\u00a0: version 2 visée, pour le préfet (oral).');
  expect(say({ type: 'noteLogged', payload: { text: { digest: 'd', bytes: 3 }, attachments: [] } })).toBe('Note.');
  expect(describeEntry({ seq: 3, withheld: true }, names)).toBe('Entrée réservée à la direction.');
});

import { describe, expect, test } from '@jest/globals';
import { proofsIn, reflexText } from '../../src/console/pages/on-call/reflex-text.js';
import { clocksOf, nameOf, past, running } from '../../src/console/pages/opening/lines.js';
import { prepare, t0Words, type OpeningForm } from '../../src/console/pages/opening/opening-order.js';
import { noInstant, readLocal, toLocal } from '../../src/console/pages/local-instant.js';
import type { ActivationLine } from '../../src/contract/live.js';
import { initial } from '../../src/domain/activation.js';
import { HOUR, MINUTE } from '../../src/domain/time.js';

const local = (text: string, which: '' | 'first' | 'second' = '') => ({ local: text, which });

describe('a local time of the préfecture', () => {
  test('25 October 2026, 02:30 in Paris exists twice and is asked; 28 March 2027, 01:45 once, 02:30 never', () => {
    expect(readLocal(local('2026-10-25T02:30'), 'Europe/Paris')).toEqual({
      is: 'repeated', first: Date.parse('2026-10-25T00:30Z'), second: Date.parse('2026-10-25T01:30Z'),
    });
    expect(readLocal(local('2026-10-25T02:30', 'second'), 'Europe/Paris')).toEqual({ is: 'instant', at: Date.parse('2026-10-25T01:30Z') });
    expect(readLocal(local('2027-03-28T01:45'), 'Europe/Paris')).toEqual({ is: 'instant', at: Date.parse('2027-03-28T00:45Z') });
    expect(readLocal(local('2027-03-28T02:30'), 'Europe/Paris')).toEqual({ is: 'skipped' });
  });

  test('overseas it is the local time, and goes back and forth unchanged', () => {
    const at = Date.parse('2026-03-14T01:14:00Z');
    for (const zone of ['Indian/Reunion', 'Pacific/Tahiti', 'America/Miquelon']) {
      expect(readLocal(local(toLocal(at, zone)), zone)).toEqual({ is: 'instant', at });
    }
    expect(toLocal(at, 'Indian/Reunion')).toBe('2026-03-14T05:14:00');
  });

  test('what a field holds half filled, or with a year of five figures, names no instant and breaks nothing', () => {
    expect(readLocal(noInstant, 'Europe/Paris')).toEqual({ is: 'empty' });
    expect(readLocal(local('12026-03-14T02:14'), 'Europe/Paris')).toEqual({ is: 'skipped' });
    expect(readLocal(local('2026-02-31T02:14'), 'Europe/Paris')).toEqual({ is: 'skipped' });
  });
});

describe('the order that the opening form gives', () => {
  const now = Date.parse('2026-03-14T01:14:00Z');
  const form = (over: Partial<OpeningForm> = {}): OpeningForm => ({ way: 'now', past: noInstant, synergi: '', ...over });
  const prepared = (over: Partial<OpeningForm>) => prepare(form(over), { lane: 'real', kind: 'cod' }, now, 'Europe/Paris');

  test('T0 is the moment of the press, nothing when it is unknown, the declared time when it is past', () => {
    expect(prepared({})).toEqual({ ready: { lane: 'real', kind: 'cod', t0: '2026-03-14T01:14:00.000Z' } });
    expect(prepared({ way: 'unknown', synergi: ' 26-041877 ' })).toEqual({ ready: { lane: 'real', kind: 'cod', synergi: '26-041877' } });
    expect(prepared({ way: 'past', past: local('2026-03-14T02:00:30') })).toEqual({ ready: { lane: 'real', kind: 'cod', t0: '2026-03-14T01:00:30.000Z' } });
    expect(t0Words(form({ way: 'past', past: local('2026-03-14T02:00:30') }), now, 'Europe/Paris')).toMatch(/T0\s: 02:00:30/);
  });

  test('40 s ahead is let through, 10 min ahead is a fault of the field, 3 days old is asked once', () => {
    expect(prepared({ way: 'past', past: local('2026-03-14T02:14:40') })).toMatchObject({ ready: { t0: '2026-03-14T01:14:40.000Z' } });
    expect(prepared({ way: 'past', past: local('2026-03-14T02:24:00') })).toMatchObject({ fault: { field: 'past', sentence: expect.stringContaining('02:24:00') } });
    expect(prepared({ way: 'past', past: local('2026-03-11T02:14:00') })).toMatchObject({ old: { confirmOld: true, t0: '2026-03-11T01:14:00.000Z' } });
  });

  test('a number that SYNERGI would not give, and a time not chosen, are said before anything leaves', () => {
    expect(prepared({ synergi: '<script>' })).toMatchObject({ fault: { field: 'synergi' } });
    expect(prepared({ way: 'past' })).toMatchObject({ fault: { field: 'past' } });
  });
});

describe('the lines of the opening page', () => {
  const line = (over: Partial<ActivationLine>): ActivationLine => ({
    id: 'a', lane: 'real', life: 'running', kind: 'cod', title: null, openedAt: 0, endedAt: null, synergi: null, timeZone: 'Europe/Paris', segments: [], clocks: [], declarations: [], ...over,
  });

  test('real ones come first, then the latest; what is over is found by its title without accents, or its number', () => {
    const lines = [line({ id: 'exercise', lane: 'exercise', openedAt: 9 }), line({ id: 'old', openedAt: 1 }), line({ id: 'new', openedAt: 2 })];
    expect(running(lines).map(({ id }) => id)).toEqual(['new', 'old', 'exercise']);
    const over = [line({ id: 'x', life: 'ended', title: 'Événement chimique' }), line({ id: 'y', life: 'sealed', title: 'Crue', synergi: '26-0418' })];
    expect(past(over, ' evenement ').map(({ id }) => id)).toEqual(['x']);
    expect(past(over, '0418').map(({ id }) => id)).toEqual(['y']);
    expect(nameOf(line({ openedAt: Date.parse('2026-03-14T01:14:00Z') }))).toBe('COD activé, ouvert à 02:14');
  });

  test('the nearest end that is still to come leads; at the end the clocks stand still', () => {
    const clocks = [{ id: 'cod', t0: 0, ends: HOUR }, { id: 'nu', t0: 30 * MINUTE, ends: 90 * MINUTE }];
    expect(clocksOf(line({ clocks }), 50 * MINUTE).map(({ id, word }) => [id, word])).toEqual([['cod', 'at-risk'], ['nu', 'on-time']]);
    expect(clocksOf(line({ clocks }), 70 * MINUTE).map(({ id, word }) => [id, word])).toEqual([['nu', 'on-time'], ['cod', 'overdue']]);
    expect(clocksOf(line({ clocks, endedAt: 40 * MINUTE }), 5 * HOUR)[0]).toMatchObject({ word: 'stopped', remaining: 20 * MINUTE });
  });
});

describe('the reflex message', () => {
  const a = (lane: 'real' | 'exercise') => ({ ...initial('a'), lane, timeZone: 'Europe/Paris', prefecture: 'Préfecture du Val-de-Brenne' });
  const now = Date.parse('2026-03-14T01:14:00Z');

  test('fills its blanks, leaves one it does not know, and in an exercise is marked at both ends', () => {
    expect(reflexText('{préfecture} : {lieu}, {heure}, {prochain}, {autre}', a('real'), ' à Castelroy ', now)).toMatch(/^Préfecture du Val-de-Brenne\s: à Castelroy, 02:14, 02:44, \{autre\}$/);
    expect(reflexText('{lieu}', a('real'), '', now)).toBe('dans notre département');
    expect(reflexText('Texte', a('exercise'), '', now).trim()).toMatch(/^EXERCICE EXERCICE EXERCICE\s+Texte\s+EXERCICE EXERCICE EXERCICE$/);
  });

  test('an address is a link, the rest is one text; a javascript address is words, never a link', () => {
    expect(proofsIn('https://x.com/a/1\n vu par le SDIS \njavascript:alert(1)\n\n')).toEqual([
      { kind: 'link', url: 'https://x.com/a/1' }, { kind: 'text', text: 'vu par le SDIS\njavascript:alert(1)' },
    ]);
    expect(proofsIn(' \n ')).toEqual([]);
  });
});

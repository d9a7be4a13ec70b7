// Issue 4, 4: who is on call for a function at any date, and the gaps and overlaps ahead.
import { describe, expect, test } from '@jest/globals';
import { plainWords } from '../../src/domain/directory/names.js';
import { recognise, type Candidate } from '../../src/domain/on-call/holder.js';
import { concerns, isPublicHoliday, neededIn, nextAfter, onCallAt, type Duty } from '../../src/domain/on-call/roster.js';
import { toMs } from '../../src/domain/time.js';

const duty = (holder: string, from: number, to: number): Duty => ({ holder, from, to });
const HOURS = { from: '08:30', to: '18:00' };

describe('who is on call', () => {
  const duties = [duty('b', 10, 20), duty('a', 0, 10), duty('c', 15, 18)];
  test.each([[0, ['a']], [9, ['a']], [10, ['b']], [16, ['b', 'c']], [20, []]])('at %i', (at, holders) => {
    expect(onCallAt(duties, at).map(({ holder }) => holder)).toEqual(holders);
  });
  test('nobody: who comes next', () => expect([nextAfter(duties, -5)?.holder, nextAfter(duties, 0)?.holder, nextAfter(duties, 15)]).toEqual(['a', 'b', undefined]));
});

describe('gaps and overlaps', () => {
  const all = [{ from: 0, to: 100 }];
  test('nobody at all is one gap', () => expect(concerns([], all)).toEqual([{ kind: 'gap', from: 0, to: 100, holders: [] }]));
  test('the whole is covered: nothing to say, at its edges neither', () => {
    expect(concerns([duty('a', -10, 40), duty('b', 40, 200)], all)).toEqual([]);
  });
  test('a gap at each end and one within', () => {
    expect(concerns([duty('a', 10, 40), duty('b', 50, 90)], all).map(({ kind, from, to }) => [kind, from, to])).toEqual([['gap', 0, 10], ['gap', 40, 50], ['gap', 90, 100]]);
  });
  test('two people at once is an overlap, the same person twice is none', () => {
    expect(concerns([duty('b', 0, 60), duty('a', 50, 100)], all)).toEqual([{ kind: 'overlap', from: 50, to: 60, holders: ['a', 'b'] }]);
    expect(concerns([duty('a', 0, 60), duty('a', 50, 100)], all)).toEqual([]);
  });
  test('neighbours that say the same make one', () => {
    expect(concerns([duty('a', 0, 100), duty('b', 20, 30), duty('b', 30, 40)], all)).toEqual([{ kind: 'overlap', from: 20, to: 40, holders: ['a', 'b'] }]);
  });
  test('what is not needed is no gap', () => {
    expect(concerns([duty('a', 0, 30)], [{ from: 0, to: 30 }, { from: 60, to: 70 }]).map(({ from, to }) => [from, to])).toEqual([[60, 70]]);
  });
});

describe('when somebody is needed', () => {
  const span = { from: toMs('2026-11-27T11:00:00Z'), to: toMs('2026-11-30T11:00:00Z') };
  test('at every hour', () => expect(neededIn(span, 'always', 'Europe/Paris', HOURS)).toEqual([span]));
  test('outside office hours: from Friday evening to Monday morning', () => {
    expect(neededIn(span, 'off-hours', 'Europe/Paris', HOURS)).toEqual([{ from: toMs('2026-11-27T17:00:00Z'), to: toMs('2026-11-30T07:30:00Z') }]);
  });
  test('in the préfecture’s own zone', () => {
    expect(neededIn(span, 'off-hours', 'Indian/Reunion', HOURS)[0]!.from).toBe(toMs('2026-11-27T14:00:00Z'));
  });
  test('a public holiday is needed whole', () => {
    const christmas = { from: toMs('2026-12-24T17:00:00Z'), to: toMs('2026-12-28T07:30:00Z') };
    expect(neededIn(christmas, 'off-hours', 'Europe/Paris', HOURS)).toEqual([christmas]);
  });
  test.each([['2026-04-06', true], ['2026-05-14', true], ['2026-05-25', true], ['2026-07-14', true], ['2027-03-29', true], ['2026-04-05', false], ['2026-12-26', false], ['2024-05-09', true]])(
    '%s a public holiday: %s', (day, is) => expect(isPublicHoliday(day)).toBe(is));
});

describe('who a calendar names', () => {
  const candidate = (id: string, firstName: string, lastName: string, ...emails: string[]): Candidate => ({ id, firstName: plainWords(firstName), lastName: plainWords(lastName), emails });
  const people = [
    candidate('anne', 'Anne', 'Fictif', 'anne.fictif@exemple.fr'), candidate('jean', 'Jean', 'Martin'), candidate('julie', 'Julie', 'Martin'),
    candidate('long', 'Léa', 'Martin Duval'), candidate('oe', 'Hélène', 'D’Œuvray', 'h@exemple.fr'),
  ];
  const named = (summary: string, ...attendees: { email: string; name: string }[]) => {
    const found = recognise({ summary, attendees }, people);
    return 'id' in found ? found.id : found.fault;
  };
  test.each([
    ['Astreinte AA : FICTIF Anne', 'anne'], ['fictif (com)', 'anne'], ['Anne Fictif / 06 12', 'anne'], ['Martin', 'several'], ['J. Martin', 'several'], ['Martin Julie', 'julie'],
    ['Léa Martin-Duval', 'long'], ['Mme D’ŒUVRAY', 'oe'], ['astreinte anne.fictif@exemple.fr', 'anne'], ['Congés', 'nobody'], ['', 'nobody'], ['Fictifs', 'nobody'],
  ])('%s', (summary, id) => expect(named(summary)).toBe(id));

  test('an e-mail before any name; an attendee before the title', () => {
    expect(named('Martin Julie', { email: 'h@exemple.fr', name: '' })).toBe('oe');
    expect(named('Martin Julie', { email: 'inconnu@exemple.fr', name: 'Anne Fictif' })).toBe('anne');
    expect(named('Martin Julie', { email: 'inconnu@exemple.fr', name: 'Inconnu' })).toBe('julie');
  });
});

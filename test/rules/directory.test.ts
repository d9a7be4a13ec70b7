// Issue 4.1 and 4.3: what may be done to the directory, and what there is to mend in it.
import { describe, expect, test } from '@jest/globals';
import { decideDirectory, MOST_ERASED, type DirectoryCommand } from '../../src/domain/directory/rules.js';
import { inCallingOrder, masked, type ContactPoint, type Person, type PersonContent } from '../../src/domain/directory/person.js';
import { FLAWS, isToPurge, PART_POINTS, qualityOf, type QualityGiven } from '../../src/domain/directory/quality.js';
import { Book } from '../../src/application/directory/book.js';
import type { AddressBook } from '../../src/application/directory/address-book.js';
import { DAY } from '../../src/domain/time.js';

const phone = (number: string, over: Partial<Extract<ContactPoint, { kind: 'phone' }>> = {}): ContactPoint => ({ kind: 'phone', number, line: 'mobile', checkedAt: NOW, ...over });
const email = (address: string): ContactPoint => ({ kind: 'email', address, checkedAt: NOW });
const NOW = Date.parse('2026-11-27T10:00:00Z');
const content = (over: Partial<PersonContent> = {}): PersonContent => ({
  kind: 'official', lastName: 'Fictif', firstName: 'Anne', office: 'maire', title: 'maire', order: 0, commune: '76540', organisation: '', account: null, since: '2026-03-29', until: null,
  contacts: [phone('+33612345678')], ...over,
});
const person = (id: string, over: Partial<Person> = {}): Person => ({ id, version: 1, changedAt: 0, ...content(), ...over });

describe('decide', () => {
  const known = person('p1', { version: 3 });
  const cases: [string, DirectoryCommand, unknown][] = [
    ['somebody new', { type: 'add-person', person: 'p1', content: content() }, [{ type: 'personAdded', payload: { person: 'p1', kind: 'official' } }]],
    ['an official of no commune', { type: 'add-person', person: 'p1', content: content({ commune: null }) }, { refused: 'commune-needed' }],
    ['a town hall of no commune', { type: 'add-person', person: 'p1', content: content({ kind: 'town-hall', commune: null }) }, { refused: 'commune-needed' }],
    ['an agent of no commune', { type: 'add-person', person: 'p1', content: content({ kind: 'agent', commune: null }) }, [{ type: 'personAdded', payload: { person: 'p1', kind: 'agent' } }]],
    ['four numbers', { type: 'add-person', person: 'p1', content: content({ contacts: [1, 2, 3, 4].map((n) => phone(`+3361234567${n}`)) }) }, { refused: 'too-many-contacts', details: { numbers: 3, addresses: 3 } }],
    ['four addresses', { type: 'add-person', person: 'p1', content: content({ contacts: ['a', 'b', 'c', 'd'].map((one) => email(`${one}@exemple.fr`)) }) }, { refused: 'too-many-contacts', details: { numbers: 3, addresses: 3 } }],
    ['three numbers and three addresses', { type: 'add-person', person: 'p1', content: content({ contacts: [...[1, 2, 3].map((n) => phone(`+3361234567${n}`)), ...['a', 'b', 'c'].map((one) => email(`${one}@exemple.fr`))] }) }, [{ type: 'personAdded', payload: { person: 'p1', kind: 'official' } }]],
    ['a mandate that ends before it begins', { type: 'add-person', person: 'p1', content: content({ since: '2026-03-29', until: '2026-03-28' }) }, { refused: 'ends-before-it-begins' }],
    ['a change', { type: 'change-person', known, seen: 3, next: 5, content: content({ lastName: 'Autre' }) }, [{ type: 'personChanged', payload: { person: 'p1', version: 5 } }]],
    ['the same again', { type: 'change-person', known, seen: 3, next: 4, content: content() }, []],
    ['contacts in another order', { type: 'change-person', known: person('p1', { contacts: [phone('+33612345671'), phone('+33612345672')] }), seen: 1, next: 2, content: content({ contacts: [phone('+33612345672'), phone('+33612345671')] }) }, [{ type: 'personChanged', payload: { person: 'p1', version: 2 } }]],
    ['a stale version', { type: 'change-person', known, seen: 2, next: 4, content: content({ lastName: 'Autre' }) }, { refused: 'stale-person', details: { seen: 2, version: 3 } }],
    ['a stale version, even for what is the same', { type: 'change-person', known, seen: 2, next: 4, content: content() }, { refused: 'stale-person', details: { seen: 2, version: 3 } }],
    ['somebody erased', { type: 'change-person', known: undefined, seen: 1, next: 2, content: content() }, { refused: 'unknown-person' }],
    ['erasing on demand, whatever the mandate', { type: 'erase-people', people: ['p1'], why: 'asked', tooEarly: 1 }, [{ type: 'peopleErased', payload: { people: ['p1'], why: 'asked' } }]],
    ['erasing after mandates', { type: 'erase-people', people: ['p1', 'p2'], why: 'mandate-ended', tooEarly: 0 }, [{ type: 'peopleErased', payload: { people: ['p1', 'p2'], why: 'mandate-ended' } }]],
    ['erasing after mandates, of which one lasts', { type: 'erase-people', people: ['p1', 'p2'], why: 'mandate-ended', tooEarly: 1 }, { refused: 'mandate-not-ended', details: { count: 1 } }],
    ['erasing nobody', { type: 'erase-people', people: [], why: 'asked', tooEarly: 0 }, []],
    ['showing a contact', { type: 'reveal-contact', known, contact: 0 }, [{ type: 'contactRevealed', payload: { person: 'p1', version: 3, contact: 0 } }]],
    ['showing one that is not there', { type: 'reveal-contact', known, contact: 1 }, { refused: 'unknown-person' }],
    ['showing one of somebody erased', { type: 'reveal-contact', known: undefined, contact: 0 }, { refused: 'unknown-person' }],
  ];
  test.each(cases)('%s', (_name, command, expected) => {
    expect(decideDirectory(command)).toEqual(expected);
  });

  test('what the journal says holds no name, number or address', () => {
    for (const [, command] of cases) expect(JSON.stringify(decideDirectory(command))).not.toMatch(/Fictif|Anne|\+33|@/);
    expect(MOST_ERASED).toBe(500);
  });
});

test('48.1 the mayor, deputies in their order, the town hall last', () => {
  const people = [person('hall', { kind: 'town-hall', order: 0 }), person('d2', { order: 2 }), person('d1', { order: 1 }), person('mayor'), person('b', { order: 1 })];
  expect(inCallingOrder(people).map(({ id }) => id)).toEqual(['mayor', 'b', 'd1', 'd2', 'hall']);
});

test('masked: enough to recognise, never to dial', () => {
  expect(masked(phone('+33612345678'))).toBe('+336•••••78');
  expect(masked(email('anne.fictif@exemple.fr'))).toBe('a•••@exemple.fr');
});

describe('what there is to mend', () => {
  const given = (people: Person[], over: Partial<QualityGiven> = {}) => qualityOf({ people, communes: ['76540'], today: '2026-11-27', now: NOW, freshFor: 365 * DAY, outcomes: [], ...over });
  const found = (people: Person[], over: Partial<QualityGiven> = {}) => {
    const { findings } = given(people, over);
    return Object.fromEntries(FLAWS.filter((flaw) => findings[flaw].length > 0).map((flaw) => [flaw, findings[flaw]]));
  };

  test('given a mayor whose mobile was checked, nothing: a hundred', () => {
    expect(found([person('p1')])).toEqual({});
    expect(given([person('p1')])).toMatchObject({ score: 100, parts: Object.entries(PART_POINTS).map(([part, points]) => expect.objectContaining({ part, points })) });
    expect(Object.values(PART_POINTS).reduce<number>((sum, points) => sum + points, 0)).toBe(100);
  });

  test('given nobody, every commune is out of reach and has no mayor: zero, and what there is none of weighs nothing', () => {
    expect(found([])).toEqual({ 'no-mobile': [{ commune: '76540', people: [] }], 'no-mayor': [{ commune: '76540', people: [] }] });
    expect(given([])).toMatchObject({ score: 0 });
    expect(given([], { communes: [] })).toMatchObject({ score: 0 });
  });

  test.each<[string, Person[], Partial<QualityGiven>, object]>([
    ['a fixed line alone', [person('p1', { contacts: [phone('+33235123456', { line: 'fixed' })] })], {}, { 'no-mobile': [{ commune: '76540', people: [] }] }],
    ['a line of an unknown kind', [person('p1', { contacts: [phone('+33800123456', { line: 'unknown' })] })], {}, { 'no-mobile': [{ commune: '76540', people: [] }] }],
    ['the mobile of a town hall', [person('p1', { contacts: [email('a@exemple.fr')] }), person('h', { kind: 'town-hall', office: null, lastName: 'Mairie' })], {}, { 'no-mobile': [{ commune: '76540', people: [] }] }],
    ['a deputy alone', [person('p1', { office: 'adjoint' })], {}, { 'no-mayor': [{ commune: '76540', people: [] }] }],
    ['a delegated mayor alone', [person('p1', { office: 'maire-delegue' })], {}, { 'no-mayor': [{ commune: '76540', people: [] }] }],
    ['no contact', [person('p1'), person('p2', { office: 'adjoint', lastName: 'Autre', contacts: [] })], {}, { 'no-contact': [{ commune: '76540', people: ['p2'] }] }],
    ['a press contact without any', [person('p1'), person('p2', { kind: 'press', lastName: 'Autre', commune: null, contacts: [] })], {}, {}],
    ['one number for two', [person('p1'), person('p2', { office: 'adjoint', lastName: 'Autre' })], {}, { 'same-number': [{ commune: null, people: ['p1', 'p2'] }] }],
    ['the same person twice in a commune, written otherwise', [person('p1', { lastName: 'D’ŒUVRAY', firstName: 'Hélène' }), person('p2', { lastName: 'helene', firstName: 'oeuvray', office: 'adjoint', contacts: [phone('+33612345670')] })], {}, { 'same-person': [{ commune: null, people: ['p1', 'p2'] }] }],
    ['homonyms of two communes', [person('p1'), person('p2', { commune: '76217', contacts: [phone('+33612345670')] })], {}, {}],
    ['contacts of long ago, and never checked', [person('p1', { contacts: [phone('+33612345678', { checkedAt: NOW - 366 * DAY }), phone('+33612345679', { checkedAt: null })] })], {}, { 'not-checked': [{ commune: '76540', people: ['p1'], contact: 0 }, { commune: '76540', people: ['p1'], contact: 1 }] }],
    ['checked a year ago to the day', [person('p1', { contacts: [phone('+33612345678', { checkedAt: NOW - 365 * DAY })] })], {}, {}],
    ['a mandate that ended', [person('p1'), person('p2', { until: '2026-11-26' })], {}, { ended: [{ commune: '76540', people: ['p2'] }] }],
    ['a mandate that ends today', [person('p1', { until: '2026-11-27' })], {}, {}],
    ['the mayor’s mandate ended', [person('p1', { until: '2026-11-26' })], {}, { 'no-mobile': [{ commune: '76540', people: [] }], 'no-mayor': [{ commune: '76540', people: [] }], 'ended': [{ commune: '76540', people: ['p1'] }] }],
    ['a number that is not theirs', [person('p1')], { outcomes: [{ person: 'p1', number: '+33612345678', outcome: 'wrong-number' }] }, { 'failed-number': [{ commune: '76540', people: ['p1'], contact: 0, outcome: 'wrong-number' }] }],
    ['nobody answered', [person('p1')], { outcomes: [{ person: 'p1', number: '+33612345678', outcome: 'no-answer' }] }, { 'failed-number': [{ commune: '76540', people: ['p1'], contact: 0, outcome: 'no-answer' }] }],
    ['acknowledged, refused, to call again', [person('p1')], { outcomes: (['acknowledged', 'refused', 'call-again'] as const).map((outcome) => ({ person: 'p1', number: '+33612345678', outcome })) }, {}],
    ['a number that was replaced since', [person('p1')], { outcomes: [{ person: 'p1', number: '+33600000000', outcome: 'wrong-number' }, { person: 'p9', number: '+33612345678', outcome: 'wrong-number' }] }, {}],
  ])('given %s', (_name, people, over, expected) => {
    expect(found(people, over)).toEqual(expected);
    if (Object.keys(expected).length > 0) expect(given(people, over).score).toBeLessThan(100);
  });

  test('wrong numbers come before those that nobody answered', () => {
    const { findings } = given([person('p1'), person('p2', { lastName: 'Autre', contacts: [phone('+33612345670')] })], {
      outcomes: [{ person: 'p1', number: '+33612345678', outcome: 'no-answer' }, { person: 'p2', number: '+33612345670', outcome: 'wrong-number' }],
    });
    expect(findings['failed-number'].map(({ people }) => people[0])).toEqual(['p2', 'p1']);
  });

  test('one commune of two that nobody can reach at night costs half of forty', () => {
    const { score, parts } = given([person('p1'), person('p2', { commune: '76217', lastName: 'Autre', contacts: [phone('+33235123456', { line: 'fixed' })] })], { communes: ['76540', '76217'] });
    expect(parts.find(({ part }) => part === 'night')).toEqual({ part: 'night', points: 20, of: 2, right: 1 });
    expect(score).toBe(80);
  });

  test('one flaw among fifty thousand never reads a hundred; read through in a blink', () => {
    const people = Array.from({ length: 50_000 }, (_, n) => person(`p${n}`, { lastName: `Nom${n}`, commune: `${10_000 + (n % 5_000)}`, contacts: [phone(`+336${String(n).padStart(8, '0')}`)] }));
    const communes = Array.from({ length: 5_000 }, (_, n) => `${10_000 + n}`);
    expect(given(people, { communes }).score).toBe(100);
    expect(given([...people, person('last', { commune: '10000', lastName: 'Sans', contacts: [] })], { communes }).score).toBe(99);
  });
});

test.each([
  ['no end', null, false], ['yesterday', '2026-11-26', false], ['90 days ago', '2026-08-29', false], ['91 days ago', '2026-08-28', true],
])('a mandate without end or too lately ended is not to purge: %s', (_name, until, expected) => {
  expect(isToPurge({ until }, '2026-11-27', 90)).toBe(expected);
});

describe('the book', () => {
  const bookOf = async (...people: Person[]) => {
    const book = new Book({ people: async (after: string) => (after === '' ? people : []) } as unknown as AddressBook, () => 'Rouen');
    await book.load();
    return book;
  };
  const named = (book: Book, query: string, limit = 50) => book.search(query, limit).found.map(({ lastName }) => lastName);

  test('finds by the beginning of each word, whoever is so named first, without accents; and says when there are more', async () => {
    const book = await bookOf(person('p1', { lastName: 'Œuvray', firstName: 'Hélène' }), person('p2', { lastName: 'Rouen', firstName: 'Jean' }), person('p3', { lastName: 'Aubry', firstName: 'Lise' }));
    expect(named(book, '')).toEqual(['Aubry', 'Œuvray', 'Rouen']);
    expect(named(book, 'helene oeuv')).toEqual(['Œuvray']);
    expect(named(book, 'rouen')).toEqual(['Rouen', 'Aubry', 'Œuvray']);
    expect(named(book, 'uvray')).toEqual([]);
    expect(book.search('rouen', 2)).toMatchObject({ more: true });
    expect(book.search('rouen', 3)).toMatchObject({ more: false });
  });

  test('stays in order through every change, as if it were read anew, over many pages of the alphabet', async () => {
    const book = await bookOf();
    const now = new Map<string, Person>();
    for (let n = 0; n < 6_000; n++) {
      const id = `p${(n * 7) % 2_500}`;
      if (n % 5 === 4 || (n > 5_000 && n % 3 > 0)) {
        book.drop(id);
        now.delete(id);
      } else {
        const one = person(id, { lastName: `Nom ${(n * 31) % 1_700}`, firstName: n % 9 ? 'Jean' : 'Nomie', version: n });
        book.put(one);
        now.set(id, one);
      }
    }
    const anew = await bookOf(...now.values());
    const all = anew.search('', 9_999).found;
    expect([all.length, book.size]).toEqual([now.size, now.size]);
    for (const query of ['', 'nom 3', '3 nom', 'nomie', 'jean 12', 'rouen nom 169', 'zz', 'maire nomie']) {
      const words = query.split(' ');
      const expected = all.filter((one) => words.every((word) => ` ${one.lastName} ${one.firstName} ${one.title} Rouen 76540`.toLowerCase().includes(` ${word}`)));
      const [first, others] = [expected.filter((one) => one.lastName.toLowerCase().startsWith(words[0]!)), expected.filter((one) => !one.lastName.toLowerCase().startsWith(words[0]!))];
      expect([query, book.search(query, 9_999).found.map(({ id }) => id)]).toEqual([query, [...first, ...others].map(({ id }) => id)]);
    }
  });
});

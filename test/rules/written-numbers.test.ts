// Issue 4.1 and its bad input: numbers as lists and people write them, in E.164 with their kind of line, or refused with the reason.
import { describe, expect, test } from '@jest/globals';
import { WrittenNumbers } from '../../src/adapters/numbers/written-numbers.js';

const NBSP = '\u00a0';
const NARROW = '\u202f';
const read = (text: string, departement?: string) => new WrittenNumbers('76').read(text, departement);

describe('one number, however it is written', () => {
  test.each([
    '06 12 34 56 78', '06.12.34.56.78', '06-12-34-56-78', '06/12/34/56/78', '0612345678', '6 12 34 56 78', ' 0612345678 ', '06\t12 34 56 78',
    `06${NBSP}12${NBSP}34${NBSP}56${NBSP}78`, `06${NARROW}12${NARROW}34${NARROW}56${NARROW}78`, '+33 6 12 34 56 78', '+33612345678', '+33 (0)6 12 34 56 78', '+33(0)612345678',
    '(+33) 6 12 34 56 78', '+33 06 12 34 56 78', '0033 6 12 34 56 78', '00 33 (0) 6 12 34 56 78', '33612345678', 'Tél : 06 12 34 56 78', 'Tel.0612345678', 'Port. 06 12 34 56 78',
    'mobile 06 12 34 56 78', '０６ 12 34 56 78',
  ])('%j', (text) => {
    expect(read(text)).toEqual({ number: '+33612345678', line: 'mobile' });
  });
});

describe('the kind of line', () => {
  test.each([
    ['02 35 12 34 56', '+33235123456', 'fixed'], ['09 72 12 34 56', '+33972123456', 'fixed'], ['07 56 78 12 34', '+33756781234', 'mobile'], ['0 800 12 34 56', '+33800123456', 'unknown'],
    ['+32 2 555 12 12', '+3225551212', 'fixed'], ['+44 7911 123456', '+447911123456', 'mobile'], ['+49 30 901820', '+4930901820', 'fixed'],
    // Kept for works of fiction: exercises dial nobody else.
    ['06 39 98 00 01', '+33639980001', 'mobile'],
  ])('%s', (text, number, line) => {
    expect(read(text)).toEqual({ number, line });
  });
});

describe('overseas, each in its own plan, in both forms', () => {
  test.each([
    ['971', '0690 12 34 56', '+590 690 12 34 56', '+590690123456', 'mobile'], ['972', '0696 12 34 56', '+596 696 12 34 56', '+596696123456', 'mobile'],
    ['973', '0694 12 34 56', '+594 694 12 34 56', '+594694123456', 'mobile'], ['974', '0692 12 34 56', '+262 692 12 34 56', '+262692123456', 'mobile'],
    ['974', '0262 12 34 56', '+262 (0)262 12 34 56', '+262262123456', 'fixed'], ['975', '41 12 34', '+508 41 12 34', '+508411234', 'fixed'],
    ['976', '0639 20 12 34', '+262 639 20 12 34', '+262639201234', 'mobile'], ['977', '0590 27 12 34', '+590 590 27 12 34', '+590590271234', 'fixed'],
    ['978', '0690 27 12 34', '+590 690 27 12 34', '+590690271234', 'mobile'], ['986', '82 12 34', '+681 82 12 34', '+681821234', 'mobile'],
    ['987', '87 12 34 56', '+689 87 12 34 56', '+68987123456', 'mobile'], ['988', '75 12 34', '+687 75 12 34', '+687751234', 'mobile'],
  ])('%s: %s', (departement, national, international, number, line) => {
    expect(read(national, departement)).toEqual({ number, line });
    expect(read(international, departement)).toEqual({ number, line });
    expect(read(international)).toEqual({ number, line });
  });

  test('ten digits are the same from everywhere: La Réunion in a mainland list, the mainland in one of La Réunion', () => {
    expect(read('0692 12 34 56')).toEqual({ number: '+262692123456', line: 'mobile' });
    expect(read('0590 27 12 34')).toEqual({ number: '+590590271234', line: 'fixed' });
    expect(read('06 12 34 56 78', '974')).toEqual({ number: '+33612345678', line: 'mobile' });
    expect(read('02 35 12 34 56', '972')).toEqual({ number: '+33235123456', line: 'fixed' });
  });
});

describe('refused, with the reason', () => {
  test.each([
    ['empty', ['', '   ', NBSP]],
    ['not-a-number', ['f', 'néant', 'O6 12 34 56 78', '6,12346E+08', '06 12 34 56 78 (perso)', '0000000000', '07 00 00 12 34', '06 12 34 56 789', '-', '+']],
    ['too-short', ['06', '0612', '06 12 34 56 7', '+33', '+33 6 12', '+33 15', '10', '123']],
    // Two in one cell: the reader of a list splits it; a form takes one a line. None is dropped in silence, nor a line behind a switchboard.
    ['too-long', ['06 12 34 56 78 / 02 35 12 34 56', '06 12 34 56 78 02 35 12 34 56', '0612345678;0235123456', '0612345678 ou 0235123456', '06 12 34 56 78 et 02 35 12 34 56', '02 35 12 34 56 #12', '+336123456789012345678901234567890']],
    ['emergency', ['15', '17', ' 18 ', '112', '1 5', '114', '115', '119', '191', '196', '197', '116 000', '116117']],
    ['premium', ['0 899 12 34 56', '0899123456', '+33 899 12 34 56', '0 8 9 9 1 2 3 4 5 6', '0 825 12 34 56', '3639', '3919', '118 218', '+44 9011 123456', '+1 900 555 1234']],
  ])('%s', (fault, texts) => {
    for (const text of texts) expect([text, read(text)]).toEqual([text, { fault }]);
  });
});

test('as one reads it aloud; what cannot be read is shown as it is', () => {
  const numbers = new WrittenNumbers('76');
  expect(numbers.shown('+33612345678')).toBe('06 12 34 56 78');
  expect(numbers.shown('+262692123456')).toBe('+262 692 12 34 56');
  expect(numbers.shown('x')).toBe('x');
});

import { ParseError, parsePhoneNumberWithError, type CountryCode, type PhoneNumber } from 'libphonenumber-js/max';
import { Numbers, type ReadNumber } from '../../application/directory/numbers.js';
import type { NumberFault } from '../../domain/directory/person.js';

/** A national number overseas belongs to a numbering plan of its own: +262 is La Réunion's and Mayotte's, +590 Guadeloupe's… */
const COUNTRY: Record<string, CountryCode> = {
  971: 'GP', 972: 'MQ', 973: 'GF', 974: 'RE', 975: 'PM', 976: 'YT', 977: 'BL', 978: 'MF', 986: 'WF', 987: 'PF', 988: 'NC',
};
/** Dialled in ten digits from anywhere in the country, whatever the numbering plan: a mainland list names somebody in La Réunion. */
const TEN_DIGITS: readonly CountryCode[] = ['FR', 'GP', 'MQ', 'GF', 'RE', 'YT'];
/** 15, 17, 18, 112, 115, 119, 114, 191, 196, 197: whoever needs them dials them; an automaton never does. */
const SHORT = /^(1\d{1,2}|3\d{3}|11[68]\d{3})$/;
const EMERGENCY = /^(15|17|18|11[0-9]|19[167]|116\d{3})$/;
/** « Tél. : », « Port. », « Mobile » before a number. */
const LABEL = /^(?:t[ée]l(?:[ée]phone)?|port(?:able)?|mob(?:ile)?|gsm|fixe)[\s.:]*(?=[+(\d])/i;

/** Mobile numbers that are nobody's, kept for works of fiction (ARCEP): exercises, demonstrations and tests dial nobody else. */
const FICTION = /^\+3363998\d{4}$/;

/** Reads numbers as French lists write them, with libphonenumber's own tables. */
export class WrittenNumbers extends Numbers {
  constructor(private readonly own: string) {
    super();
  }

  override read(text: string, departement = this.own): ReadNumber {
    const typed = text.normalize('NFKC').replace(/[\t ]+/g, ' ').trim().replace(LABEL, '');
    if (typed === '') return { fault: 'empty' };
    const digits = typed.replace(/[\s.\-–/()]/g, '');
    if (SHORT.test(digits)) return { fault: EMERGENCY.test(digits) ? 'emergency' : digits.length >= 4 ? 'premium' : 'too-short' };
    if (!/\d/.test(digits)) return { fault: 'not-a-number' };
    // Two numbers, of which one would be lost: whoever reads a list splits its cells first.
    if (/\d\D*(?:[;|\n]|\b(?:ou|et)\b)\D*\d/i.test(typed)) return { fault: 'too-long' };
    // « +33 (0)6 … »: the zero of the trunk is written for those who call from France.
    const cleaned = typed.replace(/^\(\+(\d+)\)/, '+$1 ').replace(/^((?:\+|00)\s*\d{2,3})\s*\(\s*0\s*\)/, '$1 ').replace(/^00\s*/, '+');
    const own = parsed(cleaned, COUNTRY[departement] ?? 'FR');
    if ('fault' in own) return own;
    const elsewhere = own.isValid() || !/^0\d{9}$/.test(digits) ? [] : TEN_DIGITS.map((country) => parsed(cleaned, country));
    const number = elsewhere.find((one): one is PhoneNumber => !('fault' in one) && one.isValid()) ?? own;
    // A line behind a switchboard: an automaton would speak to the switchboard.
    if (number.ext !== undefined) return { fault: 'too-long' };
    if (FICTION.test(number.number)) return { number: number.number, line: 'mobile' };
    if (!number.isValid()) return { fault: number.nationalNumber.replace(/^0/, '').length < 9 ? 'too-short' : 'not-a-number' };
    const type = number.getType();
    if (type === 'PREMIUM_RATE' || type === 'SHARED_COST') return { fault: 'premium' };
    return { number: number.number, line: type === 'MOBILE' ? 'mobile' : type === 'FIXED_LINE' || type === 'VOIP' || type === 'UAN' ? 'fixed' : 'unknown' };
  }

  override shown(number: string): string {
    try {
      const read = parsePhoneNumberWithError(number);
      return read.country === 'FR' ? read.formatNational() : read.formatInternational();
    } catch {
      return number;
    }
  }
}

function parsed(text: string, country: CountryCode): PhoneNumber | { fault: NumberFault } {
  try {
    return parsePhoneNumberWithError(text, { defaultCountry: country, extract: false });
  } catch (error) {
    return { fault: faultOf(error) };
  }
}

function faultOf(error: unknown): NumberFault {
  if (!(error instanceof ParseError)) throw error;
  return error.message === 'TOO_SHORT' ? 'too-short' : error.message === 'TOO_LONG' ? 'too-long' : 'not-a-number';
}

import { ParseError, parsePhoneNumberWithError, type CountryCode, type PhoneNumber } from 'libphonenumber-js/max';
import { Numbers, type ReadNumber } from '../../application/directory/numbers.js';
import type { NumberFault } from '../../domain/directory/person.js';

/** A national number overseas belongs to a numbering plan of its own: +262 is La Réunion's and Mayotte's, +590 Guadeloupe's… */
const COUNTRY: Record<string, CountryCode> = {
  971: 'GP', 972: 'MQ', 973: 'GF', 974: 'RE', 975: 'PM', 976: 'YT', 977: 'BL', 978: 'MF', 986: 'WF', 987: 'PF', 988: 'NC',
};
/** 15, 17, 18, 112, 115, 119, 114, 191, 196, 197: whoever needs them dials them; an automaton never does. */
const SHORT = /^(1\d{1,2}|3\d{3}|118\d{3})$/;
const EMERGENCY = /^(15|17|18|112|11[0-9]|19[167])$/;

/** Mobile numbers that are nobody's, kept for works of fiction (ARCEP): exercises, demonstrations and tests dial nobody else. */
const FICTION = /^\+3363998\d{4}$/;

/** Reads numbers as French lists write them, with libphonenumber's own tables. */
export class WrittenNumbers extends Numbers {
  constructor(private readonly own: string) {
    super();
  }

  override read(text: string, departement = this.own): ReadNumber {
    const typed = text.normalize('NFKC').trim();
    if (typed === '') return { fault: 'empty' };
    const digits = typed.replace(/[\s.\-–/()]/g, '');
    if (SHORT.test(digits)) return { fault: EMERGENCY.test(digits) ? 'emergency' : digits.length >= 4 ? 'premium' : 'too-short' };
    if (!/\d/.test(digits)) return { fault: 'not-a-number' };
    // « +33 (0)6 … »: the zero of the trunk is written for those who call from France.
    const cleaned = typed.replace(/^((?:\+|00)\s*\d{2,3})\s*\(\s*0\s*\)/, '$1 ').replace(/^00\s*/, '+').replace(/^tel\s*:?/i, '');
    let number: PhoneNumber;
    try {
      number = parsePhoneNumberWithError(cleaned, { defaultCountry: COUNTRY[departement] ?? 'FR', extract: false });
    } catch (error) {
      return { fault: faultOf(error) };
    }
    if (FICTION.test(number.number)) return { number: number.number, line: 'mobile' };
    if (!number.isValid()) return { fault: number.nationalNumber.length < 9 ? 'too-short' : 'not-a-number' };
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

function faultOf(error: unknown): NumberFault {
  if (!(error instanceof ParseError)) throw error;
  return error.message === 'TOO_SHORT' ? 'too-short' : error.message === 'TOO_LONG' ? 'too-long' : 'not-a-number';
}

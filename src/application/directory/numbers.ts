import type { NumberFault, PhoneLine } from '../../domain/directory/person.js';

export type ReadNumber = { number: string; line: PhoneLine } | { fault: NumberFault };

/** Telephone numbers as people write them. */
export abstract class Numbers {
  /** E.164, and the kind of line; a national number is read as one of this département's (its own if not given), overseas included. */
  abstract read(text: string, departement?: string): ReadNumber;
  /** As one reads it aloud: "06 12 34 56 78", "+262 692 12 34 56". */
  abstract shown(number: string): string;
}

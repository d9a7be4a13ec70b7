import type { Numbers } from '../../application/directory/numbers.js';
import { reasonOfNumber, type LineReason } from '../../domain/directory/imports.js';
import { MOST_ADDRESSES, MOST_NUMBERS, type ContactPoint, type PhoneContact } from '../../domain/directory/person.js';

export interface ReadContacts {
  contacts: ContactPoint[];
  /** What cannot be kept, as it was written. */
  faults: { reason: LineReason; written: string }[];
}

/** Numbers and addresses as cells hold them: several in one, separated by what people separate with. */
export function readContacts(phones: readonly string[], emails: readonly string[], numbers: Numbers, departement: string, checkedAt: number): ReadContacts {
  const contacts: ContactPoint[] = [];
  const faults: ReadContacts['faults'] = [];
  const keep = (contact: ContactPoint, most: number, written: string) => {
    const same = contacts.filter(({ kind }) => kind === contact.kind);
    if (same.some((one) => JSON.stringify(one) === JSON.stringify(contact))) return;
    if (same.length < most) contacts.push(contact);
    else faults.push({ reason: 'too-many-numbers', written });
  };
  for (const written of phones.flatMap((cell) => numbersOf(cell, numbers, departement))) {
    const read = numbers.read(withZero(written), departement);
    if (!('fault' in read)) keep({ kind: 'phone', ...read, checkedAt } satisfies PhoneContact, MOST_NUMBERS, written);
    else if (read.fault !== 'empty') faults.push({ reason: reasonOfNumber(read.fault), written });
  }
  for (const written of emails.flatMap((cell) => cell.split(/[\s;,|]+/)).filter((one) => one !== '')) {
    if (/^[^\s@<>"]+@[^\s@<>".]+(\.[^\s@<>".]+)+$/.test(written) && written.length <= 200) keep({ kind: 'email', address: written.toLowerCase(), checkedAt }, MOST_ADDRESSES, written);
    else faults.push({ reason: 'bad-address', written });
  }
  return { contacts, faults };
}

/** "02/35/12/34/56" is one number, "06 12 34 56 78 / 02 35 12 34 56" are two. */
function numbersOf(cell: string, numbers: Numbers, departement: string): string[] {
  const typed = cell.trim();
  if (typed === '' || !('fault' in numbers.read(withZero(typed), departement))) return typed === '' ? [] : [typed];
  return typed.split(/[\n;,|]|\s\/\s|\s-\s|\bou\b|\bet\b|\/(?=\s*(?:\+|0\d))/).map((one) => one.trim()).filter((one) => one !== '');
}

/** A spreadsheet that took the number for a figure lost its zero: 612345678. */
function withZero(written: string): string {
  return /^[1-9]\d{8}$/.test(written) ? `0${written}` : written;
}

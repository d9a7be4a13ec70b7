/** One person to call by hand: what the vault keeps. */
export interface CallLine {
  name: string;
  /** Function or commune, as typed. */
  role: string;
  /** As `tel:` wants it: digits, with a leading + where one was given. */
  number: string;
}

/** The pasted list has lines that cannot be called; nothing of it is kept, the screen keeps the text. */
export class BadCallList extends Error {
  constructor(readonly faults: { line: number; text: string; reason: 'fields' | 'number' | 'emergency' | 'empty' | 'too-many' }[]) {
    super(`${faults.length} bad lines`);
  }
}

const MAX_LINES = 2_000;
const EMERGENCY = /^(15|17|18|112|114|115|119|191|196)$/;

/** Reads "name; function or commune; number", one a line; `;`, tabs, or `,` where there is neither. Throws BadCallList. */
export function parseCallList(list: string): CallLine[] {
  const faults: BadCallList['faults'] = [];
  const lines = list.split(/\r\n?|\n/).map((text, i) => ({ text: text.trim(), line: i + 1 })).filter(({ text }) => text !== '');
  if (lines.length === 0) throw new BadCallList([{ line: 1, text: '', reason: 'empty' }]);
  if (lines.length > MAX_LINES) throw new BadCallList([{ line: MAX_LINES + 1, text: '', reason: 'too-many' }]);
  const contacts: CallLine[] = [];
  for (const { text, line } of lines) {
    const separator = text.includes(';') ? ';' : text.includes('\t') ? '\t' : ',';
    const fields = text.split(separator).map((field) => field.trim());
    const raw = fields.at(-1) ?? '';
    const number = dialable(raw);
    if (fields.length < 2 || fields[0] === '') faults.push({ line, text, reason: 'fields' });
    else if (number === 'emergency') faults.push({ line, text, reason: 'emergency' });
    else if (number === undefined) faults.push({ line, text, reason: 'number' });
    else contacts.push({ name: fields[0]!, role: fields.slice(1, -1).filter(Boolean).join(', '), number });
  }
  if (faults.length > 0) throw new BadCallList(faults);
  return contacts;
}

function dialable(raw: string): string | 'emergency' | undefined {
  const bare = raw.replace(/\(0\)/, '').replace(/[\s.\-/()\u00a0\u202f]/g, '').replace(/^00/, '+');
  if (EMERGENCY.test(bare)) return 'emergency';
  return /^\+?\d{8,15}$/.test(bare) ? bare : undefined;
}

import { FileRefused } from '../../application/directory/import-files.js';
import { membersOf, textOf, type Member } from './archive.js';
import type { Row, Table } from './rows.js';

/** What must be in memory at once: the table of texts. The sheet itself is read row by row. */
const MOST_TEXTS = 32 * 1024 * 1024;
const PAGE = 100;
const MOST_SMALL = 8 * 1024 * 1024;
/** Of a row, and of a text; every pattern below reads its piece once, whatever stands in it. */
const LONGEST_PIECE = 512 * 1024;

interface Limits {
  mostColumns: number;
  longestCell: number;
}

/**
 * The first sheet of an XLSX file, row by row: a small reader of our own, because those of the registry hold the whole in
 * memory. Formulas give the value that was saved with them; a number with the style of a date gives the date.
 */
export async function openSpreadsheet(path: string, limits: Limits): Promise<Table> {
  const members = await membersOf(path);
  const workbook = await whole(path, members.get('xl/workbook.xml'));
  if (workbook === '') throw new FileRefused('unknown-format');
  const sheet = members.get(await firstSheet(path, members, workbook)) ?? members.get('xl/worksheets/sheet1.xml');
  if (!sheet) throw new FileRefused('unknown-format');
  const texts = await textsOf(path, members.get('xl/sharedStrings.xml'));
  const isDate = dateStyles(await whole(path, members.get('xl/styles.xml')));
  const epoch = /<(?:\w+:)?workbookPr\b[^<>]*\bdate1904=["'](1|true)["']/.test(workbook) ? EPOCH_1904 : EPOCH_1900;
  let seen = 0;
  async function* pages(): AsyncGenerator<Row[]> {
    let line = 0;
    let page: Row[] = [];
    for await (const piece of endingWith(textOf(path, sheet!, (bytes) => (seen += bytes)), ROW_END)) {
      const opened = [...piece.matchAll(/<(?:\w+:)?row\b([^<>]*)>/g)].filter(([, attributes]) => !attributes!.endsWith('/')).at(-1);
      if (!opened) continue;
      line = Number(attribute(opened[1]!, 'r') ?? line + 1);
      const cells = cellsOf(piece.slice(opened.index + opened[0].length), { texts, isDate, epoch, ...limits });
      if (!cells.some((cell) => cell !== '') || page.push({ line, cells }) < PAGE) continue;
      yield page;
      page = [];
    }
    yield page;
  }
  return { pages: pages(), part: () => (sheet.compressed === 0 ? 1 : Math.min(1, seen / sheet.compressed)) };
}

interface Reading extends Limits {
  texts: readonly string[];
  isDate: readonly boolean[];
  epoch: number;
}

const ROW_END = /<\/(?:\w+:)?row\s*>/g;
const TEXT_END = /<\/(?:\w+:)?si\s*>/g;
const CELL = /<((?:\w+:)?)c\b([^<>]*)>/g;

function cellsOf(row: string, reading: Reading): string[] {
  const cells: string[] = [];
  for (const opened of row.matchAll(CELL)) {
    const [tag, prefix = '', attributes = ''] = opened;
    const column = columnOf(attribute(attributes, 'r')) ?? cells.length;
    if (column >= reading.mostColumns) continue;
    while (cells.length < column) cells.push('');
    const start = opened.index + tag.length;
    const end = attributes.endsWith('/') ? start : row.indexOf(`</${prefix}c>`, start);
    if (end < 0) throw new FileRefused('broken-archive');
    cells[column] = valueOf(attribute(attributes, 't') ?? 'n', Number(attribute(attributes, 's') ?? -1), row.slice(start, end), reading).slice(0, reading.longestCell);
  }
  return cells;
}

function valueOf(type: string, style: number, inside: string, { texts, isDate, epoch }: Reading): string {
  if (type === 'inlineStr') return runsOf(inside);
  const value = unescaped(/<(?:\w+:)?v\b[^<>]*>([^<]*)/.exec(inside)?.[1] ?? '').trim();
  switch (type) {
    case 's': return texts[Number(value)] ?? '';
    case 'str': return value;
    case 'b': return value === '1' ? 'oui' : 'non';
    case 'e': return '';
    case 'd': return value.slice(0, 10);
    default: {
      const number = Number(value);
      if (value === '' || !Number.isFinite(number)) return value;
      return isDate[style] ? dateOf(number, epoch) : String(number);
    }
  }
}

const DAY = 86_400_000;
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);

/** A spreadsheet counts days: 46110 is 2026-03-29, its fraction the time of day. */
function dateOf(days: number, epoch: number): string {
  const at = epoch + Math.round(days * 86_400) * 1_000;
  if (days < 0 || days > 2_958_466) return String(days);
  const iso = new Date(at).toISOString();
  return days < 1 ? iso.slice(11, 16) : at % DAY === 0 ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 16)}`;
}

/** Style by style, whether a number that has it is shown as a date. */
function dateStyles(styles: string): boolean[] {
  const own = new Map([...styles.matchAll(/<(?:\w+:)?numFmt\b([^<>]*)>/g)].map(([, one]) => [attribute(one!, 'numFmtId') ?? '', unescaped(attribute(one!, 'formatCode') ?? '')]));
  const from = styles.search(/<(?:\w+:)?cellXfs\b/);
  const cells = from < 0 ? '' : styles.slice(from).split(/<\/(?:\w+:)?cellXfs/, 1)[0]!;
  return [...cells.matchAll(/<(?:\w+:)?xf\b([^<>]*)>/g)].map(([, one]) => {
    const id = attribute(one!, 'numFmtId') ?? '0';
    const number = Number(id);
    if ((number >= 14 && number <= 22) || (number >= 45 && number <= 47)) return true;
    return /[dmyjahs]/i.test((own.get(id) ?? '').replace(/"[^"]*"|\[[^\]]*\]|\\.|General|Standard/gi, ''));
  });
}

async function firstSheet(path: string, members: Map<string, Member>, workbook: string): Promise<string> {
  const sheets = [...workbook.matchAll(/<(?:\w+:)?sheet\b([^<>]*)>/g)].map(([, attributes]) => attributes!);
  const shown = sheets.find((one) => !/hidden/i.test(attribute(one, 'state') ?? '')) ?? sheets[0] ?? '';
  const id = /\b\w+:id=["']([^"']*)["']/.exec(shown)?.[1];
  const relations = await whole(path, members.get('xl/_rels/workbook.xml.rels'));
  const target = [...relations.matchAll(/<(?:\w+:)?Relationship\b([^<>]*)>/g)].find(([, one]) => attribute(one!, 'Id') === id)?.[1];
  const name = unescaped(attribute(target ?? '', 'Target') ?? '');
  return name.startsWith('/') ? name.slice(1) : `xl/${name}`;
}

async function textsOf(path: string, member: Member | undefined): Promise<string[]> {
  if (!member) return [];
  if (member.inflated > MOST_TEXTS) throw new FileRefused('bomb');
  const texts: string[] = [];
  for await (const piece of endingWith(textOf(path, member), TEXT_END)) texts.push(runsOf(piece));
  return texts;
}

/** A text may be cut into runs, each with a look of its own; how it is pronounced stands beside it. */
function runsOf(xml: string): string {
  let text = '';
  let aside = 0;
  for (const [, closes, tag, , behind] of xml.matchAll(/<(\/?)(?:\w+:)?(rPh|t)\b([^<>]*)>([^<]*)/g)) {
    if (tag === 'rPh') aside += closes ? -1 : 1;
    else if (!closes && aside === 0) text += behind!;
  }
  return unescaped(text);
}

async function whole(path: string, member: Member | undefined): Promise<string> {
  if (!member) return '';
  if (member.inflated > MOST_SMALL) throw new FileRefused('bomb');
  let text = '';
  for await (const piece of textOf(path, member)) text += piece;
  return text;
}

/** Cut behind each of these ends. */
async function* endingWith(pieces: AsyncIterable<string>, end: RegExp): AsyncGenerator<string> {
  let kept = '';
  for await (const piece of pieces) {
    kept += piece;
    let from = 0;
    for (const found of kept.matchAll(end)) {
      yield kept.slice(from, found.index);
      from = found.index + found[0].length;
    }
    kept = kept.slice(from);
    if (kept.length > LONGEST_PIECE) throw new FileRefused('line-too-long');
  }
}

function attribute(attributes: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
  return found?.[1] ?? found?.[2];
}

/** "C7" is the third column: 2. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]+/.exec(reference ?? '')?.[0];
  if (letters === undefined) return undefined;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

const NAMED = new Map([['amp', '&'], ['lt', '<'], ['gt', '>'], ['quot', '"'], ['apos', "'"]]);

function unescaped(text: string): string {
  return text
    .replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (all, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return NAMED.get(name) ?? all;
      const code = hex !== undefined ? parseInt(hex, 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : '';
    })
    .replace(/_x([0-9A-F]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}

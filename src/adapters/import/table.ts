import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { parse, type Parser } from 'csv-parse';
import { FileRefused } from '../../application/directory/import-files.js';
import type { Row, Table } from './rows.js';
import { openSpreadsheet } from './spreadsheet.js';

/** A cell may hold a paragraph; a quote that is never closed would swallow the file. */
const LONGEST_ROW = 64 * 1024;
const MOST_COLUMNS = 200;
/** So many lines a file at most: three times the communes of France, with their deputies. */
export const MOST_LINES = 600_000;
const HEAD_BYTES = 8_192;

export type FileForm = 'text' | 'spreadsheet' | 'json';

/** What the first bytes are: never what the file's name claims. */
export async function formOf(path: string): Promise<FileForm> {
  const head = await headOf(path);
  if (head.length === 0) throw new FileRefused('empty');
  if (head[0] === 0x50 && head[1] === 0x4b) return 'spreadsheet';
  if (head[0] === 0xd0 && head[1] === 0xcf && head[2] === 0x11 && head[3] === 0xe0) throw new FileRefused('old-spreadsheet');
  const isWide = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (!isWide && head.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c)) throw new FileRefused('binary');
  const text = new TextDecoder('latin1').decode(head).replace(/^(ï»¿|ÿþ|þÿ)/, '').trimStart();
  if (text === '') throw new FileRefused('empty');
  if (/^%PDF-|^<(!doctype|html|\?xml)/i.test(text)) throw new FileRefused('unknown-format');
  return /^[[{]/.test(text) ? 'json' : 'text';
}

export async function openTable(path: string, form: FileForm): Promise<Table> {
  return form === 'spreadsheet' ? openSpreadsheet(path, { mostColumns: MOST_COLUMNS, longestCell: LONGEST_ROW }) : openText(path);
}

async function openText(path: string): Promise<Table> {
  const { size } = await stat(path);
  const encoding = await encodingOf(path);
  const delimiter = delimiterOf(new TextDecoder(encoding).decode(await headOf(path)));
  let seen = 0;
  /** As the parser takes it; only what is not UTF-8 is put into it first. */
  async function* utf8(): AsyncGenerator<Buffer | string> {
    const decoder = encoding === 'utf-8' ? undefined : new TextDecoder(encoding);
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      seen += chunk.length;
      yield decoder?.decode(chunk, { stream: true }) ?? chunk;
    }
    if (decoder) yield decoder.decode();
  }
  return { pages: rowsOf(utf8(), delimiter), part: () => (size === 0 ? 1 : Math.min(1, seen / size)) };
}

/** Lines without a cell are left out, and counted. */
export async function* rowsOf(utf8: AsyncIterable<Buffer | string>, delimiter: string): AsyncGenerator<Row[]> {
  const parser = parse({ bom: true, delimiter, relax_column_count: true, relax_quotes: true, max_record_size: LONGEST_ROW });
  // Whoever reads the rows meets what goes wrong on the way.
  pipeline(utf8, parser, () => {});
  let line = 0;
  try {
    for await (const records of recordsOf(parser)) {
      const page: Row[] = [];
      for (const cells of records) {
        line++;
        if (cells.length > 1 || cells[0] !== '') page.push({ line, cells });
      }
      yield page;
    }
  } catch (error) {
    if ((error as { code?: string }).code?.startsWith('CSV_')) throw new FileRefused('broken-quotes', String(line + 1));
    throw error;
  }
}

/** What the parser has made of each piece of the file, at once: a promise for each record would take as long as the record. */
async function* recordsOf(parser: Parser): AsyncGenerator<string[][]> {
  const over = new Promise<true>((resolve, reject) => {
    parser.once('end', () => resolve(true)).once('close', () => resolve(true)).once('error', reject);
  });
  over.catch(() => {}); // whoever waits for it meets it
  try {
    for (let isOver = false; !isOver; ) {
      const records: string[][] = [];
      for (let cells = parser.read() as string[] | null; cells !== null; cells = parser.read() as string[] | null) records.push(cells);
      if (records.length > 0) yield records;
      else isOver = await Promise.race([over, new Promise<false>((resolve) => parser.once('readable', () => resolve(false)))]);
    }
  } finally {
    parser.destroy();
  }
}

/** UTF-8 if the whole of it is; else what Windows and the ministry write. An accent may stand in the last line alone. */
async function encodingOf(path: string): Promise<'utf-8' | 'windows-1252' | 'utf-16le' | 'utf-16be'> {
  const head = await headOf(path);
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) decoder.decode(chunk, { stream: true });
    decoder.decode();
    return 'utf-8';
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'windows-1252';
    throw error;
  }
}

/** The sign that stands most often outside quotes in the first lines. */
export function delimiterOf(head: string): string {
  const bare = head.split(/\r?\n/).slice(0, 20).join('\n').replace(/"[^"]*"/g, '');
  const [best] = [';', '\t', ',', '|'].map((sign) => ({ sign, times: bare.split(sign).length - 1 })).sort((x, y) => y.times - x.times);
  return best!.times > 0 ? best!.sign : ';';
}

async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

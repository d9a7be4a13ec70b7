import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { FileRefused } from '../../application/directory/import-files.js';

/** A commune of a thousand points and more is some hundred kilobytes. */
const LONGEST_RECORD = 8 * 1024 * 1024;
const DEEPEST = 64;
const PAGE = 250;
const PAGE_BYTES = 256 * 1024;

const [QUOTE, BACKSLASH, OPEN, CLOSE, OPEN_LIST, CLOSE_LIST] = [0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d];

export interface JsonRecord {
  place: number;
  record: Record<string, unknown>;
}
export interface Records {
  /** A few hundred at a time. */
  pages: AsyncIterable<JsonRecord[]>;
  /** How much of the file was read, from 0 to 1. */
  part: () => number;
}

/**
 * The objects of a JSON file's list, one by one: `[{…},…]`, or those of any list directly under the root, as
 * `{"service":[{…},…]}` and `{"type":"FeatureCollection","features":[…]}`. However large, one is in memory at once.
 */
export async function openRecords(path: string): Promise<Records> {
  const { size } = await stat(path);
  let seen = 0;
  async function* pages(): AsyncGenerator<JsonRecord[]> {
    let place = 0;
    let page: JsonRecord[] = [];
    let length = 0;
    for await (const bytes of objectsOf(createReadStream(path, { highWaterMark: 64 * 1024 }) as AsyncIterable<Buffer>, (read) => (seen += read))) {
      length += bytes.length;
      if (page.push({ place: ++place, record: parsed(bytes) }) < PAGE && length < PAGE_BYTES) continue;
      yield page;
      [page, length] = [[], 0];
    }
    if (place === 0) throw new FileRefused('no-rows');
    yield page;
  }
  return { pages: pages(), part: () => (size === 0 ? 1 : Math.min(1, seen / size)) };
}

/** Follows brackets and strings only: what is inside a record is read by JSON.parse. */
async function* objectsOf(chunks: AsyncIterable<Buffer>, onRead: (bytes: number) => void): AsyncGenerator<Buffer> {
  const open: number[] = [];
  let isText = false;
  let isEscaped = false;
  /** Depth at which the present record stands; its pieces so far. */
  let recordAt = 0;
  let pieces: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    onRead(chunk.length);
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at]!;
      if (isText) {
        if (isEscaped) isEscaped = false;
        else if (byte === BACKSLASH) isEscaped = true;
        else if (byte === QUOTE) isText = false;
        continue;
      }
      if (byte === QUOTE) isText = true;
      else if (byte === OPEN || byte === OPEN_LIST) {
        if (byte === OPEN && recordAt === 0 && isRecord(open)) {
          recordAt = open.length + 1;
          start = at;
        }
        open.push(byte);
        if (open.length > DEEPEST) throw new FileRefused('broken-json');
      } else if (byte === CLOSE || byte === CLOSE_LIST) {
        if (open.pop() !== (byte === CLOSE ? OPEN : OPEN_LIST)) throw new FileRefused('broken-json');
        if (recordAt === open.length + 1) {
          yield Buffer.concat([...pieces, chunk.subarray(start, at + 1)]);
          [recordAt, pieces, length] = [0, [], 0];
        }
      }
    }
    if (recordAt > 0) {
      pieces.push(chunk.subarray(start));
      length += chunk.length - start;
      if (length > LONGEST_RECORD) throw new FileRefused('line-too-long');
    }
  }
  if (open.length > 0 || isText) throw new FileRefused('broken-json');
}

function isRecord(open: readonly number[]): boolean {
  return open.at(-1) === OPEN_LIST && (open.length === 1 || (open.length === 2 && open[0] === OPEN));
}

function parsed(bytes: Buffer): Record<string, unknown> {
  try {
    return JSON.parse(bytes.toString('utf8')) as Record<string, unknown>;
  } catch {
    throw new FileRefused('broken-json');
  }
}

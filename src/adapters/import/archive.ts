import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { createInflateRaw } from 'node:zlib';
import { FileRefused } from '../../application/directory/import-files.js';

export interface Member {
  name: string;
  stored: boolean;
  compressed: number;
  /** As the archive announces it; whatever inflates to more is refused on the way. */
  inflated: number;
  offset: number;
}

/** All its members together, as announced: an office file of a préfecture holds some megabytes. */
const MOST_INFLATED = 256 * 1024 * 1024;
const MOST_MEMBERS = 5_000;
const END_BYTES = 22;
const MOST_COMMENT = 65_535;
const MOST_DIRECTORY = 4 * 1024 * 1024;

/** The list of a ZIP archive's members, read from its end: nothing is inflated, and a bomb says its size here or is stopped by it. */
export async function membersOf(path: string): Promise<Map<string, Member>> {
  const file = await open(path);
  try {
    return listed(await directoryOf(file));
  } finally {
    await file.close();
  }
}

async function directoryOf(file: FileHandle): Promise<Buffer> {
  const { size } = await file.stat();
  const tail = await bytesAt(file, Math.max(0, size - END_BYTES - MOST_COMMENT), Math.min(size, END_BYTES + MOST_COMMENT));
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + END_BYTES > tail.length) throw new FileRefused('broken-archive');
  const [members, length, start] = [tail.readUInt16LE(end + 10), tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)];
  if (members > MOST_MEMBERS || length > MOST_DIRECTORY) throw new FileRefused('bomb');
  if (start + length > size) throw new FileRefused('broken-archive');
  return bytesAt(file, start, length);
}

function listed(directory: Buffer): Map<string, Member> {
  const members = new Map<string, Member>();
  let total = 0;
  for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === 0x02014b50; ) {
    const [flags, method] = [directory.readUInt16LE(at + 8), directory.readUInt16LE(at + 10)];
    const [compressed, inflated] = [directory.readUInt32LE(at + 20), directory.readUInt32LE(at + 24)];
    const nameLength = directory.readUInt16LE(at + 28);
    const name = directory.subarray(at + 46, at + 46 + nameLength).toString('utf8').replace(/\\/g, '/').replace(/^\//, '');
    total += inflated;
    if (total > MOST_INFLATED) throw new FileRefused('bomb');
    // Encrypted, or packed by a method that no spreadsheet uses.
    if ((flags & 1) !== 0 || (method !== 0 && method !== 8)) throw new FileRefused('broken-archive');
    members.set(name, { name, stored: method === 0, compressed, inflated, offset: directory.readUInt32LE(at + 42) });
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  if (members.size === 0) throw new FileRefused('broken-archive');
  return members;
}

/** A member's text, piece by piece; no faster than it is read, and no more of it than was announced. `onRead` is told of each compressed piece. */
export async function* textOf(path: string, { stored, compressed, inflated, offset }: Member, onRead: (bytes: number) => void = () => {}): AsyncGenerator<string> {
  if (compressed === 0) return;
  const start = await contentAt(path, offset);
  const source = createReadStream(path, { start, end: start + compressed - 1 });
  source.on('data', (chunk) => onRead(chunk.length));
  const inflating = stored ? source : source.pipe(createInflateRaw());
  source.on('error', (error) => inflating.destroy(error));
  const decoder = new TextDecoder();
  let seen = 0;
  try {
    for await (const chunk of inflating as AsyncIterable<Buffer>) {
      seen += chunk.length;
      if (seen > inflated) throw new FileRefused('bomb');
      yield decoder.decode(chunk, { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    if ((error as { code?: string }).code?.startsWith('Z_')) throw new FileRefused('broken-archive');
    throw error;
  } finally {
    source.destroy();
    inflating.destroy();
  }
}

/** Behind the member's own header, whose lengths may differ from those of the directory. */
async function contentAt(path: string, offset: number): Promise<number> {
  const file = await open(path);
  try {
    const header = await bytesAt(file, offset, 30);
    if (header.length < 30 || header.readUInt32LE(0) !== 0x04034b50) throw new FileRefused('broken-archive');
    return offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  } finally {
    await file.close();
  }
}

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

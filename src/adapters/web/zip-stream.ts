import { Readable } from 'node:stream';
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import type { PackFile } from '../../application/evidence.js';

const PIECE_BYTES = 256 * 1024;

/** An archive written as it is read: however large, little of it is in memory at once. */
export function zipStream(files: AsyncIterable<PackFile>): Readable {
  return Readable.from(zip(files));
}

async function* zip(files: AsyncIterable<PackFile>): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const archive = new Zip((error, data) => {
    if (error) throw error;
    if (data.length > 0) ready.push(data);
  });
  for await (const { name, content } of files) {
    // Photos and PDF do not get smaller.
    const file = name.startsWith('vault/') ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 6 });
    archive.add(file);
    for await (const part of content) {
      const bytes = typeof part === 'string' ? Buffer.from(part) : part;
      // A large file in pieces: others are served in between.
      for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
        file.push(bytes.subarray(at, at + PIECE_BYTES));
        yield* ready.splice(0);
      }
    }
    file.push(new Uint8Array(0), true);
    yield* ready.splice(0);
  }
  archive.end();
  yield* ready.splice(0);
}

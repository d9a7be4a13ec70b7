import { createHash, hash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, readSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { syncFolder } from '../private-folder.js';

/* All synchronous: backups are made in a process of their own, which has nothing else to do. */

const PIECE_BYTES = 1024 * 1024;

export function sha256Of(text: string): string {
  return hash('sha256', text, 'hex');
}

export interface Sums {
  bytes: number;
  sha256: string;
  /** SHA-256(salt + bytes): the name that the vault gives it. */
  digest: string;
}

/** Reads a file piece by piece, and gives each to `each`. */
export function sumsOf(path: string, salt = '', each: (piece: Uint8Array) => void = () => {}): Sums {
  const plain = createHash('sha256');
  const salted = createHash('sha256').update(salt);
  const piece = Buffer.allocUnsafe(PIECE_BYTES);
  let bytes = 0;
  const file = openSync(path, 'r');
  try {
    for (let read = readSync(file, piece); read > 0; read = readSync(file, piece)) {
      const part = piece.subarray(0, read);
      plain.update(part);
      salted.update(part);
      each(part);
      bytes += read;
    }
  } finally {
    closeSync(file);
  }
  return { bytes, sha256: plain.digest('hex'), digest: salted.digest('hex') };
}

/** On the disk when it returns. The sums are those of what was read. */
export function copyDurably(from: string, to: string, salt = ''): Sums {
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
  const file = openSync(to, 'w', 0o600);
  try {
    const sums = sumsOf(from, salt, (part) => writeAll(file, part));
    fsyncSync(file);
    return sums;
  } finally {
    closeSync(file);
  }
}

export function writeDurably(path: string, text: string): void {
  const file = openSync(path, 'w', 0o600);
  try {
    writeAll(file, Buffer.from(text));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

export function syncFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** The names in a folder and in all those below it. */
export function syncTree(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) if (entry.isDirectory()) syncTree(join(folder, entry.name));
  syncFolder(folder);
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}

// The very verify.mjs that goes with every export, in-process and as somebody would start it.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { VERIFIER } from './proven-hour.js';
import { scratchFolder } from './scratch.js';

type Read = (name: string) => Buffer | undefined;
interface Verifier {
  verify(read: Read, paper?: string): { faults: string[]; report: string[] };
  unzip(zip: Buffer): Read;
}
const verifier = (await import(pathToFileURL(VERIFIER).href)) as Verifier;

export type Export = ReadonlyMap<string, Buffer>;

/** What it says of an export; what it throws is a fault like the others. */
export function verdictOn(files: Export, paper?: string): { faults: string[]; report: string[] } {
  try {
    return verifier.verify((name) => files.get(name), paper);
  } catch (error) {
    return { faults: [(error as Error).message], report: [] };
  }
}

/** The export with one file made different. */
export function tampered(files: Export, name: string, change: (text: string) => string): Export {
  return new Map([...files, [name, Buffer.from(change(files.get(name)!.toString()))]]);
}

/** Unpacks an export where a person would, and starts its own verify.mjs. */
export function started(files: Export, ...args: string[]): { status: number | null; says: string } {
  const folder = scratchFolder();
  for (const [name, bytes] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  return run(join(folder, 'verify.mjs'), ...args);
}

export function run(script: string, ...args: string[]): { status: number | null; says: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
  return { status, says: stdout + stderr };
}

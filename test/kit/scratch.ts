import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from '@jest/globals';

const cleanups: (() => unknown)[] = [];

/** Runs when the present test ends, the last one given first. */
export function afterwards(cleanup: () => unknown): void {
  cleanups.push(cleanup);
}

/** The path of a data folder for one test, not created yet; it goes, with all it holds, when the test ends. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'temps-zero-test-'));
  afterwards(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'data');
}

afterEach(async () => {
  for (let cleanup = cleanups.pop(); cleanup; cleanup = cleanups.pop()) await cleanup();
});

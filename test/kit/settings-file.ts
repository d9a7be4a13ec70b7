import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { scratchFolder } from './scratch.js';

/** The file that ships, with some of it changed: for a server that is set otherwise. */
export function settingsFile(changes: object): string {
  const shipped = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../config/settings.json'), 'utf8')) as object;
  const path = join(scratchFolder(), 'settings.json');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify({ ...shipped, ...changes }));
  return path;
}

// The guards of the house: clean on what we have, and red on a planted violation of each kind,
// because a guard that silently matches no file looks exactly like a clean one.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

const root = resolve(import.meta.dirname, '../..');
const slow = 60_000;

/** Runs a tool of ours in a folder, under the rules of this repository. */
function run(program: string, args: string[], cwd: string): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'node_modules', program), ...args], { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return { status, output: stdout + stderr };
}

interface Violation {
  rule: { name: string };
  from: string;
}

/** "rule: file" for each broken import rule. */
function importsRefused(cwd: string): string[] {
  const { output } = run(
    'dependency-cruiser/bin/dependency-cruise.mjs',
    ['--config', join(root, 'config/dependency-cruiser.cjs'), '--output-type', 'json', 'src'],
    cwd,
  );
  const { summary } = JSON.parse(output) as { summary: { violations: Violation[] } };
  return summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`).sort();
}

/** "file:line rule" for each finding of the linter. */
function lintRefused(cwd: string): string[] {
  const { output } = run('eslint/bin/eslint.js', ['--config', join(root, 'config/eslint.config.js'), '--format', 'json', 'src'], cwd);
  const files = JSON.parse(output) as { filePath: string; messages: { ruleId: string | null; line: number }[] }[];
  return files.flatMap(({ filePath, messages }) =>
    messages.map(({ ruleId, line }) => `${filePath.slice(filePath.indexOf('src/'))}:${line} ${ruleId}`),
  );
}

let planted: string;

beforeEach(() => {
  planted = mkdtempSync(join(tmpdir(), 'temps-zero-planted-'));
  symlinkSync(join(root, 'node_modules'), join(planted, 'node_modules'));
  cpSync(join(root, 'package.json'), join(planted, 'package.json')); // says which packages are for development
});

afterEach(() => rmSync(planted, { recursive: true, force: true }));

function plant(files: Record<string, string[]>): void {
  for (const [path, lines] of Object.entries(files)) {
    mkdirSync(dirname(join(planted, path)), { recursive: true });
    writeFileSync(join(planted, path), `${lines.join('\n')}\n`);
  }
}

function plantTsconfigs(): void {
  for (const name of ['tsconfig.json', 'config/tsconfig.domain.json', 'config/tsconfig.console.json', 'config/tsconfig.test.json']) {
    cpSync(join(root, name), join(planted, name), { recursive: true });
  }
}

describe('import rules', () => {
  test('our sources keep them', () => expect(importsRefused(root)).toEqual([]), slow);

  test(
    'each one bites',
    () => {
      const something = ['export const something = 1;'];
      plant({
        'src/settings.ts': ["import './domain/fact.js';"],
        'src/app.module.ts': ["import '@nestjs/schedule';", "import './adapters/beats.js';", "import './settings.js';"],
        'src/domain/fact.ts': something,
        'src/domain/leak.ts': ["import type { something } from '../adapters/web/page.js';", 'export type Leak = typeof something;'],
        'src/domain/packaged.ts': ["import 'zod';", "import 'node:fs';"],
        'src/domain/one.ts': ["import type { Two } from './two.js';", 'export type One = Two[];'],
        'src/domain/two.ts': ["import type { One } from './one.js';", 'export type Two = One | 2;'],
        'src/domain/index.ts': ["export * from './fact.js';"],
        'src/domain/shared/thing.ts': something,
        'src/application/framed.ts': ["import '@nestjs/common';"],
        'src/application/outward.ts': ["import '../contract/message.js';"],
        'src/application/helpers.ts': something,
        'src/contract/message.ts': ["import 'zod';", "import '../domain/fact.js';"],
        'src/contract/heavy.ts': ["import 'rxjs';"],
        'src/adapters/beats.ts': ["import '@nestjs/schedule';"],
        'src/adapters/persistence/tables.ts': ["import 'typeorm';", "import 'better-sqlite3';", "import '../../application/helpers.js';"],
        'src/adapters/web/page.ts': something,
        'src/adapters/web/query.ts': ["import 'typeorm';", "import 'better-sqlite3';"],
        'src/adapters/web/meet.ts': ["import '../persistence/tables.js';"],
        'src/adapters/web/timed.ts': ["import '@nestjs/schedule';"],
        'src/adapters/web/set.ts': ["import '../../settings.js';"],
        'src/adapters/web/developed.ts': ["import 'fast-check';"],
        'src/adapters/web/lost.ts': ["import './nowhere.js';"],
        'src/adapters/import/call.ts': ["import 'twilio';"],
        'src/cli/thick.ts': ["import '../adapters/web/page.js';"],
        'src/demonstration/player.ts': ["import '../application/helpers.js';"],
        'src/adapters/web/played.ts': ["import '../../demonstration/player.js';"],
        'src/console/page.tsx': ["import 'react-aria-components';", "import '../application/helpers.js';"],
        'src/console/ui/button.tsx': ["import 'react-aria-components';", "import '../../contract/message.js';"],
        'src/adapters/web/served.ts': ["import '../../console/page.js';"],
      });
      expect([...new Set(importsRefused(planted))]).toEqual(
        [
          'adapters-do-not-meet: src/adapters/web/meet.ts',
          'adapters-import-inward: src/adapters/web/played.ts',
          'adapters-import-inward: src/adapters/web/served.ts',
          'adapters-import-inward: src/adapters/web/set.ts',
          'application-imports-domain: src/application/outward.ts',
          'application-no-package: src/application/framed.ts',
          'cli-imports: src/cli/thick.ts',
          'console-imports: src/console/page.tsx',
          'console-stands-alone: src/adapters/web/served.ts',
          'contract-only-zod: src/contract/heavy.ts',
          'demonstration-stands-alone: src/adapters/web/played.ts',
          'demonstration-through-the-api: src/demonstration/player.ts',
          'design-system-in-ui: src/console/page.tsx',
          'domain-imports-itself: src/domain/leak.ts',
          'domain-no-package: src/domain/packaged.ts',
          'no-barrel: src/domain/index.ts',
          'no-cycle: src/domain/one.ts',
          'no-development-package: src/adapters/web/developed.ts',
          'no-drawer: src/application/helpers.ts',
          'no-drawer: src/domain/shared/thing.ts',
          'resolvable: src/adapters/web/lost.ts',
          'schedule-in-beats: src/adapters/web/timed.ts',
          'settings-import-nothing: src/settings.ts',
          'sqlite-in-persistence: src/adapters/web/query.ts',
          'twilio-in-channels: src/adapters/import/call.ts',
          'typeorm-in-persistence: src/adapters/web/query.ts',
        ].sort(),
      );
    },
    slow,
  );
});

describe('lint bans', () => {
  test(
    'each one bites, and its exemptions hold',
    () => {
      plantTsconfigs();
      const stored = ['export function write(store: { save(): void }): void {', '  store.save();', '}'];
      plant({
        'src/settings.ts': ['export const port = process.env.PORT;'],
        'src/domain/now.ts': [
          'export const a = Date.now();',
          'export const b = new Date();',
          'export const c = new Date(0);',
          'export const d = Math.random();',
          'export const e = performance.now();',
          'export const f = process.pid;',
          "console.log('x');",
          'setTimeout(() => a, 1);',
        ],
        'src/application/environment.ts': ['export const home = process.env.HOME;', 'export const { env } = process;'],
        'src/application/open.ts': [
          'export interface Runner { startTransaction(): void; transaction(): void; remove(): void; softRemove(): void }',
          'export function run(runner: Runner, maybe?: Runner): void {',
          '  runner.startTransaction();',
          '  runner.transaction();',
          '  runner.remove();',
          '  runner.softRemove();',
          "  runner['transaction']();",
          '  maybe?.transaction();',
          '}',
        ],
        'src/adapters/web/write.ts': stored,
        'src/adapters/persistence/tables.ts': stored,
        'src/adapters/persistence/raw-handle.ts': stored,
        'src/adapters/persistence/migrations/first.ts': stored,
        'src/console/list.ts': ['export function hide(element: Element): void {', '  element.remove();', '}'],
        'src/cli/forget.ts': ['export async function later(): Promise<void> {}', 'later();'],
      });
      expect(lintRefused(planted).sort()).toEqual(
        [
          'src/adapters/persistence/tables.ts:2 no-restricted-syntax',
          'src/adapters/web/write.ts:2 no-restricted-syntax',
          'src/application/environment.ts:1 no-restricted-properties',
          'src/application/environment.ts:2 no-restricted-properties',
          'src/application/open.ts:3 no-restricted-syntax',
          'src/application/open.ts:4 no-restricted-syntax',
          'src/application/open.ts:5 no-restricted-syntax',
          'src/application/open.ts:6 no-restricted-syntax',
          'src/application/open.ts:7 no-restricted-syntax',
          'src/application/open.ts:8 no-restricted-syntax',
          'src/cli/forget.ts:2 @typescript-eslint/no-floating-promises',
          'src/domain/now.ts:1 no-restricted-properties',
          'src/domain/now.ts:2 no-restricted-syntax',
          'src/domain/now.ts:4 no-restricted-properties',
          'src/domain/now.ts:5 no-restricted-globals',
          'src/domain/now.ts:6 no-restricted-globals',
          'src/domain/now.ts:7 no-restricted-globals',
          'src/domain/now.ts:8 no-restricted-globals',
        ].sort(),
      );
    },
    slow,
  );
});

describe('the domain is pure by compiler', () => {
  test(
    'a timer, the process and the network do not exist there',
    () => {
      plantTsconfigs();
      plant({
        'src/domain/impure.ts': ['setTimeout(() => 0, 1);', 'export const a = process.pid;', "export const b = fetch('/');", 'export const c = crypto.randomUUID();'],
      });
      const { status, output } = run('typescript/bin/tsc', ['-p', 'config/tsconfig.domain.json', '--pretty', 'false'], planted);
      expect(status).not.toBe(0);
      expect([...output.matchAll(/impure\.ts\((\d)/g)].map(([, line]) => line)).toEqual(['1', '2', '3', '4']);
    },
    slow,
  );
});

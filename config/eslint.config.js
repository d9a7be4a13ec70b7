import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

// Two rules of one name do not add up, the later block wins: each family of bans below
// therefore has a rule name to itself in the folders where families meet.

const TYPEORM = 'TypeORM shares one connection: another request would commit or roll back inside this one. Use one statement, or the raw handle.';
const bannedMethods = ['transaction', 'save', 'remove', 'softRemove', 'startTransaction'].flatMap((name) => [
  { selector: `CallExpression[callee.property.name='${name}']`, message: TYPEORM },
  { selector: `CallExpression[callee.property.value='${name}']`, message: TYPEORM },
]);

const CLOCK = 'The domain has no clock: take the instant from its arguments.';
const PURE = 'The domain is pure: no chance, no timer, no process, no output.';

export default defineConfig([
  { ignores: ['**/node_modules/', 'dist/', 'data/', 'coverage/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.recommended],
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    // Needs types: the few that find real bugs here (a forgotten await loses a refusal).
    files: ['src/**/*.ts', 'src/**/*.tsx', 'test/**/*.ts', 'test/**/*.tsx'],
    languageOptions: {
      parserOptions: {
        // It sees src whole, the console with it: one program to read instead of three.
        project: ['./config/tsconfig.test.json'],
        tsconfigRootDir: process.cwd(),
      },
    },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ['src/**'],
    ignores: ['src/settings.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only src/settings.ts reads the environment.' },
      ],
      'no-restricted-imports': [
        'error',
        { paths: ['process', 'node:process'].map((name) => ({ name, message: 'Use the global; only src/settings.ts reads the environment.' })) },
      ],
    },
  },
  {
    files: ['src/domain/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: CLOCK },
        { object: 'Math', property: 'random', message: PURE },
        { object: 'process', property: 'env', message: 'Only src/settings.ts reads the environment.' },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: CLOCK },
        { selector: "CallExpression[callee.name='Date']", message: CLOCK },
      ],
      'no-restricted-globals': [
        'error',
        ...['performance', 'process', 'console', 'crypto', 'fetch', 'globalThis', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'].map(
          (name) => ({ name, message: PURE }),
        ),
      ],
    },
  },
  {
    files: ['src/adapters/**', 'src/application/**', 'src/cli/**', 'src/*.ts'],
    ignores: ['src/adapters/persistence/migrations/**', 'src/adapters/persistence/raw-handle.ts'],
    rules: { 'no-restricted-syntax': ['error', ...bannedMethods] },
  },
]);

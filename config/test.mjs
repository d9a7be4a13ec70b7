// `npm test`: the build, then jest; beside them types and lint, one after the other. Ends with the plain
// line "N passed, N failed" that CI reads; each check counts as one beside jest's own tests.
// `npm test -- pattern` runs jest alone on that pattern; `--only=types|lint|arch|build|jest` one stage.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureFetched, orSayWhy, root } from './setup.mjs';

const types = (project) => ({ stage: 'types', name: `types ${project}`, args: ['node_modules/typescript-7/bin/tsc', '--noEmit', '-p', project] });

const checks = [
  // Where everything runs, once is enough: the build reads the server's types with the same settings…
  { ...types('tsconfig.json'), isDoneElsewhere: true },
  types('config/tsconfig.domain.json'),
  types('config/tsconfig.console.json'),
  types('config/tsconfig.test.json'),
  { stage: 'lint', name: 'lint', args: ['node_modules/eslint/bin/eslint.js', '--config', 'config/eslint.config.js', '--max-warnings', '0', 'src', 'test', 'config'] },
  // … and jest asks for the import rules, before it sees that each one bites (test/rules/architecture.test.ts).
  { stage: 'arch', name: 'architecture', isDoneElsewhere: true, args: ['node_modules/dependency-cruiser/bin/dependency-cruise.mjs', '--config', 'config/dependency-cruiser.cjs', 'src'] },
  { stage: 'build', name: 'build', args: ['config/build.mjs'] },
];

const given = process.argv.slice(2);
const only = given.find((arg) => arg.startsWith('--only='))?.slice('--only='.length);
const patterns = given.filter((arg) => !arg.startsWith('--only='));
if (only !== undefined && only !== 'jest' && !checks.some((check) => check.stage === only)) {
  console.error(`No stage is called ${only}.`);
  process.exit(2);
}

const packages = await orSayWhy(ensureFetched);
const compiled = orSayWhy(packages.compiled);

const wanted = patterns.length > 0 ? [] : checks.filter((check) => (only === undefined ? !check.isDoneElsewhere : check.stage === only));
const tally = { passed: 0, failed: 0, skipped: 0 };
const red = [];

// Jest's two workers wait now and then, for disks and for pages: what reads only fills the gaps.
const beside = inTurn(wanted.filter(({ stage }) => stage !== 'build'));
await compiled;
await inTurn(wanted.filter(({ stage }) => stage === 'build'));
if (red.includes('build')) {
  console.log('\nThe build failed: the tests, some of which start it, were not run.');
} else if (only === undefined || only === 'jest') {
  await jest(patterns);
}
await beside;
tally.passed += wanted.length - red.length;
tally.failed += red.length;

for (const name of red) console.log(`FAILED: ${name}`);
console.log(`\n${tally.passed} passed, ${tally.failed} failed${tally.skipped > 0 ? `, ${tally.skipped} skipped` : ''}`);
process.exitCode = tally.failed > 0 ? 1 : 0;

/** Notes in `red` those that failed. What a check prints appears whole, when it ends. */
async function inTurn(queue) {
  for (const check of queue) {
    const started = Date.now();
    const { code, output } = await runOne(check.args);
    console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${check.name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    if (code !== 0) red.push(check.name);
    if (output.trim() !== '' && (code !== 0 || check.stage === 'build')) console.log(output.trimEnd());
  }
}

function runOne(args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('close', (code) => resolve({ code, output }));
  });
}

async function jest(args) {
  const folder = mkdtempSync(join(tmpdir(), 'temps-zero-jest-'));
  const report = join(folder, 'report.json');
  const child = spawn(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      'node_modules/jest/bin/jest.js',
      '--config=config/jest.config.js',
      '--json',
      `--outputFile=${report}`,
      ...args,
    ],
    { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] }, // what people read goes to stderr, the report to its file
  );
  const [status] = await once(child, 'close');
  const counted = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined;
  rmSync(folder, { recursive: true, force: true });
  tally.passed += counted?.numPassedTests ?? 0;
  tally.skipped += (counted?.numPendingTests ?? 0) + (counted?.numTodoTests ?? 0);
  // A file that could not be loaded has no test to fail: it counts as one.
  const failed = (counted?.numFailedTests ?? 0) + (counted?.numRuntimeErrorTestSuites ?? 0);
  tally.failed += status === 0 ? failed : Math.max(1, failed);
}

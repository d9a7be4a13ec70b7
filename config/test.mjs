// `npm test`: types, lint, architecture and build, two at a time, then jest. Ends with the plain
// line "N passed, N failed" that CI reads; each check counts as one beside jest's own tests.
// `npm test -- pattern` runs jest alone on that pattern; `--only=types|lint|arch|build|jest` one stage.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled, orSayWhy, root } from './setup.mjs';

const types = (project) => ({ stage: 'types', name: `types ${project}`, args: ['node_modules/typescript-7/bin/tsc', '--noEmit', '-p', project] });

const checks = [
  // The build reads the server's types with the same settings: where it runs, once is enough.
  { ...types('tsconfig.json'), inBuild: true },
  types('config/tsconfig.domain.json'),
  types('config/tsconfig.console.json'),
  types('config/tsconfig.test.json'),
  { stage: 'lint', name: 'lint', args: ['node_modules/eslint/bin/eslint.js', '--config', 'config/eslint.config.js', '--max-warnings', '0', 'src', 'test', 'config'] },
  { stage: 'arch', name: 'architecture', args: ['node_modules/dependency-cruiser/bin/dependency-cruise.mjs', '--config', 'config/dependency-cruiser.cjs', 'src'] },
  { stage: 'build', name: 'build', args: ['config/build.mjs'] },
];

const given = process.argv.slice(2);
const only = given.find((arg) => arg.startsWith('--only='))?.slice('--only='.length);
const patterns = given.filter((arg) => !arg.startsWith('--only='));
if (only !== undefined && only !== 'jest' && !checks.some((check) => check.stage === only)) {
  console.error(`No stage is called ${only}.`);
  process.exit(2);
}

await orSayWhy(ensureInstalled);

const wanted = patterns.length > 0 ? [] : checks.filter((check) => (only === undefined ? !check.inBuild : check.stage === only));
const tally = { passed: 0, failed: 0, skipped: 0 };
const red = await twoAtATime(wanted);
tally.passed += wanted.length - red.length;
tally.failed += red.length;

if (red.includes('build')) {
  console.log('\nThe build failed: the tests, some of which start it, were not run.');
} else if (only === undefined || only === 'jest') {
  jest(patterns);
}

for (const name of red) console.log(`FAILED: ${name}`);
console.log(`\n${tally.passed} passed, ${tally.failed} failed${tally.skipped > 0 ? `, ${tally.skipped} skipped` : ''}`);
process.exitCode = tally.failed > 0 ? 1 : 0;

/** The names of those that failed. What a check prints appears whole, when it ends. */
async function twoAtATime(queue) {
  const waiting = [...queue];
  const failed = [];
  const lane = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const started = Date.now();
      const { code, output } = await runOne(check.args);
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${check.name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
      if (code !== 0) failed.push(check.name);
      if (output.trim() !== '' && (code !== 0 || check.stage === 'build')) console.log(output.trimEnd());
    }
  };
  await Promise.all([lane(), lane()]);
  return failed;
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

function jest(args) {
  const folder = mkdtempSync(join(tmpdir(), 'temps-zero-jest-'));
  const report = join(folder, 'report.json');
  const { status } = spawnSync(
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
  const counted = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined;
  rmSync(folder, { recursive: true, force: true });
  tally.passed += counted?.numPassedTests ?? 0;
  tally.skipped += (counted?.numPendingTests ?? 0) + (counted?.numTodoTests ?? 0);
  // A file that could not be loaded has no test to fail: it counts as one.
  const failed = (counted?.numFailedTests ?? 0) + (counted?.numRuntimeErrorTestSuites ?? 0);
  tally.failed += status === 0 ? failed : Math.max(1, failed);
}

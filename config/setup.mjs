// What has to be there before anything runs: a Node that is recent enough, the packages of the lock
// file, a compiled dist. Plain Node, no dependency: nothing is installed yet.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const installStamp = join(root, 'node_modules', '.temps-zero');
const buildStamp = join(root, 'dist', '.stamp');

/** A sentence for whoever started the program, in place of a stack trace. */
export class SetupError extends Error {}

/** Runs a part of the set-up; what it refuses is said plainly and ends the program. */
export async function orSayWhy(setup) {
  try {
    return await setup();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(`\n${error.message}\n`);
    process.exit(1);
  }
}

export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new SetupError(
    `temps-zero demande Node 20.19 ou plus récent (24 conseillé) ; celui-ci est Node ${version}.\n` +
      'Installez une version récente depuis https://nodejs.org puis relancez la commande.',
  );
}

/** Installs exactly the lock file, unless that is what node_modules already holds for this Node. */
export async function ensureInstalled() {
  await ensureFetched().compiled();
}

/**
 * The same, in two steps: `compiled` makes the one package that may have to be compiled, for a minute and on one core,
 * while others do what needs no database.
 */
export function ensureFetched() {
  checkNode();
  const wanted = hash([join(root, 'package-lock.json')], [process.versions.modules, process.platform, process.arch]);
  const there = { compiled: () => Promise.resolve() };
  if (read(installStamp) === wanted) return there;
  if (isThere()) {
    writeFileSync(installStamp, wanted);
    return there;
  }
  console.log('Installation des paquets (une à trois minutes la première fois)…');
  // --include=dev: the console is compiled here, also where NODE_ENV says production.
  const { command, args, options } = npm(['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund']);
  if (spawnSync(command, args, options).status !== 0) throw new SetupError('L’installation des paquets a échoué : voyez les messages ci-dessus.');
  return {
    async compiled() {
      const { command, args, options } = npm(['rebuild', 'better-sqlite3']);
      const [status] = await once(spawn(command, args, { ...options, env: { JOBS: 'max', ...process.env } }), 'close');
      if (status !== 0) throw new SetupError(`L’installation des paquets a échoué.\n${missingTools()}`);
      checkSqlite();
      writeFileSync(installStamp, wanted);
    },
  };
}

/** Compiles unless dist was compiled from these very sources. */
export async function ensureBuilt() {
  if (read(buildStamp) === sourceHash()) return;
  console.log('Compilation…');
  const { build } = await import('./build.mjs');
  if (!build()) throw new SetupError('La compilation a échoué : voyez les messages ci-dessus.');
}

export function markBuilt(sources) {
  mkdirSync(dirname(buildStamp), { recursive: true });
  writeFileSync(buildStamp, sources);
}

/** Of what a build is made; the plans and templates of config/ are read at run time and no part of it. */
export function sourceHash() {
  const tools = readdirSync(join(root, 'config')).filter((name) => /^tsconfig\.|^vite\.|^build\.mjs$/.test(name));
  return hash(
    [...filesUnder(join(root, 'src')), ...tools.map((name) => join(root, 'config', name)), join(root, 'tsconfig.json'), join(root, 'package-lock.json')],
    [],
  );
}

/** Runs a package's program under this very Node; true if it succeeded. */
export function run(program, args) {
  return spawnSync(process.execPath, [join(root, 'node_modules', program), ...args], { cwd: root, stdio: 'inherit' }).status === 0;
}

/** What somebody's own `npm ci` left: npm notes each package that it put there. */
function isThere() {
  const packages = (path) => JSON.parse(read(join(root, path)) ?? '{}').packages ?? {};
  const there = packages('node_modules/.package-lock.json');
  const isWhole = Object.entries(packages('package-lock.json')).every(([path, { integrity, optional }]) =>
    path === '' || (path in there ? there[path].integrity === integrity : optional));
  if (!isWhole) return false;
  try {
    checkSqlite();
    return true;
  } catch {
    return false;
  }
}

function npm(args) {
  const cli = process.env.npm_execpath;
  const underNode = cli !== undefined && /npm-cli\.c?js$/.test(cli);
  const options = { cwd: root, stdio: 'inherit' };
  if (underNode) return { command: process.execPath, args: [cli, ...args], options };
  return { command: 'npm', args, options: { ...options, shell: process.platform === 'win32' } };
}

function checkSqlite() {
  try {
    const Database = createRequire(join(root, 'package.json'))('better-sqlite3');
    new Database(':memory:').close();
  } catch (error) {
    throw new SetupError(`La base de données (better-sqlite3) ne se charge pas : ${error.message}\n${missingTools()}`);
  }
}

/** better-sqlite3 is compiled here where no ready-made binary can be downloaded. */
function missingTools() {
  const missing = ['python3', 'make', 'g++'].filter((tool) => spawnSync(tool, ['--version'], { stdio: 'ignore' }).status !== 0);
  if (missing.length === 0) return 'python3, make et g++ sont présents : la cause est dans les messages ci-dessus.';
  return (
    `Il manque ${missing.join(', ')} pour compiler la base de données.\n` +
    `Sous Debian ou Ubuntu : sudo apt-get install ${missing.join(' ')}\nPuis relancez la commande.`
  );
}

function hash(files, words) {
  const sum = createHash('sha256');
  for (const word of words) sum.update(`${word}\0`);
  for (const file of files) sum.update(`${relative(root, file)}\0`).update(readFileSync(file)).update('\0');
  return sum.digest('hex');
}

function filesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesUnder(join(folder, entry.name)) : [join(folder, entry.name)]));
}

function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

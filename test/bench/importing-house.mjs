// The parts of the built product that an import goes through, on a real data folder each round.
import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse';
import { readCommunes } from '../../src/adapters/communes.ts';
import { PrefectureFiles } from '../../src/adapters/import/prefecture-files.ts';
import { WrittenNumbers } from '../../src/adapters/numbers/written-numbers.ts';
import { openStore } from '../../src/adapters/persistence/store.ts';
import { Argon2Passwords } from '../../src/adapters/secrets/argon2-passwords.ts';
import { TotpCodes } from '../../src/adapters/secrets/totp-codes.ts';
import { sha256, SystemClock, SystemRandom } from '../../src/adapters/system-clock.ts';
import { Book } from '../../src/application/directory/book.ts';
import { Imports } from '../../src/application/directory/imports.ts';
import { Shapes } from '../../src/application/directory/shapes.ts';
import { openOffice } from '../../src/application/people/office.ts';

const LINES = 35_000;
const ACTOR = { id: 'a'.repeat(32), rights: ['admin'], source: 'console' };
const folder = mkdtempSync(join(tmpdir(), 'tz-bench-import-'));
const file = join(folder, 'maires.csv');
const memory = (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync('/proc/self/status', 'utf8'))[1]) / 1000;
const turn = () => new Promise((resolve) => setImmediate(resolve));

process.once('message', async ({ rounds }) => {
  const communes = await readCommunes('76', 'all');
  writeFile(communes);
  const first = await house(communes, 'first');
  // What was read so far is idle; the kernel forgets what it took at its most.
  globalThis.gc();
  writeFileSync('/proc/self/clear_refs', '5');
  const idle = memory('VmRSS');
  await first.run();
  const megabytes = memory('VmHWM') - idle;
  await first.close();

  const seconds = [];
  const parsing = [];
  for (let round = 0; round < rounds; round++) {
    parsing.push(await timed(parseAlone));
    const here = await house(communes, String(round));
    seconds.push(await timed(here.run));
    await here.close();
  }
  rmSync(folder, { recursive: true });
  process.send({ seconds, parsing, megabytes }, () => process.exit(0));
});

/** In the processor's time: others work on the machine too. */
async function timed(work) {
  globalThis.gc();
  const began = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1e6;
}

/** Read, decoded and parsed, line by line: what nobody can do without. */
async function parseAlone() {
  const parser = createReadStream(file).pipe(parse({ delimiter: ';', relax_column_count: true }));
  let lines = 0;
  for await (const _ of parser) lines++;
  if (lines !== LINES + 1) throw new Error(`${lines} lines`);
}

async function house(communes, name) {
  const [clock, random] = [new SystemClock(), new SystemRandom()];
  const store = await openStore(join(folder, name));
  const office = await openOffice({
    ...store, clock, random, hash: sha256, passwords: new Argon2Passwords(), codes: new TotpCodes('x'),
    linkAddress: () => '', screenAddress: () => '',
  });
  const [book, shapes] = [new Book(store.addressBook, (code) => communes.named([code])[0]?.name), new Shapes(store.addressBook)];
  const imports = new Imports({
    administration: office.administration, store: store.addressBook, book, shapes, files: new PrefectureFiles(communes, new WrittenNumbers('76'), () => clock.wall()), clock, random, turn,
    today: () => '2026-04-02', alarm: (message, details) => console.error(message, details),
  });
  return {
    async run() {
      const { import: id } = await imports.rehearse(ACTOR, { path: file, fileName: 'maires.csv', kind: 'rne' });
      await imports.ended();
      const refused = await imports.apply(ACTOR, id);
      if (refused || book.size !== LINES) throw new Error(`${JSON.stringify(refused)} ${book.size}`);
    },
    close: () => store.close(),
  };
}

/** As data.gouv.fr has it; more mayors than communes where it must be, for the round figure. */
function writeFile(communes) {
  const all = communes.groups().filter(({ kind }) => kind === 'departement').flatMap((group) => group.communes);
  const header = "Code du département;Libellé du département;Code de la collectivité à statut particulier;Libellé de la collectivité à statut particulier;Code de la commune;Libellé de la commune;Nom de l'élu;Prénom de l'élu;Code sexe;Date de naissance;Code de la catégorie socio-professionnelle;Libellé de la catégorie socio-professionnelle;Date de début du mandat;Date de début de la fonction";
  const rows = Array.from({ length: LINES }, (_, i) => {
    const code = all[i % all.length];
    return `${code.slice(0, 2)};Département de fiction;;;${code};Commune de fiction;FICTIF-${String(i)};Élise;F;01/02/1970;45;Profession intermédiaire de fiction;29/03/2026;05/04/2026`;
  });
  writeFileSync(file, `${[header, ...rows].join('\n')}\n`);
}

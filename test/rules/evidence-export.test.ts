import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { zipStream } from '../../src/adapters/web/zip-stream.js';
import { accepted, fullHour, ProvenHour, sha256, unpacked, VERIFIER } from '../kit/proven-hour.js';
import { scratchFolder } from '../kit/scratch.js';
import { run, started, tampered, verdictOn, type Export } from '../kit/verifier.js';

interface Manifest {
  entries: number;
  head: string;
  withheld: string[];
  chain: object;
  [other: string]: unknown;
}
const manifestOf = (files: Export) => JSON.parse(String(files.get('manifest.json'))) as Manifest;
const withManifest = (files: Export, changes: Partial<Manifest>) =>
  tampered(files, 'manifest.json', (text) => JSON.stringify({ ...(JSON.parse(text) as Manifest), ...changes }));
const linesOf = (files: Export, name = 'journal.ndjson') => String(files.get(name)).trimEnd().split('\n');
const withLines = (files: Export, change: (lines: string[]) => string[], name = 'journal.ndjson') =>
  tampered(files, name, () => change(linesOf(files, name)).map((line) => `${line}\n`).join(''));

describe('the export', () => {
  let hour: ProvenHour;
  let files: Export;
  beforeAll(async () => {
    hour = await fullHour();
    files = await hour.export('directrice');
  });

  test('holds the stored lines as they are stored, the contents with their salts, the page and what verifies it', async () => {
    const stored = await hour.store.journal.read(hour.id);
    expect(linesOf(files).map((line) => JSON.parse(line) as object)).toEqual(stored);
    const texts = linesOf(files, 'vault.ndjson').map((line) => JSON.parse(line) as { digest: string; salt: string; content: string });
    expect(texts.every(({ digest, salt, content }) => sha256(salt + content) === digest)).toBe(true);
    expect(texts.map(({ content }) => content)).toEqual(expect.arrayContaining(['Photo reçue du SDIS.', 'Le ministre appelle à 03:30.']));
    expect([...files.keys()].map((name) => name.replace(/[0-9a-f]{64}/, 'DIGEST').replace(hour.id, 'ID'))).toEqual([
      'journal.ndjson', 'vault.ndjson', 'files.ndjson', 'vault/DIGEST', 'vault/DIGEST', 'heure_ID.html', 'LISEZMOI.txt', 'verify.mjs', 'manifest.json',
    ]);
    expect(manifestOf(files)).toMatchObject({ entries: stored.length, head: stored.at(-1)!.hash, withheld: [], chain: { ok: true }, audience: 'direction' });
    expect(String(files.get('LISEZMOI.txt'))).toContain(stored.at(-1)!.hash);
  });

  test('its own verify.mjs finds it whole, with Node alone', () => {
    const { status, says } = started(files);
    expect({ status, says }).toMatchObject({ status: 0, says: expect.stringMatching(new RegExp(`${linesOf(files).length} entrées enchaînées, tête [0-9a-f]{64}\n.*présents\nIntact\\.\n$`, 's')) });
  });

  test('an edited line is named', () => {
    const note = noteIn(files);
    const broken = withLines(files, (lines) => lines.map((line, i) => (i + 1 === note ? line.replace('noteLogged', 'noteLogger') : line)));
    expect(verdictOn(broken).faults).toEqual([expect.stringContaining(`première entrée fausse : la ${note}, dont le texte ou l'empreinte a changé`)]);
    expect(started(broken)).toMatchObject({ status: 1, says: expect.stringContaining(`la ${note},`) });
  });

  test('an edited line with its own hash made anew breaks at the next one', () => {
    const note = noteIn(files);
    let previous = '';
    const broken = withLines(files, (lines) => lines.map((line, i) => {
      const one = JSON.parse(line) as { seq: number; line: string; hash: string };
      if (i + 1 === note) line = JSON.stringify({ ...one, line: one.line.replace('noteLogged', 'noteLogger'), hash: sha256(previous + one.line.replace('noteLogged', 'noteLogger')) });
      previous = one.hash;
      return line;
    }));
    expect(verdictOn(broken).faults).toEqual([expect.stringContaining(`première entrée fausse : la ${note + 1},`)]);
  });

  test.each([
    ['a removed entry', (lines: string[]) => lines.filter((_, i) => i !== 20), 'la 21, qui porte le numéro 22'],
    ['swapped entries', (lines: string[]) => [...lines.slice(0, 4), lines[5]!, lines[4]!, ...lines.slice(6)], 'la 5, qui porte le numéro 6'],
    ['an entry twice', (lines: string[]) => [...lines.slice(0, 8), lines[7]!, ...lines.slice(8)], 'la 9, qui porte le numéro 8'],
    ['a line that is none', (lines: string[]) => [...lines.slice(0, 2), '{"seq":3}', ...lines.slice(3)], 'la 3, illisible'],
    ['another spelling of the same line', (lines: string[]) => lines.map((line, i) => (i === 1 ? line.replace('{"seq":2', '{ "seq":2') : line)), 'la 2, écrite autrement'],
  ])('%s is named', (_name, change, said) => {
    expect(verdictOn(withLines(files, change)).faults).toEqual([expect.stringContaining(said)]);
  });

  test('a journal made again from its middle is whole in itself, and not that of the paper', () => {
    const { head } = manifestOf(files);
    const note = noteIn(files);
    let previous = '0'.repeat(64);
    const forged = withLines(files, (lines) => lines.map((record) => {
      const { seq, line: stored } = JSON.parse(record) as { seq: number; line: string };
      const line = seq === note ? stored.replace('"source":"console"', '"source":"api"') : stored;
      previous = sha256(previous + line);
      return JSON.stringify({ seq, line, hash: previous });
    }));
    const told = withManifest(forged, { head: previous });
    expect(verdictOn(told).faults).toEqual([]);
    expect(verdictOn(told, head).faults).toEqual([expect.stringContaining("n'est celle d'aucune entrée")]);
  });

  test('a cut tail shows against the manifest, and when that was made to agree, against the paper', () => {
    const { head } = manifestOf(files);
    const cut = withLines(files, (lines) => lines.slice(0, 40));
    const faults = verdictOn(cut).faults;
    expect(faults[0]).toContain(`s'arrête à l'entrée 40, le manifeste annonce la ${manifestOf(files).entries}`);
    const last = JSON.parse(linesOf(cut).at(-1)!) as { hash: string };
    const agreed = withManifest(cut, { entries: 40, head: last.hash });
    expect(verdictOn(agreed, head).faults).toContainEqual(expect.stringContaining("n'est celle d'aucune entrée"));
    expect(started(agreed, '--head', head)).toMatchObject({ status: 1 });
  });

  test('a head printed earlier is found, whole or by its beginning, and the journal goes on from it', async () => {
    const early = (await hour.store.journal.read(hour.id))[29]!.hash;
    expect(verdictOn(files, early).report).toContainEqual(expect.stringContaining("celle de l'entrée 30, que le journal prolonge"));
    expect(verdictOn(files, early.slice(0, 16).replace(/(.{4})/g, '$1 ').toUpperCase()).faults).toEqual([]);
    expect(verdictOn(files, early.slice(0, 8)).faults).toHaveLength(1);
    expect(started(files, '--head')).toMatchObject({ status: 1 });
  });

  test('a changed text, a changed file, a changed page are told', () => {
    expect(verdictOn(tampered(files, 'vault.ndjson', (text) => text.replace('SDIS', 'SAMU'))).faults).toEqual([expect.stringMatching(/^le contenu [0-9a-f]{64} a changé$/)]);
    const photo = [...files.keys()].find((name) => name.startsWith('vault/') && files.get(name)!.length < 100)!;
    expect(verdictOn(tampered(files, photo, () => 'another photo')).faults).toEqual([`le contenu ${photo.slice(6)} a changé`]);
    expect(verdictOn(tampered(files, `heure_${hour.id}.html`, (html) => html.replace('Tenu', 'Tenue'))).faults).toEqual([`heure_${hour.id}.html a changé, ou manque`]);
  });

  test('a content that is simply gone is missing; one that nothing names is told too', () => {
    const gone = withLines(files, (lines) => lines.slice(1), 'vault.ndjson');
    expect(verdictOn(gone).faults).toEqual([expect.stringMatching(/^le contenu [0-9a-f]{64} manque/)]);
    const more = withLines(files, (lines) => [...lines, JSON.stringify({ digest: sha256('saltadded'), salt: 'salt', content: 'added' })], 'vault.ndjson');
    expect(verdictOn(more).faults).toEqual([expect.stringContaining("n'est nommé par aucune entrée")]);
  });

  test('half a file, a missing file, a file of another kind are told, not survived', () => {
    for (const name of ['journal.ndjson', 'vault.ndjson', 'files.ndjson', 'manifest.json']) {
      expect(verdictOn(new Map([...files].filter(([one]) => one !== name))).faults).toEqual([`${name} est absent`]);
    }
    expect(verdictOn(tampered(files, 'journal.ndjson', (text) => text.slice(0, -20))).faults).toEqual(["journal.ndjson est coupé au milieu d'une ligne"]);
    expect(verdictOn(tampered(files, 'manifest.json', () => 'not json')).faults).toHaveLength(1);
  });

  describe('as an archive', () => {
    const saved = (bytes: Uint8Array) => {
      const path = `${scratchFolder()}.zip`;
      writeFileSync(path, bytes);
      return path;
    };

    test('is read as it is', async () => {
      expect(run(VERIFIER, saved(await zipOf(files)))).toMatchObject({ status: 0, says: expect.stringContaining('Intact.') });
    });

    test('cut anywhere, it is refused', async () => {
      const whole = await zipOf(files);
      for (const share of [0, 0.1, 0.5, 0.9, 0.999]) {
        const { status, says } = run(VERIFIER, saved(whole.subarray(0, Math.floor(whole.length * share))));
        expect({ status, says }).toMatchObject({ status: 1, says: expect.stringContaining("ce n'est pas une archive ZIP, ou sa fin manque") });
      }
    });

    test('what is no archive is refused, and so is what is not there', () => {
      expect(run(VERIFIER, saved(Buffer.from('%PDF-1.7')))).toMatchObject({ status: 1 });
      expect(run(VERIFIER, join(scratchFolder(), 'nothing.zip'))).toMatchObject({ status: 1, says: expect.stringContaining('illisible') });
    });

    test('two journals in one archive are not a matter of taste', async () => {
      const entries = [...files, ['journal.ndjson', files.get('journal.ndjson')!] as const];
      expect(run(VERIFIER, saved(await zipOf(entries)))).toMatchObject({ status: 1, says: expect.stringContaining("l'archive contient deux fois journal.ndjson") });
    });
  });
});

describe('what is not in the export', () => {
  const digestOfNote = async (hour: ProvenHour, words: string) => {
    const [text] = [...hour.store.texts.values()].filter(({ content }) => content.includes(words));
    return text!.digest;
  };

  test('an erased text is absent, erased by entry N; the chain stays whole', async () => {
    const hour = await fullHour();
    const digest = await digestOfNote(hour, 'Fumée visible');
    const seq = await hour.order('directrice', 'erase-text', { digest, reason: 'Demande de la personne.' });
    const files = await hour.export('prefete');
    expect(String(files.get('vault.ndjson'))).not.toContain(digest);
    expect(verdictOn(files)).toMatchObject({ faults: [], report: expect.arrayContaining([`${digest} : absent, effacé par l'entrée ${seq}`]) });
  });

  test('an erased text that is there all the same is told', async () => {
    const hour = await fullHour();
    const digest = await digestOfNote(hour, 'Fumée visible');
    const kept = { ...hour.store.texts.get(digest)! };
    const seq = await hour.order('directrice', 'erase-text', { digest, reason: 'Demande de la personne.' });
    const files = await hour.export('prefete');
    expect(verdictOn(tampered(files, 'vault.ndjson', (text) => `${text}${JSON.stringify(kept)}\n`)).faults).toEqual([expect.stringContaining(`alors que l'entrée ${seq} l'efface`)]);
  });

  test("a planner's export of an exercise withholds what the direction keeps to itself", async () => {
    const hour = await fullHour('exercise');
    const digest = await digestOfNote(hour, 'Le ministre appelle');
    const files = await hour.export('planificatrice');
    expect(manifestOf(files)).toMatchObject({ audience: 'cell', withheld: [digest] });
    expect([...files.values()].join('')).not.toContain('Le ministre appelle');
    expect(verdictOn(files)).toMatchObject({ faults: [], report: expect.arrayContaining([`${digest} : absent, retenu hors de cet export`]) });
    expect([...files.keys()]).toContain(`EXERCICE-EXERCICE-EXERCICE_heure_${hour.id}_EXERCICE-EXERCICE-EXERCICE.html`);
    const notes = String(files.get('LISEZMOI.txt')).trim();
    expect([notes.startsWith('EXERCICE EXERCICE EXERCICE\n'), notes.endsWith('\nEXERCICE EXERCICE EXERCICE')]).toEqual([true, true]);
  });

  test('without contents nothing that somebody typed leaves, nor any name; all of it is withheld', async () => {
    const hour = await fullHour();
    const files = await hour.export('auditeur', false);
    const all = [...files].filter(([name]) => name !== 'verify.mjs').map(([, bytes]) => bytes.toString()).join('\n');
    for (const typed of ['Fumée visible', 'Castelroy ·', 'Photo reçue', 'panache vu', 'Anne Delorme', 'Paul Ostrowski', 'x.example']) expect(all).not.toContain(typed);
    expect(verdictOn(files)).toMatchObject({ faults: [], report: expect.arrayContaining([expect.stringMatching(/^Contenus : \d\d nommés par le journal, 0 présents$/)]) });
  });

  test('what is erased while the export is being read is withheld, not missing', async () => {
    const hour = await fullHour();
    const digest = await digestOfNote(hour, 'Fumée visible');
    const pack = accepted(await hour.evidence.exportOf(hour.id, hour.who('prefete'), { contents: true }));
    const seq = await hour.order('directrice', 'erase-text', { digest, reason: 'Demande de la personne.' });
    const files = await unpacked(pack);
    expect(manifestOf(files)).toMatchObject({ entries: seq - 1, withheld: [digest] });
    expect(verdictOn(files).faults).toEqual([]);
  });

  test('a file whose bytes the disk has lost is missing: nobody withheld it', async () => {
    const hour = await fullHour();
    const [photo] = [...hour.store.files.values()].filter(({ mime }) => mime === 'image/jpeg');
    hour.store.bytes.delete(photo!.digest);
    expect(verdictOn(await hour.export('prefete')).faults).toEqual([`le contenu ${photo!.digest} manque : ni effacé par une entrée, ni annoncé comme retenu`]);
  });

  test('a line changed in the store leaves as it is, and the manifest says so already', async () => {
    const hour = await fullHour();
    const links = hour.store.links.get(hour.id)!;
    const taken = links.find(({ line }) => line.includes('"function":"DC"'))!;
    links[taken.seq - 1] = { ...taken, line: taken.line.replace('"function":"DC"', '"function":"RC"') };
    const files = await hour.export('prefete');
    expect(manifestOf(files).chain).toEqual({ ok: false, seq: taken.seq, reason: 'hash' });
    expect(verdictOn(files).faults).toEqual([expect.stringContaining(`première entrée fausse : la ${taken.seq},`)]);
  });

  test.each(['communication', 'astreinte', 'sidpc', 'planificatrice'] as const)('%s does not export a real activation', async (login) => {
    const hour = new ProvenHour();
    await hour.open();
    const answer = await hour.evidence.exportOf(hour.id, hour.who(login), { contents: true });
    expect(answer).toEqual({ refused: login === 'planificatrice' ? 'unknown-activation' : 'forbidden' });
  });
});

describe('the statement at H+1', () => {
  test('P26: lies in the vault before its entry, and says what the hour was at that number', async () => {
    const hour = await fullHour();
    const [written] = (await hour.activations.read(hour.id, ({ activation }) => activation.statement.written))!;
    const { digest, bytes, mime } = written!.file;
    const file = hour.store.files.get(digest)!;
    const content = hour.store.bytes.get(digest)!;
    expect({ bytes, mime }).toEqual({ bytes: content.length, mime: 'text/html' });
    expect(sha256(file.salt + Buffer.from(content).toString())).toBe(digest);
    const { hash } = hour.store.links.get(hour.id)![written!.upTo - 1]!;
    expect(Buffer.from(content).toString()).toContain(`Journal, entrée ${written!.upTo} : <code>${hash}</code>`);
  });

  test('is written with the eyes of those who may open it', async () => {
    const hour = await fullHour();
    const { digest } = (await hour.activations.read(hour.id, ({ activation }) => activation.statement.written[0]!.file))!;
    const readers = await hour.activations.read(hour.id, (held) => [...held.readers.get(digest)!].sort());
    expect(readers).toEqual(['cell', 'direction']);
    expect(Buffer.from(hour.store.bytes.get(digest)!).toString()).not.toContain('Le ministre appelle');
  });

  test('nothing is written of an activation that does not exist', async () => {
    const hour = new ProvenHour();
    expect(await hour.evidence.writeStatement(hour.id)).toBeUndefined();
    expect(hour.store.files.size).toBe(0);
  });
});

/** The number of the first note of the log. */
const noteIn = (files: Export) => linesOf(files).findIndex((line) => line.includes('noteLogged')) + 1;

/** The archive as the server writes it. */
async function zipOf(entries: Iterable<readonly [string, Uint8Array]>): Promise<Buffer> {
  async function* files() {
    for (const [name, bytes] of entries) yield { name, content: (async function* () { yield bytes; })() };
  }
  return Buffer.concat(await zipStream(files()).toArray());
}

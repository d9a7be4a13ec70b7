// Files as préfectures have them, written by hand for each test: fictional people in real communes.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { strToU8, zipSync, type Zippable } from 'fflate';
import { readCommunes } from '../../src/adapters/communes.js';
import { PrefectureFiles } from '../../src/adapters/import/prefecture-files.js';
import { WrittenNumbers } from '../../src/adapters/numbers/written-numbers.js';
import type { Communes } from '../../src/application/communes.js';
import { FileRefused, type OpenedFile, type ReadKind, type ReadLine } from '../../src/application/directory/import-files.js';
import type { Named } from '../../src/domain/directory/comparing.js';
import type { Mapping } from '../../src/domain/directory/imports.js';
import { scratchFolder } from './scratch.js';

export const NOW = Date.parse('2026-04-02T10:00:00.000Z');
let known: Promise<Communes> | undefined;
/** Seine-Maritime and Eure. */
export const communesOf76 = (): Promise<Communes> => (known ??= readCommunes('76', ['27']));

export const MAYORS = [
  'Code du département', 'Libellé du département', 'Code de la collectivité à statut particulier', 'Libellé de la collectivité à statut particulier', 'Code de la commune', 'Libellé de la commune',
  "Nom de l'élu", "Prénom de l'élu", 'Code sexe', 'Date de naissance', 'Code de la catégorie socio-professionnelle', 'Libellé de la catégorie socio-professionnelle',
  'Date de début du mandat', 'Date de début de la fonction',
];
export const COUNCILLORS = [...MAYORS.slice(0, 13), 'Libellé de la fonction', 'Date de début de la fonction'];

export interface Elected {
  commune: string;
  last: string;
  first: string;
  born?: string;
  since?: string;
  function?: string;
  label?: string;
  departement?: string;
}

export function rneRow({ commune, last, first, born = '01/02/1970', since = '29/03/2026', function: held, label = 'Quelque Part', departement = commune.slice(0, 2) }: Elected, isCouncil = false): string[] {
  const row = [departement, 'Un Département', '', '', commune, label, last, first, 'F', born, '99', 'Occupation', since];
  return isCouncil ? [...row, held ?? '', since] : [...row, since];
}

export const csv = (rows: readonly (readonly string[])[], end = '\n') => rows.map((row) => row.map((cell) => (/[";\n]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell)).join(';')).join(end) + end;
export const mayorsFile = (...elected: Elected[]) => csv([MAYORS, ...elected.map((one) => rneRow(one))]);
export const councilFile = (...elected: Elected[]) => csv([COUNCILLORS, ...elected.map((one) => rneRow(one, true))]);

let files = 0;
/** A file of this content; `latin1` writes it as the ministry did. */
export function fileOf(content: string | Uint8Array, encoding: 'utf8' | 'latin1' | 'utf16le' = 'utf8'): string {
  const path = join(scratchFolder(), `import-${++files}`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, typeof content === 'string' ? Buffer.from(content, encoding) : content);
  return path;
}

export type Cell = string | number | { date: number } | { formula: string; value: string };

/** A workbook as a spreadsheet writes it: shared texts, a style for dates. */
export function xlsx(rows: readonly (readonly Cell[])[], over: Zippable = {}): Uint8Array {
  const texts: string[] = [];
  const shared = (text: string) => (texts.includes(text) ? texts.indexOf(text) : texts.push(text) - 1);
  const column = (at: number) => String.fromCharCode(65 + at);
  const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  const cell = (one: Cell, r: string) => typeof one === 'string' ? (one === '' ? '' : `<c r="${r}" t="s"><v>${shared(one)}</v></c>`)
    : typeof one === 'number' ? `<c r="${r}"><v>${one}</v></c>`
    : 'date' in one ? `<c r="${r}" s="1"><v>${one.date}</v></c>` : `<c r="${r}" t="str"><f>${escaped(one.formula)}</f><v>${escaped(one.value)}</v></c>`;
  const body = rows.map((row, i) => `<row r="${i + 1}">${row.map((one, at) => cell(one, `${column(at)}${i + 1}`)).join('')}</row>`).join('');
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  return zipSync({
    'xl/workbook.xml': strToU8(`<workbook ${main} xmlns:r="x"><sheets><sheet name="Cachée" sheetId="1" state="hidden" r:id="r1"/><sheet name="Élus" sheetId="2" r:id="r2"/></sheets></workbook>`),
    'xl/_rels/workbook.xml.rels': strToU8('<Relationships><Relationship Id="r1" Target="worksheets/sheet9.xml"/><Relationship Id="r2" Target="worksheets/sheet1.xml"/></Relationships>'),
    'xl/styles.xml': strToU8(`<styleSheet ${main}><numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>`),
    'xl/sharedStrings.xml': strToU8(`<sst ${main}>${texts.map((text) => `<si><r><t xml:space="preserve">${escaped(text.slice(0, 2))}</t></r><r><t>${escaped(text.slice(2))}</t></r></si>`).join('')}</sst>`),
    'xl/worksheets/sheet1.xml': strToU8(`<worksheet ${main}><sheetData>${body}</sheetData></worksheet>`),
    ...over,
  });
}

export interface ReadAll {
  people: Named[];
  rejected: { line: number; reason: string; shown: string }[];
  elsewhere: number;
  leftOut: number;
  notes: string[];
  shapes: Extract<ReadLine, { gives: 'shape' }>['shape'][];
  offices: readonly string[];
}

export async function readAll(path: string, kind: ReadKind, mapping?: Mapping): Promise<ReadAll> {
  const communes = await communesOf76();
  const opened: OpenedFile = await new PrefectureFiles(communes, new WrittenNumbers('76'), () => NOW).open(path, kind, mapping);
  const all: ReadAll = { people: [], rejected: [], elsewhere: 0, leftOut: 0, notes: [], shapes: [], offices: opened.offices };
  for await (const { lines } of opened.batches) {
    for (const line of lines) {
      if (line.gives === 'person') {
        all.people.push(line.named);
        if (line.note) all.notes.push(line.note);
      } else if (line.gives === 'rejection') all.rejected.push({ line: line.line, reason: line.reason, shown: line.shown });
      else if (line.gives === 'shape') all.shapes.push(line.shape);
      else if (line.gives === 'elsewhere') all.elsewhere++;
      else all.leftOut++;
    }
  }
  return all;
}

/** Why the file is refused, with what its sentence says; undefined when it is not. */
export async function faultOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof FileRefused) return error.message;
    throw error;
  }
}

// Issue 4.2 and domain.md part 5: files as préfectures have them, each trap a line here. Fictional people.
import { describe, expect, test } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import { PrefectureFiles } from '../../src/adapters/import/prefecture-files.js';
import { WrittenNumbers } from '../../src/adapters/numbers/written-numbers.js';
import type { Mapping } from '../../src/domain/directory/imports.js';
import { communesOf76, COUNCILLORS, councilFile, csv, faultOf, fileOf, MAYORS, mayorsFile, NOW, readAll, rneRow, xlsx } from '../kit/import-files.js';

const reader = async () => new PrefectureFiles(await communesOf76(), new WrittenNumbers('76'), () => NOW);
const recognised = async (content: string | Uint8Array, encoding?: 'latin1' | 'utf16le') => (await reader()).recognise(fileOf(content, encoding));
const refused = async (content: string | Uint8Array) => faultOf(recognised(content));

const ELISE = { commune: '76540', last: 'FICTIF', first: 'Élise' };

describe('the Répertoire national des élus', () => {
  test.each<[string, () => string]>([
    ['UTF-8', () => fileOf(mayorsFile(ELISE))],
    ['UTF-8 with its mark', () => fileOf(`\ufeff${mayorsFile(ELISE)}`)],
    ['ISO-8859-1', () => fileOf(mayorsFile(ELISE), 'latin1')],
    ['UTF-16, as a spreadsheet exports it', () => fileOf(`\ufeff${mayorsFile(ELISE)}`, 'utf16le')],
    ['Windows line ends', () => fileOf(mayorsFile(ELISE).replace(/\n/g, '\r\n'))],
    ['commas', () => fileOf(mayorsFile(ELISE).replace(/;/g, ','))],
    ['ISO dates', () => fileOf(mayorsFile({ ...ELISE, since: '2026-03-29', born: '1970-02-01' }))],
    ['shuffled columns', () => fileOf(csv([[...MAYORS].reverse(), [...rneRow(ELISE)].reverse()]))],
    ['an empty line above and below', () => fileOf(`\n${mayorsFile(ELISE)}\n\n`)],
    ['a workbook', () => fileOf(xlsx([MAYORS, rneRow(ELISE)]))],
    ['a workbook with dates as numbers', () => fileOf(xlsx([MAYORS, rneRow(ELISE).map((cell) => (cell === '29/03/2026' ? { date: 46110 } : cell))]))],
    ['an accent in the very last line', () => fileOf(mayorsFile(...Array.from({ length: 2_000 }, () => ({ ...ELISE, commune: '01001', first: 'Elise' })), ELISE), 'latin1')],
  ])('%s', async (_name, file) => {
    const path = file();
    expect(await (await reader()).recognise(path)).toMatchObject({ kind: 'rne' });
    const { people } = await readAll(path, 'rne');
    expect(people).toEqual([expect.objectContaining({ commune: '76540', lastName: 'Fictif', firstName: 'Élise', office: 'maire', order: 0, title: 'maire', since: '2026-03-29', contacts: [] })]);
  });

  test('neither birth nor occupation nor sex reaches anybody', async () => {
    const { people } = await readAll(fileOf(mayorsFile({ ...ELISE, born: '03/04/1971' })), 'rne');
    const { apart: _, ...kept } = people[0]!;
    expect(JSON.stringify(kept)).not.toMatch(/1971|Occupation|"F"|"99"/);
  });

  test('the département is that of the commune’s code: empty or wrong in the file, it does not matter', async () => {
    const { people, elsewhere } = await readAll(fileOf(mayorsFile({ ...ELISE, departement: '' }, { ...ELISE, commune: '27229', departement: '99' }, { ...ELISE, commune: '97105', departement: '76' })), 'rne');
    expect([people.map(({ commune }) => commune), elsewhere]).toEqual([['76540', '27229'], 1]);
  });

  test('a code that lost its zero, a merged commune, a code of nowhere', async () => {
    const { rejected, elsewhere, people } = await readAll(fileOf(mayorsFile({ ...ELISE, commune: '1001' }, { ...ELISE, commune: '76256' }, { ...ELISE, commune: '76999' }, { ...ELISE, commune: 'x' }, { ...ELISE, commune: '' })), 'rne');
    expect([people, elsewhere]).toEqual([[], 1]);
    expect(rejected.map(({ line, reason }) => [line, reason])).toEqual([[3, 'commune-merged'], [4, 'commune-gone'], [5, 'unknown-commune'], [6, 'no-commune']]);
    expect(rejected[0]!.shown).toMatch(/→ 76\d{3} /);
  });

  test('councillors: functions give the order, those without one are left out', async () => {
    const of = (held: string, last: string) => ({ ...ELISE, last, function: held });
    const { people, leftOut, offices } = await readAll(fileOf(councilFile(of('Maire', 'A'), of('1er adjoint au Maire', 'B'), of('12ème adjoint au Maire', 'C'), of('Maire délégué', 'D'), of('', 'E'), of('Conseiller municipal', 'F'))), 'rne');
    expect(people.map(({ office, order }) => [office, order])).toEqual([['maire', 0], ['adjoint', 1], ['adjoint', 12], ['maire-delegue', 60]]);
    expect(leftOut).toBe(2);
    expect(offices).toEqual(['maire', 'adjoint', 'maire-delegue']);
  });

  test('names in capitals are written as names; those written in small letters stay', async () => {
    const { people } = await readAll(fileOf(mayorsFile({ ...ELISE, last: "D'ŒUVRAY-LE GOFF", first: 'JEAN-ÉMILE' }, { ...ELISE, last: 'de la Tour', first: 'Anne' })), 'rne');
    expect(people.map(({ lastName, firstName }) => `${lastName} ${firstName}`)).toEqual(["D'Œuvray-Le Goff Jean-Émile", 'de la Tour Anne']);
  });

  test('quotes and line breaks in cells; a line too short; a date that is none', async () => {
    const { people, rejected, notes } = await readAll(fileOf(mayorsFile({ ...ELISE, last: 'Le "Grand"\nFictif; dit' }, { ...ELISE, commune: '76217', since: '31/02/2026' }) + '76;;;;76540\n'), 'rne');
    expect(people.map(({ lastName, since }) => [lastName, since])).toEqual([['Le "Grand" Fictif; dit', '2026-03-29'], ['Fictif', null]]);
    expect(notes).toEqual(['bad-date']);
    expect(rejected).toEqual([expect.objectContaining({ line: 4, reason: 'no-name' })]);
  });

  test('columns missing or renamed are said by name', async () => {
    expect(await refused(csv([MAYORS.filter((name) => name !== "Nom de l'élu"), rneRow(ELISE)]))).toBe('columns-missing Nom de l’élu');
    expect(await refused(csv([COUNCILLORS.map((name) => name.replace('Code de la commune', 'Commune insee').replace("Prénom de l'élu", 'Petit nom')), rneRow(ELISE, true)]))).toBe('columns-missing Code de la commune, Prénom de l’élu');
  });
});

describe('files that are nothing', () => {
  test.each<[string, string | Uint8Array, string]>([
    ['empty', '', 'empty'],
    ['white', ' \n \n', 'empty'],
    ['binary', new Uint8Array([1, 2, 0, 250, 3, 9, 9, 9]), 'binary'],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]), 'binary'],
    ['a PDF', '%PDF-1.7\n%âã', 'unknown-format'],
    ['a login page', '<!DOCTYPE html><html><body>Connexion</body></html>', 'unknown-format'],
    ['an old workbook, or one with a password', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'old-spreadsheet'],
    ['a table without a header', csv([rneRow(ELISE), rneRow(ELISE)]), 'no-header'],
    ['words', 'Bonjour\nceci n’est pas une liste\n', 'no-header'],
    ['a header and nothing below', csv([MAYORS]), 'no-rows'],
    ['a quote that is never closed', `${csv([MAYORS])}76;"${'x'.repeat(100_000)}\n`, 'broken-quotes 2'],
    ['JSON of something else', '[{"a":1}]', 'unknown-format'],
    ['JSON that is cut', '{"service":[{"nom":"Mairie', 'broken-json'],
    ['a list of nothing', '{"service":[]}', 'no-rows'],
    ['an archive that is no workbook', zipSync({ 'a.txt': strToU8('x') }), 'unknown-format'],
    ['an archive that is cut', xlsx([MAYORS, rneRow(ELISE)]).slice(0, 900), 'broken-archive'],
  ])('%s', async (_name, content, fault) => {
    expect(await refused(content)).toBe(fault);
  });
});

describe('workbooks', () => {
  const LIST: Mapping = ['commune', '1.name', '1.function', '1.phone'];
  const HEADER = ['Commune', 'Nom et prénom', 'Fonction', 'Téléphone'];

  test('a formula gives its value; a number that lost its zero has it again; the first sheet that is shown is read', async () => {
    const { people } = await readAll(fileOf(xlsx([HEADER, [76540, 'FICTIF Élise', { formula: 'A1&"<x>"', value: 'maire' }, 612345678], ['', '', '', ''], ['76217', 'AUTRE Jean', '1er adjoint', '06 12 34 56 79']])), 'own-list', LIST);
    expect(people.map(({ line, commune, office, contacts }) => [line, commune, office, contacts.map((one) => (one.kind === 'phone' ? one.number : ''))])).toEqual([
      [2, '76540', 'maire', ['+33612345678']], [4, '76217', 'adjoint', ['+33612345679']],
    ]);
  });

  test('a bomb is refused by the size that it announces', async () => {
    const bomb = Buffer.from(zipSync({ 'xl/workbook.xml': strToU8('<workbook/>'), 'xl/worksheets/sheet1.xml': new Uint8Array(40 * 1024 * 1024) }, { level: 1 }));
    bomb.writeUInt32LE(300 * 1024 * 1024, bomb.lastIndexOf('xl/worksheets/sheet1.xml') - 46 + 24);
    expect(await refused(bomb)).toBe('bomb');
  });

  test('and by the size that it has, when it announces another', async () => {
    const honest = Buffer.from(xlsx([HEADER], { 'xl/worksheets/sheet1.xml': strToU8(`<worksheet><sheetData><row r="1">${'<c r="A1" t="str"><v>Commune</v></c>'.repeat(2)}</row>${' '.repeat(9_000_000)}</sheetData></worksheet>`) }));
    const name = honest.lastIndexOf('xl/worksheets/sheet1.xml');
    const announced = name - 46 + 24;
    expect(honest.readUInt32LE(announced)).toBeGreaterThan(9_000_000);
    honest.writeUInt32LE(200, announced);
    expect(await refused(honest)).toBe('bomb');
  });

  test('a table of texts too large to be held is refused before it is read', async () => {
    expect(await refused(xlsx([HEADER], { 'xl/sharedStrings.xml': new Uint8Array(33 * 1024 * 1024) }))).toBe('bomb');
  });

  test('what is made to be slow to read is not: cells that never close, rows that never end', async () => {
    const sheet = (rows: string) => xlsx([HEADER], { 'xl/worksheets/sheet1.xml': strToU8(`<worksheet><sheetData>${rows}</sheetData></worksheet>`) });
    const began = performance.now();
    expect(await refused(sheet(`<row r="1">${'<c r="A1" t="str">'.repeat(20_000)}</row>`))).toBe('broken-archive');
    expect(await refused(sheet(`<row r="1">${'<c '.repeat(200_000)}`))).toBe('line-too-long');
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

describe('a préfecture’s own list', () => {
  const guess = async (...header: string[]) => (await recognised(csv([header, header.map(() => 'x')]))).guessed;

  test('its columns are proposed from their names', async () => {
    expect(await guess('Code INSEE', 'Commune', 'Nom', 'Prénom', 'Fonction', 'Tél. portable', 'Tél. fixe', 'Courriel', 'Code postal')).toEqual([
      'commune', 'commune', '1.last-name', '1.first-name', '1.function', '1.phone', '1.phone', '1.email', 'ignored',
    ]);
    expect(await guess('Commune', 'Nom du maire', 'Tél maire', 'Nom 1er adjoint', 'Tél 1er adjoint', 'Mail')).toEqual(['commune', '1.name', '1.phone', '2.name', '2.phone', '2.email']);
    expect(await guess('Commune', 'Contact 1', 'Téléphone 1', 'Contact 2', 'Téléphone 2', 'Contact 3', 'Téléphone 3')).toEqual(['commune', '1.name', '1.phone', '2.name', '2.phone', '3.name', '3.phone']);
    expect(await guess('Commune', 'Nom', 'Téléphone 1', 'Téléphone 2')).toEqual(['commune', '1.name', '1.phone', '1.phone']);
  });

  test('the columns are shown with their first cells', async () => {
    const seen = await recognised(csv([['Commune', 'Nom'], ['Rouen', 'A'], ['Dieppe', 'B'], ['', 'C'], ['Le Havre', 'D']]));
    expect(seen).toMatchObject({ kind: 'own-list', columns: [{ name: 'Commune', examples: ['Rouen', 'Dieppe'] }, { name: 'Nom', examples: ['A', 'B', 'C'] }] });
  });

  const THREE: Mapping = ['commune', '1.name', '1.phone', '2.name', '2.phone', '3.name', '3.phone'];
  const HEAD = ['Commune', 'Nom du maire', 'Tél. maire', 'Nom 1er adjoint', 'Tél. 1er adjoint', 'Contact 3', 'Tél. 3'];
  const own = (...rows: string[][]) => readAll(fileOf(csv([HEAD, ...rows])), 'own-list', THREE);

  test('three people a commune, by code or by name; a heading says the function; the town hall is the last resort', async () => {
    const { people } = await own(['Rouen', 'Mme FICTIF Élise', '06 12 34 56 78', 'Jean Autre', '0612345679 / 02.35.00.00.01', 'Mairie (standard)', '02 35 00 00 02'], ['st etienne du rouvray', 'FICTIF Paul', '06 12 34 56 70', '', '', '', '']);
    expect(people.map(({ commune, kind, lastName, firstName, office, order, contacts }) => [commune, kind, lastName, firstName, office, order, contacts.length])).toEqual([
      ['76540', 'official', 'Fictif', 'Élise', 'maire', 0, 1], ['76540', 'official', 'Jean', 'Autre', 'adjoint', 1, 2], ['76540', 'town-hall', 'Mairie', '', null, null, 1],
      ['76575', 'official', 'Fictif', 'Paul', 'maire', 0, 1],
    ]);
  });

  test.each([
    ['f', 'number-not-a-number'], ['06', 'number-too-short'], ['15', 'number-emergency'], ['17', 'number-emergency'], ['18', 'number-emergency'], ['112', 'number-emergency'],
    ['08 99 12 34 56', 'number-premium'], ['06 12 34 56 78 90 12', 'number-not-a-number'], ['06 12 34 56 78 90 12 34 56 78', 'number-too-long'],
  ])('the number %s is said and left, the rest is kept', async (number, reason) => {
    const { people, rejected } = await own(['76540', 'FICTIF Élise', number, 'AUTRE Jean', '+33 (0)6 12 34 56 78', '', '']);
    expect(people.map(({ lastName, contacts }) => [lastName, contacts.length])).toEqual([['Fictif', 0], ['Autre', 1]]);
    expect(rejected).toEqual([{ line: 2, reason, shown: expect.stringContaining(number) }]);
  });

  test('a foreign number is kept; an address that is none, and a fourth number, are said', async () => {
    const { people, rejected } = await readAll(fileOf(csv([['Commune', 'Nom', 'Tél', 'Mail'], ['76540', 'FICTIF Élise', '+32 470 12 34 56; 0612345671; 0612345672; 0612345673', 'elise@exemple.fr, pas une adresse']])), 'own-list', ['commune', '1.name', '1.phone', '1.email']);
    expect(people[0]!.contacts.map((one) => (one.kind === 'phone' ? one.number : one.address))).toEqual(['+32470123456', '+33612345671', '+33612345672', 'elise@exemple.fr']);
    expect(rejected.map(({ reason }) => reason)).toEqual(['too-many-numbers', 'bad-address', 'bad-address', 'bad-address']);
  });

  test('a commune that is unknown, that two départements have, that was merged; a delegated mayor is of the new one', async () => {
    const line = (commune: string, title = 'maire') => [commune, 'FICTIF Élise', title, '0612345678'];
    const { people, rejected, elsewhere } = await readAll(fileOf(csv([['Commune', 'Nom', 'Fonction', 'Tél'], line('Nulle-Part-sur-Rien'), line(''), line('76256'), line('76256', 'Maire délégué'), line('01001')])), 'own-list', ['commune', '1.name', '1.function', '1.phone']);
    expect(rejected.map(({ line: n, reason }) => [n, reason])).toEqual([[2, 'unknown-commune'], [3, 'no-commune'], [4, 'commune-merged']]);
    expect(people.map(({ line: n, office }) => [n, office])).toEqual([[5, 'maire-delegue']]);
    expect(elsewhere).toBe(1);
  });

  test('nobody can be reached by columns that do not say who or where', async () => {
    const path = fileOf(csv([['A', 'B'], ['Rouen', '06 12 34 56 78']]));
    expect(await faultOf(readAll(path, 'own-list', ['commune', '1.phone']))).toBe('mapping-needed');
    expect(await faultOf(readAll(path, 'own-list', ['commune']))).toBe('mapping-needed');
  });
});

describe('DILA’s directory', () => {
  const town = (over: object = {}) => ({
    nom: 'Mairie - Rouen', pivot: [{ type_service_local: 'mairie', code_insee_commune: ['76540'] }],
    telephone: [{ valeur: '02 35 00 00 01', description: '' }], adresse_courriel: ['mairie@exemple.fr'], ...over,
  });
  const asExport = (one: Record<string, unknown>) => ({ ...one, pivot: JSON.stringify(one['pivot']), telephone: JSON.stringify(one['telephone']), adresse_courriel: 'mairie@exemple.fr;etat-civil@exemple.fr', code_insee_commune: '76540' });
  const read = (content: unknown) => readAll(fileOf(JSON.stringify(content)), 'annuaire');

  test.each([
    ['with real lists', { service: [town()] }, 1],
    ['with strings that hold JSON', [asExport(town())], 2],
    ['with strings, under a root', { total: 1, results: [asExport(town())] }, 2],
    ['spread over lines', { service: [town({ horaires: 'a "b" { [ \\' })] }, 1],
  ])('%s', async (_name, content, addresses) => {
    expect(await (await reader()).recognise(fileOf(JSON.stringify(content)))).toMatchObject({ kind: 'annuaire' });
    const { people } = await readAll(fileOf(JSON.stringify(content, null, 2)), 'annuaire');
    expect(people.map(({ kind, commune, contacts }) => [kind, commune, contacts.map((one) => (one.kind === 'phone' ? one.number : '@'))])).toEqual([
      ['town-hall', '76540', ['+33235000001', ...Array.from({ length: addresses }, () => '@')]],
    ]);
  });

  test('annexes, delegated communes and other services are left out; "f" is no number', async () => {
    const { people, leftOut, rejected, elsewhere } = await read({ service: [
      town({ nom: 'Mairie annexe - Rouen' }), town({ nom: 'Mairie déléguée - Quelque Part' }), { nom: 'Gendarmerie', pivot: [{ type_service_local: 'gendarmerie', code_insee_commune: ['76540'] }] },
      town({ telephone: [{ valeur: 'f' }] }), town({ nom: 'Mairie - Dieppe', pivot: [{ type_service_local: 'mairie', code_insee_commune: ['76217'] }], telephone: '', adresse_courriel: '' }),
      town({ pivot: [{ type_service_local: 'mairie', code_insee_commune: ['01001'] }] }),
    ] });
    expect([leftOut, elsewhere, people.length]).toEqual([3, 1, 1]);
    expect(rejected.map(({ reason }) => reason)).toEqual(['number-not-a-number', 'no-contact']);
  });
});

describe('contours', () => {
  const square = (x: number, y: number) => ({ type: 'Polygon', coordinates: [[[x, y], [x + 0.1, y], [x + 0.1, y + 0.1], [x, y + 0.1], [x, y]]] });
  const feature = (code: unknown, geometry: unknown) => ({ type: 'Feature', properties: { code, nom: 'x' }, geometry });

  test('shapes on one grid; who has a point in common is a neighbour', async () => {
    const path = fileOf(JSON.stringify({ type: 'FeatureCollection', features: [
      feature('76540', square(1, 49)), feature('76217', square(1.1, 49)), feature('76351', { type: 'MultiPolygon', coordinates: [square(3, 49).coordinates] }),
      feature('76540', square(5, 5)), feature('01001', square(5, 45)), feature('76231', { type: 'Point', coordinates: [1, 2] }), feature('76322', square(561_000, 6_900_000)),
    ] }));
    expect(await (await reader()).recognise(path)).toMatchObject({ kind: 'contours' });
    const { shapes, rejected, elsewhere } = await readAll(path, 'contours');
    expect(shapes.map(({ commune, neighbours }) => [commune, neighbours])).toEqual([['76540', ['76217']], ['76217', ['76540']], ['76351', []]]);
    expect(shapes[0]!.rings).toEqual([[1000, 49000, 1100, 49000, 1100, 49100, 1000, 49100]]);
    expect([elsewhere, rejected.map(({ reason }) => reason)]).toEqual([1, ['duplicate', 'no-shape', 'no-shape']]);
  });
});

// Issue 4.7: the whole call list as PDF and CSV, to be worked on paper, of a kept perimeter and of an activation.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { callListCsv } from '../../src/adapters/printing/call-list-csv.js';
import { WrittenNumbers } from '../../src/adapters/numbers/written-numbers.js';
import { callListPdf } from '../../src/adapters/printing/call-list-pdf.js';
import type { CallList } from '../../src/application/outreach/call-lists.js';
import type { Problem } from '../../src/contract/live.js';
import type { KeptPerimeterLine } from '../../src/contract/perimeters.js';
import type { AdministrationEntry } from '../../src/domain/administration.js';
import { mayAdminister } from '../../src/domain/administration-rules.js';
import { RIGHTS } from '../../src/domain/entry.js';
import { EXERCISE_MARK } from '../../src/domain/exercise-mark.js';
import { MINUTE } from '../../src/domain/time.js';
import { pdfText } from '../kit/pdf-text.js';
import { World, type Person } from '../kit/world.js';

let world: World;
let duty: Person;
let kept: KeptPerimeterLine;
let mayor: string;

beforeAll(async () => {
  world = await World.start();
  duty = await world.person('communication');
  const add = async (body: object) => (await duty.post<{ person: string }>('/api/directory/people', body)).body.person;
  const phones = (...values: string[]) => values.map((value) => ({ kind: 'phone', value }));
  await add({ kind: 'official', lastName: 'Seconde', firstName: 'Zoé', office: 'adjoint', title: '1re adjointe', order: 1, commune: '76217', contacts: phones('06 12 34 56 79') });
  mayor = await add({ kind: 'official', lastName: 'Œuvrard', firstName: '=Anne', office: 'maire', title: 'maire', commune: '76217', contacts: phones('06 12 34 56 78', '+262 692 12 34 56') });
  await add({ kind: 'town-hall', lastName: 'Mairie de Dieppe', commune: '76217', contacts: phones('02 35 00 00 01') });
  await add({ kind: 'official', lastName: 'Courriel', office: 'maire', commune: '76540', contacts: [{ kind: 'email', value: 'maire@exemple.fr' }] });
  kept = (await duty.post<KeptPerimeterLine>('/api/perimeters', { name: 'PPI de l’Étoile', circle1: ['76540', '76217'], circle2: ['76351'] })).body;
});
afterAll(() => world.stop());

const file = async (path: string, by = duty) => {
  const response = await fetch(`${world.url}${path}`, { headers: by.headers });
  return { status: response.status, name: response.headers.get('content-disposition'), bytes: new Uint8Array(await response.arrayBuffer()) };
};
const printed = async () => (await (await world.person('auditeur')).get<{ entries: AdministrationEntry[] }>('/api/administration/journal')).body.entries
  .filter(({ type }) => type === 'callListPrinted').map(({ by, payload }) => ({ by, ...payload }));
const text = (bytes: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

describe('of a kept perimeter', () => {
  test('48.1 the PDF: circles, arrondissements, communes, people in calling order, numbers in full; and it is logged first', async () => {
    const { status, name, bytes } = await file(`/api/perimeters/${kept.id}/call-list.pdf`);
    expect([status, name]).toEqual([200, 'attachment; filename="liste-appel_ppi-de-l-etoile_2026-03-14.pdf"']);
    const pages = pdfText(bytes);
    expect(pages).toHaveLength(1);
    const lines = pages[0]!.split('\n').map((line) => line.replace(/\u00a0/g, ' ').trim());
    const order = ['Cercle 1 · Dieppe · 1 commune', 'Dieppe (76217)', '1. =Anne Œuvrard, maire', '06 12 34 56 78', '+262 692 12 34 56', '2. Zoé Seconde, 1re adjointe', '3. Mairie de Dieppe',
      'Cercle 1 · Rouen · 1 commune', 'Rouen (76540)', 'Aucun numéro dans l’annuaire.', 'Cercle 2 · Le Havre · 1 commune', 'Le Havre (76351)', 'Liste d’appel : PPI de l’Étoile', '1/1'];
    expect(lines.filter((line) => order.includes(line)).filter((line, i, all) => all.indexOf(line) === i)).toEqual(order);
    expect(lines.join(' ')).toMatch(new RegExp(`Imprimée le 14/03/2026 \\d\\d:\\d\\d:\\d\\d par ${duty.me!.name}`));
    expect(lines.join(' ')).not.toContain('EXERCICE');
    expect(await printed()).toEqual([{ by: duty.id, perimeter: kept.id, people: 3 }]);
  });

  test('48.1 the CSV, to the letter: formulas are text, a number that begins with + is written with its 00, no zero is eaten', async () => {
    const { status, name, bytes } = await file(`/api/perimeters/${kept.id}/call-list.csv`);
    expect([status, name]).toEqual([200, 'attachment; filename="liste-appel_ppi-de-l-etoile_2026-03-14.csv"']);
    expect(text(bytes)).toBe([
      '\ufeffcercle;arrondissement;code;commune;ordre;personne;fonction;numéro 1;numéro 2;numéro 3;acquitté à;heure de l’appel;résultat',
      "1;Dieppe;76217;Dieppe;1;'=Anne Œuvrard;maire;06 12 34 56 78;00 262 692 12 34 56;;;;",
      '1;Dieppe;76217;Dieppe;2;Zoé Seconde;1re adjointe;06 12 34 56 79;;;;;',
      '1;Dieppe;76217;Dieppe;3;Mairie de Dieppe;;02 35 00 00 01;;;;;',
      '1;Rouen;76540;Rouen;;;;;;;;;', '2;Le Havre;76351;Le Havre;;;;;;;;;', '',
    ].join('\r\n'));
    expect(new WrittenNumbers('76').read('00 262 692 12 34 56')).toMatchObject({ number: '+262692123456' });
  });

  test('one that is not kept any more, or a right that is missing: nothing leaves, and nothing is logged', async () => {
    const before = (await printed()).length;
    const { status, bytes } = await file(`/api/perimeters/${'0'.repeat(32)}/call-list.pdf`);
    expect([status, (JSON.parse(text(bytes)) as Problem).refused]).toEqual([404, 'unknown-perimeter']);
    for (const right of RIGHTS.filter((one) => one !== 'ecran')) {
      const person = await world.person(right);
      const answer = await file(`/api/perimeters/${'0'.repeat(32)}/call-list.csv`, person);
      expect([right, answer.status]).toEqual([right, mayAdminister([right], 'reveal-contact') ? 404 : 403]);
    }
    expect(await printed()).toHaveLength(before);
  });
});

describe('of an activation', () => {
  test('48.1 those who were frozen, as they were then; who acknowledged is crossed out, with the time', async () => {
    const id = await duty.open();
    expect((JSON.parse(text((await file(`/api/activations/${id}/call-list.pdf`)).bytes)) as Problem).refused).toBe('no-perimeter');
    await duty.order(id, 'freeze-perimeter', { circle: 1, communes: ['76217'] });
    const person = (await duty.get<{ version: number; contacts: unknown[] }>(`/api/directory/people/${mayor}`)).body;
    const changed = await duty.post(`/api/directory/people/${mayor}/change`, {
      kind: 'official', lastName: 'Changée', firstName: 'Après', office: 'maire', title: 'maire', commune: '76217', contacts: [{ kind: 'phone', value: '06 12 34 56 70' }], seen: person.version,
    });
    expect(changed.status).toBe(204);
    await world.pass(5 * MINUTE);
    await duty.order(id, 'record-direct-call', { person: mayor, outcome: 'acknowledged' });
    const csv = text((await file(`/api/activations/${id}/call-list.csv`)).bytes);
    expect(csv).toMatch(/1;Dieppe;76217;Dieppe;1;'=Anne Œuvrard;maire;06 12 34 56 78;00 262 692 12 34 56;;\d\d:\d\d;;\r\n/);
    expect(csv).not.toContain('Changée');
    const [page] = pdfText((await file(`/api/activations/${id}/call-list.pdf`)).bytes);
    expect(page).toMatch(/acquitté à \d\d:\d\d/);
    expect(page!.replace(/\u00a0/g, ' ')).toContain('Dieppe (76217) : jointe');
    expect((await printed()).slice(-2)).toEqual([{ by: duty.id, activation: id, people: 3 }, { by: duty.id, activation: id, people: 3 }]);
  });

  test('6 in an exercise the PDF, the CSV and both names are marked at both ends', async () => {
    const id = await duty.open({ lane: 'exercise', kind: 'cod', t0: world.instant() });
    await duty.order(id, 'freeze-perimeter', { circle: 1, communes: ['76217'] });
    for (const extension of ['pdf', 'csv']) {
      const { name, bytes } = await file(`/api/activations/${id}/call-list.${extension}`);
      expect(name).toMatch(new RegExp(`filename="EXERCICE-EXERCICE-EXERCICE_.*_EXERCICE-EXERCICE-EXERCICE\\.${extension}"`));
      const marked = extension === 'csv' ? text(bytes).replace('\ufeff', '').trim().split('\r\n') : pdfText(bytes).at(-1)!.split('\n');
      if (extension === 'csv') expect([marked[0], marked.at(-1)]).toEqual([EXERCISE_MARK, EXERCISE_MARK]);
      else expect(marked.filter((line) => line === EXERCISE_MARK)).toHaveLength(2);
    }
  });

  test('an exercise of others, or one that does not exist, is told apart by nobody', async () => {
    const { status, bytes } = await file(`/api/activations/${'0'.repeat(32)}/call-list.pdf`);
    expect([status, (JSON.parse(text(bytes)) as Problem).refused]).toEqual([404, 'unknown-activation']);
  });
});

describe('a list of a whole département', () => {
  const list = (communes: number): CallList => ({
    title: 'Département', lane: 'real', prefecture: 'Préfecture', timeZone: 'Europe/Paris', printedAt: 0, printedBy: '',
    groups: [{ circle: 1, name: 'Rouen', communes: Array.from({ length: communes }, (_, i) => ({
      code: '76000', name: `Commune ${i}`, isReached: false,
      people: [{ name: 'Łukasz Ștefan', title: 'maire', numbers: ['06 12 34 56 78'], acknowledgedAt: null }, { name: 'X'.repeat(200), title: '', numbers: ['1', '2', '3'], acknowledgedAt: null }],
    })) }],
  });
  const typeface = (extension: string) => ({ regular: `node_modules/@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-400-normal.${extension}`, bold: `node_modules/@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-700-normal.${extension}` });

  test('fills as many sheets as it takes, each numbered; a letter that the typeface lacks loses its accent, not its place', async () => {
    const pages = pdfText(await callListPdf(list(60), typeface('woff')));
    expect(pages.length).toBeGreaterThan(3);
    pages.forEach((page, i) => expect(page).toContain(`${i + 1}/${pages.length}`));
    for (let i = 0; i < 60; i++) expect(pages.filter((page) => page.includes(`Commune ${i} (76000)`))).toHaveLength(1);
    expect(pages[0]).toContain('?ukasz Stefan');
  });

  test('without the typeface it is printed all the same', async () => {
    const bytes = await callListPdf(list(1), typeface('absente'));
    expect(Buffer.from(bytes).toString('latin1')).toContain('/BaseFont /Helvetica-Bold');
  });

  test('an empty list is an empty sheet; its CSV has its columns', async () => {
    expect(pdfText(await callListPdf({ ...list(0), groups: [] }, typeface('woff')))).toHaveLength(1);
    expect(callListCsv({ ...list(0), groups: [] })).toMatch(/^\ufeffcercle;.*\r\n$/);
  });
});

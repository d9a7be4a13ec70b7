// Issue 4.2 on screen: a list is chosen, its columns said, rehearsed, read, applied, undone. Fictional people.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { csv, mayorsFile, type Elected } from '../kit/import-files.js';
import type { Person, World } from '../kit/world.js';
import { everyLook, launch, startWithConsole, visit, type Visit } from './browser.js';

let browser: Browser;
let world: World;
let keeper: Person;
let visited: Visit;

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
beforeEach(async () => {
  world = await startWithConsole();
  keeper = await world.person('communication');
  visited = await visit(browser, world, '/annuaire/imports', { person: keeper });
});
afterEach(async () => {
  await visited.close();
  await world.stop();
});

const button = (name: string | RegExp) => visited.page.getByRole('button', { name });
async function shot(name: string): Promise<void> {
  const folder = process.env['SHOTS'];
  if (!folder) return;
  for (const [size, viewport] of Object.entries({ wide: { width: 1440, height: 900 }, phone: { width: 360, height: 780 } })) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await visited.page.setViewportSize(viewport);
      await visited.page.emulateMedia({ colorScheme });
      await visited.page.screenshot({ path: `${folder}/imports-${name}-${size}-${colorScheme}.png`, fullPage: true });
    }
  }
  await visited.page.setViewportSize({ width: 1440, height: 900 });
  await visited.page.emulateMedia({ colorScheme: 'light' });
}
async function choose(name: string, content: string): Promise<void> {
  const [chooser] = await Promise.all([visited.page.waitForEvent('filechooser'), button('Choisir un fichier').click()]);
  await chooser.setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
}
const MAYORS: Elected[] = [
  { commune: '76540', last: 'FICTIF', first: 'Élise' }, { commune: '76217', last: 'EXEMPLE', first: 'Jean-Paul' }, { commune: '76351', last: "D'ESSAI", first: 'Anne' },
  { commune: '76999', last: 'NULPART', first: 'Luc' }, { commune: '76256', last: 'FUSION', first: 'Zoé' }, { commune: '01001', last: 'AILLEURS', first: 'Max' },
];

test('the RNE: what it is shows by itself; the report is read, filtered, applied and undone in words that say what will happen', async () => {
  const { page, faults } = visited;
  await page.getByText('Aucun encore. Commencez par').waitFor();
  expect(await everyLook(page)).toEqual([]);
  await shot('empty');
  await choose('elus-maires.csv', mayorsFile(...MAYORS));
  await page.getByText(/reconnu.:.Répertoire national des élus/).waitFor();
  await button('Répéter l’import').click();
  await page.getByText(/6.lignes lues/).waitFor();
  await page.getByRole('tab', { name: /Rejetées 2/, selected: true }).waitFor();
  await page.getByText(/Cette commune a fusionné/).waitFor();
  expect(await everyLook(page)).toEqual([]);
  await shot('report');
  await page.getByRole('tab', { name: /Ajoutées 3/ }).click();
  await page.getByText(/Fictif Élise, maire, Rouen \(76540\)/).waitFor();
  expect(await page.getByText(/Cette commune a fusionné/).count()).toBe(0);
  await button('Appliquer l’import').click();
  const confirm = page.getByRole('alertdialog');
  await confirm.getByText(/3.fiches ajoutées, d’un seul tenant/).waitFor();
  await confirm.getByText(/2.lignes rejetées ne seront pas reprises/).waitFor();
  expect(await everyLook(page)).toEqual([]);
  await shot('apply');
  await confirm.getByRole('button', { name: 'Appliquer l’import' }).click();
  await page.getByText(/Import appliqué.: 3.fiches ajoutées/).waitFor();
  await page.getByText('1 import passé').waitFor();
  expect(world.running.wired.book.size).toBe(3);

  await button('Défaire l’import elus-maires.csv').click();
  await confirm.getByText(/redevient ce qu’il était avant lui/).waitFor();
  await shot('undo');
  await confirm.getByRole('button', { name: 'Défaire tout l’import' }).click();
  await page.getByText(/l’annuaire est comme avant/).waitFor();
  expect(world.running.wired.book.size).toBe(0);
  expect(await everyLook(page)).toEqual([]);
  await shot('past');
  expect(faults).toEqual([]);
}, 60_000);

test('one’s own list: the columns are proposed, corrected, and kept for the next time', async () => {
  const { page, faults } = visited;
  const list = csv([['Commune', 'Élu', 'Fonction', 'Portable', 'Divers'], ['Rouen', 'FICTIF Élise', 'maire', '06 12 34 56 78', '0235000001'], ['Dieppe', 'EXEMPLE Jean', 'maire', '15', '']]);
  await choose('liste-prefecture.csv', list);
  await page.getByText(/chacune des 5.colonnes/).waitFor();
  expect(await page.getByLabel('Ce que contient « Portable »').inputValue()).toBe('1.phone');
  await page.getByLabel('Ce que contient « Divers »').selectOption({ label: '1re personne : téléphone' });
  expect(await everyLook(page)).toEqual([]);
  await shot('columns');
  await button('Répéter l’import').click();
  await page.getByText(/numéro d’urgence/i).waitFor();
  await button('Abandonner l’import').click();
  await choose('liste-prefecture.csv', list);
  await page.getByText(/celles que vous avez dites/).waitFor();
  expect(await page.getByLabel('Ce que contient « Divers »').inputValue()).toBe('1.phone');
  expect(faults).toEqual([]);
}, 60_000);

test('a file that is nothing says so, and what to try; nothing changes', async () => {
  const { page, faults } = visited;
  await choose('vide.csv', ' ');
  await page.getByText(/Ce fichier est vide/).waitFor();
  await choose('ailleurs.csv', mayorsFile({ commune: '01001', last: 'AILLEURS', first: 'Max' }));
  await button('Répéter l’import').click();
  await page.getByText(/Aucune ligne de ce fichier ne concerne votre département/).waitFor();
  expect(await everyLook(page)).toEqual([]);
  await shot('nothing');
  await button('Choisir un autre fichier').click();
  await button('Choisir un fichier').waitFor();
  expect(faults).toEqual([]);
}, 60_000);

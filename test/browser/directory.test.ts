// Issue 4.1 and 4.3: the directory as people use it: found as one types, shown and logged, kept in order, mended, erased.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { Person, World } from '../kit/world.js';
import { everyLook, launch, startWithConsole, visit, type Visit } from './browser.js';

let browser: Browser;
let world: World;
let keeper: Person;
let visited: Visit;

const add = async (over: object) => {
  const { status, body } = await keeper.post('/api/directory/people', { kind: 'official', office: 'adjoint', title: 'adjoint', commune: '76540', ...over });
  if (status !== 201) throw new Error(JSON.stringify(body));
};
const phone = (value: string) => ({ kind: 'phone', value });

beforeAll(async () => {
  browser = await launch();
  world = await startWithConsole();
  keeper = await world.person('communication');
  await add({ lastName: 'Fictif', firstName: 'Anne', office: 'maire', title: 'maire', contacts: [phone('06 12 34 56 78'), phone('02 35 12 34 56'), { kind: 'email', value: 'anne.fictif@exemple.fr' }] });
  await add({ lastName: 'Petit', firstName: 'Jean', order: 1, contacts: [phone('06 12 34 56 79')] });
  await add({ lastName: 'Grand', firstName: 'Lise', title: 'adjointe', order: 2, contacts: [] });
  await add({ kind: 'town-hall', office: null, title: 'standard', lastName: 'Mairie de Rouen', contacts: [phone('02 35 08 69 00')] });
  await add({ lastName: 'Ancien', firstName: 'Paul', commune: '76217', until: '2025-06-30', contacts: [phone('06 12 34 56 77')] });
  await add({ kind: 'press', office: null, title: 'rédactrice en chef', lastName: 'Plume', firstName: 'Inès', organisation: 'Le Courrier fictif', commune: null, contacts: [phone('06 12 34 56 76')] });
  visited = await visit(browser, world, '/annuaire', { person: keeper });
}, 60_000);
afterAll(async () => {
  await visited.close();
  await world.stop();
  await browser.close();
});

async function shot(name: string): Promise<void> {
  const folder = process.env['SHOTS'];
  if (!folder) return;
  for (const [size, viewport] of Object.entries({ wide: { width: 1440, height: 900 }, phone: { width: 360, height: 780 } })) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await visited.page.setViewportSize(viewport);
      await visited.page.emulateMedia({ colorScheme });
      await visited.page.waitForTimeout(150);
      await visited.page.screenshot({ path: `${folder}/${name}-${size}-${colorScheme}.png`, fullPage: true });
    }
  }
  await visited.page.setViewportSize({ width: 1440, height: 900 });
  await visited.page.emulateMedia({ colorScheme: 'light' });
}

test('at 360 px each page of the house is in view, without a scroll that nobody sees', async () => {
  const { page } = visited;
  await page.setViewportSize({ width: 360, height: 780 });
  const items = page.getByRole('navigation', { name: 'Navigation' }).getByRole('link');
  await items.first().waitFor();
  expect(await items.count()).toBeGreaterThan(4);
  for (const item of await items.all()) {
    const { x, width } = (await item.boundingBox())!;
    expect([await item.innerText(), x >= 0 && x + width <= 360]).toEqual([await item.innerText(), true]);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
});

test('found as one types; a number is shown one by one, and the page says that it is logged', async () => {
  const { page } = visited;
  await page.getByRole('heading', { name: /6\s*fiches/ }).waitFor();
  await shot('list');
  expect(await everyLook(page)).toEqual([]);
  await page.getByLabel('Nom, fonction ou commune').fill('fict rou');
  await page.getByText(/1\s*fiche trouvée/).waitFor();
  await page.getByLabel('Nom, fonction ou commune').fill('zzz');
  await page.getByText(/Personne ne répond/).waitFor();
  await page.getByLabel('Nom, fonction ou commune').fill('');
  await page.getByLabel('Qui').selectOption('press');
  await page.getByText(/1\s*fiche trouvée/).waitFor();
  await page.getByLabel('Qui').selectOption('all');
  // By keyboard: the card opens, and gives the focus back.
  await page.getByRole('button', { name: /Anne Fictif/ }).focus();
  await page.keyboard.press('Enter');
  const card = page.getByRole('dialog', { name: 'Anne Fictif' });
  await card.getByText(/s’inscrit au journal d’administration/).waitFor();
  expect(await page.locator('body').innerText()).not.toMatch(/12 34 56 78/);
  await card.getByRole('button', { name: 'Montrer +336•••••78' }).click();
  await card.getByText(/06\s12\s34\s56\s78/).waitFor();
  await shot('card');
  expect(await everyLook(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await card.waitFor({ state: 'detached' });
}, 120_000);

test('changed: contacts keep what is masked, in another order; a refused number says why and loses nothing', async () => {
  const { page } = visited;
  await page.getByRole('button', { name: /Anne Fictif/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Modifier la fiche' }).click();
  const form = page.getByRole('dialog', { name: /Modifier la fiche\s:/ });
  await form.getByRole('button', { name: 'Essayer +332•••••56 plus tôt' }).click();
  await form.getByText('Vérifié aujourd’hui').first().click();
  await form.getByRole('button', { name: 'Ajouter un numéro' }).click();
  await form.getByLabel('Numéro 4').fill('0899123456');
  await shot('form');
  expect(await everyLook(page)).toEqual([]);
  await form.getByRole('button', { name: 'Enregistrer' }).click();
  await form.getByText(/est surtaxé/).waitFor();
  expect(await form.getByLabel('Numéro 4').inputValue()).toBe('0899123456');
  await form.getByLabel('Numéro 4').fill('06 12 34 56 70');
  await form.getByRole('button', { name: 'Enregistrer' }).click();
  const card = page.getByRole('dialog', { name: 'Anne Fictif' });
  await card.getByText('+336•••••70').waitFor();
  expect((await card.locator('.contact-value').allInnerTexts())).toEqual(['+332•••••56', '+336•••••78', 'a•••@exemple.fr', '+336•••••70']);
  await page.keyboard.press('Escape');
}, 120_000);

test('a commune’s card: who is called before whom, the town hall last, and that is changed', async () => {
  const { page } = visited;
  await page.goto(`${world.url}/annuaire?commune=76540`);
  const card = page.getByRole('region', { name: /qui est appelé avant qui/ });
  await card.getByText('Anne Fictif').first().waitFor();
  const names = () => card.locator('ol.people b').allInnerTexts();
  expect(await names()).toEqual(['Anne Fictif', 'Jean Petit', 'Lise Grand', 'Mairie de Rouen']);
  await shot('commune');
  expect(await everyLook(page)).toEqual([]);
  await card.getByRole('button', { name: 'Appeler Lise Grand avant Jean Petit' }).click();
  await card.getByRole('button', { name: 'Appeler Jean Petit avant Lise Grand' }).waitFor();
  expect(await names()).toEqual(['Anne Fictif', 'Lise Grand', 'Jean Petit', 'Mairie de Rouen']);
}, 120_000);

test('added from a commune that nobody can reach', async () => {
  const { page } = visited;
  await page.goto(`${world.url}/annuaire?commune=76351`);
  await page.getByText('Personne ne peut y être joint la nuit.').waitFor();
  await page.getByRole('button', { name: 'Ajouter une fiche' }).click();
  const form = page.getByRole('dialog', { name: 'Ajouter une fiche' });
  await form.getByRole('button', { name: 'Ajouter', exact: true }).click();
  await form.getByText('Il faut un nom.').waitFor();
  await form.getByLabel(/^Nom/).fill('Nouvelle');
  await form.getByRole('button', { name: 'Ajouter un numéro' }).click();
  await form.getByLabel('Numéro 1').fill('06 12 34 56 60');
  await form.getByRole('button', { name: 'Ajouter', exact: true }).click();
  await page.getByRole('dialog', { name: 'Nouvelle' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('region', { name: /Le Havre \(76351\)/ }).getByText('Nouvelle').waitFor();
  expect(await page.getByText('Personne ne peut y être joint la nuit.').count()).toBe(0);
}, 120_000);

test('what to mend first, with its score; whoever’s mandate ended is seen, then erased', async () => {
  const { page, faults } = visited;
  await page.goto(`${world.url}/annuaire?vue=corriger`);
  await page.getByRole('heading', { name: 'Note de l’annuaire' }).waitFor();
  await page.getByRole('button', { name: /Élus sans aucun contact/ }).click();
  await shot('quality');
  expect(await everyLook(page)).toEqual([]);
  await page.getByRole('button', { name: /Lise Grand/ }).click();
  await page.getByText('Aucun contact : cette personne ne peut pas être jointe.').waitFor();
  await page.keyboard.press('Escape');
  await page.getByText(/Ancien/).last().waitFor();
  await page.getByRole('button', { name: /^Effacer 1\s*personne$/ }).click();
  await page.getByRole('alertdialog').getByText(/Leurs chaînes restent valides/).waitFor();
  expect(await everyLook(page)).toEqual([]);
  await page.getByRole('alertdialog').getByRole('button', { name: /^Effacer 1\s*personne$/ }).click();
  await page.getByRole('heading', { name: /à effacer/ }).waitFor({ state: 'detached' });
  expect(faults).toEqual([]);
}, 120_000);

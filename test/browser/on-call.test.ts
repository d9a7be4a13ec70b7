import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { MINUTE } from '../../src/domain/time.js';
import type { Person, World } from '../kit/world.js';
import { axe, everyLook, launch, sideways, startWithConsole, TELEPHONE, visit } from './browser.js';

let browser: Browser;
let world: World;
let agent: Person;

beforeAll(async () => {
  browser = await launch();
}, 60_000);
afterAll(() => browser.close());
beforeEach(async () => {
  world = await startWithConsole();
  agent = await world.person('astreinte');
});
afterEach(() => world.stop());

const NIGHT = { size: TELEPHONE, colorScheme: 'dark' as const, hasTouch: true, permissions: ['clipboard-read', 'clipboard-write'] };
const slab = (page: Page, name: RegExp) => page.locator('.slab', { hasText: name });
const state = async (id: string) => (await agent.snapshot(id)).activation;

test('47 48.4 alone at night: take charge, publish the reflex message, call the cell in, each with its state', async () => {
  const id = await agent.open({ lane: 'real', kind: 'cod', t0: world.instant(-3), title: 'Incendie, panache' });
  const { page, faults, close } = await visit(browser, world, `/activations/${id}/gestes`, { person: agent, ...NIGHT });
  await slab(page, /Prendre en charge/).waitFor();
  expect(await everyLook(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await page.evaluate(() => getComputedStyle(document.body.parentElement!).backgroundColor)).toBe('rgb(16, 19, 24)');

  // At T0: the first gesture is filled, and one press takes the function.
  expect(await page.locator('.slab.next').textContent()).toMatch(/Prendre en charge/);
  await slab(page, /Prendre en charge/).tap();
  await slab(page, /Vous tenez l’astreinte depuis 02:14/).waitFor();
  expect((await state(id)).functions.AA.holder).toBe(agent.id);

  // The pre-approved text is copied, published, and proven by where it was seen.
  expect(await page.locator('.slab.next').textContent()).toMatch(/Message réflexe/);
  await slab(page, /Message réflexe/).tap();
  await page.getByLabel('Lieu, tel qu’il sera lu').fill('à Castelroy');
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Copier le texte' }).tap();
  await page.getByText('Copié. Collez-le sur X ou Facebook.').waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^Préfecture du Val-de-Brenne\s: un événement est en cours à Castelroy\..*02:44\.$/s);
  await page.getByRole('button', { name: 'Publié', exact: true }).tap();
  expect(await page.getByText(/Dites où il a été vu/).isVisible()).toBe(true);
  await page.getByLabel('Preuves de publication').fill('https://x.com/prefet76/status/1\nvu sur Facebook par J. Roux');
  await page.getByRole('button', { name: 'Publié', exact: true }).tap();
  await slab(page, /Publié à 02:14:\d\d, 3\spreuves/).waitFor();
  expect((await state(id)).steps['P02']).toMatchObject({ status: 'done' });

  // The cell: paste, call, note what came of each call, say that it is done.
  await slab(page, /Rappeler la cellule/).tap();
  const list = page.getByLabel('Liste à appeler');
  await list.fill('Claire Maillard ; cheffe de cellule ; 06 12 34 56 78\nJean Roux ; opérateur ; 112');
  await page.getByRole('button', { name: 'Garder la liste' }).tap();
  expect(await page.getByText(/Ligne 2\s: numéro d’urgence/).isVisible()).toBe(true);
  await list.fill('Claire Maillard ; cheffe de cellule ; 06 12 34 56 78\nJean Roux ; opérateur ; 06 12 34 56 79');
  await page.getByRole('button', { name: 'Garder la liste' }).tap();
  const dial = page.getByRole('link', { name: /appeler Claire Maillard/ });
  await dial.waitFor();
  expect(await dial.getAttribute('href')).toBe('tel:0612345678');
  expect(await axe(page)).toEqual([]);
  expect(await sideways(page)).toBe(0);
  await page.getByRole('group', { name: /Claire Maillard/ }).getByRole('button', { name: 'Acquitté' }).tap();
  await page.getByText('1 sur 2', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Fermer', exact: true }).tap();
  expect(await slab(page, /Relancer 1\sagent/).textContent()).toMatch(/1 sur 2 ont acquitté/);

  // 47.1: the director takes charge elsewhere; it shows here at once.
  const director = await world.person('directeur');
  await director.order(id, 'take-function', { function: 'DC' });
  await slab(page, /Fait à 02:14:\d\d.*vous secondez/).waitFor();

  await slab(page, /Relancer/).tap();
  await page.getByRole('button', { name: 'Cellule rappelée' }).tap();
  await slab(page, /Cellule rappelée/).waitFor();
  expect((await state(id)).steps['P03']).toMatchObject({ status: 'done' });
  expect(faults).toEqual([]);
  await close();
}, 90_000);

test('T0 unknown: the first thing is to declare it, and the hour then runs from the time in SYNERGI', async () => {
  const id = await agent.open({ lane: 'real', kind: 'cod' });
  const { page, close } = await visit(browser, world, `/activations/${id}/gestes`, { person: agent, ...NIGHT });
  await page.getByRole('button', { name: 'Déclarer T0' }).tap();
  await page.getByLabel('Heure d’activation dans SYNERGI').fill('2026-03-14T02:10:00');
  await page.getByRole('button', { name: /Démarrer l’horloge/ }).tap();
  await page.getByRole('timer').waitFor();
  expect((await state(id)).clocks.cod?.t0).toBe(Date.parse('2026-03-14T01:10:00Z'));
  await close();
}, 40_000);

test('without network a gesture is kept on the device, says so, and is recorded once with its time', async () => {
  const id = await agent.open({ lane: 'real', kind: 'cod', t0: world.instant() });
  const { page, close } = await visit(browser, world, `/activations/${id}/gestes`, { person: agent, ...NIGHT });
  await slab(page, /Prendre en charge/).waitFor();
  await page.context().setOffline(true);
  await slab(page, /Prendre en charge/).tap();
  await slab(page, /Pas encore enregistré/).waitFor();
  await page.getByText(/1\sordre en attente sur cet appareil/).waitFor();
  expect(await axe(page)).toEqual([]);
  world.clock.pass(MINUTE);
  await page.context().setOffline(false);
  await slab(page, /Vous tenez l’astreinte depuis 02:14/).waitFor({ timeout: 20_000 });
  const taken = (await agent.entries(id)).filter((entry) => entry.type === 'functionTaken');
  expect(taken).toHaveLength(1);
  expect(Date.parse(taken[0]!.occurredAt)).toBeLessThan(Date.parse(taken[0]!.recordedAt));
  await close();
}, 60_000);

test('a note is written at the height of a thumb; what awaits leads to its step; sound needs one touch', async () => {
  const id = await agent.open({ lane: 'real', kind: 'cod', t0: world.instant(-20) });
  await agent.order(id, 'take-function', { function: 'AA' });
  await agent.order(id, 'assign-step', { step: 'P05', to: agent.id });
  const { page, close } = await visit(browser, world, `/activations/${id}/gestes`, { person: agent, ...NIGHT });
  await page.getByRole('button', { name: 'Son coupé : l’activer' }).waitFor();
  expect(await page.getByText(/fermée, elle ne peut pas vous avertir/).isVisible()).toBe(true);
  await page.getByLabel('Note de main courante').fill('Le maire est prévenu');
  await page.getByRole('button', { name: 'Noter' }).tap();
  await page.getByText(/Enregistré, entrée/).waitFor();
  expect(await page.getByLabel('Note de main courante').inputValue()).toBe('');
  await page.getByText('Le son est actif.').waitFor();
  await page.getByRole('link', { name: /Périmètre arrêté/ }).tap();
  await page.waitForURL(/etape=P05/);
  await close();
}, 40_000);

test('who holds the function is shown, and relieved in one gesture when their telephone is dead', async () => {
  const other = await world.person('astreinte');
  const id = await other.open({ lane: 'real', kind: 'cod', t0: world.instant() });
  await other.order(id, 'take-function', { function: 'AA' });
  const { page, close } = await visit(browser, world, `/activations/${id}/gestes`, { person: agent, ...NIGHT });
  await slab(page, /tient l’astreinte depuis/).tap();
  const dialog = page.getByRole('dialog', { name: 'Prise en charge' });
  await dialog.waitFor();
  expect(await axe(page)).toEqual([]);
  await dialog.getByRole('button', { name: /Relever .* et prendre la fonction/ }).tap();
  await slab(page, /Vous tenez l’astreinte/).waitFor();
  expect((await state(id)).functions.AA.holder).toBe(agent.id);
  await close();
}, 40_000);

test('an exercise is unmistakable, and its text leaves marked at both ends', async () => {
  const id = await agent.open({ lane: 'exercise', kind: 'cod', t0: world.instant(-3), title: 'Fumées de nuit' });
  const { page, faults, close } = await visit(browser, world, `/activations/${id}/gestes`, { person: agent, ...NIGHT });
  await slab(page, /Message réflexe/).tap();
  await page.getByRole('button', { name: 'Copier le texte' }).tap();
  await page.getByText(/Copié. C’est un exercice/).waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.trim()).toMatch(/^EXERCICE EXERCICE EXERCICE\n.*\nEXERCICE EXERCICE EXERCICE$/s);
  await page.keyboard.press('Escape');
  expect(await page.title()).toMatch(/^EXERCICE/);
  expect(await everyLook(page)).toEqual([]);
  expect(faults).toEqual([]);
  await close();
}, 60_000);

test('who only observes sees how the gestures stand, and has no button to press', async () => {
  const id = await agent.open({ lane: 'real', kind: 'cod', t0: world.instant(-3) });
  const watcher = await world.person('observateur');
  const { page, close } = await visit(browser, world, `/activations/${id}/gestes`, { person: watcher, ...NIGHT });
  await slab(page, /Personne n’a encore pris en charge/).waitFor();
  expect(await page.locator('button.slab').count()).toBe(1); // who holds what may be read
  expect(await page.locator('.slab.next').count()).toBe(0);
  await slab(page, /Prise en charge/).tap();
  expect(await page.getByRole('dialog').getByRole('button').count()).toBe(1); // « Fermer »
  await close();
}, 30_000);

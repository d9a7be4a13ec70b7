import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { ActivationLine } from '../../src/contract/live.js';
import { HOUR, MINUTE } from '../../src/domain/time.js';
import type { Person, World } from '../kit/world.js';
import { everyLook, launch, startWithConsole, TELEPHONE, visit } from './browser.js';

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

const lines = async () => (await agent.get<ActivationLine[]>('/api/activations')).body;
const cod = (page: Page) => page.getByRole('button', { name: /^COD activé/ });

test('48 an empty page says what to do first, and one gesture opens: T0 is the moment of the press', async () => {
  const { page, faults, close } = await visit(browser, world, '/', { person: agent });
  await page.getByText('Aucune activation en cours.').waitFor();
  expect(await everyLook(page)).toEqual([]);
  await cod(page).click();
  await page.waitForURL(/\/activations\/[0-9a-f]{32}$/);
  const [line] = await lines();
  expect(line).toMatchObject({ lane: 'real', kind: 'cod', life: 'running' });
  expect(Math.abs(line!.clocks[0]!.t0 - world.clock.wall())).toBeLessThan(15_000);
  expect(faults).toEqual([]);
  await close();
}, 60_000);

test('a double click opens once', async () => {
  const { page, close } = await visit(browser, world, '/', { person: agent });
  await cod(page).dblclick({ delay: 5 });
  await page.waitForURL(/\/activations\//);
  expect(await lines()).toHaveLength(1);
  await close();
}, 30_000);

test('on a telephone the opening leads to the three gestures', async () => {
  const { page, close } = await visit(browser, world, '/', { person: agent, size: TELEPHONE });
  await page.getByText('Pas encore connu').click();
  await cod(page).click();
  await page.waitForURL(/\/gestes$/);
  await page.getByRole('button', { name: 'Déclarer T0' }).waitFor();
  expect((await lines())[0]!.clocks).toEqual([]);
  await close();
}, 30_000);

test('while a real activation runs, joining it is offered first; opening another stays possible; exercises are apart and marked', async () => {
  const first = await agent.open({ lane: 'real', kind: 'cod', t0: world.instant(-10), title: 'Incendie, panache' });
  await agent.open({ lane: 'exercise', kind: 'cod', t0: world.instant(-5), title: 'Fumées de nuit' });
  const { page, faults, close } = await visit(browser, world, '/', { person: agent });
  const card = page.getByRole('article', { name: 'Exercice : Fumées de nuit' });
  await card.waitFor();
  expect(await card.getByText('EXERCICE EXERCICE EXERCICE').isVisible()).toBe(true);
  expect(await page.getByRole('timer').first().getAttribute('aria-label')).toMatch(/^Il reste (49|50)\smin/);
  expect(await everyLook(page)).toEqual([]);

  await cod(page).click();
  const dialog = page.getByRole('dialog', { name: 'Une activation réelle court déjà' });
  await dialog.waitFor();
  expect(await everyLook(page)).toEqual([]);
  await dialog.getByRole('button', { name: /Rejoindre « Incendie, panache »/ }).click();
  await page.waitForURL(`${world.url}/activations/${first}`);
  expect(await lines()).toHaveLength(2);

  await page.goBack();
  await cod(page).click();
  await page.getByRole('button', { name: 'Ouvrir une autre activation' }).click();
  await page.waitForURL((url) => /\/activations\//.test(url.pathname) && !url.pathname.includes(first));
  expect(await lines()).toHaveLength(3);
  expect(faults).toEqual([]);
  await close();
}, 60_000);

test('an exercise opens in one gesture, and no real one with it', async () => {
  const { page, close } = await visit(browser, world, '/', { person: agent });
  await page.getByRole('button', { name: 'Exercice : COD' }).click();
  await page.waitForURL(/\/activations\//);
  await page.getByText('EXERCICE EXERCICE EXERCICE').first().waitFor();
  expect(await page.title()).toMatch(/^EXERCICE/);
  expect(await lines()).toMatchObject([{ lane: 'exercise' }]);
  await close();
}, 30_000);

/** What is typed in a field of the browser for local time. */
const pastT0 = async (page: Page, local: string) => {
  await page.getByText('Plus tôt').click();
  await page.getByLabel('T0, heure locale de SYNERGI').fill(local);
};

test('a T0 in the past is accepted; ahead by ten minutes it is refused showing both clocks; three days old it asks once', async () => {
  const { page, close } = await visit(browser, world, '/', { person: agent });
  // The world begins on 14 March 2026 at 02:14 in Paris.
  await pastT0(page, '2026-03-14T02:24:30');
  await cod(page).click();
  const fault = page.getByText(/Ce T0 est dans l’avenir/);
  await fault.waitFor();
  expect(await fault.textContent()).toMatch(/14\/03\/2026 02:24:30 déclaré, 14\/03\/2026 02:14:\d\d à notre horloge/);
  expect(await everyLook(page)).toEqual([]);

  await page.getByLabel('T0, heure locale de SYNERGI').fill('2026-03-11T02:00:00');
  await cod(page).click();
  const asked = page.getByRole('alertdialog', { name: 'Ce T0 a plus de 24 heures' });
  await asked.waitFor();
  expect(await lines()).toHaveLength(0);
  await asked.getByRole('button', { name: 'Annuler' }).click();

  await page.getByLabel('T0, heure locale de SYNERGI').fill('2026-03-14T01:50:00');
  expect(await cod(page).textContent()).toMatch(/T0\s: 01:50:00$/);
  await cod(page).click();
  await page.waitForURL(/\/activations\//);
  expect((await lines())[0]!.clocks[0]!.t0).toBe(Date.parse('2026-03-14T01:50:00+01:00'));
  await close();
}, 60_000);

test('on the night of 25 October 2026, 02:30 exists twice: the page asks which; in March it may not exist at all', async () => {
  world.clock.pass(Date.parse('2026-10-25T01:45:00Z') - world.clock.wall());
  agent = await world.person('astreinte');
  const { page, close } = await visit(browser, world, '/', { person: agent });
  await page.getByText('Aucune activation en cours.').waitFor();
  await pastT0(page, '2026-03-29T02:30:00');
  expect(await page.getByText(/Cette heure n’existe pas/).isVisible()).toBe(true);
  await page.getByLabel('T0, heure locale de SYNERGI').fill('2026-10-25T02:30:00');
  await page.getByText(/Cette heure existe deux fois/).waitFor();
  expect(await everyLook(page)).toEqual([]);
  await cod(page).click();
  expect(await page.getByText('Dites laquelle des deux heures.').isVisible()).toBe(true);
  await page.getByText(/La seconde, après le changement/).click();
  await cod(page).click();
  await page.waitForURL(/\/activations\//);
  expect((await lines())[0]!.clocks[0]!.t0).toBe(Date.parse('2026-10-25T01:30:00Z'));
  await close();
}, 60_000);

test('the same SYNERGI number leads to the same activation; with another T0 it proposes the correction', async () => {
  const first = await agent.open({ lane: 'real', kind: 'cod', t0: '2026-03-14T01:00:00Z', synergi: '26-041877', title: 'Incendie' });
  await agent.order(first, 'end', { for: 'directeur' });
  const { page, close } = await visit(browser, world, '/', { person: agent });
  await pastT0(page, '2026-03-14T02:00:00');
  await page.getByLabel('Numéro SYNERGI (facultatif)').fill('26-041877');
  await cod(page).click();
  await page.waitForURL(`${world.url}/activations/${first}`);

  await page.goBack();
  await pastT0(page, '2026-03-14T02:05:00');
  await page.getByLabel('Numéro SYNERGI (facultatif)').fill('26-041877');
  await cod(page).click();
  const dialog = page.getByRole('dialog', { name: /Ce numéro est déjà enregistré/ });
  await dialog.waitFor();
  expect(await dialog.textContent()).toMatch(/02:00:00.*02:05:00/s);
  await dialog.getByRole('button', { name: 'Corriger le T0' }).click();
  await page.getByRole('dialog', { name: /Corriger T0-COD/ }).waitFor();
  expect(await lines()).toHaveLength(1);
  await close();
}, 60_000);

test('without network the opening waits on the device, says so, and opens once when the server is back', async () => {
  const { page, close } = await visit(browser, world, '/', { person: agent });
  await page.getByText('Aucune activation en cours.').waitFor();
  await page.context().setOffline(true);
  await cod(page).click();
  await page.getByText('Ouverture pas encore enregistrée').waitFor();
  expect(await cod(page).isDisabled()).toBe(true);
  expect(await lines()).toHaveLength(0);
  await page.context().setOffline(false);
  await page.getByRole('link', { name: 'Rejoindre' }).waitFor({ timeout: 20_000 });
  expect(await lines()).toHaveLength(1);
  await close();
}, 60_000);

test('a SYNERGI number posted meanwhile waits on top, and is answered in one gesture', async () => {
  await agent.open({ lane: 'real', kind: 'cod', title: 'Incendie' });
  const { page, close } = await visit(browser, world, '/', { person: agent });
  await page.getByRole('heading', { name: 'Incendie' }).waitFor();
  const script = await world.script('declare-t0');
  const posted = await script.post('/api/t0', { t0: world.instant(-2), synergi: '26-041900' });
  expect(posted).toMatchObject({ status: 202, body: { outcome: 'waiting' } });
  await page.getByText(/SYNERGI 26-041900\s: T0 déclaré à 02:12/).waitFor();
  expect(await everyLook(page)).toEqual([]);
  const answer = page.getByRole('button', { name: /Rattacher à « Incendie »/ });
  await answer.click();
  // What waited on top bears the number too: it must be gone before the activation's own is read.
  await answer.waitFor({ state: 'detached' });
  await page.getByText('SYNERGI 26-041900').waitFor();
  expect(await lines()).toMatchObject([{ synergi: '26-041900', declarations: [] }]);
  await close();
}, 60_000);

test('what is over stands below, is found by title without accents, and leads to its review', async () => {
  for (let i = 0; i < 12; i++) {
    const id = await agent.open({ lane: 'real', kind: 'important', t0: world.instant(-30), title: i === 7 ? 'Événement chimique' : `Crue ${i}` });
    await agent.order(id, 'end', { for: 'directeur' });
    world.clock.pass(MINUTE);
  }
  world.clock.pass(HOUR);
  const { page, close } = await visit(browser, world, '/', { person: agent });
  await page.getByRole('heading', { name: 'Activations terminées' }).waitFor();
  expect(await page.locator('.past-list li').count()).toBe(10);
  await page.getByLabel('Chercher par titre ou numéro SYNERGI').fill('evenement chi');
  expect(await page.locator('.past-list li').count()).toBe(1);
  expect(await everyLook(page)).toEqual([]);
  await page.getByRole('link', { name: 'Événement chimique', exact: true }).click();
  await page.waitForURL(/\/activations\//);
  await close();
}, 60_000);

test('who has no right to open is told whom to call, and sees what runs', async () => {
  await agent.open({ lane: 'real', kind: 'cod', t0: world.instant(), title: 'Incendie' });
  const watcher = await world.person('observateur');
  const { page, close } = await visit(browser, world, '/', { person: watcher });
  await page.getByRole('heading', { name: 'Incendie' }).waitFor();
  expect(await cod(page).count()).toBe(0);
  expect(await page.getByText('Vos droits ne permettent pas d’ouvrir une activation.').isVisible()).toBe(true);
  await close();
  const admin = await world.person('admin');
  const other = await visit(browser, world, '/', { person: admin });
  await other.page.getByRole('link', { name: 'Gérer les comptes' }).waitFor();
  expect(await everyLook(other.page)).toEqual([]);
  await other.close();
}, 60_000);

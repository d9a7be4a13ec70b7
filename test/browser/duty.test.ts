// Issue 4, 4: who is on call tonight, the gaps ahead unmistakable, calendars added by file and by address; on the opening page too.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { HOUR } from '../../src/domain/time.js';
import { Agenda, icalOf } from '../kit/agenda.js';
import type { Person, World } from '../kit/world.js';
import { everyLook, launch, startWithConsole, visit, type Visit } from './browser.js';
import { shots } from './shots.js';

let browser: Browser;
let world: World;
let keeper: Person;
let visited: Visit | undefined;

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
beforeEach(async () => {
  world = await startWithConsole({ env: { OUTSIDE_ALLOWED: '127.0.0.1' } });
  keeper = await world.person('communication', 'admin');
  for (const [lastName, firstName] of [['Delorme', 'Anne'], ['Roussel', 'Marc'], ['Kermadec', 'Inès']] as const) await keeper.post('/api/directory/people', { kind: 'agent', lastName, firstName });
});
afterEach(async () => {
  await visited?.close();
  await world.stop();
});

// The test's clock: Saturday 14 March 2026, 02:14 in Paris.
const AA = icalOf(
  ['Anne Delorme', '20260313T170000Z', '20260316T070000Z'], ['Marc Roussel', '20260316T170000Z', '20260320T170000Z'], ['Inès Kermadec', '20260320T170000Z', '20260327T170000Z'],
  ['Delorme', '20260326T120000Z', '20260403T160000Z'], ['Roussel', '20260403T160000Z', '20260501T160000Z'],
);
const DC = icalOf(['M. le sous-préfet de permanence', '20260313T170000Z', '20260320T170000Z'], ['Roussel', '20260320T170000Z', '20260501T170000Z']);
const add = (order: object) => keeper.post('/api/calendars', order);

test('who is on call, the weeks as a picture and as a table, calendars and what is to be mended in them', async () => {
  await add({ function: 'AA', name: 'Astreinte communication', content: AA });
  await add({ function: 'DC', name: 'Permanence du corps préfectoral', content: DC });
  visited = await visit(browser, world, '/astreinte', { person: keeper });
  const { page, faults } = visited;
  await page.getByText('Anne Delorme').first().waitFor();
  await page.getByText('Aucune astreinte AA du lun. 16 mars 08:00 au lun. 16 mars 18:00').waitFor();
  await page.getByText('2 personnes d’astreinte AA').first().waitFor();
  await page.getByText('1 nom à rapprocher').waitFor();
  expect(await everyLook(page)).toEqual([]);
  await shots(page, 'astreinte');
  await page.getByRole('button', { name: 'Voir le tableau' }).click();
  expect(await page.getByRole('table').getByText('trou', { exact: true }).count()).toBe(1);
  expect(await everyLook(page)).toEqual([]);
  await shots(page, 'astreinte-tableau');
  expect(faults).toEqual([]);
}, 120_000);

test('a calendar added by its address, that then answers a login page: said, and what was read still counts', async () => {
  const agenda = await Agenda.start();
  agenda.has(AA);
  visited = await visit(browser, world, '/astreinte', { person: keeper });
  const { page, faults } = visited;
  await page.getByText('Aucun calendrier d’astreinte.').waitFor();
  expect(await everyLook(page)).toEqual([]);
  await shots(page, 'astreinte-vide');
  await page.getByRole('button', { name: 'Ajouter un calendrier' }).click();
  await page.getByRole('button', { name: 'Ajouter ce calendrier' }).click();
  await page.getByText('Choisissez la fonction.').waitFor();
  await page.getByLabel('Fonction').selectOption('AA');
  await page.getByLabel('Nom').fill('Astreinte communication');
  await page.getByLabel('Adresse', { exact: false }).last().fill(agenda.url);
  expect(await everyLook(page)).toEqual([]);
  await shots(page, 'astreinte-ajout');
  await page.getByRole('button', { name: 'Ajouter ce calendrier' }).click();
  await page.getByText('Calendrier ajouté.').waitFor();
  await world.running.wired.calendarKeeper.idle();
  agenda.has('<html>Connexion</html>');
  await world.pass(HOUR);
  await world.running.wired.calendarKeeper.idle();
  await page.reload();
  await page.getByText(/répond une page web/).first().waitFor();
  await page.getByText('Anne Delorme').first().waitFor();
  expect(await page.content()).not.toContain('secret-3f9a');
  expect(await everyLook(page)).toEqual([]);
  await shots(page, 'astreinte-panne');
  expect(faults).toEqual([]);
}, 120_000);

test('on the opening page: who is on call tonight, and the gaps ahead', async () => {
  await add({ function: 'AA', name: 'Astreinte communication', content: AA });
  visited = await visit(browser, world, '/', { person: await world.person('astreinte') });
  const { page, faults } = visited;
  await page.getByText('Anne Delorme', { exact: true }).waitFor();
  await page.getByText('Aucune astreinte AA du lun. 16 mars 08:00 au lun. 16 mars 18:00').waitFor();
  expect(await everyLook(page)).toEqual([]);
  await shots(page, 'ouverture-astreinte');
  expect(faults).toEqual([]);
}, 120_000);

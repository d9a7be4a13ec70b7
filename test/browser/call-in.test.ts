// 47.1, 47.2 on the telephone of somebody called in, and on the console of those who wait for them.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { SECOND } from '../../src/domain/time.js';
import type { Person, World } from '../kit/world.js';
import { everyLook, launch, startWithConsole, TELEPHONE, visit } from './browser.js';
import { shots } from './shots.js';

let browser: Browser;
let world: World;
let duty: Person;
let directeur: Person;
beforeAll(async () => {
  browser = await launch();
}, 60_000);
afterAll(() => browser.close());
beforeEach(async () => {
  world = await startWithConsole();
  duty = await world.person('astreinte', 'planificateur');
  directeur = await world.person('directeur');
  const keeper = await world.person('communication');
  const { status } = await keeper.post('/api/directory/people', {
    kind: 'agent', lastName: 'Delorme', firstName: 'Anne', office: null, commune: null, account: directeur.id, contacts: [{ kind: 'phone', value: '06 39 98 00 14' }],
  });
  expect(status).toBe(201);
});
afterEach(() => world.stop());

test('47.1 called in, one says so under the thumb; whoever waits sees who comes and when; then the cell is said to be operational', async () => {
  const id = await duty.open({ lane: 'exercise', kind: 'cod', t0: world.instant() });
  await world.pass(SECOND, 1);
  await world.pass(SECOND, 1);
  const phone = await visit(browser, world, `/activations/${id}/gestes`, { person: directeur, size: TELEPHONE });
  const asked = phone.page.getByRole('group', { name: 'On vous appelle' });
  await asked.getByRole('button', { name: 'Je prends en charge' }).waitFor();
  expect(await everyLook(phone.page)).toEqual([]);
  await shots(phone.page, 'call-in-asked');
  await phone.page.setViewportSize(TELEPHONE);
  await asked.getByRole('button', { name: '15 min' }).click();
  await phone.page.getByText(/^Vous\s: arrive dans 15\smin, vers \d\d:\d\d/).waitFor();

  const desk = await visit(browser, world, `/activations/${id}?vue=heure`, { person: duty });
  const panel = desk.page.getByRole('region', { name: 'Rappels' });
  await panel.getByText(/^arrive dans 15\smin/).waitFor();
  await phone.page.getByRole('button', { name: 'Changer', exact: true }).click();
  await asked.getByRole('button', { name: 'Je prends en charge' }).click();
  // Enough said so: the list folds itself.
  await panel.getByRole('button', { name: /^Prise en charge prise en charge/ }).click();
  await panel.getByText(/^prend en charge/).waitFor();
  await phone.close();

  await panel.getByRole('button', { name: 'Cellule opérationnelle…' }).click();
  const dialog = desk.page.getByRole('dialog');
  const who = dialog.getByRole('checkbox', { name: /Nom de/ });
  await who.waitFor();
  expect(await who.isChecked()).toBe(true);
  await dialog.getByLabel('Ajouter quelqu’un').selectOption(duty.id);
  await dialog.getByRole('button', { name: /^Opérationnelle, avec 2/ }).click();
  await panel.getByText(/^Cellule opérationnelle depuis .*, 2\spersonnes présentes/).waitFor();
  expect(await everyLook(desk.page)).toEqual([]);
  await shots(desk.page, 'call-in-hour');
  expect((await duty.snapshot(id)).activation.steps['P04']).toMatchObject({ status: 'done' });
  expect([...phone.faults, ...desk.faults]).toEqual([]);
  await desk.close();
}, 120_000);

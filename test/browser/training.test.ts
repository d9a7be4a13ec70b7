// 47.2, 50.2, on screen: trainings recorded, lists rehearsed, certificates; and a function taken without one.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { Person, World } from '../kit/world.js';
import { axe, everyLook, launch, startWithConsole, TELEPHONE, visit, type Visit } from './browser.js';
import { deskShot, shots } from './shots.js';

let browser: Browser;
let world: World;
let keeper: Person;
let agent: Person;
let visited: Visit | undefined;

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
beforeEach(async () => {
  world = await startWithConsole();
  [keeper, agent] = [await world.person('communication', 'admin'), await world.person('astreinte')];
});
afterEach(async () => {
  await visited?.close();
  await world.stop();
});

const agentOf = async (lastName: string, firstName: string, title: string) =>
  (await keeper.post<{ person: string }>('/api/directory/people', { kind: 'agent', lastName, firstName, title, organisation: 'Cabinet' })).body.person;
const record = (person: string, kind: string, on: string) => keeper.post('/api/training', { person, kind, on });

test('who holds what and until when; a session recorded with its certificate, corrected, removed', async () => {
  const anne = await agentOf('Delorme', 'Anne', 'cheffe de cellule');
  const marc = await agentOf('Roussel', 'Marc', 'chargé de communication');
  await agentOf('Kermadec', 'Inès', 'agente');
  visited = await visit(browser, world, '/formation', { person: keeper });
  const { page, faults } = visited;
  await page.getByText(/Aucune formation n’est enregistrée/).waitFor();
  expect(await everyLook(page)).toEqual([]);
  await shots(page, 'formation-vide');
  for (const [who, kind, on] of [[anne, 'cell', '2025-03-20'], [anne, 'cip-initial', '2025-01-10'], [anne, 'cip-exercise', '2025-02-10'], [marc, 'cell', '2022-03-20']] as const) await record(who, kind, on);
  await page.reload();
  await page.getByText('Bientôt perdue').waitFor();
  await page.getByText('Consolidation CIP à refaire').waitFor();
  expect(await everyLook(page)).toEqual([]);
  await shots(page, 'formation');

  await page.getByRole('button', { name: 'Inès Kermadec' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Enregistrer une formation' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Formation', { exact: false }).first().selectOption('cell');
  await dialog.getByLabel('Suivie le').fill('2026-02-03');
  await dialog.locator('input[type=file]').setInputFiles({ name: 'attestation.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 attestation') });
  await dialog.getByText('attestation.pdf').waitFor();
  expect(await everyLook(page)).toEqual([]);
  await shots(page, 'formation-ajout');
  await dialog.getByRole('button', { name: 'Enregistrer cette formation' }).click();
  await page.getByText('Formation enregistrée.', { exact: true }).waitFor();
  await page.getByRole('dialog').getByText('Suivie le 03/02/2026').waitFor();
  expect(await everyLook(page)).toEqual([]);
  await shots(page, 'formation-personne');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Attestation' }).click()]);
  expect(download.suggestedFilename()).toBe('attestation.pdf');
  await page.getByRole('button', { name: 'Retirer la formation du 03/02/2026' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Retirer cette formation' }).click();
  await page.getByRole('dialog').getByText('Aucune formation enregistrée.').waitFor();
  expect(faults).toEqual([]);
}, 120_000);

test('a list is rehearsed line by line before anything is recorded', async () => {
  await agentOf('Delorme', 'Anne', 'cheffe de cellule');
  visited = await visit(browser, world, '/formation', { person: keeper });
  const { page, faults } = visited;
  await page.getByRole('button', { name: 'Importer une liste' }).click();
  const dialog = page.getByRole('dialog');
  const list = Buffer.from('Personne;Formation;Date\r\nDELORME Anne;Cellule de communication;15/03/2025\r\nInconnu Paul;Cellule;15/03/2025\r\nDELORME Anne;Exercice CIP;32/03/2025\r\n', 'latin1');
  await dialog.locator('input[type=file]').setInputFiles({ name: 'formations.csv', mimeType: 'text/csv', buffer: list });
  await dialog.getByText('1 formation à enregistrer, 2 lignes écartées.').waitFor();
  expect(await everyLook(page)).toEqual([]);
  await shots(page, 'formation-liste');
  await dialog.getByRole('button', { name: 'Enregistrer 1 formation' }).click();
  await page.getByText('1 formation enregistrée.').waitFor();
  expect(faults).toEqual([]);
}, 120_000);

test('47.2 a function taken without the training: the reason is asked, and shows beside it', async () => {
  await record(keeper.id, 'cell', '2025-03-20');
  const id = await agent.open();
  visited = await visit(browser, world, `/activations/${id}`, { person: agent });
  const { page, faults } = visited;
  await page.getByRole('button', { name: 'Prendre : agent d’astreinte' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/pas de formation à la communication d’urgence/).waitFor();
  await dialog.getByRole('button', { name: 'Prendre quand même' }).click();
  await dialog.getByText('Dites pourquoi, en quelques mots.').waitFor();
  await dialog.getByLabel('Pourquoi quand même').fill('Seul sur place, en attendant la relève');
  // The page of the hour is a desk's: a telephone has its own.
  expect(await axe(page)).toEqual([]);
  await deskShot(page, 'fonction-motif');
  await dialog.getByRole('button', { name: 'Prendre quand même' }).click();
  await page.getByText(/sans y être formé/).first().waitFor();
  await page.getByRole('link', { name: /^Fonctions/ }).click();
  await page.getByRole('dialog').getByText(/Sans la formation .* Seul sur place/).waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Confier…' }).nth(1).click();
  const give = page.getByRole('dialog').last();
  await give.locator('optgroup').nth(1).waitFor({ state: 'attached' });
  expect(await give.locator('optgroup').evaluateAll((groups) => groups.map((group) => (group as HTMLOptGroupElement).label.replace(/\s/g, ' ')))).toEqual(['Formation à jour', 'Sans la formation : un motif sera demandé']);
  expect(await axe(page)).toEqual([]);
  await deskShot(page, 'fonction-confier');
  expect(faults).toEqual([]);
}, 120_000);

test('47.2 on a telephone: charge is taken after a reason too', async () => {
  await record(keeper.id, 'cell', '2025-03-20');
  const id = await agent.open();
  visited = await visit(browser, world, `/activations/${id}/gestes`, { person: agent, size: TELEPHONE });
  const { page, faults } = visited;
  await page.getByRole('button', { name: /Prendre en charge/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Pourquoi quand même').fill('Seul sur place');
  expect(await axe(page)).toEqual([]);
  await deskShot(page, 'gestes-motif');
  await dialog.getByRole('button', { name: 'Prendre quand même' }).click();
  await page.getByRole('button', { name: /Prise en charge/ }).waitFor();
  expect((await agent.snapshot(id)).activation.functions.AA).toMatchObject({ holder: agent.id, overridden: { lacks: ['cell'] } });
  expect(faults).toEqual([]);
}, 120_000);

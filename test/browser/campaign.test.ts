// 48.1 in a real browser, in an exercise: a campaign from its first word to its last, on a desk and on a telephone.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { THE_ENGINE } from '../../src/application/submission.js';
import type { Command } from '../../src/domain/commands.js';
import { SECOND } from '../../src/domain/time.js';
import type { Person, World } from '../kit/world.js';
import { axe, DESK, everyLook, launch, sideways, startWithConsole, TELEPHONE, visit } from './browser.js';
import { deskShot, shots } from './shots.js';

let browser: Browser;
let world: World;
let duty: Person;
beforeAll(async () => {
  browser = await launch();
}, 60_000);
afterAll(() => browser.close());
beforeEach(async () => {
  world = await startWithConsole();
  duty = await world.person('communication', 'planificateur', 'directeur');
});
afterEach(() => world.stop());

const COMMUNES = ['60175', '60414', '60023', '60157', '60159', '60471', '60463', '60612'];
let numbers = 0;
async function official(commune: string, order: number): Promise<void> {
  const n = String(1000 + ++numbers);
  const { status } = await duty.post('/api/directory/people', {
    kind: 'official', lastName: `Nom${numbers}`, firstName: 'Anne', office: order === 0 ? 'maire' : 'adjoint', order, commune,
    contacts: [{ kind: 'phone', value: `06 39 98 ${n.slice(0, 2)} ${n.slice(2)}` }],
  });
  expect(status).toBe(201);
}
async function perimeter(lane: 'real' | 'exercise'): Promise<string> {
  for (const commune of COMMUNES) for (const order of [0, 1]) await official(commune, order);
  const id = await duty.open({ lane, kind: 'cod', t0: world.instant() });
  await duty.order(id, 'set-title', { title: 'Crue de la Brenne' });
  await duty.order(id, 'freeze-perimeter', { circle: 1, communes: COMMUNES });
  return id;
}
/** The page as it stands, in both themes, at its own width: another width is another page, whose dialogs are closed. */
async function bothThemes(page: Page): Promise<string[]> {
  const found: string[] = (await sideways(page)) > 0 ? ['scrolls sideways'] : [];
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    found.push(...(await axe(page)).map((line) => `${colorScheme}: ${line}`));
  }
  return found;
}
/** Second after second, as the beat has it. */
async function passes(seconds: number): Promise<void> {
  for (let i = 0; i < seconds; i++) await world.pass(SECOND);
}

test('48.1 composed, started in two gestures, seen, paused, changed and stopped, in an exercise that calls nobody', async () => {
  const id = await perimeter('exercise');
  const { page, faults, close } = await visit(browser, world, `/activations/${id}/elus`, { person: duty });
  await page.getByRole('button', { name: 'Préparer la campagne d’appels…' }).click();
  const start = page.getByRole('button', { name: 'Lancer l’exercice d’appels…' });
  expect(await start.isDisabled()).toBe(true);
  await page.getByRole('textbox', { name: /^Message/ }).fill('Crue de la Brenne : fermez les berges à 3 h – rappel à l’aube ☂.');
  // What is typed stays on the device until it is started.
  await page.reload();
  await page.getByRole('button', { name: 'Préparer la campagne d’appels…' }).click();
  expect(await page.getByRole('textbox', { name: /^Message/ }).inputValue()).toMatch(/fermez les berges/);
  const heard = await page.getByRole('region', { name: 'Au téléphone' }).innerText();
  expect(heard.match(/EXERCICE EXERCICE EXERCICE/g)).toHaveLength(2);
  expect(heard).toMatch(/Ceci est un appel automatique[\s\S]*fermez les berges[\s\S]*appuyez sur 1/);
  const sms = await page.getByRole('region', { name: 'Par SMS' }).innerText();
  expect(sms).toMatch(/à 3 h - rappel à l'aube ☂/);
  expect(sms).toMatch(/UCS-2/);
  expect(sms).toMatch(/«\s☂\s» impose 70\scaractères/);
  await page.getByText(/^De nuit/).waitFor();
  expect(await bothThemes(page)).toEqual([]);
  await deskShot(page, 'campaign-composer');
  const telephone = await visit(browser, world, `/activations/${id}/elus`, { person: duty, size: TELEPHONE });
  await telephone.page.getByRole('button', { name: 'Préparer la campagne d’appels…' }).click();
  await telephone.page.getByRole('textbox', { name: /^Message/ }).fill('Crue.');
  await telephone.page.getByText(/^De nuit/).waitFor();
  expect(await bothThemes(telephone.page)).toEqual([]);
  if (process.env['SHOTS']) await telephone.page.screenshot({ path: `${process.env['SHOTS']}/campaign-composer-phone.png`, fullPage: true });
  await telephone.close();
  await page.getByRole('textbox', { name: /^Message/ }).fill('Crue de la Brenne : fermez les berges.');
  await page.getByRole('textbox', { name: 'Lignes' }).fill('10');
  await start.click();
  const asked = page.getByRole('alertdialog');
  await asked.getByText(/8\scommunes, 16\spersonnes, sur 10\slignes/).first().waitFor();
  expect(await asked.innerText()).toMatch(/EXERCICE[\s\S]*personne n’est appelé[\s\S]*95\s% vers \d\d:\d\d/);
  expect(await bothThemes(page)).toEqual([]);
  await deskShot(page, 'campaign-confirm');
  await asked.getByRole('button', { name: /^EXERCICE : simuler l’appel de 8/ }).click();
  const panel = page.getByRole('region', { name: 'Campagne vers les élus du cercle 1' });
  await panel.getByText('En cours', { exact: true }).waitFor();

  await passes(20);
  await panel.getByText(/[1-9] occupées? sur 10/).waitFor();
  expect(await panel.innerText()).toMatch(/EXERCICE/);
  await page.getByText(/Encore appelées par l’automate/).waitFor();
  await passes(100);
  await page.locator('.tile-acknowledged').first().waitFor();
  await panel.getByText(/\d+ sur 8/).first().waitFor();
  await page.getByRole('button', { name: /Tableau des communes/ }).click();
  expect(await everyLook(page)).toEqual([]);
  await page.setViewportSize(DESK);
  await shots(page, 'campaign-running');
  // Down to the entry that proves an attempt.
  await page.locator('button.tile-acknowledged').first().click();
  expect(await page.locator('.attempt-list.whole').first().innerText()).toMatch(/appel au 1er numéro \(mobile\)/);
  expect(await page.getByRole('link', { name: /acquitté \((touche 1|bouton de son lien)\) à/ }).first().getAttribute('href')).toMatch(/voir=entree-\d+$/);

  await panel.getByRole('button', { name: 'Suspendre' }).click();
  await panel.getByText('Suspendue', { exact: true }).waitFor();
  await panel.getByRole('button', { name: 'Changer le texte…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: /^Message, version 2/ }).fill('Crue de la Brenne : ouvrez les salles.');
  await dialog.getByText('Rappeler ceux qui ont acquitté l’ancien').click();
  expect(await bothThemes(page)).toEqual([]);
  await deskShot(page, 'campaign-change');
  await dialog.getByRole('button', { name: /^Changer le texte et rappeler \d/ }).click();
  await panel.getByRole('button', { name: /^Texte/ }).click();
  await panel.getByText(/^Version 2/).waitFor();
  await panel.getByRole('button', { name: /Ont acquitté l’ancien texte seulement/ }).click();
  await panel.getByText('Elles sont rappelées avec le nouveau.').waitFor();
  // What acknowledged the former words is no acknowledgement of these.
  expect(await page.locator('.reach-figure').innerText()).toMatch(/^0\s%/);
  await panel.getByRole('button', { name: 'Reprendre' }).click();
  await panel.getByText('En cours', { exact: true }).waitFor();
  await passes(60);
  await panel.getByRole('button', { name: 'Arrêter…' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Arrêter cette campagne' }).click();
  await page.getByText(/\s: arrêtée\.$/).waitFor();
  // A later one starts from the first.
  await page.getByRole('button', { name: 'Préparer une autre campagne…' }).click();
  await page.getByText(/repart de la première/).waitFor();
  expect(await page.getByRole('textbox', { name: /^Message/ }).inputValue()).toBe('Crue de la Brenne : ouvrez les salles.');
  expect(faults).toEqual([]);
  await close();
  await passes(3);
  expect(await world.store.outbox.oldest()).toBeUndefined();
}, 180_000);

test('P09: the queue says why each commune waits: who asked for a voice, what they wrote, which numbers lead nowhere', async () => {
  const id = await perimeter('exercise');
  expect((await duty.order(id, 'start-campaign', { circles: [1], text: 'Crue', ways: ['sms'], lines: 10, callsPerSecond: 1 })).status).toBe(200);
  await passes(5);
  // What the telephone network would bring, brought by hand: an exercise's population writes nothing back.
  const { activations } = world.running.wired;
  const submit = async (command: Command) => {
    const answer = await activations.submit(id, { command, author: THE_ENGINE, key: world.nextKey() });
    expect(answer).not.toHaveProperty('refused');
  };
  const words = async (text: string) => {
    await duty.order(id, 'log-note', { text });
    return (await duty.entries(id)).findLast((entry) => entry.type === 'noteLogged')!.payload.text;
  };
  const { outreach } = (await duty.snapshot(id)).activation;
  const texts = COMMUNES.slice(0, 3).map((commune) => outreach.byCommune[commune]!.map((person) => outreach.targets[person]!.attempts.find(({ way }) => way === 'sms')!.id!)[0]!);
  await submit({ type: 'receive-reply', attempt: texts[0]!, words: await words('qui êtes-vous ?'), meaning: 'unclear', message: 'SM1' });
  await submit({ type: 'receive-reply', attempt: texts[1]!, words: await words('STOP merci'), meaning: 'stop', message: 'SM2' });
  await duty.order(id, 'record-direct-call', { person: texts[2]!.split('/')[1], outcome: 'wrong-number' });
  const { page, faults, close } = await visit(browser, world, `/activations/${id}/elus`, { person: duty });
  const queue = page.getByRole('region', { name: 'Appels directs' });
  // Who asked is the first.
  await queue.locator('.next-call').getByText(/demande à parler/).waitFor();
  expect(await queue.locator('.next-call').innerText()).toMatch(/À lire, \d\d:\d\d\s: «\squi êtes-vous\s\?\s»/);
  await queue.getByText(/^STOP, .*STOP merci/).first().waitFor();
  await queue.getByRole('button', { name: /Numéros à corriger/ }).click();
  const wrong = queue.getByRole('listitem').filter({ hasText: 'faux numéro' });
  expect(await wrong.getByRole('link').getAttribute('href')).toMatch(/^\/annuaire\?personne=[0-9a-f]{32}$/);
  // The table says them too.
  await page.locator('button.tile').first().waitFor();
  await page.getByRole('button', { name: /^Tableau des communes/ }).click();
  await page.getByText('« qui êtes-vous ? »').first().waitFor();
  expect(await bothThemes(page)).toEqual([]);
  await shots(page, 'campaign-queue');
  expect(faults).toEqual([]);
  await close();
}, 120_000);

test('48.1 without a telephone account the page says what to do; and so does the refusal, where the page could not know', async () => {
  const id = await perimeter('real');
  const { page, faults, close } = await visit(browser, world, `/activations/${id}/elus`, { person: duty });
  await page.getByRole('button', { name: 'Préparer la campagne d’appels…' }).click();
  await page.getByRole('textbox', { name: /^Message/ }).fill('Crue de la Brenne.');
  await page.getByText(/n’a pas de compte téléphonique/).waitFor();
  expect(await page.getByRole('button', { name: 'Lancer la campagne…' }).isDisabled()).toBe(true);
  expect(await bothThemes(page)).toEqual([]);
  await deskShot(page, 'campaign-mute');
  await page.route('**/api/telephony', (route) => route.abort());
  await page.reload();
  await page.getByRole('button', { name: 'Préparer la campagne d’appels…' }).click();
  await page.getByRole('button', { name: 'Lancer la campagne…' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: /^Appeler 8/ }).click();
  await page.getByText(/n’a pas de compte téléphonique/).first().waitFor();
  expect(await page.getByRole('alertdialog').innerText()).toMatch(/GALA[\s\S]*Appels directs[\s\S]*papier/);
  expect(await bothThemes(page)).toEqual([]);
  await deskShot(page, 'campaign-refused');
  await page.getByRole('button', { name: 'Annuler' }).click();
  expect(await page.getByRole('textbox', { name: /^Message/ }).inputValue()).toBe('Crue de la Brenne.');
  expect(faults).toEqual([]);
  await close();
}, 90_000);

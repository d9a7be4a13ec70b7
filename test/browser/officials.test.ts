// console.md 3: the officials, on a desk and on a telephone: the perimeter, the queue, the tiles; and nothing that axe finds.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { World, Person } from '../kit/world.js';
import { DESK, everyLook, launch, sideways, startWithConsole, TELEPHONE, visit } from './browser.js';

let browser: Browser;
let world: World;
let duty: Person;
beforeAll(async () => {
  browser = await launch();
}, 60_000);
afterAll(() => browser.close());
beforeEach(async () => {
  world = await startWithConsole();
  duty = await world.person('communication', 'directeur');
});
afterEach(() => world.stop());

const CREIL = { code: '60175', name: 'Creil' };
const MONTATAIRE = { code: '60414', name: 'Montataire' };

async function official(commune: string, lastName: string, number: string): Promise<string> {
  return (await duty.post<{ person: string }>('/api/directory/people', { kind: 'official', lastName, firstName: 'Anne', office: 'maire', commune, contacts: [{ kind: 'phone', value: number }] })).body.person;
}
const opened = (lane: 'real' | 'exercise' = 'real') => duty.open({ lane, kind: 'cod', t0: world.instant() });

test('P05, P09: from an empty page to a commune that acknowledged, in a few gestures', async () => {
  await official(CREIL.code, 'Prunelier', '06 39 98 00 01');
  const id = await opened();
  await duty.order(id, 'set-communes', { communes: [CREIL.code] });
  const { page, faults, close } = await visit(browser, world, `/activations/${id}/elus`, { person: duty });
  await page.getByRole('button', { name: 'Arrêter le périmètre…' }).click();
  await page.getByRole('button', { name: /^Arrêter 1 commune/ }).click();
  await page.getByRole('button', { name: 'Prendre cet appel' }).click();
  await page.getByRole('link', { name: '06 39 98 00 01' }).waitFor();
  expect(await page.getByRole('link', { name: '06 39 98 00 01' }).getAttribute('href')).toBe('tel:+33639980001');
  const call = page.getByRole('group', { name: /^Votre appel/ });
  expect(await call.innerText()).toMatch(/Êtes-vous bien maire de Creil/);
  await call.getByRole('button', { name: 'Acquitté', exact: true }).click();
  await page.getByText('Toutes les communes ont acquitté').waitFor();
  expect(await page.locator('.reach-figure').innerText()).toMatch(/100\s%\s+1\scommune\sacquittée sur 1/);
  expect(faults).toEqual([]);
  await close();
  // What was shown whole is in the administration's journal, and the step proves itself.
  const { steps } = (await duty.get<{ activation: { steps: Record<string, { status: string }> } }>(`/api/activations/${id}`)).body.activation;
  expect(['P05', 'P07', 'P08'].map((step) => steps[step]?.status)).toEqual(['done', 'done', 'done']);
}, 60_000);

test('P05 a perimeter that was kept by day is frozen under its name, and no longer once a commune was added', async () => {
  const kept = (await duty.post<{ id: string }>('/api/perimeters', { name: 'Crue de la Brêche', circle1: [MONTATAIRE.code, CREIL.code], circle2: ['60023'] })).body.id;
  const id = await opened();
  const { page, faults, close } = await visit(browser, world, `/activations/${id}/elus`, { person: duty });
  await page.getByRole('button', { name: 'Arrêter le périmètre…' }).click();
  await page.getByLabel('Partir d’un périmètre gardé').selectOption(kept);
  await page.getByRole('button', { name: /^Arrêter 3 communes/ }).click();
  for (const circle of [1, 2]) await page.getByRole('button', { name: new RegExp(`^Cercle ${circle} d’après « Crue de la Brêche »`) }).waitFor();
  const circles = async () => Object.values((await duty.get<{ activation: { outreach: { circles: Record<string, { list?: string }> } } }>(`/api/activations/${id}`)).body.activation.outreach.circles).map(({ list }) => list);
  expect(await circles()).toEqual([kept, kept]);
  expect(faults).toEqual([]);
  await close();

  const other = await opened();
  await duty.order(other, 'set-communes', { communes: ['60057'] });
  const again = await visit(browser, world, `/activations/${other}/elus`, { person: duty });
  await again.page.getByRole('button', { name: 'Arrêter le périmètre…' }).click();
  await again.page.getByLabel('Partir d’un périmètre gardé').selectOption(kept);
  await again.page.getByRole('button', { name: /^Arrêter 4 communes/ }).click();
  await again.page.getByRole('button', { name: /^Cercle 2 d’après « Crue/ }).waitFor();
  const { outreach } = (await duty.get<{ activation: { outreach: { circles: Record<string, { list?: string }> } } }>(`/api/activations/${other}`)).body.activation;
  expect([outreach.circles[1]?.list, outreach.circles[2]?.list]).toEqual([undefined, kept]);
  await again.close();
}, 60_000);

test('a telephone that is turned while somebody types keeps the dialog and its words, and turns once it is closed', async () => {
  const id = await opened();
  await duty.order(id, 'freeze-perimeter', { circle: 1, communes: [CREIL.code] });
  const { page, close } = await visit(browser, world, `/activations/${id}/elus`, { person: duty, size: TELEPHONE });
  await page.getByRole('button', { name: 'Ne pas appeler le cercle 2…' }).click();
  await page.getByLabel('Motif').fill('Crue limitée au lit mineur');
  await page.setViewportSize({ width: 780, height: 360 });
  await page.waitForFunction(() => matchMedia('(min-width: 601px)').matches);
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  expect(await page.getByLabel('Motif').inputValue()).toBe('Crue limitée au lit mineur');
  await page.getByRole('button', { name: 'Consigner ce refus' }).click();
  await page.getByText('Motif du refus : Crue limitée au lit mineur').waitFor();
  await page.locator('.officials-main').waitFor();
  await close();
}, 60_000);

test('in an exercise no number is shown, none can be dialled, and the script says EXERCICE at both ends', async () => {
  await official(CREIL.code, 'Prunelier', '06 39 98 00 01');
  const id = await opened('exercise');
  await duty.order(id, 'freeze-perimeter', { circle: 1, communes: [CREIL.code] });
  const { page, close } = await visit(browser, world, `/activations/${id}/elus`, { person: duty, size: TELEPHONE });
  await page.getByRole('button', { name: 'Prendre cet appel' }).click();
  await page.getByText(/n’appelez personne/).waitFor();
  await page.getByText('+336•••••01').waitFor();
  expect(await page.locator('a[href^="tel:"]').count()).toBe(0);
  expect((await page.locator('.script').innerText()).match(/EXERCICE EXERCICE EXERCICE/g)).toHaveLength(2);
  await close();
}, 60_000);

test('48.1 the map, once there are contours; a call that was worked on paper, typed in later with its time', async () => {
  await official(CREIL.code, 'Prunelier', '06 39 98 00 01');
  const id = await opened();
  await duty.order(id, 'freeze-perimeter', { circle: 1, communes: [CREIL.code, MONTATAIRE.code] });
  await world.pass(6 * 60_000);
  const { page, faults, close } = await visit(browser, world, '/reglages', { person: duty });
  await page.route('**/api/communes/contours', (route) => route.fulfill({ json: { communes: [
    { commune: CREIL.code, rings: [[2_450, 49_240, 2_500, 49_240, 2_500, 49_280, 2_450, 49_280]], neighbours: [MONTATAIRE.code] },
    { commune: MONTATAIRE.code, rings: [[2_400, 49_240, 2_450, 49_240, 2_450, 49_280, 2_400, 49_280]], neighbours: [CREIL.code] },
  ] } }));
  await page.goto(`${world.url}/activations/${id}/elus`);
  await page.getByRole('img', { name: /^Carte : 0 communes acquittées sur 2/ }).waitFor();
  await page.locator('.commune-map path', { hasText: 'Creil' }).click();
  await page.getByRole('button', { name: /Noter un appel/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Anne Prunelier (maire, Creil)').waitFor();
  expect(await everyLook(page)).toEqual([]);
  await page.setViewportSize(DESK);
  await dialog.getByLabel('Heure de l’appel').fill('2026-03-14T02:17:00');
  await dialog.getByRole('button', { name: 'Consigner cet appel' }).click();
  await page.getByRole('img', { name: /^Carte : 1 communes/ }).waitFor();
  const [call] = (await duty.entries(id)).filter(({ type }) => type === 'directCallRecorded');
  expect(call).toMatchObject({ occurredAt: '2026-03-14T01:17:00.000Z', payload: { outcome: 'acknowledged', onPaper: true } });
  if (process.env['PICTURES']) await page.screenshot({ path: `${process.env['PICTURES']}/map.png` });
  expect(faults).toEqual([]);
  await close();
}, 60_000);

test('at every width, light and dark: nothing that axe finds, nothing that scrolls sideways', async () => {
  const people = [await official(CREIL.code, 'Prunelier', '06 39 98 00 01'), await official(MONTATAIRE.code, 'Autre', '06 39 98 00 02')];
  const id = await opened();
  const { page, faults, close } = await visit(browser, world, `/activations/${id}/elus`, { person: duty });
  await page.getByText('n’est pas arrêté').first().waitFor();
  expect(await everyLook(page)).toEqual([]);
  await duty.order(id, 'freeze-perimeter', { circle: 1, communes: [CREIL.code, MONTATAIRE.code, '60023'] });
  await duty.order(id, 'refuse-circle', { reason: 'Crue locale' });
  await duty.order(id, 'record-outside-campaign', { circle: 1, tool: 'GALA', text: 'Crue', startedAt: world.instant() });
  await duty.order(id, 'record-direct-call', { person: people[0], outcome: 'acknowledged' });
  await page.getByText('Prendre cet appel').waitFor();
  await page.getByRole('button', { name: /Tableau des communes/ }).click();
  expect(await everyLook(page)).toEqual([]);
  await page.setViewportSize(DESK);
  await page.getByText('Prendre cet appel').click();
  await page.locator('.my-call a').first().waitFor();
  expect(await everyLook(page)).toEqual([]);
  await page.setViewportSize(DESK);
  await page.getByRole('button', { name: /Changer le périmètre/ }).click();
  await page.getByRole('dialog').waitFor();
  expect(await everyLook(page)).toEqual([]);
  if (process.env['PICTURES']) for (const [name, size] of Object.entries({ desk: DESK, phone: TELEPHONE })) {
    await page.setViewportSize(size);
    await page.screenshot({ path: `${process.env['PICTURES']}/perimeter-${name}.png` });
  }
  expect(await sideways(page)).toBe(0);
  expect(faults).toEqual([]);
  await close();
}, 90_000);

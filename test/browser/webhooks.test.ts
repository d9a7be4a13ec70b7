// 3.8, on the settings page: an administrator adds, tries, reads and stops what is told of the hour.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { SECOND } from '../../src/domain/time.js';
import { Receiver, verify } from '../kit/receiver.js';
import type { Person, World } from '../kit/world.js';
import { everyLook, launch, startWithConsole, visit, type Visit } from './browser.js';

let browser: Browser;
let world: World;
let admin: Person;
let duty: Person;
let receiver: Receiver;
let visited: Visit;

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
beforeEach(async () => {
  world = await startWithConsole({ env: { OUTSIDE_ALLOWED: '127.0.0.1' } });
  [admin, duty] = [await world.person('admin'), await world.person('astreinte')];
  receiver = await Receiver.start();
  visited = await visit(browser, world, '/reglages', { person: admin });
  await visited.page.getByRole('tab', { name: 'Intégrations' }).click();
});
afterEach(async () => {
  await visited.close();
  await world.stop();
});

const button = (name: string | RegExp) => visited.page.getByRole('button', { name });
const dialog = () => visited.page.getByRole('dialog');
async function shot(name: string): Promise<void> {
  const folder = process.env['SHOTS'];
  if (!folder) return;
  for (const [size, viewport] of Object.entries({ wide: { width: 1440, height: 900 }, phone: { width: 360, height: 780 } })) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await visited.page.setViewportSize(viewport);
      await visited.page.emulateMedia({ colorScheme });
      await visited.page.screenshot({ path: `${folder}/${name}-${size}-${colorScheme}.png`, fullPage: true });
    }
  }
  await visited.page.setViewportSize({ width: 1440, height: 900 });
  await visited.page.emulateMedia({ colorScheme: 'light' });
}
async function carried(): Promise<void> {
  await world.running.beat();
  await world.running.wired.courier.idle();
}
/** Reads the section again, as whoever opens it does. */
async function again(): Promise<void> {
  await visited.page.getByRole('tab', { name: 'Cet appareil' }).click();
  await visited.page.getByRole('tab', { name: 'Intégrations' }).click();
}

test('added in one dialog, its secret shown once, tried, and read down to the activation', async () => {
  const { page, faults } = visited;
  await page.getByText('Aucune intégration').waitFor();
  expect(await everyLook(page)).toEqual([]);
  await button('Ajouter une intégration').click();
  await button('Ajouter et montrer son secret').click();
  await page.getByText('Donnez une adresse.').waitFor();
  await dialog().getByRole('textbox', { name: /Nom/ }).fill('COZ, main courante zonale');
  await dialog().getByRole('textbox', { name: /Adresse/ }).fill('https://192.168.0.10/crise');
  await button('Ajouter et montrer son secret').click();
  await page.getByText(/mène à un réseau privé/).waitFor();
  await dialog().getByRole('textbox', { name: /Adresse/ }).fill(receiver.url);
  await dialog().getByText('Certains', { exact: true }).click();
  await dialog().getByText('Main courante', { exact: true }).click();
  await dialog().getByText('Horloge démarrée', { exact: true }).click();
  expect(await everyLook(page)).toEqual([]);
  await shot('form');
  await button('Ajouter et montrer son secret').click();
  const secret = await page.getByText(/^whsec_/).innerText();
  await button('Fermer sans copier').click();

  await button('Envoyer un essai').click();
  await page.getByText(/Essai reçu en/).waitFor();
  verify(secret, receiver.received[0]!);
  expect(receiver.received[0]!.body.type).toBe('temps-zero.ping');

  const id = await duty.open();
  await duty.order(id, 'log-note', { text: 'La digue tient' });
  await carried();
  await again();
  await page.getByText(/Horloge démarrée et main courante/i).waitFor();
  await page.getByRole('button', { name: /Par activation/ }).click();
  await page.getByRole('cell', { name: id.slice(0, 8) }).or(page.getByText(id.slice(0, 8))).first().waitFor();
  await page.getByText(/nº\s5 sur 5, à jour/).waitFor();
  expect(receiver.received.slice(1).map(({ body }) => body.type)).toEqual(['temps-zero.clockStarted', 'temps-zero.noteLogged']);
  expect(await everyLook(page)).toEqual([]);
  await shot('card');
  expect(await page.getByText(secret).count()).toBe(0);
  expect(faults).toEqual([]);
}, 90_000);

test('failing, stopped, resumed, renewed, withdrawn: each says what happens', async () => {
  const { page, faults } = visited;
  await admin.post('/api/webhooks', { name: 'COZ', url: receiver.url });
  receiver.answer = () => ({ status: 500 });
  await duty.open();
  await carried();
  await again();
  await page.getByText('En échec, réessaie').waitFor();
  await page.getByText(/le destinataire a répondu 500/).first().waitFor();
  receiver.answer = () => ({ status: 410 });
  world.clock.pass(6 * SECOND);
  await carried();
  await again();
  await page.getByText(/n’existe plus \(410\)/).first().waitFor();
  expect(await everyLook(page)).toEqual([]);
  await shot('gone');
  receiver.answer = () => ({ status: 204 });
  const before = receiver.received.length;
  await button('Reprendre COZ').click();
  await button('Suspendre COZ').waitFor();
  await carried();
  expect(receiver.received.length).toBeGreaterThan(before);
  await button('Suspendre COZ').click();
  await page.getByText('Suspendue', { exact: true }).waitFor();
  await button('Renouveler le secret de COZ').click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Renouveler le secret' }).click();
  await page.getByText(/^whsec_/).waitFor();
  await button('Fermer sans copier').click();
  await page.getByText(/signe encore jusqu’au/).waitFor();
  await button('Retirer COZ').click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Retirer cette intégration' }).click();
  await page.getByText('Aucune intégration').waitFor();
  await page.getByRole('tab', { name: 'Journal d’administration' }).click();
  await page.getByText(/arrêtée\s: son destinataire dit/).waitFor();
  expect(faults).toEqual([]);
}, 90_000);

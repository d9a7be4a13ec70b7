import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { ActivationEntry } from '../../src/domain/events.js';
import { launch, livingWorld, Screen } from '../kit/browser.js';
import type { Person } from '../kit/world.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
}, 60_000);
afterAll(() => browser.close());

const CUT = [/ERR_INTERNET_DISCONNECTED/, /ERR_FAILED/, /ERR_CONNECTION/, /ERR_NETWORK/, /Failed to load resource/];

async function write(page: Page, text: string): Promise<void> {
  await page.getByLabel('Ajouter une entrée').fill(text);
  await page.keyboard.press('Enter');
}

const notes = (entries: ActivationEntry[]) => entries.filter((entry) => entry.type === 'noteLogged');

async function console_(person: Person): Promise<{ screen: Screen; id: string }> {
  const id = await person.open();
  const screen = await Screen.open(browser, person.world, { person });
  screen.expect(...CUT);
  await screen.goto(`/activations/${id}`);
  return { screen, id };
}

describe('orders given without network', () => {
  test('wait on the device, in sight and in order, and leave once with the time at which they were given', async () => {
    const world = await livingWorld();
    const marc = await world.person('astreinte');
    const { screen, id } = await console_(marc);
    const { page, context } = screen;
    await context.setOffline(true);
    await write(page, 'Premier, sans réseau.');
    await screen.sees(/1.ordre en attente sur cet appareil, pas encore enregistré/);
    await write(page, 'Second, sans réseau.');
    await screen.sees(/2.ordres en attente/);
    await page.locator('.log .pending').first().waitFor();
    expect(notes(await marc.entries(id))).toEqual([]);

    world.clock.pass(60_000);
    await context.setOffline(false);
    await page.getByText(/en attente sur cet appareil/).waitFor({ state: 'detached' });
    const written = notes(await marc.entries(id));
    expect(written).toHaveLength(2);
    const texts = (await marc.snapshot(id)).texts;
    expect(written.map((note) => texts[note.payload.text.digest])).toEqual(['Premier, sans réseau.', 'Second, sans réseau.']);
    // They happened when they were given, and were written a minute later.
    expect(Date.parse(written[0]!.recordedAt) - Date.parse(written[0]!.occurredAt)).toBeGreaterThan(50_000);
    expect(screen.faults).toEqual([]);
  }, 60_000);

  test('outlive the page', async () => {
    const world = await livingWorld();
    const marc = await world.person('astreinte');
    const { screen, id } = await console_(marc);
    const { page } = screen;
    await page.route('**/log-note', (route) => route.abort());
    await write(page, 'Gardée malgré le rechargement.');
    await screen.sees(/1.ordre en attente/);
    await page.reload();
    await screen.sees(/1.ordre en attente/);
    await page.unroute('**/log-note');
    await page.getByRole('button', { name: 'Voir ces ordres' }).click();
    await screen.press('Réessayer maintenant');
    await page.getByText(/1.ordre en attente/).waitFor({ state: 'detached' });
    expect(notes(await marc.entries(id))).toHaveLength(1);
    expect(screen.faults).toEqual([]);
  }, 60_000);

  test('act once when the answer was lost on its way back', async () => {
    const world = await livingWorld();
    const marc = await world.person('astreinte');
    const { screen, id } = await console_(marc);
    const { page } = screen;
    let lost = 0;
    await page.route('**/log-note', async (route) => {
      if (lost++ > 1) return route.continue();
      await route.fetch();
      return route.abort();
    });
    await write(page, 'Arrivée, sans que l’appareil le sache.');
    await screen.sees(/1.ordre en attente/);
    await page.getByText(/1.ordre en attente/).waitFor({ state: 'detached' });
    expect(lost).toBeGreaterThan(2);
    expect(notes(await marc.entries(id))).toHaveLength(1);
    expect(screen.faults).toEqual([]);
  }, 60_000);

  test('are kept until the same account signs in again when the session ended meanwhile', async () => {
    const world = await livingWorld();
    const [marc, other] = [await world.person('astreinte'), await world.person('communication')];
    const { screen, id } = await console_(marc);
    const { page, context } = screen;
    await page.route('**/log-note', (route) => route.abort());
    await write(page, 'Écrite avant la fin de la session.');
    await screen.sees(/1.ordre en attente/);
    await context.clearCookies();
    await page.unroute('**/log-note');
    await page.waitForURL(/connexion/);

    const signIn = async (person: Person) => {
      const [name, value] = person.headers['cookie']!.split('=') as [string, string];
      await context.addCookies([{ name, value, url: world.url }]);
      await screen.goto(`/activations/${id}`);
    };
    await signIn(other);
    expect(await page.getByText(/en attente sur cet appareil/).count()).toBe(0);
    expect(notes(await marc.entries(id))).toEqual([]);
    await signIn(marc);
    await page.locator('.log').getByText('Écrite avant la fin de la session.').waitFor();
    expect(notes(await marc.entries(id)).map((note) => note.by)).toEqual([marc.id]);
    expect(screen.faults).toEqual([]);
  }, 60_000);

  test('a refusal is said in words, and loses nothing of what was typed', async () => {
    const world = await livingWorld();
    const anne = await world.person('directeur');
    const { screen, id } = await console_(anne);
    const { page } = screen;
    await page.getByRole('button', { name: /^P16/ }).click();
    await page.getByLabel('Adresse (URL)').fill('https://www.val-de-brenne.gouv.fr/1');
    // Somebody else's change, of which this console has not heard: it names another version than the one that it sees.
    await page.route('**/complete-step', (route) => route.continue({ postData: { ...(route.request().postDataJSON() as object), seen: 999 } }), { times: 1 });
    await screen.press('C’est fait');
    await page.getByRole('alert').getByText(/Quelqu’un a changé cela pendant que vous l’aviez sous les yeux/).waitFor();
    expect(await page.getByLabel('Adresse (URL)').inputValue()).toBe('https://www.val-de-brenne.gouv.fr/1');
    await screen.press('C’est fait');
    await page.getByRole('button', { name: /P16.*Fait/ }).waitFor();

    // Closed by somebody else while one is typing: the words stay, to be copied.
    await page.getByRole('button', { name: /^P04/ }).click();
    await page.getByRole('textbox', { name: 'Texte', exact: true }).fill('Quatre agents présents.');
    await anne.order(id, 'mark-not-applicable', { step: 'P04', category: 'no-means', reason: 'Doublon', authorisedBy: 'directeur', seen: 0 });
    await screen.sees('Votre saisie est gardée.');
    await screen.sees('Quatre agents présents.');
    expect(screen.faults).toEqual([]);
  }, 60_000);
});

test('an order that the server refuses after its form is gone stays, with the reason, until it is read', async () => {
  const world = await livingWorld();
  const anne = await world.person('directeur');
  const { screen, id } = await console_(anne);
  const { page, context } = screen;
  await page.getByRole('button', { name: /^P16/ }).click();
  await page.getByLabel('Adresse (URL)').fill('https://www.val-de-brenne.gouv.fr/2');
  await context.setOffline(true);
  await screen.press('C’est fait');
  await screen.sees(/1.ordre en attente/);
  await anne.order(id, 'mark-not-applicable', { step: 'P16', category: 'no-means', reason: 'Portail en panne', authorisedBy: 'directeur', seen: 0 });
  await context.setOffline(false);
  await screen.sees(/1.ordre refusé par le serveur/);
  await page.getByRole('button', { name: 'Voir ces ordres' }).click();
  await screen.sees(/https:\/\/www\.val-de-brenne\.gouv\.fr\/2/);
  await screen.sees(/Quelqu’un a changé cela/);
  await screen.press('Abandonner');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Abandonner cet ordre' }).click();
  await page.getByText(/1.ordre refusé/).waitFor({ state: 'detached' });
  expect(screen.faults).toEqual([]);
}, 60_000);

describe('a file on a bad network', () => {
  test('shows how far it is, is taken up where it was cut, and arrives whole', async () => {
    const world = await livingWorld();
    const marc = await world.person('astreinte');
    const { screen, id } = await console_(marc);
    const { page } = screen;
    const photo = Buffer.alloc(700_000, 'photo');
    let puts = 0;
    await page.route('**/uploads/*?offset=*', async (route) => {
      puts++;
      if (puts === 2) return route.abort();
      // Arrived, and nobody told the device: the server has more than it thinks.
      if (puts === 3) {
        await route.fetch();
        return route.abort();
      }
      return route.continue();
    });
    await page.getByRole('button', { name: /Heure, fichier, annonce/ }).click();
    const chooser = page.waitForEvent('filechooser');
    await screen.press('Joindre un fichier');
    await (await chooser).setFiles({ name: 'fumée.txt', mimeType: 'text/plain', buffer: photo });
    await page.getByRole('progressbar').waitFor();
    await page.getByRole('button', { name: 'Retirer fumée.txt' }).waitFor();
    await write(page, 'Photo du panache.');
    await page.locator('.log').getByText(/Photo du panache/).waitFor();
    const note = notes(await marc.entries(id)).at(-1)!;
    const [file] = note.payload.attachments;
    expect(file?.bytes).toBe(photo.length);
    const { body } = await marc.get<string>(`/api/activations/${id}/files/${file!.digest}`);
    expect(body === photo.toString('utf8')).toBe(true);
    await page.locator('.log').getByRole('button', { name: new RegExp(`${note.seq}`) }).first().click();
    await page.getByRole('dialog').getByRole('link', { name: /fumée\.txt/ }).waitFor();
    expect(screen.faults).toEqual([]);
  }, 60_000);
});

describe('a lost server', () => {
  test('is said across the page while the clock runs on, and what was missed arrives when it is back', async () => {
    const world = await livingWorld();
    const marc = await world.person('astreinte');
    const { screen, id } = await console_(marc);
    const { page, context } = screen;
    await screen.sees('À jour');
    await page.clock.install();
    await context.setOffline(true);
    await page.clock.runFor(13_000);
    await screen.sees(/Connexion perdue|Dernière nouvelle il y a/);
    await page.clock.runFor(30_000);
    await screen.sees(/Connexion perdue depuis/);
    await page.getByRole('alert').getByText(/ce qui est affiché peut avoir changé/).waitFor();
    expect(await page.getByText('À jour', { exact: true }).count()).toBe(0);
    const shown = () => page.getByRole('timer').first().innerText();
    const before = await shown();
    await page.clock.runFor(5_000);
    expect(await shown()).not.toBe(before);

    await marc.order(id, 'log-note', { text: 'Écrite pendant la coupure.' });
    await context.setOffline(false);
    await page.clock.runFor(20_000);
    await page.clock.resume();
    await screen.sees('Écrite pendant la coupure.');
    await screen.sees('À jour');
    expect(screen.faults).toEqual([]);
  }, 60_000);
});

test('somebody whose rights change sees with their new eyes, without touching anything', async () => {
  const world = await livingWorld();
  const anne = await world.person('directeur');
  const { screen, id } = await console_(anne);
  const { page } = screen;
  await screen.press(/Heure, fichier, annonce/);
  await page.getByText('Réservée à la direction').waitFor();
  await anne.order(id, 'log-direction-note', { text: 'Le préfet hésite.' });
  await page.locator('.log').getByText('Le préfet hésite.').waitFor();

  const changed = await world.running.wired.office.accounts.change({ id: 'engine', rights: ['admin'], source: 'engine' }, { type: 'change-rights', account: anne.id, rights: ['cip'] });
  expect(changed).toBeUndefined();
  await page.locator('.log').getByText('Entrée réservée à la direction.').waitFor();
  expect(await page.getByText('Le préfet hésite.').count()).toBe(0);
  expect(screen.faults).toEqual([]);
}, 60_000);

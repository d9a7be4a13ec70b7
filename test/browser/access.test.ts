import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { World } from '../kit/world.js';
import { codeNow, everyLook, launch, startWithConsole, visit } from './browser.js';

let browser: Browser;
let world: World;

beforeAll(async () => {
  [browser, world] = await Promise.all([launch(), startWithConsole()]);
}, 60_000);
afterAll(async () => {
  await browser.close();
  await world.stop();
});

const PASSWORD = 'huit chevaux et une horloge';

describe('the first start', () => {
  let secret = '';
  let recovery = '';

  test('the printed link makes the administrator, who sets up a second factor and lands on the activations', async () => {
    const link = await world.running.wired.office.links.issueFirstAdminLink();
    const { page, faults, close } = await visit(browser, world, new URL(link!).pathname + new URL(link!).hash);
    await page.getByRole('heading', { name: 'Premier démarrage' }).waitFor();
    expect(page.url()).toBe(`${world.url}/premier-administrateur`);
    expect(await everyLook(page)).toEqual([]);

    await page.getByRole('button', { name: 'Créer l’administrateur' }).click();
    expect(await page.getByText('Votre nom paraîtra').isVisible()).toBe(true);
    await page.getByLabel('Nom').fill('Anne Delorme');
    await page.getByLabel('Fonction').fill('directrice de cabinet');
    await page.getByLabel('Identifiant').fill('a.delorme');
    await page.getByRole('textbox', { name: 'Mot de passe' }).fill('azertyuiop12');
    await page.getByRole('button', { name: 'Créer l’administrateur' }).click();
    expect(await page.getByText(/Ce mot de passe/).isVisible()).toBe(true);
    await page.getByRole('textbox', { name: 'Mot de passe' }).fill(PASSWORD);
    await page.getByText('Directeur de cabinet', { exact: true }).click();
    await page.getByRole('button', { name: 'Créer l’administrateur' }).click();

    await page.getByRole('heading', { name: 'Protéger votre compte' }).waitFor();
    expect(await page.getByRole('img', { name: /Carré à lire/ }).isVisible()).toBe(true);
    expect(await everyLook(page)).toEqual([]);
    secret = (await page.locator('.secret-key').textContent())!;
    await page.getByLabel('Code à six chiffres').fill(codeNow(world, secret));
    await page.getByRole('button', { name: 'Mettre en place' }).click();
    await page.getByText('Le second facteur est en place.').waitFor();
    expect(await page.locator('.recovery-codes li').count()).toBe(10);
    recovery = (await page.locator('.recovery-codes li').first().textContent())!;
    expect(await everyLook(page)).toEqual([]);
    await page.getByRole('button', { name: /Je les ai notés/ }).click();
    await page.getByRole('heading', { name: 'Activations' }).waitFor();
    expect(faults).toEqual([]);
    await close();
  }, 60_000);

  test('the link is dead once used, and says what to do', async () => {
    expect(await world.running.wired.office.links.issueFirstAdminLink()).toBeUndefined();
    const { page, close } = await visit(browser, world, `/premier-administrateur#${'0'.repeat(64)}`);
    await page.getByText('Ce lien ne sert plus').waitFor();
    expect(await page.getByText(/redémarrez temps-zero/).isVisible()).toBe(true);
    expect(await everyLook(page)).toEqual([]);
    await close();
  }, 30_000);

  test('a wrong password says so in French; the right one leads back to the page that was asked for, by the second factor', async () => {
    const { page, faults, close } = await visit(browser, world, '/reglages?depuis=ici');
    await page.getByRole('heading', { name: 'Se connecter' }).waitFor();
    expect(await everyLook(page)).toEqual([]);
    await page.getByLabel('Identifiant').fill('A.Delorme');
    await page.getByLabel('Mot de passe').fill('pas le bon');
    await page.getByRole('button', { name: 'Se connecter' }).click();
    expect(await page.getByRole('alert').textContent()).toMatch(/Identifiant ou mot de passe incorrect/);
    await page.getByLabel('Mot de passe').fill(PASSWORD);
    await page.getByRole('button', { name: 'Se connecter' }).click();

    const code = page.getByLabel('Code à six chiffres');
    await code.waitFor();
    expect(await code.getAttribute('autocomplete')).toBe('one-time-code');
    expect(await everyLook(page)).toEqual([]);
    await code.fill('000000');
    await page.getByRole('button', { name: 'Continuer' }).click();
    expect(await page.getByRole('alert').textContent()).toMatch(/Ce code n’est pas le bon/);
    world.clock.pass(30_000);
    await code.fill(codeNow(world, secret));
    await page.getByRole('button', { name: 'Continuer' }).click();
    await page.getByRole('heading', { name: 'Réglages' }).waitFor();
    expect(page.url()).toBe(`${world.url}/reglages?depuis=ici`);
    expect(faults).toEqual([]);

    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await page.getByRole('heading', { name: 'Se connecter' }).waitFor();
    await close();
  }, 60_000);

  test('a recovery code opens the door of a lost telephone', async () => {
    const { page, close } = await visit(browser, world, '/connexion');
    await page.getByLabel('Identifiant').fill('a.delorme');
    await page.getByLabel('Mot de passe').fill(PASSWORD);
    await page.getByRole('button', { name: 'Se connecter' }).click();
    await page.getByRole('button', { name: /Téléphone perdu/ }).click();
    await page.getByLabel('Code de secours').fill(recovery);
    await page.getByRole('button', { name: 'Continuer' }).click();
    await page.getByRole('heading', { name: 'Activations' }).waitFor();
    await close();
  }, 30_000);

  test('after too many tries the form says how many seconds to wait, and counts them down', async () => {
    const { page, close } = await visit(browser, world, '/connexion');
    await page.getByLabel('Identifiant').fill('personne');
    for (let i = 0; i < 6; i++) {
      await page.getByLabel('Mot de passe').fill(`essai ${i}`);
      await page.getByRole('button', { name: 'Se connecter' }).click();
      await page.getByRole('alert').waitFor();
      if (await page.getByRole('button', { name: /Réessayer dans/ }).count()) break;
      await page.waitForFunction(() => !document.querySelector('button[aria-disabled="true"], button[data-pending]'));
    }
    const waits = page.getByRole('button', { name: /Réessayer dans \d+ s/ });
    await waits.waitFor();
    expect(await waits.isDisabled()).toBe(true);
    expect(await page.getByRole('alert').textContent()).toMatch(/Trop d’essais/);
    expect(await everyLook(page)).toEqual([]);
    await close();
  }, 30_000);
});

test('an invited person chooses a password, is told when it is too weak, and enters', async () => {
  const { office } = world.running.wired;
  const created = await office.accounts.create({ id: 'engine', rights: ['admin'], source: 'engine' }, { login: 'm.lo', name: 'Mina Lô', title: 'cheffe CIP', rights: ['cip'] });
  if ('refused' in created) throw new Error(created.refused);
  const address = new URL(created.link);
  const { page, faults, close } = await visit(browser, world, address.pathname + address.hash);
  await page.getByText('Bonjour Mina Lô').waitFor();
  expect(page.url()).toBe(`${world.url}/invitation`);
  expect(await everyLook(page)).toEqual([]);
  await page.getByRole('textbox', { name: 'Mot de passe' }).fill('court');
  await page.getByRole('button', { name: /Choisir ce mot de passe/ }).click();
  expect(await page.getByText(/Ce mot de passe/).isVisible()).toBe(true);
  await page.getByRole('textbox', { name: 'Mot de passe' }).fill('quatre mots sans lien');
  await page.getByRole('button', { name: /Choisir ce mot de passe/ }).click();
  await page.getByRole('heading', { name: 'Activations' }).waitFor();
  expect(faults).toEqual([]);
  await close();

  const again = await visit(browser, world, address.pathname + address.hash);
  await again.page.getByText(/Demandez un nouveau lien/).waitFor();
  await again.close();
}, 60_000);

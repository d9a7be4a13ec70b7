import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { Me } from '../../src/contract/live.js';
import type { AccountLine, TokenLine } from '../../src/contract/people.js';
import type { Person, World } from '../kit/world.js';
import { everyLook, launch, startWithConsole, visit } from './browser.js';

let browser: Browser;
let world: World;
let admin: Person;

beforeAll(async () => {
  [browser, world] = await Promise.all([launch(), startWithConsole()]);
  admin = await world.person('admin', 'auditeur');
}, 60_000);
afterAll(async () => {
  await browser.close();
  await world.stop();
});

const accounts = async () => (await admin.get<AccountLine[]>('/api/accounts')).body;

test('an account is created with its rights; its invitation is shown once, and opens the door', async () => {
  const { page, faults, close } = await visit(browser, world, '/comptes', { person: admin, permissions: ['clipboard-read', 'clipboard-write'] });
  await page.getByText('Vous êtes seul ici.').waitFor();
  expect(await everyLook(page)).toEqual([]);
  await page.getByRole('button', { name: 'Créer un compte' }).click();
  const panel = page.getByRole('dialog', { name: 'Créer un compte' });
  await panel.getByRole('button', { name: /Créer et obtenir/ }).click();
  expect(await panel.getByText(/Il faut un nom/).isVisible()).toBe(true);
  await panel.getByLabel('Nom').fill('Claire Maillard');
  await panel.getByLabel('Fonction').fill('agente d’astreinte');
  await panel.getByLabel('Identifiant').fill('c.maillard');
  await panel.getByText('Astreinte', { exact: true }).click();
  expect(await everyLook(page)).toEqual([]);
  await panel.getByRole('button', { name: /Créer et obtenir/ }).click();

  const handed = page.getByRole('alertdialog', { name: 'Lien pour Claire Maillard' });
  await handed.waitFor();
  expect(await everyLook(page)).toEqual([]);
  await handed.getByRole('button', { name: 'Copier', exact: true }).click();
  await handed.getByText('Copié.').waitFor();
  const link = new URL(await page.evaluate(() => navigator.clipboard.readText()));
  await handed.getByRole('button', { name: 'Fermer', exact: true }).click();
  expect(await page.getByRole('button', { name: /Claire Maillard/ }).textContent()).toMatch(/Astreinte.*Invitation en attente/);
  expect(faults).toEqual([]);
  await close();

  const newcomer = await visit(browser, world, link.pathname + link.hash);
  await newcomer.page.getByText('Bonjour Claire Maillard').waitFor();
  await newcomer.close();
}, 60_000);

test('rights change, a lost second factor is removed, an account is disabled and enabled again, each said before it is done', async () => {
  const agent = await world.person('astreinte');
  const { page, close } = await visit(browser, world, '/comptes', { person: admin });
  await page.getByRole('button', { name: new RegExp(agent.me!.name) }).click();
  const panel = page.getByRole('dialog', { name: agent.me!.name });
  await panel.getByText('SIDPC', { exact: true }).click();
  await panel.getByRole('button', { name: 'Changer les droits' }).click();
  await page.getByText('Droits changés.').waitFor();
  expect((await accounts()).find(({ id }) => id === agent.id)!.rights).toEqual(['astreinte', 'sidpc']);

  await panel.getByText('Ce que chaque droit permet exactement').click();
  expect(await panel.getByText('scelle', { exact: false }).first().isVisible()).toBe(true);
  expect(await everyLook(page)).toEqual([]);

  await panel.getByRole('button', { name: 'Désactiver' }).click();
  const asked = page.getByRole('alertdialog');
  expect(await asked.textContent()).toMatch(/ne peut plus entrer/);
  await asked.getByRole('button', { name: 'Désactiver' }).click();
  await page.getByText('Compte désactivé.').waitFor();
  expect((await agent.get('/api/activations')).status).toBe(401);
  await panel.getByRole('button', { name: 'Réactiver' }).click();
  await page.getByText('Compte réactivé.').waitFor();

  await panel.getByRole('button', { name: 'Lien pour un nouveau mot de passe' }).or(panel.getByRole('button', { name: /Nouveau lien d’invitation/ })).click();
  await page.getByRole('alertdialog', { name: /Lien pour/ }).waitFor();
  await close();
}, 60_000);

test('erasing asks once, and leaves the function without the name', async () => {
  const gone = await world.person('observateur');
  const { page, close } = await visit(browser, world, '/comptes', { person: admin });
  await page.getByRole('button', { name: new RegExp(gone.me!.name) }).click();
  await page.getByRole('button', { name: 'Effacer la personne' }).click();
  const asked = page.getByRole('alertdialog');
  expect(await asked.textContent()).toMatch(/C’est irréversible/);
  expect((await accounts()).find(({ id }) => id === gone.id)!.erasedAt).toBeNull();
  await asked.getByRole('button', { name: 'Effacer la personne' }).click();
  await page.getByText('Personne effacée.').waitFor();
  expect((await accounts()).find(({ id }) => id === gone.id)).toMatchObject({ name: '', title: 'observateur' });
  await close();
}, 40_000);

test('the last administrator who can enter keeps the right, and the page says why', async () => {
  const link = await world.running.wired.office.links.issueFirstAdminLink();
  const created = await fetch(`${world.url}/api/links/first-admin`, {
    method: 'POST', headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: link!.split('#')[1], login: 'a.delorme', name: 'Anne Delorme', title: '', password: 'huit chevaux et une horloge', rights: ['admin'] }),
  });
  const last = await world.signedIn(((await created.json()) as Me).account, true);
  const { page, close } = await visit(browser, world, '/comptes', { person: last });
  await page.getByRole('list').getByRole('button', { name: /Anne Delorme/ }).click();
  const panel = page.getByRole('dialog', { name: 'Anne Delorme' });
  await panel.getByText('Administrateur', { exact: true }).click();
  expect(await panel.getByText(/cette page vous sera fermée/).isVisible()).toBe(true);
  await panel.getByRole('button', { name: 'Changer les droits' }).click();
  await panel.getByText(/C’est le dernier administrateur/).waitFor();
  await close();
}, 40_000);

test('a token declares a T0 by default, is shown once, works, and is revoked', async () => {
  const { page, faults, close } = await visit(browser, world, '/comptes', { person: admin });
  await page.getByRole('tab', { name: /Jetons/ }).click();
  await page.getByText(/Aucun jeton/).waitFor();
  await page.getByRole('button', { name: 'Émettre un jeton' }).click();
  const form = page.getByRole('dialog', { name: 'Émettre un jeton' });
  expect(await form.getByRole('checkbox', { checked: true }).count()).toBe(1);
  await form.getByLabel('Nom du script').fill('relais SYNERGI');
  expect(await everyLook(page)).toEqual([]);
  await form.getByRole('button', { name: 'Émettre le jeton' }).click();
  const secret = (await page.getByRole('alertdialog').locator('.secret-key').textContent())!;
  const declared = await fetch(`${world.url}/api/t0`, {
    method: 'POST', headers: { 'authorization': `Bearer ${secret}`, 'content-type': 'application/json', 'idempotency-key': 'jeton-1' },
    body: JSON.stringify({ t0: world.instant(), synergi: '26-041950' }),
  });
  expect(declared.status).toBe(201);
  await page.getByRole('button', { name: 'Fermer sans copier' }).click();
  await page.getByRole('rowheader', { name: 'relais SYNERGI' }).waitFor();
  expect(await everyLook(page)).toEqual([]);
  await page.getByRole('button', { name: 'Révoquer relais SYNERGI' }).click();
  await page.getByRole('button', { name: 'Révoquer ce jeton' }).click();
  await page.getByText('Jeton révoqué.').waitFor();
  expect((await admin.get<TokenLine[]>('/api/tokens')).body[0]!.revokedAt).not.toBeNull();
  expect(faults).toEqual([]);
  await close();
}, 60_000);

test('others find the accounts closed', async () => {
  const agent = await world.person('astreinte');
  const { page, close } = await visit(browser, world, '/comptes', { person: agent });
  await page.getByText('Seul un administrateur gère les comptes.').waitFor();
  expect(await everyLook(page)).toEqual([]);
  await close();
}, 30_000);

test('settings: each part holds at every look; the theme stays on the device; the journal of the administration verifies', async () => {
  const { page, faults, close } = await visit(browser, world, '/reglages', { person: admin });
  await page.getByRole('heading', { name: 'Second facteur' }).waitFor();
  expect(await everyLook(page)).toEqual([]);

  await page.getByRole('tab', { name: 'Cet appareil' }).click();
  await page.getByText('Sombre').click();
  expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
  await page.getByText('Comme l’appareil').click();
  expect(await everyLook(page)).toEqual([]);

  await page.getByRole('tab', { name: 'Préfecture' }).click();
  await page.getByText('Préfecture du Val-de-Brenne').last().waitFor();
  expect(await page.getByText(/config\/settings\.json/).first().isVisible()).toBe(true);
  expect(await everyLook(page)).toEqual([]);
  expect((await admin.get('/api/paper-plan.html')).status).toBe(200);

  await page.getByRole('tab', { name: 'Plan de l’heure' }).click();
  await page.getByRole('rowheader', { name: 'Cellule de communication rappelée' }).waitFor();
  expect(await page.getByText(/config\/plans\/standard\.json/).isVisible()).toBe(true);
  expect(await everyLook(page)).toEqual([]);

  await page.getByRole('tab', { name: /Journal d’administration/ }).click();
  await page.getByRole('button', { name: 'Vérifier la chaîne' }).click();
  await page.getByText(/Chaîne intacte/).waitFor();
  expect(await page.getByText(/Jeton révoqué|Compte créé/).first().isVisible()).toBe(true);
  expect(await everyLook(page)).toEqual([]);
  expect(faults).toEqual([]);
  await close();
}, 90_000);

test('a password is changed by whoever knows it, and the page goes on', async () => {
  const { office } = world.running.wired;
  const created = await office.accounts.create({ id: 'engine', rights: ['admin'], source: 'engine' }, { login: 'mdp', name: 'Paul Roux', title: '', rights: ['observateur'] });
  if ('refused' in created) throw new Error(created.refused);
  const link = new URL(created.link);
  const { page, close } = await visit(browser, world, link.pathname + link.hash);
  await page.getByRole('textbox', { name: 'Mot de passe' }).fill('quatre mots sans lien');
  await page.getByRole('button', { name: /Choisir ce mot de passe/ }).click();
  await page.getByRole('link', { name: 'Réglages' }).click();
  await page.getByLabel('Mot de passe actuel').fill('pas celui-là');
  await page.getByLabel('Nouveau mot de passe').fill('quatre autres mots ici');
  await page.getByRole('button', { name: 'Changer le mot de passe' }).click();
  await page.getByText(/mot de passe incorrect/).waitFor();
  await page.getByLabel('Mot de passe actuel').fill('quatre mots sans lien');
  await page.getByRole('button', { name: 'Changer le mot de passe' }).click();
  await page.getByText(/Mot de passe changé/).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Paul Roux' }).waitFor();
  await close();
}, 40_000);

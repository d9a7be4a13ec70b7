// console.md 6: the wall in a real browser: in service once, all in view, by itself, and never silent about its age.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { ScreenOpening } from '../../src/application/people/screens.js';
import { MINUTE } from '../../src/domain/time.js';
import { launch, livingWorld, PHONE, Screen, WIDE, type Size } from '../kit/browser.js';
import { done } from '../kit/office.js';
import type { Person, World } from '../kit/world.js';

const TELEVISION: Size = { width: 1920, height: 1080 };
const ADMIN = { id: 'engine', rights: ['admin'], source: 'engine' } as const;

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
}, 60_000);
afterAll(() => browser.close());

const added = async (world: World): Promise<ScreenOpening> => done(await world.running.wired.office.screens.add(ADMIN, 'Salle du COD'));
const pathOf = ({ address }: ScreenOpening) => new URL(address).pathname + new URL(address).hash;

/** A television in service. Nobody is signed in when it is switched on: that is the browser's own line about it. */
async function television(world: World, size = TELEVISION): Promise<{ screen: Screen; opening: ScreenOpening }> {
  const opening = await added(world);
  const screen = await Screen.open(browser, world, { size });
  screen.expect(/401/);
  await screen.goto(pathOf(opening));
  return { screen, opening };
}

/** Texts smaller than 28 px, and what stands outside of the window or is cut off, as somebody at four metres would miss it. */
function unreadable(screen: Screen): Promise<string[]> {
  return screen.page.evaluate(() => {
    const faults: string[] = [];
    const { innerWidth, innerHeight } = window;
    const root = document.documentElement;
    if (root.scrollWidth > innerWidth || root.scrollHeight > innerHeight) faults.push(`scrolls: ${root.scrollWidth} × ${root.scrollHeight}`);
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement!;
      if (node.textContent!.trim() === '' || element.closest('.hidden, script, style, noscript, [data-live-announcer], .commitments-more')) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      const words = `« ${node.textContent!.trim().slice(0, 40)} »`;
      // A row that has no room whole stands outside of its list, on purpose.
      const list = element.closest('.wall-rows, .log-wall')?.getBoundingClientRect();
      if (list && box.left >= list.right) continue;
      const size = parseFloat(getComputedStyle(element).fontSize);
      if (size < 28) faults.push(`${words} is ${size} px`);
      if (box.bottom > innerHeight + 1 || box.top < -1 || box.right > innerWidth + 1 || box.left < -1) {
        if (getComputedStyle(element).textOverflow !== 'ellipsis') faults.push(`${words} is outside: ${[box.left, box.top, box.right, box.bottom].map(Math.round).join()}`);
      }
    }
    return faults;
  });
}

async function busy(person: Person, id: string): Promise<void> {
  const { world } = person;
  const order = async (name: string, body: object) => {
    const { status, body: answer } = await person.order(id, name, body);
    if (status !== 200) throw new Error(`${name}: ${JSON.stringify(answer)}`);
  };
  for (const code of ['DC', 'RC', 'OE']) await order('take-function', { function: code, occurredAt: world.instant(-30) });
  await order('complete-step', { step: 'P02', evidence: [{ kind: 'link', url: 'https://x.com/p/status/1' }], seen: 0, occurredAt: world.instant(-25) });
  await order('complete-step', { step: 'P05', evidence: [{ kind: 'text', text: '118 communes' }], seen: 0, occurredAt: world.instant(-20) });
  await order('start-step', { step: 'P08' });
  await order('log-note', { text: 'Deux blessés, chiffre à taire.' });
}

describe('console.md 6: while a campaign runs', () => {
  test('48.1 the curve and the communes stand where the rows were, readable at four metres, without a name', async () => {
    const world = await livingWorld();
    const keeper = await world.person('communication', 'planificateur');
    const codes = (await keeper.get<{ code: string; departement: string }[]>('/api/communes/all')).body.filter(({ departement }) => departement === '60').slice(0, 40).map(({ code }) => code);
    for (const [i, commune] of codes.entries()) {
      await keeper.post('/api/directory/people', { kind: 'official', lastName: `Tairaisin${i}`, firstName: 'Anne', office: 'maire', commune, contacts: [{ kind: 'phone', value: `06 39 98 ${String(10 + i)} 00` }] });
    }
    const id = await keeper.open({ lane: 'exercise', kind: 'cod', t0: world.instant(-14) });
    await keeper.order(id, 'freeze-perimeter', { circle: 1, communes: codes.slice(0, -5) });
    await keeper.order(id, 'freeze-perimeter', { circle: 2, communes: codes.slice(-5) });
    const { screen } = await television(world);
    await screen.page.locator('.wall-rows').waitFor();
    await keeper.order(id, 'start-campaign', { circles: [1, 2], text: 'Crue', ways: ['voice'], lines: 10, callsPerSecond: 2 });
    for (let i = 0; i < 90; i++) await world.pass(1_000);
    await screen.sees('Élus du cercle 1 acquittés');
    await screen.page.locator('.wall-tiles .tile-acknowledged').first().waitFor();
    expect(await screen.page.locator('.wall-tiles .tile').count()).toBe(codes.length);
    expect(await unreadable(screen)).toEqual([]);
    expect(await screen.page.locator('body').innerText()).not.toMatch(/Tairaisin/);
    expect(await screen.accessibilityFaults()).toEqual([]);
    if (process.env['SHOTS']) await screen.page.screenshot({ path: `${process.env['SHOTS']}/wall-campaign.png` });
    await keeper.order(id, 'stop-campaign', { campaign: Object.keys((await keeper.snapshot(id)).activation.campaigns)[0] });
    await screen.page.locator('.wall-rows').waitFor();
    expect(screen.faults).toEqual([]);
  }, 120_000);
});

describe('console.md 6: a screen comes into service', () => {
  test('once: its address leaves the bar, a reload keeps it, another browser is refused in large words', async () => {
    const world = await livingWorld();
    const { screen, opening } = await television(world);
    await screen.sees('Aucune activation');
    expect(screen.page.url()).toBe(`${world.url}/mur`);
    await screen.page.reload();
    await screen.sees('Aucune activation');
    const other = await Screen.open(browser, world, { size: TELEVISION });
    other.expect(/401/, /410/);
    await other.goto(pathOf(opening));
    await other.sees('Cette adresse ne sert plus.');
    expect(other.page.url()).toBe(`${world.url}/mur`);
    expect(await unreadable(other)).toEqual([]);
    expect(await other.accessibilityFaults()).toEqual([]);
    expect((await world.running.wired.office.screens.list())[0]).toMatchObject({ state: 'in-service', refused: { why: 'elsewhere' } });
    expect([...screen.faults, ...other.faults]).toEqual([]);
  }, 60_000);

  test('without its cookie it says what to do, and an address typed into the open page serves', async () => {
    const world = await livingWorld();
    const { screen, opening } = await television(world);
    screen.expect(/410/);
    await screen.context.clearCookies();
    await screen.page.reload();
    await screen.sees('Cet écran n’est pas, ou plus, en service.');
    await screen.sees(/nouvelle adresse à un administrateur/);
    const renewed = done(await world.running.wired.office.screens.renew(ADMIN, opening.screen.id));
    await screen.page.evaluate((hash) => (location.hash = hash), new URL(renewed.address).hash);
    await screen.sees('Aucune activation');
    expect(screen.page.url()).toBe(`${world.url}/mur`);
    expect(screen.faults).toEqual([]);
  }, 60_000);

  test('revoked, it says so at once, without a hand on it', async () => {
    const world = await livingWorld();
    const { screen, opening } = await television(world);
    await screen.sees('Aucune activation');
    expect(await world.running.wired.office.screens.revoke(ADMIN, opening.screen.id)).toBeUndefined();
    await screen.sees('Cet écran n’est pas, ou plus, en service.');
    expect(screen.faults).toEqual([]);
  }, 60_000);

  test('opened where somebody is signed in, the address does not serve', async () => {
    const world = await livingWorld();
    const anne = await world.person('directeur', 'admin');
    const screen = await Screen.open(browser, world, { person: anne, size: TELEVISION });
    await screen.goto(pathOf(await added(world)));
    await screen.sees(/Ce navigateur est celui de/);
    expect((await world.running.wired.office.screens.list())[0]).toMatchObject({ state: 'waiting' });
    expect(screen.faults).toEqual([]);
  }, 60_000);
});

describe('console.md 6: what it shows', () => {
  test('everything in view at 1920 × 1080, 28 px or more, clean for axe, and nothing that a wall must not say', async () => {
    const world = await livingWorld();
    const anne = await world.person('directeur');
    const id = await anne.open({ lane: 'real', kind: 'cod', t0: world.instant(-37), title: 'Incendie, panache de fumée · Castelroy' });
    await busy(anne, id);
    const { screen } = await television(world);
    await screen.page.getByRole('group', { name: 'Horloge T0-COD' }).waitFor();
    await screen.sees('Derniers faits');
    expect(await screen.page.locator('.wall-row').count()).toBe(8);
    expect(await screen.page.locator('.log-wall li').count()).toBe(5);
    expect(await unreadable(screen)).toEqual([]);
    expect(await screen.accessibilityFaults()).toEqual([]);
    await anne.order(id, 'order-nu', {});
    await screen.page.getByRole('group', { name: 'Horloge T0-NU' }).waitFor();
    expect(await unreadable(screen)).toEqual([]);
    expect(await screen.page.locator('body').innerText()).not.toContain('blessés');
    for (const size of [WIDE, { width: 1280, height: 720 }]) {
      await screen.page.setViewportSize(size);
      expect((await unreadable(screen)).filter((fault) => !/ px$/.test(fault))).toEqual([]);
    }
    await screen.page.setViewportSize(PHONE);
    expect(await screen.overflow()).toEqual([]);
    expect(await screen.accessibilityFaults()).toEqual([]);
    expect(screen.faults).toEqual([]);
  }, 90_000);

  test('it follows by itself: nothing, an exercise, the real one before it, a second one beside it, and back', async () => {
    const world = await livingWorld();
    const anne = await world.person('directeur', 'planificateur');
    const { screen } = await television(world);
    await screen.sees('Aucune activation');
    const rehearsed = await anne.open({ lane: 'exercise', kind: 'cod', t0: world.instant(-5), title: 'Fumées de nuit' });
    await screen.page.getByRole('heading', { name: 'Fumées de nuit' }).waitFor();
    await screen.sees('EXERCICE EXERCICE EXERCICE');
    expect(await screen.page.title()).toMatch(/^EXERCICE/);
    expect(await unreadable(screen)).toEqual([]);
    expect(await screen.accessibilityFaults()).toEqual([]);

    const fire = await anne.open({ lane: 'real', kind: 'cod', t0: world.instant(-20), title: 'Incendie · Castelroy' });
    await screen.page.getByRole('heading', { name: 'Incendie · Castelroy' }).waitFor();
    await screen.page.getByText('EXERCICE EXERCICE EXERCICE').waitFor({ state: 'detached' });

    await world.pass(MINUTE);
    const flood = await anne.open({ lane: 'real', kind: 'cod', t0: world.instant(), title: 'Crue · Dieppe' });
    await screen.page.getByRole('heading', { name: 'Crue · Dieppe' }).waitFor();
    await screen.page.getByRole('group', { name: 'Horloge T0-COD : Incendie · Castelroy' }).waitFor();
    expect(await screen.page.locator('.clock-wall').count()).toBe(1);
    expect(await unreadable(screen)).toEqual([]);

    await anne.order(flood, 'end', {});
    await screen.page.getByRole('heading', { name: 'Incendie · Castelroy' }).waitFor();
    await anne.order(fire, 'end', {});
    await screen.page.getByRole('heading', { name: 'Fumées de nuit' }).waitFor();
    await anne.order(rehearsed, 'end', {});
    await screen.sees('Aucune activation');
    expect(screen.faults).toEqual([]);
  }, 90_000);

  test('an event that happens appears, and a hundred more leave no more than it keeps', async () => {
    const world = await livingWorld();
    const anne = await world.person('directeur');
    const id = await anne.open();
    const { screen } = await television(world);
    await screen.sees('Derniers faits');
    await anne.order(id, 'take-function', { function: 'DC' });
    await screen.page.locator('.log-wall').getByText(/prend la fonction directeur de cabinet/).waitFor();
    for (let i = 0; i < 120; i++) await anne.order(id, 'declare-fact', { fact: 'alert', holds: i % 2 === 0 });
    await anne.order(id, 'start-step', { step: 'P05' });
    await screen.page.locator('.log-wall li').first().getByText(/P05.*commencée/).waitFor();
    expect(await screen.page.locator('.log-wall li').count()).toBe(5);
    expect(screen.faults).toEqual([]);
  }, 90_000);
});

test('console.md 6: cut off, it says hugely that what it shows may be old; the line back, it is fresh and up to date', async () => {
  const world = await livingWorld();
  const anne = await world.person('directeur');
  const id = await anne.open({ lane: 'real', kind: 'cod', t0: world.instant(-37), title: 'Incendie · Castelroy' });
  const { screen } = await television(world);
  screen.expect(/ERR_INTERNET_DISCONNECTED/, /ERR_FAILED/, /Failed to load resource/, /WebSocket/);
  await screen.sees('À jour');
  await screen.context.setOffline(true);
  const words = screen.page.locator('.wall-stale b');
  await words.filter({ hasText: /Connexion perdue depuis \d+/ }).waitFor({ timeout: 60_000 });
  expect(await words.evaluate((element) => parseFloat(getComputedStyle(element).fontSize))).toBeGreaterThan(50);
  expect(await unreadable(screen)).toEqual([]);
  await anne.order(id, 'take-function', { function: 'DC' });
  await screen.context.setOffline(false);
  await words.waitFor({ state: 'detached', timeout: 30_000 });
  await screen.page.locator('.log-wall').getByText(/prend la fonction directeur de cabinet/).waitFor();
  expect(screen.faults).toEqual([]);
}, 120_000);

test('console.md 6: on the settings page the administrator adds a screen, sees its address once, and what was refused', async () => {
  const world = await livingWorld();
  const admin = await world.person('admin');
  const screen = await Screen.open(browser, world, { person: admin });
  const { page } = screen;
  await screen.goto('/reglages');
  await page.getByRole('tab', { name: 'Écrans de mur' }).click();
  await screen.press('Ajouter un écran');
  await page.getByLabel(/Où est l’écran/).fill('Salle du COD');
  await screen.press('Montrer son adresse');
  const address = (await page.getByText(/\/mur#[0-9a-f]{32}$/).first().textContent())!;
  // React Aria reads out « pending » for seven seconds under the name of a button that is gone.
  expect((await screen.accessibilityFaults()).filter((fault) => !/^role-img-alt: div\[aria-labelledby="react-aria/.test(fault))).toEqual([]);
  await screen.press('Fermer sans copier');
  await page.getByRole('cell', { name: 'En attente de son premier chargement' }).waitFor();
  const secret = address.split('#')[1]!;
  const { screens } = world.running.wired.office;
  done(await screens.admit(secret, undefined));
  await screens.admit(secret, undefined);
  await world.pass(MINUTE);
  await screen.goto('/reglages');
  await page.getByRole('tab', { name: 'Écrans de mur' }).click();
  await screen.sees(/a été ouverte ailleurs, après avoir servi/);
  await page.getByRole('cell', { name: 'En service' }).waitFor();
  expect(await screen.accessibilityFaults()).toEqual([]);
  await page.getByRole('button', { name: 'Révoquer Salle du COD' }).click();
  await page.getByRole('button', { name: 'Révoquer cet écran' }).click();
  await page.getByRole('cell', { name: 'Révoqué' }).waitFor();
  await page.setViewportSize(PHONE);
  expect(await screen.overflow()).toEqual([]);
  expect(screen.faults).toEqual([]);
}, 60_000);

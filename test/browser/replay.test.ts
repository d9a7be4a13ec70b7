import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { MINUTE } from '../../src/domain/time.js';
import { launch, livingWorld, PHONE, Screen, WIDE } from '../kit/browser.js';
import type { Person, World } from '../kit/world.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
}, 60_000);
afterAll(() => browser.close());

/** An hour with something to see: charge taken, a message, the NU ordered, deadlines gone by. */
async function night(): Promise<{ world: World; anne: Person; id: string }> {
  const world = await livingWorld();
  const anne = await world.person('directeur', 'communication');
  const id = await anne.open();
  await anne.order(id, 'take-function', { function: 'DC' });
  await world.pass(8 * MINUTE);
  await anne.order(id, 'log-note', { text: 'Fumées visibles depuis Castelroy.' });
  await world.pass(12 * MINUTE);
  await anne.order(id, 'order-nu');
  await world.pass(45 * MINUTE, 3);
  await anne.order(id, 'log-note', { text: 'La dernière chose apprise.' });
  return { world, anne, id };
}

const slider = (screen: Screen) => screen.page.getByRole('slider', { name: 'Moment de l’activation' });
const words = async (screen: Screen) => (await screen.page.locator('.replay-words').innerText()).replace(/\s+/g, ' ');

describe('console.md 9: the slider', () => {
  test('moves the whole board through its journal: clocks, commitments, picture and log are those of that moment', async () => {
    const { world, anne, id } = await night();
    const screen = await Screen.open(browser, world, { person: anne });
    await screen.goto(`/activations/${id}/revue/reprise`);
    await slider(screen).waitFor();
    const log = () => screen.page.locator('.log-column').innerText();
    expect(await words(screen)).toMatch(/REPRISE ce que l’on savait à T0\+0:0\d/);
    expect(await log()).not.toContain('Fumées');
    expect(await screen.page.getByRole('group', { name: 'Horloge T0-NU' }).innerText()).toContain('Non démarrée');

    await slider(screen).press('End');
    expect(await words(screen)).toMatch(/T0\+(1:05:\d\d|65:\d\d)/);
    expect(await log()).toContain('La dernière chose apprise');
    expect(await screen.page.locator('.rail').innerText()).toContain('Dépassé');
    expect(await screen.page.locator('.rail').innerText()).toContain('T0-NU');

    const fumes = (await anne.entries(id)).find(({ type }) => type === 'noteLogged')!.seq;
    await screen.goto(`/activations/${id}/revue/reprise?entree=${fumes}`);
    await slider(screen).waitFor();
    expect(await log()).toContain('Fumées');
    expect(await log()).not.toContain('La dernière chose');
    expect(await words(screen)).toContain(`entrée ${fumes} sur`);
    expect(await screen.page.locator('.rail').innerText()).not.toContain('Dépassé');
    expect(screen.faults).toEqual([]);
  }, 90_000);

  test('by key: an entry, a minute, an end; its value is said in words', async () => {
    const { world, anne, id } = await night();
    const screen = await Screen.open(browser, world, { person: anne });
    await screen.goto(`/activations/${id}/revue/reprise?entree=3`);
    const value = () => slider(screen).getAttribute('aria-valuetext');
    await slider(screen).waitFor();
    const seq = async () => Number(/entrée\s(\d+)/.exec((await value())!)![1]);
    expect(await seq()).toBe(3);
    await slider(screen).press('ArrowRight');
    expect(await seq()).toBe(4);
    await slider(screen).press('ArrowLeft');
    await slider(screen).press('ArrowLeft');
    expect(await seq()).toBe(2);
    await slider(screen).press('Home');
    await slider(screen).press('PageUp');
    expect(await value()).toMatch(/^T0\+1:0\d/);
    await slider(screen).press('PageDown');
    expect(await value()).toMatch(/^T0\+0:0\d/);
    expect(screen.faults).toEqual([]);
  }, 90_000);

  test('plays at 20 times the speed, and stops at the end', async () => {
    const { world, anne, id } = await night();
    const screen = await Screen.open(browser, world, { person: anne });
    const last = (await anne.entries(id)).length;
    await screen.goto(`/activations/${id}/revue/reprise?entree=${last - 1}`);
    await slider(screen).waitFor();
    const value = async () => Number(await slider(screen).inputValue());
    const before = await value();
    await slider(screen).press('PageDown');
    expect(await value()).toBeLessThan(before);
    await screen.press('Lire à 20 fois la vitesse');
    await screen.page.getByText(`entrée ${last} sur ${last}`).waitFor();
    await screen.page.getByRole('button', { name: 'Lire à 20 fois la vitesse' }).waitFor();
    expect(screen.faults).toEqual([]);
  }, 90_000);

  test('dragged during live news it stays where it was put, and its range grows; no order can be given from the past', async () => {
    const { world, anne, id } = await night();
    const screen = await Screen.open(browser, world, { person: anne });
    await screen.goto(`/activations/${id}/revue/reprise?entree=5`);
    await slider(screen).waitFor();
    const [max, value] = [await slider(screen).getAttribute('max'), await slider(screen).inputValue()];
    const before = (await anne.entries(id)).length;
    await world.pass(2 * MINUTE);
    await anne.order(id, 'log-note', { text: 'Pendant que l’on regarde en arrière.' });
    await screen.page.getByText(new RegExp(`entrée 5 sur (?!${before}\\b)`)).waitFor();
    expect(await slider(screen).inputValue()).toBe(value);
    expect(Number(await slider(screen).getAttribute('max'))).toBeGreaterThan(Number(max));
    expect(await screen.page.locator('.log-column').innerText()).not.toContain('Pendant que');
    expect(await screen.page.getByRole('textbox').count()).toBe(0);
    expect(await screen.page.getByRole('button', { name: /Corriger|Ordonner|Déclarer|Marquer|Terminer/ }).count()).toBe(0);
    await screen.page.getByRole('link', { name: 'Revenir au direct' }).click();
    await screen.sees('Pendant que l’on regarde en arrière.');
    expect(screen.faults).toEqual([]);
  }, 90_000);

  test('at the end it follows the present of an activation that runs; an address names where one stands', async () => {
    const { world, anne, id } = await night();
    const screen = await Screen.open(browser, world, { person: anne });
    await screen.goto(`/activations/${id}/revue/reprise?entree=4`);
    await slider(screen).waitFor();
    await slider(screen).press('End');
    expect(await words(screen)).toMatch(/le direct, à T0\+/);
    await anne.order(id, 'log-note', { text: 'Arrivée pendant que l’on suit.' });
    await screen.sees('Arrivée pendant que l’on suit.');
    await slider(screen).press('ArrowLeft');
    const seq = Number(/entrée (\d+) sur/.exec(await words(screen))![1]);
    await screen.page.waitForURL(new RegExp(`\\?entree=${seq}$`));
    expect(screen.faults).toEqual([]);
  }, 90_000);

  test('an activation that ended, with a note of its review days later: its hour keeps its room, its end is its last entry', async () => {
    const { world, anne, id } = await night();
    await anne.order(id, 'end');
    await world.pass(50 * 60 * MINUTE);
    // Her session of that night has ended by itself.
    const again = await world.signedIn(anne.id, true);
    expect((await again.order(id, 'log-note', { text: 'Deux jours après.' })).status).toBe(200);
    const screen = await Screen.open(browser, world, { person: again });
    const last = (await again.entries(id)).length;
    await screen.goto(`/activations/${id}/revue/reprise`);
    await slider(screen).waitFor();
    expect(Number(await slider(screen).getAttribute('max'))).toBeLessThan(130 * MINUTE);
    await slider(screen).press('End');
    expect(await words(screen)).toContain(`entrée ${last} sur ${last}`);
    await screen.sees('Deux jours après.');
    expect(await screen.page.getByRole('link', { name: 'Revenir au direct' }).count()).toBe(0);
    await screen.goto('/');
    await screen.page.getByRole('link', { name: /^Revoir/ }).click();
    await slider(screen).waitFor();
    expect(screen.faults).toEqual([]);
  }, 90_000);

  test('a call list of the past is read, not worked: nothing in it records a call', async () => {
    const { world, anne, id } = await night();
    await anne.order(id, 'paste-call-list', { step: 'P07', list: 'Marie Roche;maire;0639980001' });
    const screen = await Screen.open(browser, world, { person: anne });
    await screen.goto(`/activations/${id}/revue/reprise`);
    await slider(screen).waitFor();
    await slider(screen).press('End');
    await screen.page.locator('.hour-row', { hasText: 'P07' }).first().click();
    await screen.sees('Marie Roche');
    const names = await screen.page.locator('article.step button').allInnerTexts();
    expect(names.join(' ')).not.toMatch(/Acquitté|Pas de réponse|Noter|Garder|Clore|Marquer|Écrire|Viser|Renvoyer/);
    expect(await screen.page.locator('article.step input, article.step textarea, article.step a[href^="tel:"]').count()).toBe(0);
    expect(screen.faults).toEqual([]);
  }, 90_000);

  test('a snapshot and entries of different versions: the page loads itself again once, then says so plainly', async () => {
    const { world, anne, id } = await night();
    const screen = await Screen.open(browser, world, { person: anne });
    let pages = 0;
    await screen.page.route(/\/journal\?/, async (route) => {
      pages++;
      const response = await route.fetch();
      const body = (await response.json()) as { entries: { v: number }[] };
      await route.fulfill({ response, json: { ...body, entries: body.entries.map((entry) => ({ ...entry, v: 99 })) } });
    });
    await screen.page.route(`**/api/activations/${id}`, async (route) => {
      const response = await route.fetch();
      const body = (await response.json()) as { entries: unknown[] };
      // Its last entries alone: the rest is read by pages.
      await route.fulfill({ response, json: { ...body, entries: body.entries.slice(-2) } });
    });
    await screen.page.goto(`${world.url}/activations/${id}/revue/reprise`);
    await screen.sees('Ce journal contient des entrées d’une autre version que cette page.');
    expect(pages).toBe(2);
    expect(await slider(screen).count()).toBe(0);
    expect(screen.faults).toEqual([]);
  }, 90_000);

  test('RGAA: axe finds nothing, light and dark, on a desk and on a telephone; nothing scrolls sideways', async () => {
    const { world, anne, id } = await night();
    for (const size of [WIDE, PHONE]) {
      for (const dark of [false, true]) {
        const screen = await Screen.open(browser, world, { person: anne, size, dark });
        await screen.goto(`/activations/${id}/revue/reprise?entree=12`);
        await slider(screen).waitFor();
        if (process.env['SHOTS']) await screen.page.screenshot({ path: `${process.env['SHOTS']}/replay-${size.width}-${dark ? 'dark' : 'light'}.png`, fullPage: size.width < 600 });
        expect(await screen.accessibilityFaults()).toEqual([]);
        expect(await screen.overflow()).toEqual([]);
        expect(screen.faults).toEqual([]);
      }
    }
  }, 120_000);
});

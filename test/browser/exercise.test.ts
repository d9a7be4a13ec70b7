import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { MINUTE } from '../../src/domain/time.js';
import { launch, livingWorld, PHONE, Screen } from '../kit/browser.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
}, 60_000);
afterAll(() => browser.close());

describe('an exercise is unmistakable', () => {
  test('band that cannot be closed, other ground, EXERCICE in the title and the favicon, on each page and size', async () => {
    const world = await livingWorld();
    const anne = await world.person('directeur');
    const exercise = await anne.open({ lane: 'exercise', kind: 'cod', t0: world.instant() });
    const real = await anne.open();
    const look = async (screen: Screen) => ({
      title: await screen.page.title(),
      icon: await screen.page.locator('link[rel="icon"]').getAttribute('href'),
      ground: await screen.page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor),
      band: await screen.page.getByRole('region', { name: 'Exercice en cours' }).count(),
    });
    for (const size of [{ width: 1440, height: 900 }, PHONE]) {
      const screen = await Screen.open(browser, world, { person: anne, size });
      for (const page of ['', '/revue', '/gestes']) {
        await screen.goto(`/activations/${exercise}${page}`);
        const shown = await look(screen);
        expect(shown).toMatchObject({ title: expect.stringMatching(/^EXERCICE · /), icon: '/favicon-exercice.svg', band: 1 });
        const band = screen.page.getByRole('region', { name: 'Exercice en cours' });
        expect(await band.getByRole('button').count()).toBe(0);
        expect(await band.innerText()).toContain('EXERCICE EXERCICE EXERCICE');

        await screen.goto(`/activations/${real}${page}`);
        const plain = await look(screen);
        expect(plain).toMatchObject({ title: expect.not.stringContaining('EXERCICE'), icon: '/favicon.svg', band: 0 });
        expect(plain.ground).not.toBe(shown.ground);
      }
      expect(screen.faults).toEqual([]);
    }
  }, 90_000);

  test('the band stays in sight as the page scrolls, and a text to copy carries the mark at both ends', async () => {
    const world = await livingWorld();
    const anne = await world.person('directeur', 'communication');
    const id = await anne.open({ lane: 'exercise', kind: 'cod', t0: world.instant() });
    await anne.order(id, 'write-step-text', { step: 'P12', text: 'Un incendie est en cours.', seen: 0 });
    const screen = await Screen.open(browser, world, { person: anne });
    await screen.goto(`/activations/${id}?etape=P12`);
    await screen.page.mouse.wheel(0, 2_000);
    await expect(screen.page.getByRole('region', { name: 'Exercice en cours' }).boundingBox()).resolves.toMatchObject({ y: 0 });
    const text = await screen.page.locator('.text-shown blockquote').innerText();
    expect(text).toMatch(/^EXERCICE EXERCICE EXERCICE\nUn incendie est en cours\.\nEXERCICE EXERCICE EXERCICE$/);
    expect(screen.faults).toEqual([]);
  }, 60_000);
});

describe('warnings', () => {
  test('sound after one touch, stay until they are dealt with, and lead to their step', async () => {
    const world = await livingWorld();
    const [anne, marc] = [await world.person('directeur'), await world.person('communication')];
    const id = await anne.open();
    await marc.order(id, 'take-function', { function: 'RC' });
    const screen = await Screen.open(browser, world, { person: marc });
    const { page } = screen;
    await page.addInitScript(() => {
      const tones = { count: 0 };
      Object.assign(window, { tones });
      const start = OscillatorNode.prototype.start;
      OscillatorNode.prototype.start = function (this: OscillatorNode, when?: number) {
        tones.count++;
        start.call(this, when);
      };
    });
    const moreTonesThan = (before: number) => page.waitForFunction((least) => (window as unknown as { tones: { count: number } }).tones.count > least, before);
    await screen.goto(`/activations/${id}`);
    await screen.sees('Son coupé');
    await screen.press('Activer le son');
    await page.getByText('Son coupé').waitFor({ state: 'detached' });
    // What one presses to have it is heard at once.
    await moreTonesThan(3);

    await world.pass(16 * MINUTE, 16);
    const requests = page.getByRole('region', { name: 'Demandes' });
    await requests.waitFor();
    await moreTonesThan(4);
    await page.reload();
    await requests.getByRole('button', { name: /^Ouvrir/ }).click();
    await page.waitForURL(/etape=P/);
    await page.locator('article.step').waitFor();
    expect(screen.faults).toEqual([]);
  }, 60_000);

  test('a visa that awaits somebody says so from whatever page they have open', async () => {
    const world = await livingWorld();
    const [anne, claire] = [await world.person('directeur'), await world.person('communication')];
    const id = await anne.open();
    await anne.order(id, 'take-function', { function: 'DC' });
    const screen = await Screen.open(browser, world, { person: anne });
    await screen.goto('/');
    await claire.order(id, 'complete-step', { step: 'P12', evidence: [{ kind: 'text', text: 'rédigé' }], seen: 0 });
    await screen.page.getByRole('region', { name: 'Demandes' }).getByText(/Un visa vous attend/).first().waitFor();
    expect(screen.faults).toEqual([]);
  }, 60_000);

  test('a T0 that SYNERGI declares waits on top of the console, and is attached in one gesture', async () => {
    const world = await livingWorld();
    const anne = await world.person('directeur');
    const script = await world.script('declare-t0');
    const id = await anne.open({ lane: 'real', kind: 'cod' });
    const screen = await Screen.open(browser, world, { person: anne });
    await screen.goto(`/activations/${id}`);
    await screen.sees(/T0-COD pas encore connu/);
    await script.post('/api/t0', { t0: world.instant(-3), synergi: '26-041877' });
    await screen.press(/Rattacher à/);
    await screen.page.getByRole('timer', { name: /Il reste 5[67]/ }).waitFor();
    await screen.sees('SYNERGI 26-041877');
    expect(screen.faults).toEqual([]);
  }, 60_000);
});

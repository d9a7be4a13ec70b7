// 49: who plans an exercise sets its time on the page of the hour; everybody reads how fast it runs.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launch, livingWorld, PHONE, Screen, WIDE } from '../kit/browser.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
}, 60_000);
afterAll(() => browser.close());

const time = (screen: Screen) => screen.page.getByRole('region', { name: 'Temps de l’exercice' }).first();
const band = (screen: Screen) => screen.page.getByRole('region', { name: 'Exercice en cours' });

test('49 the planner pauses, resumes and speeds up; everybody else reads it, and has nothing to press', async () => {
  const world = await livingWorld();
  const [planner, anne] = [await world.person('planificateur'), await world.person('directeur')];
  const id = await planner.open({ lane: 'exercise', kind: 'cod', t0: world.instant() });
  const [theirs, hers] = [await Screen.open(browser, world, { person: planner }), await Screen.open(browser, world, { person: anne })];
  for (const screen of [theirs, hers]) await screen.goto(`/activations/${id}`);
  expect(await time(hers).count()).toBe(0);
  await theirs.press('vitesse × 20');
  await time(hers).getByText('vitesse × 20').waitFor();
  expect(await time(hers).getByRole('button').count()).toBe(0);
  await theirs.press('Pause');
  await band(hers).getByText('en pause').waitFor();
  // The agent on call has the gestures in hand, and must know that nothing runs.
  const telephone = await Screen.open(browser, world, { person: anne, size: PHONE });
  await telephone.goto(`/activations/${id}/gestes`);
  await band(telephone).getByText('en pause').waitFor();
  const figure = () => hers.page.locator('.clock-figure').first().innerText();
  const stopped = await figure();
  await world.pass(5_000);
  await hers.page.waitForTimeout(1_500);
  expect(await figure()).toBe(stopped);
  await theirs.press('Reprendre');
  await band(hers).getByText('vitesse × 20').waitFor();
  await hers.page.waitForFunction((before) => document.querySelector<HTMLElement>('.clock-figure')!.innerText !== before, stopped);
  for (const screen of [theirs, hers]) expect(screen.faults).toEqual([]);
}, 90_000);

test('RGAA: axe finds nothing on the control, light and dark, on a desk and on a telephone; nothing scrolls sideways', async () => {
  const world = await livingWorld();
  const planner = await world.person('planificateur');
  const id = await planner.open({ lane: 'exercise', kind: 'cod', t0: world.instant(), speed: 5 });
  for (const size of [WIDE, PHONE]) {
    for (const dark of [false, true]) {
      const screen = await Screen.open(browser, world, { person: planner, size, dark });
      await screen.goto(`/activations/${id}?vue=heure`);
      await time(screen).waitFor();
      if (process.env['SHOTS']) await screen.page.screenshot({ path: `${process.env['SHOTS']}/exercise-time-${size.width}-${dark ? 'dark' : 'light'}.png` });
      expect(await screen.accessibilityFaults()).toEqual([]);
      expect(await screen.overflow()).toEqual([]);
      expect(screen.faults).toEqual([]);
    }
  }
}, 120_000);

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { Demonstrations } from '../../src/application/ports.js';
import { gather, Player } from '../../src/demonstration/player.js';
import { parseStory } from '../../src/demonstration/story.js';
import { SECOND } from '../../src/domain/time.js';
import { builtConsole, launch, livingWorld, PHONE, Screen, WIDE } from '../kit/browser.js';
import { HandClock } from '../kit/hand-clock.js';
import { afterwards } from '../kit/scratch.js';
import { World } from '../kit/world.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
}, 60_000);
afterAll(() => browser.close());

test('one button, and a newcomer stands before a board that lives; every page says DÉMONSTRATION and EXERCICE', async () => {
  // Its time is the player's: each wait of the story is a stretch that passes at once, slowed to what an eye can follow.
  const world = await World.start({ clock: new HandClock(Date.now()), demonstration: true, consoleDir: await builtConsole() });
  afterwards(() => world.stop());
  const story = parseStory(readFileSync('config/demonstration/une-nuit-de-crue.md', 'utf8'));
  const company = await gather(world.url, (await world.running.wired.office.links.issueFirstAdminLink())!, story.cast);
  let curtain = false;
  const pass = async (ms: number) => {
    if (curtain) throw new Error('curtain');
    await new Promise((resolve) => setTimeout(resolve, 50));
    await world.pass(ms);
  };
  let opened = () => {};
  const running = new Promise<void>((resolve) => (opened = resolve));
  const played = new Player(story, company, { wall: () => world.clock.wall(), pass }, 20).play(opened).catch(() => {});
  await running;
  const screens = await Promise.all([WIDE, PHONE].map((size) => Screen.open(browser, world, { size })));
  for (const screen of screens) {
    // Nobody is signed in yet: the browser says so of the question who is.
    screen.expect(/401/);
    await screen.goto('/');
    expect(await screen.page.title()).toMatch(/^DÉMONSTRATION · /);
    const band = screen.page.getByRole('region', { name: 'Démonstration' });
    expect(await band.innerText()).toContain('DÉMONSTRATION');
    expect(await band.getByRole('button').count()).toBe(0);
    expect(await screen.accessibilityFaults()).toEqual([]);
    expect(await screen.overflow()).toEqual([]);
    await screen.press('Entrer dans la démonstration');
    await screen.page.waitForURL(/\/activations\/[0-9a-f]+/);
    await screen.sees('EXERCICE EXERCICE EXERCICE');
    expect(await screen.page.title()).toMatch(/^DÉMONSTRATION · EXERCICE · /);
    expect(await band.boundingBox()).toMatchObject({ y: 0 });
    await screen.page.mouse.wheel(0, 800);
    expect(await band.boundingBox()).toMatchObject({ y: 0 });
    await screen.page.mouse.wheel(0, -800);
  }
  const [wide] = screens;
  const entries = async () => Number(/\d+/.exec(await wide!.page.getByText(/\d+\sentrées/).first().innerText())![0]);
  const before = await entries();
  await wide!.page.waitForFunction((least) => Number(/(\d+)\sentrées/.exec(document.body.innerText)?.[1] ?? 0) > least + 3, before);
  await wide!.sees(/Claire Maillard|Anne Delorme|Marc Teixeira/);
  curtain = true;
  await played;
  await world.pass(SECOND);
  for (const screen of screens) {
    expect(await screen.accessibilityFaults()).toEqual([]);
    expect(await screen.overflow()).toEqual([]);
    expect(screen.faults).toEqual([]);
  }
}, 120_000);

test('a planner launches it from the opening page, opens it, and stops it; nobody else is offered it', async () => {
  const asked: string[] = [];
  class Beside extends Demonstrations {
    override async launch(): Promise<string> {
      asked.push('launch');
      return 'http://127.0.0.1:3060';
    }
    override async stop(): Promise<void> {
      asked.push('stop');
    }
  }
  const world = await livingWorld({ demonstrations: new Beside() });
  const screen = await Screen.open(browser, world, { person: await world.person('planificateur') });
  await screen.goto('/');
  expect(await screen.page.title()).not.toMatch(/DÉMONSTRATION/);
  expect(await screen.page.locator('.demonstration-band').count()).toBe(0);
  await screen.press('Lancer la démonstration');
  const link = screen.page.getByRole('link', { name: 'Ouvrir la démonstration' });
  await link.waitFor();
  expect([await link.getAttribute('href'), await link.getAttribute('target')]).toEqual(['http://127.0.0.1:3060', '_blank']);
  expect(await screen.accessibilityFaults()).toEqual([]);
  await screen.press('Arrêter');
  await screen.page.getByRole('button', { name: 'Lancer la démonstration' }).waitFor();
  expect(asked).toEqual(['launch', 'stop']);
  expect(screen.faults).toEqual([]);

  const other = await Screen.open(browser, world, { person: await world.person('communication') });
  await other.goto('/');
  expect(await other.page.getByRole('button', { name: 'Lancer la démonstration' }).count()).toBe(0);
}, 60_000);

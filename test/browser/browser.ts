// The console as a person has it: real Chromium, the built pages, the whole server behind them, a clock that the test moves.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import sparticuz from '@sparticuz/chromium';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { TOTP } from 'otpauth';
import { COLOUR_RULES } from '../kit/browser.js';
import { freePort } from '../kit/server-process.js';
import { World, type Person, type WorldOptions } from '../kit/world.js';

/** The two widths that every page is held to, and a desk at 200 %. */
export const DESK = { width: 1440, height: 900 };
export const TELEPHONE = { width: 360, height: 780 };
export const ZOOMED = { width: 720, height: 450 };

/** Of the machine when the environment names one, otherwise the one npm brings. */
export async function launch(): Promise<Browser> {
  // Not the arguments of that package: they ask for one process, which dies with its first page, and for no web security.
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? (await sparticuz.executablePath()), headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none', '--lang=fr-FR'],
    env: { ...process.env, LANG: 'fr_FR.UTF-8', LANGUAGE: 'fr' } as Record<string, string>,
  });
}

/** A server with the console that was built (`npm run build`, which `npm test` does first). */
export async function startWithConsole(options: WorldOptions = {}): Promise<World> {
  const consoleDir = process.env['CONSOLE_DIR'] ?? fileURLToPath(new URL('../../dist/console', import.meta.url));
  if (!existsSync(`${consoleDir}/index.html`)) throw new Error(`no console in ${consoleDir}: run npm run build first`);
  // A port that is known before: sockets are taken from the console's own address alone.
  return World.start({ ...options, consoleDir, env: { PORT: String(await freePort()), ...options.env } });
}

export interface Visit {
  page: Page;
  /** What the browser complained of: errors of the page, refusals of the content security policy. */
  faults: string[];
  close: () => Promise<void>;
}

/** A page of its own, in somebody's name or in nobody's. */
export async function visit(
  browser: Browser, world: World, path: string, { person, size = DESK, ...options }: { person?: Person; size?: typeof DESK } & BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({ viewport: size, locale: 'fr-FR', timezoneId: 'Europe/Paris', ...options });
  context.setDefaultTimeout(8_000);
  const cookie = person?.headers['cookie'];
  if (cookie) {
    const [name, value] = cookie.split('=') as [string, string];
    await context.addCookies([{ name, value, url: world.url }]);
  }
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  // What the server refuses and what the network does, the page says; the browser's own line about it is no fault.
  page.on('console', (message) => { if (message.type() === 'error' && !/^(Failed to load resource|WebSocket )/.test(message.text())) faults.push(message.text()); });
  await page.goto(world.url + path);
  return { page, faults, close: () => context.close() };
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeResult {
  violations: { id: string; help: string; nodes: { target: unknown[]; failureSummary?: string }[] }[];
}

interface Axe {
  axe: { run(context: { exclude: string[] }, options: { runOnly?: readonly string[]; resultTypes: string[]; rules?: Record<string, { enabled: boolean }> }): Promise<AxeResult> };
}

/**
 * What axe finds on the page as it stands, or what these rules of it find, a line each. Not in the region where React Aria reads out "pending" for seven
 * seconds, under the name of a button that may be gone by then; and while a dialog is open the rest of the page is
 * inert, its heading and its landmarks with it.
 */
export async function axe(page: Page, only?: readonly string[]): Promise<string[]> {
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  // Evaluated, not added as a script: the content security policy of the page stays in force.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  const { violations } = await page.evaluate((runOnly) => {
    const enabled = document.querySelector('[role="dialog"], [role="alertdialog"]') === null;
    return (globalThis as unknown as Axe).axe.run(
      { exclude: ['[data-live-announcer]'] },
      { resultTypes: ['violations'], ...(runOnly ? { runOnly } : { rules: { 'landmark-one-main': { enabled }, 'page-has-heading-one': { enabled } } }) },
    );
  }, only);
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${help} at ${JSON.stringify(target)} ${failureSummary ?? ''}`));
}

/** By how many pixels the page scrolls sideways. */
export function sideways(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** What is wrong with the page as it stands, at both widths, at 200 %, light and dark: nothing is what is wanted. */
export async function everyLook(page: Page): Promise<string[]> {
  const before = page.viewportSize()!;
  const found: string[] = [];
  for (const [name, size] of Object.entries({ DESK, TELEPHONE, ZOOMED })) {
    await page.setViewportSize(size);
    const over = await sideways(page);
    if (over > 0) found.push(`${name}: scrolls sideways by ${over} px`);
    if (size === ZOOMED) continue; // what axe reads does not change with the zoom
    for (const [colorScheme, rules] of [['light'], ['dark', COLOUR_RULES]] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      found.push(...(await axe(page, rules)).map((line) => `${name} ${colorScheme}: ${line}`));
    }
  }
  await page.setViewportSize(before);
  await page.emulateMedia({ colorScheme: 'light' });
  return found;
}

/** The code that a telephone with this secret shows now, by the clock of the test. */
export function codeNow(world: World, secret: string): string {
  return new TOTP({ secret: secret.replace(/\s/g, '') }).generate({ timestamp: world.clock.wall() });
}

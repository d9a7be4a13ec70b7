// A real Chromium in front of the whole product: the console as it is built, served by the server itself, with a beat
// each second as in life.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import chromium from '@sparticuz/chromium';
import { chromium as playwright, type Browser, type BrowserContext, type CDPSession, type Page } from 'playwright-core';
import { HandClock } from './hand-clock.js';
import { afterwards } from './scratch.js';
import { World, type Person, type WorldOptions } from './world.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface Size {
  width: number;
  height: number;
}
export const WIDE: Size = { width: 1440, height: 900 };
export const PHONE: Size = { width: 360, height: 780 };

/** What axe reads of colours: all that the other theme of a page can change, its elements being the same (no script asks for the theme). */
export const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

let console_: Promise<string> | undefined;

/** The console that `npm test` has just built; built apart when that is not the one of these sources. */
export function builtConsole(): Promise<string> {
  console_ ??= (async () => {
    const setup = (await import(pathToFileURL(join(ROOT, 'config/setup.mjs')).href)) as { sourceHash: () => string };
    const stamp = join(ROOT, 'dist/.stamp');
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === setup.sourceHash()) return join(ROOT, 'dist/console');
    const folder = mkdtempSync(join(tmpdir(), 'temps-zero-console-'));
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
    const built = spawnSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--config', 'config/vite.config.ts', '--logLevel', 'warn', '--outDir', folder, '--emptyOutDir'], { cwd: ROOT, encoding: 'utf8' });
    if (built.status !== 0) throw new Error(`the console does not build:\n${built.stdout}${built.stderr}`);
    return folder;
  })();
  return console_;
}

/** A system Chromium where CHROMIUM names one, else the one of npm, without its own arguments: a single process dies with its first page. */
export async function launch(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? (await chromium.executablePath());
  return playwright.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--autoplay-policy=user-gesture-required'], headless: true });
}

/** The product, beating as it does in life: a second of its clock each second. */
export async function livingWorld(options: WorldOptions = {}): Promise<World> {
  // The hour that it is: a page has no other before the first word from the server.
  const world = await World.start({ clock: new HandClock(Date.now()), ...options, consoleDir: await builtConsole() });
  const beats = setInterval(() => void world.pass(1_000).catch(() => {}), 1_000);
  afterwards(async () => {
    clearInterval(beats);
    await world.stop();
  });
  return world;
}

/** Somebody's browser. What it complains of (errors, refusals of the security policy) fails the test that made it. */
export class Screen {
  #protocol: CDPSession | undefined;
  readonly complaints: string[] = [];
  // Leaving a page while its socket passes from long-polling to a websocket: the last poll finds its session closed, the last frame its socket.
  #expected: RegExp[] = [/400 .*\/live\/\?EIO=4&transport=polling/, /WebSocket connection to .* failed: .* 400/, /^WebSocket is already in CLOSING or CLOSED state\./];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    readonly url: string,
  ) {}

  static async open(browser: Browser, world: World, { person, size = WIDE, dark = false }: { person?: Person; size?: Size; dark?: boolean } = {}): Promise<Screen> {
    const context = await browser.newContext({
      viewport: size, colorScheme: dark ? 'dark' : 'light', locale: 'fr-FR', timezoneId: 'Europe/Paris', hasTouch: size.width < 600, reducedMotion: 'reduce',
    });
    afterwards(() => context.close());
    const cookie = person?.headers['cookie'];
    if (cookie) {
      const [name, value] = cookie.split('=') as [string, string];
      await context.addCookies([{ name, value, url: world.url }]);
    }
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const screen = new Screen(context, page, world.url);
    page.on('pageerror', (error) => screen.complaints.push(error.stack ?? error.message));
    page.on('console', (message) => message.type() === 'error' && screen.complaints.push(`${message.text()} ${message.location().url}`));
    return screen;
  }

  /** Errors that the test itself causes: a network that it cuts. */
  expect(...complaints: RegExp[]): void {
    this.#expected.push(...complaints);
  }

  get faults(): string[] {
    return this.complaints.filter((complaint) => !this.#expected.some((expected) => expected.test(complaint)));
  }

  async goto(path: string): Promise<void> {
    await this.page.goto(this.url + path, { waitUntil: 'load' });
    await this.page.locator('main').first().waitFor();
    await this.page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
    await this.page.evaluate(() => document.fonts.ready);
  }

  /** Presses the button (or the link) of that name. */
  press(name: string | RegExp): Promise<void> {
    return this.page.getByRole('button', { name }).first().click();
  }

  async sees(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor();
  }

  /** The same page in the other theme, in which the system asks for it. */
  wears(colorScheme: 'light' | 'dark'): Promise<void> {
    return this.page.emulateMedia({ colorScheme });
  }

  /** What axe finds against WCAG 2.1 AA, or against some rules only: each fault with where it is. */
  async accessibilityFaults(rules: readonly string[] = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']): Promise<string[]> {
    if (!(await this.page.evaluate(() => 'axe' in window))) {
      // By the protocol itself: Playwright spends longer on half a megabyte of script than Chromium does.
      this.#protocol ??= await this.context.newCDPSession(this.page);
      await this.#protocol.send('Runtime.evaluate', { expression: AXE });
    }
    return this.page.evaluate(async (runOnly) => {
      const { axe } = window as unknown as { axe: typeof import('axe-core') };
      // React Aria reads out "pending" there for some seconds, under the name of a button that may be gone by then.
      const { violations } = await axe.run({ exclude: ['[data-live-announcer]'] }, { runOnly: [...runOnly], resultTypes: ['violations'] });
      return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`));
    }, rules);
  }

  /** What is wider than the window, where something would have to be scrolled sideways. */
  async overflow(): Promise<string[]> {
    return this.page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      if (scrollWidth <= clientWidth) return [];
      const out = [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > clientWidth);
      return out.slice(-3).map((element) => `${element.tagName}.${element.className} to ${element.getBoundingClientRect().right} « ${element.textContent?.slice(0, 40)} »`);
    });
  }
}

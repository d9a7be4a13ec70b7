import chromium from '@sparticuz/chromium';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium as playwright, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { TOTP } from 'otpauth';
import type { Me } from '../../src/contract/live.js';
import type { Invited } from '../../src/contract/people.js';
import type { Right } from '../../src/domain/entry.js';
import { post, type Person, type ServerProcess } from '../kit/server-process.js';

/** The two widths of the issue: a desk and a telephone. */
export const DESK = { width: 1440, height: 900 };
export const TELEPHONE = { width: 360, height: 780 };
export const SCHEMES = ['light', 'dark'] as const;

/** A real Chromium: that of the machine when the environment names one, otherwise the one npm brings. */
export async function launch(): Promise<Browser> {
  // Not the arguments of the package: they ask for a single process, which dies with its first page, and for no web security.
  return playwright.launch({
    executablePath: process.env['CHROMIUM'] ?? (await chromium.executablePath()), headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none'],
  });
}

export interface Seen extends AsyncDisposable {
  page: Page;
  /** What the browser complained of: errors of the page, refusals of the content security policy. */
  faults: string[];
}

/** A page of its own, in nobody's name or in somebody's. */
export async function open(
  browser: Browser, server: ServerProcess, path: string, { person, size = DESK, ...options }: { person?: Person; size?: typeof DESK } & BrowserContextOptions = {},
): Promise<Seen> {
  const context = await browser.newContext({ viewport: size, locale: 'fr-FR', timezoneId: 'Europe/Paris', ...options });
  context.setDefaultTimeout(10_000);
  if (person) {
    await context.addCookies((person.headers['cookie'] ?? '').split('; ').map((cookie) => {
      const cut = cookie.indexOf('=');
      return { name: cookie.slice(0, cut), value: cookie.slice(cut + 1), url: server.url };
    }));
  }
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => { if (message.type() === 'error') faults.push(message.text()); });
  await page.goto(server.url + path);
  return { page, faults, [Symbol.asyncDispose]: () => context.close() };
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeResult {
  violations: { id: string; help: string; nodes: { target: unknown[]; failureSummary?: string }[] }[];
}

/** What axe finds against WCAG 2.1 A and AA and its own best practices, one line each; empty is what is wanted. */
export async function axe(page: Page): Promise<string[]> {
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  // Evaluated and not added as a script: the content security policy of the page stays in force.
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: { run(): Promise<AxeResult> } }).axe.run());
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${help} at ${JSON.stringify(target)} ${failureSummary ?? ''}`));
}

/** By how many pixels the page scrolls sideways: none is what is wanted. */
export function sideways(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

const PASSWORD = 'quatre mots sans lien';

/** Somebody the administrator invited: password chosen, second factor in place where their rights ask for one. */
export async function invited(server: ServerProcess, administrator: Person, who: { login: string; name: string; title: string; rights: Right[] }): Promise<Person & { password: string; secret: string | undefined }> {
  const { link } = (await (await post(server.url, '/api/accounts', who, administrator.headers)).json()) as Invited;
  const entered = await post(server.url, '/api/links/invitation', { token: link.split('#')[1], password: PASSWORD });
  const me = (await entered.json()) as Me;
  const headers = { cookie: entered.headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; '), 'x-csrf-token': me.csrf };
  if (me.secondFactor === 'not-needed') return { me, headers, password: PASSWORD, secret: undefined };
  const { secret } = (await (await post(server.url, '/api/me/second-factor/prepare', {}, headers)).json()) as { secret: string };
  await post(server.url, '/api/me/second-factor/confirm', { code: new TOTP({ secret }).generate() }, headers);
  return { me: (await (await fetch(`${server.url}/api/me`, { headers })).json()) as Me, headers, password: PASSWORD, secret };
}

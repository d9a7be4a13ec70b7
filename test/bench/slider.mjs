// The slider over a long journal, in a real Chromium, on the page as it is built: from the gesture to what is painted.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sparticuz from '@sparticuz/chromium';
import { chromium } from 'playwright-core';
import { firstAdministrator, ServerProcess } from '../kit/server-process.ts';
import { fillNight } from './night.mjs';
import { figure, percentile } from './rounds.mjs';

const ENTRIES = 15_000;
const POSITIONS = 60;
const MINUTE = 60_000;

export async function slider() {
  const folder = mkdtempSync(join(tmpdir(), 'tz-bench-'));
  const data = join(folder, 'data');
  const first = await ServerProcess.start(data);
  const person = await firstAdministrator(first);
  await first.stop();
  const [id] = await fillNight(data, { activations: 1, entries: ENTRIES, t0: () => Date.now() - 50 * MINUTE });
  const server = await ServerProcess.start(data);
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? (await sparticuz.executablePath()), args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'fr-FR' });
  await context.addCookies(person.headers.cookie.split('; ').map((cookie) => ({ name: cookie.split('=')[0], value: cookie.split('=')[1], url: server.url })));
  const page = await context.newPage();
  await page.goto(`${server.url}/activations/${id}/revue/reprise`);
  await page.locator('.replay-slider').waitFor({ timeout: 120_000 });
  const times = await page.evaluate(async (positions) => {
    const input = document.querySelector('.replay-slider');
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
    const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const taken = [];
    // Spread without order: the golden ratio visits the whole range and never its neighbour.
    for (let i = 1; i <= positions; i++) {
      await new Promise((resolve) => setTimeout(resolve, 40));
      const from = performance.now();
      set.call(input, String(Math.round(Number(input.max) * ((i * 0.618034) % 1))));
      input.dispatchEvent(new Event('input', { bubbles: true }));
      await painted();
      taken.push(performance.now() - from);
    }
    return taken;
  }, POSITIONS);
  const seq = await page.locator('.replay-words').innerText();
  if (!/entrée \d+ sur 15/.test(seq.replace(/\s/g, ' '))) throw new Error(`not the page that was meant: ${seq}`);
  await browser.close();
  await server.stop();
  rmSync(folder, { recursive: true });
  return figure(`slider over ${ENTRIES} entries, any position painted, p95 of ${POSITIONS}`, { value: percentile(times, 0.95), unit: 'ms', goal: 50, better: 'less' });
}

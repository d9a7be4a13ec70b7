// Issue 4.6 and 4.7: whoever prepares the night composes a perimeter by every way there is, keeps it, and sees what calling it would take.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { Person, World } from '../kit/world.js';
import { everyLook, launch, startWithConsole, visit, type Visit } from './browser.js';

let browser: Browser;
let world: World;
let duty: Person;
let visited: Visit;

beforeAll(async () => {
  browser = await launch();
  world = await startWithConsole();
  duty = await world.person('communication');
  const mobile = (commune: string, n: number) => duty.post('/api/directory/people', {
    kind: 'official', lastName: `Fictif ${n}`, office: 'maire', commune, contacts: [{ kind: 'phone', value: `06 12 34 56 ${String(n).padStart(2, '0')}` }, { kind: 'phone', value: `06 12 34 57 ${String(n).padStart(2, '0')}` }],
  });
  const communes = (await duty.get<{ code: string; epci: { name: string } | null }[]>('/api/communes/all')).body.filter(({ epci }) => /Rouen/.test(epci?.name ?? ''));
  for (const [n, { code }] of communes.slice(0, 60).entries()) await mobile(code, n);
  visited = await visit(browser, world, '/perimetres', { person: duty });
}, 60_000);
afterAll(async () => {
  await visited.close();
  await world.stop();
  await browser.close();
});

async function shot(name: string): Promise<void> {
  const folder = process.env['SHOTS'];
  if (!folder) return;
  for (const [size, viewport] of Object.entries({ wide: { width: 1440, height: 900 }, phone: { width: 360, height: 780 } })) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await visited.page.setViewportSize(viewport);
      await visited.page.emulateMedia({ colorScheme });
      await visited.page.waitForTimeout(150);
      await visited.page.screenshot({ path: `${folder}/${name}-${size}-${colorScheme}.png`, fullPage: true });
    }
  }
  await visited.page.setViewportSize({ width: 1440, height: 900 });
  await visited.page.emulateMedia({ colorScheme: 'light' });
}

test('composed by every way, kept, opened again, printed, removed; the night says how long', async () => {
  const { page, faults } = visited;
  await page.getByText(/Aucun encore/).waitFor();
  await page.getByText(/la durée s’affiche ici/).waitFor();
  expect(await everyLook(page)).toEqual([]);
  await shot('empty');

  const circle1 = page.getByRole('region', { name: /Cercle 1/ });
  const circle2 = page.getByRole('region', { name: /Cercle 2/ });
  const night = page.getByRole('region', { name: 'Combien de temps ?' });
  await circle1.getByRole('combobox').fill('Rouen Normandie');
  await page.getByRole('option', { name: /Métropole Rouen Normandie/ }).click();
  await circle1.getByText(/sans personne à joindre la nuit/).waitFor();
  await night.getByText('De nuit').waitFor();
  await night.getByText('Hors d’atteinte').first().waitFor();
  await night.getByText(/Trouver un mobile dans/).waitFor();
  expect(await night.getByRole('link').first().getAttribute('href')).toMatch(/^\/annuaire\?commune=76\d{3}$/);

  await circle1.getByRole('button', { name: 'Coller une liste' }).click();
  await circle1.getByLabel('Noms ou codes officiels').fill('76217;Dieppe;Seine-Maritime\nSaint-Jean-de-la-Neuville, Yvetôt\nSaint-Aubin\nCléville\nRouan');
  await circle1.getByText(/3\s*communes reconnues/).waitFor();
  await circle1.getByText(/Rouan/).last().waitFor();
  await shot('list');
  expect(await everyLook(page)).toEqual([]);
  await circle1.getByText(/laquelle/).waitFor();
  await circle1.getByRole('button', { name: /^Cléville \(76181/ }).click();
  await circle1.getByText(/^75\s*communes$/).first().waitFor();
  expect(await circle1.getByLabel('Noms ou codes officiels').inputValue()).toContain('Rouan');
  await circle1.getByRole('button', { name: 'Coller une liste' }).click();

  await circle2.getByText('Voisines proposées').waitFor();
  await circle2.getByRole('button', { name: /Ajouter au cercle 2 .* Même EPCI/ }).first().click();
  await circle2.getByRole('button', { name: 'Par population' }).click();
  await circle2.getByLabel('Habitants, au moins').fill('100 000');
  await circle2.getByRole('button', { name: /^Ajouter 2/ }).click();

  await page.getByLabel('Garder sous le nom').fill('PPI de la métropole');
  await page.getByRole('button', { name: 'Garder ce périmètre' }).click();
  await page.getByRole('heading', { name: /« PPI de la métropole »/ }).waitFor();
  await night.getByText('Les deux', { exact: true }).click();
  await night.getByLabel('Appels simultanés permis').selectOption('3');
  await night.getByText(/3 \(compte récent\)/).waitFor({ state: 'attached' });
  await shot('kept');
  expect(await everyLook(page)).toEqual([]);

  for (const [name, file] of [[/^Imprimer/, 'liste-appel_ppi-de-la-metropole_2026-03-14.pdf'], [/^CSV/, 'liste-appel_ppi-de-la-metropole_2026-03-14.csv']] as const) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()]);
    expect([download.suggestedFilename(), await download.failure()]).toEqual([file, null]);
  }

  await page.getByRole('button', { name: 'Nouveau périmètre' }).click();
  await circle1.getByText(/Aucune commune retenue/).waitFor();
  await page.getByRole('button', { name: /^PPI de la métropole/ }).click();
  await circle1.getByText(/habitants/).waitFor();
  await page.getByRole('button', { name: 'Retirer « PPI de la métropole »' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Retirer ce périmètre' }).click();
  await page.getByText(/Aucun encore/).waitFor();
  expect(faults).toEqual([]);
}, 120_000);

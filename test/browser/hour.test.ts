import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { MINUTE, toInstant } from '../../src/domain/time.js';
import { launch, livingWorld, PHONE, Screen } from '../kit/browser.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
}, 60_000);
afterAll(() => browser.close());

describe('the hour, from temps 0 to its seal, on the console', () => {
  test('opened, driven, ended and sealed by somebody who only reads what the screen says', async () => {
    const world = await livingWorld();
    const anne = await world.person('directeur');
    const screen = await Screen.open(browser, world, { person: anne });
    const { page } = screen;

    await screen.goto('/');
    await screen.press(/COD activé/);
    await page.waitForURL(/\/activations\/[0-9a-f]{32}/);
    const id = /activations\/([0-9a-f]{32})/.exec(page.url())![1]!;
    await page.getByRole('timer').first().waitFor();
    expect(await page.getByRole('timer').first().getAttribute('aria-label')).toMatch(/Il reste (59|60|1\sh)/);

    // 47.1: she takes her function, and the step closes by itself.
    await page.getByRole('link', { name: /^Fonctions/ }).click();
    await page.getByRole('dialog').getByRole('listitem').filter({ hasText: 'Directeur de cabinet' }).getByRole('button', { name: 'Prendre' }).click();
    await screen.sees(/Vous tenez\s: directeur de cabinet/);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /P01.*Fait/ }).waitFor();

    // The text is written, then approved in its very version.
    await page.getByRole('button', { name: /^P12/ }).click();
    await screen.press('Écrire un texte');
    await page.getByRole('textbox', { name: 'Texte de l’étape' }).fill('Un incendie est en cours à Castelroy.');
    await screen.press(/Garder la version 1/);
    await page.getByRole('button', { name: 'Copier le texte' }).waitFor();
    await screen.press("C’est fait");
    await page.getByRole('button', { name: /P12.*Fait/ }).waitFor();
    await page.getByRole('complementary', { name: /attend/ }).getByRole('button', { name: 'Lire et viser' }).click();
    await screen.press(/Viser la version 1/);
    await page.getByRole('button', { name: /P13.*Fait/ }).waitFor();

    // A step is closed with its proof, another is not applicable.
    await page.getByRole('button', { name: /^P16/ }).click();
    await page.getByLabel('Adresse (URL)').fill('https://www.val-de-brenne.gouv.fr/actualites/1');
    await screen.press("C’est fait");
    await page.getByRole('button', { name: /P16.*Fait/ }).waitFor();
    await page.getByRole('button', { name: /^P10/ }).click();
    await page.getByRole('button', { name: /Confier, déclarer/ }).click();
    await screen.press('Sans objet…');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/Catégorie/).selectOption('decided-against');
    await dialog.getByLabel(/Motif/).fill('Le panache ne touche aucune commune voisine.');
    await dialog.getByLabel(/Autorisé par/).selectOption('directeur');
    await dialog.getByRole('button', { name: 'Déclarer sans objet' }).click();
    await page.getByRole('button', { name: /P10.*Sans objet/ }).waitFor();

    // 50: the written order starts the second clock.
    await screen.press('Ordonner…');
    await page.getByRole('dialog').getByRole('button', { name: /Écrire l’ordre/ }).click();
    await page.getByRole('group', { name: 'Horloge T0-NU' }).getByRole('timer').waitFor();

    // The log, by Enter alone.
    await page.getByLabel('Ajouter une entrée').fill('Premier appel du SDIS.');
    await page.keyboard.press('Enter');
    await page.getByRole('list').getByText('Premier appel du SDIS.').waitFor();

    // Every figure opens down to the entries that prove it.
    await page.getByRole('button', { name: /48\.4 Publications/ }).click();
    await page.getByRole('dialog').getByText(/P16.*faite, 1.preuve/).waitFor();
    await page.keyboard.press('Escape');

    await page.getByRole('link', { name: 'Papiers et fin' }).click();
    await screen.press(/Terminer l’activation/);
    await page.getByRole('dialog', { name: /Terminer/ }).getByRole('button', { name: 'Terminer l’activation' }).click();
    await screen.press(/Sceller l’activation/);
    await page.getByRole('dialog', { name: /Sceller/ }).getByRole('button', { name: /Sceller/ }).click();
    await screen.sees(/Scellée le/);

    const types = (await anne.entries(id)).map((entry) => entry.type);
    expect(types).toEqual(expect.arrayContaining(['functionTaken', 'stepTextWritten', 'stepCompleted', 'stepNotApplicable', 'clockStarted', 'noteLogged', 'activationEnded', 'activationSealed']));
    expect(screen.faults).toEqual([]);
  }, 120_000);

  test('a note written elsewhere appears by itself, and a corrected T0 moves the clock', async () => {
    const world = await livingWorld();
    const [anne, marc] = [await world.person('directeur'), await world.person('astreinte')];
    const id = await anne.open();
    const screen = await Screen.open(browser, world, { person: anne });
    await screen.goto(`/activations/${id}`);
    await marc.order(id, 'log-note', { text: 'Rocade coupée dans les deux sens.' });
    await screen.sees('Rocade coupée dans les deux sens.');

    const clock = (await anne.snapshot(id)).activation.clocks.cod!;
    await marc.order(id, 'correct-clock', { clock: 'cod', t0: toInstant(clock.t0 - 30 * MINUTE), reason: 'Heure lue dans SYNERGI', seen: clock.versions[0]!.seq });
    await screen.page.getByRole('timer', { name: /Il reste 29/ }).waitFor();
    await screen.sees(/corrigé, 2 versions/);
    expect(screen.faults).toEqual([]);
  }, 60_000);

  test('what somebody may not do is not offered, and the screen says whose it is', async () => {
    const world = await livingWorld();
    const [anne, reader] = [await world.person('directeur'), await world.person('auditeur')];
    const id = await anne.open();
    const screen = await Screen.open(browser, world, { person: reader });
    await screen.goto(`/activations/${id}?etape=P16`);
    await screen.sees('Cette étape se travaille par d’autres que vous.');
    expect(await screen.page.getByRole('button', { name: /C’est fait|Ordonner|Corriger T0/ }).count()).toBe(0);
    await screen.sees('Vous lisez la main courante.');
    expect(screen.faults).toEqual([]);
  }, 60_000);

  test('on a telephone: three gestures first, the hour and the journal one thumb away, the clock always there', async () => {
    const world = await livingWorld();
    const marc = await world.person('astreinte');
    const id = await marc.open();
    const screen = await Screen.open(browser, world, { person: marc, size: PHONE });
    const { page } = screen;
    await screen.goto(`/activations/${id}`);
    await page.waitForURL(/gestes/);
    await page.getByRole('button', { name: /Prendre en charge/ }).click();
    await page.getByText(/tenez l’astreinte|vous secondez/).first().waitFor();
    await page.getByRole('link', { name: 'Journal' }).click();
    await page.getByLabel('Ajouter une entrée').fill('En route vers la préfecture.');
    await page.keyboard.press('Enter');
    await screen.sees('En route vers la préfecture.');
    await page.getByRole('link', { name: 'L’heure' }).click();
    await page.getByRole('button', { name: /^P16/ }).click();
    await page.locator('.clock-line').waitFor();
    expect(await screen.overflow()).toEqual([]);
    expect(screen.faults).toEqual([]);
  }, 60_000);
});

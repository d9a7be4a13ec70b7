// The pictures of docs/guide.md, taken from the product itself:
//   npm run build && node --experimental-vm-modules node_modules/jest/bin/jest.js -c config/jest.config.js --testMatch '**/browser/pictures.ts'
// A night of 14 March 2026, told by orders at their minute; names and numbers are invented.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { gather, Player } from '../../src/demonstration/player.js';
import { parseStory } from '../../src/demonstration/story.js';
import type { Right } from '../../src/domain/entry.js';
import { MINUTE } from '../../src/domain/time.js';
import type { Person, World } from '../kit/world.js';
import { DESK, launch, startWithConsole, TELEPHONE, visit } from './browser.js';
import { toPalette } from './palette-png.js';

const FOLDER = fileURLToPath(new URL('../../docs/images/', import.meta.url));
const ADMINISTRATOR = { id: 'engine', rights: ['admin'], source: 'engine' } as const;

type Act = (page: Page) => Promise<unknown>;

class Photographer {
  constructor(
    private readonly browser: Browser,
    private readonly world: World,
  ) {}

  async take(name: string, path: string, person: Person | undefined, { size = DESK, dark = false, act, only }: { size?: typeof DESK; dark?: boolean; act?: Act; only?: string } = {}): Promise<void> {
    const phone = size === TELEPHONE;
    const { page, close } = await visit(this.browser, this.world, path, {
      ...(person ? { person } : {}), size, colorScheme: dark ? 'dark' : 'light', deviceScaleFactor: phone ? 2 : 1, reducedMotion: 'reduce',
    });
    // One touch: a device in use has its sound.
    await page.mouse.click(2, 2);
    await page.waitForLoadState('networkidle');
    await act?.(page);
    await page.mouse.move(2, 2);
    await page.waitForTimeout(400);
    const png = await (only ? page.locator(only).screenshot() : page.screenshot());
    writeFileSync(`${FOLDER}${name}.png`, toPalette(png));
    await close();
  }
}

async function person(world: World, login: string, name: string, title: string, rights: Right[]): Promise<Person> {
  const created = await world.running.wired.office.accounts.create(ADMINISTRATOR, { login, name, title, rights });
  if ('refused' in created) throw new Error(created.refused);
  return world.signedIn(created.account, true);
}

/** Minutes of the night, and what somebody did then. */
async function tell(world: World, id: string, from: number, story: readonly [number, Person, string, Record<string, unknown>][]): Promise<void> {
  for (const [minute, who, name, body] of story) {
    await world.pass(Math.max(0, from + minute * MINUTE - world.clock.wall()));
    const step = body['step'];
    const seen = name === 'complete-step' && typeof step === 'string' ? { seen: await who.seen(id, step) } : {};
    const { status, body: answer } = await who.order(id, name, { ...body, ...seen });
    if (status !== 200 && status !== 201) throw new Error(`${name} ${JSON.stringify(body)}: ${status} ${JSON.stringify(answer)}`);
  }
}

const LIST = 'Julien Roux ; opérateur presse ; 06 39 98 00 11\nSofia Diaz ; opératrice web ; 06 39 98 00 12\nPaul Nguyen ; opérateur élus ; 06 39 98 00 13\nInès Faure ; responsable de cellule ; 06 39 98 00 14';
const text = (words: string) => ({ evidence: [{ kind: 'text', text: words }] });
const link = (url: string) => ({ evidence: [{ kind: 'link', url }] });

test('the pictures of the guide', async () => {
  mkdirSync(FOLDER, { recursive: true });
  const [browser, world] = await Promise.all([launch(), startWithConsole()]);
  const camera = new Photographer(browser, world);
  const first = new URL((await world.running.wired.office.links.issueFirstAdminLink())!);
  await camera.take('premier-demarrage', first.pathname + first.hash, undefined);

  const anne = await person(world, 'a.delorme', 'Anne Delorme', 'directrice de cabinet', ['directeur', 'admin']);
  const claire = await person(world, 'c.maillard', 'Claire Maillard', "agente d'astreinte", ['astreinte']);
  const marc = await person(world, 'm.teixeira', 'Marc Teixeira', 'SIDPC', ['sidpc']);
  const ines = await person(world, 'i.faure', 'Inès Faure', 'responsable de cellule', ['communication']);
  await camera.take('ouvrir', '/', claire);

  const t0 = world.clock.wall();
  const id = await claire.open({ lane: 'real', kind: 'cod', t0: world.instant() });
  const hour = `/activations/${id}`;
  await camera.take('astreinte-t0', `${hour}/gestes`, claire, { size: TELEPHONE, dark: true });
  await tell(world, id, t0, [
    [1, claire, 'take-function', { function: 'AA' }],
    [2, claire, 'set-title', { title: 'Incendie, panache · Castelroy' }],
    [3, marc, 'take-function', { function: 'SI' }],
    [3, marc, 'record-synergi-number', { number: '26-041877' }],
    [3.8, anne, 'take-function', { function: 'DC' }],
    [4, claire, 'start-step', { step: 'P02' }],
  ]);
  await camera.take('astreinte-reflexe', `${hour}/gestes`, claire, { size: TELEPHONE, dark: true, act: (page) => page.getByRole('button', { name: /Message réflexe/ }).click() });
  await tell(world, id, t0, [
    [6, claire, 'paste-call-list', { step: 'P03', list: LIST }],
    [8, claire, 'complete-step', { step: 'P02', evidence: [{ kind: 'link', url: 'https://x.com/prefet/status/1' }, { kind: 'link', url: 'https://facebook.com/prefet/posts/1' }] }],
  ]);
  const contacts = (await claire.snapshot(id)).activation.contacts['P03']!;
  await tell(world, id, t0, [
    [8.5, claire, 'record-call', { step: 'P03', person: contacts[3]!.person, outcome: 'acknowledged' }],
    [9, claire, 'record-call', { step: 'P03', person: contacts[0]!.person, outcome: 'acknowledged' }],
  ]);
  await camera.take('astreinte-en-cours', `${hour}/gestes`, claire, { size: TELEPHONE, dark: true });
  await camera.take('astreinte-appels', `${hour}/gestes`, claire, { size: TELEPHONE, dark: true, act: (page) => page.getByRole('button', { name: /Relancer/ }).click() });
  await tell(world, id, t0, [
    [9.5, claire, 'complete-step', { step: 'P03', ...text('4 agents appelés, 4 acquittés') }],
    [10, ines, 'take-function', { function: 'RC' }],
    [10.5, ines, 'start-step', { step: 'P04' }],
    [11, marc, 'start-step', { step: 'P05' }],
    [12, anne, 'complete-step', { step: 'P11', ...text('Contact presse : J. Roux. Porte-parole : A. Delorme.') }],
    [13.4, marc, 'complete-step', { step: 'P05', ...text('Castelroy et onze communes du cercle 1, arrêtées par la directrice.') }],
    [14, ines, 'log-note', { text: 'Deux riverains incommodés, chiffre du SDIS à vérifier.' }],
    [14.6, ines, 'complete-step', { step: 'P06', ...text('Fiche de faits, version 1') }],
    [15, ines, 'complete-step', { step: 'P07', ...text('Appels lancés, 12 communes') }],
    [16, ines, 'start-step', { step: 'P08' }],
    [17, ines, 'start-step', { step: 'P18' }],
    [19, ines, 'complete-step', { step: 'P12', ...text('Communiqué nº 1, version 1') }],
    [21, claire, 'log-note', { text: 'Le maire de Castelroy demande si les écoles ouvriront.', promisedFor: new Date(t0 + 40 * MINUTE).toISOString() }],
  ]);
  await world.pass(t0 + 23.66 * MINUTE - world.clock.wall());
  await camera.take('heure', hour, anne);
  const opening = await world.running.wired.office.screens.add(ADMINISTRATOR, 'Salle du COD');
  if ('refused' in opening) throw new Error(opening.refused);
  await camera.take('mur', `/mur${new URL(opening.address).hash}`, undefined, { size: { width: 1920, height: 1080 }, act: (page) => page.getByText('Derniers faits').waitFor() });
  await camera.take('corriger-t0', `${hour}?corriger=cod&t0=${encodeURIComponent(new Date(t0 - 4 * MINUTE).toISOString())}`, claire, { only: '.modal-centre' });
  await camera.take('numero-unique', hour, claire, { act: (page) => page.getByRole('button', { name: 'Ordonner…' }).click(), only: '.modal-centre' });
  await camera.take('passer-la-main', `${hour}?voir=fonctions`, ines, {
    act: (page) => page.getByRole('listitem').filter({ hasText: 'Responsable de cellule' }).getByRole('button', { name: 'Passer la main…' }).click(), only: '.modal-centre',
  });

  await tell(world, id, t0, [
    [24.5, anne, 'complete-step', { step: 'P13' }],
    [25, anne, 'complete-step', { step: 'P21', ...text('FR-Alert refusé : panache sous le vent des champs.') }],
    [26, anne, 'order-nu', {}],
    [27, ines, 'start-step', { step: 'P23' }],
    [30, ines, 'complete-step', { step: 'P14', ...text('Envoyé à 42 rédactions') }],
    [31, ines, 'complete-step', { step: 'N01', ...text('Six répondants, formés dans l’année') }],
    [33, ines, 'complete-step', { step: 'P08', ...text('12 communes sur 12 acquittées') }],
    [34, ines, 'complete-step', { step: 'P15', ...link('https://x.com/prefet/status/2') }],
    [35, ines, 'complete-step', { step: 'P16', ...link('https://www.val-de-brenne.gouv.fr/incendie') }],
    [36, ines, 'complete-step', { step: 'P10', ...text('28 communes voisines appelées') }],
    [37, ines, 'complete-step', { step: 'P18', ...text('Six sujets traités') }],
    [38, ines, 'complete-step', { step: 'P04', ...text('4 présents, rôles tenus') }],
    [40, ines, 'complete-step', { step: 'P27', ...link('https://www.val-de-brenne.gouv.fr/communique-1') }],
    [41, ines, 'complete-step', { step: 'P19', ...text('Aucun écart entre les canaux') }],
    [42, ines, 'complete-step', { step: 'N04', ...text('Numéro et délai : 42 rédactions, portail, répondeur') }],
    [44, ines, 'complete-step', { step: 'N02', ...text('Essai à 02:58, message d’attente entendu') }],
    [46, ines, 'complete-step', { step: 'N03', ...text('FAQ version 1, lue et signée par six') }],
    [48, ines, 'complete-step', { step: 'P24', ...text('Point presse à 09:00, avis envoyé') }],
    [50, ines, 'complete-step', { step: 'N05', ...text('Premier appel à 03:04, six répondants') }],
    [54, ines, 'complete-step', { step: 'P25', ...link('https://www.val-de-brenne.gouv.fr/point-2') }],
    [58, ines, 'complete-step', { step: 'P23', ...text('Une rumeur relevée, démentie') }],
    [60.1, ines, 'log-note', { text: 'H+1 : le constat est écrit, la cellule continue.' }],
    [75, anne, 'end', {}],
  ]);
  await camera.take('terminer', `${hour}?voir=papiers`, anne);
  await camera.take('page-de-l-heure', `/api/activations/${id}/page.html`, anne);
  await camera.take('plan-papier', '/api/paper-plan.html', anne);
  await browser.close();
  await world.stop();
}, 300_000);

test('the demonstration, eight minutes before the deadline', async () => {
  const [browser, world] = await Promise.all([launch(), startWithConsole({ demonstration: true })]);
  const story = parseStory(readFileSync('config/demonstration/une-nuit-de-crue.md', 'utf8'));
  const company = await gather(world.url, (await world.running.wired.office.links.issueFirstAdminLink())!, story.cast);
  const until = { ...story, lines: story.lines.filter(({ at }) => at <= 52 * MINUTE) };
  const { activation } = await new Player(until, company, { wall: () => world.clock.wall(), pass: (ms) => world.pass(ms) }, 20).play();
  const visitor = await person(world, 'visiteur', 'Visiteur', 'visite de la démonstration', ['planificateur', 'observateur']);
  await new Photographer(browser, world).take('demonstration', `/activations/${activation}`, visitor);
  await browser.close();
  await world.stop();
}, 300_000);

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { HOUR, MINUTE } from '../../src/domain/time.js';
import { COLOUR_RULES, launch, livingWorld, PHONE, Screen, WIDE } from '../kit/browser.js';
import type { Person, World } from '../kit/world.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
}, 60_000);
afterAll(() => browser.close());

/** An hour under way with something of everything: done, late, overdue, not applicable, a text to approve, calls, a promise. */
async function busyHour(world: World, person: Person, lane: 'real' | 'exercise'): Promise<string> {
  const id = await person.open({ lane, kind: 'cod', t0: world.instant(-57), title: 'Incendie, panache · Castelroy' });
  const order = async (name: string, body: object) => {
    const { status, body: answer } = await person.order(id, name, body);
    if (status !== 200) throw new Error(`${name}: ${JSON.stringify(answer)}`);
  };
  for (const code of ['DC', 'RC', 'OE']) await order('take-function', { function: code, occurredAt: world.instant(-52) });
  await order('complete-step', { step: 'P02', evidence: [{ kind: 'link', url: 'https://x.com/p/status/1' }], seen: 0, occurredAt: world.instant(-49) });
  await order('complete-step', { step: 'P05', evidence: [{ kind: 'text', text: '118 communes' }], seen: 0, occurredAt: world.instant(-43) });
  await order('mark-not-applicable', { step: 'P10', category: 'decided-against', reason: 'Panache faible', authorisedBy: 'directeur', seen: 0 });
  await order('mark-outside-cause', { step: 'P19', reason: 'Réseau coupé', seen: 0 });
  await order('write-step-text', { step: 'P12', text: 'Un incendie est en cours.\nRestez chez vous.', seen: 0 });
  await order('complete-step', { step: 'P12', evidence: [], seen: await person.seen(id, 'P12') });
  await order('paste-call-list', { step: 'P08', list: 'Jean Petit; maire de Castelroy; 0612345678\nLise Aubry; maire de Morvigny; 0612345679' });
  await order('order-nu', { writtenAt: world.instant(-20) });
  await order('log-note', { text: 'Rocade coupée.', promisedFor: world.instant(10) });
  await order('set-communes', { communes: ['76540'] });
  await order('declare-fact', { fact: 'attack', holds: true });
  return id;
}

interface Shown {
  name: string;
  path: string;
  /** What to press first. */
  press?: string | RegExp;
}

const pages = (id: string, exercise: string): Shown[] => [
  { name: 'opening', path: '/' },
  { name: 'the hour', path: `/activations/${id}` },
  { name: 'the hour as a table', path: `/activations/${id}`, press: 'Voir le tableau' },
  { name: 'an exercise', path: `/activations/${exercise}` },
  { name: 'a step with calls', path: `/activations/${id}?etape=P08` },
  { name: 'a step to approve', path: `/activations/${id}?etape=P13` },
  { name: 'a commitment', path: `/activations/${id}?voir=engagement-48.4` },
  { name: 'functions', path: `/activations/${id}?voir=fonctions` },
  { name: 'the event', path: `/activations/${id}?voir=evenement` },
  { name: 'papers', path: `/activations/${id}?voir=papiers` },
  { name: 'an entry', path: `/activations/${id}?voir=entree-3` },
  { name: 'correcting T0', path: `/activations/${id}?corriger=cod` },
  { name: 'the journal', path: `/activations/${id}?vue=journal`, press: /Heure, fichier, annonce/ },
  { name: 'on call', path: `/activations/${id}/gestes` },
  { name: 'review', path: `/activations/${id}/revue` },
  { name: 'accounts', path: '/comptes' },
  { name: 'settings', path: '/reglages' },
  { name: 'nowhere', path: '/nulle-part' },
];

/** Phones hold the hour behind a tab: without it the address leads to the gestures. */
const onPhone = (path: string) => (/\/activations\/[0-9a-f]+$/.test(path) ? `${path}?vue=heure` : path);

describe.each([['1440 px', WIDE], ['360 px', PHONE]] as const)('every page at %s', (_, size) => {
  test('in the light and in the dark is clean for axe, fits the width, and complains of nothing', async () => {
    const world = await livingWorld();
    const anne = await world.person('directeur', 'admin');
    const [id, exercise] = [await busyHour(world, anne, 'real'), await busyHour(world, anne, 'exercise')];
    await world.pass(4 * MINUTE);
    const stranger = await Screen.open(browser, world, { size });
    const faults: string[] = [];
    const look = async (screen: Screen, name: string) => {
      for (const [theme, rules] of [['light'], ['dark', COLOUR_RULES]] as const) {
        await screen.wears(theme);
        const found = [...(await screen.accessibilityFaults(rules)), ...(await screen.overflow())];
        faults.push(...found.map((fault) => `${name}, ${theme}: ${fault}`));
      }
    };
    for (const path of ['/connexion', '/invitation#00', '/premier-administrateur#00']) {
      await stranger.goto(path);
      await look(stranger, path);
    }
    stranger.expect(/Failed to load resource/);
    const screen = await Screen.open(browser, world, { person: anne, size });
    for (const { name, path, press } of pages(id, exercise)) {
      await screen.goto(size === PHONE ? onPhone(path) : path);
      if (press) await screen.press(press);
      await look(screen, name);
    }
    expect({ faults, complaints: [...stranger.faults, ...screen.faults] }).toEqual({ faults: [], complaints: [] });
  }, 180_000);
});

describe('two days later', () => {
  test('an hour long past its end still fits the screen', async () => {
    const world = await livingWorld();
    const anne = await world.person('directeur');
    const id = await busyHour(world, anne, 'real');
    await world.pass(48 * HOUR);
    const screen = await Screen.open(browser, world, { person: await world.signedIn(anne.id, true) });
    await screen.goto(`/activations/${id}`);
    expect(await screen.overflow()).toEqual([]);
    expect(await screen.accessibilityFaults()).toEqual([]);
    expect(screen.faults).toEqual([]);
  }, 60_000);
});

import { test } from '@jest/globals';
import { MINUTE } from '../../src/domain/time.js';
import { DESK, launch, startWithConsole, TELEPHONE, visit, axe, sideways } from './browser.js';

test('shots', async () => {
  const browser = await launch();
  const world = await startWithConsole();
  const duty = await world.person('communication', 'directeur');
  const id = await duty.open({ lane: 'real', kind: 'cod', t0: world.instant() });
  await duty.order(id, 'set-title', { title: 'Crue de la Brenne' });
  const communes = (await duty.get<{ kind: string; communes: string[] }[]>('/api/communes/groups')).body.filter(({ kind }) => kind === 'epci')[3]!.communes;
  let n = 10;
  const people: string[] = [];
  for (const commune of communes) for (const order of [0, 1]) {
    const { body } = await duty.post<{ person: string }>('/api/directory/people', { kind: 'official', lastName: `Fictif ${n}`, firstName: 'Anne', office: order ? 'adjoint' : 'maire', order, commune, contacts: [{ kind: 'phone', value: `06399800${String(n++ % 90 + 10)}` }] });
    people.push(body.person);
  }
  await duty.order(id, 'write-step-text', { step: 'P06', text: 'La Brenne déborde à Castelroy. Connu : deux routes coupées. Pas connu : la durée. À faire : ouvrir la salle des fêtes, prévenir les campings.', seen: 0 });
  await duty.order(id, 'freeze-perimeter', { circle: 1, communes });
  for (let i = 0; i < people.length; i += 2) {
    await world.pass(20_000);
    const outcome = ['acknowledged', 'acknowledged', 'no-answer', 'refused', 'acknowledged', 'relayed', 'wrong-number'][i / 2 % 7];
    if (i / 2 % 9 !== 8) await duty.order(id, 'record-direct-call', { person: people[i], outcome });
  }
  await world.pass(4 * MINUTE);
  for (const [name, size] of [['desk', DESK], ['phone', TELEPHONE]] as const) {
    const { page, faults, close } = await visit(browser, world, `/activations/${id}/elus`, { person: duty, size });
    await page.getByText('Prendre cet appel').waitFor();
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await page.screenshot({ path: `/tmp/shots/elus-${name}-${scheme}.png`, fullPage: true });
      console.log(name, scheme, await axe(page), await sideways(page));
    }
    if (name === 'desk') {
      await page.getByText('Prendre cet appel').click();
      await page.locator('.my-call a').first().waitFor();
      await page.screenshot({ path: `/tmp/shots/elus-call-desk.png` });
      console.log('call', await axe(page));
      await page.getByRole('button', { name: /Rendre l/ }).click();
      await page.getByText('Prendre cet appel').waitFor();
    } else {
      await page.getByText('Prendre cet appel').click();
      await page.locator('.my-call a').first().waitFor();
      await page.screenshot({ path: `/tmp/shots/elus-call-phone.png`, fullPage: true });
    }
    console.log(faults);
    await close();
  }
  const fresh = await duty.open({ lane: 'exercise', kind: 'cod', t0: world.instant() });
  const { page, close } = await visit(browser, world, `/activations/${fresh}/elus`, { person: duty });
  await page.getByText('Arrêter le cercle 1').click();
  await page.screenshot({ path: '/tmp/shots/elus-freeze.png' });
  await close();
  await browser.close();
  await world.stop();
}, 120_000);

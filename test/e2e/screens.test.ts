// console.md 6 over real HTTP and real sockets: what the browser of a wall's screen gets, and what it never gets.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ORDERS, type OrderName } from '../../src/contract/commands.js';
import type { ActivationLine, JournalPage, Me, Snapshot } from '../../src/contract/live.js';
import type { ScreenLine, ScreenOpening } from '../../src/contract/people.js';
import { SECOND } from '../../src/domain/time.js';
import { secretOf } from '../kit/office.js';
import { firstVisitor, invitedBy, Visitor } from '../kit/visitor.js';
import { Person, World } from '../kit/world.js';

let world: World;
let admin: Visitor;

beforeEach(async () => {
  world = await World.start();
  admin = await firstVisitor(world);
});
afterEach(() => world.stop());

const added = () => admin.post<ScreenOpening>('/api/screens', { name: 'Salle du COD' });
const admit = (browser: Visitor, { address }: ScreenOpening) => browser.ask<Me>('POST', '/api/screens/admit', { token: secretOf(address) });
const cookieOf = (browser: Visitor) => ({ cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ') });
const lines = async () => (await admin.get<ScreenLine[]>('/api/screens')).body;

/** A screen in service, in a browser of its own. */
async function inService(): Promise<{ browser: Visitor; screen: ScreenLine; opening: ScreenOpening }> {
  const opening = await added();
  const browser = new Visitor(world.url);
  expect((await admit(browser, opening)).status).toBe(200);
  return { browser, screen: opening.screen, opening };
}

describe('the first load', () => {
  test('swaps the address for a cookie of its own that no page reads', async () => {
    const opening = await added();
    expect(opening.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/mur#[0-9a-f]{32}$/);
    expect(opening.qr.path).toMatch(/^M\d/);
    const browser = new Visitor(world.url);
    const { body, headers } = await admit(browser, opening);
    expect(headers.getSetCookie()).toEqual([expect.stringMatching(/^tz-screen=[0-9a-f]{64}; Max-Age=34560000; Path=\/; HttpOnly; SameSite=Strict$/)]);
    expect(body).toMatchObject({ account: opening.screen.id, name: 'Salle du COD', rights: ['ecran'], audience: 'wall', screen: true, csrf: '', secondFactor: 'not-needed' });
    expect((await browser.get<Me>('/api/me')).body).toEqual(body);
    expect(await lines()).toMatchObject([{ name: 'Salle du COD', state: 'in-service', seenAt: world.clock.wall() }]);
  });

  test('happens once: the same browser, another one, and a guess are refused, and the administrator is shown which', async () => {
    const { browser, opening } = await inService();
    const again = await admit(browser, opening);
    expect([again.status, again.problem.refused]).toEqual([410, 'dead-screen-address']);
    expect(again.headers.getSetCookie()).toEqual([]);
    expect((await browser.get('/api/me')).status).toBe(200);
    expect(await lines()).toMatchObject([{ state: 'in-service', refused: { why: 'twice' } }]);
    const stranger = new Visitor(world.url);
    expect((await admit(stranger, opening)).status).toBe(410);
    expect(stranger.cookies.size).toBe(0);
    expect((await stranger.get('/api/me')).status).toBe(401);
    expect(await lines()).toMatchObject([{ state: 'in-service', refused: { why: 'elsewhere', at: world.clock.wall() } }]);
    expect((await stranger.ask('POST', '/api/screens/admit', { token: 'f'.repeat(32) })).status).toBe(410);
    expect((await stranger.ask('POST', '/api/screens/admit', { token: 'pas une adresse' })).status).toBe(422);
  });

  test('comes from our own page', async () => {
    const answer = await new Visitor(world.url).ask('POST', '/api/screens/admit', { token: secretOf((await added()).address) }, { 'origin': 'https://ailleurs.example', 'sec-fetch-site': 'cross-site' });
    expect([answer.status, answer.problem.refused]).toEqual([403, 'forged']);
    expect(await lines()).toMatchObject([{ state: 'waiting', refused: null }]);
  });
});

test('over TLS the cookie is Secure and of this host alone', async () => {
  await world.stop();
  world = await World.start({ env: { PUBLIC_URL: 'https://crise.example' } });
  const { address } = (await world.running.wired.office.screens.add({ id: 'engine', rights: ['admin'], source: 'engine' }, 'Hall')) as { address: string };
  expect(address).toMatch(/^https:\/\/crise\.example\/mur#/);
  const { headers } = await new Visitor(world.url).ask('POST', '/api/screens/admit', { token: secretOf(address) }, { origin: 'https://crise.example' });
  expect(headers.getSetCookie()[0]).toMatch(/^__Host-tz-screen=[0-9a-f]{64}; Max-Age=34560000; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
});

describe('in service', () => {
  test('it survives a restart of the server', async () => {
    const { browser, screen } = await inService();
    const { folder, clock } = world;
    await world.stop();
    world = await World.start({ folder, clock });
    const returned = new Person(world, cookieOf(browser));
    expect((await returned.get<Me>('/api/me')).body).toMatchObject({ account: screen.id, audience: 'wall' });
    const board = await returned.board();
    expect(board.socket.connected).toBe(true);
  });

  test('it is given no order, of any kind, and reads only what its page shows', async () => {
    const { browser } = await inService();
    const person = await world.person('directeur');
    const id = await person.open();
    for (const name of Object.keys(ORDERS) as OrderName[]) {
      expect([name, (await browser.ask('POST', `/api/activations/${id}/${name}`, {})).status]).toEqual([name, 403]);
    }
    for (const path of ['/api/activations', '/api/t0', '/api/accounts', '/api/screens', '/api/me/password', '/api/sign-out', `/api/activations/${id}/uploads`]) {
      expect([path, (await browser.ask('POST', path, {})).status]).toEqual([path, 403]);
    }
    for (const path of ['/api/accounts', '/api/screens', '/api/house', '/api/people/working', '/api/administration/journal', `/api/activations/${id}/export.zip`, `/api/activations/${id}/page.html`]) {
      expect([path, (await browser.get(path)).status]).toEqual([path, 403]);
    }
    expect((await browser.get<ActivationLine[]>('/api/activations')).body).toMatchObject([{ id, life: 'running' }]);
    expect((await person.entries(id)).every(({ by }) => by === person.id || by === 'engine')).toBe(true);
  });

  test('it is given the entries of a wall: of the others the number alone, by page and by socket', async () => {
    const { browser } = await inService();
    const person = await world.person('directeur');
    const id = await person.open({ lane: 'real', kind: 'cod', t0: world.instant(), title: 'Incendie · Castelroy' });
    const screen = new Person(world, cookieOf(browser));
    const board = await screen.board();
    await board.follow(id, 0);
    const kept = (await screen.get<Snapshot>(`/api/activations/${id}`)).body;
    expect([kept.audience, kept.texts[kept.activation.title!.digest]]).toEqual(['wall', 'Incendie · Castelroy']);
    await person.order(id, 'log-note', { text: 'Deux blessés, chiffre à taire.' });
    await person.order(id, 'log-direction-note', { text: 'Pour la direction.' });
    await person.order(id, 'write-step-text', { step: 'P12', text: 'Un incendie est en cours.', seen: 0 });
    await person.order(id, 'complete-step', { step: 'P11', evidence: [{ kind: 'text', text: 'Contact : J. Roux' }], seen: 0 });
    const page = (await screen.get<JournalPage>(`/api/activations/${id}/journal?after=${kept.activation.seq}`)).body;
    expect(page.entries.slice(0, 2)).toEqual([1, 2].map((n) => ({ seq: kept.activation.seq + n, withheld: true })));
    await board.until(({ entries }) => entries.at(-1)?.seq === page.seq);
    expect(board.entries).toEqual(page.entries);
    expect(JSON.stringify([board.news, page])).not.toMatch(/blessés|Pour la direction|incendie est en cours/);
  });

  test('no request sounds on it', async () => {
    const { browser } = await inService();
    const board = await new Person(world, cookieOf(browser)).board();
    const person = await world.person('astreinte');
    const theirs = await person.board();
    const id = await person.open();
    await (await world.person('directeur')).order(id, 'assign-step', { step: 'P11', to: person.id });
    await world.pass(SECOND);
    await theirs.until(({ requests }) => requests.length > 0);
    expect(board.requests).toEqual([]);
    expect(board.lobbies).toBeGreaterThan(0);
  });

  test('its name is told to whoever reads the administration’s journal', async () => {
    const { screen } = await inService();
    expect((await admin.get(`/api/people?ids=${screen.id}`)).body).toEqual({ [screen.id]: { name: 'Salle du COD', title: 'écran mural', erased: false } });
  });

  test('a person who signs in on its browser is who they are, and once out it is the screen again', async () => {
    const { browser, screen } = await inService();
    const marc = await invitedBy(admin, world, 'marc', ['sidpc']);
    for (const [name, value] of marc.cookies) browser.cookies.set(name, value);
    expect((await browser.get<Me>('/api/me')).body).toMatchObject({ account: marc.me!.account, rights: ['sidpc'] });
    await browser.post('/api/sign-out');
    expect((await browser.get<Me>('/api/me')).body).toMatchObject({ account: screen.id });
  });
});

describe.each(['revoke', 'renew'] as const)('after %s', (act) => {
  test('its socket is cut at once and its cookie is dead', async () => {
    const { browser, screen, opening } = await inService();
    const board = await new Person(world, cookieOf(browser)).board();
    await admin.post(`/api/screens/${screen.id}/${act}`);
    await board.gone();
    for (const path of ['/api/me', '/api/activations']) expect((await browser.get(path)).status).toBe(401);
    await expect(new Person(world, cookieOf(browser)).board()).rejects.toThrow('signed-out');
    expect((await admit(browser, opening)).status).toBe(410);
    expect(await lines()).toMatchObject([{ state: act === 'revoke' ? 'revoked' : 'waiting', refused: { why: act === 'revoke' ? 'revoked' : 'replaced' } }]);
  });
});

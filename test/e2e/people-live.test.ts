// 7 "People": what happens around sign-in: TLS, proxies, open boards, and what the administration notes of activations.
import { afterEach, describe, expect, test } from '@jest/globals';
import { network } from '../../src/adapters/web/auth/sign-in.controller.js';
import { ADMINISTRATION } from '../../src/domain/administration.js';
import type { AdministrationEntry } from '../../src/domain/administration.js';
import { HOUR, SECOND } from '../../src/domain/time.js';
import { PASSWORD } from '../kit/office.js';
import { firstVisitor, invitedBy, Visitor } from '../kit/visitor.js';
import { World } from '../kit/world.js';

let world: World;
afterEach(() => world.stop());

const noted = async () => (await world.store.journal.read(ADMINISTRATION)).map(({ line }) => JSON.parse(line) as AdministrationEntry)
  .filter(({ type }) => type === 'activationNoted' || type === 'headNoted').map(({ type, payload }) => ({ type, ...payload }));

test('over TLS, cookies are Secure and of this host alone, and only the public address is ours', async () => {
  world = await World.start({ env: { PUBLIC_URL: 'https://crise.example' } });
  const origin = { origin: 'https://crise.example' };
  const visitor = new Visitor(world.url);
  const link = await world.running.wired.office.links.issueFirstAdminLink();
  expect(link).toMatch(/^https:\/\/crise\.example\/premier-administrateur#[0-9a-f]{64}$/);
  const body = { token: link!.split('#')[1], login: 'anne.delorme', name: 'Anne', title: '', password: PASSWORD, rights: [] };
  expect((await visitor.ask('POST', '/api/links/first-admin', body)).problem.refused).toBe('forged');
  const { headers, status } = await visitor.ask('POST', '/api/links/first-admin', body, origin);
  expect(status).toBe(200);
  for (const cookie of headers.getSetCookie()) expect(cookie).toMatch(/^__Host-tz-(session|device)=[0-9a-f]{64}; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
  expect((await visitor.get('/api/me')).status).toBe(200);
});

describe('the address of whoever guesses', () => {
  const guess = async (from: string) => {
    let last = 0;
    for (let i = 0; i < 40; i++) {
      last = (await new Visitor(world.url).ask('POST', '/api/sign-in', { login: `inconnu${i}`, password: 'faux' }, { 'x-forwarded-for': from })).status;
    }
    return last;
  };
  const signIn = async (from: string) =>
    (await new Visitor(world.url).ask('POST', '/api/sign-in', { login: 'anne.delorme', password: PASSWORD }, { 'x-forwarded-for': from })).status;

  test('is what a trusted proxy says', async () => {
    world = await World.start({ env: { TRUSTED_PROXIES: '127.0.0.1' } });
    await firstVisitor(world);
    expect(await guess('203.0.113.5')).toBe(429);
    expect(await signIn('203.0.113.5')).toBe(429);
    expect(await signIn('198.51.100.7')).toBe(200);
  });

  test('is not what anybody claims', async () => {
    world = await World.start();
    await firstVisitor(world);
    expect(await guess('203.0.113.5')).toBe(429);
    expect(await signIn('198.51.100.7')).toBe(429);
  });

  test('is that of a household', async () => {
    world = await World.start();
    expect(network('192.0.2.7')).toBe('192.0.2.7');
    expect(network('::ffff:192.0.2.7')).toBe('192.0.2.7');
    expect(network('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
    expect(network('2001:db8:1:2::1')).toBe(network('2001:0db8:0001:0002:ffff::9'));
    expect(network('2001:db8::1')).toBe('2001:db8:0:0::/64');
    expect(network('::1')).toBe('0:0:0:0::/64');
    expect(network('fe80::1%eth0')).toBe('fe80:0:0:0::/64');
  });
});

test('a board is cut off at once when the session behind it is revoked, and when its rights change', async () => {
  world = await World.start();
  const admin = await firstVisitor(world);
  for (const act of [['revoke-sessions', {}], ['rights', { rights: ['observateur'] }], ['disable', {}]] as const) {
    const paul = await world.person('astreinte');
    const board = await paul.board();
    await admin.post(`/api/accounts/${paul.id}/${act[0]}`, act[1]);
    await board.gone();
  }
});

test('whoever is erased keeps their id in journals, and reads as erased', async () => {
  world = await World.start();
  const admin = await firstVisitor(world);
  const paul = await invitedBy(admin, world, 'paul', ['astreinte']);
  const { activation } = await paul.post<{ activation: string }>('/api/activations', { lane: 'real', kind: 'cod' });
  await admin.post(`/api/accounts/${paul.me!.account}/erase`);
  const director = await world.person('directeur');
  expect((await director.entries(activation))[0]).toMatchObject({ by: paul.me!.account });
  const { body } = await director.get<Record<string, unknown>>(`/api/people?ids=${paul.me!.account}`);
  expect(body).toEqual({ [paul.me!.account]: { name: 'personne effacée', title: 'agent', erased: true } });
});

test('design.md part 4 d: the beat notes each activation: its first entry, its head every hour, its end', async () => {
  world = await World.start();
  const director = await world.person('directeur');
  const id = await director.open({ lane: 'real', kind: 'cod' });
  await world.pass(SECOND);
  const [first] = await world.store.journal.read(id, 0, 1);
  expect(await noted()).toEqual([
    { type: 'activationNoted', noted: id, lane: 'real', firstHash: first!.hash }, expect.objectContaining({ type: 'headNoted', noted: id, life: 'running' }),
  ]);
  await director.order(id, 'log-note', { text: 'Rien à signaler.' });
  await world.pass(HOUR);
  await director.order(id, 'end');
  await world.pass(SECOND);
  const [summary] = await world.store.journal.summaries();
  expect((await noted()).slice(2)).toEqual([
    expect.objectContaining({ type: 'headNoted', life: 'running' }), { type: 'headNoted', noted: id, life: 'ended', seq: summary!.seq, head: summary!.head },
  ]);
});

// 7 "People" over real HTTP: sign-in, CSRF, the second factor asked of orders, tokens, links, and the whole matrix.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { unzipSync } from 'fflate';
import { PEOPLE_OPERATIONS } from '../../src/contract/people.js';
import { WEBHOOK_OPERATIONS } from '../../src/contract/webhooks.js';
import { ADMINISTRATION } from '../../src/domain/administration.js';
import { ADMIN_OPERATIONS, mayAdminister, type AdminOperation } from '../../src/domain/administration-rules.js';
import { RIGHTS, type Right } from '../../src/domain/entry.js';
import { SECOND_FACTOR_RIGHTS } from '../../src/domain/rights.js';
import { HOUR } from '../../src/domain/time.js';
import { codeAt, NEXT_PASSWORD, PASSWORD, secretOf } from '../kit/office.js';
import { MemoryStore } from '../kit/memory-store.js';
import { started, tampered } from '../kit/verifier.js';
import { firstVisitor, invitedBy, Visitor } from '../kit/visitor.js';
import { World } from '../kit/world.js';

let world: World;
let admin: Visitor;

beforeEach(async () => {
  world = await World.start();
  admin = await firstVisitor(world);
});
afterEach(() => world.stop());

const visitor = () => new Visitor(world.url);
const person = (login: string, rights: Right[]) => invitedBy(admin, world, login, rights);

const OPENING = { lane: 'real', kind: 'cod' };

describe('signing in', () => {
  test('gives a cookie that no page reads, and Me', async () => {
    await person('paul', ['astreinte']);
    const browser = visitor();
    const { status, headers, body } = await browser.ask('POST', '/api/sign-in', { login: ' Paul ', password: PASSWORD });
    expect(status).toBe(200);
    expect(body).toMatchObject({ name: 'Nom de paul', rights: ['astreinte'], audience: 'cell', secondFactor: 'asked', csrf: expect.stringMatching(/^[0-9a-f]{64}$/) });
    for (const cookie of headers.getSetCookie()) expect(cookie).toMatch(/^tz-(session|device)=[0-9a-f]{64}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Strict$/);
    expect((await browser.get('/api/me')).body).toEqual(body);
  });

  test('a wrong password and an unknown login get one answer', async () => {
    await person('paul', []);
    const answers = await Promise.all(['paul', 'personne'].map((login) => visitor().ask('POST', '/api/sign-in', { login, password: 'faux mot de passe' })));
    expect(answers.map(({ status }) => status)).toEqual([401, 401]);
    expect(answers[0]!.body).toEqual(answers[1]!.body);
    expect(answers[0]!.problem).toMatchObject({ refused: 'wrong-credentials', detail: expect.stringContaining('incorrect') });
  });

  test('a thousand failures are slowed down with the remaining seconds, and others come in meanwhile', async () => {
    await person('paul', []);
    const browser = visitor();
    let last = await browser.ask('POST', '/api/sign-in', { login: 'paul', password: 'faux' });
    for (let i = 0; i < 20; i++) {
      last = (await Promise.all(Array.from({ length: 50 }, () => browser.ask('POST', '/api/sign-in', { login: 'paul', password: 'faux' })))).at(-1)!;
    }
    expect(last).toMatchObject({ status: 429, problem: { refused: 'throttled', details: { seconds: 1 }, detail: expect.stringContaining('Réessayez dans 1') } });
    expect(last.headers.get('retry-after')).toBe('1');
    expect((await visitor().ask('POST', '/api/sign-in', { login: 'anne.delorme', password: PASSWORD })).status).toBe(200);
    world.clock.pass(1_000);
    expect((await browser.ask('POST', '/api/sign-in', { login: 'paul', password: PASSWORD })).status).toBe(200);
  }, 20_000);

  test.each([
    ['another site', { origin: 'https://ailleurs.example' }], ['a page of another port', { origin: 'http://127.0.0.1:1' }],
    ['what the browser calls cross-site', { 'sec-fetch-site': 'cross-site' }],
  ])('is refused to %s', async (_name, headers) => {
    const answer = await visitor().ask('POST', '/api/sign-in', { login: 'anne.delorme', password: PASSWORD }, headers as Record<string, string>);
    expect(answer).toMatchObject({ status: 403, problem: { refused: 'forged' } });
  });

  test('asks for a login and a password, and nothing else', async () => {
    const bodies = [
      {}, [], { login: 'x' }, { login: 1, password: 2 }, { login: 'x', password: 'y', more: 1 }, { login: 'x'.repeat(65), password: 'y' },
      { login: 'x', password: 'y'.repeat(201) },
    ];
    for (const body of bodies) expect([body, (await visitor().ask('POST', '/api/sign-in', body)).status]).toEqual([body, 422]);
  });

  test('signing out ends the session, here and for whoever copied the cookie', async () => {
    const copied = visitor();
    for (const [name, value] of admin.cookies) copied.cookies.set(name, value);
    expect((await copied.get('/api/me')).status).toBe(200);
    await admin.post('/api/sign-out');
    expect(admin.cookies.has('tz-session')).toBe(false);
    expect(await copied.get('/api/me')).toMatchObject({ status: 401, problem: { refused: 'signed-out' } });
  });
});

describe('a request that changes something', () => {
  test.each([
    ['without its token', { 'x-csrf-token': '' }], ['with a forged one', { 'x-csrf-token': '0'.repeat(64) }], ['with a short one', { 'x-csrf-token': 'a' }],
    ['from another origin', { origin: 'https://ailleurs.example' }], ['from another site', { 'sec-fetch-site': 'same-site' }],
  ])('%s is refused, and nothing happens', async (_name, headers) => {
    const answer = await admin.ask('POST', '/api/accounts', { login: 'paul', name: 'Paul', title: '', rights: [] }, headers as Record<string, string>);
    expect(answer).toMatchObject({ status: 403, problem: { refused: 'forged' } });
    expect((await admin.get<unknown[]>('/api/accounts')).body).toHaveLength(1);
  });

  test('with the token of another session is refused', async () => {
    const paul = await person('paul', ['admin']);
    const answer = await admin.ask('POST', '/api/accounts', { login: 'x.y', name: 'x', title: '', rights: [] }, { 'x-csrf-token': paul.me!.csrf });
    expect(answer.problem.refused).toBe('forged');
  });
});

describe('the second factor', () => {
  test('without it nothing is read and every order is refused, until a code is given in this session', async () => {
    const paul = await person('paul', ['astreinte']);
    const { secret } = await paul.setUpSecondFactor(world.clock);
    world.clock.pass(60_000);
    const browser = visitor();
    await browser.post('/api/sign-in', { login: 'paul', password: PASSWORD });
    expect((await browser.get('/api/activations')).status).toBe(403);
    expect((await browser.get('/api/me')).status).toBe(200);
    expect(await browser.ask('POST', '/api/activations', OPENING)).toMatchObject({ status: 403, problem: { refused: 'second-factor-needed' } });
    expect(await browser.ask('POST', '/api/me/second-factor/code', { code: '000000' })).toMatchObject({ status: 422, problem: { refused: 'wrong-code' } });
    const code = codeAt(secret, world.clock.wall());
    await browser.post('/api/me/second-factor/code', { code: `${code.slice(0, 3)} ${code.slice(3)}` });
    expect(browser.me!.secondFactor).toBe('given');
    expect((await browser.get('/api/activations')).status).toBe(200);
    expect((await browser.ask('POST', '/api/activations', OPENING)).status).toBe(201);
    expect(await browser.ask('POST', '/api/me/second-factor/code', { code })).toMatchObject({ status: 422 });
  });

  test('its picture is a path that the page draws, of the address that a telephone reads', async () => {
    const prepared = await admin.post<{ secret: string; address: string; qr: { size: number; path: string } }>('/api/me/second-factor/prepare');
    expect(prepared.address).toContain(`secret=${prepared.secret}`);
    expect(prepared.qr.size).toBeGreaterThan(20);
    expect(prepared.qr.path).toMatch(/^M0 0h7v1h-7z/);
  });

  test('whoever has not set it up may set it up, and nothing else', async () => {
    const { link } = await admin.post<{ link: string }>('/api/accounts', { login: 'paul', name: 'Paul', title: '', rights: ['astreinte'] });
    const paul = visitor();
    await paul.post('/api/links/invitation', { token: secretOf(link), password: PASSWORD });
    expect(paul.me!.secondFactor).toBe('to-set-up');
    for (const path of ['/api/activations', '/api/me/password']) {
      expect((await paul.ask('POST', path, {})).problem.refused).toBe('second-factor-needed');
    }
    await paul.setUpSecondFactor(world.clock);
    expect((await paul.ask('POST', '/api/activations', OPENING)).status).toBe(201);
  });
});

describe('API tokens', () => {
  const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
  const t0 = () => ({ t0: new Date(world.clock.wall()).toISOString(), synergi: '2026-076-0001' });
  const issue = (over = {}) => admin.post<{ secret: string; token: { id: string } }>('/api/tokens', {
    name: 'script SYNERGI', expiresAt: new Date(world.clock.wall() + HOUR).toISOString(), ...over,
  });

  test('declares T0 and nothing else', async () => {
    const { secret } = await issue();
    const script = visitor();
    expect((await script.ask('POST', '/api/t0', t0(), bearer(secret))).status).toBe(201);
    expect(await script.ask('POST', '/api/activations', OPENING, bearer(secret))).toMatchObject({ status: 403, problem: { refused: 'token-scope' } });
    for (const path of ['/api/accounts', '/api/me', '/api/administration/journal']) {
      expect((await script.ask('GET', path, undefined, bearer(secret))).status).toBe(403);
    }
  });

  test.each([
    ['forged', () => `tz_${'0'.repeat(64)}`], ['of another shape', () => 'abc'], ['empty', () => ''],
  ])('one that is %s is refused', async (_name, secret) => {
    expect(await visitor().ask('POST', '/api/t0', t0(), bearer(secret()))).toMatchObject({ status: 401, problem: { refused: 'signed-out' } });
  });

  test('an expired one and a revoked one are refused at the next request', async () => {
    const [first, second] = [await issue(), await issue()];
    expect((await visitor().ask('POST', '/api/t0', t0(), bearer(first.secret))).status).toBe(201);
    await admin.post(`/api/tokens/${first.token.id}/revoke`);
    expect((await visitor().ask('POST', '/api/t0', t0(), bearer(first.secret))).status).toBe(401);
    world.clock.pass(HOUR);
    expect((await visitor().ask('POST', '/api/t0', t0(), bearer(second.secret))).status).toBe(401);
  });

  test('beside a cookie, the token alone counts', async () => {
    const { secret } = await issue();
    expect((await admin.ask('GET', '/api/accounts', undefined, bearer(secret))).status).toBe(403);
    expect((await admin.ask('GET', '/api/accounts', undefined, bearer('tz_faux'))).status).toBe(401);
    expect((await admin.ask('GET', '/api/accounts', undefined, { authorization: 'Basic YTpi' })).status).toBe(401);
  });

  test('is never given an operation that tokens do not have', async () => {
    for (const operations of [['end'], ['receive-declaration'], ['create-account'], []]) {
      expect((await admin.ask('POST', '/api/tokens', { name: 'x', operations, expiresAt: new Date(world.clock.wall() + HOUR).toISOString() })).status).toBe(422);
    }
  });
});

describe('administering', () => {
  test('every right on every operation: allowed to those of the table, forbidden to all others', async () => {
    const bodies: Partial<Record<AdminOperation, unknown>> = {
      'create-account': { login: 'neuf', name: 'Neuf', title: '', rights: [] }, 'describe-account': { login: 'autre.login', name: 'Autre', title: '' },
      'change-rights': { rights: [] }, 'issue-token': { name: 'x', expiresAt: new Date(world.clock.wall() + HOUR).toISOString() }, 'add-screen': { name: 'Salle du COD' },
      'add-webhook': { name: 'COZ', url: 'https://exemple.invalid/x' }, 'change-webhook': { name: 'COZ', url: 'https://exemple.invalid/y' },
    };
    const target = (await person('cible', ['cip'])).me!.account;
    const { token } = await admin.post<{ token: { id: string } }>('/api/tokens', bodies['issue-token']);
    const { screen } = await admin.post<{ screen: { id: string } }>('/api/screens', bodies['add-screen']);
    const { webhook } = await admin.post<{ webhook: string }>('/api/webhooks', bodies['add-webhook']);
    const targets: Partial<Record<AdminOperation, string>> = { 'revoke-token': token.id, 'renew-screen': screen.id, 'revoke-screen': screen.id };
    for (const right of RIGHTS) {
      const who = right === 'admin' ? admin : await person(`avec.${right}`, [right]);
      expect(who.me!.secondFactor).toBe(SECOND_FACTOR_RIGHTS.includes(right) ? 'given' : 'not-needed');
      const operations = { ...PEOPLE_OPERATIONS, ...WEBHOOK_OPERATIONS };
      for (const operation of Object.keys(ADMIN_OPERATIONS).filter((one): one is AdminOperation & keyof typeof operations => one in operations)) {
        const { method, path } = operations[operation];
        // What succeeds changes its target: each operation of the administrator has one of its own.
        const account = right === 'admin' && path.includes('{id}') ? (await person(`cible.${operation}`, ['cip'])).me!.account : target;
        const address = path.replace('{id}', targets[operation] ?? (operation.includes('webhook') ? webhook : account));
        const { status, problem } = await who.ask(method, address, method === 'GET' ? undefined : (bodies[operation] ?? {}));
        const forbidden = status === 403 && problem.refused === 'forbidden';
        expect([right, operation, forbidden]).toEqual([right, operation, !mayAdminister([right], operation)]);
        if (!forbidden) expect([operation, status < 300]).toEqual([operation, true]);
      }
    }
  });

  test('a session is gone at once when its account is disabled', async () => {
    const paul = await person('paul', ['astreinte']);
    expect((await paul.get('/api/me')).status).toBe(200);
    await admin.post(`/api/accounts/${paul.me!.account}/disable`);
    expect((await paul.get('/api/me')).status).toBe(401);
  });

  test('a password is chosen once with its link, changed with the one in use, and says why it is too weak', async () => {
    const { link, account } = await admin.post<{ link: string; account: string }>('/api/accounts', { login: 'nina', name: 'Nina', title: '', rights: ['observateur'] });
    const nina = visitor();
    const token = secretOf(link);
    expect(await nina.post('/api/links/look', { token })).toMatchObject({ purpose: 'invitation', login: 'nina' });
    expect(await nina.ask('POST', '/api/links/invitation', { token, password: 'nina2026' })).toMatchObject({ status: 422, problem: { details: { why: 'short' } } });
    await nina.post('/api/links/invitation', { token, password: PASSWORD });
    expect(await visitor().ask('POST', '/api/links/invitation', { token, password: PASSWORD })).toMatchObject({ status: 410, problem: { refused: 'dead-link' } });
    await nina.post('/api/me/password', { current: PASSWORD, next: NEXT_PASSWORD });
    expect(nina.me).toMatchObject({ account });
    expect((await nina.get('/api/me')).status).toBe(200);
  });

  test('the first link is dead once used, and nobody else becomes the first', async () => {
    expect(await world.running.wired.office.links.issueFirstAdminLink()).toBeUndefined();
    const answer = await visitor().ask('POST', '/api/links/first-admin', {
      token: '0'.repeat(64), login: 'intrus', name: 'x', title: '', password: PASSWORD, rights: [],
    });
    expect(answer).toMatchObject({ status: 410, problem: { refused: 'dead-link' } });
  });

  test('its journal is read by pages, judged, exported as it is stored and verified by Node alone, and never taken for an activation', async () => {
    const auditor = await person('audit', ['auditeur']);
    const { body: page } = await auditor.get<{ entries: { seq: number }[]; seq: number }>('/api/administration/journal?after=2&limit=3');
    expect(page.entries.map(({ seq }) => seq)).toEqual([3, 4, 5]);
    expect((await auditor.get('/api/administration/verdict')).body).toMatchObject({ ok: true, entries: page.seq });
    const files = new Map(Object.entries(unzipSync(await auditor.download('/api/administration/export.zip'))).map(([name, bytes]) => [name, Buffer.from(bytes)]));
    const lines = files.get('journal.ndjson')!.toString().trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(await world.store.journal.read(ADMINISTRATION));
    expect(started(files)).toMatchObject({ status: 0, says: expect.stringContaining(`${page.seq} entrées enchaînées`) });
    const altered = tampered(files, 'journal.ndjson', (text) => text.replace('auditeur', 'directeur'));
    expect(started(altered)).toMatchObject({ status: 1, says: expect.stringContaining('première entrée fausse') });
    for (const path of ['', '/journal', '/export', '/page']) expect([path, (await auditor.get(`/api/activations/${ADMINISTRATION}${path}`)).status]).toEqual([path, 404]);
    const director = await person('dc', ['directeur']);
    expect((await director.ask('POST', `/api/activations/${ADMINISTRATION}/end`, {})).status).toBe(404);
    expect((await auditor.get<unknown[]>('/api/activations')).body).toEqual([]);
  });

  test('when the disk is full, the answer says that nothing was recorded', async () => {
    await world.stop();
    const store = new MemoryStore();
    world = await World.start({ store: async () => store });
    admin = await firstVisitor(world);
    store.failNext(1);
    const answer = await admin.ask('POST', '/api/accounts', { login: 'paul', name: 'Paul', title: '', rights: [] });
    expect(answer).toMatchObject({ status: 503, problem: { refused: 'storage-failed' } });
    expect((await admin.get<unknown[]>('/api/accounts')).body).toHaveLength(1);
  });
});

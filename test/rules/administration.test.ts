// 7 "People": who may do what to accounts, and what the administration's own journal keeps of it.
import { beforeEach, describe, expect, test } from '@jest/globals';
import { sha256 } from '../../src/adapters/system-clock.js';
import type { PersonContent } from '../../src/domain/directory/person.js';
import { ADMINISTRATION, evolveAdministration, initialAdministration } from '../../src/domain/administration.js';
import { ADMIN_OPERATIONS, commandsOf, decideAdministration, mayAdminister, TOKEN_OPERATIONS, type AdminCommand, type AdminOperation } from '../../src/domain/administration-rules.js';
import { RIGHTS, type Right } from '../../src/domain/entry.js';
import { GENESIS, verifyChain } from '../../src/domain/evidence/chain.js';
import { weaknessOf } from '../../src/domain/people/password.js';
import { PERMISSIONS } from '../../src/domain/rights.js';
import { HOUR } from '../../src/domain/time.js';
import type { Actor } from '../../src/application/administration.js';
import { openOffice } from '../../src/application/people/office.js';
import { done, firstAdmin, invited, journalOf, live, NEXT_PASSWORD, PASSWORD, secretOf, testOffice, withSecondFactor, type TestOffice } from '../kit/office.js';

let office: TestOffice;
let admin: Actor;

const lines = async () => (await office.store.journal.read(ADMINISTRATION)).map(({ line }) => line);
const entries = () => journalOf(office);
const types = async () => (await entries()).map(({ type }) => type);

const MAYOR: PersonContent = {
  kind: 'official', lastName: 'Fictif', firstName: 'Anne', office: 'maire', title: 'maire', order: 0, commune: '76540', organisation: '', account: null,
  since: null, until: null, contacts: [],
};

describe('the table of administration', () => {
  /** Who may do each thing, said a second time and by hand: a change of the table must be meant. */
  const EXPECTED: Record<AdminOperation, Right[]> = {
    'list-accounts': ['admin'], 'create-account': ['admin'], 'describe-account': ['admin'], 'change-rights': ['admin'], 'disable-account': ['admin'],
    'enable-account': ['admin'], 'erase-account': ['admin'], 'issue-link': ['admin'], 'reset-second-factor': ['admin'], 'revoke-sessions': ['admin'],
    'list-tokens': ['admin'], 'issue-token': ['admin'], 'revoke-token': ['admin'], 'list-screens': ['admin'],
    'add-screen': ['admin'], 'renew-screen': ['admin'], 'revoke-screen': ['admin'],
    'list-webhooks': ['admin'], 'add-webhook': ['admin'], 'change-webhook': ['admin'], 'renew-webhook-secret': ['admin'], 'suspend-webhook': ['admin'],
    'resume-webhook': ['admin'], 'remove-webhook': ['admin'], 'test-webhook': ['admin'], 'read-administration': ['auditeur', 'admin'],
    'verify-administration': ['auditeur', 'admin'], 'export-administration': ['auditeur', 'admin'],
    'read-directory': ['prefet', 'directeur', 'communication', 'astreinte', 'sidpc', 'cip', 'auditeur', 'admin'],
    'reveal-contact': ['prefet', 'directeur', 'communication', 'astreinte', 'sidpc', 'cip', 'admin'],
    'read-on-call': ['prefet', 'directeur', 'communication', 'astreinte', 'sidpc', 'cip', 'planificateur', 'observateur', 'auditeur', 'admin'],
    'list-calendars': ['prefet', 'directeur', 'communication', 'astreinte', 'sidpc', 'cip', 'auditeur', 'admin'],
    'add-calendar': ['communication', 'sidpc', 'admin'], 'change-calendar': ['communication', 'sidpc', 'admin'], 'remove-calendar': ['communication', 'sidpc', 'admin'],
    'fetch-calendar': ['communication', 'sidpc', 'admin'], 'read-training': ['prefet', 'directeur', 'communication', 'astreinte', 'sidpc', 'cip', 'auditeur', 'admin'],
    'record-training': ['communication', 'sidpc', 'admin'], 'correct-training': ['communication', 'sidpc', 'admin'], 'remove-training': ['communication', 'sidpc', 'admin'],
    'add-person': ['communication', 'sidpc', 'admin'], 'change-person': ['communication', 'sidpc', 'admin'], 'erase-people': ['communication', 'sidpc', 'admin'],
    'list-perimeters': ['prefet', 'directeur', 'communication', 'astreinte', 'sidpc', 'cip', 'auditeur', 'admin'],
    'save-perimeter': ['prefet', 'directeur', 'communication', 'astreinte', 'sidpc', 'admin'], 'remove-perimeter': ['prefet', 'directeur', 'communication', 'astreinte', 'sidpc', 'admin'],
    'print-call-list': ['prefet', 'directeur', 'communication', 'astreinte', 'sidpc', 'cip', 'admin'],
    'read-telephony': ['prefet', 'directeur', 'communication', 'astreinte', 'sidpc', 'cip', 'auditeur', 'admin'], 'test-telephony': ['prefet', 'directeur', 'communication', 'astreinte', 'sidpc', 'admin'],
    'import-directory': ['communication', 'sidpc', 'admin'], 'undo-import': ['communication', 'sidpc', 'admin'],
  };
  const commands: AdminCommand[] = [
    { type: 'create-account', account: 'b', rights: [] }, { type: 'describe-account', account: 'a' }, { type: 'change-rights', account: 'a', rights: [] },
    { type: 'disable-account', account: 'a' }, { type: 'enable-account', account: 'a' }, { type: 'erase-account', account: 'a' },
    { type: 'issue-link', account: 'a', expiresAt: 1 }, { type: 'reset-second-factor', account: 'a' }, { type: 'revoke-sessions', account: 'a' },
    { type: 'issue-token', token: 't', operations: ['declare-t0'], expiresAt: HOUR }, { type: 'revoke-token', token: 't' },
    { type: 'add-screen', screen: 's' }, { type: 'renew-screen', screen: 's' }, { type: 'revoke-screen', screen: 's' },
    { type: 'add-webhook', webhook: 'w', events: null }, { type: 'change-webhook', webhook: 'w', events: null }, { type: 'renew-webhook-secret', webhook: 'w' },
    { type: 'suspend-webhook', webhook: 'w' }, { type: 'resume-webhook', webhook: 'w' }, { type: 'remove-webhook', webhook: 'w' },
    { type: 'add-person', person: 'p', content: MAYOR }, { type: 'change-person', known: undefined, seen: 1, next: 2, content: MAYOR },
    { type: 'erase-people', people: ['p'], why: 'asked', tooEarly: 0 }, { type: 'reveal-contact', known: undefined, contact: 0 },
    { type: 'save-perimeter', perimeter: 'p', known: undefined, seen: undefined, name: 'PPI', circles: { circle1: ['76540'], circle2: [] }, others: [] },
    { type: 'remove-perimeter', known: undefined }, { type: 'print-call-list', of: { perimeter: 'p' }, people: 1 },
    { type: 'add-calendar', calendar: 'c', function: 'AA' }, { type: 'change-calendar', calendar: 'c', function: 'AA' }, { type: 'remove-calendar', calendar: 'c' },
    { type: 'record-training', sessions: [], today: '2026-11-27' }, { type: 'remove-training', training: 't', why: 'mistake' },
    { type: 'correct-training', training: 't', by: { training: 'u', person: 'p', kind: 'cell', on: '2026-01-01' }, today: '2026-11-27' },
    { type: 'import-directory', known: undefined, isFresh: true, now: 0 }, { type: 'undo-import', known: undefined, now: 0 },
  ];

  test('every right on every operation', () => {
    for (const operation of Object.keys(ADMIN_OPERATIONS) as AdminOperation[]) {
      expect([operation, RIGHTS.filter((right) => mayAdminister([right], operation))]).toEqual([operation, EXPECTED[operation]]);
      expect(mayAdminister([], operation)).toBe(false);
    }
  });

  test('every right on every command that changes something: refused to all but the administrator', () => {
    const state = initialAdministration();
    evolveAdministration(state, { seq: 1, activation: ADMINISTRATION, lane: 'real', type: 'accountCreated', v: 1, by: 'x', source: 'console', command: 'k',
      occurredAt: '2026-03-14T01:14:00.000Z', recordedAt: '2026-03-14T01:14:00.000Z', payload: { account: 'a', rights: ['sidpc'] } });
    for (const command of commands) {
      for (const right of RIGHTS) {
        const answer = decideAdministration(state, command, { rights: [right], now: 0 });
        const forbidden = 'refused' in answer && answer.refused === 'forbidden';
        expect([command.type, right, forbidden]).toEqual([command.type, right, !EXPECTED[command.type].includes(right)]);
      }
    }
    expect(new Set(commands.map(({ type }) => type)).size).toBe(Object.keys(ADMIN_OPERATIONS).filter((one) => !/^(list|read|verify|export|test|fetch)-/.test(one)).length);
  });

  test('a token may be given what the table of commands lets tokens issue, and declares T0 by default', () => {
    expect(TOKEN_OPERATIONS[0]).toBe('declare-t0');
    expect(TOKEN_OPERATIONS).not.toContain('receive-declaration');
    for (const command of commandsOf(TOKEN_OPERATIONS)) expect([command, PERMISSIONS[command].token]).toEqual([command, true]);
  });
});

describe('accounts', () => {
  beforeEach(async () => {
    office = await testOffice();
    admin = (await firstAdmin(office)).actor;
  });

  test('the last administrator who can sign in is neither disabled, erased, nor deprived of the right', async () => {
    await office.accounts.create(admin, { login: 'invitee', name: 'Pas encore venue', title: '', rights: ['admin'] });
    const commands = [{ type: 'disable-account' }, { type: 'erase-account' }, { type: 'change-rights', rights: ['sidpc'] }] as const;
    for (const command of commands) {
      expect(await office.accounts.change(admin, { ...command, account: admin.id } as Parameters<typeof office.accounts.change>[1])).toEqual({ refused: 'last-administrator' });
    }
    await invited(office, admin, 'second.admin', ['admin']);
    expect(await office.accounts.change(admin, { type: 'disable-account', account: admin.id })).toBeUndefined();
  });

  test('what is already so writes nothing', async () => {
    const { account } = await invited(office, admin, 'paul', ['astreinte']);
    const before = (await lines()).length;
    await office.accounts.change(admin, { type: 'enable-account', account });
    await office.accounts.change(admin, { type: 'change-rights', account, rights: ['astreinte', 'astreinte'] });
    await office.accounts.change(admin, { type: 'reset-second-factor', account });
    await office.accounts.describe(admin, account, { login: 'paul', name: 'Nom de paul', title: 'agent' });
    expect(await lines()).toHaveLength(before);
  });

  test('a login belongs to one account, and is free again once its owner was erased', async () => {
    const { account } = await invited(office, admin, 'paul', ['astreinte']);
    const again = { login: 'paul', name: 'Paule Autre', title: '', rights: ['cip'] as const };
    expect(await office.accounts.create(admin, again)).toEqual({ refused: 'login-taken' });
    expect(await office.accounts.describe(admin, admin.id, { login: 'paul', name: 'x', title: '' })).toEqual({ refused: 'login-taken' });
    done(await office.accounts.change(admin, { type: 'erase-account', account }));
    expect(await office.accounts.create(admin, again)).toMatchObject({ link: expect.stringContaining('/invitation#') });
  });

  test('an erased person leaves no name, login nor secret, keeps the title, and the chain stays valid', async () => {
    const entry = await invited(office, admin, 'paul', ['astreinte']);
    await withSecondFactor(office, entry);
    done(await office.accounts.change(admin, { type: 'erase-account', account: entry.account }));
    const account = (await office.store.directory.account(entry.account))!;
    expect(account).toMatchObject({ name: '', title: 'agent', rights: [], passwordHash: null, totpSecret: null, recoveryCodes: [], erasedAt: office.clock.wall() });
    expect(account.login).not.toContain('paul');
    expect(await office.sessions.find(entry.secret)).toBeUndefined();
    expect(await office.administration.verify()).toMatchObject({ ok: true });
    expect(await office.accounts.change(admin, { type: 'enable-account', account: entry.account })).toEqual({ refused: 'unknown-person' });
  });

  test('when the disk refuses, neither the entry nor the account is written', async () => {
    office.store.failNext(1);
    await expect(office.accounts.create(admin, { login: 'paul', name: 'Paul', title: '', rights: [] })).rejects.toThrow();
    expect(await office.store.directory.accountByLogin('paul')).toBeUndefined();
    await invited(office, admin, 'paul', []);
    expect(await office.administration.verify()).toMatchObject({ ok: true });
  });
});

describe('the journal of administration', () => {
  beforeEach(async () => {
    office = await testOffice();
    admin = (await firstAdmin(office)).actor;
  });

  test('it is chained from its opening, and no list of activations shows it', async () => {
    expect((await entries())[0]).toMatchObject({ seq: 1, activation: ADMINISTRATION, type: 'administrationOpened', payload: { format: 1 } });
    expect(verifyChain(sha256, await office.store.journal.read(ADMINISTRATION))).toMatchObject({ ok: true });
    expect(await office.store.journal.summaries()).toEqual([]);
  });

  test('any edit of it is found, and named', async () => {
    const links = office.store.links.get(ADMINISTRATION)!;
    links[2] = { ...links[2]!, line: links[2]!.line.replace('"v":1', '"v":2') };
    expect(await office.administration.verify()).toEqual({ ok: false, seq: 3, reason: 'hash' });
  });

  test('it holds ids alone: no name, login, title, password, secret nor link, whatever is done', async () => {
    const paul = await invited(office, admin, 'paul.ostrowski', ['astreinte']);
    const { secret, recovery } = await withSecondFactor(office, paul);
    done(await office.secondFactor.give(await live(office, paul), recovery[0]!));
    done(await office.signIn.changePassword(await live(office, paul), PASSWORD, NEXT_PASSWORD));
    done(await office.signIn.signIn({ login: 'paul.ostrowski', password: NEXT_PASSWORD, source: '192.0.2.7' }));
    done(await office.accounts.describe(admin, paul.account, { login: 'p.ostrowski', name: 'Paul Ostrowski', title: 'cadre' }));
    const { link } = done(await office.accounts.issueLink(admin, paul.account));
    done(await office.accounts.recoverAdmin('p.ostrowski'));
    const token = done(await office.tokens.issue(admin, { name: 'script SYNERGI', operations: ['declare-t0'], expiresAt: office.clock.wall() + HOUR }));
    done(await office.tokens.revoke(admin, token.token.id));
    for (let i = 0; i < 10; i++) await office.signIn.signIn({ login: 'p.ostrowski', password: 'faux', source: '192.0.2.7' });
    done(await office.accounts.change(admin, { type: 'erase-account', account: paul.account }));
    const written = (await lines()).join('\n');
    const words = [
      'anne', 'delorme', 'paul', 'ostrowski', 'cadre', 'directrice', 'agent"', PASSWORD, NEXT_PASSWORD, secret, ...recovery, secretOf(link), token.secret,
      'script SYNERGI', '192.0.2.7', '$argon2', 'http',
    ];
    for (const word of words) expect([word, written.toLowerCase().includes(word.toLowerCase())]).toEqual([word, false]);
    expect(await types()).toEqual(expect.arrayContaining(['secondFactorSet', 'recoveryCodeUsed', 'passwordSet', 'signedIn', 'accountDescribed', 'linkIssued',
      'adminRecovered', 'tokenIssued', 'tokenRevoked', 'signInThrottled', 'accountErased']));
    expect(await office.administration.verify()).toMatchObject({ ok: true });
  });

  test('read again at start, it tells the same: rights, the last administrator, what was noted', async () => {
    const paul = await invited(office, admin, 'paul', ['astreinte']);
    await office.administration.noteHeads();
    const again = await openOffice(office.parts);
    expect(again.administration.state).toEqual(office.administration.state);
    expect(again.administration.state.accounts.get(paul.account)).toMatchObject({ rights: ['astreinte'], hasPassword: true });
    expect(await again.accounts.change(admin, { type: 'disable-account', account: admin.id })).toEqual({ refused: 'last-administrator' });
    done(await again.accounts.change(admin, { type: 'disable-account', account: paul.account }));
    expect(await again.administration.verify()).toMatchObject({ ok: true });
  });

  test('two administrators at once write one after the other', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, i) =>
      office.accounts.create(admin, { login: `agent${i}`, name: `Agent ${i}`, title: '', rights: ['cip'] })));
    expect(await office.store.directory.accounts()).toHaveLength(21);
    expect(await office.administration.verify()).toMatchObject({ ok: true });
  });

  test('recorded times never go back, whatever the system clock does', async () => {
    office.clock.step(-5 * 60_000);
    await invited(office, admin, 'paul', []);
    expect(await office.administration.verify()).toMatchObject({ ok: true });
  });
});

describe('what it notes of activations (design.md part 4 d)', () => {
  const ID = 'a0000000000000000000000000000001';
  const noted = async () => (await entries()).filter(({ type }) => type === 'activationNoted' || type === 'headNoted').map(({ type, payload }) => ({ type, ...payload }));
  let seq: number;
  let head: string;

  /** One more line in the activation's journal, as the store sees it. */
  async function append(life: 'running' | 'ended' | 'sealed' | 'cancelled' = 'running'): Promise<void> {
    const line = `{"seq":${seq + 1}}`;
    head = sha256(head + line);
    await office.store.journal.append({
      activation: ID, expectedSeq: seq, links: [{ seq: ++seq, line, hash: head }], outbox: [], texts: [],
      summary: { id: ID, lane: 'exercise', life, kind: 'cod', openedAt: 1, synergi: null, seq, head },
    });
  }

  beforeEach(async () => {
    office = await testOffice();
    admin = (await firstAdmin(office)).actor;
    seq = 0;
    head = GENESIS;
    await append();
  });

  test('its first entry and its head, once', async () => {
    await office.administration.noteHeads();
    await office.administration.noteHeads();
    expect(await noted()).toEqual([
      { type: 'activationNoted', noted: ID, lane: 'exercise', firstHash: head }, { type: 'headNoted', noted: ID, life: 'running', seq: 1, head },
    ]);
  });

  test('its head every hour while it moves on, and not while it rests', async () => {
    await office.administration.noteHeads();
    await append();
    office.clock.pass(HOUR - 1);
    await office.administration.noteHeads();
    expect(await noted()).toHaveLength(2);
    office.clock.pass(1);
    await office.administration.noteHeads();
    expect((await noted()).at(-1)).toEqual({ type: 'headNoted', noted: ID, life: 'running', seq: 2, head });
    office.clock.pass(5 * HOUR);
    await office.administration.noteHeads();
    expect(await noted()).toHaveLength(3);
  });

  test.each(['ended', 'sealed', 'cancelled'] as const)('its head at once when it is %s', async (life) => {
    await office.administration.noteHeads();
    await append(life);
    await office.administration.noteHeads();
    expect((await noted()).at(-1)).toEqual({ type: 'headNoted', noted: ID, life, seq: 2, head });
  });
});

describe('passwords', () => {
  test.each([
    ['onze signes', 'short'], ['motdepasse1234', 'obvious'], ['Azertyuiop12!', 'obvious'], ['123456789012', 'obvious'], ['aaaaaaaaaaaaaa', 'obvious'],
    ['abababababab', 'obvious'], ['abcdefghijkl', 'obvious'], ['987654321098', 'obvious'], ['Préfecture2026', 'obvious'], ['anne.delorme2026!', 'login'],
  ] as const)('« %s » is refused: %s', (password, why) => expect(weaknessOf(password, 'anne.delorme')).toBe(why));

  test.each([PASSWORD, NEXT_PASSWORD, 'k7#mQ9$vX2!pL', 'huit chevaux et une horloge'])('« %s » is accepted', (password) =>
    expect(weaknessOf(password, 'anne.delorme')).toBeUndefined());
});

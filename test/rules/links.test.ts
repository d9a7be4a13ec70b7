// 7 "People": links that serve once, API tokens, and the way back in for a lost administrator.
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Actor } from '../../src/application/administration.js';
import { secondFactorOf } from '../../src/application/people/second-factor.js';
import type { Entry } from '../../src/application/people/sign-in.js';
import { recoverAdmin } from '../../src/cli/recover-admin.js';
import { isRefusal } from '../../src/domain/refusal.js';
import { HOUR, MINUTE } from '../../src/domain/time.js';
import { done, firstAdmin, invited, journalOf, live, NEXT_PASSWORD, PASSWORD, secretOf, testOffice, withSecondFactor, type TestOffice } from '../kit/office.js';

const DAY = 24 * HOUR;
let office: TestOffice;
let admin: Actor;
let paul: Entry;

beforeEach(async () => {
  office = await testOffice();
  admin = (await firstAdmin(office)).actor;
  paul = await invited(office, admin, 'paul', ['astreinte']);
});

const journal = () => journalOf(office);

describe('links that serve once', () => {
  const first = { login: 'autre', name: 'Autre', title: '', password: PASSWORD, rights: [] };

  test('the first administrator: a new link at each start until somebody administers, dead once used, after 15 minutes, and with another', async () => {
    const fresh = await testOffice();
    const links = [await fresh.links.issueFirstAdminLink(), await fresh.links.issueFirstAdminLink()].map((one) => secretOf(one!));
    expect(await fresh.links.look(links[0]!)).toMatchObject({ purpose: 'first-admin', login: null });
    expect(await fresh.links.createFirstAdmin(links[0]!, { ...first, password: 'court' })).toMatchObject({ refused: 'weak-password' });
    const entry = done(await fresh.links.createFirstAdmin(links[0]!, { ...first, rights: ['directeur'] }));
    expect((await live(fresh, entry)).account.rights).toEqual(['directeur', 'admin']);
    for (const link of links) {
      expect(await fresh.links.createFirstAdmin(link, { ...first, login: 'encore' })).toEqual({ refused: 'dead-link' });
      expect(await fresh.links.look(link)).toEqual({ refused: 'dead-link' });
    }
    expect(await fresh.links.issueFirstAdminLink()).toBeUndefined();

    const slow = await testOffice();
    const link = secretOf((await slow.links.issueFirstAdminLink())!);
    slow.clock.pass(15 * MINUTE);
    expect(await slow.links.createFirstAdmin(link, first)).toEqual({ refused: 'dead-link' });
  });

  test('of two uses at once, one counts', async () => {
    const fresh = await testOffice();
    const link = secretOf((await fresh.links.issueFirstAdminLink())!);
    const answers = await Promise.all(['un', 'deux', 'trois'].map((login) => fresh.links.createFirstAdmin(link, { ...first, login: `${login}.x` })));
    expect(answers.filter((one) => !isRefusal(one))).toHaveLength(1);
    expect(await fresh.store.directory.accounts()).toHaveLength(1);
    const other = await testOffice();
    const links = [await other.links.issueFirstAdminLink(), await other.links.issueFirstAdminLink()].map((one) => secretOf(one!));
    const both = await Promise.all(links.map((one, i) => other.links.createFirstAdmin(one, { ...first, login: `admin${i}` })));
    expect(both).toContainEqual({ refused: 'dead-link' });
    expect(await other.store.directory.accounts()).toHaveLength(1);
    const invitation = secretOf(done(await office.accounts.create(admin, { login: 'nouvelle', name: 'N', title: '', rights: [] })).link);
    const chosen = await Promise.all([PASSWORD, NEXT_PASSWORD].map((password) => office.links.choosePassword(invitation, password)));
    expect(chosen).toContainEqual({ refused: 'dead-link' });
    expect(chosen.filter((one) => !isRefusal(one))).toHaveLength(1);
  });

  test('an invitation makes no administrator, and the first link chooses no password', async () => {
    const fresh = await testOffice();
    const link = secretOf((await fresh.links.issueFirstAdminLink())!);
    expect(await fresh.links.choosePassword(link, PASSWORD)).toEqual({ refused: 'dead-link' });
    const invitation = done(await office.accounts.create(admin, { login: 'nouvelle', name: 'N', title: '', rights: [] }));
    expect(await office.links.createFirstAdmin(secretOf(invitation.link), first)).toEqual({ refused: 'dead-link' });
  });

  test('an invitation lives seven days, a new one kills it, and it dies with its use', async () => {
    const one = done(await office.accounts.create(admin, { login: 'nouvelle', name: 'Nina', title: '', rights: ['cip'] }));
    expect(await office.links.look(secretOf(one.link))).toMatchObject({ purpose: 'invitation', login: 'nouvelle', name: 'Nina' });
    const other = done(await office.accounts.issueLink(admin, one.account));
    expect(await office.links.choosePassword(secretOf(one.link), PASSWORD)).toEqual({ refused: 'dead-link' });
    done(await office.links.choosePassword(secretOf(other.link), PASSWORD));
    expect(await office.links.choosePassword(secretOf(other.link), NEXT_PASSWORD)).toEqual({ refused: 'dead-link' });
    const late = done(await office.accounts.create(admin, { login: 'tardive', name: 'T', title: '', rights: [] }));
    office.clock.pass(7 * DAY);
    expect(await office.links.choosePassword(secretOf(late.link), PASSWORD)).toEqual({ refused: 'dead-link' });
  });

  test('a lost password: the link ends every session, and is dead when the account is disabled', async () => {
    const link = secretOf(done(await office.accounts.issueLink(admin, paul.account)).link);
    expect(await office.links.look(link)).toMatchObject({ purpose: 'recovery' });
    done(await office.links.choosePassword(link, NEXT_PASSWORD));
    expect(await office.sessions.find(paul.secret)).toBeUndefined();
    const next = secretOf(done(await office.accounts.issueLink(admin, paul.account)).link);
    await office.accounts.change(admin, { type: 'disable-account', account: paul.account });
    expect(await office.links.choosePassword(next, PASSWORD)).toEqual({ refused: 'dead-link' });
    expect(await office.accounts.issueLink(admin, paul.account)).toEqual({ refused: 'unknown-person' });
  });
});

describe('API tokens', () => {
  const issue = (over = {}) => office.tokens.issue(admin, { name: 'script', operations: ['declare-t0'], expiresAt: office.clock.wall() + DAY, ...over });

  test('serve until they expire, or are revoked: then not at the next request', async () => {
    const { secret, token } = done(await issue());
    expect(secret).toMatch(/^tz_[0-9a-f]{64}$/);
    expect(await office.sessions.token(secret)).toMatchObject({ id: token.id, commands: ['declare-t0'] });
    done(await office.tokens.revoke(admin, token.id));
    expect(await office.sessions.token(secret)).toBeUndefined();
    const other = done(await issue());
    await office.sessions.token(other.secret);
    office.clock.pass(DAY);
    expect(await office.sessions.token(other.secret)).toBeUndefined();
    expect(await office.sessions.token(`tz_${'0'.repeat(64)}`)).toBeUndefined();
  });

  test('expire within the year, and not before they serve', async () => {
    expect(await issue({ expiresAt: office.clock.wall() })).toEqual({ refused: 'token-expiry' });
    expect(await issue({ expiresAt: office.clock.wall() + 367 * DAY })).toEqual({ refused: 'token-expiry' });
  });

  test('show their secret once: no list has it, nor its hash', async () => {
    const { secret } = done(await issue());
    const [line] = await office.tokens.list();
    expect(JSON.stringify(line)).not.toContain(secret.slice(3));
    expect(line).not.toHaveProperty('tokenHash');
  });

  test('unknown ones are not revoked, and revoking twice is harmless', async () => {
    expect(await office.tokens.revoke(admin, 'x'.repeat(32))).toEqual({ refused: 'unknown-token' });
    const { token } = done(await issue());
    done(await office.tokens.revoke(admin, token.id));
    const before = (await journal()).length;
    done(await office.tokens.revoke(admin, token.id));
    expect(await journal()).toHaveLength(before);
  });
});

describe('recovering a lost administrator from the machine', () => {
  test('everything it takes to come back, traced as coming from the machine', async () => {
    const lost = (await journal()).length;
    await withSecondFactor(office, done(await office.signIn.signIn({ login: 'anne.delorme', password: PASSWORD, source: 'x' })));
    const said: string[] = [];
    expect(await recoverAdmin(office.accounts, 'anne.delorme', 'Europe/Paris', (line) => said.push(line))).toBe(0);
    const link = /#([0-9a-f]{64})/.exec(said.join('\n'))![1]!;
    expect((await journal()).slice(lost).filter(({ source }) => source === 'cli').map(({ type }) => type)).toEqual(['adminRecovered', 'secondFactorReset', 'linkIssued']);
    const entry = done(await office.links.choosePassword(link, NEXT_PASSWORD));
    expect(secondFactorOf(await live(office, entry))).toBe('to-set-up');
  });

  test('a disabled account is enabled, and made an administrator', async () => {
    await office.accounts.change(admin, { type: 'disable-account', account: paul.account });
    expect(await recoverAdmin(office.accounts, 'paul', 'Europe/Paris', () => {})).toBe(0);
    expect(await office.store.directory.account(paul.account)).toMatchObject({ disabledAt: null, rights: ['astreinte', 'admin'] });
  });

  test('an unknown login changes nothing, and says who the administrators are', async () => {
    const before = (await journal()).length;
    const said: string[] = [];
    expect(await recoverAdmin(office.accounts, 'personne', 'Europe/Paris', (line) => said.push(line))).toBe(1);
    expect(said.join('\n')).toContain('anne.delorme');
    expect(await journal()).toHaveLength(before);
  });
});

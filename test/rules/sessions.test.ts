// 7 "People": sessions, and the second factor given in each.
import { beforeEach, describe, expect, test } from '@jest/globals';
import { sha256 } from '../../src/adapters/system-clock.js';
import type { Actor } from '../../src/application/administration.js';
import { secondFactorOf } from '../../src/application/people/second-factor.js';
import type { Entry } from '../../src/application/people/sign-in.js';
import { isRefusal } from '../../src/domain/refusal.js';
import { HOUR, MINUTE } from '../../src/domain/time.js';
import { codeAt, done, firstAdmin, invited, journalOf, live, NEXT_PASSWORD, PASSWORD, testOffice, withSecondFactor, type TestOffice } from '../kit/office.js';

let office: TestOffice;
let admin: Actor;
let paul: Entry;

beforeEach(async () => {
  office = await testOffice();
  admin = (await firstAdmin(office)).actor;
  paul = await invited(office, admin, 'paul', ['astreinte']);
});

const signIn = (login: string, password = PASSWORD) => office.signIn.signIn({ login, password, source: '192.0.2.1' });

describe('sessions', () => {
  test('end when nobody uses them for twelve hours, and after seven days in any case', async () => {
    office.clock.pass(12 * HOUR - 1);
    await live(office, paul);
    office.clock.pass(12 * HOUR);
    expect(await office.sessions.find(paul.secret)).toBeUndefined();
    const used = done(await signIn('paul'));
    for (let hour = 0; hour < 7 * 24; hour += 8) {
      await live(office, used);
      office.clock.pass(8 * HOUR);
    }
    expect(await office.sessions.find(used.secret)).toBeUndefined();
  });

  test('are stored by the hash of their secret alone', async () => {
    expect(await office.store.directory.session(paul.secret)).toBeUndefined();
    expect((await live(office, paul)).session.tokenHash).not.toBe(paul.secret);
  });

  test.each(['disable-account', 'erase-account', 'revoke-sessions'] as const)('are gone at once after %s, and whoever shows boards is told', async (type) => {
    await live(office, paul);
    const told: string[] = [];
    office.sessions.onChanged = (account) => told.push(account);
    done(await office.accounts.change(admin, { type, account: paul.account }));
    expect(await office.sessions.find(paul.secret)).toBeUndefined();
    expect(told).toContain(paul.account);
  });

  test('know other rights at the next request', async () => {
    expect((await live(office, paul)).account.rights).toEqual(['astreinte']);
    done(await office.accounts.change(admin, { type: 'change-rights', account: paul.account, rights: ['observateur'] }));
    expect(await live(office, paul)).toMatchObject({ account: { rights: ['observateur'] }, needsSecondFactor: false });
  });

  test('signing out ends one, changing the password ends them all but gives a new one', async () => {
    const other = done(await signIn('paul'));
    await office.sessions.end(other.secret);
    expect(await office.sessions.find(other.secret)).toBeUndefined();
    const next = done(await office.signIn.changePassword(await live(office, paul), PASSWORD, NEXT_PASSWORD));
    expect(await office.sessions.find(paul.secret)).toBeUndefined();
    await live(office, next);
    done(await signIn('paul', NEXT_PASSWORD));
    expect(await signIn('paul', PASSWORD)).toEqual({ refused: 'wrong-credentials' });
  });

  test('the password in use is asked for, and the next one must be good', async () => {
    expect(await office.signIn.changePassword(await live(office, paul), 'faux', NEXT_PASSWORD)).toEqual({ refused: 'wrong-credentials' });
    expect(await office.signIn.changePassword(await live(office, paul), PASSWORD, 'court')).toEqual({ refused: 'weak-password', details: { why: 'short' } });
  });

  test('people go on reading when the disk is full', async () => {
    office.clock.pass(HOUR);
    office.store.diskFull = true;
    await live(office, paul);
  });

  test('a session dropped while its use is being noted stays dropped', async () => {
    await live(office, paul);
    office.clock.pass(10 * MINUTE);
    const noting = office.sessions.find(paul.secret);
    await office.accounts.change(admin, { type: 'revoke-sessions', account: paul.account });
    await noting;
    expect(await office.sessions.find(paul.secret)).toBeUndefined();
    expect(await office.store.directory.session(sha256(paul.secret))).toBeUndefined();
  });
});

describe('the second factor', () => {
  test('is asked of those who order, set up first, then given in each session', async () => {
    expect(secondFactorOf(await live(office, paul))).toBe('to-set-up');
    await withSecondFactor(office, paul);
    expect(secondFactorOf(await live(office, paul))).toBe('given');
    expect(secondFactorOf(await live(office, done(await signIn('paul'))))).toBe('asked');
    const observer = await invited(office, admin, 'observatrice', ['observateur']);
    expect(secondFactorOf(await live(office, observer))).toBe('not-needed');
  });

  test('a code serves once, within one step of now, and a wrong one never', async () => {
    const { secret } = await withSecondFactor(office, paul);
    const other = await live(office, done(await signIn('paul')));
    const now = office.clock.wall();
    const give = (code: string) => office.secondFactor.give(other, code);
    expect(await give(codeAt(secret, now))).toEqual({ refused: 'wrong-code' }); // it confirmed the set-up
    expect(await give(codeAt(secret, now - 60_000))).toEqual({ refused: 'wrong-code' });
    expect(await give(codeAt(secret, now + 60_000))).toEqual({ refused: 'wrong-code' });
    expect(await give('abcdef')).toEqual({ refused: 'wrong-code' });
    expect(await give(codeAt(secret, now + 30_000))).toBe(true);
    expect(await give(codeAt(secret, now + 30_000))).toEqual({ refused: 'wrong-code' });
  });

  test('of two uses of one code at once, one is taken', async () => {
    const { secret } = await withSecondFactor(office, paul);
    office.clock.pass(MINUTE);
    const two = [await live(office, done(await signIn('paul'))), await live(office, done(await signIn('paul')))];
    const answers = await Promise.all(two.map((one) => office.secondFactor.give(one, codeAt(secret, office.clock.wall()))));
    expect(answers.filter((one) => one === true)).toHaveLength(1);
  });

  test('guessing codes is slowed down like guessing passwords', async () => {
    await withSecondFactor(office, paul);
    const session = await live(office, done(await signIn('paul')));
    const answers = [];
    for (let i = 0; i < 50; i++) answers.push(await office.secondFactor.give(session, String(100_000 + i)));
    expect(answers.filter((one) => isRefusal(one) && one.refused === 'wrong-code').length).toBeLessThanOrEqual(5);
    expect(answers.at(-1)).toMatchObject({ refused: 'throttled' });
  });

  test('a recovery code serves once', async () => {
    const { recovery } = await withSecondFactor(office, paul);
    expect(new Set(recovery).size).toBe(10);
    expect(await office.secondFactor.give(await live(office, done(await signIn('paul'))), recovery[3]!)).toBe(true);
    expect(await office.secondFactor.give(await live(office, done(await signIn('paul'))), recovery[3]!)).toEqual({ refused: 'wrong-code' });
    expect((await journalOf(office)).filter(({ type }) => type === 'recoveryCodeUsed')).toEqual([expect.objectContaining({ payload: { account: paul.account, left: 9 } })]);
  });

  test('only a session that gave it may replace it; the old codes are then dead', async () => {
    const first = await withSecondFactor(office, paul);
    const stranger = await live(office, done(await signIn('paul')));
    expect(office.secondFactor.prepare(stranger)).toEqual({ refused: 'second-factor-kept' });
    office.clock.pass(MINUTE);
    await withSecondFactor(office, paul);
    expect(await office.secondFactor.give(stranger, first.recovery[0]!)).toEqual({ refused: 'wrong-code' });
  });

  test('set up in two sessions at once, it is set up once', async () => {
    const two = [await live(office, paul), await live(office, done(await signIn('paul')))] as const;
    const { secret } = done(office.secondFactor.prepare(two[0]));
    const answers = await Promise.all(two.map((one) => office.secondFactor.confirm(one, codeAt(secret, office.clock.wall()))));
    expect(answers.filter((one) => !isRefusal(one))).toHaveLength(1);
    expect(answers).toContainEqual({ refused: 'second-factor-kept' });
  });

  test('nothing is in place before the first code, and a secret that waits too long is forgotten', async () => {
    const { secret } = done(office.secondFactor.prepare(await live(office, paul)));
    expect(await office.secondFactor.confirm(await live(office, paul), '000000')).toEqual({ refused: 'wrong-code' });
    expect((await office.store.directory.account(paul.account))!.totpSecret).toBeNull();
    office.clock.pass(15 * MINUTE + 1);
    expect(await office.secondFactor.confirm(await live(office, paul), codeAt(secret, office.clock.wall()))).toEqual({ refused: 'no-second-factor' });
  });

  test('an administrator takes a lost one away: every session ends, and it is set up anew', async () => {
    await withSecondFactor(office, paul);
    done(await office.accounts.change(admin, { type: 'reset-second-factor', account: paul.account }));
    expect(await office.sessions.find(paul.secret)).toBeUndefined();
    expect(secondFactorOf(await live(office, done(await signIn('paul'))))).toBe('to-set-up');
  });
});

// 7 "People": passwords, and the throttle of those who guess them.
import { beforeEach, describe, expect, test } from '@jest/globals';
import { Argon2Passwords } from '../../src/adapters/secrets/argon2-passwords.js';
import type { Actor } from '../../src/application/administration.js';
import { HashingBusy } from '../../src/application/people/secrets.js';
import type { Entry } from '../../src/application/people/sign-in.js';
import { LONGEST_WAIT, Throttle } from '../../src/application/people/throttle.js';
import { isRefusal } from '../../src/domain/refusal.js';
import { HOUR, MINUTE, SECOND } from '../../src/domain/time.js';
import { CHEAP, done, firstAdmin, invited, journalOf, live, NEXT_PASSWORD, PASSWORD, testOffice, type TestOffice } from '../kit/office.js';

let office: TestOffice;
let admin: Actor;
let paul: Entry;

beforeEach(async () => {
  office = await testOffice();
  admin = (await firstAdmin(office)).actor;
  paul = await invited(office, admin, 'paul', ['astreinte']);
});

const signIn = (login: string, password = PASSWORD, source = '192.0.2.1', device?: string) =>
  office.signIn.signIn({ login, password, source, ...(device === undefined ? {} : { device }) });
const journal = () => journalOf(office);

describe('signing in', () => {
  test('with the right password: a session, and an entry that says so', async () => {
    const entry = done(await signIn('paul'));
    expect((await live(office, entry)).account.id).toBe(paul.account);
    expect((await journal()).at(-1)).toMatchObject({ type: 'signedIn', by: paul.account, source: 'console' });
  });

  test('one answer for a wrong password, an unknown login, a disabled account and one without password, for the same work', async () => {
    await office.accounts.create(admin, { login: 'invitee', name: 'x', title: '', rights: [] });
    const off = await invited(office, admin, 'off', []);
    await office.accounts.change(admin, { type: 'disable-account', account: off.account });
    let hashed = 0;
    class Counting extends Argon2Passwords {
      override verify(hash: string | null, password: string): Promise<boolean> {
        hashed++;
        return super.verify(hash, password);
      }
    }
    const counting = await testOffice({ ...office.parts, passwords: new Counting(CHEAP) });
    for (const [login, password] of [['paul', 'faux mot de passe'], ['personne', PASSWORD], ['off', PASSWORD], ['invitee', PASSWORD]] as const) {
      expect(await counting.signIn.signIn({ login, password, source: 'x' })).toEqual({ refused: 'wrong-credentials' });
    }
    expect(hashed).toBe(4);
  });

  test('the hash of a password is argon2id, salted, and the same password typed with other accents is the same', async () => {
    const passwords = new Argon2Passwords(CHEAP);
    const [one, other] = [await passwords.hash('é'.normalize('NFC')), await passwords.hash('é'.normalize('NFC'))];
    expect(one).toMatch(/^\$argon2id\$/);
    expect(one).not.toBe(other);
    expect(await passwords.verify(one, 'é'.normalize('NFD'))).toBe(true);
    expect(await passwords.verify(null, 'é')).toBe(false);
  });

  test('an account disabled while its password is being verified does not come in', async () => {
    const coming = signIn('paul');
    await office.accounts.change(admin, { type: 'disable-account', account: paul.account });
    const entry = await coming;
    if (!isRefusal(entry)) expect(await office.sessions.find(entry.secret)).toBeUndefined();
    expect(await signIn('paul')).toEqual({ refused: 'wrong-credentials' });
  });

  test('a flood of passwords is refused before it fills the memory, and costs nobody a try', async () => {
    const passwords = new Argon2Passwords(CHEAP);
    const answers = await Promise.allSettled(Array.from({ length: 200 }, () => passwords.verify(null, 'x')));
    const refused = answers.filter((one) => one.status === 'rejected');
    expect(refused.length).toBeGreaterThan(100);
    for (const one of refused) expect(one.reason).toBeInstanceOf(HashingBusy);
    expect(await passwords.verify(await passwords.hash('x'), 'x')).toBe(true);
  });
});

describe('the throttle', () => {
  test('five tries are free, then the wait doubles, and never exceeds thirty seconds', async () => {
    const waits: number[] = [];
    for (let i = 0; i < 20; i++) {
      const answer = await signIn('paul', 'faux');
      const seconds = isRefusal(answer) && answer.refused === 'throttled' ? Number(answer.details!.seconds) : 0;
      waits.push(seconds);
      office.clock.pass(seconds * SECOND);
    }
    expect(waits.filter((one) => one > 0)).toEqual([1, 2, 4, 8, 16, 30, 30, 30]);
    expect(waits.slice(0, 5)).toEqual([0, 0, 0, 0, 0]);
  });

  test('who knows the password waits at most thirty seconds, then comes in, and the count begins anew', async () => {
    for (let i = 0; i < 1_000; i++) await signIn('paul', 'faux', `198.51.100.${i % 250}`);
    expect(await signIn('paul', PASSWORD, '192.0.2.99')).toMatchObject({ refused: 'throttled' });
    office.clock.pass(LONGEST_WAIT);
    done(await signIn('paul', PASSWORD, '192.0.2.99'));
    expect(await signIn('paul', 'faux')).toEqual({ refused: 'wrong-credentials' });
  });

  test('one address that never ceases to guess a login keeps nobody out who comes from elsewhere', async () => {
    for (let second = 0; second < 3_600; second++) {
      await signIn('paul', 'faux', '203.0.113.5');
      office.clock.pass(SECOND);
    }
    done(await signIn('paul', PASSWORD, '192.0.2.99'));
  }, 60_000);

  test('a login guessed from everywhere is tried six times a minute, and whoever knows the password waits ten seconds at most', async () => {
    const guess = (i: number) => signIn('paul', 'faux', `198.51.${i % 200}.${Math.floor(i / 200)}`);
    for (let i = 0; i < 100; i++) await guess(i);
    let tried = 0;
    for (let i = 100; i < 700; i++) {
      office.clock.pass(100);
      const answer = await guess(i);
      if (isRefusal(answer) && answer.refused === 'wrong-credentials') tried++;
    }
    expect(tried).toBe(6);
    office.clock.pass(10 * SECOND);
    done(await signIn('paul', PASSWORD, '192.0.2.99'));
  });

  test('a thousand failures, all at once: few are tried, nobody else waits, and the journal does not swell', async () => {
    const before = (await journal()).length;
    const answers = await Promise.all(Array.from({ length: 1_000 }, (_, i) => signIn(i % 2 ? 'paul' : `inconnu${i}`, 'faux', '203.0.113.5')));
    const refused = answers.filter((one) => isRefusal(one) && one.refused === 'wrong-credentials').length;
    expect(refused).toBeLessThanOrEqual(30);
    expect((await journal()).length - before).toBe(1);
    done(await signIn('anne.delorme', PASSWORD, '192.0.2.1'));
  });

  test('people of one address do not wait for one of them who mistypes', async () => {
    for (let i = 0; i < 12; i++) await signIn('paul', 'faux', '192.0.2.1');
    done(await signIn('anne.delorme', PASSWORD, '192.0.2.1'));
  });

  test('a whole préfecture comes in from one address', async () => {
    for (let i = 0; i < 100; i++) done(await signIn(i % 2 ? 'paul' : 'anne.delorme'));
  });

  test('one address that tries many logins is slowed down all the same', async () => {
    const answers = [];
    for (let i = 0; i < 40; i++) answers.push(await signIn(`inconnu${i}`, 'faux', '203.0.113.5'));
    expect(answers.at(-1)).toMatchObject({ refused: 'throttled' });
  });

  test('on a device where one signed in before, one does not wait for those who guess elsewhere', async () => {
    const { device } = done(await signIn('paul'));
    for (let i = 0; i < 100; i++) await signIn(i % 2 ? 'paul' : `inconnu${i}`, 'faux', '203.0.113.5');
    expect(await signIn('paul', PASSWORD, '203.0.113.5')).toMatchObject({ refused: 'throttled' });
    done(await signIn('paul', PASSWORD, '203.0.113.5', device));
    // The mark is that of one account, and dies with the password.
    expect(await signIn('anne.delorme', 'faux', '203.0.113.5', device)).toMatchObject({ refused: 'throttled' });
    done(await office.signIn.changePassword(await live(office, paul), PASSWORD, NEXT_PASSWORD));
    expect(await signIn('paul', NEXT_PASSWORD, '203.0.113.5', device)).toMatchObject({ refused: 'throttled' });
  });

  test('names that somebody makes up do not fill the memory, and are forgotten', () => {
    let now = 0;
    const throttle = new Throttle(() => now, 100);
    for (let i = 0; i < 10_000; i++) throttle.begin([{ key: `login ${i}`, free: 5 }]);
    expect(throttle.size).toBe(100);
    for (let i = 0; i < 10; i++) throttle.begin([{ key: 'paul', free: 5 }]);
    expect(throttle.begin([{ key: 'paul', free: 5 }])).toBeGreaterThan(0);
    now += 15 * MINUTE;
    for (let i = 0; i < 5; i++) expect(throttle.begin([{ key: 'paul', free: 5 }])).toBe(0);
  });

  test('a step of the system clock neither locks out nor lets in', async () => {
    for (let i = 0; i < 6; i++) await signIn('paul', 'faux');
    office.clock.step(HOUR);
    expect(await signIn('paul')).toMatchObject({ refused: 'throttled' });
    office.clock.step(-24 * HOUR);
    office.clock.pass(30 * SECOND);
    done(await signIn('paul'));
  });
});

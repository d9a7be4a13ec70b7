// console.md 6: the screens of the wall: an address that serves once, a cookie that reads, and what the administrator is told.
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Actor } from '../../src/application/administration.js';
import { openOffice } from '../../src/application/people/office.js';
import { ADMINISTRATION } from '../../src/domain/administration.js';
import { HOUR, MINUTE, SECOND } from '../../src/domain/time.js';
import { done, firstAdmin, journalOf, secretOf, testOffice, type TestOffice } from '../kit/office.js';

let office: TestOffice;
let admin: Actor;
let changed: string[];

beforeEach(async () => {
  office = await testOffice();
  admin = (await firstAdmin(office)).actor;
  changed = [];
  office.screens.onChanged = (screen) => changed.push(screen);
});

const added = async () => {
  const { screen, address } = done(await office.screens.add(admin, 'Salle du COD'));
  return { id: screen.id, secret: secretOf(address) };
};
const admitted = async (secret: string, cookie?: string) => done(await office.screens.admit(secret, cookie)).secret;
const line = async () => (await office.screens.list())[0]!;
const noted = async () => (await journalOf(office)).filter(({ payload }) => 'screen' in payload).map(({ type, by, payload }) => ({ type, by, ...payload }));
const DEAD = { refused: 'dead-screen-address' };

describe('console.md 6: an address', () => {
  test('serves once: whoever loads it first has the screen, and the journal holds no name and no secret', async () => {
    const { id, secret } = await added();
    expect(await line()).toEqual({ id, name: 'Salle du COD', state: 'waiting', since: office.clock.wall(), seenAt: null, refused: null });
    const cookie = await admitted(secret);
    expect(await office.screens.find(cookie)).toMatchObject({ id, name: 'Salle du COD' });
    expect(await line()).toMatchObject({ state: 'in-service', seenAt: office.clock.wall() });
    expect(await noted()).toEqual([{ type: 'screenAdded', by: admin.id, screen: id }, { type: 'screenAdmitted', by: id, screen: id }]);
    const journal = (await office.store.journal.read(ADMINISTRATION)).map((one) => one.line).join('\n');
    for (const word of ['Salle', secret, cookie]) expect(journal).not.toContain(word);
  });

  test('loaded by two at once, one of them has it', async () => {
    const { secret } = await added();
    const answers = await Promise.all([1, 2, 3].map(() => office.screens.admit(secret, undefined)));
    expect(answers.filter((one) => !('refused' in one))).toHaveLength(1);
    expect((await noted()).filter(({ type }) => type === 'screenAdmitted')).toHaveLength(1);
  });

  test.each([
    ['twice by the screen itself', 'twice', async (secret: string) => void (await office.screens.admit(secret, await admitted(secret)))],
    ['from another place', 'elsewhere', async (secret: string) => {
      await admitted(secret);
      await office.screens.admit(secret, undefined);
    }],
    ['from a place that has another screen’s cookie', 'elsewhere', async (secret: string) => {
      const other = await admitted((await added()).secret);
      await admitted(secret);
      await office.screens.admit(secret, other);
    }],
    ['after it was replaced', 'replaced', async (secret: string, id: string) => {
      await office.screens.renew(admin, id);
      await office.screens.admit(secret, undefined);
    }],
    ['after its screen was revoked', 'revoked', async (secret: string, id: string) => {
      await office.screens.revoke(admin, id);
      await office.screens.admit(secret, undefined);
    }],
  ] as const)('used %s is refused, and the administrator reads « %s »', async (_, why, use) => {
    const { id, secret } = await added();
    await use(secret, id);
    expect(await office.screens.admit(secret, undefined)).toEqual(DEAD);
    const refused = (await noted()).filter(({ type }) => type === 'screenRefused');
    expect(refused[0]).toEqual({ type: 'screenRefused', by: 'engine', screen: id, why, refusals: 1 });
    expect((await office.screens.list()).find((one) => one.id === id)!.refused).toMatchObject({ at: office.clock.wall() });
  });

  test('of nobody is refused without an entry', async () => {
    expect(await office.screens.admit('0'.repeat(32), undefined)).toEqual(DEAD);
    expect(await noted()).toEqual([]);
  });

  test('a flood of one address is one entry a minute, with how often it came', async () => {
    const { secret } = await added();
    await admitted(secret);
    for (let i = 0; i < 1_000; i++) await office.screens.admit(secret, undefined);
    office.clock.pass(MINUTE);
    await office.screens.admit(secret, undefined);
    expect((await noted()).filter(({ type }) => type === 'screenRefused')).toMatchObject([{ refusals: 1 }, { refusals: 1_000 }]);
  });

  test('a harmless repetition does not hide one from elsewhere within the same minute', async () => {
    const { secret } = await added();
    const cookie = await admitted(secret);
    await office.screens.admit(secret, cookie);
    await office.screens.admit(secret, undefined);
    expect((await noted()).flatMap((one) => ('why' in one ? [one.why] : []))).toEqual(['twice', 'elsewhere']);
    expect((await line()).refused?.why).toBe('elsewhere');
  });
});

describe('console.md 6: a cookie', () => {
  test('lives through the nights and the restarts', async () => {
    const { id, secret } = await added();
    const cookie = await admitted(secret);
    office.clock.pass(300 * 24 * HOUR);
    const after = await openOffice(office.parts);
    expect(await after.screens.find(cookie)).toMatchObject({ id });
    expect(await after.screens.list()).toMatchObject([{ id, state: 'in-service', seenAt: office.clock.wall() }]);
  });

  test('is dead once its screen is revoked, and so for ever; its sockets are told', async () => {
    const { id, secret } = await added();
    const cookie = await admitted(secret);
    await office.screens.find(cookie);
    changed = [];
    expect(await office.screens.revoke(admin, id)).toBeUndefined();
    expect(await office.screens.find(cookie)).toBeUndefined();
    expect(changed).toEqual([id]);
    expect(await line()).toMatchObject({ state: 'revoked' });
    expect(await office.screens.renew(admin, id)).toEqual({ refused: 'unknown-screen' });
    const before = (await noted()).length;
    expect(await office.screens.revoke(admin, id)).toBeUndefined();
    expect(await noted()).toHaveLength(before);
  });

  test('that was lost is replaced by a new address: the old cookie is dead, and what was refused is past', async () => {
    const { id, secret } = await added();
    const cookie = await admitted(secret);
    await office.screens.admit(secret, undefined);
    const { address, screen } = done(await office.screens.renew(admin, id));
    expect(screen).toMatchObject({ id, name: 'Salle du COD', state: 'waiting', refused: null });
    expect(await office.screens.find(cookie)).toBeUndefined();
    const next = await admitted(secretOf(address));
    expect(await office.screens.find(next)).toMatchObject({ id });
    expect(await office.screens.list()).toHaveLength(1);
  });

  test('marks its use on the disk every five minutes at most, and goes on when the disk is full', async () => {
    const { secret } = await added();
    const cookie = await admitted(secret);
    const stored = async () => (await office.store.directory.screens())[0]!.seenAt;
    const first = office.clock.wall();
    office.clock.pass(30 * SECOND);
    await office.screens.find(cookie);
    expect(await stored()).toBe(first);
    expect(await line()).toMatchObject({ seenAt: office.clock.wall() });
    office.clock.pass(5 * MINUTE);
    office.store.diskFull = true;
    expect(await office.screens.find(cookie)).toMatchObject({ name: 'Salle du COD' });
    expect(await stored()).toBe(first);
  });
});

test('7: only an administrator adds, renews or revokes, and nobody what does not exist', async () => {
  const { id } = await added();
  const other: Actor = { id: 'b', rights: ['prefet', 'sidpc'], source: 'console' };
  const forbidden = expect.objectContaining({ refused: 'forbidden' });
  expect(await office.screens.add(other, 'Hall')).toEqual(forbidden);
  expect(await office.screens.renew(other, id)).toEqual(forbidden);
  expect(await office.screens.revoke(other, id)).toEqual(forbidden);
  expect(await office.screens.renew(admin, 'nobody')).toEqual({ refused: 'unknown-screen' });
  expect(await office.screens.revoke(admin, 'nobody')).toEqual({ refused: 'unknown-screen' });
});

// What every Directory keeps, whichever store is behind it.
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Account, AccountChange, ApiToken, OneTimeLink, Session, WallScreen } from '../../src/application/ports.js';
import type { Store } from '../../src/adapters/persistence/store.js';
import { ADMINISTRATION } from '../../src/domain/administration.js';
import { Writer } from '../kit/batches.js';
import { STORES } from './stores.js';

const agent = (over: Partial<Account> = {}): Account => ({
  id: 'a1', login: 'agent', name: 'Zoé Agent', title: 'agente d’astreinte', rights: ['astreinte', 'communication'], passwordHash: 'argon',
  totpSecret: null, totpUsedStep: 0, recoveryCodes: ['c1', 'c2'], disabledAt: null, erasedAt: null, createdAt: 1_000, ...over,
});
const session = (over: Partial<Session> = {}): Session => ({
  tokenHash: 's1', account: 'a1', createdAt: 1_000, seenAt: 1_000, expiresAt: 5_000, strong: false, ...over,
});
const token = (over: Partial<ApiToken> = {}): ApiToken => ({
  id: 't1', tokenHash: 'h1', name: 'script SYNERGI', commands: ['start-clock'], expiresAt: 9_000, revokedAt: null, createdBy: 'a1', createdAt: 1_000, ...over,
});
const screen = (over: Partial<WallScreen> = {}): WallScreen => ({
  id: 'w1', name: 'Salle du COD', tokenHash: 'h1', formerTokens: ['h0'], cookieHash: null, seenAt: null, createdAt: 1_000, ...over,
});
const invitation = (over: Partial<OneTimeLink> = {}): OneTimeLink => ({
  tokenHash: 'l1', purpose: 'invitation', account: 'a1', expiresAt: 9_000, usedAt: null, ...over,
});

describe.each(STORES)('directory in %s', (_name, open) => {
  let store: Store;
  let administration: Writer;

  beforeEach(async () => {
    store = await open();
    administration = new Writer(ADMINISTRATION);
  });

  const change = (...accounts: AccountChange[]) => store.journal.append(administration.next({ accounts }));
  const put = (account: Account) => change({ change: 'account-put', account });

  test('an account is written with the entry that says so, and written again', async () => {
    await put(agent());
    await put(agent({ id: 'a2', login: 'prefet', rights: [], createdAt: 500 }));
    await put(agent({ name: 'Zoé Martin', disabledAt: 2_000, totpSecret: 'BASE32' }));
    expect(await store.directory.account('a1')).toEqual(agent({ name: 'Zoé Martin', disabledAt: 2_000, totpSecret: 'BASE32' }));
    expect(await store.directory.accountByLogin('prefet')).toMatchObject({ id: 'a2' });
    expect((await store.directory.accounts()).map(({ id }) => id)).toEqual(['a2', 'a1']);
    expect(await store.directory.account('a3')).toBeUndefined();
    expect(await store.directory.accountByLogin('Prefet')).toBeUndefined();
  });

  test('a login belongs to one account: the batch that takes another’s writes nothing', async () => {
    await put(agent());
    await expect(put(agent({ id: 'a2' }))).rejects.toThrow();
    expect(await store.directory.accounts()).toHaveLength(1);
    expect(await store.journal.read(ADMINISTRATION)).toHaveLength(1);
  });

  test('sessions are put, refreshed and dropped', async () => {
    await store.directory.putSession(session());
    await store.directory.putSession(session({ seenAt: 2_000, strong: true }));
    expect(await store.directory.session('s1')).toEqual(session({ seenAt: 2_000, strong: true }));
    await store.directory.dropSession('s1');
    expect(await store.directory.session('s1')).toBeUndefined();
  });

  test('touching a session that was dropped meanwhile does not bring it back', async () => {
    await store.directory.putSession(session());
    expect(await store.directory.touchSession(session({ seenAt: 2_000 }))).toBe(true);
    expect(await store.directory.session('s1')).toEqual(session({ seenAt: 2_000 }));
    await store.directory.dropSession('s1');
    expect(await store.directory.touchSession(session({ seenAt: 3_000 }))).toBe(false);
    expect(await store.directory.session('s1')).toBeUndefined();
  });

  test('sessions go when they expire', async () => {
    for (const expiresAt of [4_999, 5_000, 5_001]) await store.directory.putSession(session({ tokenHash: `s${expiresAt}`, expiresAt }));
    await store.directory.dropExpiredSessions(5_000);
    expect(await store.directory.session('s4999')).toBeUndefined();
    expect(await store.directory.session('s5000')).toBeUndefined();
    expect(await store.directory.session('s5001')).toBeDefined();
  });

  test('all sessions of one account go with the entry that says so', async () => {
    await store.directory.putSession(session());
    await store.directory.putSession(session({ tokenHash: 's2' }));
    await store.directory.putSession(session({ tokenHash: 's3', account: 'a2' }));
    await change({ change: 'sessions-dropped', account: 'a1' });
    expect(await store.directory.session('s1')).toBeUndefined();
    expect(await store.directory.session('s2')).toBeUndefined();
    expect(await store.directory.session('s3')).toBeDefined();
  });

  test('tokens are put, found by their hash, and revoked', async () => {
    await change({ change: 'token-put', token: token() }, { change: 'token-put', token: token({ id: 't2', tokenHash: 'h2', createdAt: 500 }) });
    await change({ change: 'token-put', token: token({ revokedAt: 3_000 }) });
    expect(await store.directory.tokenByHash('h1')).toEqual(token({ revokedAt: 3_000 }));
    expect((await store.directory.tokens()).map(({ id }) => id)).toEqual(['t2', 't1']);
    expect(await store.directory.tokenByHash('h3')).toBeUndefined();
  });

  test('screens are put with the entry that says so, found by their cookie, and seen', async () => {
    await change({ change: 'screen-put', screen: screen() }, { change: 'screen-put', screen: screen({ id: 'w2', tokenHash: 'h2', cookieHash: 'c2', createdAt: 500 }) });
    expect(await store.directory.screens()).toEqual([screen({ id: 'w2', tokenHash: 'h2', cookieHash: 'c2', createdAt: 500 }), screen()]);
    await change({ change: 'screen-put', screen: screen({ cookieHash: 'c1', formerTokens: ['h0', 'h9'] }) });
    await store.directory.touchScreen('w1', 2_000);
    await store.directory.touchScreen('unknown', 2_000);
    expect(await store.directory.screenByCookie('c1')).toEqual(screen({ cookieHash: 'c1', formerTokens: ['h0', 'h9'], seenAt: 2_000 }));
    await change({ change: 'screen-put', screen: screen({ cookieHash: null }) });
    expect(await store.directory.screenByCookie('c1')).toBeUndefined();
    expect(await store.directory.screens()).toHaveLength(2);
  });

  test('a link is dead once used: the second use writes nothing', async () => {
    await change({ change: 'link-put', link: invitation() });
    expect(await store.directory.link('l1')).toEqual(invitation());
    await change({ change: 'link-used', tokenHash: 'l1', at: 2_000 });
    expect(await store.directory.link('l1')).toEqual(invitation({ usedAt: 2_000 }));
    for (const tokenHash of ['l1', 'unknown']) {
      administration = new Writer(`again ${tokenHash}`);
      await expect(change({ change: 'link-used', tokenHash, at: 3_000 }, { change: 'account-put', account: agent() })).rejects.toThrow();
    }
    expect(await store.directory.link('l1')).toEqual(invitation({ usedAt: 2_000 }));
    expect(await store.directory.accounts()).toEqual([]);
  });

  test('the links of an account that were not used go with the entry that says so', async () => {
    const link = (over: Partial<OneTimeLink>): AccountChange => ({ change: 'link-put', link: invitation(over) });
    await change(link({}), link({ tokenHash: 'l2', usedAt: 1_500 }), link({ tokenHash: 'l3', account: 'a2' }));
    await change({ change: 'links-dropped', account: 'a1' });
    expect(await store.directory.link('l1')).toBeUndefined();
    expect(await store.directory.link('l2')).toBeDefined();
    expect(await store.directory.link('l3')).toBeDefined();
  });

  test('the administration’s journal is none of the activations', async () => {
    await put(agent());
    expect(await store.journal.summaries()).toEqual([]);
    expect(await store.journal.read(ADMINISTRATION)).toHaveLength(1);
  });

  describe('the second factor', () => {
    test('a time step serves once, also when it is tried at the same time', async () => {
      await put(agent());
      const tries = await Promise.all([7, 7, 7].map((step) => store.directory.useTotpStep('a1', step)));
      expect(tries.filter(Boolean)).toHaveLength(1);
      expect(await store.directory.useTotpStep('a1', 6)).toBe(false);
      expect(await store.directory.useTotpStep('a1', 8)).toBe(true);
      expect(await store.directory.useTotpStep('unknown', 8)).toBe(false);
    });

    test('writing the account as it was read before does not revive a used step; a new secret starts anew', async () => {
      await put(agent({ totpSecret: 'OLD' }));
      await store.directory.useTotpStep('a1', 7);
      await put(agent({ totpSecret: 'OLD', totpUsedStep: 0, name: 'Zoé Martin' }));
      expect(await store.directory.account('a1')).toMatchObject({ totpUsedStep: 7, name: 'Zoé Martin' });
      await put(agent({ totpSecret: 'NEW', totpUsedStep: 0 }));
      expect(await store.directory.account('a1')).toMatchObject({ totpUsedStep: 0 });
    });
  });
});

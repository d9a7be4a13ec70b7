// What every store of single-purpose tokens keeps, whichever is behind it.
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Store } from '../../src/adapters/persistence/store.js';
import { REACH_TOKEN, tokenOf } from '../../src/application/outreach/reach-tokens.js';
import { STORES } from './stores.js';

const bits = (n: number) => n.toString(16).padStart(32, '0');

describe.each(STORES)('reach tokens in %s', (_name, open) => {
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });

  test('an attempt has one token, made at its first asking and found again', async () => {
    const first = await store.reachTokens.tokenFor('a1', 'c1/p1/voice-1', bits(12345), 10);
    expect(await store.reachTokens.tokenFor('a1', 'c1/p1/voice-1', bits(999), 20)).toEqual(first);
    expect(first).toEqual({ ...tokenOf(bits(12345)), activation: 'a1', attempt: 'c1/p1/voice-1' });
    expect(await store.reachTokens.find(first.token)).toEqual(first);
    expect(await store.reachTokens.find('z'.repeat(16))).toBeUndefined();
  });

  test('attempts of the same name in two activations have a token each', async () => {
    const one = await store.reachTokens.tokenFor('a1', 'charge2/p1/voice-1', bits(1), 10);
    const two = await store.reachTokens.tokenFor('a2', 'charge2/p1/voice-1', bits(2), 10);
    expect(one.token).not.toBe(two.token);
    expect((await store.reachTokens.find(two.token))!.activation).toBe('a2');
  });

  test('a code is short: where two have it, the newest counts', async () => {
    // The same last figures, other first ones.
    const [low, high] = [`${'0'.repeat(15)}5${'0'.repeat(16)}`, `${'0'.repeat(15)}5${'f'.repeat(16)}`];
    await store.reachTokens.tokenFor('a1', 'old', low, 10);
    const newer = await store.reachTokens.tokenFor('a1', 'new', high, 20);
    expect(tokenOf(low).code).toBe(tokenOf(high).code);
    expect(await store.reachTokens.byCode(newer.code)).toEqual(newer);
    expect(await store.reachTokens.byCode('000000')).toBeUndefined();
  });
});

test('a token is sixteen letters and figures that nobody mistakes, a code six figures', () => {
  for (let n = 1; n < 200; n++) {
    const { token, code } = tokenOf(bits(n * 7_919_777));
    expect(token).toMatch(REACH_TOKEN);
    expect(code).toMatch(/^[1-9]\d{5}$/);
  }
});

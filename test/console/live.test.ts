import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fold, initial, maskFor } from '../../src/domain/activation.js';
import type { Audience } from '../../src/domain/entry.js';
import { CONTRACT, type Snapshot } from '../../src/contract/live.js';
import { Fold } from '../../src/console/board.js';
import { ServerClock } from '../../src/console/clock.js';
import { freshnessOf, LATE_MS, LOST_MS } from '../../src/console/connection.js';
import { typedIn } from '../../src/console/kept-orders.js';
import { addressOf, readWhere, type Where } from '../../src/console/pages/hour/where.js';
import { at, completes, does, ends, given, notApplicable, opened, sealed, takes } from '../kit/given.js';

const journal = given(
  opened(), takes('directrice', 'DC'), at(8), completes('astreinte', 'P02'), does('directrice', { type: 'log-direction-note', text: sealed('réservé'), attachments: [] }),
  notApplicable('communication', 'P10'), at(31), does('prefet', { type: 'order-nu' }), at(62), ends(),
).entries;

function snapshotAt(seq: number, audience: Audience): Snapshot {
  const seen = journal.map((entry) => maskFor(audience, entry)).slice(0, seq);
  return { contract: CONTRACT, audience, activation: seq === 0 ? initial('x') : fold(journal[0]!.activation, seen), entries: seen.slice(-20), texts: {}, wall: 0 };
}

describe('live is a replay that has not ended', () => {
  test('wherever a board starts, however news is cut and repeated, it ends where the server is', () => {
    const audience = fc.constantFrom<Audience>('direction', 'cell');
    fc.assert(fc.property(audience, fc.nat(journal.length), fc.array(fc.nat(journal.length), { maxLength: 8 }), (eyes, start, cuts) => {
      const board = new Fold(snapshotAt(start, eyes));
      const masked = journal.map((entry) => maskFor(eyes, entry));
      for (const cut of [...cuts].sort((a, b) => a - b)) board.take(masked.slice(Math.max(0, cut - 3), cut + 2), {});
      board.take(masked, {});
      expect(board.board(() => {}).activation).toEqual(fold(journal[0]!.activation, masked));
    }));
  });

  test('a gap is told by its number and nothing after it is taken', () => {
    const board = new Fold(snapshotAt(3, 'direction'));
    expect(board.take(journal.slice(5), {})).toBe(false);
    expect(board.seq).toBe(3);
    expect(board.take(journal.slice(3), {})).toBe(true);
    expect(board.seq).toBe(journal.length);
  });

  test('console.md 6: a screen that nobody reloads keeps a few of the entries that it may see, and still knows where older ones begin', () => {
    const seen = journal.map((entry) => maskFor('wall', entry));
    const board = new Fold(snapshotAt(4, 'wall'), 3);
    board.take(seen, {});
    const { entries, activation, first, hasOlder } = board.board(() => {});
    const shown = seen.filter((entry) => !('withheld' in entry));
    expect(shown.length).toBeGreaterThan(3);
    expect(entries).toEqual(shown.slice(-3));
    expect(activation.seq).toBe(journal.length);
    expect([first, hasOlder]).toEqual([1, false]);
    const late = new Fold(snapshotAt(journal.length, 'wall'), 2);
    late.takeOlder({ entries: seen, texts: {}, seq: journal.length });
    expect(late.board(() => {}).entries).toEqual(shown.slice(-2));
  });

  test('what is not for these eyes keeps its number', () => {
    const board = new Fold(snapshotAt(journal.length, 'wall'));
    board.take([{ seq: journal.length + 1, withheld: true }], {});
    const { entries, activation } = board.board(() => {});
    expect([activation.seq, entries.at(-1)]).toEqual([journal.length + 1, { seq: journal.length + 1, withheld: true }]);
  });

  test('a text that has not arrived is asked for; one that was erased is not', () => {
    const board = new Fold({ ...snapshotAt(3, 'direction'), texts: { a: 'écrit', b: null } });
    const asked: string[] = [];
    const { text } = board.board((digest) => asked.push(digest));
    const sealed = (digest: string) => ({ digest, bytes: 1 });
    expect([text(sealed('a')), text(sealed('b')), text(sealed('c'))]).toEqual(['écrit', null, undefined]);
    expect(asked).toEqual(['c']);
  });
});

describe("the server's clock as a device knows it", () => {
  const at = (start: number) => {
    const device = { now: start };
    return { device, clock: new ServerClock(() => device.now) };
  };

  test('a message that was long on its way does not set it back', () => {
    const { device, clock } = at(0);
    clock.observe(1_000_000);
    device.now = 5_000;
    clock.observe(1_000_000);
    expect(clock.wall()).toBe(1_005_000);
  });

  test('a step forward is followed at once, a step back within half a minute', () => {
    const { device, clock } = at(0);
    clock.observe(1_000_000);
    clock.observe(1_300_000);
    expect(clock.wall()).toBe(1_300_000);
    for (device.now = 5_000; device.now <= 40_000; device.now += 5_000) clock.observe(1_000_000 + device.now);
    expect(clock.wall()).toBe(1_000_000 + device.now);
  });

  test('runs on while nothing is heard, and over a sleep', () => {
    const { device, clock } = at(0);
    clock.observe(1_000_000);
    device.now = 60_000;
    clock.slept(600_000);
    expect(clock.wall()).toBe(1_660_000);
  });
});

test('silence, not the socket, says how fresh a screen is; a line known to be cut is lost sooner', () => {
  expect(freshnessOf(0, true).state).toBe('fresh');
  expect(freshnessOf(LATE_MS - 1, false).state).toBe('fresh');
  expect(freshnessOf(LATE_MS, true).state).toBe('late');
  expect(freshnessOf(LATE_MS, false).state).toBe('lost');
  expect(freshnessOf(LOST_MS, true).state).toBe('lost');
  expect(freshnessOf(undefined, true).state).toBe('lost');
});

test('what is open is in the address, and read back from it', () => {
  const all: Where[] = [
    { open: 'step', step: 'P05' }, { open: 'clause', clause: '48.1' }, { open: 'clock', clock: 'nu' }, { open: 'entry', seq: 214 }, { open: 'functions' },
    { open: 'event' }, { open: 'papers' }, { open: 'correct', clock: 'cod', t0: '2026-10-25T00:30:00.000Z' }, { open: 'correct', clock: 'cod', t0: null },
  ];
  for (const where of all) expect(readWhere(addressOf('/activations/x', where).split('?')[1]!)).toEqual(where);
  for (const odd of ['', 'voir=engagement-', 'voir=horloge-lune', 'voir=entree-x', 'corriger=lune', 'voir=constructor']) expect(readWhere(odd)).toBeUndefined();
});

test('what was typed in an order that waits can be read and copied', () => {
  expect(typedIn({ body: { step: 'P16', evidence: [{ kind: 'link', url: 'https://a.fr' }, { kind: 'file', file: 'f' }], seen: 3 } })).toBe('P16\nhttps://a.fr');
  expect(typedIn({ body: { text: 'Rocade coupée.' } })).toBe('Rocade coupée.');
});

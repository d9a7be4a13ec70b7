// mod. 7: the outage is an entry, whether the process died, stood still, or woke on a disk that takes nothing.
import { hash } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { Activations } from '../../src/application/activations.js';
import { Heartbeat, STALLED_FROM } from '../../src/application/heartbeat.js';
import { Boards, StorageFailed } from '../../src/application/ports.js';
import type { Author } from '../../src/application/submission.js';
import { MINUTE, SECOND, toInstant, type Ms } from '../../src/domain/time.js';
import { openCommand, RIGHTS_OF, T0 } from '../kit/given.js';
import { HandClock } from '../kit/hand-clock.js';
import { MemoryStore } from '../kit/memory-store.js';

class NoBoards extends Boards {
  override news(): void {}
  override lobby(): void {}
  override async request(): Promise<number> {
    return 0;
  }
}

const HOUR_ID = '1'.repeat(32);
const duty: Author = { id: 'astreinte', rights: RIGHTS_OF['astreinte']!, source: 'console' };
let clock: HandClock;
let store: MemoryStore;
let activations: Activations;
let heart: Heartbeat;

/** As a process that starts on what is stored. */
function started(): void {
  activations = new Activations(store.journal, clock, (text) => hash('sha256', text, 'hex'), new NoBoards());
  heart = new Heartbeat(activations, store.journal, clock);
}

async function woken(): Promise<void> {
  started();
  await activations.restore();
  await heart.wake();
}

const entries = async () => (await activations.read(HOUR_ID, (held) => [...held.after(0)]))!;
const outages = async () => (await entries()).flatMap((entry) => (entry.type === 'outageNoted' ? [entry.payload] : []));
const between = (from: Ms, to: Ms) => ({ from: toInstant(from), to: toInstant(to) });

beforeEach(async () => {
  clock = new HandClock(T0);
  store = new MemoryStore(() => clock.wall());
  await woken();
  await activations.submit(HOUR_ID, { command: { ...openCommand(), id: HOUR_ID }, author: duty, key: 'open' });
});

describe('a process that stands still (SIGSTOP, a disk that hangs)', () => {
  test('mod. 7 a beat that comes ten seconds late notes the outage before it does what fell due meanwhile', async () => {
    await heart.beat();
    clock.pass(6 * MINUTE);
    await heart.beat();
    await heart.beat();
    expect(await outages()).toEqual([between(T0, T0 + 6 * MINUTE)]);
    const types = (await entries()).map(({ type }) => type);
    expect(types.indexOf('outageNoted')).toBeLessThan(types.indexOf('warningsRaised'));
  });

  test('mod. 7 a beat that is merely late is none', async () => {
    for (let beat = 0; beat < 5; beat++) {
      await heart.beat();
      clock.pass(STALLED_FROM - 1);
    }
    expect(await outages()).toEqual([]);
  });

  test('mod. 7 with a step of the clock in between both are said, and the outage lasts what it lasted', async () => {
    await heart.beat();
    clock.pass(30 * SECOND);
    clock.step(-5 * MINUTE);
    await heart.beat();
    const now = clock.wall();
    expect(await outages()).toEqual([between(now - 30 * SECOND, now)]);
    expect((await entries()).filter(({ type }) => type === 'clockStepped')).toMatchObject([{ payload: { byMs: -5 * MINUTE } }]);
  });

  test('mod. 7 a machine put to sleep, whose monotonic clock stood still too, shows as a step forward', async () => {
    await heart.beat();
    clock.step(20 * MINUTE);
    await heart.beat();
    expect(await outages()).toEqual([]);
    expect((await entries()).filter(({ type }) => type === 'clockStepped')).toMatchObject([{ payload: { byMs: 20 * MINUTE } }]);
  });
});

describe('a start on a full disk', () => {
  const LIVED = T0 + 10 * SECOND;
  const WOKE = T0 + 2 * MINUTE;
  beforeEach(async () => {
    clock.pass(LIVED - T0 - 1);
    await heart.beat();
    clock.pass(1);
    await store.journal.markAlive(LIVED);
    store.diskFull = true;
    clock.pass(WOKE - LIVED);
    await woken();
  });

  test('mod. 7 the house opens, what it has can be read, and the outage is written once there is room', async () => {
    expect(await outages()).toEqual([]);
    expect(heart.age()).toBeUndefined();
    clock.pass(5 * SECOND);
    await expect(heart.beat()).rejects.toThrow(StorageFailed);
    store.diskFull = false;
    await heart.beat();
    await heart.beat();
    expect(await outages()).toEqual([between(LIVED, WOKE)]);
    expect(heart.age()).toBe(0);
    expect(await store.journal.alive()).toBe(clock.wall());
  });

  test('mod. 7 a mark never moves past an outage that is still owed: the next start says all of it', async () => {
    // There is room for a mark, and none for an entry.
    store.diskFull = false;
    store.failNext(1);
    await expect(heart.beat()).rejects.toThrow(StorageFailed);
    clock.pass(MINUTE);
    await woken();
    expect(await outages()).toEqual([between(LIVED, WOKE + MINUTE)]);
  });
});

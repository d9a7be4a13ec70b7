// 3.7 What is told to whoever watches the machine: that all is well, and only then; backups that nobody has to think of.
import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { Activations } from '../../src/application/activations.js';
import { BackupSchedule, type LatestBackup } from '../../src/application/backup-schedule.js';
import { Heartbeat } from '../../src/application/heartbeat.js';
import { Boards } from '../../src/application/ports.js';
import { DeadMan, Supervision } from '../../src/application/supervision.js';
import { HOUR, MINUTE, SECOND } from '../../src/domain/time.js';
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

const ONE = '1'.repeat(32);
let clock: HandClock;
let store: MemoryStore;
let activations: Activations;
let heartbeat: Heartbeat;
let supervision: Supervision;
beforeEach(async () => {
  clock = new HandClock(T0);
  store = new MemoryStore(() => clock.wall());
  activations = new Activations(store.journal, clock, (text) => createHash('sha256').update(text).digest('hex'), new NoBoards());
  heartbeat = new Heartbeat(activations, store.journal, clock);
  supervision = new Supervision(activations, heartbeat, store.journal, store.outbox, clock);
  await activations.submit(ONE, { command: { ...openCommand(), id: ONE }, author: { id: 'astreinte', rights: RIGHTS_OF['astreinte']!, source: 'console' }, key: 'open' });
});

describe('the dead-man address', () => {
  let pings: number;
  let told: boolean[];
  let reachable: boolean;
  let deadMan: DeadMan;
  beforeEach(() => {
    [pings, told, reachable] = [0, [], true];
    deadMan = new DeadMan(supervision, clock, async () => {
      pings++;
      if (!reachable) throw new Error('no way there');
    }, (reached) => told.push(reached));
  });
  const minute = async ({ beats = true } = {}) => {
    clock.pass(MINUTE);
    if (beats) await heartbeat.beat().catch(() => {});
    await deadMan.beat();
  };
  /** The outbox is emptied, as the postman does. */
  const posted = () => store.rows.clear();

  test('is told each minute while all is well', async () => {
    await heartbeat.beat();
    await deadMan.beat();
    await deadMan.beat();
    expect(pings).toBe(1);
    for (let i = 0; i < 3; i++) await minute().finally(posted);
    expect(pings).toBe(4);
  });

  test('hears nothing while the disk is full, while nothing beats, while the outbox is stuck; and is told again afterwards', async () => {
    await heartbeat.beat();
    store.diskFull = true;
    await minute();
    expect(pings).toBe(0);
    store.diskFull = false;
    await minute({ beats: false });
    expect(pings).toBe(0);
    await minute();
    expect(pings).toBe(1);
    for (let i = 0; i < 15; i++) await minute();
    expect(store.rows.size).toBeGreaterThan(0); // a target asked for somebody, and no postman goes
    const stuck = pings;
    for (let i = 0; i < 3; i++) await minute();
    expect(pings).toBe(stuck);
    posted();
    await minute();
    expect(pings).toBe(stuck + 1);
  });

  test('hears nothing while a deadline is owed', async () => {
    await heartbeat.beat();
    clock.pass(20 * MINUTE);
    store.failNext(2); // what is owed after the standstill, and what fell due
    await heartbeat.beat().catch(() => {});
    expect((await supervision.health()).owed).toBeGreaterThanOrEqual(15 * MINUTE);
    await deadMan.beat();
    expect(pings).toBe(0);
    await heartbeat.beat();
    expect((await supervision.health()).owed).toBe(0);
    posted();
    await deadMan.beat();
    expect(pings).toBe(1);
  });

  test('hears nothing for a quarter of an hour after an alarm: somebody must have had the time to look', async () => {
    await heartbeat.beat();
    supervision.alarm();
    for (let i = 0; i < 14; i++) await minute().finally(posted);
    expect(pings).toBe(0);
    await minute().finally(posted);
    expect(pings).toBe(1);
  });

  test('not reached is said once, and once when it is again', async () => {
    await heartbeat.beat();
    reachable = false;
    for (let i = 0; i < 3; i++) await minute().finally(posted);
    reachable = true;
    for (let i = 0; i < 2; i++) await minute().finally(posted);
    expect(told).toEqual([false, true]);
  });
});

test('the figures of a night: what runs in each lane, and since when the oldest step is overdue', async () => {
  expect(await supervision.night()).toEqual({ running: { real: 1, exercise: 0, test: 0 }, overdue: 0 });
  clock.pass(61 * MINUTE);
  await heartbeat.beat();
  expect(await supervision.night()).toMatchObject({ overdue: MINUTE });
});

describe('scheduled backups', () => {
  let made: number;
  let fails: string | undefined;
  let said: string[];
  /** What the folder holds. */
  let folder: LatestBackup[];
  let schedule: BackupSchedule;
  const plan = { folder: '/ailleurs', everyHours: 6, keep: 28 };
  const takenAt = (at: number): LatestBackup => ({ at, bytes: 1, entries: 2, files: 3 });
  const latest = async (now: number) => folder.filter(({ at }) => at <= now).at(-1);
  beforeEach(() => {
    [made, fails, said, folder] = [0, undefined, [], []];
    schedule = new BackupSchedule(plan, clock, {
      latest, onFailure: (why) => said.push(why),
      make: async () => {
        if (fails !== undefined) throw new Error(fails);
        made++;
        folder.push(takenAt(clock.wall()));
      },
    });
  });
  const beatAfter = async (ms: number) => {
    clock.pass(ms);
    await schedule.beat();
    return made;
  };

  test('one at once where there is none, then every six hours', async () => {
    expect(await beatAfter(0)).toBe(1);
    expect(await beatAfter(0)).toBe(1);
    expect(await beatAfter(6 * HOUR - SECOND)).toBe(1);
    expect(await beatAfter(SECOND)).toBe(2);
    expect(await schedule.state()).toEqual({ plan, latest: takenAt(clock.wall()), failure: null, running: false });
  });

  test('counted from what the folder holds: of before this start, or made by hand meanwhile', async () => {
    folder.push(takenAt(T0 - HOUR));
    expect(await beatAfter(0)).toBe(0);
    clock.pass(4 * HOUR);
    folder.push(takenAt(clock.wall()));
    expect(await beatAfter(HOUR)).toBe(0);
    expect((await schedule.state()).latest).toEqual(takenAt(T0 + 4 * HOUR));
    expect(await beatAfter(5 * HOUR)).toBe(1);
  });

  test('a clock that was ahead, then put right, keeps none from being made', async () => {
    folder.push(takenAt(T0 + 30 * 24 * HOUR));
    expect(await beatAfter(0)).toBe(1);
    expect(await beatAfter(HOUR)).toBe(1);
  });

  test('a failure is told and shown, tried again after a quarter of an hour, and forgotten by a success, be it by hand', async () => {
    fails = 'Le disque est plein.';
    await schedule.beat();
    await beatAfter(MINUTE);
    expect(said).toEqual(['Le disque est plein.']);
    expect(await schedule.state()).toMatchObject({ latest: null, failure: { at: T0, said: 'Le disque est plein.' } });
    fails = undefined;
    expect(await beatAfter(14 * MINUTE)).toBe(1);
    expect(await schedule.state()).toMatchObject({ latest: takenAt(clock.wall()), failure: null });
    fails = 'Encore.';
    await beatAfter(6 * HOUR);
    expect((await schedule.state()).failure).not.toBeNull();
    clock.pass(MINUTE);
    folder.push(takenAt(clock.wall()));
    expect((await schedule.state()).failure).toBeNull();
  });

  test('two never run at once, and none where none is wanted', async () => {
    let release = () => {};
    let begun = () => {};
    const underWay = new Promise<void>((resolve) => (begun = resolve));
    const make = () => new Promise<void>((resolve) => {
      made++;
      release = resolve;
      begun();
    });
    const slow = new BackupSchedule(plan, clock, { make, latest, onFailure: () => {} });
    const first = slow.beat();
    void slow.beat();
    await underWay;
    expect([made, (await slow.state()).running]).toEqual([1, true]);
    release();
    await first;
    expect((await slow.state()).running).toBe(false);
    const none = new BackupSchedule(null, clock, { make, latest, onFailure: () => {} });
    await none.beat();
    expect(made).toBe(1);
  });
});

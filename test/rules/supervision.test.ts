// 3.7 What is told to whoever watches the machine: that all is well, and only then; backups that nobody has to think of.
import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { Activations } from '../../src/application/activations.js';
import { BackupSchedule } from '../../src/application/backup-schedule.js';
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
  let schedule: BackupSchedule;
  const plan = { folder: '/ailleurs', everyHours: 6, keep: 28 };
  beforeEach(() => {
    [made, fails, said] = [0, undefined, []];
    schedule = new BackupSchedule(plan, clock, async () => {
      if (fails !== undefined) throw new Error(fails);
      made++;
    }, (why) => said.push(why));
  });

  test('one at once where there is none, then every six hours, counted from what the start found', async () => {
    await schedule.beat();
    await schedule.beat();
    expect(made).toBe(1);
    clock.pass(6 * HOUR - SECOND);
    await schedule.beat();
    expect(made).toBe(1);
    clock.pass(SECOND);
    await schedule.beat();
    expect(made).toBe(2);
    schedule.found(clock.wall() - HOUR);
    clock.pass(4 * HOUR);
    await schedule.beat();
    expect(made).toBe(2);
    expect(schedule.state()).toEqual({ plan, lastAt: clock.wall() - 5 * HOUR, failure: null, running: false });
  });

  test('a failure is told and shown, tried again after a quarter of an hour, and forgotten by a success', async () => {
    fails = 'Le disque est plein.';
    await schedule.beat();
    clock.pass(MINUTE);
    await schedule.beat();
    expect(said).toEqual(['Le disque est plein.']);
    expect(schedule.state()).toMatchObject({ lastAt: null, failure: { at: T0, said: 'Le disque est plein.' } });
    fails = undefined;
    clock.pass(14 * MINUTE);
    await schedule.beat();
    expect(schedule.state()).toMatchObject({ lastAt: clock.wall(), failure: null });
  });

  test('two never run at once, and none where none is wanted', async () => {
    let release = () => {};
    const slow = new BackupSchedule(plan, clock, () => new Promise((resolve) => { made++; release = resolve; }), () => {});
    const first = slow.beat();
    void slow.beat();
    expect([made, slow.state().running]).toEqual([1, true]);
    release();
    await first;
    expect(slow.state().running).toBe(false);
    const none = new BackupSchedule(null, clock, async () => void made++, () => {});
    await none.beat();
    expect(made).toBe(1);
  });
});

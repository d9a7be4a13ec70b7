// 49: an exercise's own clock, over the API: whose orders it takes, and what everybody then sees.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ActivationLine, Problem } from '../../src/contract/live.js';
import { nowInside } from '../../src/domain/activation.js';
import { MINUTE, SECOND, toInstant } from '../../src/domain/time.js';
import { World, type Person } from '../kit/world.js';

let world: World;
let planner: Person;
let duty: Person;
beforeEach(async () => {
  world = await World.start();
  [planner, duty] = [await world.person('planificateur'), await world.person('astreinte')];
});
afterEach(() => world.stop());

const inside = async (id: string) => nowInside((await planner.snapshot(id)).activation, world.clock.wall());

describe('an exercise at the speed of its planner', () => {
  test('49 opened at 20 times the speed, it is an hour further after three minutes, its warnings with it', async () => {
    const t0 = world.clock.wall();
    const id = await planner.open({ lane: 'exercise', kind: 'cod', t0: toInstant(t0), speed: 20 });
    await world.pass(3 * MINUTE, 180);
    expect(await inside(id)).toBe(t0 + 60 * MINUTE);
    const warned = (await planner.entries(id)).filter(({ type }) => type === 'warningsRaised');
    expect(warned.length).toBeGreaterThan(3);
    // Each at its own instant of the exercise, within one beat of it: a second of ours.
    for (const entry of warned) {
      if (entry.type !== 'warningsRaised') continue;
      for (const { dueAt } of entry.payload.items) expect(Date.parse(entry.recordedAt) - Date.parse(dueAt)).toBeLessThanOrEqual(20 * SECOND);
    }
  });

  test('49 paused, nothing comes due and no time passes; resumed, it goes on from there', async () => {
    const id = await planner.open({ lane: 'exercise', kind: 'cod', t0: world.instant() });
    await world.pass(MINUTE);
    expect(await planner.order(id, 'pause-exercise')).toMatchObject({ status: 200, body: { fromSeq: expect.any(Number) } });
    const [at, { body: line }] = [await inside(id), await duty.get<ActivationLine[]>('/api/activations')];
    expect(line[0]!.segments).toMatchObject([{ speed: 0, exerciseAt: at }]);
    const written = (await planner.entries(id)).length;
    await world.pass(120 * MINUTE, 10);
    expect([await inside(id), (await planner.entries(id)).length]).toEqual([at, written]);
    await duty.order(id, 'log-note', { text: 'Pendant la pause' });
    expect((await planner.entries(id)).at(-1)).toMatchObject({ type: 'noteLogged', occurredAt: toInstant(at), recordedAt: toInstant(at), wallAt: world.instant() });
    const before = (await planner.entries(id)).length;
    expect(await planner.order(id, 'resume-exercise')).toMatchObject({ status: 200 });
    expect(await planner.order(id, 'resume-exercise')).toMatchObject({ status: 200 });
    expect((await planner.entries(id)).slice(before).map(({ type }) => type)).toEqual(['exerciseSegmentStarted']);
    await world.pass(MINUTE);
    expect(await inside(id)).toBe(at + MINUTE);
  });

  test('49 refused plainly: to others, in a real activation, beyond 60 times the speed', async () => {
    const exercise = await planner.open({ lane: 'exercise', kind: 'cod' });
    const real = await duty.open();
    const plainly = { refused: 'forbidden', detail: expect.stringContaining('ne s’arrête ni ne s’accélère') };
    expect(await duty.order(exercise, 'pause-exercise')).toMatchObject({ status: 403, body: plainly });
    expect(await duty.order(real, 'set-exercise-speed', { speed: 20 })).toMatchObject({ status: 403, body: plainly });
    for (const speed of [0, -1, 1.5, 61, '20']) expect(await planner.order<Problem>(exercise, 'set-exercise-speed', { speed: speed as number })).toMatchObject({ status: 422, body: { refused: 'invalid' } });
    expect(await duty.post('/api/activations', { lane: 'real', kind: 'cod', speed: 20 })).toMatchObject({ status: 409, body: { refused: 'another-lane', detail: expect.stringContaining('pas de vitesse') } });
    expect((await duty.get<ActivationLine[]>('/api/activations')).body).toHaveLength(2);
  });

  test('49 a step of the machine’s clock leaves exercise time alone, warnings and what is recorded too', async () => {
    const t0 = world.clock.wall();
    const id = await planner.open({ lane: 'exercise', kind: 'cod', t0: toInstant(t0), speed: 20 });
    await world.pass(10 * SECOND, 10);
    const before = (await planner.entries(id)).length;
    world.clock.step(60 * MINUTE);
    await world.pass(SECOND);
    expect(await inside(id)).toBe(t0 + 220 * SECOND);
    const since = (await planner.entries(id)).slice(before);
    expect(since.map(({ type }) => type)).toEqual(['clockStepped', 'exerciseSegmentStarted']);
    expect(since[1]).toMatchObject({ by: 'engine', recordedAt: toInstant(t0 + 220 * SECOND) });
  });

  test('49 it goes on after a restart as if nothing had been armed', async () => {
    const t0 = world.clock.wall();
    const id = await planner.open({ lane: 'exercise', kind: 'cod', t0: toInstant(t0), speed: 5 });
    await world.pass(MINUTE, 60);
    const { folder, clock } = world;
    await world.stop();
    clock.pass(MINUTE);
    world = await World.start({ folder, clock });
    planner = await world.person('planificateur');
    expect(await inside(id)).toBe(t0 + 10 * MINUTE);
    const outage = (await planner.entries(id)).find(({ type }) => type === 'outageNoted');
    expect(outage!.payload).toMatchObject({ to: toInstant(t0 + 10 * MINUTE) });
  });
});

// Laws of time: no timer is ever armed, so what a beat finds must not depend on when it comes.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decide, due, nextDueAt } from '../../src/domain/activation.js';
import { timeInside, wallTime, type Segment } from '../../src/domain/clock/exercise-time.js';
import { instantsOf } from '../../src/domain/clock/local-time.js';
import type { Command, Obligation } from '../../src/domain/commands.js';
import { MINUTE, SECOND } from '../../src/domain/time.js';
import { Hour, openCommand, sealed, T0 } from '../kit/given.js';
import { commandOf, openedBy, play, playOut, type Play } from './model.js';

/** What time obliges and nothing else does: proofs come with the entries that bring them. */
const timely = (commands: Obligation[]) => commands.filter(({ type }) => type !== 'complete-by-proof');

test('law: due is idempotent: what it obliged once, it does not oblige again', () => {
  fc.assert(fc.property(play(50), fc.integer({ min: 0, max: 200 }), (given, later) => {
    const hour = playOut(given);
    hour.now = Math.max(hour.now, hour.state.recordedAt) + later * MINUTE;
    const before = JSON.stringify(hour.state);
    expect(due(hour.state, hour.now)).toEqual(due(hour.state, hour.now));
    expect(JSON.stringify(hour.state)).toBe(before);
    for (const command of due(hour.state, hour.now)) {
      const events = decide(hour.state, command, { now: hour.now, wall: hour.now, by: 'engine', rights: [] });
      expect(events).not.toHaveProperty('refused');
      hour.submit(command, 'engine');
    }
    expect(due(hour.state, hour.now)).toEqual([]);
    const entries = hour.entries.length;
    expect(hour.beat().entries).toHaveLength(entries);
  }), { numRuns: 150 });
});

test('law: nextDueAt is never later than what is due, and points at something', () => {
  fc.assert(fc.property(play(50), (given) => {
    const hour = playOut(given);
    hour.now = Math.max(hour.now, hour.state.recordedAt);
    hour.beat();
    for (let step = 0; step < 12; step++) {
      const next = nextDueAt(hour.state);
      if (next === Infinity) {
        expect(timely(due(hour.state, hour.now + 1_000 * MINUTE))).toEqual([]);
        return;
      }
      expect(next).toBeGreaterThan(hour.now);
      expect(due(hour.state, next - 1)).toEqual([]);
      expect(timely(due(hour.state, next))).not.toEqual([]);
      hour.now = next;
      hour.beat();
    }
  }), { numRuns: 100 });
});

/** The same hour, driven by another beat. */
function driven(given: Play, pass: (hour: Hour, until: number) => void): Hour {
  const hour = openedBy(given);
  for (const d of [...given.draws, { ...given.draws[0]!, seconds: 80 * 60, gesture: 0, who: 11 }]) {
    pass(hour, hour.now + d.seconds * SECOND);
    const { command, who, saying } = commandOf(hour, d);
    hour.submit(command, who, saying);
  }
  return hour;
}

test('law: stepping by nextDueAt records what stepping every second does, at the same instants', () => {
  const everySecond = (hour: Hour, until: number) => {
    while (hour.now < until) {
      hour.now += SECOND;
      hour.beat();
    }
  };
  const byHint = (hour: Hour, until: number) => void hour.at((until - T0) / MINUTE);
  fc.assert(fc.property(play(8, { steady: true }), (given) => {
    expect(driven(given, byHint).entries).toEqual(driven(given, everySecond).entries);
  }), { numRuns: 25 });
});

test('law: an outage changes when a warning is written, never which ones there are', () => {
  const raised = (hour: Hour) => hour.of('warningsRaised').flatMap(({ payload }) => payload.items.map(({ step, kind, dueAt }) => `${step} ${kind} ${dueAt}`)).sort();
  fc.assert(fc.property(play(10, { steady: true }), fc.integer({ min: 1, max: 300 }), (given, minutes) => {
    const watched = playOut(given);
    const unwatched = playOut(given);
    const until = (watched.now - T0) / MINUTE + minutes;
    watched.at(until);
    unwatched.outageUntil(until);
    expect(raised(unwatched)).toEqual(raised(watched));
    expect(new Set(raised(watched)).size).toBe(raised(watched).length);
  }), { numRuns: 100 });
});

test('law: exercise time and wall time turn into each other; a pause stands still, time inside never goes back', () => {
  const segment = fc.record({ wallAt: fc.integer({ min: 0, max: 1e6 }), exerciseAt: fc.integer({ min: 0, max: 1e6 }), speed: fc.constantFrom(0, 1, 5, 20) });
  fc.assert(fc.property(fc.array(segment, { maxLength: 3 }), fc.integer({ min: 0, max: 1e7 }), fc.nat(1e5), (segments: Segment[], wall, later) => {
    const last = segments.at(-1);
    const inside = timeInside(segments, wall);
    expect(timeInside(segments, wall + later)).toBeGreaterThanOrEqual(inside);
    if (!last) expect([inside, wallTime(segments, wall)]).toEqual([wall, wall]);
    else if (last.speed === 0) expect([inside, wallTime(segments, inside)]).toEqual([last.exerciseAt, Infinity]);
    else if (wall >= last.wallAt) expect(wallTime(segments, inside)).toBeCloseTo(wall, 3);
    else expect(inside).toBe(last.exerciseAt);
  }));
});

test('law: a local time names the instants that show it, and only those', () => {
  const zones = ['Europe/Paris', 'America/Guadeloupe', 'America/Miquelon', 'Indian/Reunion', 'Pacific/Tahiti', 'Pacific/Noumea', 'Pacific/Wallis'];
  const shows = (at: number, zone: string) => new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(at).replace(' ', 'T');
  // Around the changes above all: the last Sundays of March and October, the first of November.
  const around = fc.tuple(fc.constantFrom('2026-10-25T01:00:00Z', '2027-03-28T01:00:00Z', '2026-11-01T04:30:00Z', '2027-03-14T05:00:00Z'), fc.integer({ min: -300, max: 300 }))
    .map(([at, minutes]) => Date.parse(at) + minutes * MINUTE);
  const anywhen = fc.integer({ min: Date.parse('2026-01-01') / MINUTE, max: Date.parse('2030-01-01') / MINUTE }).map((minutes) => minutes * MINUTE);
  fc.assert(fc.property(fc.oneof(around, anywhen), fc.constantFrom(...zones), (at, zone) => {
    const instants = instantsOf(shows(at, zone), zone);
    expect(instants).toContain(at);
    for (const one of instants) expect(shows(one, zone)).toBe(shows(at, zone));
    expect(instants).toEqual([...new Set(instants)].sort((x, y) => x - y));
  }), { numRuns: 400 });
});

test('law: exercise time is continuous and never goes back, whatever planners do and whatever the system clock does', () => {
  const move = fc.record({
    passes: fc.integer({ min: 0, max: 600_000 }),
    step: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: -7_200_000, max: 7_200_000 }) }),
    command: fc.constantFrom<Command['type']>('pause-exercise', 'resume-exercise', 'set-exercise-speed', 'log-note', 'end'), speed: fc.integer({ min: 1, max: 60 }),
  });
  fc.assert(fc.property(fc.integer({ min: 1, max: 60 }), fc.array(move, { maxLength: 40 }), (speed, moves) => {
    const hour = new Hour().does('planificateur', { ...openCommand({ lane: 'exercise' }), segment: { wallAt: T0, exerciseAt: T0, speed } }).passes(0);
    for (const { passes, step, command, speed: asked } of moves) {
      const running = hour.state.segments.at(-1)!.speed;
      const before = hour.now;
      hour.passes(passes);
      expect(hour.now).toBe(before + passes * running);
      // The beat that follows the step notes it before anything else is decided.
      if (step !== 0 && hour.state.life === 'running') {
        const segment = hour.state.segments.at(-1)!;
        hour.passes(2_500).passes(step);
        // A clock that lands in the first seconds of the segment may have been stepped before it began: nobody can tell, and
        // the step is then lost or gained, never what is recorded. Anywhere else the exercise's time goes on exactly.
        const justBegun = hour.wall! >= segment.wallAt && hour.wall! - segment.wallAt < 5_000;
        hour.does('engine', { type: 'note-clock-step', byMs: step }).passes(0);
        const shown = before + (passes + 2_500) * running;
        expect(Math.abs(hour.now - shown)).toBeLessThanOrEqual(justBegun ? Math.abs(step) * running : 0);
        expect(hour.now).toBeGreaterThanOrEqual(hour.state.recordedAt);
      }
      const at = hour.now;
      hour.submit(command === 'set-exercise-speed' ? { type: command, speed: asked } : command === 'log-note' ? { type: command, text: sealed('n'), attachments: [] } : { type: command } as Command, 'planificateur');
      hour.passes(0);
      expect(hour.now).toBe(at);
    }
    const started = hour.state.segments.map(({ exerciseAt }) => exerciseAt);
    expect(started).toEqual([...started].sort((x, y) => x - y));
  }), { numRuns: 300 });
});

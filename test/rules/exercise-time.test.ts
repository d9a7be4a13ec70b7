// 49: an exercise has a clock of its own, which its planner stops, sets going again and speeds up. It never jumps nor goes back.
import { describe, expect, test } from '@jest/globals';
import { nextDueAt } from '../../src/domain/activation.js';
import { wallTime } from '../../src/domain/clock/exercise-time.js';
import type { Command } from '../../src/domain/commands.js';
import { HOUR, MINUTE, SECOND, toInstant } from '../../src/domain/time.js';
import { given, opened, openCommand, T0, type Hour } from '../kit/given.js';

const pause = { type: 'pause-exercise' } as const;
const resume = { type: 'resume-exercise' } as const;
const speed = (times: number) => ({ type: 'set-exercise-speed', speed: times }) as const;
/** Opened at T0 by its planner, at this speed. */
const exercise = (times = 1): Hour => given((hour) => {
  hour.does('planificateur', { ...openCommand({ lane: 'exercise' }), segment: { wallAt: T0, exerciseAt: T0, speed: times } }).passes(0);
});
const last = (hour: Hour) => hour.state.segments.at(-1)!;
/** Minutes of exercise since T0. */
const minutes = (hour: Hour) => (hour.now - T0) / MINUTE;

describe('49 who sets the time', () => {
  test.each([pause, resume, speed(20)])('49 $type is the planner’s, in an exercise alone', (command: Command) => {
    for (const who of ['prefet', 'directrice', 'astreinte', 'observateur', 'joueur', 'admin']) exercise().when(command, who).refused('forbidden', { command: command.type });
    for (const who of ['planificateur', 'prefet', 'astreinte']) given(opened()).when(command, who).refused('forbidden', { command: command.type });
  });

  test('49 what is over has no time to set', () => {
    exercise().does('planificateur', { type: 'end' }).when(pause, 'planificateur').refused('ended');
    given(opened({ lane: 'exercise' })).does('planificateur', { type: 'cancel-opening', reason: { digest: 'd', bytes: 1 } }).when(speed(5), 'planificateur').refused('cancelled');
  });

  test('49 real time has no speed, at its opening neither', () => {
    given().when({ ...openCommand(), segment: { wallAt: T0, exerciseAt: T0, speed: 20 } }, 'astreinte').refused('another-lane', { speed: 20 });
  });
});

describe('49 pause, resume, speed', () => {
  test('49 a pause stops exercise time where it stands; it resumes there, at the speed it had', () => {
    const hour = exercise(20).passes(MINUTE);
    hour.when(pause, 'planificateur').then({
      type: 'exerciseSegmentStarted', payload: { segment: { wallAt: T0 + MINUTE, exerciseAt: T0 + 20 * MINUTE, speed: 0 } }, occurredAt: toInstant(T0 + 20 * MINUTE),
    });
    expect(minutes(hour.passes(HOUR))).toBe(20);
    hour.when(resume, 'planificateur').then({ type: 'exerciseSegmentStarted', payload: { segment: { wallAt: T0 + MINUTE + HOUR, exerciseAt: T0 + 20 * MINUTE, speed: 20 } } });
    expect(minutes(hour.passes(30 * SECOND))).toBe(30);
  });

  test('49 said again it is already true', () => {
    const hour = exercise(5).passes(MINUTE);
    hour.when(resume, 'planificateur').nothing();
    hour.when(speed(5), 'planificateur').nothing();
    hour.does('planificateur', pause).passes(MINUTE).when(pause, 'planificateur').nothing();
  });

  test('49 a speed set during a pause ends it: the clock that somebody speeds up is to run', () => {
    const hour = exercise().passes(10 * MINUTE).does('planificateur', pause).passes(HOUR);
    hour.when(speed(5), 'planificateur').then({ type: 'exerciseSegmentStarted', payload: { segment: { exerciseAt: T0 + 10 * MINUTE, speed: 5 } } });
    expect(minutes(hour.passes(MINUTE))).toBe(15);
  });

  test('49 nobody pauses in the past: what was recorded since would be ahead of its clock', () => {
    const hour = exercise(20).passes(MINUTE);
    hour.when(pause, 'planificateur', { occurredAt: 5 }).then({ type: 'exerciseSegmentStarted', occurredAt: toInstant(T0 + 20 * MINUTE) });
    expect(last(hour).exerciseAt).toBe(T0 + 20 * MINUTE);
  });

  test('49 in a pause nothing comes due; at 20 times the speed a warning comes 20 times sooner', () => {
    const hour = exercise();
    const due = nextDueAt(hour.state);
    expect(wallTime(hour.state.segments, due)).toBe(due);
    hour.does('planificateur', pause);
    expect(wallTime(hour.state.segments, nextDueAt(hour.state))).toBe(Infinity);
    hour.passes(HOUR).does('planificateur', speed(20));
    expect(wallTime(hour.state.segments, due)).toBe(T0 + HOUR + (due - T0) / 20);
  });

  test('49 the review of an exercise that ended goes on at the pace of real time, even out of a pause', () => {
    const hour = exercise(20).passes(3 * MINUTE);
    hour.when({ type: 'end' }, 'planificateur').then({ type: 'activationEnded' }, { type: 'exerciseSegmentStarted', payload: { segment: { exerciseAt: T0 + HOUR, speed: 1 } } });
    const paused = exercise().does('planificateur', pause);
    paused.when({ type: 'end' }, 'planificateur').then({ type: 'activationEnded' }, { type: 'exerciseSegmentStarted', payload: { segment: { speed: 1 } } });
    exercise().when({ type: 'end' }, 'planificateur').then({ type: 'activationEnded' });
  });

  test('49 a board that has not heard of the pause counts on: what it sends is taken, at the time of the pause', () => {
    const hour = exercise(20).passes(MINUTE).does('planificateur', pause).passes(MINUTE);
    const note: Command = { type: 'log-note', text: { digest: 'd', bytes: 1 }, attachments: [] };
    hour.when(note, 'astreinte', { occurredAt: 40 }).then({ type: 'noteLogged', occurredAt: toInstant(T0 + 20 * MINUTE) });
    hour.when(note, 'astreinte', { occurredAt: 61 }).refused('in-the-future');
  });
});

describe('49 the system clock steps under an exercise', () => {
  const stepped = (hour: Hour, byMs: number) => hour.passes(byMs).does('engine', { type: 'note-clock-step', byMs }).passes(0);

  test.each([HOUR, -HOUR])('49 a step of %d ms is none of the exercise’s: its time goes on from where it was', (byMs) => {
    const hour = exercise(20).passes(MINUTE);
    expect(minutes(stepped(hour, byMs))).toBe(20);
    expect(minutes(hour.passes(MINUTE))).toBe(40);
    expect(hour.of('clockStepped')).toHaveLength(1);
  });

  test('49 in a pause a step changes nothing', () => {
    const hour = exercise().passes(10 * MINUTE).does('planificateur', pause).passes(MINUTE);
    expect(minutes(stepped(hour, -HOUR))).toBe(10);
    expect(hour.state.segments).toHaveLength(2);
    hour.does('planificateur', resume);
    expect(minutes(hour.passes(MINUTE))).toBe(11);
  });

  test('49 a speed set between the step and its note is not corrected by it', () => {
    const hour = exercise().passes(10 * MINUTE).passes(-HOUR).does('planificateur', speed(20)).passes(SECOND);
    const before = hour.now;
    hour.does('engine', { type: 'note-clock-step', byMs: -HOUR }).passes(0);
    expect(hour.now).toBe(before);
  });

  test('49 put back before anybody noted it, the next segment starts no earlier than what is recorded', () => {
    const hour = exercise().passes(30 * MINUTE);
    hour.does('astreinte', { type: 'log-note', text: { digest: 'd', bytes: 1 }, attachments: [] }).passes(-20 * MINUTE);
    expect(minutes(hour)).toBe(10);
    hour.does('planificateur', speed(5));
    expect(last(hour).exerciseAt).toBe(T0 + 30 * MINUTE);
    expect(hour.entries.at(-1)).toMatchObject({ occurredAt: toInstant(T0 + 30 * MINUTE), recordedAt: toInstant(T0 + 30 * MINUTE) });
  });

  test('mod. 7 an outage in an exercise is told in its own time', () => {
    const hour = exercise(20).passes(2 * MINUTE);
    hour.when({ type: 'note-outage', from: T0 + MINUTE, to: T0 + 2 * MINUTE }, 'engine')
      .then({ type: 'outageNoted', payload: { from: toInstant(T0 + 20 * MINUTE), to: toInstant(T0 + 40 * MINUTE) } });
  });
});

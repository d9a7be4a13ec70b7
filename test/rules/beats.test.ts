import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { SchedulerRegistry } from '@nestjs/schedule';
import { Beats } from '../../src/adapters/beats.js';
import { SystemClock } from '../../src/adapters/system-clock.js';

let beats: Beats;
let done: { beat: number; due: number; post: number; carry: number };
beforeEach(() => {
  jest.useFakeTimers();
  done = { beat: 0, due: 0, post: 0, carry: 0 };
  const registry = new SchedulerRegistry();
  beats = new Beats(registry, new SystemClock(), {
    beat: async () => void done.beat++, due: async () => void done.due++, post: async () => void done.post++, carry: async () => void done.carry++,
  });
  registry.addInterval('beat', setInterval(() => {}, 1_000));
});
afterEach(() => void jest.useRealTimers());

const at = (ms: number) => new SystemClock().wall() + ms;

test('principle 3: one timeout, at the earliest due instant', () => {
  beats.hint(at(700));
  beats.hint(at(300));
  beats.hint(at(500));
  jest.advanceTimersByTime(299);
  expect(done.due).toBe(0);
  jest.advanceTimersByTime(1);
  expect(done.due).toBe(1);
  jest.advanceTimersByTime(10_000);
  expect(done.due).toBe(1);
});

test('what is due already beats at once, what is far away is left to the beat', () => {
  beats.hint(at(-5_000));
  beats.hint(at(40 * 24 * 3_600_000));
  jest.advanceTimersByTime(1);
  expect(done.due).toBe(1);
  beats.hint(at(200));
  jest.advanceTimersByTime(200);
  expect(done.due).toBe(2);
});

test('the postman, and the courier, go once for all that commits within a moment', () => {
  for (let i = 0; i < 100; i++) {
    beats.soon('post');
    beats.soon('carry');
  }
  jest.advanceTimersByTime(50);
  expect(done).toMatchObject({ post: 1, carry: 1 });
  beats.soon('post');
  jest.advanceTimersByTime(50);
  expect(done).toMatchObject({ post: 2, carry: 1 });
});

test('after a stop nothing comes', () => {
  beats.hint(at(100));
  beats.soon('post');
  beats.soon('carry');
  beats.stop();
  jest.advanceTimersByTime(10_000);
  expect(done).toEqual({ beat: 0, due: 0, post: 0, carry: 0 });
});

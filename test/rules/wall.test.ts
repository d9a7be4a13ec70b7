// console.md 6: which activation a wall shows, for nobody chooses there, and which eight steps of it.
import { describe, expect, test } from '@jest/globals';
import type { Lane } from '../../src/domain/entry.js';
import type { Life } from '../../src/domain/state.js';
import { stepsShown } from '../../src/domain/views/steps.js';
import { onWall, wallRows } from '../../src/domain/views/wall.js';
import { at, completes, ends, given, notApplicable, opened, type Hour } from '../kit/given.js';

const one = (id: string, lane: Lane, life: Life, openedAt: number) => ({ id, lane, life, openedAt });
const shown = (...all: ReturnType<typeof one>[]) => onWall(all).map(({ id }) => id);
const rows = (hour: Hour, most = 8) => wallRows(stepsShown(hour.state, hour.now), most).map(({ row, word }) => `${row.id} ${word}`);

describe('console.md 6: what a wall follows', () => {
  test('nothing, while nothing runs', () => {
    expect(shown()).toEqual([]);
    expect(shown(one('a', 'real', 'ended', 1), one('b', 'exercise', 'sealed', 2), one('c', 'real', 'cancelled', 3))).toEqual([]);
  });

  test('the running real activations, the latest first; never an exercise beside them, however late it opened', () => {
    expect(shown(one('old', 'real', 'running', 1), one('rehearsed', 'exercise', 'running', 9), one('new', 'real', 'running', 2))).toEqual(['new', 'old']);
  });

  test('without a real one, the latest exercise, alone', () => {
    expect(shown(one('ended', 'real', 'ended', 8), one('first', 'exercise', 'running', 1), one('second', 'exercise', 'running', 2))).toEqual(['second']);
  });
});

describe('console.md 6: the hour in at most eight rows', () => {
  test('at T0 what is due next, by its target', () => {
    const hour = given(opened());
    const targets = wallRows(stepsShown(hour.state, hour.now), 8).map(({ times }) => times.target ?? times.deadline!);
    expect(targets).toHaveLength(8);
    expect(targets).toEqual([...targets].sort((x, y) => x - y));
    expect(rows(hour).every((row) => / (todo|under-way)$/.test(row))).toBe(true);
  });

  test('overdue before at risk before what comes next; the worst that do not fit hide no worse one', () => {
    const hour = given(opened(), at(61));
    const words = rows(hour, 100).map((row) => row.split(' ')[1]!);
    const rank = (word: string) => ['overdue', 'at-risk'].indexOf(word) >>> 0;
    expect(words).toContain('overdue');
    expect(words).toEqual([...words].sort((x, y) => rank(x) - rank(y)));
    expect(rows(hour, 8)).toEqual(rows(hour, 100).slice(0, 8));
  });

  test('neither what is settled, nor what stands apart, nor the statement that the engine writes', () => {
    const hour = given(opened(), at(5), completes('astreinte', 'P07'), notApplicable('astreinte', 'P10'), at(20));
    const ids = rows(hour, 100).map((row) => row.split(' ')[0]);
    for (const id of ['P00', 'P07', 'P10', 'P22', 'P26', 'N05']) expect(ids).not.toContain(id);
    expect(ids).toContain('P08');
  });

  test('once ended, nothing is still to be done', () => {
    expect(rows(given(opened(), at(10), ends()), 100).filter((row) => / (overdue|at-risk)$/.test(row))).toEqual([]);
  });
});

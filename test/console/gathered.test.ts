import { describe, expect, test } from '@jest/globals';
import type { BoardEntry } from '../../src/console/board.js';
import { gathered } from '../../src/console/pages/hour/gathered.js';
import { tileSide } from '../../src/console/pages/wall/tile-side.js';
import { gatheredSentence } from '../../src/contract/reaching-words.js';
import type { ActivationEntry } from '../../src/domain/events.js';

let seq = 0;
const entry = (type: string, occurredAt: string, payload: object = {}): ActivationEntry => ({ seq: ++seq, type, occurredAt, payload }) as unknown as ActivationEntry;
const intended = (at: string, ...ways: string[]) => entry('attemptsIntended', at, { campaign: 'c', items: ways.map((way, i) => ({ attempt: `c/p${i}/${way}-1`, person: `p${i}`, way, contact: 0 })) });
const moved = (at: string, ...states: string[]) => entry('attemptsMoved', at, { items: states.map((state, i) => ({ attempt: `c/p${i}/voice-1`, state })) });
const shape = (lines: readonly (BoardEntry | readonly ActivationEntry[])[]) => lines.map((line) => ('seq' in line ? ('withheld' in line ? 'withheld' : line.type) : line.length));

describe('a campaign in the main courante', () => {
  test('is a line a minute; what somebody does stands between, and one entry alone stays itself', () => {
    const entries: BoardEntry[] = [
      intended('2026-03-14T01:30:01Z', 'voice'), moved('2026-03-14T01:30:04Z', 'dialling'), entry('acknowledged', '2026-03-14T01:30:40Z'), intended('2026-03-14T01:31:00Z', 'voice'),
      entry('noteLogged', '2026-03-14T01:31:10Z'), moved('2026-03-14T01:31:12Z', 'busy'), moved('2026-03-14T01:31:13Z', 'busy'), { seq: ++seq, withheld: true },
    ];
    expect(shape(gathered(entries))).toEqual([3, 'attemptsIntended', 'noteLogged', 2, 'withheld']);
  });

  test('says what left and what came of it', () => {
    expect(gatheredSentence([
      intended('2026-03-14T01:30:01Z', 'voice', 'voice', 'sms'), moved('2026-03-14T01:30:04Z', 'dialling', 'machine', 'no-answer'), entry('acknowledged', '2026-03-14T01:30:40Z'),
    ])).toBe('Campagne : 2 appels prévus, 1 SMS prévu, 1 acquittement, 2 sans réponse.');
    expect(gatheredSentence([moved('2026-03-14T01:30:04Z', 'ringing'), moved('2026-03-14T01:30:05Z', 'answered')])).toBe('Campagne : 2 nouvelles.');
  });
});

test('the tiles of a wall are as large as the room lets them be, and all of them are on it', () => {
  for (const groups of [[1], [40], [118, 202], [320], [887], [887, 400]]) {
    const side = tileSide(groups, 17);
    const inARow = Math.floor((45 / side + 0.125) / 1.125);
    const rows = groups.reduce((sum, tiles) => sum + Math.ceil(tiles / inARow), 0);
    expect(rows * side * 1.125 + (groups.length > 1 ? groups.length * 2.5 : 0)).toBeLessThanOrEqual(17);
    expect(side).toBeGreaterThan(0.3125);
  }
  expect(tileSide([40], 17)).toBe(2.5);
  expect(tileSide([887], 17)).toBeLessThan(1);
});

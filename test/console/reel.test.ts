// The slider: any position of a journal shows what a board showed that had received so many entries and no more.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fold, initial, maskFor, UnknownEntry } from '../../src/domain/activation.js';
import type { Audience } from '../../src/domain/entry.js';
import { HOUR, MINUTE, toInstant, toMs } from '../../src/domain/time.js';
import { verdicts } from '../../src/domain/views/verdicts.js';
import { LONGEST_SILENCE, Reel } from '../../src/console/reel.js';
import { at, completes, does, ends, given, notApplicable, opened, sealed, takes } from '../kit/given.js';

const night = () => given(
  opened(), takes('directrice', 'DC'), at(8), completes('astreinte', 'P02'), does('directrice', { type: 'log-direction-note', text: sealed('réservé'), attachments: [] }),
  ...Array.from({ length: 600 }, (_, i) => does('communication', { type: 'log-note', text: sealed(`note ${i}`), attachments: [] })),
  notApplicable('communication', 'P10'), at(31), does('prefet', { type: 'order-nu' }), at(62), ends(),
).entries;
const journal = night();
const id = journal[0]!.activation;
const reelOf = (audience: Audience = 'direction') => {
  const reel = new Reel(id);
  expect(reel.take(journal.map((entry) => maskFor(audience, entry)))).toBe(true);
  return reel;
};

describe('a replay', () => {
  test('design 4: wherever the slider is put, in whatever order, it shows the fold of what was known then, for these eyes', () => {
    const audiences = fc.constantFrom<Audience>('direction', 'cell', 'wall');
    fc.assert(fc.property(audiences, fc.array(fc.nat(journal.length), { minLength: 1, maxLength: 6 }), (audience, positions) => {
      const reel = reelOf(audience);
      for (const seq of positions) {
        const known = journal.slice(0, seq).map((entry) => maskFor(audience, entry));
        expect(reel.at(seq)).toEqual(seq === 0 ? initial(id) : fold(id, known));
        expect(reel.board(seq, { audience, text: () => undefined }).entries).toEqual(known);
      }
    }), { numRuns: 40 });
  });

  test('audit: a verdict of the past is the one that was given then, whatever was learnt since', () => {
    const reel = reelOf();
    const ended = journal.find(({ type }) => type === 'activationEnded')!;
    const before = reel.timeOf(ended.seq) - 1;
    const then = verdicts(reel.at(reel.seqAt(before)), before).map(({ verdict }) => verdict);
    expect(then).toContain('overdue');
    expect(then).not.toContain('missed');
    expect(verdicts(reel.at(reel.seq), reel.timeOf(reel.seq)).map(({ verdict }) => verdict)).toContain('missed');
  });

  test('a time stands after all that was learnt by then, and before what came later', () => {
    const reel = reelOf();
    for (const entry of journal) {
      const seq = reel.seqAt(toMs(entry.recordedAt));
      expect(seq).toBeGreaterThanOrEqual(entry.seq);
      expect(toMs(journal[seq - 1]!.recordedAt)).toBe(toMs(entry.recordedAt));
      if (seq < journal.length) expect(reel.timeOf(seq + 1)).toBeGreaterThan(toMs(entry.recordedAt));
    }
    expect(reel.seqAt(reel.timeOf(1) - 1)).toBe(0);
  });

  test('an entry that these eyes may not see takes the time of the one before', () => {
    const hidden = journal.find(({ type }) => type === 'directionNoteLogged')!;
    const reel = reelOf('cell');
    expect(reel.timeOf(hidden.seq)).toBe(reel.timeOf(hidden.seq - 1));
  });

  test('news while it is read: what follows is taken, what is known is not taken twice, a gap is told', () => {
    const reel = new Reel(id);
    expect(reel.take(journal.slice(0, 300))).toBe(true);
    const shown = structuredClone(reel.at(120));
    expect(reel.take(journal.slice(310))).toBe(false);
    expect(reel.take(journal.slice(250, 400))).toBe(true);
    expect(reel.seq).toBe(400);
    expect(reel.at(120)).toEqual(shown);
  });

  test('an entry of a version that this page does not know is told, not guessed', () => {
    const reel = new Reel(id);
    expect(() => reel.take([journal[0]!, { ...journal[1]!, v: 99 } as never])).toThrow(UnknownEntry);
    expect(reel.seq).toBe(1);
  });

  test('the slider: a time and its place name each other, in order; a silence of days takes an hour of it', () => {
    const last = journal.at(-1)!;
    const later = toMs(last.recordedAt) + 72 * HOUR;
    const reel = reelOf();
    reel.take([{ ...last, seq: last.seq + 1, type: 'noteLogged', payload: { text: sealed('revue'), attachments: [] }, recordedAt: toInstant(later), occurredAt: toInstant(later) } as never]);
    expect(reel.placeOf(later) - reel.placeOf(toMs(last.recordedAt))).toBe(LONGEST_SILENCE);
    expect(reel.placeOf(later + 5 * MINUTE) - reel.placeOf(later)).toBe(5 * MINUTE);
    fc.assert(fc.property(fc.integer({ min: 0, max: reel.placeOf(later) }), fc.nat(MINUTE), (place, more) => {
      expect(reel.placeOf(reel.timeAt(place))).toBe(place);
      expect(reel.timeAt(place + more)).toBeGreaterThanOrEqual(reel.timeAt(place));
    }));
    for (const { seq, recordedAt } of journal) expect(reel.timeAt(reel.placeOf(toMs(recordedAt)))).toBe(reel.timeOf(seq));
  });
});

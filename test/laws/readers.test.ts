// Laws of those who read: what a board shows from what it was given is what the server shows that audience.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { evolve, fold, maskFor } from '../../src/domain/activation.js';
import type { Audience, Withheld } from '../../src/domain/entry.js';
import { EVENT_TYPES, type ActivationEntry } from '../../src/domain/events.js';
import { sealedIn } from '../../src/domain/evidence/sealed.js';
import { awaits, clocksShown } from '../../src/domain/views/board.js';
import { stepsShown } from '../../src/domain/views/steps.js';
import { verdicts } from '../../src/domain/views/verdicts.js';
import { ACTIVATION, opened, given as givenHour, does, sealed, type Hour } from '../kit/given.js';
import { play, playOut } from './model.js';

const AUDIENCES: Audience[] = ['direction', 'cell', 'wall', 'player'];
const maskedFor = (hour: Hour, audience: Audience) => hour.entries.map((entry) => maskFor(audience, entry));
const isWithheld = (entry: ActivationEntry | Withheld): entry is Withheld => 'withheld' in entry;

test('law: audiences: every board gets every number, and folds what it got to the same state, from a snapshot or whole', () => {
  fc.assert(fc.property(play(60), fc.nat(1_000), (given, cut) => {
    const hour = playOut(given);
    for (const audience of AUDIENCES) {
      const masked = maskedFor(hour, audience);
      expect(masked.map(({ seq }) => seq)).toEqual(hour.entries.map(({ seq }) => seq));
      const whole = fold(ACTIVATION, masked);
      const at = cut % masked.length;
      const board = JSON.parse(JSON.stringify(fold(ACTIVATION, masked.slice(0, at)))) as typeof whole;
      for (const entry of masked.slice(at)) evolve(board, entry);
      expect(board).toEqual(whole);
      expect(board.seq).toBe(hour.state.seq);
      if (audience === 'direction') expect(whole).toEqual(hour.state);
    }
  }), { numRuns: 80 });
});

test('law: audiences: a withheld entry is its number and nothing else, and nothing withheld is in what was given', () => {
  fc.assert(fc.property(play(60), (given) => {
    const hour = playOut(given);
    for (const audience of AUDIENCES) {
      const masked = maskedFor(hour, audience);
      const given = JSON.stringify(masked) + JSON.stringify(fold(ACTIVATION, masked));
      // An erasure tells the cell which digest went, no more.
      const erased = audience === 'cell' ? hour.of('textErased').map(({ payload }) => payload.digest) : [];
      const seen = new Set(erased.concat(masked.flatMap((entry) => (isWithheld(entry) ? [] : sealedIn(entry.payload).map(({ digest }) => digest)))));
      masked.forEach((entry, i) => {
        if (!isWithheld(entry)) return;
        expect(entry).toEqual({ seq: i + 1, withheld: true });
        for (const { digest } of sealedIn(hour.entries[i]!.payload)) if (!seen.has(digest)) expect(given).not.toContain(digest);
      });
    }
  }), { numRuns: 80 });
});

test('law: audiences: direction notes reach the direction alone; notes and texts reach neither wall nor player', () => {
  fc.assert(fc.property(play(60), (given) => {
    const hour = playOut(given);
    const digests = (...types: ActivationEntry['type'][]) => hour.entries.filter(({ type }) => types.includes(type)).flatMap(({ payload }) => sealedIn(payload)).map(({ digest }) => digest);
    for (const audience of ['cell', 'wall', 'player'] as const) {
      const masked = maskedFor(hour, audience).filter((entry) => !isWithheld(entry)) as ActivationEntry[];
      expect(masked.map(({ type }) => type)).not.toContain('directionNoteLogged');
      // An erasure tells the cell which digest went, no more.
      const text = JSON.stringify(masked.filter(({ type }) => audience !== 'cell' || type !== 'textErased'));
      for (const digest of digests('directionNoteLogged')) expect(text).not.toContain(digest);
      if (audience !== 'cell') for (const digest of digests('noteLogged', 'stepTextWritten', 'callListPasted', 'callRecorded', 'textErased')) expect(text).not.toContain(digest);
    }
  }), { numRuns: 80 });
});

test('law: audiences: the player’s board is what everybody may know', () => {
  const open = Object.entries(EVENT_TYPES).filter(([, { audience }]) => audience.includes('player')).map(([type]) => type);
  // How fast an exercise's time runs, or that it stands, is what its players live by.
  expect(open.sort()).toEqual(['activationEnded', 'activationOpened', 'activationSealed', 'exerciseSegmentStarted', 'openedByMistake', 'titleSet']);
  for (const { audience } of Object.values(EVENT_TYPES)) expect(audience).toContain('direction');
});

test('law: audiences: every view is total, for every audience, at every moment', () => {
  fc.assert(fc.property(play(40), (given) => {
    const hour = playOut(given);
    for (const audience of AUDIENCES) {
      const a = fold(ACTIVATION, maskedFor(hour, audience));
      const me = { account: 'directrice', rights: ['directeur'] } as const;
      for (const view of [stepsShown(a, hour.now), verdicts(a, hour.now), clocksShown(a, hour.now), awaits(a, me, hour.now)]) expect(Array.isArray(view)).toBe(true);
    }
  }), { numRuns: 60 });
});

test('law: audiences: the wall shows the clocks, the functions and the state of each step as the direction does', () => {
  fc.assert(fc.property(play(60), (given) => {
    const hour = playOut(given);
    const wall = fold(ACTIVATION, maskedFor(hour, 'wall'));
    const shown = (a: typeof wall) => ({
      clocks: a.clocks, facts: a.facts, life: a.life, title: a.title, communes: a.communes, warned: a.warned,
      holders: Object.entries(a.functions).map(([code, { holder }]) => [code, holder]),
      steps: stepsShown(a, hour.now).map(({ row, word, times, lateBy, declaredAfterwards, step }) => ({ id: row.id, word, times, lateBy, declaredAfterwards, assignee: step.assignee })),
    });
    expect(shown(wall)).toEqual(shown(hour.state));
  }), { numRuns: 100 });
});

test('law: a type or version that this code does not know is said, so that a console reloads', () => {
  const hour = givenHour(opened());
  const entry = { ...hour.entries[0]!, seq: 99 };
  expect(() => evolve(hour.state, { ...entry, type: 'notYetInvented' } as never)).toThrow('entry 99: notYetInvented version 1 is not known here');
  expect(() => evolve(hour.state, { ...entry, v: 2 })).toThrow('activationOpened version 2');
});

test('law: lanes: no effect carries another lane than its journal, and no two share an id', () => {
  fc.assert(fc.property(play(60), (given) => {
    const { entries, effects, state } = playOut(given);
    expect(new Set(entries.map(({ lane }) => lane))).toEqual(new Set([given.lane]));
    for (const effect of effects) {
      expect([effect.lane, effect.activation]).toEqual([given.lane, state.id]);
      expect(effect.id.startsWith(`${state.id}/${effect.seq}/${effect.kind}`)).toBe(true);
      expect(effect.channel === 'person').toBe(effect.to !== undefined);
    }
    expect(new Set(effects.map(({ id }) => id)).size).toBe(effects.length);
    expect(playOut(given).effects).toEqual(effects);
  }), { numRuns: 120 });
});

test('law: audiences: the wall has the title and the plan, the player the title alone', () => {
  const hour = givenHour(opened(), does('communication', { type: 'set-title', title: sealed('Panache') }));
  const [wall, player] = (['wall', 'player'] as const).map((audience) => fold(ACTIVATION, maskedFor(hour, audience)));
  expect(wall).toMatchObject({ title: sealed('Panache'), plan: hour.state.plan, clocks: { cod: { t0: hour.state.clocks.cod!.t0 } } });
  expect(player).toMatchObject({ title: sealed('Panache'), plan: { rows: [] }, clocks: {} });
});

// Laws of the journal: whatever people do, in whatever order, with whatever clock.
import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decide, evolve, fold, initial } from '../../src/domain/activation.js';
import type { Command } from '../../src/domain/commands.js';
import { EVENT_TYPES, type ActivationEntry, type EventType } from '../../src/domain/events.js';
import { canonical } from '../../src/domain/evidence/canonical.js';
import { GENESIS, link, verifyChain, type Link } from '../../src/domain/evidence/chain.js';
import { timesOn } from '../../src/domain/plan/timing.js';
import { isRefusal } from '../../src/domain/refusal.js';
import { RIGHTS_OF, sealed, T0, ACTIVATION, type Hour } from '../kit/given.js';
import { play, playOut, type Played } from './model.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const ask = (hour: Hour, { command, who, saying }: Played) => decide(hour.state, command, {
  now: hour.now, wall: hour.now, by: who, rights: RIGHTS_OF[who] ?? [], ...(saying.for ? { for: saying.for } : {}),
  ...(saying.occurredAt === undefined ? {} : { occurredAt: T0 + saying.occurredAt * 60_000 }),
});

/** Each of these is a fact of its own: said twice, it happened twice. */
const FACTS = new Set<Command['type']>(['log-note', 'log-direction-note', 'record-call', 'record-direct-call', 'note-outage', 'note-clock-step']);

test('law: the model reaches every event, or the other laws say nothing', () => {
  const reached = new Set<EventType>();
  for (const given of fc.sample(play(80), { numRuns: 400, seed: 1 })) for (const { type } of playOut(given).entries) reached.add(type);
  expect([...reached].sort()).toEqual(Object.keys(EVENT_TYPES).sort());
});

test('law: repeating a command is harmless: already true, or refused; and asking changes nothing', () => {
  fc.assert(fc.property(play(), (given) => {
    playOut(given, (hour, played) => {
      const before = JSON.stringify(hour.state);
      const first = ask(hour, played);
      expect(ask(hour, played)).toEqual(first);
      expect(JSON.stringify(hour.state)).toBe(before);
      if (isRefusal(first) || FACTS.has(played.command.type)) return;
      hour.submit(played.command, played.who, played.saying);
      const again = ask(hour, played);
      if (!isRefusal(again)) expect({ type: played.command.type, again }).toEqual({ type: played.command.type, again: [] });
    });
  }), { numRuns: 150 });
});

test('law: order: numbers follow one another, recorded time never decreases, nothing happened after it was recorded', () => {
  fc.assert(fc.property(play(60), (given) => {
    const { entries } = playOut(given);
    entries.forEach((entry, i) => {
      expect(entry.seq).toBe(i + 1);
      expect(entry.activation).toBe(ACTIVATION);
      expect(entry.recordedAt >= (entries[i - 1]?.recordedAt ?? '')).toBe(true);
      expect(entry.occurredAt <= entry.recordedAt).toBe(true);
      expect(entry.v).toBe(EVENT_TYPES[entry.type].v);
      expect('wallAt' in entry).toBe(given.lane === 'exercise');
    });
  }), { numRuns: 150 });
});

test('law: the fold is deterministic, incremental equals whole, from a snapshot or from stored lines', () => {
  fc.assert(fc.property(play(60), fc.nat(1_000), (given, cut) => {
    const { entries, state } = playOut(given);
    expect(fold(ACTIVATION, entries)).toEqual(state);
    const lines = entries.map(canonical);
    expect(fold(ACTIVATION, lines.map((line) => JSON.parse(line) as ActivationEntry))).toEqual(state);
    const at = cut % entries.length;
    const snapshot = JSON.parse(JSON.stringify(fold(ACTIVATION, entries.slice(0, at)))) as typeof state;
    for (const entry of entries.slice(at)) evolve(snapshot, entry);
    expect(snapshot).toEqual(state);
    expect(initial(ACTIVATION)).toEqual(fold(ACTIVATION, []));
  }), { numRuns: 150 });
});

test('law: T0 corrected and back gives the same deadlines, and in between moves those of its clock by as much', () => {
  const times = (hour: Hour) => hour.state.plan.rows.flatMap((row) => (['important', 'cod', 'nu', 'ciav'] as const).map((clock) => ({ id: row.id, clock, row, ...timesOn(hour.state, row, clock) })));
  fc.assert(fc.property(play(25), fc.integer({ min: -20 * 3600_000, max: -1 }), (given, by) => {
    const hour = playOut(given);
    const clock = (['cod', 'important', 'nu', 'ciav'] as const).find((id) => hour.state.clocks[id]);
    if (!clock || hour.state.life === 'sealed' || hour.state.life === 'cancelled') return;
    hour.now = Math.max(hour.now, hour.state.recordedAt, hour.state.clocks[clock]!.t0);
    hour.beat();
    const before = times(hour);
    const { t0 } = hour.state.clocks[clock]!;
    const correct = (to: number) => hour.does('sidpc', { type: 'correct-clock', clock, t0: to, reason: sealed('essai'), seen: hour.clockVersion(clock), confirmOld: true });
    correct(t0 + by);
    for (const [i, now] of times(hour).entries()) {
      if (now.clock === clock && now.row.anchor === clock && now.row.every === undefined) expect(now.deadline).toBe(before[i]!.deadline === undefined ? undefined : before[i]!.deadline + by);
    }
    correct(t0);
    expect(times(hour)).toEqual(before);
    expect(hour.state.clocks[clock]!.versions.slice(-3).map((version) => version.t0)).toEqual([t0, t0 + by, t0]);
  }), { numRuns: 120 });
});

function chained(hour: Hour): Link[] {
  const links: Link[] = [];
  for (const entry of hour.entries) links.push(link(sha256, links.at(-1)?.hash ?? GENESIS, entry));
  return links;
}

test('law: a chain that nobody touched verifies, to its head', () => {
  fc.assert(fc.property(play(30), (given) => {
    const links = chained(playOut(given));
    expect(verifyChain(sha256, links)).toEqual({ ok: true, entries: links.length, head: links.at(-1)!.hash });
  }), { numRuns: 60 });
});

test('law: the chain detects any single edit, removal, insertion or swap, and names the first broken entry', () => {
  const change = fc.record({ kind: fc.constantFrom('line', 'hash', 'relinked', 'removed', 'inserted', 'swapped'), i: fc.nat(10_000), j: fc.nat(10_000), to: fc.integer({ min: 32, max: 126 }) });
  fc.assert(fc.property(play(25), change, (given, { kind, i, j, to }) => {
    const links = chained(playOut(given));
    const at = i % links.length;
    const one = links[at]!;
    const edited = (text: string) => {
      const place = j % text.length;
      const char = String.fromCharCode(to) === text[place] ? '~' : String.fromCharCode(to);
      return text.slice(0, place) + char + text.slice(place + 1);
    };
    let broken = at + 1;
    if (kind === 'line') {
      const line = edited(one.line);
      if (line === one.line) return;
      links[at] = { ...one, line };
    } else if (kind === 'hash') {
      const hash = edited(one.hash);
      if (hash === one.hash) return;
      links[at] = { ...one, hash };
    } else if (kind === 'relinked') {
      // Whoever can compute a hash: the next link gives them away, or the head at the end of the journal.
      const line = one.line.replace(/"by":"[^"]*"/, '"by":"quelqu-un-d-autre"');
      if (line === one.line) return;
      links[at] = { ...one, line, hash: sha256((links[at - 1]?.hash ?? GENESIS) + line) };
      if (at === links.length - 1) return;
      broken = at + 2;
    } else if (kind === 'removed') {
      if (at === links.length - 1) return; // a cut tail is not seen by the chain alone: the head is kept elsewhere
      links.splice(at, 1);
    } else if (kind === 'inserted') {
      links.splice(at, 0, links[j % links.length]!);
      if (j % (links.length - 1) === at) broken = at + 2; // a copy of the entry itself: the second is the one too many
    } else {
      const other = j % links.length;
      if (other === at) return;
      [links[at], links[other]] = [links[other]!, one];
      broken = Math.min(at, other) + 1;
    }
    expect(verifyChain(sha256, links)).toMatchObject({ ok: false, seq: broken });
  }), { numRuns: 400 });
});

test('law: who can compute hashes still cannot number, date or place an entry as they like', () => {
  const hour = playOut({ kind: 'cod', lane: 'real', noT0: false, attack: false, draws: [] });
  const forged = (change: object, i = 2) => {
    const links: Link[] = [];
    for (const [at, entry] of hour.entries.entries()) links.push(link(sha256, links.at(-1)?.hash ?? GENESIS, at === i ? { ...entry, ...change } : entry));
    return verifyChain(sha256, links);
  };
  expect(forged({})).toMatchObject({ ok: true });
  // `link` numbers its links by the entry: the stored number and the line's are compared both.
  expect(forged({ seq: 7 })).toEqual({ ok: false, seq: 3, reason: 'number' });
  expect(forged({ activation: 'ailleurs' })).toEqual({ ok: false, seq: 3, reason: 'activation' });
  expect(forged({ recordedAt: '2020-01-01T00:00:00.000Z' })).toEqual({ ok: false, seq: 3, reason: 'recorded-earlier' });
  const [first] = chained(hour);
  const line = first!.line.replace('"seq":1', '"seq":2');
  expect(verifyChain(sha256, [{ seq: 1, line, hash: sha256(GENESIS + line) }])).toEqual({ ok: false, seq: 1, reason: 'number' });
});

test('law: a line that is not an entry is unreadable, never a stumble', () => {
  for (const line of ['', 'null', '3', '{', '"x"']) {
    expect(verifyChain(sha256, [{ seq: 1, line, hash: sha256(GENESIS + line) }])).toMatchObject({ ok: false, seq: 1, reason: 'unreadable' });
  }
});

test('law: canonical JSON does not depend on the order of keys, and reads back to itself', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => {
    const text = canonical(value);
    expect(canonical(JSON.parse(text))).toBe(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) expect(canonical(Object.fromEntries(Object.entries(value).reverse()))).toBe(text);
  }));
  for (const bad of [Number.NaN, Infinity, undefined, () => 1, 1n, [undefined]]) expect(() => canonical(bad)).toThrow(TypeError);
});

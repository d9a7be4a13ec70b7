// Laws of campaigns: whatever people, networks and clocks do in a play.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { inFlight } from '../../src/domain/outreach/attempts.js';
import { coverage, reachCurve, unreachedDealtWith } from '../../src/domain/outreach/coverage.js';
import { queue } from '../../src/domain/outreach/queue.js';
import { nextAttemptAt, whomNext, whomToWrite } from '../../src/domain/outreach/whom-next.js';
import type { Activation } from '../../src/domain/state.js';
import { toMs } from '../../src/domain/time.js';
import { play, playOut } from './model.js';

const told = (a: Readonly<Activation>, now: number) => [
  Object.values(a.campaigns).map((campaign) => [whomNext(a, campaign, now), whomToWrite(a, campaign, now), nextAttemptAt(a, campaign)]),
  ([1, 2] as const).map((circle) => [coverage(a.outreach, circle), reachCurve(a.outreach, circle), unreachedDealtWith(a.outreach, circle)]), queue(a, now),
];

test('law: what is remembered of a state is what the state says: a copy that remembers nothing answers the same', () => {
  fc.assert(fc.property(play(80), (given) => {
    const hour = playOut(given, ({ state, now }) => expect(told(state, now)).toEqual(told(structuredClone(state), now)));
    expect(told(hour.state, hour.now)).toEqual(told(structuredClone(hour.state), hour.now));
  }), { numRuns: 30 });
});

test('law 48.1: never more calls than lines, never two at once in one commune, never a call to whoever acknowledged', () => {
  fc.assert(fc.property(play(80), (given) => {
    const { state, entries } = playOut(given);
    for (const campaign of Object.values(state.campaigns)) {
      expect(campaign.inFlight.length).toBeLessThanOrEqual(campaign.lines);
      const there = inFlight(state).filter((one) => one.campaign.id === campaign.id).map(({ target }) => target.commune || target.person);
      expect(new Set(there).size).toBe(there.length);
    }
    // Said, and nothing changed the words since: nobody who acknowledged is called again by the same campaign.
    const acknowledged = new Map<string, number>();
    for (const entry of entries) {
      if (entry.type === 'acknowledged') acknowledged.set(`${entry.payload.campaign} ${entry.payload.person}`, entry.seq);
      if (entry.type === 'campaignTextChanged') for (const key of acknowledged.keys()) if (key.startsWith(`${entry.payload.campaign} `)) acknowledged.delete(key);
      if (entry.type === 'attemptsIntended') for (const { person } of entry.payload.items) expect(acknowledged.has(`${entry.payload.campaign} ${person}`)).toBe(false);
    }
  }), { numRuns: 80 });
});

test('law 48.1: within any second no more calls than the pace allows', () => {
  fc.assert(fc.property(play(80, { steady: true }), (given) => {
    const { state, entries } = playOut(given);
    for (const { id, callsPerSecond } of Object.values(state.campaigns)) {
      const calls = entries.flatMap((entry) => (entry.type === 'attemptsIntended' && entry.payload.campaign === id
        ? entry.payload.items.filter(({ way }) => way === 'voice').map(() => toMs(entry.occurredAt)) : []));
      for (const [i, at] of calls.entries()) expect(calls.slice(i).filter((one) => one < at + 1_000).length).toBeLessThanOrEqual(2 * Math.max(1, callsPerSecond));
    }
  }), { numRuns: 60 });
});

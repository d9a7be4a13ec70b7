// 48.1 what a screen derives of a campaign: the rate of late, when it will be enough, what counts for which campaign.
import { describe, expect, test } from '@jest/globals';
import type { CommandOf } from '../../src/domain/commands.js';
import { inFlight } from '../../src/domain/outreach/attempts.js';
import type { Reached } from '../../src/domain/outreach/commune-facts.js';
import { coverage } from '../../src/domain/outreach/coverage.js';
import { queue } from '../../src/domain/outreach/queue.js';
import type { Campaign } from '../../src/domain/state.js';
import { MINUTE, SECOND } from '../../src/domain/time.js';
import { acknowledgedFormer, campaignFigures, campaignOnWall, endingOf, outreachIn } from '../../src/domain/views/campaign.js';
import { at, does, given, opened, sealed, T0, type Hour, type Move } from '../kit/given.js';

const COMMUNES = Array.from({ length: 20 }, (_, i) => `76${String(100 + i)}`);
const frozen: Move = does('sidpc', {
  type: 'freeze-perimeter', circle: 1, communes: COMMUNES, targets: COMMUNES.map((commune) => ({ person: `${commune}-0`, version: 1, commune, role: 'maire' as const, order: 0 })),
});
const MEANS: CommandOf<'start-campaign'>['means'] = { ways: ['voice'], lines: 5, callsPerSecond: 1, textsPerSecond: 10, rounds: 1, pauseSeconds: 120, ringSeconds: 25, enough: 0 };
const start = (hour: Hour, campaign: string, means: Partial<typeof MEANS> = {}): Hour => hour.does('communication', {
  type: 'start-campaign', campaign, purpose: 'officials', circles: [1], text: sealed(`Crue ${campaign}`), means: { ...MEANS, ...means },
  people: COMMUNES.map((commune) => ({ person: `${commune}-0`, version: 1, contacts: ['mobile' as const] })),
});
/** Those on the lines answer: with a key, or not at all. */
const answer = (hour: Hour, acknowledges: boolean, campaign = 'c1') => {
  for (const { attempt, target } of inFlight(hour.state)) {
    hour.does('engine', { type: 'move-attempts', items: [{ attempt: attempt.id!, state: 'dialling', sid: `CA-${attempt.id}`, account: 'un' }] });
    if (acknowledges) hour.does('engine', { type: 'acknowledge', person: target.person, campaign, attempt: attempt.id!, how: 'key' });
    hour.does('engine', { type: 'move-attempts', items: [{ attempt: attempt.id!, state: acknowledges ? 'answered' : 'no-answer', over: true }] });
  }
};

describe('when it will be enough', () => {
  const campaign = { status: 'running', startedAt: T0 } as Campaign;
  const curve = (...minutes: number[]): Reached[] => minutes.map((minute, i) => ({ commune: `c${i}`, at: T0 + minute * MINUTE, seq: i }));

  test('the rate is that of the last five minutes, with the band of what chance does to so few', () => {
    const ending = endingOf(campaign, { curve: curve(1, 6, 7, 8, 9), needed: 13, left: 15, now: T0 + 10 * MINUTE });
    // Four in five minutes, eight to come: ten minutes; from two to six in five: between 6:40 and 20 minutes.
    expect(ending).toEqual({ is: 'expected', at: T0 + 20 * MINUTE, from: T0 + 10 * MINUTE + 400 * SECOND, to: T0 + 30 * MINUTE, byVoice: 0 });
  });
  test('two answers say nothing of a rate; a pause says nothing at all', () => {
    expect(endingOf(campaign, { curve: curve(8, 9), needed: 13, left: 18, now: T0 + 10 * MINUTE })).toEqual({ is: 'unknown' });
    expect(endingOf({ ...campaign, status: 'paused' }, { curve: curve(6, 7, 8, 9), needed: 13, left: 15, now: T0 + 10 * MINUTE })).toEqual({ is: 'unknown' });
  });
  test('reached says when; too few left to try says how many wait for a voice', () => {
    expect(endingOf(campaign, { curve: curve(1, 2, 3), needed: 2, left: 1, now: T0 + 10 * MINUTE })).toEqual({ is: 'reached', at: T0 + 2 * MINUTE });
    // While it goes on the rate still says when: people's voices are in it too.
    expect(endingOf(campaign, { curve: curve(6, 7, 8, 9), needed: 13, left: 5, now: T0 + 10 * MINUTE })).toMatchObject({ is: 'expected', byVoice: 4 });
    expect(endingOf(campaign, { curve: curve(1, 2, 3, 4), needed: 13, left: 5, now: T0 + 10 * MINUTE })).toEqual({ is: 'out-of-reach', byVoice: 4 });
  });
});

describe('what a campaign shows', () => {
  test('its lines, its calls of the last minute, its doubts, its outcomes', () => {
    const hour = start(given(opened(), at(5), frozen), 'c1');
    hour.at(5, 10);
    answer(hour, true);
    hour.at(5, 40);
    const [first] = inFlight(hour.state);
    hour.does('engine', { type: 'move-attempts', items: [{ attempt: first!.attempt.id!, state: 'doubt' }] });
    const figures = campaignFigures(hour.state, hour.state.campaigns['c1']!, T0 + 5 * MINUTE + 41 * SECOND);
    expect(figures).toMatchObject({ communes: 20, reached: 5, needed: 19, left: 15, callsPerMinute: 5, communesPerMinute: 5, by: { acknowledged: 5, intended: 4, doubt: 1 } });
    expect(figures.doubts.map(({ target }) => target.person)).toEqual([first!.target.person]);
    // Five of the last minute; what left a minute ago is no longer of it.
    expect(campaignFigures(hour.state, hour.state.campaigns['c1']!, T0 + 6 * MINUTE + 30 * SECOND).callsPerMinute).toBe(0);
  });

  test('a later campaign begins at nothing, and an older text that has to be said again counts no more', () => {
    const hour = start(given(opened(), at(5), frozen), 'c1');
    hour.at(5, 10);
    answer(hour, true);
    const seen = () => coverage(outreachIn(hour.state.outreach, Object.values(hour.state.campaigns).at(-1)), 1).by;
    expect(seen()).toMatchObject({ acknowledged: 5 });
    hour.does('communication', { type: 'change-campaign-text', campaign: 'c1', text: sealed('Autre'), again: false });
    expect(seen()).toMatchObject({ acknowledged: 5 });
    expect(acknowledgedFormer(hour.state, hour.state.campaigns['c1']!)).toHaveLength(5);
    hour.does('communication', { type: 'change-campaign-text', campaign: 'c1', text: sealed('Encore une'), again: true });
    expect(seen()).toMatchObject({ acknowledged: 0, answered: 5 });
    hour.does('communication', { type: 'stop-campaign', campaign: 'c1' });
    hour.at(9);
    start(hour, 'c2');
    expect(seen()).toMatchObject({ acknowledged: 0, answered: 0, untried: 20 });
    expect(coverage(outreachIn(hour.state.outreach, undefined), 1).by.acknowledged).toBe(5);
  });

  test('the wall shows it while it has somebody to try, and while it is paused', () => {
    const hour = start(given(opened(), at(5), frozen), 'c1', { lines: 20, callsPerSecond: 20 });
    expect(campaignOnWall(hour.state)).toMatchObject({ circle: 1, campaign: { id: 'c1' } });
    hour.does('communication', { type: 'pause-campaign', campaign: 'c1' });
    expect(campaignOnWall(hour.state)).toBeDefined();
    hour.does('communication', { type: 'resume-campaign', campaign: 'c1' });
    answer(hour, false);
    expect(campaignOnWall(hour.state)).toBeUndefined();
  });

  test('a campaign that only writes leaves every commune to people, and its answers still count', () => {
    const hour = start(given(opened(), at(5), frozen), 'c1', { ways: ['sms'] });
    expect(queue(hour.state, T0 + 6 * MINUTE).some(({ automaton }) => automaton)).toBe(false);
    expect(campaignFigures(hour.state, hour.state.campaigns['c1']!, T0 + 6 * MINUTE)).toMatchObject({ left: 20, ending: { is: 'unknown' } });
  });
});

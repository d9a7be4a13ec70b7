import type { Attempt, Campaign, Outreach, Target } from '../state.js';
import type { Way } from './reaching.js';

/** What closes somebody for the automaton and for people alike: what they said to a person, or what an outside tool says of their number. */
const CLOSING = new Set<Attempt['outcome']>(['refused', 'wrong-number', 'invalid']);

/**
 * Nothing more is to be expected of this person: they refused, or the number is not theirs. Of our own calls each concerns
 * one number of several, and what was written to the automaton was not said to a person.
 */
export function isClosed({ attempts }: Pick<Target, 'attempts'>): boolean {
  return attempts.some(({ id, outcome }) => id === undefined && CLOSING.has(outcome));
}

/** In the order in which they are tried. */
export function targetsOf(o: Readonly<Outreach>, commune: string): Target[] {
  return (o.byCommune[commune] ?? []).map((person) => o.targets[person]!).sort((x, y) => x.order - y.order || (x.person < y.person ? -1 : 1));
}

/** The n-th try of somebody by one way. */
export function attemptId({ id }: Pick<Campaign, 'id'>, { person, attempts }: Readonly<Target>, way: Way): string {
  return `${id}/${person}/${way}-${attempts.filter((one) => one.campaign === id && one.way === way).length + 1}`;
}

/** 47.1, 47.2: what somebody called in said to this campaign. */
export function answerIn({ id }: Readonly<Campaign>, { answer }: Readonly<Target>): Target['answer'] {
  return answer?.campaign === id ? answer : undefined;
}

/** Whoever acknowledged counts for a campaign, unless what they acknowledged was an older text that had to be said again. */
export function acknowledgedIn(campaign: Readonly<Campaign>, { attempts }: Pick<Target, 'attempts'>): boolean {
  return attempts.some((one) => countsIn(campaign, one));
}

/** Whether this attempt is an acknowledgement of that campaign. */
export function countsIn({ id, countsFrom, since }: Readonly<Campaign>, { outcome, campaign, text, at }: Readonly<Attempt>): boolean {
  return outcome === 'acknowledged' && (campaign === id ? text === undefined || text >= countsFrom : at >= since);
}

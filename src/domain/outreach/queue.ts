import type { CommandOf, Context } from '../commands.js';
import type { Entry } from '../entry.js';
import type { NewEvent, Payloads } from '../events.js';
import { refuse, type Refusal } from '../refusal.js';
import type { Activation, Attempt, Outreach, Target } from '../state.js';
import { MINUTE, toInstant, toMs, type Ms } from '../time.js';
import { communeState } from './coverage.js';
import { isClosed, targetsOf } from './reached.js';
import { isStillCalled } from './whom-next.js';
import { CIRCLES, type Circle } from './targets.js';
import { forget } from './waiting.js';

/** A call that is taken stays one's own so long; afterwards another may take it: whoever took it may have gone home. */
export const CLAIM_LASTS: Ms = 10 * MINUTE;

/** P09: a call taken from the queue: nobody else dials that commune meanwhile. Taking another gives the first back. */
export function claimCall(a: Readonly<Activation>, { person }: CommandOf<'claim-call'>, { now, by }: Context): NewEvent[] | Refusal {
  const target = a.outreach.targets[person];
  if (!target) return refuse('unknown-contact', { person });
  const claim = claimOf(a.outreach, target.commune, now);
  if (claim && claim.by !== by) return refuse('call-claimed', { until: toInstant(claim.until) });
  if (claim?.person === person) return [];
  return [{ type: 'directCallClaimed', payload: { person, until: toInstant(now + CLAIM_LASTS) } }];
}

export function releaseCall(a: Readonly<Activation>, { person }: CommandOf<'release-call'>, { now, by }: Context): NewEvent[] | Refusal {
  const target = a.outreach.targets[person];
  if (!target) return refuse('unknown-contact', { person });
  const claim = claimOf(a.outreach, target.commune, now);
  return claim?.by === by && claim.person === person ? [{ type: 'directCallReleased', payload: { person } }] : [];
}

/** What came of one call by a person. Each call is a fact: the same outcome twice is two calls, and no claim is needed. */
export function recordDirectCall(a: Readonly<Activation>, command: CommandOf<'record-direct-call'>): NewEvent[] | Refusal {
  const { person, outcome, dialled, note, again, onPaper } = command;
  if (!a.outreach.targets[person]) return refuse('unknown-contact', { person });
  return [{
    type: 'directCallRecorded',
    payload: { person, outcome, ...(dialled ? { dialled } : {}), ...(note ? { note } : {}), ...(again === undefined ? {} : { again: toInstant(again) }), ...(onPaper ? { onPaper } : {}) },
  }];
}

type QueueEvents = Pick<Payloads, 'directCallClaimed' | 'directCallReleased' | 'directCallRecorded'>;
export type QueueEntry = { [T in keyof QueueEvents]: Entry<T, QueueEvents[T]> }[keyof QueueEvents];

export function evolveQueue(a: Activation, entry: QueueEntry): void {
  const o = a.outreach;
  o.changedAt = entry.seq;
  forget(a, entry.payload.person);
  const target = o.targets[entry.payload.person];
  if (!target) return;
  switch (entry.type) {
    case 'directCallClaimed':
      for (const [commune, claim] of Object.entries(o.claims)) if (claim.by === entry.by) delete o.claims[commune];
      o.claims[target.commune] = { person: target.person, by: entry.by, until: toMs(entry.payload.until), seq: entry.seq };
      return;
    case 'directCallReleased':
      delete o.claims[target.commune];
      return;
    case 'directCallRecorded': {
      const { outcome, note, again, onPaper } = entry.payload;
      target.attempts.push({
        seq: entry.seq, at: toMs(entry.occurredAt), way: 'direct', outcome, by: entry.by, ...(note ? { note } : {}),
        ...(again === undefined ? {} : { again: toMs(again) }), ...(onPaper ? { onPaper } : {}),
      });
      delete o.claims[target.commune];
    }
  }
}

export function claimOf(o: Readonly<Outreach>, commune: string, now: Ms): Outreach['claims'][string] | undefined {
  const claim = o.claims[commune];
  return claim && claim.until > now ? claim : undefined;
}

/** One commune that waits for somebody's voice, and whom to call in it. */
export interface Waiting {
  circle: Circle;
  commune: string;
  target: Readonly<Target>;
  /** Asked to be called again, not before. */
  notBefore?: Ms;
  claim?: { person: string; by: string; until: Ms };
  /** The automaton has not finished with this commune: a person's voice comes after it. */
  automaton?: true;
}

/**
 * P09, whom to call next: the communes that nobody reached; those who asked to be called again when it is time, then
 * circle 1 before circle 2, then whoever had the fewest calls by a person; those whom the automaton still calls come last; in a commune the mayor, deputies in their
 * order, the town hall last.
 */
export function queue(a: Readonly<Activation>, now: Ms): Waiting[] {
  const o = a.outreach;
  const waiting = CIRCLES.flatMap((circle) => (o.circles[circle]?.communes ?? []).flatMap((commune): Waiting[] => {
    if (communeState(o, commune) === 'acknowledged') return [];
    const target = nextIn(o, commune, now);
    if (!target) return [];
    const notBefore = askedFor(target);
    const claim = claimOf(o, commune, now);
    const automaton = notBefore === undefined && isStillCalled(a, commune);
    return [{ circle, commune, target, ...(notBefore === undefined ? {} : { notBefore }), ...(claim ? { claim } : {}), ...(automaton ? { automaton } : {}) }];
  }));
  const rank = ({ notBefore, circle, automaton }: Waiting) => (automaton ? 4 : notBefore === undefined ? circle : notBefore <= now ? 0 : 3);
  return waiting.sort((x, y) =>
    rank(x) - rank(y) || (x.notBefore ?? 0) - (y.notBefore ?? 0) || byPeople(o, x.commune) - byPeople(o, y.commune) || (x.commune < y.commune ? -1 : 1));
}

function nextIn(o: Readonly<Outreach>, commune: string, now: Ms): Target | undefined {
  const open = targetsOf(o, commune).filter((target) => !isClosed(target));
  const due = open.find((target) => (askedFor(target) ?? Infinity) <= now);
  const calls = (target: Target) => target.attempts.filter(({ way }) => way === 'direct').length;
  const free = open.filter((target) => askedFor(target) === undefined).sort((x, y) => calls(x) - calls(y) || x.order - y.order);
  return due ?? free[0] ?? open.sort((x, y) => askedFor(x)! - askedFor(y)!)[0];
}

/** The last word of a person counts; what the automaton tries beside it says nothing of when they want to be called. */
function askedFor({ attempts }: Target): Ms | undefined {
  const last: Attempt | undefined = attempts.findLast(({ way, outcome }) => way === 'direct' || way === 'outside' || outcome === 'call-again');
  return last?.outcome === 'call-again' ? last.again : undefined;
}

function byPeople(o: Readonly<Outreach>, commune: string): number {
  return (o.byCommune[commune] ?? []).reduce((sum, person) => sum + o.targets[person]!.attempts.filter(({ way }) => way === 'direct').length, 0);
}

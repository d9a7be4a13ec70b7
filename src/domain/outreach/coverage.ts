import type { Outreach } from '../state.js';
import type { Ms } from '../time.js';
import { factsOf, type CommuneState, type Reached } from './commune-facts.js';
import type { Circle } from './targets.js';

/** 48.1 P08: 100 % tried, at least 95 % acknowledged [H]. */
export const REACH = 0.95;

/** A commune is reached when one of its own acknowledges: an answer, or what a third party passed on, is less. */
export function communeState(o: Readonly<Outreach>, commune: string): CommuneState {
  return factsOf(o, commune).state;
}

export interface Coverage {
  communes: number;
  tried: number;
  by: Record<CommuneState, number>;
}

export function coverage(o: Readonly<Outreach>, circle: Circle): Coverage {
  const by: Coverage['by'] = { acknowledged: 0, answered: 0, tried: 0, untried: 0, refused: 0, unreachable: 0 };
  const communes = o.circles[circle]?.communes ?? [];
  let tried = 0;
  for (const code of communes) {
    by[communeState(o, code)]++;
    if (factsOf(o, code).tried) tried++;
  }
  return { communes: communes.length, tried, by };
}

/** When each commune of a circle was first reached, in the order of the times: the curve. */
export function reachCurve(o: Readonly<Outreach>, circle: Circle): Reached[] {
  return (o.circles[circle]?.communes ?? []).flatMap((commune) => factsOf(o, commune).reached ?? []).sort((x, y) => x.at - y.at || x.seq - y.seq);
}

export interface Proof {
  seqs: number[];
  at: Ms;
}

/** P07, P10: the circle's campaign has begun, by whatever means: an automaton that was said here, or a first call. */
export function campaignBegun(o: Readonly<Outreach>, circle: Circle): Proof | undefined {
  let first: { at: Ms; seq: number } | undefined;
  const consider = (one: { at: Ms; seq: number } | undefined) => {
    if (one && (!first || one.at < first.at || (one.at === first.at && one.seq < first.seq))) first = one;
  };
  for (const one of o.campaigns) if (one.circle === circle) consider({ at: one.startedAt, seq: one.seq });
  for (const commune of o.circles[circle]?.communes ?? []) consider(factsOf(o, commune).tried);
  return first && { seqs: [first.seq], at: first.at };
}

/** P08: since when all of circle 1 were tried and enough of them acknowledged; with the entries that say so. */
export function reachedEnough(o: Readonly<Outreach>, circle: Circle): Proof | undefined {
  const frozen = o.circles[circle];
  if (!frozen) return undefined;
  let tried = 0;
  let reached = 0;
  let lastTry = -Infinity;
  for (const commune of frozen.communes) {
    const facts = factsOf(o, commune);
    if (facts.tried) tried++;
    if (facts.reached) reached++;
    lastTry = Math.max(lastTry, facts.tried?.at ?? -Infinity);
  }
  const needed = Math.ceil(frozen.communes.length * REACH);
  if (reached < needed || tried < frozen.communes.length) return undefined;
  const enough = reachCurve(o, circle).slice(0, needed);
  return { seqs: unique([frozen.seq, ...enough.map(({ seq }) => seq)]), at: Math.max(frozen.at, enough.at(-1)!.at, lastTry) };
}

/**
 * P09: whoever was not reached was called by a person: in each commune that did not acknowledge, everybody who has a
 * number was, or one of them refused, or somebody said that they pass it on.
 */
export function unreachedDealtWith(o: Readonly<Outreach>, circle: Circle): Proof | undefined {
  const frozen = o.circles[circle];
  if (!frozen || !campaignBegun(o, circle)) return undefined;
  const proofs: Proof[] = [];
  for (const commune of frozen.communes) {
    const { state, dealt } = factsOf(o, commune);
    if (state === 'acknowledged') continue;
    if (!dealt) return undefined;
    proofs.push(dealt);
  }
  if (proofs.length === 0) return undefined;
  return { seqs: unique([frozen.seq, ...proofs.flatMap(({ seqs }) => seqs)]), at: Math.max(...proofs.map(({ at }) => at)) };
}

function unique(seqs: readonly number[]): number[] {
  return [...new Set(seqs)].sort((x, y) => x - y);
}

import type { Attempt, Outreach, Target } from '../state.js';
import type { Ms } from '../time.js';
import { isClosed } from './reached.js';
import type { Circle } from './targets.js';

/** 48.1 P08: 100 % tried, at least 95 % acknowledged [H]. */
export const REACH = 0.95;

/** Where a commune stands, from the best to the worst; the shape and the colour of its tile. */
export const COMMUNE_STATES = ['acknowledged', 'answered', 'tried', 'untried', 'refused', 'unreachable'] as const;
export type CommuneState = (typeof COMMUNE_STATES)[number];

/** A commune is reached when one of its own acknowledges: an answer, or what a third party passed on, is less. */
export function communeState(o: Readonly<Outreach>, commune: string): CommuneState {
  const targets = (o.byCommune[commune] ?? []).map((person) => o.targets[person]!);
  const some = (...outcomes: string[]) => targets.some(({ attempts }) => attempts.some(({ outcome }) => outcomes.includes(outcome)));
  if (some('acknowledged')) return 'acknowledged';
  if (targets.every(isClosed)) {
    return some('refused') ? 'refused' : 'unreachable';
  }
  if (some('answered', 'relayed', 'call-again')) return 'answered';
  return targets.some(({ attempts }) => attempts.some(wasTried)) ? 'tried' : 'untried';
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
    if (firstTry(o, code)) tried++;
  }
  return { communes: communes.length, tried, by };
}

export interface Reached {
  commune: string;
  at: Ms;
  seq: number;
}

/** When each commune of a circle was first reached, in the order of the times: the curve. */
export function reachCurve(o: Readonly<Outreach>, circle: Circle): Reached[] {
  return (o.circles[circle]?.communes ?? [])
    .flatMap((commune) => firstOf(o, commune, ({ outcome }) => outcome === 'acknowledged') ?? [])
    .sort((x, y) => x.at - y.at || x.seq - y.seq);
}

export interface Proof {
  seqs: number[];
  at: Ms;
}

/** P07, P10: the circle's campaign has begun, by whatever means: an automaton that was said here, or a first call. */
export function campaignBegun(o: Readonly<Outreach>, circle: Circle): Proof | undefined {
  const first = [
    ...o.campaigns.filter((one) => one.circle === circle).map(({ startedAt, seq }) => ({ at: startedAt, seq })),
    ...(o.circles[circle]?.communes ?? []).flatMap((commune) => firstTry(o, commune) ?? []),
  ].sort((x, y) => x.at - y.at || x.seq - y.seq)[0];
  return first && { seqs: [first.seq], at: first.at };
}

/** P08: since when all of circle 1 were tried and enough of them acknowledged; with the entries that say so. */
export function reachedEnough(o: Readonly<Outreach>, circle: Circle): Proof | undefined {
  const frozen = o.circles[circle];
  if (!frozen) return undefined;
  const curve = reachCurve(o, circle);
  const needed = Math.ceil(frozen.communes.length * REACH);
  if (curve.length < needed) return undefined;
  const tries = frozen.communes.map((commune) => firstTry(o, commune));
  if (tries.some((one) => one === undefined)) return undefined;
  const enough = curve.slice(0, needed);
  const at = Math.max(frozen.at, enough.at(-1)!.at, ...tries.map((one) => one!.at));
  return { seqs: unique([frozen.seq, ...enough.map(({ seq }) => seq)]), at };
}

/**
 * P09: whoever was not reached was called by a person: in each commune that did not acknowledge, everybody who has a
 * number was, or one of them refused, or somebody said that they pass it on.
 */
export function unreachedDealtWith(o: Readonly<Outreach>, circle: Circle): Proof | undefined {
  const frozen = o.circles[circle];
  if (!frozen || !campaignBegun(o, circle)) return undefined;
  const left = frozen.communes.filter((commune) => communeState(o, commune) !== 'acknowledged');
  if (left.length === 0) return undefined;
  const proofs = left.map((commune) => dealtWith((o.byCommune[commune] ?? []).map((person) => o.targets[person]!)));
  if (proofs.some((one) => one === undefined)) return undefined;
  return { seqs: unique([frozen.seq, ...proofs.flatMap((one) => one!.seqs)]), at: Math.max(...proofs.map((one) => one!.at)) };
}

function dealtWith(targets: readonly Target[]): Proof | undefined {
  const direct = targets.map(({ attempts }) => attempts.filter(({ way }) => way === 'direct'));
  const said = direct.flat().find(({ outcome }) => outcome === 'refused' || outcome === 'relayed');
  if (said) return { seqs: [said.seq], at: said.at };
  if (targets.length === 0 || direct.some((attempts) => attempts.length === 0)) return undefined;
  const firsts = direct.map((attempts) => attempts[0]!);
  return { seqs: firsts.map(({ seq }) => seq), at: Math.max(...firsts.map(({ at }) => at)) };
}

function firstTry(o: Readonly<Outreach>, commune: string): Reached | undefined {
  return firstOf(o, commune, wasTried, (attempt) => attempt.tried ?? attempt);
}

/** What our automaton only meant to do is no try: it counts once it has left the house. */
function wasTried({ id, tried }: Readonly<Attempt>): boolean {
  return id === undefined || tried !== undefined;
}

function firstOf(
  o: Readonly<Outreach>, commune: string, which: (attempt: Readonly<Attempt>) => boolean, when: (attempt: Readonly<Attempt>) => { at: Ms; seq: number } = (attempt) => attempt,
): Reached | undefined {
  let first: Reached | undefined;
  for (const person of o.byCommune[commune] ?? []) {
    for (const attempt of o.targets[person]!.attempts) {
      if (which(attempt) && (!first || when(attempt).at < first.at)) first = { commune, at: when(attempt).at, seq: when(attempt).seq };
    }
  }
  return first;
}

function unique(seqs: readonly number[]): number[] {
  return [...new Set(seqs)].sort((x, y) => x - y);
}

import type { Activation, Attempt, Outreach, Target } from '../state.js';
import type { Ms } from '../time.js';
import { isClosed } from './reached.js';

/** Where a commune stands, from the best to the worst; the shape and the colour of its tile. */
export const COMMUNE_STATES = ['acknowledged', 'answered', 'tried', 'untried', 'refused', 'unreachable'] as const;
export type CommuneState = (typeof COMMUNE_STATES)[number];

export interface Reached {
  commune: string;
  at: Ms;
  seq: number;
}

/** What was done for one commune, and what came of it. */
export interface CommuneFacts {
  state: CommuneState;
  /** The first attempt that left the house; the first acknowledgement. */
  tried: Reached | undefined;
  reached: Reached | undefined;
  /** P09: by a person's voice, with the entries that say so. */
  dealt: { seqs: number[]; at: Ms } | undefined;
}

/** A memo of the state and of nothing else: an entry touches one commune of 900. `evolve` forgets what it touched. */
const memos = new WeakMap<Readonly<Outreach>, Map<string, CommuneFacts>>();

export function factsOf(o: Readonly<Outreach>, commune: string): CommuneFacts {
  let memo = memos.get(o);
  if (!memo) memos.set(o, (memo = new Map()));
  let facts = memo.get(commune);
  if (!facts) memo.set(commune, (facts = read((o.byCommune[commune] ?? []).map((person) => o.targets[person]!), commune)));
  return facts;
}

/** Something changed for this person; or, without one, for everybody. */
export function forgetFacts({ outreach: o }: Readonly<Activation>, person?: string): void {
  if (person === undefined) memos.delete(o);
  else memos.get(o)?.delete(o.targets[person]?.commune ?? '');
}

function read(targets: readonly Readonly<Target>[], commune: string): CommuneFacts {
  const reached = firstOf(targets, commune, ({ outcome }) => outcome === 'acknowledged', (attempt) => attempt);
  const tried = firstOf(targets, commune, wasTried, (attempt) => attempt.tried ?? attempt);
  return { state: reached ? 'acknowledged' : stateOf(targets, tried !== undefined), tried, reached, dealt: dealtWith(targets) };
}

function stateOf(targets: readonly Readonly<Target>[], isTried: boolean): CommuneState {
  const some = (...outcomes: Attempt['outcome'][]) => targets.some(({ attempts }) => attempts.some(({ outcome }) => outcomes.includes(outcome)));
  if (targets.every(isClosed)) return some('refused') ? 'refused' : 'unreachable';
  if (some('answered', 'relayed', 'call-again')) return 'answered';
  return isTried ? 'tried' : 'untried';
}

function dealtWith(targets: readonly Readonly<Target>[]): CommuneFacts['dealt'] {
  const direct = targets.map(({ attempts }) => attempts.filter(({ way }) => way === 'direct'));
  const said = direct.flat().find(({ outcome }) => outcome === 'refused' || outcome === 'relayed');
  if (said) return { seqs: [said.seq], at: said.at };
  if (targets.length === 0 || direct.some((attempts) => attempts.length === 0)) return undefined;
  const firsts = direct.map((attempts) => attempts[0]!);
  return { seqs: firsts.map(({ seq }) => seq), at: Math.max(...firsts.map(({ at }) => at)) };
}

/** What our automaton only meant to do is no try: it counts once it has left the house. */
function wasTried({ id, tried }: Readonly<Attempt>): boolean {
  return id === undefined || tried !== undefined;
}

function firstOf(
  targets: readonly Readonly<Target>[], commune: string, which: (attempt: Readonly<Attempt>) => boolean, when: (attempt: Readonly<Attempt>) => { at: Ms; seq: number },
): Reached | undefined {
  let first: Reached | undefined;
  for (const { attempts } of targets) {
    for (const attempt of attempts) {
      if (which(attempt) && (!first || when(attempt).at < first.at)) first = { commune, at: when(attempt).at, seq: when(attempt).seq };
    }
  }
  return first;
}

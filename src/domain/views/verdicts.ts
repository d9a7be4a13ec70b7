import type { Clause, ClockId, PlanRow } from '../plan/plan.js';
import { clauseOf } from '../plan/validate.js';
import { belongs, standsApart, timesOn } from '../plan/timing.js';
import { stepOf } from '../plan/steps.js';
import type { Activation } from '../state.js';
import type { Ms } from '../time.js';
import { AT_RISK, proofMissing } from './steps.js';

/** One list of words everywhere (domain.md part 3). From the worst to the best, as `and` takes them. */
export const VERDICT_ORDER = [
  'missed', 'not-demonstrable', 'overdue', 'late', 'outside-cause', 'at-risk', 'on-time', 'held-declared-afterwards', 'held',
] as const;
export type Verdict = (typeof VERDICT_ORDER)[number] | 'not-started' | 'not-applicable';

export interface PartVerdict {
  step: string;
  verdict: Verdict;
  /** The entries that prove it. */
  proofs: number[];
  /** The step was done, but what its row asks as evidence is missing. */
  proofMissing: boolean;
}

export interface ClauseVerdict {
  clause: Clause;
  verdict: Verdict;
  /** The latest deadline among its parts, on its own clock. */
  deadline?: Ms;
  /** While it runs, what is left before `deadline`; once held, what was left when its last part was done. */
  margin?: Ms;
  /** Alternatives within a part, parts within the clause. */
  parts: PartVerdict[][];
  proofs: number[];
}

/** The verdict of every clause that the frozen plan serves, at `now`. */
export function verdicts(a: Readonly<Activation>, now: Ms): ClauseVerdict[] {
  return a.plan.clauses.flatMap((clause) => {
    const rows = a.plan.rows.filter((row) => belongs(a, row) && row.serves.some((serves) => clauseOf(serves) === clause.id));
    return rows.length === 0 || !concerns(a, clause) ? [] : [verdictOf(a, clause, rows, now)];
  });
}

/** 11.5 needs an important event; module 7 a COD (an important event that has none is not judged on it). */
function concerns(a: Readonly<Activation>, clause: Clause): boolean {
  if (clause.clock === 'important') return a.kind === 'important' || a.clocks.important !== undefined;
  if (clause.clock === 'cod' || clause.clock === 'nu') return a.kind === 'cod' || a.clocks.cod !== undefined;
  return true;
}

function verdictOf(a: Readonly<Activation>, clause: Clause, rows: PlanRow[], now: Ms): ClauseVerdict {
  const started = a.clocks[clause.clock] !== undefined;
  const applicable = rows.filter((row) => !standsApart(a, row) && stepOf(a, row.id).status !== 'not-applicable');
  const byPart = new Map<string, PartVerdict[]>();
  for (const row of applicable) {
    for (const serves of row.serves.filter((one) => clauseOf(one) === clause.id)) {
      const name = serves.includes('/') ? serves : row.id;
      byPart.set(name, [...(byPart.get(name) ?? []), partVerdict(a, clause.clock, row, now)]);
    }
  }
  const parts = [...byPart.values()];
  const proofs = parts.flat().flatMap((part) => part.proofs);
  if (!started) return { clause, verdict: a.life === 'running' ? 'not-started' : 'not-applicable', parts, proofs };
  if (parts.length === 0) return { clause, verdict: 'not-applicable', parts, proofs };
  const verdict = worst(parts.map((alternatives) => best(alternatives.map((part) => part.verdict))));
  const deadlines = applicable.flatMap((row) => timesOn(a, row, clause.clock).deadline ?? []);
  const shown: ClauseVerdict = { clause, verdict, parts, proofs };
  if (deadlines.length > 0) {
    shown.deadline = Math.max(...deadlines);
    const held = verdict === 'held' || verdict === 'held-declared-afterwards';
    if (held) shown.margin = shown.deadline - Math.max(...parts.map((alternatives) => heldAt(a, alternatives)));
    else if (a.life === 'running') shown.margin = shown.deadline - now;
  }
  return shown;
}

/** When a part was held: by the first of its alternatives that holds it. */
function heldAt(a: Readonly<Activation>, alternatives: readonly PartVerdict[]): Ms {
  const verdict = best(alternatives.map((part) => part.verdict));
  return Math.min(...alternatives.filter((part) => part.verdict === verdict).map((part) => stepOf(a, part.step).doneAt!));
}

/** One step as one clause's clock judges it. An open step past its deadline is overdue; missed exists only at the end. */
function partVerdict(a: Readonly<Activation>, clock: ClockId, row: PlanRow, now: Ms): PartVerdict {
  const step = stepOf(a, row.id);
  const contacts = a.contacts[row.id] ?? [];
  const missing = proofMissing(row, step, contacts);
  const calls = contacts.flatMap((contact) => contact.calls.map((call) => call.seq));
  const proofs = [...new Set([...step.proofs, ...calls])].sort((x, y) => x - y);
  const part = (verdict: Verdict): PartVerdict => ({ step: row.id, verdict, proofs, proofMissing: missing });
  const { target, deadline } = timesOn(a, row, clock);
  const ended = a.life !== 'running';
  if (step.status === 'outside-cause') return part('outside-cause');
  if (step.status === 'done') {
    // Nothing holds without its proof, not even late: while the hour runs there is still time to bring it.
    if (missing && ended) return part('not-demonstrable');
    if (deadline !== undefined && step.doneAt! > deadline) return part('late');
    if (missing) return part('at-risk');
    return part(deadline !== undefined && step.doneRecordedAt! > deadline ? 'held-declared-afterwards' : 'held');
  }
  if (ended) return part('missed');
  if (deadline !== undefined && now > deadline) return part('overdue');
  if ((target !== undefined && now > target) || (deadline !== undefined && deadline - now <= AT_RISK)) return part('at-risk');
  return part('on-time');
}

/** `and`: the worst of its parts. */
export function worst(words: readonly Verdict[]): Verdict {
  return VERDICT_ORDER.find((word) => words.includes(word)) ?? 'not-applicable';
}

/** `or`: the best of its alternatives. */
export function best(words: readonly Verdict[]): Verdict {
  return [...VERDICT_ORDER].reverse().find((word) => words.includes(word)) ?? 'not-applicable';
}

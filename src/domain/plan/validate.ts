import { CLOCKS, COMPLETIONS, FACTS, type Condition, type Plan, type PlanRow } from './plan.js';
import { FUNCTIONS } from '../entry.js';

/** What is wrong in a plan file, one fault a line of it. `row` is absent for faults of the whole file. */
export interface PlanFault {
  row?: string;
  code: 'duplicate-id' | 'unknown-function' | 'unknown-clause' | 'unknown-group' | 'unknown-step' | 'unknown-clock'
    | 'unknown-fact' | 'unknown-completion' | 'deadline-before-target' | 'negative' | 'cycle' | 'no-function';
  detail: string;
}

/** Faults that the schema cannot see: references between rows, cycles of anchors, conditions and prerequisites. */
export function faultsOf(plan: Plan): PlanFault[] {
  const faults: PlanFault[] = [];
  for (const { id } of [...twice(plan.clauses), ...twice(plan.groups)]) faults.push({ code: 'duplicate-id', detail: id });
  for (const { id } of twice(plan.rows)) faults.push({ row: id, code: 'duplicate-id', detail: id });
  const ids = new Set(plan.rows.map((row) => row.id));
  const clauses = new Set(plan.clauses.map((clause) => clause.id));
  const groups = new Set(plan.groups.map((group) => group.id));
  for (const row of plan.rows) {
    const fault = (code: PlanFault['code'], detail: string) => faults.push({ row: row.id, code, detail });
    for (const serves of row.serves) if (!clauses.has(clauseOf(serves))) fault('unknown-clause', serves);
    if (!groups.has(row.group)) fault('unknown-group', row.group);
    if (row.functions.length === 0) fault('no-function', row.id);
    for (const code of row.functions) if (!(FUNCTIONS as readonly string[]).includes(code)) fault('unknown-function', code);
    if (!(COMPLETIONS as readonly string[]).includes(row.completes)) fault('unknown-completion', row.completes);
    for (const step of stepsNamedBy(row)) if (!ids.has(step)) fault('unknown-step', step);
    for (const clock of clocksNamedBy(row)) if (!(CLOCKS as readonly string[]).includes(clock)) fault('unknown-clock', clock);
    for (const fact of factsOf(row.when)) if (!(FACTS as readonly string[]).includes(fact)) fault('unknown-fact', fact);
    for (const minutes of [row.target, row.deadline, row.every]) {
      if (minutes !== undefined && minutes < 0) fault('negative', String(minutes));
    }
    const oneAnchor = row.targetAnchor === undefined || row.targetAnchor === row.anchor;
    if (oneAnchor && row.target !== undefined && row.deadline !== undefined && row.deadline < row.target) {
      fault('deadline-before-target', `${row.deadline} < ${row.target}`);
    }
  }
  const cycle = findCycle(plan.rows);
  if (cycle) faults.push({ row: cycle[0]!, code: 'cycle', detail: cycle.join(' → ') });
  return faults;
}

function twice<T extends { id: string }>(list: readonly T[]): T[] {
  return list.filter(({ id }, i) => list.findIndex((one) => one.id === id) < i);
}

/** "48.1/atteints" serves clause 48.1. */
export function clauseOf(serves: string): string {
  const slash = serves.indexOf('/');
  return slash < 0 ? serves : serves.slice(0, slash);
}

function stepsNamedBy(row: PlanRow): string[] {
  return [...(typeof row.anchor === 'object' ? [row.anchor.step] : []), ...(row.after ?? []), ...stepsIn(row.when)];
}

function clocksNamedBy(row: PlanRow): string[] {
  const anchor = typeof row.anchor === 'object' || row.anchor === 'closing' ? [] : [row.anchor];
  return [...anchor, ...(row.targetAnchor ? [row.targetAnchor] : []), ...clocksIn(row.when)];
}

function stepsIn(when: Condition): string[] {
  if (when === 'always') return [];
  if ('done' in when) return [when.done];
  if ('not' in when) return stepsIn(when.not);
  if ('any' in when) return when.any.flatMap(stepsIn);
  return [];
}

function clocksIn(when: Condition): string[] {
  if (when === 'always') return [];
  if ('clock' in when) return [when.clock];
  if ('not' in when) return clocksIn(when.not);
  if ('any' in when) return when.any.flatMap(clocksIn);
  return [];
}

function factsOf(when: Condition): string[] {
  if (when === 'always') return [];
  if ('fact' in when) return [when.fact];
  if ('not' in when) return factsOf(when.not);
  if ('any' in when) return when.any.flatMap(factsOf);
  return [];
}

function findCycle(rows: readonly PlanRow[]): string[] | undefined {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const finished = new Set<string>();
  const visit = (id: string, path: string[]): string[] | undefined => {
    const at = path.indexOf(id);
    if (at >= 0) return [...path.slice(at), id];
    const row = byId.get(id);
    if (!row || finished.has(id)) return undefined;
    for (const next of stepsNamedBy(row)) {
      const cycle = visit(next, [...path, id]);
      if (cycle) return cycle;
    }
    finished.add(id);
    return undefined;
  };
  for (const row of rows) {
    const cycle = visit(row.id, []);
    if (cycle) return cycle;
  }
  return undefined;
}

import type { CommandOf } from '../commands.js';
import type { NewEvent } from '../events.js';
import { belongs, timesOf } from '../plan/timing.js';
import { SAME_WARNING } from '../plan/warnings.js';
import type { Activation } from '../state.js';
import { toInstant, type Ms } from '../time.js';

/** When the automatic statement (P26) is due: the target of its row; undefined without T0 or without such a row. */
export function statementDueAt(a: Readonly<Activation>): Ms | undefined {
  const row = a.plan.rows.find((one) => one.completes === 'statement-written' && belongs(a, one));
  return row && timesOf(a, row).target;
}

function wasRequested(a: Readonly<Activation>, dueAt: Ms): boolean {
  return a.statement.requestedFor.some((requested) => Math.abs(requested - dueAt) < SAME_WARNING);
}

/** Asked once per due instant: a corrected T0 asks for a new one. */
export function dueStatement(a: Readonly<Activation>, now: Ms): CommandOf<'request-statement'>[] {
  const dueAt = missingStatement(a);
  return dueAt === undefined || dueAt > now ? [] : [{ type: 'request-statement', dueAt }];
}

/** The statement that nobody asked for yet, due or not; undefined where there is none. */
export function missingStatement(a: Readonly<Activation>): Ms | undefined {
  const dueAt = statementDueAt(a);
  return dueAt === undefined || wasRequested(a, dueAt) ? undefined : dueAt;
}

export function nextStatementAt(a: Readonly<Activation>): Ms {
  return missingStatement(a) ?? Infinity;
}

export function requestStatement(a: Readonly<Activation>, { dueAt }: CommandOf<'request-statement'>): NewEvent[] {
  return wasRequested(a, dueAt) ? [] : [{ type: 'statementRequested', payload: { dueAt: toInstant(dueAt) } }];
}

export function recordStatement(a: Readonly<Activation>, command: CommandOf<'record-statement'>): NewEvent[] {
  const { dueAt, file, upTo } = command;
  if (a.statement.written.some((written) => written.dueAt === dueAt)) return [];
  return [{ type: 'statementWritten', payload: { dueAt: toInstant(dueAt), file, upTo } }];
}

import type { CommandOf } from '../commands.js';
import type { NewEvent } from '../events.js';
import { refuse, type Refusal } from '../refusal.js';
import type { Activation } from '../state.js';
import type { Ms } from '../time.js';
import type { PlanRow } from './plan.js';
import { isOpen } from './steps.js';
import { belongs, rowOf } from './timing.js';

/** A step completed by the engine, with the entries that prove it. A person may reopen it: the same proof never closes it twice. */
export function completeByProof(a: Readonly<Activation>, command: CommandOf<'complete-by-proof'>): NewEvent[] | Refusal {
  const row = rowOf(a, command.step);
  if (!row) return refuse('unknown-step', { step: command.step });
  if (!isOpen(a, row.id) || command.proofs.every((seq) => a.steps[row.id]?.proofs.includes(seq))) return [];
  return [{ type: 'stepCompleted', payload: { step: row.id, evidence: [], proofs: command.proofs }, occurredAt: command.occurredAt }];
}

/** Steps that their proof completes by itself now (`completes` of the plan; the other rules come with their chapters). */
export function provenSteps(a: Readonly<Activation>): CommandOf<'complete-by-proof'>[] {
  const commands: CommandOf<'complete-by-proof'>[] = [];
  for (const row of a.plan.rows) {
    if (row.completes === 'by-hand' || !isOpen(a, row.id) || !belongs(a, row)) continue;
    const proof = proofOf(a, row);
    if (!proof || a.steps[row.id]?.proofs.includes(proof.seq)) continue;
    commands.push({ type: 'complete-by-proof', step: row.id, proofs: [proof.seq], occurredAt: proof.at });
  }
  return commands;
}

function proofOf(a: Readonly<Activation>, row: PlanRow): { seq: number; at: Ms } | undefined {
  if (row.completes === 'clock-started' && typeof row.anchor === 'string' && row.anchor !== 'closing') {
    // Recorded is what P00 and N00 ask: the step is done when we learnt it, not at T0 itself.
    const version = a.clocks[row.anchor]?.versions[0];
    return version && { seq: version.seq, at: version.recordedAt };
  }
  if (row.completes === 'acknowledged') {
    // 47.1: the first function of the row takes charge by taking the function.
    const taken = a.functions[row.functions[0]!];
    return taken?.holder && taken.seq !== undefined ? { seq: taken.seq, at: taken.since! } : undefined;
  }
  if (row.completes === 'statement-written') {
    const written = a.statement.written.at(-1);
    return written && { seq: written.seq, at: written.at };
  }
  return undefined;
}

import type { CommandOf } from '../commands.js';
import type { NewEvent } from '../events.js';
import { refuse, type Refusal } from '../refusal.js';
import { campaignBegun, reachedEnough, unreachedDealtWith, type Proof } from '../outreach/coverage.js';
import { answerIn } from '../outreach/reached.js';
import type { Activation, Outreach } from '../state.js';
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
    if (!proof || proof.seqs.every((seq) => a.steps[row.id]?.proofs.includes(seq))) continue;
    commands.push({ type: 'complete-by-proof', step: row.id, proofs: proof.seqs, occurredAt: proof.at });
  }
  return commands;
}

function proofOf(a: Readonly<Activation>, row: PlanRow): Proof | undefined {
  if (row.completes === 'clock-started' && typeof row.anchor === 'string' && row.anchor !== 'closing') {
    // Recorded is what P00 and N00 ask: the step is done when we learnt it, not at T0 itself.
    const version = a.clocks[row.anchor]?.versions[0];
    return version && { seqs: [version.seq], at: version.recordedAt };
  }
  if (row.completes === 'acknowledged') {
    // 47.1: the first function of the row takes charge by taking the function.
    const taken = a.functions[row.functions[0]!];
    return taken?.holder && taken.seq !== undefined ? { seqs: [taken.seq], at: taken.since! } : undefined;
  }
  if (row.completes === 'called-in') return calledIn(a, row.anchor === 'nu' ? 'cip' : 'cell');
  if (row.completes === 'staff-held' && row.serves.length > 0 && a.operational) {
    // 47: operational is declared, with who is there.
    return { seqs: [a.operational.seq], at: a.operational.at };
  }
  if (row.completes === 'statement-written') {
    const written = a.statement.written.at(-1);
    return written && { seqs: [written.seq], at: written.at };
  }
  return outreachProof(a.outreach, row);
}

/** 47.2, 50.2: as many as are needed said that they come. */
function calledIn(a: Readonly<Activation>, purpose: 'cell' | 'cip'): Proof | undefined {
  for (const campaign of Object.values(a.campaigns)) {
    if (campaign.purpose !== purpose) continue;
    const coming = campaign.order.flatMap((person) => answerIn(campaign, a.outreach.targets[person]!) ?? []).filter(({ answer }) => answer === 'coming')
      .sort((x, y) => x.at - y.at || x.seq - y.seq).slice(0, campaign.enough);
    if (coming.length >= campaign.enough) return { seqs: coming.map(({ seq }) => seq).sort((x, y) => x - y), at: coming.at(-1)!.at };
  }
  return undefined;
}

/** 48.1: P05, P07 to P10. A plan frozen before circles had a field says nothing of the second one: a person completes that step. */
function outreachProof(o: Readonly<Outreach>, row: PlanRow): Proof | undefined {
  const circle = row.circle ?? (row.serves.length > 0 || row.completes === 'perimeter-frozen' ? 1 : undefined);
  if (circle === undefined) return undefined;
  const frozen = o.circles[circle];
  switch (row.completes) {
    case 'perimeter-frozen': return frozen && { seqs: [frozen.seq], at: frozen.at };
    case 'campaign-started': return circle === 2 && o.refused ? { seqs: [o.refused.seq], at: o.refused.at } : campaignBegun(o, circle);
    case 'reach>=95': return reachedEnough(o, circle);
    case 'unreached-dealt-with': return unreachedDealtWith(o, circle);
    default: return undefined;
  }
}


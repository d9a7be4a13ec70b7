import type { CommandOf, Context } from '../commands.js';
import type { Entry, Sealed } from '../entry.js';
import type { Evidence, NewEvent, Payloads } from '../events.js';
import { refuse, type Refusal } from '../refusal.js';
import { DECIDERS, FIVE, type Right } from '../rights.js';
import { sealedIn } from '../evidence/sealed.js';
import type { Activation, StepState } from '../state.js';
import { toMs, type Ms } from '../time.js';
import type { PlanRow } from './plan.js';
import { rowOf } from './timing.js';

type Decision = NewEvent[] | Refusal;
type StepCommand = CommandOf<
  'assign-step' | 'start-step' | 'write-step-text' | 'add-evidence' | 'complete-step' | 'mark-not-applicable'
  | 'mark-outside-cause' | 'reopen-step'
>;

/** `cip` works the N rows, `sidpc` those of its function; the others of the five work every step. */
export function mayWork(rights: readonly Right[], row: PlanRow, lane: Activation['lane']): boolean {
  if (lane === 'exercise' && rights.includes('planificateur')) return true;
  if (FIVE.some((right) => right !== 'sidpc' && rights.includes(right))) return true;
  if (rights.includes('sidpc') && row.functions.includes('SI')) return true;
  return rights.includes('cip') && row.anchor === 'nu';
}

export function decideStep(a: Readonly<Activation>, command: StepCommand, context: Context): Decision {
  const row = rowOf(a, command.step);
  if (!row) return refuse('unknown-step', { step: command.step });
  const visaRecorded = command.type === 'complete-step' && row.evidence === 'visa' && recordsForDecider(context);
  if (!mayWork(context.rights, row, a.lane) && !visaRecorded) return refuse('forbidden', { step: row.id });
  const step = stepOf(a, row.id);
  switch (command.type) {
    case 'assign-step':
      if (step.assignee === command.to) return [];
      if (command.seen !== undefined && command.seen !== step.version) return stale(command.seen, step);
      return [{ type: 'stepAssigned', payload: { step: row.id, to: command.to } }];
    case 'start-step':
      if (step.status === 'todo') return [{ type: 'stepStarted', payload: { step: row.id } }];
      return step.status === 'not-applicable' || step.status === 'outside-cause' ? settled(step) : [];
    case 'write-step-text':
      if (step.text?.sealed.digest === command.text.digest) return [];
      if (command.seen !== step.version) return stale(command.seen, step);
      return [
        // The wall may not see the text, and must see that its step is under way.
        ...(step.status === 'todo' ? [{ type: 'stepStarted', payload: { step: row.id } } as const] : []),
        { type: 'stepTextWritten', payload: { step: row.id, text: command.text, version: (step.text?.version ?? 0) + 1 } },
      ];
    case 'add-evidence':
      return isThere(step, [command.evidence]) ? [] : [{ type: 'evidenceAdded', payload: { step: row.id, evidence: command.evidence } }];
    case 'complete-step':
      return complete(a, row, step, command, context);
    case 'mark-not-applicable': {
      if (step.status === 'not-applicable' && isSaid(step, command)) return [];
      if (command.seen !== step.version) return stale(command.seen, step);
      if (step.status !== 'todo' && step.status !== 'under-way') return settled(step);
      const { category, reason, authorisedBy } = command;
      return [{ type: 'stepNotApplicable', payload: { step: row.id, category, reason, authorisedBy } }];
    }
    case 'mark-outside-cause':
      // A step done late through an outside cause stays done at its time: the cause is said of it afterwards.
      if (step.status === 'outside-cause' && isSaid(step, command)) return [];
      if (command.seen !== step.version) return stale(command.seen, step);
      if (step.status === 'outside-cause' || step.status === 'not-applicable') return settled(step);
      return [{ type: 'stepOutsideCause', payload: { step: row.id, reason: command.reason } }];
    case 'reopen-step':
      if (step.status === 'todo' || step.status === 'under-way') return [];
      if (command.seen !== step.version) return stale(command.seen, step);
      return [{ type: 'stepReopened', payload: { step: row.id, reason: command.reason } }];
  }
}

function complete(
  a: Readonly<Activation>, row: PlanRow, step: Readonly<StepState>, command: CommandOf<'complete-step'>, context: Context,
): Decision {
  if (step.status === 'done' && isThere(step, command.evidence) && isApproved(step, command)) return [];
  if (command.seen !== step.version) return stale(command.seen, step);
  if (step.status !== 'todo' && step.status !== 'under-way') return settled(step);
  const { approves } = command;
  if ((row.evidence === 'visa' || approves) && !canGiveVisa(a, context)) return refuse('visa-needed', { step: row.id });
  if (approves) {
    const text = a.steps[approves.step]?.text;
    if (!text) return refuse('no-text-to-approve', { step: approves.step });
    // Nobody approves a text that changed under their eyes.
    if (text.version !== approves.version) return refuse('stale', { seen: approves.version, version: text.version });
  }
  // The text and the calls lie in entries that not every board may see: the completion names them as its proof.
  const calls = (a.contacts[row.id] ?? []).flatMap((contact) => contact.calls.map((call) => call.seq));
  const proofs = [...(step.text ? [step.text.seq] : []), ...calls].sort((x, y) => x - y);
  const payload: Payloads['stepCompleted'] = { step: row.id, evidence: command.evidence, proofs };
  if (approves) payload.approves = approves;
  return [{ type: 'stepCompleted', payload }];
}

/** Each of the five may record what the préfet or the directeur said, whatever the rows that they work: oral until confirmed. */
function recordsForDecider(context: Context): boolean {
  return (context.for === 'prefet' || context.for === 'directeur') && FIVE.some((right) => context.rights.includes(right));
}

/** Said again in the same words: already true. Another reason is not lost in silence, it is refused. */
function isSaid(step: Readonly<StepState>, { reason }: { reason: Sealed }): boolean {
  return step.reason?.digest === reason.digest;
}

function isThere(step: Readonly<StepState>, evidence: readonly Evidence[]): boolean {
  const there = new Set(sealedIn(step.evidence).map((sealed) => sealed.digest));
  return sealedIn(evidence).every((sealed) => there.has(sealed.digest));
}

/** A visa of another version of the text, or of another text, is another visa. */
function isApproved({ approval }: Readonly<StepState>, { approves }: CommandOf<'complete-step'>): boolean {
  return approves === undefined || (approval?.step === approves.step && approval.version === approves.version);
}

/** The visa is given in one's own name, or recorded for the préfet or the directeur. */
function canGiveVisa(a: Readonly<Activation>, context: Context): boolean {
  if (recordsForDecider(context)) return true;
  if (a.lane === 'exercise' && context.rights.includes('planificateur')) return true;
  return DECIDERS.some((right) => context.rights.includes(right));
}

export function isOpen(a: Readonly<Activation>, step: string): boolean {
  const status = a.steps[step]?.status ?? 'todo';
  return status === 'todo' || status === 'under-way';
}

function stale(seen: number, step: Readonly<StepState>): Refusal {
  return refuse('stale', { seen, version: step.version });
}

function settled(step: Readonly<StepState>): Refusal {
  return refuse('step-already-settled', { step: step.id, status: step.status });
}

export function stepOf(a: Readonly<Activation>, id: string): Readonly<StepState> {
  return a.steps[id] ?? newStep(id);
}

export function newStep(id: string): StepState {
  return { id, status: 'todo', version: 0, evidence: [], proofs: [], rounds: [] };
}

type StepEvents = Pick<
  Payloads, 'stepAssigned' | 'stepStarted' | 'stepTextWritten' | 'evidenceAdded' | 'stepCompleted' | 'stepNotApplicable'
  | 'stepOutsideCause' | 'stepReopened'
>;
export type StepEntry = { [T in keyof StepEvents]: Entry<T, StepEvents[T]> }[keyof StepEvents];

export function evolveStep(a: Activation, entry: StepEntry): void {
  const step = (a.steps[entry.payload.step] ??= newStep(entry.payload.step));
  const at = toMs(entry.occurredAt);
  step.proofs.push(entry.seq);
  switch (entry.type) {
    case 'stepAssigned':
      step.assignee = entry.payload.to;
      return;
    case 'stepStarted':
      step.status = 'under-way';
      step.startedAt = at;
      step.assignee ??= entry.by;
      return;
    case 'stepTextWritten':
      step.text = { sealed: entry.payload.text, version: entry.payload.version, seq: entry.seq, by: entry.by, at };
      step.version = entry.seq;
      return;
    case 'evidenceAdded':
      step.evidence.push({ seq: entry.seq, item: entry.payload.evidence });
      return;
    case 'stepCompleted':
      for (const item of entry.payload.evidence) step.evidence.push({ seq: entry.seq, item });
      step.provenBy = entry.payload.proofs;
      step.proofs = [...new Set([...step.proofs, ...entry.payload.proofs])];
      if (entry.payload.approves) step.approval = { ...entry.payload.approves, seq: entry.seq };
      step.version = entry.seq;
      if (a.plan.rows.find((row) => row.id === step.id)?.every !== undefined) {
        // A step that comes back stays under way until the end.
        step.rounds.push(entry.seq);
        step.status = 'under-way';
        step.startedAt ??= at;
        return;
      }
      settle(step, 'done', entry, at);
      return;
    case 'stepNotApplicable':
      step.category = entry.payload.category;
      step.reason = entry.payload.reason;
      step.authorisedBy = entry.payload.authorisedBy;
      step.version = entry.seq;
      settle(step, 'not-applicable', entry, at);
      return;
    case 'stepOutsideCause':
      step.reason = entry.payload.reason;
      step.version = entry.seq;
      if (step.status === 'done') step.status = 'outside-cause';
      else settle(step, 'outside-cause', entry, at);
      return;
    case 'stepReopened':
      step.status = step.startedAt === undefined ? 'todo' : 'under-way';
      step.version = entry.seq;
      for (const key of ['doneAt', 'doneRecordedAt', 'doneBy', 'doneFor', 'approval', 'category', 'authorisedBy', 'reason', 'provenBy'] as const) delete step[key];
      step.reason = entry.payload.reason;
      return;
  }
}

function settle(step: StepState, status: StepState['status'], entry: Entry, at: Ms): void {
  step.status = status;
  step.doneAt = at;
  // What was written of it after the time at which it is said to have been done began no later than that.
  if (step.startedAt !== undefined) step.startedAt = Math.min(step.startedAt, at);
  step.doneRecordedAt = toMs(entry.recordedAt);
  step.doneBy = entry.by;
  if (entry.for) step.doneFor = entry.for;
}

import type { FunctionCode } from '../../../domain/entry.js';
import { rowOf } from '../../../domain/plan/timing.js';
import { DECIDERS, mayIssue, type Right } from '../../../domain/rights.js';
import type { Activation, FunctionState } from '../../../domain/state.js';
import type { Ms } from '../../../domain/time.js';
import { stepShown, type StepShown } from '../../../domain/views/steps.js';

/** The steps of the plan that the on-call agent does from a telephone, by their ids in the plan that ships. */
export const CHARGE = 'P01';
export const REFLEX = 'P02';
export const RECALL = 'P03';

export interface Charge {
  /** What this person takes: the direction for those who decide, the on-call function for the others. */
  role: FunctionCode;
  /** They may, and nobody of theirs holds it yet. */
  mayTake: boolean;
  mine: boolean;
  own: FunctionState;
  direction: FunctionState;
  /** 47.1 in the plan; an important event has none. */
  step: StepShown | undefined;
}

export interface Gestures {
  charge: Charge;
  reflex: StepShown | undefined;
  recall: StepShown | undefined;
  /** The first of them that waits for this person. */
  next: 'charge' | 'reflex' | 'recall' | undefined;
}

/** What the three large buttons show, from the state that every screen shares. */
export function gestures(a: Readonly<Activation>, me: { account: string; rights: readonly Right[] }, now: Ms): Gestures {
  const shown = (id: string) => {
    const row = rowOf(a, id);
    return row && stepShown(a, row, now);
  };
  const role: FunctionCode = DECIDERS.some((right) => me.rights.includes(right)) ? 'DC' : 'AA';
  const own = a.functions[role];
  const mine = own.holder === me.account;
  const mayTake = a.life === 'running' && mayIssue(me.rights, 'take-function', a.lane) && own.holder === undefined;
  const charge: Charge = { role, mayTake, mine, own, direction: a.functions.DC, step: shown(CHARGE) };
  const reflex = shown(REFLEX);
  const recall = shown(RECALL);
  const open = (step: StepShown | undefined) => step !== undefined && (step.step.status === 'todo' || step.step.status === 'under-way');
  const works = a.life === 'running' && mayIssue(me.rights, 'complete-step', a.lane);
  const next = mayTake ? 'charge' : works && open(reflex) ? 'reflex' : works && open(recall) ? 'recall' : undefined;
  return { charge, reflex, recall, next };
}

import type { FunctionCode } from '../../../domain/entry.js';
import { mayHold } from '../../../domain/people/functions.js';
import { mayWork } from '../../../domain/plan/steps.js';
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
  /** They may relieve whoever holds it, themselves included. */
  mayRelieve: boolean;
  mine: boolean;
  own: FunctionState;
  direction: FunctionState;
  /** 47.1 in the plan; an important event has none. */
  step: StepShown | undefined;
}

export interface Gesture {
  step: StepShown;
  /** This person may do it now; the others see how it stands. */
  mayDo: boolean;
}

export interface Gestures {
  charge: Charge;
  reflex: Gesture | undefined;
  recall: Gesture | undefined;
  /** The first of them that waits for this person. */
  next: 'charge' | 'reflex' | 'recall' | undefined;
}

/** What the three large buttons show, from the state that every screen shares. */
export function gestures(a: Readonly<Activation>, me: { account: string; rights: readonly Right[] }, now: Ms): Gestures {
  const running = a.life === 'running';
  const gesture = (id: string): Gesture | undefined => {
    const row = rowOf(a, id);
    return row && { step: stepShown(a, row, now), mayDo: running && mayWork(me.rights, row, a.lane) };
  };
  const role: FunctionCode = DECIDERS.some((right) => me.rights.includes(right)) ? 'DC' : 'AA';
  const own = a.functions[role];
  const mine = own.holder === me.account;
  const mayTake = running && own.holder === undefined && mayHold(me.rights, role, a.lane);
  const mayRelieve = running && own.holder !== undefined && mayIssue(me.rights, 'relieve-function', a.lane);
  const charge: Charge = { role, mayTake, mayRelieve, mine, own, direction: a.functions.DC, step: gesture(CHARGE)?.step };
  const reflex = gesture(REFLEX);
  const recall = gesture(RECALL);
  const waits = (one: Gesture | undefined) => one?.mayDo === true && (one.step.step.status === 'todo' || one.step.step.status === 'under-way');
  const next = mayTake ? 'charge' : waits(reflex) ? 'reflex' : waits(recall) ? 'recall' : undefined;
  return { charge, reflex, recall, next };
}

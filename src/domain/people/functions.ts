import type { CommandOf, Context, Trained } from '../commands.js';
import { FUNCTIONS, type Entry, type FunctionCode } from '../entry.js';
import type { NewEvent, Payloads } from '../events.js';
import { timesOf, runningRows } from '../plan/timing.js';
import { isRefusal, refuse, type Refusal } from '../refusal.js';
import { DECIDERS, FIVE, type Right } from '../rights.js';
import type { Activation, FunctionState } from '../state.js';
import { toInstant, toMs } from '../time.js';

type Decision = NewEvent[] | Refusal;

/** 47.1: the directeur de cabinet or the sous-préfet on duty: nobody else holds that function for real. */
export function mayHold(rights: readonly Right[], code: FunctionCode, lane: Activation['lane']): boolean {
  if (lane === 'exercise' && rights.includes('planificateur')) return true;
  if (code === 'DC') return DECIDERS.some((right) => rights.includes(right));
  return FIVE.some((right) => rights.includes(right)) || ((code === 'CC' || code === 'TS') && rights.includes('cip'));
}

/** The five move functions that others hold; so does the planner in an exercise. */
function mayMoveOthers(a: Readonly<Activation>, { rights }: Context): boolean {
  return FIVE.some((right) => rights.includes(right)) || (a.lane === 'exercise' && rights.includes('planificateur'));
}

export function takeFunction(a: Readonly<Activation>, command: CommandOf<'take-function'>, context: Context): Decision {
  const holder = command.holder ?? context.by;
  const forAnother = holder !== context.by;
  if (forAnother && !mayMoveOthers(a, context)) return refuse('forbidden', { function: command.function });
  const rights = forAnother ? command.holderRights ?? [] : context.rights;
  if (!mayHold(rights, command.function, a.lane)) return refuse('forbidden', { function: command.function });
  const held = a.functions[command.function].holder;
  if (held === holder) return [];
  if (held !== undefined) return refuse('function-held', { function: command.function, holder: held });
  const overridden = override(command.function, holder, command);
  if (isRefusal(overridden)) return overridden;
  return [{ type: 'functionTaken', payload: { function: command.function, holder } }, ...overridden];
}

/** Handing over says what is open, due and promised; the successor accepts. */
export function offerHandover(a: Readonly<Activation>, command: CommandOf<'offer-handover'>, context: Context): Decision {
  const state = a.functions[command.function];
  if (state.holder === undefined) return refuse('function-free', { function: command.function });
  if (state.holder !== context.by && !mayMoveOthers(a, context)) return refuse('not-the-holder', { function: command.function });
  if (state.holder === command.to || state.offer?.to === command.to) return [];
  const overridden = override(command.function, command.to, command);
  if (isRefusal(overridden)) return overridden;
  return [{
    type: 'handoverOffered',
    payload: { function: command.function, from: state.holder, to: command.to, ...handedOver(a, command.function) },
  }, ...overridden];
}

/** 47.2, 50.2: somebody whose training does not cover it may hold it all the same: it takes a reason, and shows. */
function override(code: FunctionCode, holder: string, { lacks = [], why }: Trained): Decision {
  if (lacks.length === 0) return [];
  if (!why) return refuse('qualification-needed', { function: code, holder, lacks: lacks.join(' ') });
  return [{ type: 'qualificationOverridden', payload: { function: code, holder, why, lacks: [...lacks] } }];
}

/** What the holder of a function leaves to the successor: open steps, their times, promises not kept. */
export function handedOver(a: Readonly<Activation>, code: FunctionCode): Pick<Payloads['handoverOffered'], 'open' | 'due' | 'promised'> {
  const open = runningRows(a).filter((row) => {
    const status = a.steps[row.id]?.status ?? 'todo';
    return row.functions.includes(code) && (status === 'todo' || status === 'under-way');
  });
  const due = open.flatMap((row) => {
    const { target, deadline } = timesOf(a, row);
    const at = deadline ?? target;
    return at === undefined ? [] : [{ step: row.id, at: toInstant(at) }];
  });
  const holder = a.functions[code].holder;
  const promised = a.promises.filter((promise) => !promise.kept && !promise.reserved && promise.by === holder).map((promise) => promise.seq);
  return { open: open.map((row) => row.id), due, promised };
}

export function acceptHandover(a: Readonly<Activation>, command: CommandOf<'accept-handover'>, context: Context): Decision {
  const { holder, offer } = a.functions[command.function];
  if (holder === context.by) return [];
  if (!offer || offer.to !== context.by) return refuse('no-offer', { function: command.function });
  if (!mayHold(context.rights, command.function, a.lane)) return refuse('forbidden', { function: command.function });
  return [{ type: 'handoverAccepted', payload: { function: command.function, from: offer.from, to: offer.to } }];
}

/** Anybody of the five may relieve: a telephone that is dead cannot hand over. */
export function relieveFunction(a: Readonly<Activation>, command: CommandOf<'relieve-function'>, context: Context): Decision {
  const { holder } = a.functions[command.function];
  if (holder === undefined) return [];
  if (holder !== context.by && !mayMoveOthers(a, context)) return refuse('not-the-holder', { function: command.function });
  return [{ type: 'functionRelieved', payload: { function: command.function, holder } }];
}

export function noFunctions(): Record<FunctionCode, FunctionState> {
  return Object.fromEntries(FUNCTIONS.map((code) => [code, {}])) as Record<FunctionCode, FunctionState>;
}

type FunctionEvents = Pick<Payloads, 'functionTaken' | 'handoverOffered' | 'handoverAccepted' | 'functionRelieved' | 'qualificationOverridden'>;
export type FunctionEntry = { [T in keyof FunctionEvents]: Entry<T, FunctionEvents[T]> }[keyof FunctionEvents];

export function evolveFunction(a: Activation, entry: FunctionEntry): void {
  const at = toMs(entry.occurredAt);
  const code = entry.payload.function;
  switch (entry.type) {
    case 'functionTaken':
      a.functions[code] = { holder: entry.payload.holder, since: at, seq: entry.seq };
      return;
    case 'handoverOffered': {
      const { from, to, open, due, promised } = entry.payload;
      const offer = { from, to, seq: entry.seq, at, open, promised, due: due.map((one) => ({ step: one.step, at: toMs(one.at) })) };
      a.functions[code] = { ...a.functions[code], offer };
      return;
    }
    case 'handoverAccepted': {
      const overridden = a.functions[code].offer?.overridden;
      a.functions[code] = { holder: entry.payload.to, since: at, seq: entry.seq, ...(overridden ? { overridden } : {}) };
      return;
    }
    case 'qualificationOverridden': {
      const { lacks, why, holder } = entry.payload;
      const overridden = { lacks, why, seq: entry.seq };
      const state = a.functions[code];
      if (state.offer?.to === holder) state.offer.overridden = overridden;
      else state.overridden = overridden;
      return;
    }
    case 'functionRelieved':
      a.functions[code] = {};
      return;
  }
}

/** The functions that an account holds here. */
export function heldBy(a: Readonly<Activation>, account: string): FunctionCode[] {
  return FUNCTIONS.filter((code) => a.functions[code].holder === account);
}

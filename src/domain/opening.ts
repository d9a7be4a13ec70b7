import { checkT0, startClock } from './clock/clocks.js';
import { atRealPace } from './clock/exercise-clock.js';
import type { CommandOf, Context } from './commands.js';
import type { Entry } from './entry.js';
import type { NewEvent, Payloads } from './events.js';
import { isRefusal, refuse, type Refusal } from './refusal.js';
import { DECIDERS, type Right } from './rights.js';
import type { Activation } from './state.js';
import { MINUTE, toInstant, toMs, type Ms } from './time.js';

type Decision = NewEvent[] | Refusal;

/** How long a declaration waits for « rattacher à … / autre événement » before it opens its own activation. */
export const DECLARATION_WAITS: Ms = 2 * MINUTE;

/** At three in the morning little is known: opening asks for nothing that can come afterwards. */
export function open(a: Readonly<Activation>, command: CommandOf<'open'>, context: Context): Decision {
  if (a.life !== 'unopened') return a.openedBy === context.by && a.id === command.id ? [] : refuse('already-open');
  // A test has no hour of its own, and nobody's time but the real one.
  if (command.lane === 'test' && command.t0 !== undefined) return refuse('another-lane');
  if (command.lane !== 'exercise' && command.segment) return refuse('another-lane', { speed: command.segment.speed });
  const { kind, prefecture, departement, timeZone, segment, plan, facts } = command;
  const events: NewEvent[] = [
    { type: 'activationOpened', payload: { format: 1, kind, prefecture, departement, timeZone, ...(segment ? { segment } : {}) } },
    { type: 'planFrozen', payload: { plan, facts, ...(command.phones ? { phones: true } : {}) } },
  ];
  if (command.title) events.push({ type: 'titleSet', payload: { title: command.title } });
  if (command.t0 !== undefined) {
    const checked = checkT0(command.t0, context, command.confirmOld);
    if (isRefusal(checked)) return checked;
    events.push({
      type: 'clockStarted', payload: { clock: kind, t0: toInstant(command.t0), ...checked }, occurredAt: Math.min(command.t0, context.now),
    });
  }
  if (command.synergi !== undefined) events.push({ type: 'synergiNumberRecorded', payload: { number: command.synergi } });
  return events;
}

/**
 * A wrong number is corrected by a new entry that names the former. A declaration of that number that waits here was this
 * event: it is answered, and its T0 is not lost.
 */
export function recordSynergiNumber(a: Readonly<Activation>, command: CommandOf<'record-synergi-number'>, { now }: Context): Decision {
  const { number } = command;
  const waiting = a.declarations.find((one) => one.number === number);
  const t0 = command.t0 ?? waiting?.t0;
  if (!waiting && a.synergi?.number === number && (t0 === undefined || a.synergi.t0 === t0)) return [];
  return [...(waiting ? [attachedHere(a, waiting)] : []), ...attach(a, number, t0, now)];
}

/** A new number while a real activation without number runs: its T0 is kept, and somebody says whose it is. */
export function receiveDeclaration(a: Readonly<Activation>, command: CommandOf<'receive-declaration'>, context: Context): Decision {
  const { declaration, number, t0, confirmOld } = command;
  // The number was typed by hand before its T0 was known: nobody has to say whose it is. With another T0, correct it.
  if (a.synergi?.number === number) return startClock(a, 'cod', t0, context, { confirmOld });
  if (a.declarations.some((waiting) => waiting.number === number && waiting.t0 === t0)) return [];
  const checked = checkT0(t0, context, confirmOld);
  if (isRefusal(checked)) return checked;
  return [{ type: 'declarationReceived', payload: { declaration, number, t0: toInstant(t0) } }];
}

export function answerDeclaration(a: Readonly<Activation>, command: CommandOf<'answer-declaration'>, { now }: Context): Decision {
  const waiting = a.declarations.find((one) => one.id === command.declaration);
  if (!waiting) return refuse('unknown-declaration');
  if (command.to === null) return [{ type: 'declarationAnswered', payload: { ...declared(waiting), answer: 'other' } }];
  if (command.to !== a.id) return [{ type: 'declarationAnswered', payload: { ...declared(waiting), answer: 'attached', to: command.to } }];
  if (a.synergi && a.synergi.number !== waiting.number) return refuse('has-synergi-number', { number: a.synergi.number });
  return [attachedHere(a, waiting), ...attach(a, waiting.number, waiting.t0, now)];
}

type Waiting = Activation['declarations'][number];

function declared({ id, number, t0 }: Waiting): Pick<Payloads['declarationAnswered'], 'declaration' | 'number' | 't0'> {
  return { declaration: id, number, t0: toInstant(t0) };
}

function attachedHere(a: Readonly<Activation>, waiting: Waiting): NewEvent {
  return { type: 'declarationAnswered', payload: { ...declared(waiting), answer: 'attached', to: a.id } };
}

/**
 * The number and the T0 of SYNERGI come to this activation: an important event gains its COD clock this way. Where that
 * clock runs already, SYNERGI's T0 is kept beside the number: correcting the clock asks for somebody's reason.
 */
function attach(a: Readonly<Activation>, number: string, t0: Ms | undefined, now: Ms): NewEvent[] {
  const recorded: NewEvent = {
    type: 'synergiNumberRecorded', payload: { number, ...(t0 === undefined ? {} : { t0: toInstant(t0) }) },
    ...(a.synergi ? { corrects: a.synergi.seq } : {}),
  };
  if (t0 === undefined || a.clocks.cod || a.life !== 'running') return [recorded];
  return [{ type: 'clockStarted', payload: { clock: 'cod', t0: toInstant(t0) }, occurredAt: Math.min(t0, now) }, recorded];
}

export function expireDeclaration(a: Readonly<Activation>, command: CommandOf<'expire-declaration'>): Decision {
  return a.declarations.filter((one) => one.id === command.declaration).map(unanswered);
}

function unanswered(waiting: Waiting): NewEvent {
  return { type: 'declarationAnswered', payload: { ...declared(waiting), answer: 'unanswered' } };
}

export function expiredDeclarations(a: Readonly<Activation>, now: Ms): CommandOf<'expire-declaration'>[] {
  return a.declarations
    .filter((one) => one.receivedAt + DECLARATION_WAITS <= now)
    .map((one) => ({ type: 'expire-declaration', declaration: one.id }));
}

/** What is said of the event, each by its own entry, now or later. */
export function describe(
  a: Readonly<Activation>, command: CommandOf<'set-event-type' | 'declare-fact' | 'set-title' | 'set-communes' | 'record-decider'>,
): Decision {
  switch (command.type) {
    case 'set-event-type':
      return a.eventType === command.eventType ? [] : [{ type: 'eventTypeSet', payload: { eventType: command.eventType } }];
    case 'declare-fact':
      return a.facts[command.fact] === command.holds ? [] : [{ type: 'factDeclared', payload: { fact: command.fact, holds: command.holds } }];
    case 'set-title':
      return a.title?.digest === command.title.digest ? [] : [{ type: 'titleSet', payload: { title: command.title } }];
    case 'set-communes': {
      const communes = [...new Set(command.communes)].sort();
      return communes.join() === a.communes.join() ? [] : [{ type: 'communesSet', payload: { communes } }];
    }
    case 'record-decider':
      return a.decider === command.decider ? [] : [{ type: 'deciderRecorded', payload: { decider: command.decider } }];
  }
}

/** The end is the préfet's or the directeur's, or recorded for one of them. */
export function end(a: Readonly<Activation>, context: Context): Decision {
  if (a.life === 'ended') return [];
  const inOwnName = DECIDERS.some((right: Right) => context.rights.includes(right));
  const rehearsed = a.lane === 'exercise' && context.rights.includes('planificateur');
  if (!inOwnName && !rehearsed && context.for !== 'prefet' && context.for !== 'directeur') return refuse('visa-needed');
  return [...a.declarations.map(unanswered), { type: 'activationEnded', payload: {} }, ...atRealPace(a, context)];
}

/** What still waits for an answer is another event's T0: it opens its own activation rather than vanish with this one. */
export function cancel(a: Readonly<Activation>, command: CommandOf<'cancel-opening'>, context: Context): NewEvent[] {
  return [...a.declarations.map(unanswered), { type: 'openedByMistake', payload: { reason: command.reason } }, ...atRealPace(a, context)];
}

type OpeningEvents = Pick<
  Payloads, 'activationOpened' | 'planFrozen' | 'synergiNumberRecorded' | 'eventTypeSet' | 'factDeclared' | 'titleSet' | 'communesSet'
  | 'deciderRecorded' | 'declarationReceived' | 'declarationAnswered' | 'activationEnded' | 'activationSealed' | 'openedByMistake'
>;
export type OpeningEntry = { [T in keyof OpeningEvents]: Entry<T, OpeningEvents[T]> }[keyof OpeningEvents];

export function evolveOpening(a: Activation, entry: OpeningEntry): void {
  switch (entry.type) {
    case 'activationOpened': {
      const { kind, prefecture, departement, timeZone, segment } = entry.payload;
      Object.assign(a, { id: entry.activation, lane: entry.lane, life: 'running', kind, prefecture, departement, timeZone });
      a.openedAt = toMs(entry.occurredAt);
      a.openedBy = entry.by;
      if (segment) a.segments.push(segment);
      return;
    }
    case 'planFrozen':
      a.plan = entry.payload.plan;
      a.facts = { ...entry.payload.facts };
      if (entry.payload.phones) a.phones = true;
      return;
    case 'synergiNumberRecorded':
      a.synergi = { number: entry.payload.number, seq: entry.seq, ...(entry.payload.t0 ? { t0: toMs(entry.payload.t0) } : {}) };
      return;
    case 'eventTypeSet':
      a.eventType = entry.payload.eventType;
      return;
    case 'factDeclared':
      a.facts[entry.payload.fact] = entry.payload.holds;
      return;
    case 'titleSet':
      a.title = entry.payload.title;
      return;
    case 'communesSet':
      a.communes = entry.payload.communes;
      return;
    case 'deciderRecorded':
      a.decider = entry.payload.decider;
      return;
    case 'declarationReceived': {
      const { declaration, number, t0 } = entry.payload;
      a.declarations.push({ id: declaration, number, t0: toMs(t0), receivedAt: toMs(entry.recordedAt), seq: entry.seq });
      return;
    }
    case 'declarationAnswered':
      a.declarations = a.declarations.filter((one) => one.id !== entry.payload.declaration);
      return;
    case 'activationEnded':
      a.life = 'ended';
      a.endedAt = toMs(entry.occurredAt);
      return;
    case 'activationSealed':
      a.life = 'sealed';
      a.sealedAt = toMs(entry.occurredAt);
      return;
    case 'openedByMistake':
      a.life = 'cancelled';
      a.endedAt = toMs(entry.occurredAt);
      delete a.synergi;
      return;
  }
}

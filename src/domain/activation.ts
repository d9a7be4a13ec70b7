import { AHEAD_ACCEPTED, correctClock, evolveClock, orderNu, startClock } from './clock/clocks.js';
import { heedNoStep, setExerciseClock } from './clock/exercise-clock.js';
import { timeInside } from './clock/exercise-time.js';
import type { Command, Context, EngineCommand, Obligation } from './commands.js';
import { ENGINE, type Audience, type Entry, type Source, type Withheld } from './entry.js';
import { EVENT_TYPES, type ActivationEntry, type EventType, type NewEvent } from './events.js';
import { dueStatement, nextStatementAt, recordStatement, requestStatement } from './evidence/statement.js';
import { confirmOral, eraseText, evolveLog, keepPromise, logNote, noteOral } from './log.js';
import * as opening from './opening.js';
import { evolveCalls, pasteCallList, recordCall } from './outreach/direct-calls.js';
import { acknowledge, answerCallIn, askForPerson, evolveAnswers, receiveReply } from './outreach/answers.js';
import { cancelAttempts, evolveAttempts, intendAttempts, moveAttempts } from './outreach/attempts.js';
import { changeAccount, changeCampaignText, evolveCampaigns, startCampaign, steerCampaign } from './outreach/campaigns.js';
import { declareOperational, evolveOperational } from './outreach/operational.js';
import { dueOutreach, nextOutreachAt } from './outreach/due.js';
import { evolveOutside, importOutsideResults, recordOutsideCampaign } from './outreach/outside.js';
import { evolvePerimeter, freezePerimeter, noOutreach, refuseCircle } from './outreach/perimeter.js';
import { claimCall, evolveQueue, recordDirectCall, releaseCall } from './outreach/queue.js';
import { acceptHandover, evolveFunction, noFunctions, offerHandover, relieveFunction, takeFunction } from './people/functions.js';
import { completeByProof, provenSteps } from './plan/proven.js';
import { decideStep, evolveStep, isOpen } from './plan/steps.js';
import { dueWarnings, nextWarningAt, wasRaised } from './plan/warnings.js';
import { refuse, type Refusal } from './refusal.js';
import { mayIssue, PERMISSIONS } from './rights.js';
import type { Activation } from './state.js';
import { toInstant, toMs, type Instant, type Ms } from './time.js';

export { effects, type Effect } from './requests.js';

/** What nothing has happened to yet. */
export function initial(id: string): Activation {
  return {
    id, lane: 'real', life: 'unopened', seq: 0, recordedAt: 0, kind: 'cod', prefecture: '', departement: '', timeZone: 'Europe/Paris',
    segments: [], openedAt: 0, openedBy: '',
    plan: { id: '', version: 0, title: '', clauses: [], groups: [], rows: [], minutes: { important: 60, cod: 60, nu: 60, ciav: 60 } },
    clocks: {}, communes: [], facts: {}, declarations: [], functions: noFunctions(), steps: {}, warned: {}, contacts: {}, outreach: noOutreach(), campaigns: {}, accountChanges: [], orals: [],
    promises: [], statement: { requestedFor: [], written: [] }, requests: {}, outages: [], erased: {}, notes: 0, people: [],
  };
}

export function fold(id: string, entries: Iterable<ActivationEntry | Withheld>): Activation {
  const a = initial(id);
  for (const entry of entries) evolve(a, entry);
  return a;
}

/** The time inside the activation when the wall clock shows `wall`: exercise time in an exercise. */
export function nowInside(a: Readonly<Activation>, wall: Ms): Ms {
  return timeInside(a.segments, wall);
}

/** An order may still be recorded in the review, between the end and the seal. */
const IN_REVIEW = new Set<Command['type']>([
  'start-clock', 'correct-clock', 'record-synergi-number', 'set-event-type', 'declare-fact', 'set-title', 'set-communes', 'record-decider', 'assign-step',
  'start-step', 'write-step-text', 'add-evidence', 'complete-step', 'mark-not-applicable', 'mark-outside-cause', 'reopen-step',
  'paste-call-list', 'record-call', 'record-outside-campaign', 'import-outside-results', 'record-direct-call', 'confirm-oral', 'log-note', 'log-direction-note', 'keep-promise', 'erase-text', 'end', 'seal',
  'cancel-opening', 'complete-by-proof', 'record-statement', 'settle-requests',
  // What rang when the hour ended may still be answered: late acknowledgements count, as late.
  'move-attempts', 'acknowledge', 'ask-for-person', 'receive-reply', 'answer-call-in',
]);
/** May I? Events, or a refusal; `[]` = already true: repeating is harmless. */
export function decide(a: Readonly<Activation>, command: Command, context: Context): NewEvent[] | Refusal {
  const lane = command.type === 'open' ? command.lane : a.lane;
  if (!isAllowed(command.type, lane, context)) return refuse('forbidden', { command: command.type });
  // A board that has not heard of a pause yet counts on at the speed it knew: two minutes of ours, at that speed.
  const fastest = Math.max(1, ...a.segments.map(({ speed }) => speed));
  if (context.occurredAt !== undefined && context.occurredAt > context.now + AHEAD_ACCEPTED * fastest) {
    return refuse('in-the-future', { declared: toInstant(context.occurredAt), ours: toInstant(context.now) });
  }
  if (command.type === 'open') return opening.open(a, command, context);
  if (a.life === 'unopened') return refuse('not-open');
  if (a.life === 'cancelled' && command.type !== 'erase-text') return command.type === 'cancel-opening' ? [] : refuse('cancelled');
  if (a.life === 'sealed' && command.type !== 'erase-text') return command.type === 'seal' ? [] : refuse('sealed');
  if (a.life === 'ended' && !IN_REVIEW.has(command.type)) return refuse('ended');
  return decideRunning(a, command, context);
}

/** Whether this author may issue such a command in that lane at all. */
export function isAllowed(type: Command['type'], lane: Entry['lane'], { by, rights, allowed }: Pick<Context, 'by' | 'rights' | 'allowed'>): boolean {
  if (by === ENGINE) return true;
  return allowed ? allowed.includes(type) && PERMISSIONS[type].token === true : mayIssue(rights, type, lane);
}

function decideRunning(a: Readonly<Activation>, command: Exclude<Command, { type: 'open' }>, context: Context): NewEvent[] | Refusal {
  switch (command.type) {
    case 'start-clock':
      return command.clock === 'nu' ? refuse('visa-needed') : startClock(a, command.clock, command.t0, context, command);
    case 'correct-clock': return correctClock(a, command, context);
    case 'order-nu': return orderNu(a, command, context);
    case 'record-synergi-number': return opening.recordSynergiNumber(a, command, context);
    case 'receive-declaration': return opening.receiveDeclaration(a, command, context);
    case 'answer-declaration': return opening.answerDeclaration(a, command, context);
    case 'set-event-type':
    case 'declare-fact':
    case 'set-title':
    case 'set-communes':
    case 'record-decider': return opening.describe(a, command);
    case 'take-function': return takeFunction(a, command, context);
    case 'offer-handover': return offerHandover(a, command, context);
    case 'accept-handover': return acceptHandover(a, command, context);
    case 'relieve-function': return relieveFunction(a, command, context);
    case 'assign-step':
    case 'start-step':
    case 'write-step-text':
    case 'add-evidence':
    case 'complete-step':
    case 'mark-not-applicable':
    case 'mark-outside-cause':
    case 'reopen-step': return decideStep(a, command, context);
    case 'paste-call-list': return pasteCallList(a, command, context);
    case 'record-call': return recordCall(a, command, context);
    case 'freeze-perimeter': return freezePerimeter(a, command);
    case 'refuse-circle': return refuseCircle(a, command);
    case 'record-outside-campaign': return recordOutsideCampaign(a, command, context);
    case 'import-outside-results': return importOutsideResults(a, command, context);
    case 'claim-call': return claimCall(a, command, context);
    case 'release-call': return releaseCall(a, command, context);
    case 'record-direct-call': return recordDirectCall(a, command);
    case 'start-campaign': return startCampaign(a, command);
    case 'change-campaign-text': return changeCampaignText(a, command);
    case 'pause-campaign':
    case 'resume-campaign':
    case 'stop-campaign': return steerCampaign(a, command);
    case 'answer-call-in': return answerCallIn(a, command, context);
    case 'declare-operational': return declareOperational(a, command);
    case 'confirm-oral': return confirmOral(a, command, context);
    case 'log-note':
    case 'log-direction-note': return logNote(a, command);
    case 'keep-promise': return keepPromise(a, command);
    case 'erase-text': return eraseText(a, command);
    case 'pause-exercise':
    case 'resume-exercise':
    case 'set-exercise-speed': return setExerciseClock(a, command, context);
    case 'end': return opening.end(a, context);
    case 'seal': return a.life === 'ended' ? [{ type: 'activationSealed', payload: {} }] : refuse('not-ended');
    case 'cancel-opening': return opening.cancel(a, command, context);
    default: return decideEngine(a, command, context);
  }
}

function decideEngine(a: Readonly<Activation>, command: EngineCommand, context: Context): NewEvent[] | Refusal {
  if (context.by !== ENGINE) return refuse('engine-only');
  switch (command.type) {
    case 'raise-warnings': {
      // What was settled meanwhile (by its proof, in the same breath) is nobody's worry any more.
      const items = command.items.filter(({ step, kind, dueAt }) => isOpen(a, step) && !wasRaised(a, step, kind, toMs(dueAt)));
      return items.length === 0 ? [] : [{ type: 'warningsRaised', payload: { items } }];
    }
    case 'complete-by-proof': return completeByProof(a, command);
    case 'expire-declaration': return opening.expireDeclaration(a, command);
    case 'request-statement': return requestStatement(a, command);
    case 'record-statement': return recordStatement(a, command);
    case 'settle-requests': {
      const items = command.items.filter(({ effect }) => a.requests[effect] === undefined);
      return items.length === 0 ? [] : [{ type: 'requestsSettled', payload: { items } }];
    }
    case 'intend-attempts': return intendAttempts(a, command);
    case 'move-attempts': return moveAttempts(a, command);
    case 'cancel-attempts': return cancelAttempts(a, command);
    case 'acknowledge': return acknowledge(a, command);
    case 'ask-for-person': return askForPerson(a, command);
    case 'receive-reply': return receiveReply(a, command);
    case 'change-account': return changeAccount(a, command);
    case 'note-outage':
      return [{ type: 'outageNoted', payload: { from: toInstant(nowInside(a, command.from)), to: toInstant(nowInside(a, command.to)) } }];
    case 'note-clock-step':
      return [{ type: 'clockStepped', payload: { byMs: command.byMs } }, ...heedNoStep(a, command.byMs, context)];
  }
}

/** A type or version that this code does not know: a console that meets one reloads. */
export class UnknownEntry extends Error {
  constructor(readonly entry: Pick<Entry, 'type' | 'v' | 'seq'>) {
    super(`entry ${entry.seq}: ${entry.type} version ${entry.v} is not known here`);
  }
}

/** What is true now? The only writer of an Activation; in place, on a state that `fold` made. */
export function evolve(a: Activation, entry: ActivationEntry | Withheld): void {
  if ('withheld' in entry) {
    a.seq = entry.seq;
    return;
  }
  if (EVENT_TYPES[entry.type]?.v !== entry.v) throw new UnknownEntry(entry);
  a.seq = entry.seq;
  a.recordedAt = toMs(entry.recordedAt);
  if (entry.by !== ENGINE && entry.source !== 'api' && !a.people.includes(entry.by)) a.people.push(entry.by);
  noteOral(a, entry);
  switch (entry.type) {
    case 'clockStarted':
    case 'clockCorrected': return evolveClock(a, entry);
    case 'functionTaken':
    case 'handoverOffered':
    case 'handoverAccepted':
    case 'functionRelieved':
    case 'qualificationOverridden': return evolveFunction(a, entry);
    case 'stepAssigned':
    case 'stepStarted':
    case 'stepTextWritten':
    case 'evidenceAdded':
    case 'stepCompleted':
    case 'stepNotApplicable':
    case 'stepOutsideCause':
    case 'stepReopened': return evolveStep(a, entry);
    case 'callListPasted':
    case 'callRecorded': return evolveCalls(a, entry);
    case 'perimeterFrozen':
    case 'targetsFrozen':
    case 'circleRefused': return evolvePerimeter(a, entry);
    case 'outsideCampaignRecorded':
    case 'outsideResultsImported': return evolveOutside(a, entry);
    case 'directCallClaimed':
    case 'directCallReleased':
    case 'directCallRecorded': return evolveQueue(a, entry);
    case 'campaignStarted':
    case 'campaignPeopleFrozen':
    case 'campaignTextChanged':
    case 'campaignPaused':
    case 'campaignResumed':
    case 'campaignStopped':
    case 'accountChanged': return evolveCampaigns(a, entry);
    case 'attemptsIntended':
    case 'attemptsMoved':
    case 'attemptsCancelled': return evolveAttempts(a, entry);
    case 'acknowledged':
    case 'personAsked':
    case 'replyReceived':
    case 'callInAnswered': return evolveAnswers(a, entry);
    case 'operationalDeclared': return evolveOperational(a, entry);
    case 'oralConfirmed':
    case 'noteLogged':
    case 'directionNoteLogged':
    case 'promiseKept':
    case 'textErased': return evolveLog(a, entry);
    case 'warningsRaised':
      for (const { step, kind, dueAt } of entry.payload.items) (a.warned[`${step} ${kind}`] ??= []).push(toMs(dueAt));
      return;
    case 'statementRequested':
      a.statement.requestedFor.push(toMs(entry.payload.dueAt));
      return;
    case 'statementWritten': {
      const { dueAt, file, upTo } = entry.payload;
      a.statement.written.push({ dueAt: toMs(dueAt), at: toMs(entry.occurredAt), file, upTo, seq: entry.seq });
      return;
    }
    case 'requestsSettled':
      for (const { effect, outcome } of entry.payload.items) a.requests[effect] = outcome;
      return;
    case 'outageNoted':
      a.outages.push({ from: toMs(entry.payload.from), to: toMs(entry.payload.to), seq: entry.seq });
      return;
    case 'exerciseSegmentStarted':
      a.segments.push(entry.payload.segment);
      return;
    case 'clockStepped': return;
    default: return opening.evolveOpening(a, entry);
  }
}

/**
 * What does time alone oblige? Commands, issued by `engine`. An activation that ended is obliged to nothing by its
 * clocks; a proof that comes late (the statement asked for before the end) still completes its step.
 */
export function due(a: Readonly<Activation>, now: Ms): Obligation[] {
  if (a.life === 'ended') return provenSteps(a);
  if (a.life !== 'running') return [];
  const items = dueWarnings(a, now);
  return [
    ...provenSteps(a),
    ...dueStatement(a, now),
    ...opening.expiredDeclarations(a, now),
    ...dueOutreach(a, now),
    ...(items.length > 0 ? [{ type: 'raise-warnings', items } as const] : []),
  ];
}

/** The earliest instant at which `due` will have something new to say; a hint for the beat, Infinity for never. */
export function nextDueAt(a: Readonly<Activation>): Ms {
  if (a.life !== 'running') return Infinity;
  const declarations = a.declarations.map((one) => one.receivedAt + opening.DECLARATION_WAITS);
  return Math.min(nextWarningAt(a), nextStatementAt(a), nextOutreachAt(a), ...declarations);
}

export interface Envelope {
  by: string;
  for?: Entry['for'];
  source: Source;
  /** The idempotency key. */
  command: string;
  /** The time inside, by our clock. */
  now: Ms;
  occurredAt?: Ms;
  /** The real time. */
  wall: Ms;
}

/** Numbers, dates and signs events. `recordedAt` never decreases within a journal, whatever the system clock does. */
export function record(a: Readonly<Activation>, events: readonly NewEvent[], envelope: Envelope, lane = a.lane): ActivationEntry[] {
  // What starts a segment is dated by it: the system clock may have just stepped under that exercise.
  const segment = events.find((event) => event.type === 'exerciseSegmentStarted')?.payload.segment;
  const now = segment?.exerciseAt ?? envelope.now;
  const recorded = Math.max(a.recordedAt, now);
  const recordedAt = toInstant(recorded);
  return events.map((event, i) => {
    // After a step back our clock is behind `recordedAt` for a while: what happens then happens at the time that it shows.
    const occurredAt: Instant = toInstant(Math.min(event.occurredAt ?? envelope.occurredAt ?? now, recorded));
    return {
      seq: a.seq + 1 + i, activation: a.id, lane, type: event.type, v: EVENT_TYPES[event.type].v, by: envelope.by,
      ...(envelope.for ? { for: envelope.for } : {}), source: envelope.source, command: envelope.command, occurredAt, recordedAt,
      ...(lane === 'exercise' ? { wallAt: toInstant(envelope.wall) } : {}),
      ...(event.corrects === undefined ? {} : { corrects: event.corrects }),
      payload: event.payload,
    } as ActivationEntry;
  });
}

/** What an audience receives of an entry: all of it, or its number. */
export function maskFor(audience: Audience, entry: ActivationEntry): ActivationEntry | Withheld {
  return EVENT_TYPES[entry.type as EventType].audience.includes(audience) ? entry : { seq: entry.seq, withheld: true };
}

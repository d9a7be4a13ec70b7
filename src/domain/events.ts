import type { CallInAnswer, Gesture, Meaning, Intended, Move, AccountFailure, CampaignMeans, CampaignPerson, Purpose } from './outreach/reaching.js';
import type { Population } from './exercise/behaviour.js';
import type { Audience, Entry, FunctionCode, OnBehalf, Sealed } from './entry.js';
import type { Circle, Dialled, FrozenTarget, OutsideOutcome } from './outreach/targets.js';
import type { Lack } from './people/training.js';
import type { ClockId, Fact, Plan } from './plan/plan.js';
import type { Instant } from './time.js';
import type { Segment } from './clock/exercise-time.js';

export const WARNING_KINDS = ['target', 'minus15', 'minus5', 'deadline'] as const;
export type WarningKind = (typeof WARNING_KINDS)[number];
export interface Warning {
  step: string;
  kind: WarningKind;
  dueAt: Instant;
}

export type Evidence =
  | { kind: 'text'; text: Sealed }
  | { kind: 'link'; url: Sealed }
  | { kind: 'file'; file: Sealed };

export const NOT_APPLICABLE_CATEGORIES = ['not-concerned', 'no-means', 'decided-against', 'done-elsewhere', 'exercise-scope'] as const;
export type NotApplicableCategory = (typeof NOT_APPLICABLE_CATEGORIES)[number];

export const CALL_OUTCOMES = ['acknowledged', 'call-again', 'no-answer', 'wrong-number', 'refused', 'relayed'] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

/** A request shown on a board, left without anybody to read it, or of which we do not know. */
export const REQUEST_OUTCOMES = ['shown', 'nobody', 'failed', 'doubt'] as const;
export type RequestOutcome = (typeof REQUEST_OUTCOMES)[number];

export const DECIDER_ROLES = ['prefet', 'directeur', 'sous-prefet'] as const;
export type DeciderRole = (typeof DECIDER_ROLES)[number];

export interface NotePayload {
  text: Sealed;
  attachments: Sealed[];
  /** What was promised for that time ("prochain point à 04:30"), until it is kept. */
  promisedFor?: Instant;
}

/** Every event there can be, with its payload. English, past tense, frozen once stored. */
export interface Payloads {
  activationOpened: {
    format: 1;
    kind: 'cod' | 'important';
    prefecture: string;
    departement: string;
    timeZone: string;
    /** Exercise time starts here; absent in a real activation. */
    segment?: Segment;
  };
  /** `phones`: there was somebody to call in by telephone, and a telephone to do it. */
  planFrozen: { plan: Plan; facts: Partial<Record<Fact, boolean>>; phones?: true };
  clockStarted: { clock: ClockId; t0: Instant; spokenAt?: Instant; aheadMs?: number };
  clockCorrected: { clock: ClockId; t0: Instant; reason: Sealed; aheadMs?: number };
  /** `t0` is what SYNERGI said, where the number came with a declaration. */
  synergiNumberRecorded: { number: string; t0?: Instant };
  eventTypeSet: { eventType: string };
  factDeclared: { fact: Fact; holds: boolean };
  titleSet: { title: Sealed };
  communesSet: { communes: string[] };
  deciderRecorded: { decider: DeciderRole };
  declarationReceived: { declaration: string; number: string; t0: Instant };
  declarationAnswered: { declaration: string; answer: 'attached' | 'other' | 'unanswered'; number: string; t0: Instant; to?: string };
  functionTaken: { function: FunctionCode; holder: string };
  handoverOffered: {
    function: FunctionCode; from: string; to: string;
    /** What the successor takes over, as it stood: open steps, what is due, what was promised (entry numbers). */
    open: string[]; due: { step: string; at: Instant }[]; promised: number[];
  };
  handoverAccepted: { function: FunctionCode; from: string; to: string };
  functionRelieved: { function: FunctionCode; holder: string };
  /** 47.2, 50.2: taken by, or offered to, somebody whose training does not cover it: all the same, and why. */
  qualificationOverridden: { function: FunctionCode; holder: string; why: Sealed; lacks: Lack[] };
  stepAssigned: { step: string; to: string };
  stepStarted: { step: string };
  stepTextWritten: { step: string; text: Sealed; version: number };
  evidenceAdded: { step: string; evidence: Evidence };
  stepCompleted: {
    step: string; evidence: Evidence[];
    /** The entries that prove it: those for which the engine completes it; the text and the calls, where a person does. */
    proofs: number[];
    /** A visa names the version of the text that was read. */
    approves?: { step: string; version: number };
  };
  stepNotApplicable: { step: string; category: NotApplicableCategory; reason: Sealed; authorisedBy: OnBehalf };
  stepOutsideCause: { step: string; reason: Sealed };
  stepReopened: { step: string; reason: Sealed };
  warningsRaised: { items: Warning[] };
  callListPasted: { step: string; contacts: { person: string; line: Sealed }[] };
  callRecorded: { step: string; person: string; outcome: CallOutcome; note?: Sealed };
  /** `list`: the kept perimeter from which it was made. */
  perimeterFrozen: { circle: Circle; communes: string[]; list?: string };
  targetsFrozen: { circle: Circle; items: FrozenTarget[] };
  circleRefused: { circle: 2; reason: Sealed };
  outsideCampaignRecorded: { campaign: string; circle: Circle; tool: Sealed; text: Sealed; startedAt: Instant; endedAt?: Instant };
  /** `unmatched`: lines of the file that name none of ours. */
  outsideResultsImported: { campaign: string; file: Sealed; results: { person: string; outcome: OutsideOutcome; at: Instant }[]; unmatched: number };
  directCallClaimed: { person: string; until: Instant };
  directCallReleased: { person: string };
  /** `dialled`: which of the person's numbers, by its place in that version of the directory. */
  directCallRecorded: { person: string; outcome: CallOutcome; dialled?: Dialled; note?: Sealed; again?: Instant; onPaper?: true };
  /** Our own automaton: 48.1 officials; 47.1, 47.2, 50.2 a cell called in. What it was told is frozen with it. */
  campaignStarted: { campaign: string; purpose: Purpose; circles: Circle[]; text?: Sealed; after?: string; population?: Population } & CampaignMeans;
  campaignPeopleFrozen: { campaign: string; items: CampaignPerson[] };
  /** `again`: who acknowledged the former text is called again. */
  campaignTextChanged: { campaign: string; text: Sealed; again: boolean };
  campaignPaused: { campaign: string };
  campaignResumed: { campaign: string };
  campaignStopped: { campaign: string };
  attemptsIntended: { campaign: string; items: Intended[] };
  attemptsMoved: { items: Move[] };
  attemptsCancelled: { attempts: string[] };
  /** `version`: of the campaign's words. */
  acknowledged: { person: string; campaign: string; how: Gesture; version: number; attempt?: string };
  personAsked: { attempt: string };
  /** `message`: the provider's own id, by which a repeated delivery is known. */
  replyReceived: { attempt: string; words: Sealed; meaning: Meaning; message: string };
  callInAnswered: { person: string; campaign: string; how: Gesture | 'button'; answer: CallInAnswer; minutes?: number; attempt?: string };
  accountChanged: { from: string; to: string; why: AccountFailure };
  /** P04: declared with who is there: accounts, and people of the directory. */
  operationalDeclared: { people: string[] };
  oralConfirmed: { entry: number };
  noteLogged: NotePayload;
  directionNoteLogged: NotePayload;
  promiseKept: { entry: number };
  textErased: { digest: string; reason: Sealed };
  statementRequested: { dueAt: Instant };
  statementWritten: { dueAt: Instant; file: Sealed; upTo: number };
  requestsSettled: { items: { effect: string; outcome: RequestOutcome }[] };
  outageNoted: { from: Instant; to: Instant };
  clockStepped: { byMs: number };
  exerciseSegmentStarted: { segment: Segment };
  activationEnded: Record<string, never>;
  activationSealed: Record<string, never>;
  openedByMistake: { reason: Sealed };
}

export type EventType = keyof Payloads;
export type ActivationEntry = { [T in EventType]: Entry<T, Payloads[T]> }[EventType];
/** What `decide` answers: an event before it is numbered, timed and signed. */
export type NewEvent = { [T in EventType]: { type: T; payload: Payloads[T]; occurredAt?: number; corrects?: number } }[EventType];

const ALL: readonly Audience[] = ['direction', 'cell', 'wall', 'player'];
const INSIDE: readonly Audience[] = ['direction', 'cell'];
const WALL: readonly Audience[] = ['direction', 'cell', 'wall'];

/** Current payload version of each type, and who may see it. An unknown type or version makes a console reload. */
export const EVENT_TYPES: Record<EventType, { v: number; audience: readonly Audience[] }> = {
  activationOpened: { v: 1, audience: ALL },
  planFrozen: { v: 1, audience: WALL },
  clockStarted: { v: 1, audience: WALL },
  clockCorrected: { v: 1, audience: WALL },
  synergiNumberRecorded: { v: 1, audience: WALL },
  eventTypeSet: { v: 1, audience: WALL },
  factDeclared: { v: 1, audience: WALL },
  titleSet: { v: 1, audience: ALL },
  communesSet: { v: 1, audience: WALL },
  deciderRecorded: { v: 1, audience: WALL },
  declarationReceived: { v: 1, audience: INSIDE },
  declarationAnswered: { v: 1, audience: INSIDE },
  functionTaken: { v: 1, audience: WALL },
  handoverOffered: { v: 1, audience: INSIDE },
  handoverAccepted: { v: 1, audience: WALL },
  functionRelieved: { v: 1, audience: WALL },
  qualificationOverridden: { v: 1, audience: INSIDE },
  stepAssigned: { v: 1, audience: WALL },
  stepStarted: { v: 1, audience: WALL },
  stepTextWritten: { v: 1, audience: INSIDE },
  evidenceAdded: { v: 1, audience: WALL },
  stepCompleted: { v: 1, audience: WALL },
  stepNotApplicable: { v: 1, audience: WALL },
  stepOutsideCause: { v: 1, audience: WALL },
  stepReopened: { v: 1, audience: WALL },
  warningsRaised: { v: 1, audience: WALL },
  callListPasted: { v: 1, audience: INSIDE },
  callRecorded: { v: 1, audience: INSIDE },
  perimeterFrozen: { v: 1, audience: WALL },
  targetsFrozen: { v: 1, audience: WALL },
  circleRefused: { v: 1, audience: WALL },
  outsideCampaignRecorded: { v: 1, audience: WALL },
  outsideResultsImported: { v: 1, audience: WALL },
  directCallClaimed: { v: 1, audience: WALL },
  directCallReleased: { v: 1, audience: WALL },
  directCallRecorded: { v: 1, audience: WALL },
  campaignStarted: { v: 1, audience: WALL },
  campaignPeopleFrozen: { v: 1, audience: WALL },
  campaignTextChanged: { v: 1, audience: WALL },
  campaignPaused: { v: 1, audience: WALL },
  campaignResumed: { v: 1, audience: WALL },
  campaignStopped: { v: 1, audience: WALL },
  attemptsIntended: { v: 1, audience: WALL },
  attemptsMoved: { v: 1, audience: WALL },
  attemptsCancelled: { v: 1, audience: WALL },
  acknowledged: { v: 1, audience: WALL },
  personAsked: { v: 1, audience: WALL },
  replyReceived: { v: 1, audience: INSIDE },
  callInAnswered: { v: 1, audience: WALL },
  accountChanged: { v: 1, audience: WALL },
  operationalDeclared: { v: 1, audience: WALL },
  oralConfirmed: { v: 1, audience: WALL },
  noteLogged: { v: 1, audience: INSIDE },
  directionNoteLogged: { v: 1, audience: ['direction'] },
  promiseKept: { v: 1, audience: INSIDE },
  textErased: { v: 1, audience: INSIDE },
  statementRequested: { v: 1, audience: WALL },
  /** It names the file, whose page quotes the log: whoever may open one may open the other. */
  statementWritten: { v: 1, audience: INSIDE },
  requestsSettled: { v: 1, audience: INSIDE },
  outageNoted: { v: 1, audience: WALL },
  clockStepped: { v: 1, audience: WALL },
  exerciseSegmentStarted: { v: 1, audience: ALL },
  activationEnded: { v: 1, audience: ALL },
  activationSealed: { v: 1, audience: ALL },
  openedByMistake: { v: 1, audience: ALL },
};

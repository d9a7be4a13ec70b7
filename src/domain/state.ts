import type { CallInAnswer, Gesture, Meaning, LineState, Way, AccountFailure, CampaignMeans, CampaignPerson, Purpose } from './outreach/reaching.js';
import type { Population } from './exercise/behaviour.js';
import type { FunctionCode, Lane, OnBehalf, Sealed } from './entry.js';
import type { CallOutcome, DeciderRole, Evidence, NotApplicableCategory, RequestOutcome } from './events.js';
import type { Circle, FrozenTarget, OutsideOutcome } from './outreach/targets.js';
import type { Lack } from './people/training.js';
import type { ClockId, Fact, Plan } from './plan/plan.js';
import type { Segment } from './clock/exercise-time.js';
import type { Ms } from './time.js';

export type Life = 'unopened' | 'running' | 'ended' | 'sealed' | 'cancelled';

/** One version of a T0: what was declared, when we learnt it, and why it changed. */
export interface ClockVersion {
  t0: Ms;
  recordedAt: Ms;
  seq: number;
  by: string;
  reason?: Sealed;
  /** How far it was ahead of our clock when it was declared. */
  aheadMs?: number;
}

export interface Clock {
  id: ClockId;
  t0: Ms;
  /** When the order was spoken, for the NU: kept beside, it starts nothing. */
  spokenAt?: Ms;
  versions: ClockVersion[];
}

export type StepStatus = 'todo' | 'under-way' | 'done' | 'not-applicable' | 'outside-cause';

export interface StepState {
  id: string;
  status: StepStatus;
  /** The number of the last entry that changed it: what a person's command names as `seen`. */
  version: number;
  assignee?: string;
  startedAt?: Ms;
  /** When it was done, as declared, and when we learnt it. */
  doneAt?: Ms;
  doneRecordedAt?: Ms;
  doneBy?: string;
  doneFor?: OnBehalf;
  evidence: { seq: number; item: Evidence }[];
  /** Every entry that made it what it is: what a figure opens down to. */
  proofs: number[];
  /** Of these, the entries that its completion named as proof. */
  provenBy?: number[];
  text?: { sealed: Sealed; version: number; seq: number; by: string; at: Ms };
  /** The last approved version of a text, and which entry approved it. */
  approval?: { step: string; version: number; seq: number };
  category?: NotApplicableCategory;
  reason?: Sealed;
  authorisedBy?: OnBehalf;
  /** Completions of a step that comes back (hourly reports). */
  rounds: number[];
}

export interface Contact {
  person: string;
  line: Sealed;
  seq: number;
  /** Results in order; the last one holds. */
  calls: { seq: number; outcome: CallOutcome; at: Ms; by: string }[];
}

/** One try to reach somebody, whoever or whatever made it. */
export interface Attempt {
  seq: number;
  /** When it became what it is. */
  at: Ms;
  /** By a person of the cell; by an automaton that is not ours; by ours; or their own: they called back, they tapped a button. */
  way: 'direct' | 'outside' | Way | 'own';
  outcome: CallOutcome | OutsideOutcome | LineState;
  /** Of our own automaton. */
  id?: string;
  contact?: number;
  /** The version of the campaign's words that was said, and by which gesture it was acknowledged. */
  text?: number;
  how?: Gesture | 'button';
  /** When it left the house: what was only meant was not tried. */
  tried?: { at: Ms; seq: number };
  /** Since when nothing more comes of it. */
  over?: Ms;
  cancelling?: true;
  account?: string;
  sid?: string;
  code?: string;
  by?: string;
  campaign?: string;
  note?: Sealed;
  /** When they asked to be called again. */
  again?: Ms;
  /** Worked on paper, typed in later. */
  onPaper?: true;
}
export interface Target extends FrozenTarget {
  seq: number;
  /** In the order in which we learnt them. */
  attempts: Attempt[];
  /** What they wrote back. */
  replies?: { seq: number; at: Ms; words: Sealed; meaning: Meaning; message: string }[];
  /** 47.1, 47.2: what they said when they were called in. */
  answer?: { campaign: string; answer: CallInAnswer; minutes?: number; at: Ms; seq: number };
}

/** People reached by our own automaton: officials (48.1), or a cell called in (47.1, 47.2, 50.2). */
export interface Campaign extends CampaignMeans {
  id: string;
  purpose: Purpose;
  circles: Circle[];
  status: 'running' | 'paused' | 'stopped';
  seq: number;
  by: string;
  startedAt: Ms;
  stoppedAt?: Ms;
  /** Its words, in their versions; none where the engine has its own (the cell called in). */
  texts: { text: Sealed; seq: number; at: Ms; by: string }[];
  /** From which version on an acknowledgement counts. */
  countsFrom: number;
  /** From when on what somebody acknowledged elsewhere counts for it. */
  since: Ms;
  /** The campaign before it, to the same people. */
  after?: string;
  people: Record<string, CampaignPerson>;
  order: string[];
  /** Ids of the calls that hold a line. */
  inFlight: string[];
  /** In an exercise: texts whose reader is going to tap. */
  tapping: string[];
  /** When the last call, and the last text, was due by the pace. */
  callSlot: Ms;
  textSlot: Ms;
  /** In an exercise: who answers, and how. */
  population?: Population;
}
/** 48.1: who is to be reached, and what came of it. */
export interface Outreach {
  circles: Partial<Record<Circle, { communes: string[]; seq: number; at: Ms; by: string; list?: string }>>;
  refused?: { seq: number; at: Ms; by: string; reason: Sealed };
  targets: Record<string, Target>;
  /** Ids of people, by commune. */
  byCommune: Record<string, string[]>;
  /** Run by an outside automaton, and said here. */
  campaigns: { id: string; circle: Circle; tool: Sealed; text: Sealed; startedAt: Ms; endedAt?: Ms; seq: number; by: string; results: number; unmatched: number }[];
  /** Calls that somebody has taken from the queue, by commune. */
  claims: Record<string, { person: string; by: string; until: Ms; seq: number }>;
  /** The number of the last entry that changed any of this. */
  changedAt: number;
}

export interface FunctionState {
  holder?: string;
  since?: Ms;
  seq?: number;
  offer?: { from: string; to: string; seq: number; at: Ms; open: string[]; due: { step: string; at: Ms }[]; promised: number[]; overridden?: Overridden };
  /** Its holder's training does not cover it. */
  overridden?: Overridden;
}
export interface Overridden {
  lacks: Lack[];
  why: Sealed;
  seq: number;
}

/** What is true in one activation: folded from its journal by `evolve`, its only writer. Plain data, sent as it is. */
export interface Activation {
  id: string;
  lane: Lane;
  life: Life;
  seq: number;
  /** Of the last entry: never decreasing. */
  recordedAt: Ms;
  kind: 'cod' | 'important';
  prefecture: string;
  departement: string;
  timeZone: string;
  segments: Segment[];
  openedAt: Ms;
  openedBy: string;
  endedAt?: Ms;
  sealedAt?: Ms;
  plan: Plan;
  clocks: Partial<Record<ClockId, Clock>>;
  /** `t0` is what SYNERGI said when it came by a declaration: it may differ from the clock, which somebody then corrects. */
  synergi?: { number: string; seq: number; t0?: Ms };
  eventType?: string;
  title?: Sealed;
  communes: string[];
  decider?: DeciderRole;
  facts: Partial<Record<Fact, boolean>>;
  /** 47: the cell can be called in by telephone. */
  phones?: true;
  /** Declarations of SYNERGI that wait for « rattacher à … / autre événement ». */
  declarations: { id: string; number: string; t0: Ms; receivedAt: Ms; seq: number }[];
  functions: Record<FunctionCode, FunctionState>;
  steps: Record<string, StepState>;
  /** Due instants of the warnings raised, by `step kind`. */
  warned: Record<string, Ms[]>;
  contacts: Record<string, Contact[]>;
  outreach: Outreach;
  /** By id, in the order in which they began. */
  campaigns: Record<string, Campaign>;
  /** Calls went on with another account of a provider. */
  accountChanges: { from: string; to: string; why: AccountFailure; at: Ms; seq: number }[];
  /** 47: the cell is operational, with whom. */
  operational?: { people: string[]; at: Ms; seq: number; by: string };
  /** Decisions recorded for the préfet or the directeur, oral until one of them confirms. */
  orals: { seq: number; type: string; for: OnBehalf; at: Ms; by: string; confirmedBy?: string; confirmedSeq?: number }[];
  /** `reserved`: made in a direction note, which the cell does not read. */
  promises: { seq: number; text: Sealed; promisedFor: Ms; by: string; kept: boolean; reserved?: true }[];
  statement: { requestedFor: Ms[]; written: { dueAt: Ms; at: Ms; file: Sealed; upTo: number; seq: number }[] };
  /** Outcome of each request that left the outbox. */
  requests: Record<string, RequestOutcome>;
  outages: { from: Ms; to: Ms; seq: number }[];
  /** Digests whose content was erased, and by which entry. */
  erased: Record<string, number>;
  /** Number of entries of the main courante (notes). */
  notes: number;
  /** Who has issued a command in it, scripts apart: those whom a request may reach beyond the functions. */
  people: string[];
}

export type StepView = Readonly<StepState>;

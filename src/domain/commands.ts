import type { CallInAnswer, Gesture, Meaning, Intended, Move, AccountFailure, CampaignMeans, CampaignPerson, Purpose } from './outreach/reaching.js';
import type { Population } from './exercise/behaviour.js';
import type { FunctionCode, Lane, OnBehalf, Right, Sealed } from './entry.js';
import type {
  CallOutcome, DeciderRole, Evidence, NotApplicableCategory, RequestOutcome, Warning,
} from './events.js';
import type { Circle, Dialled, FrozenTarget, OutsideOutcome } from './outreach/targets.js';
import type { Lack } from './people/training.js';
import type { ClockId, Fact, Plan } from './plan/plan.js';
import type { Segment } from './clock/exercise-time.js';
import type { Ms } from './time.js';

/**
 * What somebody, or time, asks of one activation. Texts and files have been sealed before: `decide` sees digests.
 * `seen` names the version of the step that the person had under their eyes (the number of its last entry).
 */
export type Command =
  | { type: 'open'; id: string; lane: Lane; kind: 'cod' | 'important'; prefecture: string; departement: string; timeZone: string;
      plan: Plan; facts: Partial<Record<Fact, boolean>>; phones?: true; segment?: Segment; t0?: Ms; confirmOld?: boolean; synergi?: string; title?: Sealed }
  | { type: 'start-clock'; clock: ClockId; t0: Ms; confirmOld?: boolean }
  | { type: 'correct-clock'; clock: ClockId; t0: Ms; reason: Sealed; confirmOld?: boolean; seen: number }
  | { type: 'order-nu'; writtenAt?: Ms; spokenAt?: Ms; confirmOld?: boolean }
  /** `t0` is what SYNERGI says, when a declaration is attached to a clock that runs already. */
  | { type: 'record-synergi-number'; number: string; t0?: Ms }
  | { type: 'receive-declaration'; declaration: string; number: string; t0: Ms; confirmOld?: boolean }
  /** `to` is this activation or another without number; null means "another event". */
  | { type: 'answer-declaration'; declaration: string; to: string | null }
  | { type: 'set-event-type'; eventType: string }
  | { type: 'declare-fact'; fact: Fact; holds: boolean }
  | { type: 'set-title'; title: Sealed }
  | { type: 'set-communes'; communes: string[] }
  | { type: 'record-decider'; decider: DeciderRole }
  /** `holder` and its rights are looked up by `submit`; absent, the author takes it. */
  | ({ type: 'take-function'; function: FunctionCode; holder?: string; holderRights?: readonly Right[] } & Trained)
  | ({ type: 'offer-handover'; function: FunctionCode; to: string } & Trained)
  | { type: 'accept-handover'; function: FunctionCode }
  | { type: 'relieve-function'; function: FunctionCode }
  | { type: 'assign-step'; step: string; to: string; seen?: number }
  | { type: 'start-step'; step: string }
  | { type: 'write-step-text'; step: string; text: Sealed; seen: number }
  | { type: 'add-evidence'; step: string; evidence: Evidence }
  | { type: 'complete-step'; step: string; evidence: Evidence[]; seen: number; approves?: { step: string; version: number } }
  | { type: 'mark-not-applicable'; step: string; category: NotApplicableCategory; reason: Sealed; authorisedBy: OnBehalf; seen: number }
  | { type: 'mark-outside-cause'; step: string; reason: Sealed; seen: number }
  | { type: 'reopen-step'; step: string; reason: Sealed; seen: number }
  | { type: 'paste-call-list'; step: string; contacts: { person: string; line: Sealed }[] }
  | { type: 'record-call'; step: string; person: string; outcome: CallOutcome; note?: Sealed }
  /** `targets` are looked up in the directory by `submit`. */
  | { type: 'freeze-perimeter'; circle: Circle; communes: string[]; list?: string; targets: FrozenTarget[] }
  | { type: 'refuse-circle'; reason: Sealed }
  | { type: 'record-outside-campaign'; campaign: string; circle: Circle; tool: Sealed; text: Sealed; startedAt: Ms; endedAt?: Ms }
  /** `results` are read from the file by `submit`. */
  | { type: 'import-outside-results'; campaign: string; file: Sealed; results: { person: string; outcome: OutsideOutcome; at: Ms }[]; unmatched: number }
  | { type: 'claim-call'; person: string }
  | { type: 'release-call'; person: string }
  | { type: 'record-direct-call'; person: string; outcome: CallOutcome; dialled?: Dialled; note?: Sealed; again?: Ms; onPaper?: true }
  /** `people` are looked up in the directory by `submit`; the text is the engine's own where a cell is called in. */
  | { type: 'start-campaign'; campaign: string; purpose: Purpose; circles: Circle[]; text?: Sealed; means: CampaignMeans; people: CampaignPerson[]; population?: Population }
  | { type: 'change-campaign-text'; campaign: string; text: Sealed; again: boolean }
  | { type: 'pause-campaign'; campaign: string }
  | { type: 'resume-campaign'; campaign: string }
  | { type: 'stop-campaign'; campaign: string }
  /** 47.1, 47.2: by the engine for whoever pressed a key; by themselves from their page. */
  | { type: 'answer-call-in'; person: string; campaign: string; answer: CallInAnswer; minutes?: number; how: Gesture | 'button'; attempt?: string }
  | { type: 'declare-operational'; people: string[] }
  | { type: 'confirm-oral'; entry: number }
  | { type: 'log-note'; text: Sealed; attachments: Sealed[]; promisedFor?: Ms; corrects?: number }
  | { type: 'log-direction-note'; text: Sealed; attachments: Sealed[]; promisedFor?: Ms; corrects?: number }
  | { type: 'keep-promise'; entry: number }
  | { type: 'erase-text'; digest: string; reason: Sealed }
  /** In an exercise alone, its planner alone. */
  | { type: 'pause-exercise' }
  | { type: 'resume-exercise' }
  | { type: 'set-exercise-speed'; speed: number }
  | { type: 'end' }
  | { type: 'seal' }
  | { type: 'cancel-opening'; reason: Sealed }
  | EngineCommand;

/** What time and the postman oblige; nobody else may issue them. */
export type EngineCommand =
  | { type: 'raise-warnings'; items: Warning[] }
  | { type: 'complete-by-proof'; step: string; proofs: number[]; occurredAt: Ms }
  | { type: 'expire-declaration'; declaration: string }
  | { type: 'request-statement'; dueAt: Ms }
  | { type: 'record-statement'; dueAt: Ms; file: Sealed; upTo: number }
  | { type: 'settle-requests'; items: { effect: string; outcome: RequestOutcome }[] }
  | { type: 'intend-attempts'; campaign: string; items: Intended[] }
  | { type: 'move-attempts'; items: Move[] }
  | { type: 'cancel-attempts'; attempts: string[] }
  | { type: 'acknowledge'; person: string; campaign: string; how: Gesture; attempt?: string; version?: number }
  | { type: 'ask-for-person'; attempt: string }
  | { type: 'receive-reply'; attempt: string; words: Sealed; meaning: Meaning; message: string }
  | { type: 'change-account'; from: string; to: string; why: AccountFailure }
  | { type: 'note-outage'; from: Ms; to: Ms }
  | { type: 'note-clock-step'; byMs: number };

/** What time obliges: the engine's own, and in an exercise what simulated people answer. */
export type Obligation = EngineCommand | CommandOf<'answer-call-in'>;

/** 47.2, 50.2: what the training of whoever would hold it lacks, looked up by `submit`; and why they are given it all the same. */
export interface Trained {
  lacks?: readonly Lack[];
  why?: Sealed;
}

export type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>;

/** Who asks, when, and for whom. `now` is the time inside the activation. */
export interface Context {
  now: Ms;
  /** The real time. */
  wall: Ms;
  by: string;
  rights: readonly Right[];
  /** An API token's explicit list: it has no rights, and nothing but these. */
  allowed?: readonly Command['type'][];
  for?: OnBehalf;
  /** When it happened, where that differs from now. */
  occurredAt?: Ms;
}

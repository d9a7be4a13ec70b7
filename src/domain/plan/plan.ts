import type { FunctionCode } from '../entry.js';

/** The clocks of an activation (module 7: two clocks, not one; 11.5 has its own; an attack adds the CIAV's). */
export const CLOCKS = ['important', 'cod', 'nu', 'ciav'] as const;
export type ClockId = (typeof CLOCKS)[number];

/** What is true or not of the event or of the préfecture, declared by somebody or by the settings. */
export const FACTS = ['attack', 'alert', 'accounts', 'app'] as const;
export type Fact = (typeof FACTS)[number];

/** When a step belongs to the hour. A step whose condition is false stands apart, without a state. */
export type Condition =
  | 'always'
  | { fact: Fact }
  | { clock: ClockId }
  | { done: string }
  | { not: Condition }
  | { any: Condition[] };

/** Which event completes a step by itself. Those whose chapter is not built yet are completed by hand. */
export const COMPLETIONS = [
  'by-hand', 'clock-started', 'acknowledged', 'called-in', 'staff-held', 'perimeter-frozen', 'campaign-started', 'reach>=95',
  'unreached-dealt-with', 'approved', 'sent-to-press', 'published-seen', 'statement-written', 'line-open',
] as const;
export type Completion = (typeof COMPLETIONS)[number];

/** What the step asks as proof. `visa` is the decision of the préfet or the directeur. */
export const EVIDENCE_KINDS = ['none', 'text', 'link', 'file', 'visa', 'any'] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

export const PROFILES = ['cod', 'important', 'exercise'] as const;
export type Profile = (typeof PROFILES)[number];

/** A step's time runs from a clock, from another step's completion, or from the end of the activation. */
export type Anchor = ClockId | 'closing' | { step: string };

/** One row of the plan (domain.md part 3; schema of design.md part 2). Durations in minutes from the anchor. */
export interface PlanRow {
  id: string;
  /** Reference of the clause in Qual-e-Pref, as shown: "48.4 19.3". */
  ref: string;
  title: string;
  /** Shorter title, where it follows its predecessor in the picture: "… visé". */
  short?: string;
  /**
   * The clauses that it proves: "48.1", or "48.1/atteints" to name a part. Parts of one clause are all needed;
   * steps that name the same part are alternatives.
   */
  serves: string[];
  /** The group of the picture under which it stands. */
  group: string;
  profile: Profile[];
  anchor: Anchor;
  target?: number;
  /** Where the target does not run from `anchor` (the CIAV number: 30 minutes after it opens). */
  targetAnchor?: ClockId;
  deadline?: number;
  /** The deadline is the préfecture's own, not the reference document's (the `*` of the plan). */
  ours?: boolean;
  /** The step comes back every so many minutes after its first target. */
  every?: number;
  when: Condition;
  functions: FunctionCode[];
  means?: string;
  evidence: EvidenceKind;
  /** What is asked as evidence, in words. */
  evidenceAsked?: string;
  completes: Completion;
  /** 48.1: the circle that the step is about; the first where it serves a clause and says nothing. */
  circle?: 1 | 2;
  /** Steps that should come first. Advice: never forbids recording what was done in the world. */
  after?: string[];
}

export interface Clause {
  id: string;
  label: string;
  clock: ClockId;
}

export interface Plan {
  id: string;
  version: number;
  title: string;
  clauses: Clause[];
  /** Groups of the picture, in order. */
  groups: { id: string; label: string }[];
  rows: PlanRow[];
  /** Minutes of each clock: 60 by the reference document, a setting for the NU (50.1 gives no figure). */
  minutes: Record<ClockId, number>;
}

import type { Command } from './commands.js';
import type { Lane, Right } from './entry.js';

export { RIGHTS, type Right } from './entry.js';

/** The five that may open, log, correct T0, and record an oral order or visa for the préfet or the directeur. */
export const FIVE = ['prefet', 'directeur', 'communication', 'astreinte', 'sidpc'] as const satisfies readonly Right[];
/** Those who validate and order in their own name. */
export const DECIDERS = ['prefet', 'directeur'] as const satisfies readonly Right[];
/** Those who work the steps; a row may narrow it further (`mayWork`). */
const WORKERS = [...FIVE, 'cip'] as const satisfies readonly Right[];

/** Whose orders bind the State or start calls: a second factor is asked of them. */
export const SECOND_FACTOR_RIGHTS: readonly Right[] = [...FIVE, 'admin'];

/** Who may start, from the opening page, a demonstration beside this server: it costs the machine a second process. */
export const LAUNCHES_DEMONSTRATION: readonly Right[] = ['planificateur', 'admin'];

export interface Permission {
  /** Who may issue it in any lane. The planner has all of them in an exercise, and none elsewhere. */
  rights: readonly Right[];
  /** An API token may be given it. */
  token?: boolean;
  /** Issued by the engine alone. */
  engine?: boolean;
}

/** THE table: which right may issue which command. The API, the screens and the tests read it. */
export const PERMISSIONS: Record<Command['type'], Permission> = {
  'open': { rights: FIVE, token: true },
  'start-clock': { rights: FIVE, token: true },
  'correct-clock': { rights: FIVE },
  'record-synergi-number': { rights: FIVE, token: true },
  'receive-declaration': { rights: FIVE, token: true },
  'answer-declaration': { rights: FIVE },
  'set-event-type': { rights: FIVE },
  'declare-fact': { rights: FIVE },
  'set-title': { rights: FIVE },
  'set-communes': { rights: FIVE },
  'record-decider': { rights: FIVE },
  'order-nu': { rights: FIVE },
  'take-function': { rights: WORKERS },
  'offer-handover': { rights: WORKERS },
  'accept-handover': { rights: WORKERS },
  'relieve-function': { rights: WORKERS },
  'assign-step': { rights: WORKERS },
  'start-step': { rights: WORKERS },
  'write-step-text': { rights: WORKERS },
  'add-evidence': { rights: WORKERS },
  'complete-step': { rights: WORKERS },
  'mark-not-applicable': { rights: WORKERS },
  'mark-outside-cause': { rights: WORKERS },
  'reopen-step': { rights: WORKERS },
  'paste-call-list': { rights: WORKERS },
  'record-call': { rights: WORKERS },
  'freeze-perimeter': { rights: FIVE },
  'refuse-circle': { rights: FIVE },
  'record-outside-campaign': { rights: FIVE },
  'import-outside-results': { rights: FIVE },
  'claim-call': { rights: FIVE },
  'release-call': { rights: FIVE },
  'record-direct-call': { rights: FIVE },
  'start-campaign': { rights: FIVE },
  'change-campaign-text': { rights: FIVE },
  'pause-campaign': { rights: FIVE },
  'resume-campaign': { rights: FIVE },
  'stop-campaign': { rights: FIVE },
  'answer-call-in': { rights: WORKERS },
  'declare-operational': { rights: FIVE },
  'confirm-oral': { rights: DECIDERS },
  'log-note': { rights: [...WORKERS, 'observateur'], token: true },
  'log-direction-note': { rights: DECIDERS },
  'keep-promise': { rights: WORKERS },
  'erase-text': { rights: DECIDERS },
  'pause-exercise': { rights: [] },
  'resume-exercise': { rights: [] },
  'set-exercise-speed': { rights: [] },
  'end': { rights: FIVE },
  'seal': { rights: DECIDERS },
  'cancel-opening': { rights: FIVE },
  'raise-warnings': { rights: [], engine: true },
  'complete-by-proof': { rights: [], engine: true },
  'expire-declaration': { rights: [], engine: true },
  'request-statement': { rights: [], engine: true },
  'record-statement': { rights: [], engine: true },
  'settle-requests': { rights: [], engine: true },
  'intend-attempts': { rights: [], engine: true },
  'move-attempts': { rights: [], engine: true },
  'cancel-attempts': { rights: [], engine: true },
  'acknowledge': { rights: [], engine: true },
  'ask-for-person': { rights: [], engine: true },
  'receive-reply': { rights: [], engine: true },
  'change-account': { rights: [], engine: true },
  'note-outage': { rights: [], engine: true },
  'note-clock-step': { rights: [], engine: true },
};

/** Whether a person with these rights may issue this command in this lane. Rules of one step come after. */
export function mayIssue(rights: readonly Right[], type: Command['type'], lane: Lane): boolean {
  const permission = PERMISSIONS[type];
  if (permission.engine) return false;
  if (lane === 'exercise' && rights.includes('planificateur')) return true;
  return permission.rights.some((right) => rights.includes(right));
}

/** Who reads activations at all, and with which eyes. `admin` alone has no operational right. */
export function audienceOf(rights: readonly Right[]): 'direction' | 'cell' | 'wall' | 'player' | undefined {
  if (rights.includes('prefet') || rights.includes('directeur') || rights.includes('auditeur')) return 'direction';
  const cell: readonly Right[] = ['communication', 'astreinte', 'sidpc', 'cip', 'planificateur', 'observateur'];
  if (cell.some((right) => rights.includes(right))) return 'cell';
  if (rights.includes('joueur')) return 'player';
  if (rights.includes('ecran')) return 'wall';
  return undefined;
}

/**
 * Who takes an activation away as an export: every stored line goes with it, or its chain could not be followed. So those
 * who see every line, and in an exercise its planner.
 */
export function mayExport(rights: readonly Right[], lane: Lane): boolean {
  return audienceIn(rights, lane) === 'direction' || (lane === 'exercise' && rights.includes('planificateur'));
}

/** With which eyes an activation of this lane is read: planners and players know exercises only. */
export function audienceIn(rights: readonly Right[], lane: Lane): ReturnType<typeof audienceOf> {
  return audienceOf(lane === 'exercise' ? rights : rights.filter((right) => right !== 'planificateur' && right !== 'joueur'));
}

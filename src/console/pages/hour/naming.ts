import { clockMinute } from '../../../contract/french-times.js';
import { speedWords } from '../../../contract/french.js';
import { fr } from '../../../contract/french-typography.js';
import { speedOf } from '../../../domain/clock/exercise-time.js';
import { FUNCTIONS } from '../../../domain/entry.js';
import type { PlanRow } from '../../../domain/plan/plan.js';
import { rowOf } from '../../../domain/plan/timing.js';
import type { Activation } from '../../../domain/state.js';
import type { Board } from '../../board.js';
import type { NavItem } from '../../parts/chrome.js';

/** "Incendie, panache · Castelroy", or what it is until somebody names it. */
export function titleOf(board: Board): string {
  const { activation } = board;
  const title = board.text(activation.title);
  const t0 = (activation.clocks.cod ?? activation.clocks.important)?.t0;
  const when = t0 === undefined ? `ouvert à ${clockMinute(activation.openedAt, activation.timeZone)}` : `T0 ${clockMinute(t0, activation.timeZone)}`;
  return title ?? fr(`${activation.kind === 'cod' ? 'COD activé' : 'Événement important'}, ${when}`);
}

/** What a visa is about: the step whose text or decision it approves. */
export function visaSubject(activation: Readonly<Activation>, row: PlanRow): string {
  const before = (row.after ?? []).map((step) => rowOf(activation, step)).find((one) => one !== undefined);
  return before ? before.short ?? before.title : row.title;
}

export function bandOf({ activation: { segments } }: Board): string {
  return speedWords(speedOf(segments));
}

/** The pages of an activation, and what opens beside the picture. */
export function navOf({ activation }: Board, current: 'hour' | 'officials' | 'review'): NavItem[] {
  const page = `/activations/${activation.id}`;
  const held = FUNCTIONS.filter((code) => activation.functions[code].holder !== undefined).length;
  return [
    { href: page, label: fr("L'heure"), isCurrent: current === 'hour' },
    { href: `${page}/elus`, label: 'Élus', isCurrent: current === 'officials' },
    { href: `${page}?voir=fonctions`, label: 'Fonctions', count: held },
    { href: `${page}?voir=evenement`, label: fr("L'événement") },
    { href: `${page}?voir=papiers`, label: 'Papiers et fin' },
    { href: `${page}/revue`, label: 'Revue', isCurrent: current === 'review' },
  ];
}

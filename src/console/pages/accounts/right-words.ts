import { frAll } from '../../../contract/french-typography.js';
import { rightNames } from '../../../contract/french.js';
import { RIGHTS, type Right } from '../../../domain/entry.js';
import { PERMISSIONS, SECOND_FACTOR_RIGHTS } from '../../../domain/rights.js';
import type { OrderName } from '../../../contract/commands.js';
import { orderNames } from '../../order-names.js';

/** What each right is for, in one sentence. What it allows exactly is read from the table of the domain. */
export const rightPurposes: Record<Right, string> = frAll({
  prefet: 'Décide et dirige. Vise, ordonne le numéro unique, met fin et scelle, en son nom.',
  directeur: 'Prend en charge la communication. Vise, ordonne le numéro unique, met fin et scelle.',
  communication: 'Ouvre, fait toutes les étapes, publie ce qui est visé.',
  astreinte: "Ouvre et fait les étapes jusqu'à la relève. Publie les messages préapprouvés.",
  sidpc: 'Ouvre, enregistre le COD et le numéro SYNERGI, fait les étapes du SIDPC.',
  cip: 'Fait les étapes du numéro unique (lignes N).',
  planificateur: "Ouvre et mène des exercices. Rien en réel.",
  observateur: 'Lit, et note dans la main courante.',
  joueur: "Voit la page des joueurs de son exercice.",
  auditeur: 'Lit tout, ne change rien, lit le journal de l’administration.',
  ecran: 'Un écran mural : lit, sans rien pouvoir.',
  admin: "Gère les comptes et les jetons. Aucun droit opérationnel.",
});

/** The orders that a right allows, from the one table; a planner has them all, in exercises alone. */
export function ordersOf(right: Right): string[] {
  const names = Object.keys(orderNames) as OrderName[];
  return names.filter((name) => right === 'planificateur' || PERMISSIONS[name].rights.includes(right)).map((name) => orderNames[name]);
}

export const asksSecondFactor = (right: Right): boolean => SECOND_FACTOR_RIGHTS.includes(right);

/** In the order in which an administrator thinks of them; `ecran` belongs to wall tokens. */
export const ASSIGNABLE: readonly Right[] = RIGHTS.filter((right) => right !== 'ecran');

export const nameOfRight = (right: Right): string => rightNames[right];

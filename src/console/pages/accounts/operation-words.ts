import { fr } from '../../../contract/french-typography.js';
import type { OrderName } from '../../../contract/commands.js';
import { orderNames } from '../../order-names.js';

/** What an operation of a token does. */
export function operationWords(operation: string): string {
  if (operation === 'declare-t0') return fr('déclarer un T0 et son numéro SYNERGI');
  if (operation === 'read-journal') return fr('lire les journaux, avec les yeux de la cellule');
  if (operation === 'read-metrics') return fr('lire les mesures du serveur (supervision)');
  if (operation === 'read-on-call') return fr("lire qui est d'astreinte (calendrier iCalendar)");
  if (operation === 'open') return fr('ouvrir une activation');
  return orderNames[operation as OrderName] ?? operation;
}

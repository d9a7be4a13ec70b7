import { clockMinute } from '../../../contract/french-times.js';
import { count, fr } from '../../../contract/french-typography.js';
import { MINUTE, type Ms } from '../../../domain/time.js';
import type { CalledIn, CallIn } from '../../../domain/views/call-in.js';
import type { Tone } from '../../ui/icons.js';
import { outcomeWords } from '../officials/campaign/campaign-words.js';

export const CALL_IN_TITLES = { charge: 'Prise en charge', cell: 'Cellule rappelée', cip: 'CIP rappelée' } as const;

/** "2 viennent sur 4", "en charge", "personne encore". */
export function neededWords({ campaign, saying, isEnough }: CallIn): string {
  if (campaign.purpose === 'charge') return fr(isEnough ? 'prise en charge' : 'personne encore');
  return fr(`${saying === 0 ? 'aucun ne vient encore' : count(saying, 'vient', 'viennent')}, il en faut ${campaign.enough}`);
}

/** Where one person stands; whoever comes counts down to when they said. */
export function standsWords({ answer, arrivesAt, last }: CalledIn, now: Ms, zone: string): { words: string; tone: Tone } {
  if (answer?.answer === 'taking-charge') return { words: fr(`prend en charge, dit à ${clockMinute(answer.at, zone)}`), tone: 'ok' };
  if (answer?.answer === 'unavailable') return { words: fr(`pas disponible, dit à ${clockMinute(answer.at, zone)}`), tone: 'off' };
  if (arrivesAt !== undefined) {
    const minutes = Math.ceil((arrivesAt - now) / MINUTE);
    if (minutes > 0) return { words: fr(`arrive dans ${minutes} min, vers ${clockMinute(arrivesAt, zone)}`), tone: 'ok' };
    return { words: fr(`attendu depuis ${clockMinute(arrivesAt, zone)}`), tone: minutes <= -10 ? 'watch' : 'ok' };
  }
  if (last) return { words: fr(last.outcome === 'intended' ? 'va être appelé' : `${outcomeWords(last)} à ${clockMinute(last.at, zone)}`), tone: 'run' };
  return { words: fr('pas encore appelé'), tone: 'off' };
}

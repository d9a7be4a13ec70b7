import { callOutcomes, outsideOutcomes } from '../../../../contract/french.js';
import { clockMinute } from '../../../../contract/french-times.js';
import { count, fr } from '../../../../contract/french-typography.js';
import { gestureWords, lineStateWords, wayWords } from '../../../../contract/reaching-words.js';
import type { Campaign, Attempt } from '../../../../domain/state.js';
import type { Circle } from '../../../../domain/outreach/targets.js';
import type { Ms } from '../../../../domain/time.js';
import type { CampaignFigures, Ending } from '../../../../domain/views/campaign.js';

/** What came of an attempt, whoever or whatever made it: "acquitté (touche 1)", "répondeur". */
export function outcomeWords({ way, outcome, how, again, note }: Readonly<Attempt>): string {
  if (outcome === 'acknowledged' && how) return fr(`acquitté (${gestureWords[how]})`);
  if (way === 'voice' || way === 'sms' || way === 'mail') {
    if (outcome === 'call-again' && again !== undefined) return note ? 'réponse à lire' : 'demande à parler';
    if (outcome === 'refused') return 'STOP';
  }
  return outcomeName(outcome);
}

/** Of so many attempts: "12 acquittés", "8 pas de réponse". */
export function outcomeCount(outcome: Attempt['outcome'], number: number): string {
  const name = outcomeName(outcome);
  return number < 2 || UNCHANGED.has(outcome) ? name : fr(name.split(' ').map((word) => `${word}s`).join(' '));
}
const UNCHANGED = new Set<Attempt['outcome']>(['delivered', 'no-answer', 'refused', 'doubt', 'ringing', 'call-again', 'relayed']);

function outcomeName(outcome: Attempt['outcome']): string {
  return { ...callOutcomes, ...outsideOutcomes, ...lineStateWords, 'call-again': 'à rappeler', 'no-answer': 'pas de réponse' }[outcome];
}

/** "appel au 2e numéro (mobile)": which number, by its place; never the number itself. */
export function wayOfAttempt({ way, contact, onPaper }: Readonly<Attempt>, kinds: Campaign['people'][string]['contacts'] | undefined): string {
  switch (way) {
    case 'direct': return onPaper ? 'appel par une personne, noté sur papier' : 'appel par une personne';
    case 'outside': return 'automate extérieur';
    case 'own': return fr('de son propre geste');
    default: {
      const place = contact === undefined ? '' : numberPlace(contact, way === 'mail', kinds);
      return fr(way === 'voice' ? `appel ${place ? `au ${place}` : ''}` : `${wayWords[way]} ${place ? `à son ${place}` : ''}`).trim();
    }
  }
}

const KIND: Record<string, string> = { mobile: 'mobile', fixed: 'fixe', email: '' };

/** "2e numéro (mobile)". */
export function numberPlace(contact: number, isMail: boolean, kinds: Campaign['people'][string]['contacts'] | undefined): string {
  const same = (kinds ?? []).slice(0, contact).filter((kind) => (kind === 'email') === isMail).length;
  const kind = KIND[kinds?.[contact] ?? ''];
  return `${same + 1}${same === 0 ? 'er' : 'e'} ${isMail ? 'courriel' : 'numéro'}${kind ? ` (${kind})` : ''}`;
}

export function circlesWords(circles: readonly Circle[]): string {
  return fr(circles.length === 1 ? `du cercle ${circles[0]}` : 'des cercles 1 et 2');
}

/** What would happen, in the words of the second gesture. */
export function startWords({ communes, people, lines, exercise }: { communes: number; people: number; lines: number; exercise: boolean }): string {
  return fr(`${exercise ? 'EXERCICE : simuler l’appel de' : 'Appeler'} ${count(communes, 'commune')}, ${count(people, 'personne')}, sur ${count(lines, 'ligne')}`);
}

/** "95 % estimé 02:52 (entre 02:49 et 02:58)". */
export function endingWords(ending: Ending, { status }: Pick<Campaign, 'status'>, zone: string): { title: string; detail: string } {
  switch (ending.is) {
    case 'reached': return { title: fr(`atteint à ${clockMinute(ending.at, zone)}`), detail: '' };
    case 'expected': {
      const [from, to] = [clockMinute(ending.from, zone), clockMinute(ending.to, zone)];
      const voice = ending.byVoice > 0 ? ` ; ${count(ending.byVoice, 'commune')} à joindre de vive voix` : '';
      return { title: fr(`estimé ${clockMinute(ending.at, zone)}`), detail: fr(`${from === to ? '' : `entre ${from} et ${to}, `}au rythme des 5 dernières minutes${voice}`) };
    }
    case 'out-of-reach': return { title: fr(`hors d’atteinte par l’automate`), detail: fr(`${count(ending.byVoice, 'commune')} au moins à joindre de vive voix : la file les propose`) };
    case 'unknown': return { title: status === 'running' ? fr('pas encore estimable') : '—', detail: status === 'running' ? fr('trop peu d’acquittements pour un rythme') : fr('rien ne part tant que la campagne est suspendue') };
  }
}

/** "En cours", "Suspendue"… and what follows from it. */
export function standingWords({ status, ways }: Pick<Campaign, 'status' | 'ways'>, isWorking: boolean): string {
  if (status === 'stopped') return 'Arrêtée';
  if (status === 'paused') return 'Suspendue';
  if (!ways.includes('voice')) return fr('En cours : les réponses comptent');
  return isWorking ? 'En cours' : fr('Terminée : l’automate n’a plus personne à appeler');
}

export function rateWords({ communesPerMinute, callsPerMinute }: Pick<CampaignFigures, 'communesPerMinute' | 'callsPerMinute'>): { title: string; detail: string } {
  const shown = Math.round(communesPerMinute * 10) / 10;
  return {
    title: fr(`${shown.toLocaleString('fr-FR')} commune${shown >= 2 ? 's' : ''} par minute`),
    detail: fr(`${count(callsPerMinute, 'appel parti', 'appels partis')} dans la dernière minute`),
  };
}

/** Night or day, as the estimate has them: from eight in the evening to eight in the morning nobody is in a town hall. */
export function isNight(at: Ms, zone: string): boolean {
  const hour = Number(clockMinute(at, zone).slice(0, 2));
  return hour >= 20 || hour < 8;
}

import type { CallInAnswer, Gesture, LineState, Way, AccountFailure, Purpose } from '../domain/outreach/reaching.js';
import type { ActivationEntry, EventType } from '../domain/events.js';
import { frAll } from './french-typography.js';

/* The words of our own automaton: campaigns, attempts, acknowledgements (48.1, 47.2). */

export const lineStateWords: Record<LineState, string> = frAll({
  'intended': 'prévu', 'dialling': 'appelé', 'ringing': 'sonne', 'answered': 'décroché', 'delivered': 'remis', 'machine': 'répondeur', 'busy': 'occupé',
  'no-answer': 'pas de réponse', 'invalid': 'numéro invalide', 'failed': 'échec', 'cancelled': 'annulé', 'doubt': 'dans le doute',
});
export const wayWords: Record<Way, string> = frAll({ voice: 'appel', sms: 'SMS', mail: 'courriel' });
export const gestureWords: Record<Gesture | 'button', string> = frAll({
  'key': 'touche 1', 'reply': 'réponse au SMS', 'link': 'bouton de son lien', 'call-back': 'en rappelant', 'button': 'bouton de sa page',
});
export const purposeWords: Record<Purpose, string> = frAll({
  officials: 'campagne vers les élus', charge: 'appel du directeur de cabinet et de l’astreinte', cell: 'rappel de la cellule', cip: 'rappel de la CIP',
});
export const accountFailureWords: Record<AccountFailure, string> = frAll({
  credentials: 'il refuse nos identifiants', unavailable: 'il ne répond plus', throttled: 'il refuse notre cadence',
});

type Reaching = Extract<ActivationEntry, { type:
  | 'campaignStarted' | 'campaignPeopleFrozen' | 'campaignTextChanged' | 'campaignPaused' | 'campaignResumed' | 'campaignStopped' | 'attemptsIntended' | 'attemptsMoved'
  | 'attemptsCancelled' | 'acknowledged' | 'personAsked' | 'replyReceived' | 'callInAnswered' | 'accountChanged' | 'operationalDeclared' }>;
export const reachingNames: Record<Reaching['type'], string> = frAll({
  campaignStarted: 'campagne lancée', campaignPeopleFrozen: 'personnes d’une campagne', campaignTextChanged: 'texte de campagne changé', campaignPaused: 'campagne suspendue',
  campaignResumed: 'campagne reprise', campaignStopped: 'campagne arrêtée', attemptsIntended: 'appels et messages prévus', attemptsMoved: 'nouvelles des appels',
  attemptsCancelled: 'appels annulés', acknowledged: 'acquittement', personAsked: 'demande à parler à quelqu’un', replyReceived: 'réponse à un SMS',
  callInAnswered: 'réponse d’un agent rappelé', accountChanged: 'changement de compte téléphonique', operationalDeclared: 'cellule opérationnelle',
});
export function isReaching(entry: ActivationEntry): entry is Reaching {
  return Object.hasOwn(reachingNames, entry.type satisfies EventType);
}

const plural = (n: number, one: string, many = `${one}s`) => `${n.toLocaleString('fr-FR')} ${n > 1 ? many : one}`;

/** One line of the main courante. `person` names somebody; `said` reads a text of the vault. */
export function reachingSentence(entry: Reaching, person: (id: string) => string, because: (text: Extract<Reaching, { type: 'replyReceived' }>['payload']['words']) => string): string {
  const of = (attempt: string) => person(attempt.split('/')[1] ?? '');
  switch (entry.type) {
    case 'campaignStarted': {
      const { purpose, circles, lines, callsPerSecond } = entry.payload;
      const pace = `${plural(lines, 'ligne')}, ${callsPerSecond.toLocaleString('fr-FR')} appel${callsPerSecond >= 2 ? 's' : ''} par seconde`;
      return purpose === 'officials' ? `Campagne lancée, ${circles.length > 1 ? 'cercles' : 'cercle'} ${circles.join(' et ')} : ${pace}.` : `Lancé : ${purposeWords[purpose]}.`;
    }
    case 'campaignPeopleFrozen': return `Campagne : ${plural(entry.payload.items.length, 'personne')} à joindre.`;
    case 'campaignTextChanged': return `Texte de la campagne changé${entry.payload.again ? ' ; ceux qui ont acquitté l’ancien sont rappelés' : ''}.`;
    case 'campaignPaused': return 'Campagne suspendue.';
    case 'campaignResumed': return 'Campagne reprise.';
    case 'campaignStopped': return 'Campagne arrêtée.';
    case 'attemptsIntended': {
      const count = (way: Way) => entry.payload.items.filter((one) => one.way === way).length;
      const parts = [[count('voice'), 'appel'], [count('sms'), 'SMS'], [count('mail'), 'courriel']] as const;
      const [only] = entry.payload.items;
      if (entry.payload.items.length === 1 && only) return `${wayWords[only.way].replace(/^./, (first) => first.toUpperCase())} prévu : ${person(only.person)}.`;
      return `Prévus : ${parts.filter(([n]) => n > 0).map(([n, word]) => (word === 'SMS' ? `${n} SMS` : plural(n, word))).join(', ')}.`;
    }
    case 'attemptsMoved': {
      const { items } = entry.payload;
      if (items.length === 1) return `${of(items[0]!.attempt)} : ${lineStateWords[items[0]!.state]}${items[0]!.code ? ` (code ${items[0]!.code})` : ''}.`;
      const tally = new Map<LineState, number>();
      for (const { state } of items) tally.set(state, (tally.get(state) ?? 0) + 1);
      return `Nouvelles de ${plural(items.length, 'appel')} : ${[...tally].map(([state, n]) => `${n} ${lineStateWords[state]}`).join(', ')}.`;
    }
    case 'attemptsCancelled': return `${plural(entry.payload.attempts.length, 'appel annulé', 'appels annulés')}.`;
    case 'acknowledged': return `${person(entry.payload.person)} a acquitté (${gestureWords[entry.payload.how]}).`;
    case 'personAsked': return `${of(entry.payload.attempt)} demande à parler à quelqu’un.`;
    case 'replyReceived': return `${of(entry.payload.attempt)} répond par SMS${because(entry.payload.words)}`;
    case 'callInAnswered': {
      const { answer, minutes } = entry.payload;
      const said: Record<CallInAnswer, string> = {
        'taking-charge': 'prend en charge', 'coming': `arrive${minutes === undefined ? '' : ` dans ${minutes} min`}`, 'unavailable': 'n’est pas disponible',
      };
      return `${person(entry.payload.person)} ${said[answer]} (${gestureWords[entry.payload.how]}).`;
    }
    case 'accountChanged': return `Les appels passent du compte ${entry.payload.from} au compte ${entry.payload.to} : ${accountFailureWords[entry.payload.why]}.`;
    case 'operationalDeclared': return `Cellule opérationnelle : ${plural(entry.payload.people.length, 'personne présente', 'personnes présentes')}.`;
  }
}

/** What a minute of a campaign wrote, in one line: "12 appels et 3 SMS prévus, 4 acquittements, 7 sans réponse". */
export function gatheredSentence(entries: readonly ActivationEntry[]): string {
  const began = new Map<Way, number>();
  let [acknowledged, unanswered, cancelled] = [0, 0, 0];
  for (const entry of entries) {
    if (entry.type === 'attemptsIntended') for (const { way } of entry.payload.items) began.set(way, (began.get(way) ?? 0) + 1);
    else if (entry.type === 'attemptsMoved') unanswered += entry.payload.items.filter(({ state }) => UNANSWERED.has(state)).length;
    else if (entry.type === 'attemptsCancelled') cancelled += entry.payload.attempts.length;
    else if (entry.type === 'acknowledged') acknowledged++;
  }
  const parts = [
    ...[...began].map(([way, n]) => `${way === 'sms' ? `${n} SMS` : plural(n, wayWords[way])} ${n > 1 ? 'prévus' : 'prévu'}`), acknowledged > 0 && plural(acknowledged, 'acquittement'),
    unanswered > 0 && `${unanswered} sans réponse`, cancelled > 0 && plural(cancelled, 'annulé'),
  ].filter((part): part is string => part !== false);
  return `Campagne : ${parts.length === 0 ? plural(entries.length, 'nouvelle') : parts.join(', ')}.`;
}
const UNANSWERED = new Set<LineState>(['machine', 'busy', 'no-answer', 'invalid', 'failed']);

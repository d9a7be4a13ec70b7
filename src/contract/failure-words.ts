import { frAll } from './french-typography.js';

const FAULTS: Record<string, string> = frAll({
  'not-an-address': "ce n'est pas une adresse https://…",
  'https-needed': "l'adresse doit être en https (en http, l'exploitant doit la lister dans OUTSIDE_ALLOWED)",
  'credentials': "l'adresse ne doit porter ni identifiant ni mot de passe",
  'private-address': "l'adresse mène à un réseau privé ou à cette machine (l'exploitant peut la lister dans OUTSIDE_ALLOWED)",
  'redirect-refused': 'le destinataire redirige vers une adresse refusée, ou sans fin',
  'unknown-host': "ce nom de machine n'existe pas, ou le DNS ne répond pas",
  'unreachable': 'la machine ne répond pas ou a coupé la ligne',
  'certificate': "le certificat du destinataire n'est pas valable",
  'too-large': 'la réponse est trop grande',
  'no-answer': 'aucune réponse en 15 secondes',
  'lane': "l'entrée n'est pas d'une activation réelle : rien n'est parti",
});

/** Why nothing came of a request outside, as a person reads it; in the middle of a sentence. */
export function failureWords(failure: string): string {
  const status = /^http-(\d+)$/.exec(failure)?.[1];
  if (status === '410') return 'le destinataire dit qu’il n’existe plus (410)';
  return status === undefined ? (FAULTS[failure] ?? failure) : `le destinataire a répondu ${status}`;
}

/** Why a calendar could not be read, beside what the line may say. */
const CALENDAR_FAULTS: Record<string, string> = frAll({
  'empty': 'le calendrier est vide',
  'login-page': "l'adresse répond une page web (une page de connexion ?), pas un calendrier",
  'not-a-calendar': "ce n'est pas un calendrier iCalendar (.ics)",
  'too-large': 'le calendrier dépasse 4 Mo',
  'too-many': 'le calendrier répète ses événements sans fin raisonnable',
  'no-answer': 'aucune réponse en 20 secondes',
});
export function calendarFaultWords(fault: string): string {
  return CALENDAR_FAULTS[fault] ?? failureWords(fault);
}

/** What to try. */
export function calendarAdvice(fault: string): string {
  if (fault === 'login-page') return frAll({ say: "Publiez le calendrier et copiez l'adresse ICS qui s'ouvre sans se connecter." }).say;
  if (fault === 'too-large' || fault === 'too-many') return frAll({ say: "Publiez un calendrier réservé à l'astreinte." }).say;
  return 'Corrigez, puis recommencez.';
}

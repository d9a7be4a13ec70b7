import type { CallInAnswer, Purpose } from './reaching.js';
import type { Lane } from '../entry.js';
import { markOf } from '../exercise-mark.js';
import { smsSpelling } from './sms.js';

/** What is said, whoever says it: the same words stand before the eyes of whoever starts the campaign. */
export interface Wording {
  lane: Lane;
  purpose: Purpose;
  prefecture: string;
  /** The campaign's own words; where a cell is called in, the engine's. */
  text: string;
}

/** Sentences of the voice, a pause between them: who calls, that it is an automaton, the message, which key does what (domain.md part 7). */
export function spoken({ lane, purpose, prefecture, text }: Wording): string[] {
  const mark = markOf(lane);
  return [
    ...(mark ? [mark] : []),
    `Bonjour. Ici la ${spokenName(prefecture)}. Ceci est un appel automatique.`,
    ...text.trim().split(/\n+/).map((line) => line.trim()).filter((line) => line !== ''),
    ...(mark ? [mark] : []),
    ...KEYS[purpose],
  ];
}

function spokenName(prefecture: string): string {
  return prefecture.replace(/^./, (first) => first.toLowerCase());
}

const KEYS: Record<Purpose, readonly string[]> = {
  officials: ['Pour confirmer que vous avez bien reçu ce message, appuyez sur 1.', 'Pour demander à parler à quelqu’un, appuyez sur 2.', 'Pour réécouter, appuyez sur 9.'],
  charge: ['Si vous prenez en charge, appuyez sur 1.', 'Si vous n’êtes pas disponible, appuyez sur 0.', 'Pour réécouter, appuyez sur 9.'],
  cell: coming(),
  cip: coming(),
};
function coming(): string[] {
  return [
    'Si vous arrivez dans moins d’un quart d’heure, appuyez sur 1.', 'Dans une demi-heure, appuyez sur 2.', 'Dans une heure, appuyez sur 3.',
    'Si vous n’êtes pas disponible, appuyez sur 0.', 'Pour réécouter, appuyez sur 9.',
  ];
}

/** What a key means at a call in. */
export const CALL_IN_KEYS: Record<Exclude<Purpose, 'officials'>, Readonly<Record<string, { answer: CallInAnswer; minutes?: number }>>> = {
  charge: { '1': { answer: 'taking-charge' }, '0': { answer: 'unavailable' } },
  cell: { '1': { answer: 'coming', minutes: 15 }, '2': { answer: 'coming', minutes: 30 }, '3': { answer: 'coming', minutes: 60 }, '0': { answer: 'unavailable' } },
  cip: { '1': { answer: 'coming', minutes: 15 }, '2': { answer: 'coming', minutes: 30 }, '3': { answer: 'coming', minutes: 60 }, '0': { answer: 'unavailable' } },
};

/** After the commit, and only then. */
export const RECORDED = {
  acknowledged: 'Merci. Votre réponse est enregistrée. Au revoir.',
  asked: 'Votre demande est enregistrée. Un agent de la préfecture va vous rappeler. Au revoir.',
  'taking-charge': 'Merci. Vous prenez en charge, c’est enregistré. Au revoir.',
  coming: 'Merci. Votre arrivée est enregistrée. Au revoir.',
  unavailable: 'C’est noté : vous n’êtes pas disponible. Au revoir.',
  unknown: 'Cette touche ne correspond à rien.',
  late: 'Cet appel n’est plus attendu. Au revoir.',
  code: 'Tapez le code à six chiffres reçu par SMS.',
  noCode: 'Ce code ne correspond à aucun message. Au revoir.',
} as const;

export interface Ways {
  /** Of the person's own page. */
  link: string;
  /** Whether an answer to the text comes back to us. */
  canReply: boolean;
  /** To call back, and the code that it asks for from another telephone. */
  callBack?: { number: string; code: string };
}

/** The text as it is sent. What is offered is what works: an answer only where the sender can receive one. */
export function smsText({ lane, purpose, prefecture, text }: Wording, { link, canReply, callBack }: Ways): string {
  const mark = markOf(lane);
  const answer = purpose === 'officials' ? `${canReply ? 'Répondez OK, ou ' : ''}confirmez : ${link}` : `Répondez ici : ${link}`;
  const lines = [
    ...(mark ? [mark] : []), `${prefecture}.`, text.trim(), answer.replace(/^./, (first) => first.toUpperCase()),
    ...(callBack ? [`ou rappelez le ${callBack.number}, code ${callBack.code}`] : []), ...(mark ? [mark] : []),
  ];
  return smsSpelling(lines.join('\n'));
}

export function letter({ lane, purpose, prefecture, text }: Wording, { link }: Pick<Ways, 'link'>): { subject: string; text: string } {
  const mark = markOf(lane);
  const about = purpose === 'officials' ? 'message à confirmer' : 'votre réponse est attendue';
  const lines = [
    ...(mark ? [mark, ''] : []), `${prefecture} : ${about}.`, '', text.trim(), '',
    `Ouvrez cette page, puis touchez le bouton : ouvrir la page ne suffit pas.`, link, '',
    'Ce message est envoyé par un automate. N’y répondez pas.', ...(mark ? ['', mark] : []),
  ];
  return { subject: `${mark ? `${mark} — ` : ''}${prefecture} : ${about}${mark ? ` — ${mark}` : ''}`, text: lines.join('\n') };
}

/** The engine's own words where a cell is called in. */
export function callInText(purpose: Exclude<Purpose, 'officials'>, { t0, kind }: { t0: string | undefined; kind: 'cod' | 'important' }): string {
  const what = kind === 'cod' ? `Le centre opérationnel départemental est activé${t0 ? ` depuis ${t0}` : ''}.` : `Un événement important est en cours${t0 ? ` depuis ${t0}` : ''}.`;
  switch (purpose) {
    case 'charge': return `${what}\nLa communication de crise attend que quelqu’un la prenne en charge.`;
    case 'cell': return `${what}\nLa cellule de communication est rappelée.`;
    case 'cip': return `${what}\nLe numéro unique est ordonné : la cellule d’information du public est rappelée.`;
  }
}

import { plainWords } from './names.js';
import type { Office } from './person.js';

/** What a list writes of an official's function, read: the office, and the rank in which the commune's people are called. */
export interface ReadFunction {
  office: Office;
  order: number;
}

/** Deputies without a rank come after those who have one; then delegated mayors, councillors, and whoever else. */
const UNRANKED = 50;
const RANK: Partial<Record<Office, number>> = { maire: 0, adjoint: UNRANKED, 'maire-delegue': 60, conseiller: 80, autre: 90 };

const ORDINALS: Record<string, number> = {
  premier: 1, premiere: 1, deuxieme: 2, second: 2, seconde: 2, troisieme: 3, quatrieme: 4, cinquieme: 5, sixieme: 6, septieme: 7, huitieme: 8, neuvieme: 9, dixieme: 10,
};

/** "1er adjoint au Maire", "Deuxième adjointe", "Maire délégué", "conseillère municipale". Null where it says nothing. */
export function readFunction(text: string): ReadFunction | null {
  const words = plainWords(text);
  if (words === '') return null;
  const office = officeOf(words);
  const rank = office === 'adjoint' ? rankOf(words) : undefined;
  return { office, order: rank ?? rankOfOffice(office) };
}

export function rankOfOffice(office: Office): number {
  return RANK[office] ?? RANK.autre!;
}

function officeOf(words: string): Office {
  if (/\b(maire|mairesse)s? deleguee?\b/.test(words) && !/\badjointe?\b/.test(words)) return 'maire-delegue';
  if (/\badjointe?\b/.test(words) && !/\b(dgs|directeur|directrice|secretaire)\b/.test(words)) return 'adjoint';
  if (/^(m |mme |madame |monsieur )?(le |la )?(maire|mairesse)\b(?! honoraire)/.test(words)) return 'maire';
  if (/\bconseill(er|ere)s? (municipal|communautaire|delegue)/.test(words) || /^conseill(er|ere)$/.test(words)) return 'conseiller';
  return 'autre';
}

function rankOf(words: string): number | undefined {
  const figure = /\b(\d{1,2}) ?(er|ere|re|e|eme|nd|nde)?\b/.exec(words);
  if (figure) return Math.max(1, Number(figure[1]));
  const ordinal = words.split(' ').find((word) => word in ORDINALS);
  return ordinal === undefined ? undefined : ORDINALS[ordinal];
}

/** Whether these words are the Répertoire national des élus' own: a title that somebody wrote by hand is another. */
export function isListTitle(title: string): boolean {
  return /^((\d{1,2} ?(er|ere|re|e|eme|nd|nde) )?(maire|mairesse|adjointe?)( deleguee?)?( au maire)?|conseill(er|ere)( municipale?)?)?$/.test(plainWords(title));
}

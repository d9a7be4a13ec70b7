/* What forms check before they send, and schemas after: without zod, which would be a quarter of the console's first load. */

/** Longest free text, in characters. Longer ones belong in an attached file. */
export const MAX_TEXT = 20_000;

/** Longest text of a campaign: spoken slowly it lasts a minute and a half, and nobody listens longer at night. */
export const MAX_SPOKEN = 1_200;

export const SYNERGI_NUMBER = /^[\p{L}\p{N}][\p{L}\p{N} ./_-]{0,39}$/u;

/**
 * What kind of event it is. It stands in the journal for ever, where no free text may: what is particular goes into the
 * title, which lies in the vault.
 */
export const EVENT_KINDS = [
  'Incendie', 'Incendie industriel', 'Feu de forêt', 'Inondation', 'Tempête', 'Accident industriel', 'Pollution', 'Accident de transport',
  'Accident nucléaire', 'Mouvement de terrain', 'Séisme', 'Neige et verglas', 'Canicule', 'Crise sanitaire', "Trouble à l'ordre public", 'Attentat',
  'Panne de réseau', 'Disparition', 'Découverte de munitions', 'Autre événement',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** Trimmed and in lower case: accents and capitals are typed differently from one keyboard to the next. */
export const LOGIN = /^[a-z0-9][a-z0-9._@+-]{1,63}$/;
export const LOGIN_WORDS = 'Des lettres sans accent, des chiffres, et . _ - @ +, de 2 à 64 caractères.';
export function isLogin(typed: string): boolean {
  return LOGIN.test(typed.trim().toLowerCase());
}

import type { OutsideOutcome } from './targets.js';

/** Columns of an outside automaton's result file, by their header. */
export interface OutsideColumns {
  number: string;
  result: string;
  /** Date and time; or the date alone, with `time` beside it. */
  at?: string | undefined;
  time?: string | undefined;
}

/* In their order: "non décroché" is no answer, "touche 1 (décroché)" an acknowledgement. Without accents, in lower case. */
const VALUES: readonly [RegExp, OutsideOutcome][] = [
  [/touche|acquit|confirm|accuse|valid(e|ation) par/, 'acknowledged'],
  [/repondeur|messagerie|boite vocale|machine/, 'machine'],
  [/occup|busy/, 'busy'],
  [/non (decroch|repond|joint)|sans reponse|pas de reponse|no answer|absen|sonn/, 'no-answer'],
  [/invalid|non attrib|errone|faux|inexist|hors service/, 'invalid'],
  [/echec|erreur|fail|rejet|annul/, 'failed'],
  [/decroch|repond|ecout|abouti|joint|answered/, 'answered'],
];

/** What a value of the result column seems to mean: proposed to a person, who decides. */
export function guessOutcome(value: string): OutsideOutcome | undefined {
  const words = plain(value);
  return VALUES.find(([pattern]) => pattern.test(words))?.[1];
}

export function guessColumns(header: readonly string[]): Partial<OutsideColumns> {
  const first = (pattern: RegExp) => header.find((name) => pattern.test(plain(name)));
  const guessed = {
    number: first(/numero|tel|phone|mobile/), result: first(/result|statut|etat|issue|reponse|status/), at: first(/date|horodat|appele? (le|a)|timestamp/), time: first(/^heure|^time/),
  };
  return Object.fromEntries(Object.entries(guessed).filter(([, name]) => name !== undefined));
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

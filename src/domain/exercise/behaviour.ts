/**
 * What somebody does with their telephone, in seconds from the first ring: the script of a simulated person, in an exercise
 * and in the tests' telephone network alike.
 */
export type Behaviour =
  | { kind: 'answers'; afterSeconds: number; presses: readonly Press[]; hangsUpAfterSeconds: number }
  | { kind: 'machine'; afterSeconds: number }
  | { kind: 'busy' }
  | { kind: 'no-answer' }
  | { kind: 'invalid' };

/** In an exercise, whether whoever receives this text taps the button behind its link. */
export function willTap(population: Population, attempt: string): boolean {
  return chance(`${attempt} taps`) < population.tap;
}

/** Between 0 and 1, the same for the same words on every machine (FNV-1a, then mixed). */
export function chance(words: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < words.length; i++) hash = Math.imul(hash ^ words.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return ((hash ^ (hash >>> 15)) >>> 0) / 4_294_967_296;
}

/** A key, so many seconds after the voice has asked for one. */
export interface Press {
  key: string;
  afterSeconds: number;
}

/** In an exercise, who answers: shares of calls, of numbers and of people [H]; frozen with the campaign. */
export interface Population {
  /** Of calls, at that hour: somebody takes it; a machine does; the line is busy. The others ring in vain. */
  answered: number;
  machine: number;
  busy: number;
  /** Of numbers: they belong to nobody. */
  wrong: number;
  /** Of those who take the call: who acknowledges; who asks for a person. The others hang up in the menu. */
  acknowledge: number;
  ask: number;
  /** Of people who receive a text: who taps the button behind its link, some minutes later. */
  tap: number;
  /** From the answer to the key. */
  talkSeconds: number;
}

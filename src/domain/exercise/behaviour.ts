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

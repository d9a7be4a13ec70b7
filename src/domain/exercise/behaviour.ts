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

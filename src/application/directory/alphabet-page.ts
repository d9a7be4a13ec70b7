import type { Person } from '../../domain/directory/person.js';

export interface Searched {
  person: Person;
  /** Without accents, each preceded by a blank: " martin anne maire rouen 76540". */
  words: string;
}
type Placed = { words: string; person: Pick<Person, 'id'> };

/**
 * Some hundred people in the order of their names. What is searched of them is one text too, a line each: to look through
 * it once takes a twentieth of looking into strings that lie all over the memory.
 */
export class AlphabetPage {
  readonly #people: Searched[];
  #lines: { text: string; starts: Uint32Array } | undefined;

  constructor(people: Searched[]) {
    this.#people = people;
  }

  get people(): readonly Searched[] {
    return this.#people;
  }

  /** How many it has then. */
  put(one: Searched): number {
    this.#lines = undefined;
    this.#people.splice(this.#placeOf(one), 0, one);
    return this.#people.length;
  }

  /** How many it has then. */
  drop(one: Searched): number {
    this.#lines = undefined;
    this.#people.splice(this.#placeOf(one), 1);
    return this.#people.length;
  }

  /** From where to where stand those whose name begins so: together. */
  named(first: string): [number, number] {
    return [this.#placeOf({ words: first, person: { id: '' } }), this.#placeOf({ words: `${first}\uffff`, person: { id: '' } })];
  }

  /** Of those from here to there, whoever has all these words; one of them is sought in the text. */
  *among(asked: readonly string[], sought: string, from: number, to: number): Generator<Person> {
    if (from === to) return;
    const { text, starts } = (this.#lines ??= linesOf(this.#people));
    for (let n = from; n < to; n++) {
      const at = text.indexOf(sought, starts[n]);
      if (at < 0) return;
      n = lineAt(at, starts, n);
      if (n >= to) return;
      const { words, person } = this.#people[n]!;
      if (asked.every((word) => words.includes(word))) yield person;
    }
  }

  /** Where it stands, or would. */
  #placeOf(one: Placed): number {
    let [from, to] = [0, this.#people.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (isBefore(this.#people[middle]!, one)) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}

export function isBefore(x: Placed, y: Placed): boolean {
  return x.words < y.words || (x.words === y.words && x.person.id < y.person.id);
}

function linesOf(people: readonly Searched[]): { text: string; starts: Uint32Array } {
  const starts = new Uint32Array(people.length);
  let start = 0;
  for (let n = 0; n < people.length; n++) {
    starts[n] = start;
    start += people[n]!.words.length + 1;
  }
  return { text: people.map(({ words }) => words).join('\n'), starts };
}

/** The line on which that place of the text is: this one, or one behind it. */
function lineAt(at: number, starts: Uint32Array, line: number): number {
  let [from, to] = [line, starts.length];
  while (to - from > 1) {
    const middle = (from + to) >>> 1;
    if (starts[middle]! <= at) from = middle;
    else to = middle;
  }
  return from;
}

import { plainWords } from '../../domain/directory/names.js';
import type { Person } from '../../domain/directory/person.js';
import { AlphabetPage, isBefore, type Searched } from './alphabet-page.js';

const PAGE = 500;
const SAMPLE = 200;

/** People in the order of their names, page by page, found as one types: a change concerns one page. */
export class Alphabet {
  readonly #searched: Map<string, Searched>;
  /** None is empty; undefined while many come at once. */
  #pages: AlphabetPage[] | undefined;

  constructor(others?: Alphabet) {
    this.#searched = new Map(others ? others.#inOrder().map((one) => [one.person.id, one]) : []);
  }

  put(person: Person, place: string): void {
    this.drop(person.id);
    const { lastName, firstName, title, organisation } = person;
    const searched = { person, words: ` ${plainWords(`${lastName} ${firstName} ${title} ${organisation} ${place}`)}` };
    this.#searched.set(person.id, searched);
    if (!this.#pages) return;
    const at = this.#pageOf(searched, this.#pages);
    const page = this.#pages[at];
    if (!page) this.#pages.push(new AlphabetPage([searched]));
    else if (page.put(searched) > 2 * PAGE) this.#pages.splice(at, 1, ...pagesOf(page.people));
  }

  drop(id: string): void {
    const searched = this.#searched.get(id);
    if (!searched) return;
    this.#searched.delete(id);
    if (!this.#pages) return;
    const at = this.#pageOf(searched, this.#pages);
    if (this.#pages[at]!.drop(searched) === 0) this.#pages.splice(at, 1);
  }

  /** Once, when many are there; from then on a change concerns one page. */
  sort(): void {
    this.#pages ??= pagesOf([...this.#searched.values()].sort((x, y) => (isBefore(x, y) ? -1 : 1)));
  }

  /** Whoever has a word that begins with each of those asked; first those whose name does, in the alphabet's order. */
  *search(query: string): Generator<Person> {
    const asked = plainWords(query).split(' ').filter((word) => word !== '').map((word) => ` ${word}`);
    const sought = this.#rarest(asked);
    const pages = (this.#pages ?? []).map((page) => ({ page, named: page.named(asked[0] ?? '') }));
    for (const { page, named: [from, to] } of pages) yield* page.among(asked, sought, from, to);
    for (const { page, named: [from, to] } of pages) {
      yield* page.among(asked, sought, 0, from);
      yield* page.among(asked, sought, to, page.people.length);
    }
  }

  /** By a sample: what stands on few lines leaves few to be looked at. */
  #rarest(asked: readonly string[]): string {
    if (asked.length < 2) return asked[0] ?? '';
    const [pages, step] = [this.#pages ?? [], Math.ceil(this.#searched.size / SAMPLE)];
    const sample = pages.flatMap(({ people }) => people.filter((_, n) => n % step === 0));
    const counted = asked.map((word) => ({ word, lines: sample.filter(({ words }) => words.includes(word)).length }));
    return counted.sort((x, y) => x.lines - y.lines || y.word.length - x.word.length)[0]!.word;
  }

  #inOrder(): Searched[] {
    return (this.#pages ?? []).flatMap(({ people }) => people);
  }

  /** The last page that does not begin behind it, else the first one. */
  #pageOf(one: Searched, pages: readonly AlphabetPage[]): number {
    const behind = pages.findIndex(({ people }) => isBefore(one, people[0]!));
    return Math.max(0, (behind < 0 ? pages.length : behind) - 1);
  }
}

function pagesOf(people: readonly Searched[]): AlphabetPage[] {
  return Array.from({ length: Math.ceil(people.length / PAGE) }, (_, n) => new AlphabetPage(people.slice(n * PAGE, (n + 1) * PAGE)));
}

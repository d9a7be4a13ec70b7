import { compareCommune, type Believed, type Named, type Proposed } from '../../domain/directory/comparing.js';
import type { LineReason } from '../../domain/directory/imports.js';
import type { LocalDate, Person } from '../../domain/directory/person.js';
import type { Clock, Random } from '../ports.js';
import { NO_COUNTS, type AddressBook, type ImportCounts, type ImportLine } from './address-book.js';
import type { Book } from './book.js';
import { FileRefused, type CommuneShape, type OpenedFile, type ReadKind, type ReadLine } from './import-files.js';
import type { Shapes } from './shapes.js';

/** A short transaction each. */
const STAGED_AT_ONCE = 500;
/** A few milliseconds each; others have their turn in between. */
const COMMUNES_AT_ONCE = 25;
/** One instance is one préfecture: its own people and its neighbours', in memory. */
const MOST_PEOPLE = 60_000;

export interface Progress {
  doing: 'reading' | 'comparing';
  part: number;
  lines: number;
  since: number;
}

interface Parts {
  store: AddressBook;
  book: Book;
  shapes: Shapes;
  clock: Clock;
  random: Random;
  /** Lets others have their turn. */
  turn: () => Promise<void>;
  /** Whether somebody gave it up meanwhile. */
  isGivenUp: () => boolean;
}

/** Thrown to leave, when somebody gave the rehearsal up. */
export class GivenUp extends Error {}

/** One file read, compared with the book and staged: what would be added, changed and ended, and what cannot be. */
export class Rehearsal {
  readonly counts: ImportCounts = { ...NO_COUNTS };
  /** Whom it staged, and as which version: what the book must still precede when it is applied. */
  readonly staged: { id: string; version: number }[] = [];
  readonly progress: Progress;
  readonly #byCommune = new Map<string, Named[]>();
  readonly #notes = new Map<number, LineReason>();
  readonly #drawn = new Set<string>();
  #people: Person[] = [];
  #lines: ImportLine[] = [];
  #shapes: CommuneShape[] = [];
  #named = 0;

  constructor(
    private readonly id: string,
    private readonly kind: ReadKind,
    private readonly parts: Parts,
  ) {
    this.progress = { doing: 'reading', part: 0, lines: 0, since: parts.clock.monotonic() };
  }

  async run({ offices, batches }: OpenedFile, ends: boolean, today: LocalDate): Promise<void> {
    for await (const { lines, read, part } of batches) {
      Object.assign(this.progress, { part, lines: read });
      this.counts.read = read;
      for (const line of lines) this.#take(line);
      await this.#flush();
    }
    if (this.#named === 0 && this.counts.rejected === 0 && this.#shapes.length === 0 && this.counts.added + this.counts.changed + this.counts.unchanged === 0) throw new FileRefused('nobody-here');
    const believed: Believed = { mandates: this.kind !== 'own-list', contacts: this.kind !== 'rne', ends: this.kind === 'rne' || ends ? offices : [] };
    if (this.kind === 'contours') this.#endShapes();
    Object.assign(this.progress, { doing: 'comparing', part: 0 });
    let compared = 0;
    for (const [commune, named] of this.#byCommune) {
      for (const one of compareCommune(this.parts.book.inCommune(commune), named, believed, today)) this.#propose(one);
      if (++compared % COMMUNES_AT_ONCE !== 0) continue;
      this.progress.part = compared / this.#byCommune.size;
      await this.#flush();
      await this.parts.turn();
    }
    await this.#flush(1);
  }

  #take(line: ReadLine): void {
    switch (line.gives) {
      case 'elsewhere':
        this.counts.elsewhere++;
        return;
      case 'left-out':
        this.counts.leftOut++;
        return;
      case 'rejection':
        this.#propose({ action: 'rejected', ...line });
        return;
      case 'person': {
        const { named, note } = line;
        if (++this.#named > MOST_PEOPLE) throw new FileRefused('too-many-lines', String(MOST_PEOPLE));
        const there = this.#byCommune.get(named.commune);
        if (there) there.push(named);
        else this.#byCommune.set(named.commune, [named]);
        if (note) this.#notes.set(named.line, note);
        return;
      }
      case 'shape':
        this.#draw(line);
    }
  }

  #propose(one: Proposed): void {
    this.counts[one.action]++;
    if (one.action === 'unchanged') return;
    const { action, line, reason, shown } = one;
    if (action === 'rejected') {
      this.#lines.push({ line, action, reason, person: null, shown });
      return;
    }
    const known = 'known' in one ? one.known : undefined;
    const id = known?.id ?? this.parts.random.id();
    this.#people.push({ id, version: (known?.version ?? 0) + 1, ...one.content, changedAt: this.parts.clock.wall() });
    this.#lines.push({ line, action, reason: reason ?? this.#notes.get(line) ?? null, person: id, shown });
  }

  #draw({ line, shape, shown }: Extract<ReadLine, { gives: 'shape' }>): void {
    const known = this.parts.shapes.shape(shape.commune);
    const action = !known ? 'added' : JSON.stringify(known) === JSON.stringify(shape) ? 'unchanged' : 'changed';
    this.counts[action]++;
    this.#shapes.push(shape);
    this.#drawn.add(shape.commune);
    if (action !== 'unchanged') this.#lines.push({ line, action, reason: null, person: null, shown });
  }

  /** The new contours replace the former ones, all of them. */
  #endShapes(): void {
    for (const { commune } of this.parts.shapes.all) {
      if (this.#drawn.has(commune)) continue;
      this.counts.ended++;
      this.#lines.push({ line: 0, action: 'ended', reason: null, person: null, shown: commune });
    }
  }

  /** Writes what is enough for a transaction, or all that is left. */
  async #flush(least = STAGED_AT_ONCE): Promise<void> {
    if (this.parts.isGivenUp()) throw new GivenUp();
    const { store } = this.parts;
    for (let shapes = this.#shapes; shapes.length >= least; shapes = this.#shapes) {
      this.#shapes = shapes.slice(STAGED_AT_ONCE);
      await store.stageShapes(this.id, shapes.slice(0, STAGED_AT_ONCE));
    }
    while (this.#lines.length >= least || this.#people.length >= least) {
      const people = this.#people.splice(0, STAGED_AT_ONCE);
      const last = await store.lastVersions(people.filter(({ version }) => version > 1).map(({ id }) => id));
      // Above what other imports have staged: the last to be applied is the one in force.
      for (const person of people) person.version = Math.max(person.version, (last.get(person.id) ?? 0) + 1);
      for (const { id, version } of people) this.staged.push({ id, version });
      await store.stage(this.id, people, this.#lines.splice(0, STAGED_AT_ONCE));
      await this.parts.turn();
    }
  }
}

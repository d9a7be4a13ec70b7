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
/** Others have their turn behind so many milliseconds of comparing. */
const COMPARED_AT_ONCE = 5;
/** One instance is one préfecture: its own people and its neighbours', in memory. */
const MOST_PEOPLE = 60_000;

export interface Progress {
  doing: 'reading' | 'comparing' | 'staging';
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

type Change = Exclude<Proposed, { action: 'unchanged' }> | { action: 'added' | 'changed' | 'ended'; line: number; reason: null; shown: string };

/** Thrown to leave, when somebody gave the rehearsal up. */
export class GivenUp extends Error {}

/** One file read, compared with the book and staged: what would be added, changed and ended, and what cannot be. */
export class Rehearsal {
  readonly counts: ImportCounts = { ...NO_COUNTS };
  /** Whom it staged: what the book must still precede when it is applied, and what it takes then. */
  readonly staged: Person[] = [];
  readonly progress: Progress;
  readonly #byCommune = new Map<string, Named[]>();
  readonly #notes = new Map<number, LineReason>();
  readonly #drawn = new Set<string>();
  readonly #changes: Change[] = [];
  readonly #shapes: CommuneShape[] = [];
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
      this.#goOn();
    }
    if (this.#named + this.#shapes.length + this.counts.rejected === 0) throw new FileRefused('nobody-here');
    if (this.kind === 'contours') this.#endShapes();
    await this.#compare({ mandates: this.kind !== 'own-list', contacts: this.kind !== 'rne', ends: this.kind === 'rne' || ends ? offices : [] }, today);
    await this.#stage();
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

  async #compare(believed: Believed, today: LocalDate): Promise<void> {
    Object.assign(this.progress, { doing: 'comparing', part: 0 });
    let compared = 0;
    let since = this.parts.clock.monotonic();
    for (const [commune, named] of this.#byCommune) {
      for (const one of compareCommune(this.parts.book.inCommune(commune), named, believed, today)) this.#propose(one);
      compared++;
      if (this.parts.clock.monotonic() - since < COMPARED_AT_ONCE) continue;
      this.progress.part = compared / this.#byCommune.size;
      await this.parts.turn();
      this.#goOn();
      since = this.parts.clock.monotonic();
    }
  }

  #propose(one: Proposed): void {
    this.counts[one.action]++;
    if (one.action !== 'unchanged') this.#changes.push(one);
  }

  #draw({ line, shape, shown }: Extract<ReadLine, { gives: 'shape' }>): void {
    const known = this.parts.shapes.shape(shape.commune);
    const action = !known ? 'added' : JSON.stringify(known) === JSON.stringify(shape) ? 'unchanged' : 'changed';
    this.counts[action]++;
    this.#shapes.push(shape);
    this.#drawn.add(shape.commune);
    if (action !== 'unchanged') this.#changes.push({ line, action, reason: null, shown });
  }

  /** The new contours replace the former ones, all of them. */
  #endShapes(): void {
    for (const { commune } of this.parts.shapes.all) {
      if (this.#drawn.has(commune)) continue;
      this.counts.ended++;
      this.#changes.push({ line: 0, action: 'ended', reason: null, shown: commune });
    }
  }

  /**
   * In the order of the file's lines; ids grow with them: what is written together lies together on the disk.
   */
  async #stage(): Promise<void> {
    Object.assign(this.progress, { doing: 'staging', part: 0 });
    const { store, random, clock } = this.parts;
    const changes = this.#changes.sort((x, y) => x.line - y.line);
    let given = 0;
    const nextId = () => `${Math.floor((given++ / this.counts.added) * 0x1_0000).toString(16).padStart(4, '0')}${random.id().slice(4)}`;
    for (let at = 0; at < changes.length; at += STAGED_AT_ONCE) {
      const people: Person[] = [];
      const lines: ImportLine[] = [];
      for (const one of changes.slice(at, at + STAGED_AT_ONCE)) {
        const { line, action, reason, shown } = one;
        const known = 'known' in one ? one.known : undefined;
        const person = 'content' in one ? { id: known?.id ?? nextId(), version: (known?.version ?? 0) + 1, ...one.content, changedAt: clock.wall() } : undefined;
        if (person) people.push(person);
        lines.push({ line, action, reason: reason ?? this.#notes.get(line) ?? null, person: person?.id ?? null, shown });
      }
      // Above what other imports have staged: the last to be applied is the one in force.
      const last = await store.lastVersions(people.filter(({ version }) => version > 1).map(({ id }) => id));
      for (const person of people) person.version = Math.max(person.version, (last.get(person.id) ?? 0) + 1);
      this.staged.push(...people);
      await store.stage(this.id, people, lines);
      this.progress.part = at / changes.length;
      await this.parts.turn();
      this.#goOn();
    }
    for (let at = 0; at < this.#shapes.length; at += STAGED_AT_ONCE) {
      await store.stageShapes(this.id, this.#shapes.slice(at, at + STAGED_AT_ONCE));
      await this.parts.turn();
    }
  }

  #goOn(): void {
    if (this.parts.isGivenUp()) throw new GivenUp();
  }
}

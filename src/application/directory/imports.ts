import { decideAdministration, type AdminCommand } from '../../domain/administration-rules.js';
import { UNDONE_WITHIN, type Mapping } from '../../domain/directory/imports.js';
import { plainWords } from '../../domain/directory/names.js';
import type { LocalDate, Person } from '../../domain/directory/person.js';
import { isRefusal, refuse, type Refusal } from '../../domain/refusal.js';
import { HOUR, type Ms } from '../../domain/time.js';
import type { Actor, Administration } from '../administration.js';
import { StorageFailed, type Clock, type Random } from '../ports.js';
import { NO_COUNTS, type AddressBook, type ImportLine, type ImportRecord, type LineAction } from './address-book.js';
import type { Book } from './book.js';
import { FileRefused, type ImportFiles, type ReadKind, type Recognised } from './import-files.js';
import { GivenUp, Rehearsal, type Progress } from './rehearsal.js';
import type { Shapes } from './shapes.js';

const PAGE = 500;
const MOST_REHEARSED = 3;
const SWEPT_EVERY: Ms = HOUR;
/** What was rejected names people: a report is kept as long as one may have to come back to it. */
const REPORT_KEPT: Ms = 30 * 24 * HOUR;

export interface Asked {
  path: string;
  fileName: string;
  kind: ReadKind;
  mapping?: Mapping;
  /** Whether whoever one's own list no longer names has ended. */
  ends?: boolean;
}

interface Parts {
  administration: Administration;
  store: AddressBook;
  book: Book;
  shapes: Shapes;
  files: ImportFiles;
  clock: Clock;
  random: Random;
  turn: () => Promise<void>;
  /** The préfecture's own day. */
  today: () => LocalDate;
  alarm: (message: string, details: object) => void;
}

interface Running {
  id: string;
  rehearsal: Rehearsal;
  done: Promise<void>;
  isGivenUp: boolean;
}

/**
 * A file enters the directory in two acts: rehearsed, which changes nothing and says line by line what would change; then
 * applied, whole, by one row and one entry of the administration's journal, and undone the same way within a day. An
 * activation that runs holds the version of each person that it froze: nothing of it changes.
 */
export class Imports {
  #running: Running | undefined;
  /** Rehearsals that may still be applied, and how many imports had been switched when each began. */
  readonly #rehearsed = new Map<string, { staged: Rehearsal['staged']; switches: number }>();
  #switches = 0;
  #sweptAt = -Infinity;

  constructor(private readonly parts: Parts) {}

  /** At start: what was being rehearsed is given up, its file may be chosen again. */
  async restore(): Promise<void> {
    await this.parts.shapes.load();
    for (const record of await this.parts.store.imports()) {
      if (record.state === 'staging' || record.state === 'rehearsed') await this.#put({ ...record, state: 'discarded', fault: 'interrupted' });
    }
  }

  /** What a file is, with what was said before of the columns of such a header. */
  async recognise(path: string): Promise<(Recognised & { kept: Mapping | undefined }) | Refusal> {
    try {
      const seen = await this.parts.files.recognise(path);
      return { ...seen, kept: seen.kind === 'own-list' ? await this.#keptFor(seen.columns) : undefined };
    } catch (error) {
      return refusalOf(error);
    }
  }

  /** Begins; `ended` says when it is done. One at a time, so that what it compares with stands still. */
  async rehearse(actor: Actor, { path, fileName, kind, mapping, ends = false }: Asked): Promise<{ import: string } | Refusal> {
    if (this.#running) return refuse('rehearsal-running');
    const { store, files, clock, random } = this.parts;
    const id = random.id();
    const run: Running = { id, rehearsal: new Rehearsal(id, kind, { ...this.parts, isGivenUp: () => run.isGivenUp }), done: Promise.resolve(), isGivenUp: false };
    this.#running = run;
    try {
      await this.#makeRoom();
      // A file that cannot be read at all is refused at once.
      const opened = await files.open(path, kind, kind === 'own-list' ? await this.#mappingOf(path, mapping) : undefined);
      const now = clock.wall();
      const record: ImportRecord = { id, kind, fileName, by: actor.id, startedAt: now, state: 'staging', at: now, counts: NO_COUNTS, fault: null };
      await store.putImport(record);
      const switches = this.#switches;
      run.done = run.rehearsal.run(opened, ends, this.parts.today())
        .then(async () => {
          this.#rehearsed.set(id, { staged: run.rehearsal.staged, switches });
          await this.#put({ ...record, state: 'rehearsed', counts: run.rehearsal.counts });
        })
        .catch((error: unknown) => this.#failed(record, run.rehearsal, error))
        .finally(() => (this.#running = undefined));
      return { import: id };
    } catch (error) {
      this.#running = undefined;
      return refusalOf(error);
    }
  }

  /** When the rehearsal that runs has ended, well or not. */
  async ended(): Promise<void> {
    await this.#running?.done;
  }

  progress(id: string): (Progress & { rate: number }) | undefined {
    if (this.#running?.id !== id) return undefined;
    const { progress } = this.#running.rehearsal;
    const seconds = (this.parts.clock.monotonic() - progress.since) / 1_000;
    return { ...progress, rate: seconds > 0 ? Math.round(progress.lines / seconds) : 0 };
  }

  list(): Promise<ImportRecord[]> {
    return this.parts.store.imports();
  }

  find(id: string): Promise<ImportRecord | undefined> {
    return this.parts.store.import(id);
  }

  lines(id: string, after: number, limit: number, action?: LineAction): Promise<(ImportLine & { place: number })[]> {
    return this.parts.store.lines(id, after, limit, action);
  }

  /** The whole report, page after page. */
  async *report(id: string): AsyncGenerator<ImportLine[]> {
    for (let after = 0; ;) {
      const page = await this.lines(id, after, PAGE);
      yield page;
      if (page.length < PAGE) return;
      after = page.at(-1)!.place;
      await this.parts.turn();
    }
  }

  async apply(actor: Actor, id: string): Promise<Refusal | undefined> {
    return this.#switch(actor, id, 'applied', (known, now) => ({ type: 'import-directory', known, isFresh: this.#isFresh(id), now }));
  }

  /** As a whole; whom somebody changed since stays as they are, and is counted. */
  async undo(actor: Actor, id: string): Promise<{ kept: number } | Refusal> {
    const kept = (await this.find(id))?.state === 'applied' ? await this.changedSince(id) : 0;
    return (await this.#switch(actor, id, 'undone', (known, now) => ({ type: 'undo-import', known, now }))) ?? { kept };
  }

  /** How many of the cards that an applied import wrote are no longer as it wrote them. */
  async changedSince(id: string): Promise<number> {
    let changed = 0;
    for await (const page of this.#stagedBy(id)) changed += page.filter((person) => this.parts.book.person(person.id)?.version !== person.version).length;
    return changed;
  }

  async discard(id: string): Promise<Refusal | undefined> {
    if (this.#running?.id === id) {
      this.#running.isGivenUp = true;
      await this.#running.done;
    }
    const record = await this.find(id);
    if (!record) return refuse('unknown-import');
    if (record.state === 'applied' || record.state === 'undone') return refuse('not-rehearsed');
    await this.#drop(record);
    return undefined;
  }

  /** Called by the beat; once an hour it takes what nobody needs any more. */
  async sweep(): Promise<void> {
    const now = this.parts.clock.wall();
    if (now - this.#sweptAt < SWEPT_EVERY && now >= this.#sweptAt) return;
    this.#sweptAt = now;
    for (const record of await this.list()) {
      const age = now - record.at;
      if (record.state === 'rehearsed' && age >= UNDONE_WITHIN) await this.#drop(record);
      else if (record.state === 'discarded' || record.state === 'failed') await this.#clear(record.id, 'all');
      else if (age >= REPORT_KEPT) await this.#clear(record.id, 'lines');
    }
  }

  /** What a rehearsal would write is in memory until it is applied or given up: few wait at once. */
  async #makeRoom(): Promise<void> {
    const [oldest] = this.#rehearsed.keys();
    const record = oldest !== undefined && this.#rehearsed.size >= MOST_REHEARSED ? await this.find(oldest) : undefined;
    if (record) await this.#drop(record);
  }

  #isFresh(id: string): boolean {
    const rehearsed = this.#rehearsed.get(id);
    if (rehearsed?.switches !== this.#switches) return false;
    // Nobody has a newer version; whoever was there still is.
    return rehearsed.staged.every((one) => {
      const version = this.parts.book.person(one.id)?.version;
      return version === undefined ? one.version === 1 : version < one.version;
    });
  }

  async #switch(actor: Actor, id: string, state: 'applied' | 'undone', command: (known: ImportRecord | undefined, now: Ms) => AdminCommand): Promise<Refusal | undefined> {
    const written = await this.parts.administration.write(actor, async (administration, now) => {
      const events = decideAdministration(administration, command(await this.find(id), now), { rights: actor.rights, now });
      return isRefusal(events) ? events : { events, changes: events.length === 0 ? [] : [{ change: 'import-moved', import: id, state, at: now }] };
    });
    if (isRefusal(written)) return written;
    if (written.length === 0) return undefined;
    this.#switches++;
    const staged = this.#rehearsed.get(id)?.staged ?? [];
    this.#rehearsed.delete(id);
    await this.#reread(id, state, staged);
    return undefined;
  }

  /** What the switch put in force, or took out of it, in the book and on the map. */
  async #reread(id: string, state: 'applied' | 'undone', staged: readonly Person[]): Promise<void> {
    const { store, book, shapes } = this.parts;
    for await (const page of state === 'applied' ? this.#inPages(staged) : this.#stagedBy(id)) {
      for (const staged of page) {
        const known = book.person(staged.id);
        if (known && known.version > staged.version) continue;
        const person = state === 'applied' ? staged : await store.person(staged.id);
        if (person) book.put(person);
        else book.drop(staged.id);
      }
    }
    await shapes.load();
  }

  async *#inPages(people: readonly Person[]): AsyncGenerator<readonly Person[]> {
    for (let at = 0; at < people.length; at += PAGE) {
      yield people.slice(at, at + PAGE);
      await this.parts.turn();
    }
  }

  async *#stagedBy(id: string) {
    for (let after = ''; ;) {
      const page = await this.parts.store.stagedBy(id, after, PAGE);
      yield page;
      if (page.length < PAGE) return;
      after = page.at(-1)!.id;
      await this.parts.turn();
    }
  }

  async #failed(record: ImportRecord, { counts }: Rehearsal, error: unknown): Promise<void> {
    const fault = error instanceof FileRefused ? error.message : error instanceof StorageFailed ? 'storage-failed' : error instanceof GivenUp ? null : 'internal';
    if (fault === 'internal') this.parts.alarm('import', { err: error });
    try {
      await this.#put({ ...record, state: fault === null ? 'discarded' : 'failed', counts, fault });
      await this.#clear(record.id, 'all');
    } catch (err) {
      // The disk refuses: the next start gives it up.
      this.parts.alarm('import', { err });
    }
  }

  async #drop(record: ImportRecord): Promise<void> {
    this.#rehearsed.delete(record.id);
    if (record.state !== 'failed') await this.#put({ ...record, state: 'discarded' });
    await this.#clear(record.id, 'all');
  }

  async #clear(id: string, what: 'all' | 'lines'): Promise<void> {
    while (await this.parts.store.clear(id, PAGE, what)) await this.parts.turn();
  }

  #put(record: ImportRecord): Promise<void> {
    return this.parts.store.putImport({ ...record, at: this.parts.clock.wall() });
  }

  /** As somebody says now, and it is kept; else as somebody said of such a header, else as the names suggest. */
  async #mappingOf(path: string, said: Mapping | undefined): Promise<Mapping> {
    const { columns, guessed } = await this.parts.files.recognise(path);
    if (said?.length === columns.length) await this.parts.store.putMapping(headerOf(columns), inOrder(columns).map((at) => said[at]!));
    return said ?? (await this.#keptFor(columns)) ?? guessed;
  }

  /** Kept in the order of the names: the same columns shuffled are the same list. */
  async #keptFor(columns: Columns): Promise<Mapping | undefined> {
    const known = (await this.parts.store.mapping(headerOf(columns))) as Mapping | undefined;
    const sorted = inOrder(columns);
    return known && columns.map((_, at) => known[sorted.indexOf(at)]!);
  }
}

type Columns = Recognised['columns'];

function inOrder(columns: Columns): number[] {
  const names = columns.map(({ name }) => plainWords(name));
  return names.map((_, at) => at).sort((x, y) => (names[x]! < names[y]! ? -1 : names[x]! > names[y]! ? 1 : x - y));
}

function headerOf(columns: Columns): string {
  return inOrder(columns).map((at) => plainWords(columns[at]!.name)).join('|');
}

function refusalOf(error: unknown): Refusal {
  if (!(error instanceof FileRefused)) throw error;
  return refuse('file-refused', { why: error.fault, about: error.about });
}

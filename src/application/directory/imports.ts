import { UNDONE_WITHIN, type Mapping } from '../../domain/directory/imports.js';
import type { LocalDate } from '../../domain/directory/person.js';
import { refuse, type Refusal } from '../../domain/refusal.js';
import { HOUR, type Ms } from '../../domain/time.js';
import type { Actor, Administration } from '../administration.js';
import { StorageFailed, type Clock, type Random } from '../ports.js';
import { NO_COUNTS, type AddressBook, type ImportLine, type ImportRecord, type LineAction } from './address-book.js';
import type { Book } from './book.js';
import { FileRefused, type ImportFiles, type ReadKind, type Recognised } from './import-files.js';
import { KeptMappings } from './kept-mappings.js';
import { GivenUp, Rehearsal, type Progress } from './rehearsal.js';
import type { Shapes } from './shapes.js';
import { Switch } from './switch.js';

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
  readonly #mappings: KeptMappings;
  readonly #switch: Switch;
  #sweptAt = -Infinity;

  constructor(private readonly parts: Parts) {
    this.#mappings = new KeptMappings(parts.store);
    this.#switch = new Switch(parts);
  }

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
      return { ...seen, kept: seen.kind === 'own-list' ? await this.#mappings.keptFor(seen.columns) : undefined };
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
      const opened = await files.open(path, kind, kind === 'own-list' ? await this.#mappings.settle(await files.recognise(path), mapping) : undefined);
      const now = clock.wall();
      const record: ImportRecord = { id, kind, fileName, by: actor.id, startedAt: now, state: 'staging', at: now, counts: NO_COUNTS, fault: null };
      await store.putImport(record);
      const rehearsed = this.#switch.begun();
      run.done = run.rehearsal.run(opened, ends, this.parts.today())
        .then(async () => {
          this.#switch.ready(id, { staged: run.rehearsal.staged, ...rehearsed });
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

  apply(actor: Actor, id: string): Promise<Refusal | undefined> {
    return this.#switch.apply(actor, id);
  }

  undo(actor: Actor, id: string): Promise<{ kept: number } | Refusal> {
    return this.#switch.undo(actor, id);
  }

  changedSince(id: string): Promise<number> {
    return this.#switch.changedSince(id);
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
    const oldest = this.#switch.oldestBeyond(MOST_REHEARSED);
    const record = oldest === undefined ? undefined : await this.find(oldest);
    if (record) await this.#drop(record);
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
    this.#switch.forget(record.id);
    if (record.state !== 'failed') await this.#put({ ...record, state: 'discarded' });
    await this.#clear(record.id, 'all');
  }

  async #clear(id: string, what: 'all' | 'lines'): Promise<void> {
    while (await this.parts.store.clear(id, PAGE, what)) await this.parts.turn();
  }

  #put(record: ImportRecord): Promise<void> {
    return this.parts.store.putImport({ ...record, at: this.parts.clock.wall() });
  }
}

function refusalOf(error: unknown): Refusal {
  if (!(error instanceof FileRefused)) throw error;
  return refuse('file-refused', { why: error.fault, about: error.about });
}

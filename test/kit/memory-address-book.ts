import { AddressBook, type ContactOutcome, type DirectoryChange, type ImportLine, type ImportRecord, type LineAction } from '../../src/application/directory/address-book.js';
import type { CommuneShape } from '../../src/application/directory/import-files.js';
import type { Person } from '../../src/domain/directory/person.js';

interface Version {
  person: Person;
  import: string | null;
}

/** The directory in plain lists, under the same contract suite as SQLite. */
export class MemoryAddressBook extends AddressBook {
  #versions: Version[] = [];
  readonly #imports = new Map<string, ImportRecord>();
  readonly #shapes = new Map<string, CommuneShape[]>();
  readonly #mappings = new Map<string, readonly string[]>();
  readonly #lines = new Map<string, (ImportLine & { place: number })[]>();
  readonly #outcomes = new Map<string, ContactOutcome>();

  constructor(private readonly mustWrite: () => void) {
    super();
  }

  /** With the batch of the journal. */
  apply(change: DirectoryChange): void {
    switch (change.change) {
      case 'person-put':
        this.#add({ person: structuredClone(change.person), import: null });
        return;
      case 'people-erased':
        this.#versions = this.#versions.filter(({ person }) => !change.people.includes(person.id));
        for (const [key, { person }] of this.#outcomes) if (change.people.includes(person)) this.#outcomes.delete(key);
        for (const lines of this.#lines.values()) {
          for (const line of lines) if (line.person !== null && change.people.includes(line.person)) Object.assign(line, { shown: '', person: null });
        }
        return;
      case 'import-moved': {
        const known = this.#imports.get(change.import);
        if (known) Object.assign(known, { state: change.state, at: change.at });
      }
    }
  }

  #add(version: Version): void {
    if (this.#versions.some(({ person }) => person.id === version.person.id && person.version === version.person.version)) throw new Error('that version is there');
    this.#versions.push(version);
  }

  #inForce(): Person[] {
    const last = new Map<string, Person>();
    for (const { person, import: from } of this.#versions) {
      if (from !== null && this.#imports.get(from)?.state !== 'applied') continue;
      if ((last.get(person.id)?.version ?? 0) < person.version) last.set(person.id, person);
    }
    return [...last.values()].sort((x, y) => (x.id < y.id ? -1 : 1));
  }

  override async people(after: string, limit: number): Promise<Person[]> {
    return structuredClone(this.#inForce().filter(({ id }) => id > after).slice(0, limit));
  }

  override async person(id: string, version?: number): Promise<Person | undefined> {
    if (version === undefined) return structuredClone(this.#inForce().find((person) => person.id === id));
    return structuredClone(this.#versions.find(({ person }) => person.id === id && person.version === version)?.person);
  }

  override async lastVersions(ids: readonly string[]): Promise<Map<string, number>> {
    const last = new Map<string, number>();
    for (const { person } of this.#versions) if (ids.includes(person.id)) last.set(person.id, Math.max(last.get(person.id) ?? 0, person.version));
    return last;
  }

  override async imports(): Promise<ImportRecord[]> {
    return structuredClone([...this.#imports.values()].sort((x, y) => y.startedAt - x.startedAt || (x.id < y.id ? -1 : 1)));
  }

  override async import(id: string): Promise<ImportRecord | undefined> {
    return structuredClone(this.#imports.get(id));
  }

  override async putImport(record: ImportRecord): Promise<void> {
    this.mustWrite();
    const known = this.#imports.get(record.id);
    const { state, at, counts, fault } = structuredClone(record);
    this.#imports.set(record.id, known ? { ...known, state, at, counts, fault } : structuredClone(record));
  }

  override async stage(id: string, people: readonly Person[], lines: readonly ImportLine[]): Promise<void> {
    this.mustWrite();
    for (const person of people) this.#add({ person: structuredClone(person), import: id });
    const there = this.#lines.get(id) ?? [];
    this.#lines.set(id, there);
    for (const line of lines) there.push({ ...line, place: there.length + 1 });
  }

  override async lines(id: string, after: number, limit: number, action?: LineAction): Promise<(ImportLine & { place: number })[]> {
    return structuredClone((this.#lines.get(id) ?? []).filter((line) => line.place > after && (action === undefined || line.action === action)).slice(0, limit));
  }

  override async stagedBy(id: string, after: string, limit: number): Promise<Person[]> {
    const staged = this.#versions.filter(({ import: from, person }) => from === id && person.id > after).map(({ person }) => person);
    return structuredClone(staged.sort((x, y) => (x.id < y.id ? -1 : 1)).slice(0, limit));
  }

  override async clear(id: string, _limit: number, what: 'all' | 'lines'): Promise<boolean> {
    this.mustWrite();
    const before = this.#versions.length + (this.#lines.get(id)?.length ?? 0);
    if (what === 'all') {
      this.#versions = this.#versions.filter(({ import: from }) => from !== id);
      this.#shapes.delete(id);
    }
    this.#lines.delete(id);
    return before > this.#versions.length;
  }

  override async stageShapes(id: string, shapes: readonly CommuneShape[]): Promise<void> {
    this.mustWrite();
    this.#shapes.set(id, [...(this.#shapes.get(id) ?? []), ...structuredClone(shapes)]);
  }

  override async shapes(after: string, limit: number): Promise<CommuneShape[]> {
    const applied = [...this.#imports.values()].filter(({ kind, state }) => kind === 'contours' && state === 'applied').sort((x, y) => y.at - x.at)[0];
    const shapes = (applied && this.#shapes.get(applied.id)) ?? [];
    return structuredClone([...shapes].sort((x, y) => (x.commune < y.commune ? -1 : 1)).filter(({ commune }) => commune > after).slice(0, limit));
  }

  override async mapping(header: string): Promise<readonly string[] | undefined> {
    return this.#mappings.get(header);
  }

  override async putMapping(header: string, mapping: readonly string[]): Promise<void> {
    this.mustWrite();
    this.#mappings.set(header, mapping);
  }

  override async noteOutcomes(outcomes: readonly ContactOutcome[]): Promise<void> {
    this.mustWrite();
    for (const one of outcomes) {
      const key = `${one.person} ${one.number}`;
      if ((this.#outcomes.get(key)?.at ?? -Infinity) <= one.at) this.#outcomes.set(key, { ...one });
    }
  }

  override async outcomes(): Promise<ContactOutcome[]> {
    return structuredClone([...this.#outcomes].sort(([x], [y]) => (x < y ? -1 : 1)).map(([, one]) => one));
  }
}

import { AddressBook, type ContactOutcome, type DirectoryChange, type ImportLine, type ImportRecord, type LineAction } from '../../application/directory/address-book.js';
import type { CommuneShape } from '../../application/directory/import-files.js';
import type { Person } from '../../domain/directory/person.js';
import type { RawHandle } from './raw-handle.js';

type StoredImport = Omit<ImportRecord, 'counts'> & { counts: string };
interface Content {
  content: string;
}

/** The directory in SQLite: each version of a person is a row, its content JSON. */
export class AddressBookSqlite extends AddressBook {
  readonly #handle: RawHandle;
  readonly #sql: ReturnType<typeof prepare>;

  constructor(handle: RawHandle) {
    super();
    this.#handle = handle;
    this.#sql = prepare(handle);
  }

  override async people(after: string, limit: number): Promise<Person[]> {
    await new Promise((resolve) => setImmediate(resolve)); // page after page, the beat and the boards have their turn
    return this.#sql.people.all(after, limit).map(toPerson);
  }

  override async person(id: string, version?: number): Promise<Person | undefined> {
    const found = version === undefined ? this.#sql.person.get(id) : this.#sql.version.get(id, version);
    return found && toPerson(found);
  }

  override async lastVersions(ids: readonly string[]): Promise<Map<string, number>> {
    return new Map(ids.flatMap((id) => {
      const last = this.#sql.last.get(id)?.version;
      return last == null ? [] : [[id, last] as const];
    }));
  }

  override async imports(): Promise<ImportRecord[]> {
    return this.#sql.imports.all().map(toImport);
  }

  override async import(id: string): Promise<ImportRecord | undefined> {
    const found = this.#sql.import.get(id);
    return found && toImport(found);
  }

  override async putImport(r: ImportRecord): Promise<void> {
    this.#handle.write(() => this.#sql.putImport.run(r.id, r.kind, r.fileName, r.by, r.startedAt, r.state, r.at, JSON.stringify(r.counts), r.fault));
  }

  override async stage(id: string, people: readonly Person[], lines: readonly ImportLine[]): Promise<void> {
    this.#handle.write(() => {
      this.#sql.putVersions(people.map((person) => [person.id, person.version, id, JSON.stringify(person)]));
      const { place } = this.#sql.lastPlace.get(id)!;
      this.#sql.putLines(lines.map(({ line, action, reason, person, shown }, n) => [id, place + n + 1, line, action, reason, person, shown]));
    });
  }

  override async lines(id: string, after: number, limit: number, action?: LineAction): Promise<(ImportLine & { place: number })[]> {
    return action === undefined ? this.#sql.lines.all(id, after, limit) : this.#sql.linesOf.all(id, after, action, limit);
  }

  override async stagedBy(id: string, after: string, limit: number): Promise<Person[]> {
    return this.#sql.staged.all(id, after, limit).map(toPerson);
  }

  override async clear(id: string, limit: number, what: 'all' | 'lines'): Promise<boolean> {
    return this.#handle.write(() => {
      const staged = what === 'lines' ? 0 : this.#sql.clearVersions.run(id, limit).changes + this.#sql.clearShapes.run(id, id, limit).changes;
      return staged + this.#sql.clearLines.run(id, id, limit).changes > 0;
    });
  }

  override async stageShapes(id: string, shapes: readonly CommuneShape[]): Promise<void> {
    this.#handle.write(() => {
      for (const shape of shapes) this.#sql.putShape.run(id, shape.commune, JSON.stringify(shape));
    });
  }

  override async shapes(after: string, limit: number): Promise<CommuneShape[]> {
    return this.#sql.shapes.all(after, limit).map(({ content }) => JSON.parse(content) as CommuneShape);
  }

  override async noteOutcomes(outcomes: readonly ContactOutcome[]): Promise<void> {
    this.#handle.write(() => {
      for (const { person, number, outcome, at } of outcomes) this.#sql.putOutcome.run(person, number, outcome, at);
    });
  }

  override async outcomes(): Promise<ContactOutcome[]> {
    return this.#sql.outcomes.all();
  }

  override async mapping(header: string): Promise<readonly string[] | undefined> {
    const found = this.#sql.mapping.get(header);
    return found && (JSON.parse(found.content) as string[]);
  }

  override async putMapping(header: string, mapping: readonly string[]): Promise<void> {
    this.#handle.write(() => this.#sql.putMapping.run(header, JSON.stringify(mapping)));
  }
}

/** Inside the transaction of the batch, like the changes of accounts. */
export function directoryWriter(handle: RawHandle): (change: DirectoryChange) => void {
  const put = handle.prepare<[string, number, string]>('INSERT INTO people_versions (person, version, "import", content) VALUES (?, ?, NULL, ?)');
  const erase = handle.prepare<[string]>('DELETE FROM people_versions WHERE person = ?');
  // Once for all of them: reports are short-lived, and an index of theirs would cost each import more than this scan costs an erasure.
  const eraseLines = handle.prepare<[string]>(`UPDATE import_lines SET shown = '', person = NULL WHERE person IN (SELECT value FROM json_each(?))`);
  const eraseOutcomes = handle.prepare<[string]>('DELETE FROM contact_outcomes WHERE person = ?');
  const move = handle.prepare<[string, number, string]>('UPDATE imports SET state = ?, at = ? WHERE id = ?');
  return (change) => {
    switch (change.change) {
      case 'person-put':
        put.run(change.person.id, change.person.version, JSON.stringify(change.person));
        return;
      case 'people-erased':
        for (const person of change.people) {
          erase.run(person);
          eraseOutcomes.run(person);
        }
        eraseLines.run(JSON.stringify(change.people));
        return;
      case 'import-moved':
        move.run(change.state, change.at, change.import);
    }
  };
}

function toPerson({ content }: Content): Person {
  return JSON.parse(content) as Person;
}

function toImport({ counts, ...rest }: StoredImport): ImportRecord {
  return { ...rest, counts: JSON.parse(counts) as ImportRecord['counts'] };
}

/** Ten rows a statement: half of the time of a row each, for 35,000 of them. */
function manyRows(handle: RawHandle, table: string, columns: readonly string[]): (rows: readonly unknown[][]) => void {
  const insert = (rows: number) => {
    const row = `(${columns.map(() => '?').join(', ')})`;
    return handle.prepare<unknown[]>(`INSERT INTO ${table} (${columns.map((name) => `"${name}"`).join(', ')}) VALUES ${Array.from({ length: rows }, () => row).join(', ')}`);
  };
  const [ten, one] = [insert(10), insert(1)];
  return (rows) => {
    const whole = rows.length - (rows.length % 10);
    for (let at = 0; at < whole; at += 10) ten.run(rows.slice(at, at + 10).flat());
    for (const row of rows.slice(whole)) one.run(...row);
  };
}

const IN_FORCE = `("import" IS NULL OR EXISTS (SELECT 1 FROM imports i WHERE i.id = v."import" AND i.state = 'applied'))`;
const IMPORT = 'id, kind, fileName, "by", startedAt, state, at, counts, fault';

function prepare(handle: RawHandle) {
  return {
    // Of the rows of one person, SQLite gives the content of the one that has the greatest version.
    people: handle.prepare<[string, number], Content>(
      `SELECT person, max(version) AS version, content FROM people_versions v WHERE person > ? AND ${IN_FORCE} GROUP BY person ORDER BY person LIMIT ?`,
    ),
    person: handle.prepare<[string], Content>(`SELECT content FROM people_versions v WHERE person = ? AND ${IN_FORCE} ORDER BY version DESC LIMIT 1`),
    version: handle.prepare<[string, number], Content>('SELECT content FROM people_versions WHERE person = ? AND version = ?'),
    last: handle.prepare<[string], { version: number | null }>('SELECT max(version) AS version FROM people_versions WHERE person = ?'),
    imports: handle.prepare<[], StoredImport>(`SELECT ${IMPORT} FROM imports ORDER BY startedAt DESC, id`),
    import: handle.prepare<[string], StoredImport>(`SELECT ${IMPORT} FROM imports WHERE id = ?`),
    putImport: handle.prepare<unknown[]>(
      `INSERT INTO imports (${IMPORT}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET state = excluded.state, at = excluded.at, counts = excluded.counts, fault = excluded.fault`,
    ),
    putVersions: manyRows(handle, 'people_versions', ['person', 'version', 'import', 'content']),
    lastPlace: handle.prepare<[string], { place: number }>('SELECT coalesce(max(place), 0) AS place FROM import_lines WHERE "import" = ?'),
    putLines: manyRows(handle, 'import_lines', ['import', 'place', 'line', 'action', 'reason', 'person', 'shown']),
    lines: handle.prepare<[string, number, number], ImportLine & { place: number }>(
      'SELECT place, line, action, reason, person, shown FROM import_lines WHERE "import" = ? AND place > ? ORDER BY place LIMIT ?',
    ),
    linesOf: handle.prepare<[string, number, string, number], ImportLine & { place: number }>(
      'SELECT place, line, action, reason, person, shown FROM import_lines WHERE "import" = ? AND place > ? AND action = ? ORDER BY place LIMIT ?',
    ),
    staged: handle.prepare<[string, string, number], Content>(
      'SELECT content FROM people_versions WHERE "import" = ? AND person > ? ORDER BY person LIMIT ?',
    ),
    clearVersions: handle.prepare<[string, number]>(
      `DELETE FROM people_versions WHERE (person, version) IN (SELECT person, version FROM people_versions WHERE "import" = ? LIMIT ?)`,
    ),
    putShape: handle.prepare<[string, string, string]>('INSERT INTO commune_shapes ("import", commune, content) VALUES (?, ?, ?)'),
    shapes: handle.prepare<[string, number], Content>(
      `SELECT content FROM commune_shapes WHERE "import" = (SELECT id FROM imports WHERE kind = 'contours' AND state = 'applied' ORDER BY at DESC, id LIMIT 1)
         AND commune > ? ORDER BY commune LIMIT ?`,
    ),
    clearShapes: handle.prepare<[string, string, number]>(
      'DELETE FROM commune_shapes WHERE "import" = ? AND commune IN (SELECT commune FROM commune_shapes WHERE "import" = ? ORDER BY commune LIMIT ?)',
    ),
    putOutcome: handle.prepare<[string, string, string, number]>(
      `INSERT INTO contact_outcomes (person, number, outcome, at) VALUES (?, ?, ?, ?)
       ON CONFLICT (person, number) DO UPDATE SET outcome = excluded.outcome, at = excluded.at WHERE excluded.at >= at`,
    ),
    outcomes: handle.prepare<[], ContactOutcome>('SELECT person, number, outcome, at FROM contact_outcomes ORDER BY person, number'),
    mapping: handle.prepare<[string], Content>('SELECT mapping AS content FROM import_mappings WHERE header = ?'),
    putMapping: handle.prepare<[string, string]>(
      'INSERT INTO import_mappings (header, mapping) VALUES (?, ?) ON CONFLICT (header) DO UPDATE SET mapping = excluded.mapping',
    ),
    clearLines: handle.prepare<[string, string, number]>(
      `DELETE FROM import_lines WHERE "import" = ? AND place IN (SELECT place FROM import_lines WHERE "import" = ? ORDER BY place LIMIT ?)`,
    ),
  };
}

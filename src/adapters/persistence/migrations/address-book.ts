import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  `CREATE TABLE imports (
    id TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, fileName TEXT NOT NULL, "by" TEXT NOT NULL, startedAt INTEGER NOT NULL,
    state TEXT NOT NULL, at INTEGER NOT NULL, counts TEXT NOT NULL, fault TEXT
  ) STRICT, WITHOUT ROWID`,
  // A version is in force unless it came with an import that is not applied: one row switches the whole of it on, and off.
  `CREATE TABLE people_versions (
    person TEXT NOT NULL, version INTEGER NOT NULL, "import" TEXT, content TEXT NOT NULL,
    PRIMARY KEY (person, version)
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX people_versions_import ON people_versions ("import", person) WHERE "import" IS NOT NULL`,
  `CREATE TABLE import_lines (
    "import" TEXT NOT NULL REFERENCES imports (id), place INTEGER NOT NULL, line INTEGER NOT NULL, action TEXT NOT NULL,
    reason TEXT, person TEXT, shown TEXT NOT NULL,
    PRIMARY KEY ("import", place)
  ) STRICT, WITHOUT ROWID`,
];

export class AddressBook1795795200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  /** Going back means restoring a backup. */
  async down(): Promise<void> {
    throw new Error('the directory is not undone');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  `CREATE TABLE commune_shapes (
    "import" TEXT NOT NULL REFERENCES imports (id), commune TEXT NOT NULL, content TEXT NOT NULL,
    PRIMARY KEY ("import", commune)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE import_mappings (header TEXT NOT NULL PRIMARY KEY, mapping TEXT NOT NULL) STRICT, WITHOUT ROWID`,
];

export class Imports1795798800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  /** Going back means restoring a backup. */
  async down(): Promise<void> {
    throw new Error('shapes and mappings are not undone');
  }
}

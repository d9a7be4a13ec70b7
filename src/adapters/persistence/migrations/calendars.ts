import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // The address is often a secret: it is never read out whole. The content is the last one that was a calendar.
  `CREATE TABLE calendars (
    id TEXT NOT NULL PRIMARY KEY, function TEXT NOT NULL, name TEXT NOT NULL, url TEXT, covers TEXT NOT NULL, createdBy TEXT NOT NULL, createdAt INTEGER NOT NULL,
    content TEXT, contentAt INTEGER, etag TEXT, lastModified TEXT, triedAt INTEGER, fault TEXT
  ) STRICT, WITHOUT ROWID`,
];

export class Calendars1795803000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  /** Going back means restoring a backup. */
  async down(): Promise<void> {
    throw new Error('calendars are not undone');
  }
}

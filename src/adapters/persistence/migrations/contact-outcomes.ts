import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ContactOutcomes1795806000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // One row for each number of a person, of their last call: numbers lie in the directory's own tables, and go with the person.
    await runner.query(`CREATE TABLE contact_outcomes (
      person TEXT NOT NULL, number TEXT NOT NULL, outcome TEXT NOT NULL, at INTEGER NOT NULL,
      PRIMARY KEY (person, number)
    ) STRICT, WITHOUT ROWID`);
  }

  /** Going back means restoring a backup. */
  async down(): Promise<void> {
    throw new Error('outcomes of calls are not undone');
  }
}

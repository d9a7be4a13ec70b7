import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Perimeters1795802400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // The circles are JSON: lists of official codes that are always read whole.
    await runner.query(`CREATE TABLE perimeters (
      id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, circle1 TEXT NOT NULL, circle2 TEXT NOT NULL, createdBy TEXT NOT NULL, changedAt INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`);
  }

  /** Going back means restoring a backup. */
  async down(): Promise<void> {
    throw new Error('perimeters are not undone');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The screens of the wall. */
export class Screens1795768200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE screens (
      id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, tokenHash TEXT NOT NULL UNIQUE, formerTokens TEXT NOT NULL,
      cookieHash TEXT UNIQUE, seenAt INTEGER, createdAt INTEGER NOT NULL
    ) STRICT`);
  }

  /** The journal names these screens for ever: going back means restoring a backup. */
  async down(): Promise<void> {
    throw new Error('the screens are not undone');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ReachTokens1795812000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // What an address of a webhook or of a text stands for. No name, no number: the attempt names a random id.
    await runner.query(`CREATE TABLE reachTokens (
      token TEXT NOT NULL PRIMARY KEY, code TEXT NOT NULL, activation TEXT NOT NULL, attempt TEXT NOT NULL, createdAt INTEGER NOT NULL, UNIQUE (activation, attempt)
    ) STRICT, WITHOUT ROWID`);
    await runner.query('CREATE INDEX reachTokenCodes ON reachTokens (code, createdAt)');
  }

  /** Going back means restoring a backup. */
  async down(): Promise<void> {
    throw new Error('reach tokens are not undone');
  }
}

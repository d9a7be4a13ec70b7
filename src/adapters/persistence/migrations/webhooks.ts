import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  `CREATE TABLE webhooks (
    id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, url TEXT NOT NULL, events TEXT, secret TEXT NOT NULL, previousSecret TEXT,
    previousUntil INTEGER, stopped TEXT, stoppedAt INTEGER, createdBy TEXT NOT NULL, createdAt INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  // What waits to be sent is the journal itself: a webhook keeps a number for each activation, and how it goes.
  `CREATE TABLE webhook_cursors (
    webhook TEXT NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE, activation TEXT NOT NULL, seq INTEGER NOT NULL,
    delivered INTEGER NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0, failingSince INTEGER, notBefore INTEGER NOT NULL DEFAULT 0,
    deliveredAt INTEGER, failedAt INTEGER, failure TEXT,
    PRIMARY KEY (webhook, activation)
  ) STRICT, WITHOUT ROWID`,
];

export class Webhooks1795776000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  /** Going back means restoring a backup. */
  async down(): Promise<void> {
    throw new Error('webhooks are not undone');
  }
}

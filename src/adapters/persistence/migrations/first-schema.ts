import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Columns bear the names of the ports' properties, so that a row is the object. Instants are milliseconds since 1970,
 * UTC. What belongs to a closed list is not checked here: SQLite cannot widen a check without rebuilding the table.
 */
const STATEMENTS = [
  // `line` is the stored line itself, as it was hashed. Clustered by its key: an append touches one page, a read is one run.
  `CREATE TABLE entries (
    activation TEXT NOT NULL, seq INTEGER NOT NULL, line TEXT NOT NULL, hash TEXT NOT NULL,
    PRIMARY KEY (activation, seq)
  ) STRICT, WITHOUT ROWID`,
  // No correction, no erasure ever changes a line: those are entries too.
  `CREATE TRIGGER entries_never_change BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'entries never change'); END`,
  `CREATE TRIGGER entries_never_go BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'entries never go'); END`,

  `CREATE TABLE activations (
    id TEXT NOT NULL PRIMARY KEY, lane TEXT NOT NULL, life TEXT NOT NULL, kind TEXT NOT NULL, openedAt INTEGER NOT NULL,
    synergi TEXT, seq INTEGER NOT NULL, head TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`,
  // What was opened by mistake frees its number.
  `CREATE UNIQUE INDEX activations_number ON activations (lane, synergi) WHERE life <> 'cancelled' AND synergi IS NOT NULL`,

  // `age` is the order of arrival. `lane` is the activation's stamp; the effect carries its own inside, and both must agree.
  `CREATE TABLE outbox (
    age INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, lane TEXT, effect TEXT NOT NULL, createdAt INTEGER NOT NULL,
    notBefore INTEGER NOT NULL DEFAULT 0, leaseUntil INTEGER, attempts INTEGER NOT NULL DEFAULT 0,
    doubt INTEGER NOT NULL DEFAULT 0, buried TEXT
  ) STRICT`,

  // The same key may be used by two authors; each gets the answer to their own.
  `CREATE TABLE keys (
    "by" TEXT NOT NULL, "key" TEXT NOT NULL, bodyHash TEXT NOT NULL, activation TEXT NOT NULL,
    fromSeq INTEGER NOT NULL, toSeq INTEGER NOT NULL,
    PRIMARY KEY ("by", "key")
  ) STRICT, WITHOUT ROWID`,

  `CREATE TABLE vault_texts (digest TEXT NOT NULL PRIMARY KEY, salt TEXT NOT NULL, content TEXT NOT NULL) STRICT, WITHOUT ROWID`,
  `CREATE TABLE vault_files (
    digest TEXT NOT NULL PRIMARY KEY, activation TEXT NOT NULL, salt TEXT NOT NULL, name TEXT NOT NULL, mime TEXT NOT NULL, bytes INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  // Erased with the batch, bytes still on the disk: a crash in between must not keep them there for ever.
  `CREATE TABLE vault_unswept (digest TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID`,

  `CREATE TABLE marks (name TEXT NOT NULL PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID`,

  `CREATE TABLE accounts (
    id TEXT NOT NULL PRIMARY KEY, login TEXT NOT NULL UNIQUE, name TEXT NOT NULL, title TEXT NOT NULL, rights TEXT NOT NULL,
    passwordHash TEXT, totpSecret TEXT, totpUsedStep INTEGER NOT NULL, recoveryCodes TEXT NOT NULL,
    disabledAt INTEGER, erasedAt INTEGER, createdAt INTEGER NOT NULL
  ) STRICT`,
  `CREATE TABLE sessions (
    tokenHash TEXT NOT NULL PRIMARY KEY, account TEXT NOT NULL, createdAt INTEGER NOT NULL, seenAt INTEGER NOT NULL,
    expiresAt INTEGER NOT NULL, strong INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE api_tokens (
    id TEXT NOT NULL PRIMARY KEY, tokenHash TEXT NOT NULL UNIQUE, name TEXT NOT NULL, commands TEXT NOT NULL,
    expiresAt INTEGER NOT NULL, revokedAt INTEGER, createdBy TEXT NOT NULL, createdAt INTEGER NOT NULL
  ) STRICT`,
  `CREATE TABLE links (
    tokenHash TEXT NOT NULL PRIMARY KEY, purpose TEXT NOT NULL, account TEXT, expiresAt INTEGER NOT NULL, usedAt INTEGER
  ) STRICT, WITHOUT ROWID`,
];

export class FirstSchema1795392000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  /** The journal is for ever: going back means restoring a backup. */
  async down(): Promise<void> {
    throw new Error('the first schema is not undone');
  }
}

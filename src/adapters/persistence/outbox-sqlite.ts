import { Outbox, type OutboxRow } from '../../application/ports.js';
import type { Effect } from '../../domain/activation.js';
import type { Lane } from '../../domain/entry.js';
import type { Ms } from '../../domain/time.js';
import type { RawHandle } from './raw-handle.js';

interface Stored {
  age: number;
  lane: Lane | null;
  effect: string;
  attempts: number;
  doubt: number;
}

/** The outbox in SQLite. Rows enter it, and leave it when settled, with the batches of the journal. */
export class OutboxSqlite extends Outbox {
  readonly #handle: RawHandle;
  readonly #sql: Statements;

  constructor(handle: RawHandle) {
    super();
    this.#handle = handle;
    this.#sql = prepare(handle);
  }

  /** The oldest first; `attempts` counts this one. Doubt lasts until the row is settled: postponing it answers nothing. */
  override async claim(now: Ms, limit: number, leaseMs: Ms): Promise<OutboxRow[]> {
    const rows = this.#handle.write(() => this.#sql.claim.all(now + leaseMs, now, now, limit));
    return rows.sort((x, y) => x.age - y.age).map(toRow); // RETURNING promises no order
  }

  override async postpone(ids: string[], notBefore: Ms): Promise<void> {
    this.#handle.write(() => this.#sql.postpone.run(notBefore, JSON.stringify(ids)));
  }

  override async bury(ids: string[], why: string): Promise<void> {
    this.#handle.write(() => this.#sql.bury.run(why, JSON.stringify(ids)));
  }

  override async oldest(): Promise<Ms | undefined> {
    return this.#sql.oldest.get()?.createdAt;
  }

  override async doubts(): Promise<number> {
    return this.#sql.doubts.get()!.count;
  }
}

function toRow({ lane, effect, attempts, doubt }: Stored): OutboxRow {
  return { ...(JSON.parse(effect) as Effect), attempts, doubt: doubt === 1, stampedLane: lane };
}

type Statements = ReturnType<typeof prepare>;

function prepare(handle: RawHandle) {
  return {
    claim: handle.prepare<[Ms, Ms, Ms, number], Stored>(
      `UPDATE outbox SET attempts = attempts + 1, doubt = max(doubt, leaseUntil IS NOT NULL), leaseUntil = ?
       WHERE age IN (
         SELECT age FROM outbox WHERE buried IS NULL AND notBefore <= ? AND (leaseUntil IS NULL OR leaseUntil <= ?) ORDER BY age LIMIT ?
       )
       RETURNING age, lane, effect, attempts, doubt`,
    ),
    postpone: handle.prepare<[Ms, string]>(
      'UPDATE outbox SET notBefore = ?, leaseUntil = NULL WHERE buried IS NULL AND id IN (SELECT value FROM json_each(?))',
    ),
    // The first reason is the one that matters.
    bury: handle.prepare<[string, string]>(
      'UPDATE outbox SET buried = ?, leaseUntil = NULL WHERE buried IS NULL AND id IN (SELECT value FROM json_each(?))',
    ),
    doubts: handle.prepare<[], { count: number }>('SELECT count(*) AS count FROM outbox WHERE buried IS NULL AND doubt = 1'),
    oldest: handle.prepare<[], { createdAt: Ms }>('SELECT createdAt FROM outbox WHERE buried IS NULL ORDER BY age LIMIT 1'),
  };
}

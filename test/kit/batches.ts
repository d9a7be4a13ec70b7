import { createHash } from 'node:crypto';
import type { Batch, Summary } from '../../src/application/ports.js';
import type { Effect } from '../../src/domain/activation.js';
import type { Lane } from '../../src/domain/entry.js';
import { GENESIS, link } from '../../src/domain/evidence/chain.js';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
export const T0 = Date.parse('2026-11-23T02:00:00.000Z');

export interface Wanted extends Partial<Omit<Batch, 'activation' | 'expectedSeq' | 'links' | 'summary'>> {
  /** How many entries; one unless told. */
  entries?: number;
  summary?: Partial<Summary>;
}

/**
 * Writes batches for one activation, each following the one before, whatever became of it: chained entries whose
 * contents mean nothing, for tests of storage.
 */
export class Writer {
  #summary: Summary;

  constructor(id: string, { lane = 'real', synergi = null, openedAt = T0 }: { lane?: Lane; synergi?: string | null; openedAt?: number } = {}) {
    this.#summary = { id, lane, life: 'running', kind: 'cod', openedAt, synergi, seq: 0, head: GENESIS };
  }

  next({ entries = 1, summary = {}, ...rest }: Wanted = {}): Batch {
    const { id: activation, lane, seq: expectedSeq } = this.#summary;
    const links = [];
    let { head } = this.#summary;
    for (let i = 1; i <= entries; i++) {
      const at = new Date(T0 + (expectedSeq + i) * 1000).toISOString();
      const linked = link(sha256, head, {
        seq: expectedSeq + i, activation, lane, type: 'noteLogged', v: 1, by: 'a1', source: 'console', command: 'k',
        occurredAt: at, recordedAt: at, payload: { text: 'é « ’ \u2028' },
      });
      head = linked.hash;
      links.push(linked);
    }
    this.#summary = { ...this.#summary, ...summary, seq: expectedSeq + entries, head };
    return { activation, expectedSeq, links, summary: this.#summary, outbox: [], texts: [], ...rest };
  }

  /** A request on somebody's boards; `lane` is the stamp inside the effect. */
  effect(id: string, lane: Lane = this.#summary.lane): Effect {
    return { id, activation: this.#summary.id, seq: 1, lane, channel: 'person', kind: 'step-assigned', to: 'a2', body: { step: 'P01', note: 'é' } };
  }
}

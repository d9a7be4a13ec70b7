import { Journal, StorageFailed, type Batch, type KeyRecord, type Summary } from '../../application/ports.js';
import type { Link } from '../../domain/evidence/chain.js';
import type { Ms } from '../../domain/time.js';

/** The journal, with how long each commit took. */
export class MeasuredJournal extends Journal {
  onCommit: (ms: Ms) => void = () => {};
  onStorageFailed: () => void = () => {};

  constructor(private readonly journal: Journal) {
    super();
  }

  override async append(batch: Batch): Promise<void> {
    const from = performance.now();
    try {
      await this.journal.append(batch);
      this.onCommit(performance.now() - from);
    } catch (error) {
      if (error instanceof StorageFailed) this.onStorageFailed();
      throw error;
    }
  }

  override read(activation: string, after?: number, limit?: number): Promise<Link[]> {
    return this.journal.read(activation, after, limit);
  }

  override summaries(): Promise<Summary[]> {
    return this.journal.summaries();
  }

  override key(key: string, by: string): Promise<KeyRecord | undefined> {
    return this.journal.key(key, by);
  }

  override alive(): Promise<Ms | undefined> {
    return this.journal.alive();
  }

  override markAlive(at: Ms): Promise<void> {
    return this.journal.markAlive(at);
  }

  override probe(): Promise<void> {
    return this.journal.probe();
  }
}

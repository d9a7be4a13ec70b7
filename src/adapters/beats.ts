import { Interval, SchedulerRegistry } from '@nestjs/schedule';
import type { Clock } from '../application/ports.js';
import type { Ms } from '../domain/time.js';

const BEAT_MS = 1_000;
const HINT = 'due';
/** Longer than this the beat will have come anyway; setTimeout cannot count past 24 days. */
const LONGEST_HINT_MS = 60_000;

/**
 * The only use of the scheduler. The beat is a safety net each second; one timeout stands at the earliest instant at
 * which time obliges something, a hint whose loss costs a second and nothing else (principle 3).
 */
export class Beats {
  #hintAt: Ms = Infinity;

  constructor(
    private readonly registry: SchedulerRegistry,
    private readonly clock: Clock,
    /** What one beat does; it catches what fails. */
    private readonly beat: () => Promise<void>,
  ) {}

  @Interval('beat', BEAT_MS)
  async onInterval(): Promise<void> {
    await this.beat();
  }

  /** Something will be due at that wall time. */
  hint(at: Ms): void {
    const wait = at - this.clock.wall();
    if (at >= this.#hintAt || wait > LONGEST_HINT_MS) return;
    this.clear();
    this.#hintAt = at;
    this.registry.addTimeout(HINT, setTimeout(() => {
      this.clear();
      void this.beat();
    }, Math.max(0, wait)));
  }

  clear(): void {
    if (this.registry.doesExist('timeout', HINT)) this.registry.deleteTimeout(HINT);
    this.#hintAt = Infinity;
  }
}

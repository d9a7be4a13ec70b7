import { Interval, SchedulerRegistry } from '@nestjs/schedule';
import type { Clock } from '../application/ports.js';
import type { Ms } from '../domain/time.js';

const BEAT_MS = 1_000;
const HINT = 'due';
/** Longer than this the beat will have come anyway; setTimeout cannot count past 24 days. */
const LONGEST_HINT_MS = 60_000;
/** What commits within this time leaves in one round. */
const SOON_MS = 50;
/** What follows a commit: the postman's round, the courier's. */
type Errand = 'post' | 'carry';

/**
 * The only use of the scheduler. The beat is a safety net each second; one timeout stands at the earliest instant at
 * which time obliges something, a hint whose loss costs a second and nothing else (principle 3).
 */
export class Beats {
  #hintAt: Ms = Infinity;

  constructor(
    private readonly registry: SchedulerRegistry,
    private readonly clock: Clock,
    /** What is done: each second; when something falls due; when something must leave. Each catches what fails. */
    private readonly rhythm: { beat: () => Promise<void>; due: () => Promise<void> } & Record<Errand, () => Promise<void>>,
  ) {}

  @Interval('beat', BEAT_MS)
  async onInterval(): Promise<void> {
    await this.rhythm.beat();
  }

  /** Something will be due at that wall time. */
  hint(at: Ms): void {
    const wait = at - this.clock.wall();
    if (at >= this.#hintAt || wait > LONGEST_HINT_MS) return;
    this.#clear(HINT);
    this.#hintAt = at;
    this.#in(HINT, Math.max(0, wait), () => {
      this.#hintAt = Infinity;
      void this.rhythm.due();
    });
  }

  /** Something must leave: soon, once for all that commits meanwhile. */
  soon(errand: Errand): void {
    if (!this.registry.doesExist('timeout', errand)) this.#in(errand, SOON_MS, () => void this.rhythm[errand]());
  }

  stop(): void {
    this.#clear(HINT);
    this.#clear('post');
    this.#clear('carry');
    this.registry.deleteInterval('beat');
  }

  #in(name: string, wait: Ms, work: () => void): void {
    this.registry.addTimeout(name, setTimeout(() => {
      this.#clear(name);
      work();
    }, wait));
  }

  #clear(name: string): void {
    if (this.registry.doesExist('timeout', name)) this.registry.deleteTimeout(name);
  }
}

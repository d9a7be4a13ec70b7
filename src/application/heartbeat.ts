import { SECOND, type Ms } from '../domain/time.js';
import { THE_ENGINE, type Activations } from './activations.js';
import type { Clock, Journal } from './ports.js';

/** The `alive` mark is written this often: what a restart finds is at most so old when the process died. */
export const ALIVE_EVERY: Ms = 5 * SECOND;
/** A difference between the system clock and the monotonic one beyond this is a step of the system clock. */
export const STEP_FROM: Ms = 2 * SECOND;

/**
 * What a beat does. No business timer is ever armed: the beat asks each running activation what time obliges it to.
 * Its loss costs a second and nothing else.
 */
export class Heartbeat {
  #last: { wall: Ms; monotonic: Ms } | undefined;
  #markedAt = -Infinity;
  #beatAt: Ms | undefined;
  #beating: Promise<void> | undefined;

  constructor(
    private readonly activations: Activations,
    private readonly journal: Journal,
    private readonly clock: Clock,
  ) {}

  /** Milliseconds since the last finished beat, for readiness; undefined before the first. */
  age(): Ms | undefined {
    return this.#beatAt === undefined ? undefined : this.clock.monotonic() - this.#beatAt;
  }

  /**
   * At start, before anything else writes: each running activation gets an entry with the gap, however short. It is
   * counted from the last mark, so up to `ALIVE_EVERY` longer than the truth, never shorter.
   */
  async wake(): Promise<void> {
    const now = this.clock.wall();
    const alive = await this.journal.alive();
    if (alive !== undefined) {
      for (const id of this.activations.running()) {
        await this.activations.submit(id, { command: { type: 'note-outage', from: alive, to: now }, author: THE_ENGINE, key: `outage/${now}` });
      }
    }
    await this.journal.markAlive(now);
    this.#markedAt = this.clock.monotonic();
    await this.beat();
  }

  /** One at a time: a beat that finds the former one at work joins it. */
  beat(): Promise<void> {
    this.#beating ??= this.#beat().finally(() => {
      this.#beating = undefined;
    });
    return this.#beating;
  }

  async #beat(): Promise<void> {
    await this.#noticeStep();
    const failures: unknown[] = [];
    for (const id of this.activations.running()) {
      // One activation whose commit fails must not keep the others from their deadlines.
      await this.activations.tick(id).catch((error: unknown) => failures.push(error));
    }
    if (this.clock.monotonic() - this.#markedAt >= ALIVE_EVERY) {
      await this.journal.markAlive(this.clock.wall());
      this.#markedAt = this.clock.monotonic();
    }
    if (failures.length > 0) throw failures[0];
    this.#beatAt = this.clock.monotonic();
  }

  /** A step of the system clock is itself an entry, in every activation that runs. */
  async #noticeStep(): Promise<void> {
    const wall = this.clock.wall();
    const monotonic = this.clock.monotonic();
    const last = this.#last;
    this.#last = { wall, monotonic };
    if (!last) return;
    const byMs = Math.round(wall - last.wall - (monotonic - last.monotonic));
    if (Math.abs(byMs) < STEP_FROM) return;
    for (const id of this.activations.running()) {
      await this.activations.submit(id, { command: { type: 'note-clock-step', byMs }, author: THE_ENGINE, key: `step/${wall}` });
    }
  }
}

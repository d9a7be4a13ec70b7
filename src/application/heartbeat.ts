import type { CommandOf } from '../domain/commands.js';
import { SECOND, type Ms } from '../domain/time.js';
import type { Activations } from './activations.js';
import type { Clock, Journal } from './ports.js';
import { THE_ENGINE } from './submission.js';

/** The `alive` mark is written this often: what a restart finds is at most so old when the process died. */
export const ALIVE_EVERY: Ms = 5 * SECOND;
/** A difference between the system clock and the monotonic one beyond this is a step of the system clock. */
export const STEP_FROM: Ms = 2 * SECOND;

interface Owed {
  id: string;
  command: CommandOf<'note-outage' | 'note-clock-step'>;
  key: string;
}

/**
 * What a beat does. No business timer is ever armed: the beat asks each running activation what time obliges it to.
 * Its loss costs a second and nothing else.
 */
export class Heartbeat {
  #last: { wall: Ms; monotonic: Ms } | undefined;
  #markedAt = -Infinity;
  #beatAt: Ms | undefined;
  #beating: Promise<void> | undefined;
  /** What each running activation must still be told: an outage, a step of the clock. A failed commit leaves it owed. */
  readonly #owed: Owed[] = [];

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
   * counted from the last mark, so up to `ALIVE_EVERY` longer than the truth, never shorter. What fails is owed, and said
   * by the beats to come: one journal must not keep the house shut.
   */
  async wake(): Promise<void> {
    const now = this.clock.wall();
    const alive = await this.journal.alive();
    if (alive !== undefined) {
      // Behind the mark, the clock was put back while nobody watched: by so much at least.
      if (now < alive) this.#owe({ type: 'note-clock-step', byMs: now - alive }, `step/${now}`);
      this.#owe({ type: 'note-outage', from: Math.min(alive, now), to: now }, `outage/${now}`);
      await this.#pay();
    }
    await this.journal.markAlive(now);
    this.#markedAt = this.clock.monotonic();
    await this.beat().catch(() => {});
  }

  /** One at a time: a beat that finds the former one at work joins it. */
  beat(): Promise<void> {
    this.#beating ??= this.#beat().finally(() => {
      this.#beating = undefined;
    });
    return this.#beating;
  }

  async #beat(): Promise<void> {
    this.#noticeStep();
    const failures = await this.#pay();
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
  #noticeStep(): void {
    const wall = this.clock.wall();
    const monotonic = this.clock.monotonic();
    const last = this.#last;
    this.#last = { wall, monotonic };
    if (!last) return;
    const byMs = Math.round(wall - last.wall - (monotonic - last.monotonic));
    if (Math.abs(byMs) < STEP_FROM) return;
    this.#owe({ type: 'note-clock-step', byMs }, `step/${wall}`);
  }

  #owe(command: Owed['command'], key: string): void {
    for (const id of this.activations.running()) this.#owed.push({ id, command, key });
  }

  /** Writes what is owed, in order; what failed stays. */
  async #pay(): Promise<unknown[]> {
    const failures: unknown[] = [];
    const left: Owed[] = [];
    for (const one of this.#owed.splice(0)) {
      const { id, command, key } = one;
      await this.activations.submit(id, { command, author: THE_ENGINE, key }).catch((error: unknown) => {
        failures.push(error);
        left.push(one);
      });
    }
    this.#owed.unshift(...left);
    return failures;
  }
}

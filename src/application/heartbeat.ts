import type { CommandOf } from '../domain/commands.js';
import { SECOND, type Ms } from '../domain/time.js';
import type { Activations } from './activations.js';
import { StorageFailed, type Clock, type Journal } from './ports.js';
import { THE_ENGINE } from './submission.js';

/** The `alive` mark is written this often: what a restart finds is at most so old when the process died. */
export const ALIVE_EVERY: Ms = 5 * SECOND;
/** A difference between the system clock and the monotonic one beyond this is a step of the system clock. */
export const STEP_FROM: Ms = 2 * SECOND;
/** A beat that comes so long after the former one: the process stood still, and nobody was watching. */
export const STALLED_FROM: Ms = 10 * SECOND;

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
    /** Infinity where nobody promised to beat each second. */
    private readonly stalledFrom: Ms = STALLED_FROM,
  ) {}

  /** Milliseconds since the last finished beat, for readiness; undefined before the first. */
  age(): Ms | undefined {
    return this.#beatAt === undefined ? undefined : this.clock.monotonic() - this.#beatAt;
  }

  /**
   * At start, before anything else writes: each running activation gets an entry with the gap, however short. It is
   * counted from the last mark, so up to `ALIVE_EVERY` longer than the truth, never shorter. What fails is owed, and said
   * by the beats to come: neither one journal nor a full disk keeps the house shut.
   */
  async wake(): Promise<void> {
    const now = this.clock.wall();
    const alive = await this.journal.alive();
    if (alive !== undefined) {
      // Behind the mark, the clock was put back while nobody watched: by so much at least.
      if (now < alive) this.#owe({ type: 'note-clock-step', byMs: now - alive }, `step/${now}`);
      this.#owe({ type: 'note-outage', from: Math.min(alive, now), to: now }, `outage/${now}`);
    }
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
    this.#noticeGap();
    const from = this.clock.wall();
    const failures = await this.#pay();
    // All at once: they share their commits, and one that fails keeps no other from its deadlines.
    await Promise.all(this.activations.running().map((id) => this.activations.tick(id).catch((error: unknown) => failures.push(error))));
    this.activations.hintNext(from);
    // A mark that moved past an outage which the disk refused would hide it from the next restart.
    if (!failures.some((error) => error instanceof StorageFailed)) await this.#mark();
    if (failures.length > 0) throw failures[0];
    this.#beatAt = this.clock.monotonic();
  }

  async #mark(): Promise<void> {
    const now = this.clock.monotonic();
    if (now - this.#markedAt < ALIVE_EVERY) return;
    await this.journal.markAlive(this.clock.wall());
    this.#markedAt = now;
  }

  /**
   * A step of the system clock is itself an entry, in every activation that runs; so is a standstill of this process. Of
   * a machine put to sleep the monotonic clock tells nothing: it shows as a step forward.
   */
  #noticeGap(): void {
    const wall = this.clock.wall();
    const monotonic = this.clock.monotonic();
    const last = this.#last;
    this.#last = { wall, monotonic };
    if (!last) return;
    const gap = monotonic - last.monotonic;
    const byMs = Math.round(wall - last.wall - gap);
    if (Math.abs(byMs) >= STEP_FROM) this.#owe({ type: 'note-clock-step', byMs }, `step/${wall}`);
    if (gap >= this.stalledFrom) this.#owe({ type: 'note-outage', from: Math.round(wall - gap), to: wall }, `outage/${wall}`);
  }

  #owe(command: Owed['command'], key: string): void {
    for (const id of this.activations.running()) this.#owed.push({ id, command, key });
  }

  /** Writes what is owed: to each activation in order, to all of them at once; what failed stays. */
  async #pay(): Promise<unknown[]> {
    const failures: unknown[] = [];
    const failed = new Set<Owed>();
    const owed = this.#owed.splice(0);
    await Promise.all(owed.map((one) =>
      this.activations.submit(one.id, { command: one.command, author: THE_ENGINE, key: one.key }).catch((error: unknown) => {
        failures.push(error);
        failed.add(one);
      })));
    this.#owed.unshift(...owed.filter((one) => failed.has(one)));
    return failures;
  }
}

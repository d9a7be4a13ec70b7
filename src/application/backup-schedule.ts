import { HOUR, MINUTE, type Ms } from '../domain/time.js';
import type { Clock } from './ports.js';

/** After a failure: a full disk is perhaps mended by then. */
const AGAIN_AFTER: Ms = 15 * MINUTE;

/** What the administrator and the metrics are told. */
export interface BackupState {
  /** Null: this server makes no backup of itself. */
  plan: { folder: string; everyHours: number; keep: number } | null;
  /** The latest that was made and verified, before this start included. */
  lastAt: Ms | null;
  /** What the last one said, when it failed; null once one succeeded again. */
  failure: { at: Ms; said: string } | null;
  running: boolean;
}

/** Backups that nobody has to think of: asked by the beat, made by a process of their own. */
export class BackupSchedule {
  #lastAt: Ms | undefined;
  #failure: { at: Ms; said: string } | undefined;
  #running: Promise<void> | undefined;

  constructor(
    private readonly plan: BackupState['plan'],
    private readonly clock: Clock,
    /** Makes one, verified; throws with what the operator must know. */
    private readonly make: () => Promise<void>,
    private readonly onFailure: (said: string) => void,
  ) {}

  /** When the latest in the folder was taken, as the start found it. */
  found(lastAt: Ms | undefined): void {
    this.#lastAt = lastAt;
  }

  state(): BackupState {
    return { plan: this.plan, lastAt: this.#lastAt ?? null, failure: this.#failure ?? null, running: this.#running !== undefined };
  }

  /** With each beat. The process is waited for by nobody but a test. */
  beat(): Promise<void> {
    if (this.#running) return this.#running;
    const now = this.clock.wall();
    if (!this.plan || now < this.#nextAt()) return Promise.resolve();
    this.#running = this.make().then(
      () => {
        this.#lastAt = now;
        this.#failure = undefined;
      },
      (error: unknown) => {
        this.#failure = { at: now, said: (error as Error).message };
        this.onFailure(this.#failure.said);
      },
    ).finally(() => (this.#running = undefined));
    return this.#running;
  }

  #nextAt(): Ms {
    const due = (this.#lastAt ?? -Infinity) + this.plan!.everyHours * HOUR;
    return this.#failure ? Math.max(due, this.#failure.at + AGAIN_AFTER) : due;
  }
}

import { HOUR, MINUTE, type Ms } from '../domain/time.js';
import type { Clock } from './ports.js';

/** After a failure: a full disk is perhaps mended by then. */
const AGAIN_AFTER: Ms = 15 * MINUTE;

export interface LatestBackup {
  at: Ms;
  bytes: number;
  /** Entries whose chains were verified in it, and files whose digests were. */
  entries: number;
  files: number;
}

/** What the administrator and the metrics are told. */
export interface BackupState {
  /** Null: this server makes no backup of itself. */
  plan: { folder: string; everyHours: number; keep: number } | null;
  /** The latest in the folder that was made and verified, whoever made it. */
  latest: LatestBackup | null;
  /** What the last one said, when it failed; null once one succeeded again. */
  failure: { at: Ms; said: string } | null;
  running: boolean;
}

/** How backups are made and found; the composition root says by whom. */
export interface BackupMeans {
  /** Makes one, verified; throws with what the operator must know. */
  make: () => Promise<void>;
  /** The latest of the folder. */
  latest: (now: Ms) => Promise<LatestBackup | undefined>;
  onFailure: (said: string) => void;
}

/** Backups that nobody has to think of: asked by the beat, made by a process of their own. */
export class BackupSchedule {
  #latest: LatestBackup | undefined;
  #failure: { at: Ms; said: string } | undefined;
  #running: Promise<void> | undefined;

  constructor(
    private readonly plan: BackupState['plan'],
    private readonly clock: Clock,
    private readonly means: BackupMeans,
  ) {}

  async state(): Promise<BackupState> {
    await this.#look();
    return { plan: this.plan, latest: this.#latest ?? null, failure: this.#failure ?? null, running: this.#running !== undefined };
  }

  /** With each beat. The process is waited for by nobody but a test. */
  beat(): Promise<void> {
    if (!this.plan || (!this.#running && this.clock.wall() < this.#nextAt())) return this.#running ?? Promise.resolve();
    this.#running ??= this.#makeWhenDue().finally(() => (this.#running = undefined));
    return this.#running;
  }

  /** The folder is asked first: the operator may have made one by hand, or this start may know of none yet. */
  async #makeWhenDue(): Promise<void> {
    await this.#look();
    const now = this.clock.wall();
    if (now < this.#nextAt()) return;
    try {
      await this.means.make();
      this.#failure = undefined;
      await this.#look();
    } catch (error) {
      this.#failure = { at: now, said: (error as Error).message };
      this.means.onFailure(this.#failure.said);
    }
  }

  async #look(): Promise<void> {
    if (!this.plan) return;
    this.#latest = await this.means.latest(this.clock.wall());
    // Of two that were tried, the later one says how things stand.
    if (this.#failure && this.#latest && this.#latest.at > this.#failure.at) this.#failure = undefined;
  }

  #nextAt(): Ms {
    const due = (this.#latest?.at ?? -Infinity) + this.plan!.everyHours * HOUR;
    return this.#failure ? Math.max(due, this.#failure.at + AGAIN_AFTER) : due;
  }
}

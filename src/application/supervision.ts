import type { Lane } from '../domain/entry.js';
import { MINUTE, SECOND, type Ms } from '../domain/time.js';
import { stepsShown } from '../domain/views/steps.js';
import { nowInside } from '../domain/activation.js';
import type { Activations } from './activations.js';
import type { Heartbeat } from './heartbeat.js';
import type { Clock, Journal, Outbox } from './ports.js';

/** How the house is, for whoever watches the machine. No name, no id: figures alone. */
export interface Health {
  /** The database takes writes. */
  database: boolean;
  /** Since the last finished beat; undefined before the first. */
  beatAge: Ms | undefined;
  /** By how much the oldest thing that time obliges is late: what the beat owes. */
  owed: Ms;
  /** Since when the oldest row of the outbox waits. */
  outboxAge: Ms;
  /** Rows of which nobody knows whether they left. */
  doubts: number;
  /** Something that must not happen did, and nobody can have mended it yet. */
  alarmed: boolean;
}

/** Beyond these something is wrong with the machine, whatever people do. */
const BEAT_AT_MOST: Ms = 10 * SECOND;
const OWED_AT_MOST: Ms = 10 * SECOND;
const OUTBOX_AT_MOST: Ms = 5 * MINUTE;
/** What raises an alarm leaves no state to ask: for so long it counts as unmended. */
const ALARM_LASTS: Ms = 15 * MINUTE;

export function isWell({ database, beatAge, owed, outboxAge, alarmed }: Health): boolean {
  return database && !alarmed && beatAge !== undefined && beatAge < BEAT_AT_MOST && owed < OWED_AT_MOST && outboxAge < OUTBOX_AT_MOST;
}

export class Supervision {
  #alarmAt = -Infinity;

  constructor(
    private readonly activations: Activations,
    private readonly heartbeat: Heartbeat,
    private readonly journal: Journal,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** The postman, for one, met what must be seen by a person. */
  alarm(): void {
    this.#alarmAt = this.clock.monotonic();
  }

  async health(): Promise<Health> {
    const database = await this.journal.probe().then(() => true, () => false);
    const now = this.clock.wall();
    const oldest = await this.outbox.oldest();
    return {
      database, beatAge: this.heartbeat.age(), owed: Math.max(0, now - this.activations.oldestDue()),
      outboxAge: oldest === undefined ? 0 : Math.max(0, now - oldest), doubts: await this.outbox.doubts(),
      alarmed: this.clock.monotonic() - this.#alarmAt < ALARM_LASTS,
    };
  }

  /** Running activations by lane, and how long the oldest open step of a real one is past its deadline: what people owe. */
  async night(): Promise<{ running: Record<Lane, number>; overdue: Ms }> {
    const running: Record<Lane, number> = { real: 0, exercise: 0, test: 0 };
    let overdue: Ms = 0;
    for (const id of this.activations.running()) {
      await this.activations.read(id, ({ activation: a }) => {
        running[a.lane]++;
        if (a.lane !== 'real') return;
        const now = nowInside(a, this.clock.wall());
        for (const { word, times } of stepsShown(a, now)) if (word === 'overdue' && times.deadline !== undefined) overdue = Math.max(overdue, now - times.deadline);
      });
    }
    return { running, overdue };
  }
}

/** What a supervisor of machines reads. */
export abstract class Metrics {
  /** Somebody was refused, for one of the reasons of the closed list. */
  abstract refused(reason: string): void;
  abstract text(): Promise<{ type: string; body: string }>;
}

const PING_EVERY: Ms = MINUTE;

/**
 * An outside address that is told while all is well, and only then: its silence is the alarm, also when this machine can
 * raise none.
 */
export class DeadMan {
  #pingedAt = -Infinity;
  #reached: boolean | undefined;

  constructor(
    private readonly supervision: Supervision,
    private readonly clock: Clock,
    /** Throws when the address was not reached, or did not say yes. */
    private readonly ping: () => Promise<void>,
    /** Called when it begins, and when it ceases, to be reached. */
    private readonly onChange: (reached: boolean, error?: unknown) => void,
  ) {}

  /** With each beat; the network is waited for by nobody but a test. */
  async beat(): Promise<void> {
    if (this.clock.monotonic() - this.#pingedAt < PING_EVERY || !isWell(await this.supervision.health())) return;
    this.#pingedAt = this.clock.monotonic();
    await this.ping().then(() => this.#tell(true), (error: unknown) => this.#tell(false, error));
  }

  #tell(reached: boolean, error?: unknown): void {
    if (this.#reached !== reached) this.onChange(reached, error);
    this.#reached = reached;
  }
}

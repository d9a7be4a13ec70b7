import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, Registry, Summary } from 'prom-client';
import type { BackupSchedule } from '../../application/backup-schedule.js';
import { Metrics, type Supervision } from '../../application/supervision.js';
import { SECOND } from '../../domain/time.js';
import type { MeasuredJournal } from './measured-journal.js';

/** Ten minutes of commits: long enough to mean something, short enough to be about now. */
const COMMITS_OVER_S = 600;

/** Everything in Prometheus' text format, seconds and bytes as it likes them. Read when it is asked for. */
export class PrometheusMetrics extends Metrics {
  readonly #registry = new Registry();
  readonly #loop = monitorEventLoopDelay({ resolution: 20 });
  readonly #gauges: Record<string, Gauge>;
  readonly #running: Gauge<'lane'>;
  readonly #refusals: Counter<'reason'>;

  constructor(
    private readonly supervision: Supervision,
    private readonly backups: BackupSchedule,
    private readonly sockets: () => number,
    journal: MeasuredJournal,
  ) {
    super();
    const registers = [this.#registry];
    const gauge = (name: string, help: string) => new Gauge({ name: `tempszero_${name}`, help, registers });
    this.#gauges = {
      database: gauge('database_writable', '1 while the database takes writes'),
      beat: gauge('beat_age_seconds', 'Since the last finished beat'),
      owed: gauge('deadline_owed_seconds', 'Age of the oldest deadline that the beat has not dealt with'),
      overdue: gauge('step_overdue_seconds', 'Age of the oldest deadline gone by of an open step, real activations'),
      outbox: gauge('outbox_age_seconds', 'Age of the oldest row that waits in the outbox'),
      doubts: gauge('doubts', 'Effects of which nobody knows whether they left'),
      alarmed: gauge('alarmed', '1 for a quarter of an hour after something that must not happen'),
      sockets: gauge('sockets', 'Boards that are connected'),
      backup: gauge('backup_last_success_timestamp_seconds', 'When the latest verified backup was taken; 0 for never'),
      backupBytes: gauge('backup_bytes', 'Size of the latest backup'),
      backupEntries: gauge('backup_verified_entries', 'Entries whose chains were verified in the latest backup'),
      failed: gauge('backup_failed', '1 while the last scheduled backup failed'),
      loop: gauge('event_loop_delay_p99_seconds', 'Since the last reading'),
      memory: gauge('resident_memory_bytes', 'RSS of the process'),
    };
    this.#running = new Gauge({ name: 'tempszero_running_activations', help: 'Activations that run', labelNames: ['lane'], registers });
    const commits = new Summary({
      name: 'tempszero_commit_seconds', help: 'From a submission decided to its entries on the disk', percentiles: [0.5, 0.99], maxAgeSeconds: COMMITS_OVER_S, ageBuckets: 5, registers,
    });
    this.#refusals = new Counter({ name: 'tempszero_refusals_total', help: 'Requests refused, by reason', labelNames: ['reason'], registers });
    const failures = new Counter({ name: 'tempszero_storage_failures_total', help: 'Commits that the disk refused', registers });
    journal.onCommit = (ms) => commits.observe(ms / SECOND);
    journal.onStorageFailed = () => failures.inc();
    this.#loop.enable();
  }

  override refused(reason: string): void {
    this.#refusals.inc({ reason });
  }

  override async text(): Promise<{ type: string; body: string }> {
    const { database, beatAge, owed, outboxAge, doubts, alarmed } = await this.supervision.health();
    const { running, overdue } = await this.supervision.night();
    const { latest, failure } = await this.backups.state();
    const now: Record<string, number> = {
      database: database ? 1 : 0, beat: beatAge === undefined ? NaN : beatAge / SECOND, owed: owed / SECOND, overdue: overdue / SECOND, outbox: outboxAge / SECOND,
      doubts, alarmed: alarmed ? 1 : 0, sockets: this.sockets(), backup: (latest?.at ?? 0) / SECOND, backupBytes: latest?.bytes ?? 0, backupEntries: latest?.entries ?? 0, failed: failure ? 1 : 0,
      loop: this.#loop.count > 0 ? this.#loop.percentile(99) / 1e9 : 0, memory: process.memoryUsage.rss(),
    };
    this.#loop.reset();
    for (const [name, value] of Object.entries(now)) this.#gauges[name]!.set(value);
    for (const [lane, count] of Object.entries(running)) this.#running.set({ lane }, count);
    return { type: this.#registry.contentType, body: await this.#registry.metrics() };
  }

  close(): void {
    this.#loop.disable();
  }
}

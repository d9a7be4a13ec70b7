import type { Lane } from '../domain/entry.js';
import type { RequestOutcome } from '../domain/events.js';
import { SECOND, type Ms } from '../domain/time.js';
import { isRefusal } from '../domain/refusal.js';
import type { Activations } from './activations.js';
import type { Channel, Clock, Outbox, OutboxRow } from './ports.js';
import { THE_ENGINE } from './submission.js';

/** How long a row may be under way before another round takes it up as doubtful. */
export const LEASE: Ms = 30 * SECOND;
const AT_ONCE = 200;
const MOST_ATTEMPTS = 8;

/** Which channel serves an effect: the lane decides. A channel that a lane does not have cannot be reached from it. */
export class ChannelRegistry {
  constructor(private readonly lanes: Record<Lane, Partial<Record<OutboxRow['channel'], Channel>>>) {}

  /** Undefined where the lane has no such channel, or the channel itself does not know the lane. */
  channelFor(lane: Lane, name: OutboxRow['channel']): Channel | undefined {
    const channel = this.lanes[lane]?.[name];
    return channel?.lanes.includes(lane) ? channel : undefined;
  }
}

/**
 * Hands each row of the outbox to its channel and submits the result. A crash between sending and noting leaves doubt:
 * the channel says what is done then (principle 6).
 */
export class Postman {
  #round: Promise<number> | undefined;

  constructor(
    private readonly outbox: Outbox,
    private readonly registry: ChannelRegistry,
    private readonly activations: Activations,
    private readonly clock: Clock,
    /** A row that must not leave: seen by a person, never silently dropped. */
    private readonly alarm: (message: string, details: Record<string, unknown>) => void,
  ) {}

  /** Sends what is ready; how many rows it took. One round at a time. */
  round(): Promise<number> {
    this.#round ??= this.#send().finally(() => {
      this.#round = undefined;
    });
    return this.#round;
  }

  async #send(): Promise<number> {
    const rows = await this.outbox.claim(this.clock.wall(), AT_ONCE, LEASE);
    const done = new Map<string, { id: string; outcome: RequestOutcome }[]>();
    const failures: unknown[] = [];
    const failed = (error: unknown): void => void failures.push(error);
    for (const row of rows) {
      const outcome = await this.#attempt(row).catch(failed);
      if (outcome) done.set(row.activation, [...(done.get(row.activation) ?? []), { id: row.id, outcome }]);
    }
    // One journal that fails must not keep the others from noting what left: it would leave again when its lease runs out.
    for (const [activation, settled] of done) await this.#settle(activation, settled).catch(failed);
    if (failures.length > 0) throw failures[0];
    return rows.length;
  }

  async #attempt(row: OutboxRow): Promise<RequestOutcome | undefined> {
    const lane = await this.activations.read(row.activation, (held) => held.activation.lane);
    const stamped = lane === row.lane && row.stampedLane === row.lane;
    const channel = stamped ? this.registry.channelFor(row.lane, row.channel) : undefined;
    if (!channel) {
      // Principle 5: a missing or mismatched stamp sends nothing and raises an alarm.
      this.alarm('effect without a channel in its lane', { effect: row.id, lane: row.lane, stampedLane: row.stampedLane, activationLane: lane ?? null });
      await this.outbox.bury([row.id], 'lane');
      return 'failed';
    }
    if (row.doubt) {
      if (channel.onDoubt === 'ask-person') return 'doubt';
      const known = channel.onDoubt === 'ask-provider' ? await channel.find?.(row) : undefined;
      if (known) return known.outcome;
    }
    try {
      return (await channel.send(row)).outcome;
    } catch (error) {
      if (row.attempts >= MOST_ATTEMPTS) {
        this.alarm('effect given up', { effect: row.id, error: String(error) });
        return 'failed';
      }
      await this.outbox.postpone([row.id], this.clock.wall() + SECOND * 2 ** row.attempts);
      return undefined;
    }
  }

  async #settle(activation: string, settled: { id: string; outcome: RequestOutcome }[]): Promise<void> {
    const items = settled.map(({ id, outcome }) => ({ effect: id, outcome }));
    const answer = await this.activations.submit(activation, {
      command: { type: 'settle-requests', items }, author: THE_ENGINE, key: `settle/${settled[0]!.id}`, settled,
    });
    // Sealed or cancelled meanwhile: the row is finished all the same, its journal is closed to it.
    if (isRefusal(answer)) await this.outbox.bury(settled.map(({ id }) => id), answer.refused);
  }
}

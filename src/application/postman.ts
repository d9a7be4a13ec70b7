import type { Lane } from '../domain/entry.js';
import { SECOND, type Ms } from '../domain/time.js';
import { isRefusal } from '../domain/refusal.js';
import type { Activations } from './activations.js';
import { NotYet, type Channel, type Clock, type Delivery, type Outbox, type OutboxRow } from './ports.js';
import { THE_ENGINE } from './submission.js';

/** How long a row may be under way before another round takes it up as doubtful. */
export const LEASE: Ms = 30 * SECOND;
const AT_ONCE = 200;
/** Rows that wait for somebody else's network, at most. */
const SLOW_AT_ONCE = 64;
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
  readonly #slow = new Set<Promise<void>>();

  constructor(
    private readonly outbox: Outbox,
    private readonly registry: ChannelRegistry,
    private readonly activations: Activations,
    private readonly clock: Clock,
    /** A row that must not leave: seen by a person, never silently dropped. */
    private readonly alarm: (message: string, details: Record<string, unknown>) => void,
  ) {}

  /** Sends what is ready; how many rows it took. One round at a time; it waits for no network but ours. */
  round(): Promise<number> {
    this.#round ??= this.#send().finally(() => {
      this.#round = undefined;
    });
    return this.#round;
  }

  /** What waits for somebody else's network has been answered: for a stop, and for tests. */
  async settled(): Promise<void> {
    while (this.#slow.size > 0) await Promise.all(this.#slow);
  }

  async #send(): Promise<number> {
    const rows = await this.outbox.claim(this.clock.wall(), Math.min(AT_ONCE, Math.max(1, AT_ONCE - this.#slow.size)), LEASE);
    const done = new Map<string, Settled[]>();
    const failures: unknown[] = [];
    const failed = (error: unknown): void => void failures.push(error);
    for (const row of rows) {
      const channel = await this.#channelOf(row).catch(failed);
      if (channel === undefined) continue;
      if (channel?.isSlow) {
        this.#sendApart(row, channel);
        continue;
      }
      const delivery = await this.#attempt(row, channel).catch(failed);
      if (delivery) done.set(row.activation, [...(done.get(row.activation) ?? []), { id: row.id, delivery }]);
    }
    // One journal that fails must not keep the others from noting what left: it would leave again when its lease runs out.
    for (const [activation, settled] of done) await this.#settle(activation, settled).catch(failed);
    if (failures.length > 0) throw failures[0];
    return rows.length;
  }

  /** Its lease speaks for it meanwhile. */
  #sendApart(row: OutboxRow, channel: Channel): void {
    const full = this.#slow.size >= SLOW_AT_ONCE ? Promise.race(this.#slow) : Promise.resolve();
    const sent: Promise<void> = full
      .then(() => this.#attempt(row, channel))
      .then((delivery) => (delivery ? this.#settle(row.activation, [{ id: row.id, delivery }]) : undefined))
      .catch((error: unknown) => this.alarm('effect not settled', { effect: row.id, error: String(error) }))
      .finally(() => this.#slow.delete(sent));
    this.#slow.add(sent);
  }

  /** Null where the row must not leave. */
  async #channelOf(row: OutboxRow): Promise<Channel | null> {
    const lane = await this.activations.read(row.activation, (held) => held.activation.lane);
    const stamped = lane === row.lane && row.stampedLane === row.lane;
    const channel = stamped ? this.registry.channelFor(row.lane, row.channel) : undefined;
    if (channel) return channel;
    // Principle 5: a missing or mismatched stamp sends nothing and raises an alarm.
    this.alarm('effect without a channel in its lane', { effect: row.id, lane: row.lane, stampedLane: row.stampedLane, activationLane: lane ?? null });
    await this.outbox.bury([row.id], 'lane');
    return null;
  }

  async #attempt(row: OutboxRow, channel: Channel | null): Promise<Delivery | undefined> {
    if (!channel) return { outcome: 'failed' };
    try {
      if (row.doubt) {
        if (channel.onDoubt === 'ask-person') return { outcome: 'doubt' };
        const known = channel.onDoubt === 'ask-provider' ? await channel.find?.(row) : undefined;
        if (known) return known;
      }
      return await channel.send(row);
    } catch (error) {
      if (!(error instanceof NotYet) && row.attempts >= MOST_ATTEMPTS) {
        this.alarm('effect given up', { effect: row.id, error: String(error) });
        return { outcome: 'failed' };
      }
      await this.outbox.postpone([row.id], this.clock.wall() + (error instanceof NotYet ? error.afterMs : SECOND * 2 ** row.attempts));
      return undefined;
    }
  }

  /** What was learnt of calls stands in the journal as such; of the other rows, whether somebody was shown them. */
  async #settle(activation: string, settled: Settled[]): Promise<void> {
    const moved = settled.filter(({ delivery }) => delivery.move);
    const shown = settled.filter(({ delivery }) => !delivery.move);
    if (moved.length > 0) await this.#submit(activation, moved, { type: 'move-attempts', items: moved.map(({ delivery }) => delivery.move!) });
    if (shown.length > 0) await this.#submit(activation, shown, { type: 'settle-requests', items: shown.map(({ id, delivery }) => ({ effect: id, outcome: delivery.outcome })) });
  }

  async #submit(activation: string, settled: readonly Settled[], command: Parameters<Activations['submit']>[1]['command']): Promise<void> {
    const answer = await this.activations.submit(activation, {
      command, author: THE_ENGINE, key: `settle/${settled[0]!.id}`, settled: settled.map(({ id, delivery }) => ({ id, outcome: delivery.outcome })),
    });
    // Sealed or cancelled meanwhile: the row is finished all the same, its journal is closed to it.
    if (isRefusal(answer)) await this.outbox.bury(settled.map(({ id }) => id), answer.refused);
  }
}

interface Settled {
  id: string;
  delivery: Delivery;
}

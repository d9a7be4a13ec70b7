import { MINUTE, SECOND, type Ms } from '../../domain/time.js';

export interface Allowance {
  key: string;
  /** How many tries are free before the first wait. */
  free: number;
  /** One try is forgotten each time this has passed, and no wait is longer: what whoever tries more slowly never fills. */
  every?: Ms;
}

interface Tries {
  count: number;
  /** Monotonic: a step of the system clock locks nobody out, and lets nobody in. */
  until: Ms;
  last: Ms;
}

/** The longest wait: who knows their password is never kept out for longer. */
export const LONGEST_WAIT: Ms = 30 * SECOND;
/** Without a further failure everything is forgotten after this long. */
const FORGOTTEN_AFTER: Ms = 15 * MINUTE;
/** The oldest goes first beyond this: names somebody makes up do not fill the memory. */
const MOST_KEPT = 10_000;

/**
 * Slows down guessing: waits double from one second to thirty. A try counts when it begins, so that a thousand at once
 * are no way around; what is refused while it waits does not lengthen the wait.
 */
export class Throttle {
  readonly #tries = new Map<string, Tries>();

  constructor(private readonly monotonic: () => Ms, private readonly mostKept = MOST_KEPT) {}

  /** Begins a try under each of these keys; or how long to wait, and nothing is counted. */
  begin(allowances: readonly Allowance[]): Ms {
    const now = this.monotonic();
    const wait = Math.max(0, ...allowances.map(({ key }) => (this.#known(key, now)?.until ?? now) - now));
    if (wait > 0) return wait;
    for (const { key, free, every } of allowances) {
      const known = this.#known(key, now);
      const forgotten = known && every ? (now - known.last) / every : 0;
      const count = Math.max(0, (known?.count ?? 0) - forgotten) + 1;
      const until = count < free ? now : now + (every ?? Math.min(LONGEST_WAIT, SECOND * 2 ** Math.min(count - free, 10)));
      this.#tries.delete(key); // to the young end
      this.#tries.set(key, { count, until, last: now });
    }
    this.#evict();
    return 0;
  }

  /** It was the right one: this key is forgotten. */
  succeed(key: string): void {
    this.#tries.delete(key);
  }

  /** It was the right one, but the key belongs to others too: it costs them nothing. */
  undo({ key, free }: Allowance): void {
    const known = this.#tries.get(key);
    if (!known) return;
    known.count--;
    if (known.count < free) known.until = this.monotonic();
  }

  get size(): number {
    return this.#tries.size;
  }

  #known(key: string, now: Ms): Tries | undefined {
    const known = this.#tries.get(key);
    return known && now - known.last < FORGOTTEN_AFTER ? known : undefined;
  }

  #evict(): void {
    for (const key of this.#tries.keys()) {
      if (this.#tries.size <= this.mostKept) return;
      this.#tries.delete(key);
    }
  }
}

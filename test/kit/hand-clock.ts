import { Clock } from '../../src/application/ports.js';
import type { Ms } from '../../src/domain/time.js';

/** A clock that a test moves: both of its hands, or the system's alone. */
export class HandClock extends Clock {
  #monotonic: Ms = 1_000;

  constructor(private now: Ms) {
    super();
  }

  /** Whole milliseconds, as the system's is. */
  override wall(): Ms {
    return Math.floor(this.now);
  }

  override monotonic(): Ms {
    return this.#monotonic;
  }

  /** Time passes. */
  pass(ms: Ms): void {
    this.now += ms;
    this.#monotonic += ms;
  }

  /** The system clock steps: no time passes. */
  step(ms: Ms): void {
    this.now += ms;
  }
}

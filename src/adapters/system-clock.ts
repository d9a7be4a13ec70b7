import { hash, randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { Clock, Random } from '../application/ports.js';
import type { Hash } from '../domain/evidence/chain.js';

export class SystemClock extends Clock {
  override wall(): number {
    return Date.now();
  }

  override monotonic(): number {
    return performance.now();
  }
}

/** Drawn some hundred at a time: a call into native code for each takes longer than all the rest of an id. */
export class SystemRandom extends Random {
  #drawn = '';
  #at = 0;

  override id(): string {
    if (this.#at === this.#drawn.length) [this.#drawn, this.#at] = [randomBytes(16 * 256).toString('hex'), 0];
    return this.#drawn.slice(this.#at, (this.#at += 32));
  }
}

/** One call into native code: the fast way (toolchain.md). */
export const sha256: Hash = (text) => hash('sha256', text, 'hex');

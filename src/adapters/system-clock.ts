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

export class SystemRandom extends Random {
  override id(): string {
    return randomBytes(16).toString('hex');
  }
}

/** One call into native code: the fast way (toolchain.md). */
export const sha256: Hash = (text) => hash('sha256', text, 'hex');

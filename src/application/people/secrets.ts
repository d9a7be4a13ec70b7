import type { Ms } from '../../domain/time.js';

/** Slow hashing of passwords, off the event loop and with a limit to how many at once. */
export abstract class Passwords {
  abstract hash(password: string): Promise<string>;
  /** Without a hash (nobody has that login) it does the same work, and answers false. */
  abstract verify(hash: string | null, password: string): Promise<boolean>;
}

/** Codes that change with time (RFC 6238). */
export abstract class Codes {
  /** A new secret, in base32. */
  abstract newSecret(): string;
  /** The time step of this code, one step around now; undefined when the code is wrong. */
  abstract stepOf(secret: string, code: string, at: Ms): number | undefined;
  /** What the telephone's application reads from the picture. */
  abstract address(secret: string, login: string): string;
}

/** Too many passwords wait to be hashed: nothing was tried. */
export class HashingBusy extends Error {}

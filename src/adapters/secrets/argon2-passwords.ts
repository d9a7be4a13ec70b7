import { hash, verify, type Options } from '@node-rs/argon2';
import { HashingBusy, Passwords } from '../../application/people/secrets.js';

/** Argon2id (the library's own choice) with what OWASP asks at least: 19 MiB, two passes, one lane. */
export const USUAL_COST: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** On threads that the disk needs too: two of Node's four, and so 38 MiB at most. */
const AT_ONCE = 2;
/** About two seconds of work; beyond it somebody floods us, and waiting would only hide it. */
const MOST_WAITING = 50;

export class Argon2Passwords extends Passwords {
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  /** The hash of nothing that anybody knows: verified where there is no hash, so that the work is the same. */
  readonly #nobody: Promise<string>;

  constructor(private readonly cost: Options = USUAL_COST) {
    super();
    this.#nobody = hash(crypto.getRandomValues(new Uint8Array(32)), cost);
  }

  override hash(password: string): Promise<string> {
    return this.#inTurn(() => hash(password.normalize('NFC'), this.cost));
  }

  override verify(known: string | null, password: string): Promise<boolean> {
    return this.#inTurn(async () => (await verify(known ?? (await this.#nobody), password.normalize('NFC'))) && known !== null);
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= AT_ONCE) {
      if (this.#waiting.length >= MOST_WAITING) throw new HashingBusy('too many passwords wait');
      await new Promise<void>((go) => this.#waiting.push(go));
    } else {
      this.#running++;
    }
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift(); // takes over the place
      if (next) next();
      else this.#running--;
    }
  }
}

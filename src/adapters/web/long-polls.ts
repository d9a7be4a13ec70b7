import type { Activations } from '../../application/activations.js';
import type { Clock } from '../../application/ports.js';
import { SECOND, type Ms } from '../../domain/time.js';
import { WireRefused } from './refused.js';
import { eyesIn, type SignedIn } from './signed-in.js';

/** One reader needs one for each activation that it follows. */
const MOST_OF_ONE = 10;
const MOST = 500;
/** The next look at the clock comes with the next beat: what would end before it ends now. */
const BEAT: Ms = SECOND;

interface Wait {
  activation: string;
  after: number;
  reader: string;
  until: Ms;
  over: () => void;
}

/** Requests that wait for the next entry of a journal: each is held by its reader's connection, and by nothing else. */
export class LongPolls {
  /** In the order in which they came. */
  readonly #waits = new Set<Wait>();
  #closed = false;

  constructor(
    private readonly activations: Activations,
    private readonly clock: Clock,
  ) {}

  /**
   * Resolves when the journal has an entry after that number, when the time is up, when the reader is gone or the server
   * stops. It starts to wait in the turn in which it reads: no commit falls in between.
   */
  async newsAfter(signedIn: SignedIn, activation: string, { after, wait }: { after: number; wait: Ms }, onGone: (gone: () => void) => void): Promise<void> {
    const news = await this.activations.read(activation, ({ activation: { lane, seq } }) =>
      // Who may not read it must not learn by the wait that it exists.
      seq > after || !eyesIn(signedIn, lane) || this.#closed ? undefined : { comes: this.#wait({ activation, after, reader: signedIn.author.id }, wait, onGone) });
    await news?.comes;
  }

  /** After a commit that brought the journal to that number. */
  wake(activation: string, seq: number): void {
    this.#end((wait) => wait.activation === activation && wait.after < seq);
  }

  /** With each beat. */
  expire(): void {
    const now = this.clock.monotonic();
    this.#end(({ until }) => until - now < BEAT);
  }

  /** The server stops. */
  close(): void {
    this.#closed = true;
    this.#end(() => true);
  }

  get count(): number {
    return this.#waits.size;
  }

  #end(which: (wait: Wait) => boolean): void {
    for (const wait of this.#waits) if (which(wait)) wait.over();
  }

  #wait(who: Pick<Wait, 'activation' | 'after' | 'reader'>, forMs: Ms, onGone: (gone: () => void) => void): Promise<void> {
    const ofReader = [...this.#waits].filter(({ reader }) => reader === who.reader).length;
    if (this.#waits.size >= MOST || ofReader >= MOST_OF_ONE) throw new WireRefused('too-many-waits');
    return new Promise((resolve) => {
      const wait: Wait = {
        ...who, until: this.clock.monotonic() + forMs,
        over: () => {
          this.#waits.delete(wait);
          resolve();
        },
      };
      this.#waits.add(wait);
      onGone(wait.over);
    });
  }
}

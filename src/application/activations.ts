import { ADMINISTRATION } from '../domain/administration.js';
import { nextDueAt } from '../domain/activation.js';
import { wallTime } from '../domain/clock/exercise-time.js';
import type { ActivationEntry } from '../domain/events.js';
import type { Hash } from '../domain/evidence/chain.js';
import { refuse, type Refusal } from '../domain/refusal.js';
import type { Activation } from '../domain/state.js';
import type { Ms } from '../domain/time.js';
import { Draft } from './draft.js';
import { Held } from './held.js';
import { LostRace, NumberTaken, StorageFailed, type Boards, type Clock, type Journal, type Summary } from './ports.js';
import { THE_ENGINE, type Receipt, type Submission } from './submission.js';

/** Holds every activation in use, and is the only way to write to one: `submit`. */
export class Activations {
  readonly #held = new Map<string, Held>();
  readonly #tails = new Map<string, Promise<unknown>>();
  readonly #running = new Set<string>();
  readonly #nextDue = new Map<string, Ms>();
  /** Called after each commit with the wall time of the earliest obligation: a hint for the beat. */
  onDueHint: (at: Ms) => void = () => {};
  /** Called after a commit that put rows in the outbox: a hint for the postman. */
  onOutbox: () => void = () => {};
  /** Called after a commit that wrote entries: for whoever follows the journal without a board. */
  onEntries: (activation: string, seq: number) => void = () => {};

  /** Lets what arrives at the same moment arrive. The composition root binds it to a turn of the event loop. */
  gather: () => Promise<void> = () => Promise.resolve();
  readonly #waiting = new Map<string, Waiting[]>();

  constructor(
    private readonly journal: Journal,
    private readonly clock: Clock,
    private readonly hash: Hash,
    private readonly boards: Boards,
  ) {}

  /**
   * THE only write path. A command is decided on the latest state, as many times as it takes. What arrives at the same
   * moment for one activation shares a commit, and each submission keeps its own verdict.
   */
  submit(id: string, submission: Submission): Promise<Receipt | Refusal> {
    if (!mayShare(submission)) return this.#inTurn(id, () => this.#submit(id, submission));
    return new Promise((resolve, reject) => {
      const waiting = this.#waiting.get(id);
      if (waiting) {
        waiting.push({ submission, resolve, reject });
        return;
      }
      this.#waiting.set(id, [{ submission, resolve, reject }]);
      void this.#inTurn(id, async () => {
        await this.gather();
        const all = this.#waiting.get(id)!;
        this.#waiting.delete(id);
        for (const one of await this.#together(id, all)) await this.#submit(id, one.submission).then(one.resolve, one.reject);
      });
    });
  }

  /** Asks what time alone obliges, and does it. Safe to call at any moment, any number of times. */
  tick(id: string): Promise<void> {
    const nextDue = this.#nextDue.get(id);
    if (nextDue !== undefined && this.clock.wall() < nextDue) return Promise.resolve();
    return this.#inTurn(id, async () => {
      const held = await this.#load(id);
      if (held) await this.#commit(held, [{ command: { type: 'raise-warnings', items: [] }, author: THE_ENGINE, key: 'due' }]);
    });
  }

  /** The hint for what falls due next. What was due before `after` was asked already: where it failed, the next beat asks again. */
  hintNext(after: Ms): void {
    let next = Infinity;
    for (const id of this.#running) {
      const at = this.#nextDue.get(id) ?? Infinity;
      if (at > after) next = Math.min(next, at);
    }
    if (next < Infinity) this.onDueHint(next);
  }

  /** When the oldest thing fell due that time obliges and that nothing has dealt with; Infinity for none known. */
  oldestDue(): Ms {
    return Math.min(Infinity, ...[...this.#running].map((id) => this.#nextDue.get(id) ?? Infinity));
  }

  /** The running activations: those that time obliges. */
  running(): readonly string[] {
    return [...this.#running];
  }

  /** Reads what is committed: waits for a commit under way. */
  read<T>(id: string, look: (held: Held) => T): Promise<T | undefined> {
    return this.#inTurn(id, async () => {
      const held = await this.#load(id);
      return held && held.activation.seq > 0 ? look(held) : undefined;
    });
  }

  /** At start: learns which activations run. */
  async restore(): Promise<Summary[]> {
    const summaries = await this.journal.summaries();
    for (const { id, life } of summaries) if (life === 'running') this.#running.add(id);
    return summaries;
  }

  async #submit(id: string, submission: Submission): Promise<Receipt | Refusal> {
    const { author, key, bodyHash } = submission;
    for (;;) {
      if (bodyHash !== undefined) {
        const known = await this.journal.key(key, author.id);
        if (known && (known.bodyHash !== bodyHash || known.activation !== id)) return refuse('key-reused');
        if (known) return { activation: id, fromSeq: known.fromSeq, toSeq: known.toSeq, repeated: true };
      }
      const held = await this.#load(id);
      if (!held || (held.activation.seq === 0 && submission.command.type !== 'open')) return refuse('unknown-activation');
      try {
        const [answer] = await this.#commit(held, [submission]);
        return answer!;
      } catch (error) {
        if (error instanceof NumberTaken) return refuse('synergi-number-taken');
        if (!(error instanceof LostRace)) throw error;
      }
    }
  }

  /** One commit for all of them; gives back those that must be submitted alone: repeated keys, and all when the race was lost. */
  async #together(id: string, waiting: Waiting[]): Promise<Waiting[]> {
    const held = waiting.length > 1 ? await this.#load(id).catch(() => undefined) : undefined;
    if (!held || held.activation.seq === 0) return waiting;
    const keys = new Set<string>();
    const shared: Waiting[] = [];
    const alone: Waiting[] = [];
    try {
      for (const one of waiting) {
        const { key, author } = one.submission;
        const known = keys.has(`${author.id} ${key}`) || (await this.journal.key(key, author.id)) !== undefined;
        (known ? alone : shared).push(one);
        keys.add(`${author.id} ${key}`);
      }
      const answers = await this.#commit(held, shared.map(({ submission }) => submission));
      shared.forEach(({ resolve }, i) => resolve(answers[i]!));
      return alone;
    } catch (error) {
      // Nothing of the batch was written. A full disk is told to every submission; anything else concerns one of them: each alone.
      if (!(error instanceof StorageFailed)) return waiting;
      for (const { reject } of waiting) reject(error);
      return [];
    }
  }

  /**
   * One transaction. A failure drops the state it touched. No verdict is given before the commit: even a refusal rests on
   * what it wrote.
   */
  async #commit(held: Held, submissions: readonly Submission[]): Promise<(Receipt | Refusal)[]> {
    const draft = new Draft(held, this.clock, this.hash);
    try {
      const answers = submissions.map((submission) => draft.take(submission));
      if (!draft.isEmpty) {
        await this.journal.append(draft.batch());
        this.#committed(held, draft);
      }
      return answers;
    } catch (error) {
      this.#held.delete(held.id);
      throw error;
    }
  }

  #committed(held: Held, { entries, head, outbox, texts }: Draft): void {
    const { activation: a, id } = held;
    held.commit(entries, head);
    if (a.life === 'running') this.#running.add(id);
    else this.#running.delete(id);
    const nextDue = this.#noteDue(a);
    if (nextDue < Infinity) this.onDueHint(nextDue);
    this.boards.news(id, entries, texts);
    if (entries.some((entry) => LOBBY_TYPES.has(entry.type))) this.boards.lobby();
    if (outbox.length > 0) this.onOutbox();
    if (entries.length > 0) this.onEntries(id, a.seq);
  }

  /** Reading alone gives no hint: where a commit failed what is due lies behind us, and beats would chase one another until the disk has room. */
  #noteDue(a: Readonly<Activation>): Ms {
    const at = wallTime(a.segments, nextDueAt(a));
    this.#nextDue.set(a.id, at);
    return at;
  }

  async #load(id: string): Promise<Held | undefined> {
    if (id === ADMINISTRATION) return undefined; // a journal of its own, with other events
    const known = this.#held.get(id);
    if (known) return known;
    // Whatever else a stranger names is no activation: the administration's journal lies in the same store.
    if (!ACTIVATION_ID.test(id)) return undefined;
    const held = new Held(id, await this.journal.read(id));
    // What was never opened is not kept: ids that somebody guesses must not fill the memory.
    if (held.activation.seq > 0) {
      this.#held.set(id, held);
      this.#noteDue(held.activation);
      this.#evict();
    }
    return held;
  }

  /** Activations that ended need not stay in memory; running ones always do. */
  #evict(): void {
    if (this.#held.size <= MOST_HELD) return;
    for (const [id, { activation }] of this.#held) {
      if (activation.life !== 'running' && !this.#tails.has(id)) {
        this.#held.delete(id);
        this.#nextDue.delete(id);
        if (this.#held.size <= MOST_HELD) return;
      }
    }
  }

  /** One thing at a time in each activation. */
  #inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(id);
    const turn = before ? before.then(work, work) : work();
    const tail = turn.then(() => {}, () => {}).then(() => {
      if (this.#tails.get(id) === tail) this.#tails.delete(id);
    });
    this.#tails.set(id, tail);
    return turn;
  }
}

const MOST_HELD = 200;
const ACTIVATION_ID = /^[0-9a-f]{32}$/;

/** Entries that change what the opening page shows. */
const LOBBY_TYPES = new Set<ActivationEntry['type']>([
  'activationOpened', 'clockStarted', 'clockCorrected', 'titleSet', 'synergiNumberRecorded', 'eventTypeSet', 'communesSet',
  'declarationReceived', 'declarationAnswered', 'exerciseSegmentStarted', 'activationEnded', 'activationSealed', 'openedByMistake',
]);

/** A submission that waits for its turn, and whom to answer. */
interface Waiting {
  submission: Submission;
  resolve: (answer: Receipt | Refusal) => void;
  reject: (error: unknown) => void;
}

/** Orders of people about an activation that exists; what opens, erases or settles goes alone. */
function mayShare({ bodyHash, command, settled }: Submission): boolean {
  return bodyHash !== undefined && settled === undefined && command.type !== 'open' && command.type !== 'erase-text';
}

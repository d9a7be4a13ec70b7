import { isAllowed } from '../domain/activation.js';
import type { Command, CommandOf } from '../domain/commands.js';
import type { Hash } from '../domain/evidence/chain.js';
import type { Lane, OnBehalf } from '../domain/entry.js';
import type { Fact, Plan } from '../domain/plan/plan.js';
import { isRefusal, refuse, type Refusal } from '../domain/refusal.js';
import { toInstant, type Ms } from '../domain/time.js';
import type { Activations } from './activations.js';
import type { Clock, Journal, Summary, VaultText } from './ports.js';
import { THE_ENGINE, type Author, type Receipt } from './submission.js';

/** What one's own préfecture freezes into each activation. */
export interface House {
  prefecture: string;
  departement: string;
  timeZone: string;
  facts: Partial<Record<Fact, boolean>>;
  plan: Plan;
  /** In a demonstration no real activation exists, whoever asks. */
  lanes: readonly Lane[];
  /** 47: whether anybody can be called in by telephone in that lane. */
  phones: (lane: Lane) => boolean;
}

export interface Opening {
  lane: Lane;
  kind: 'cod' | 'important';
  t0?: Ms;
  synergi?: string;
  confirmOld?: boolean;
  /** Of an exercise, from its opening. */
  speed?: number;
}

export interface Request {
  author: Author;
  key: string;
  bodyHash: string;
  for?: OnBehalf;
  texts?: readonly VaultText[];
}

export type Opened = Receipt & { outcome: 'opened' | 'same' | 'waiting' };

/** Opens activations; a SYNERGI number is unique per lane among those not cancelled (design.md part 4 a). */
export class Openings {
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly activations: Activations,
    private readonly journal: Journal,
    private readonly clock: Clock,
    private readonly hash: Hash,
    private readonly house: House,
  ) {}

  /** Somebody opens by hand: what they know is enough. The same key gives the same activation. */
  open(opening: Opening, title: CommandOf<'open'>['title'], request: Request): Promise<Opened | Refusal> {
    return this.#inTurn(async () => (await this.#known(opening, request)) ?? this.#open(opening, title, request));
  }

  /**
   * A script beside SYNERGI declares a T0. The same number gives the same activation; with another T0 it proposes a
   * correction; while a real activation without number runs, it waits there for somebody to say whose it is.
   */
  declareT0(declared: { t0: Ms; synergi: string; confirmOld?: boolean }, request: Request): Promise<Opened | Refusal> {
    return this.#inTurn(async () => {
      const opening: Opening = { lane: 'real', kind: 'cod', ...declared };
      const known = await this.#known(opening, request);
      if (known) return known;
      const candidate = await this.#withoutNumber();
      if (!candidate) return this.#open(opening, undefined, request);
      const command: Command = {
        type: 'receive-declaration', declaration: this.#derivedId(request), number: declared.synergi, t0: declared.t0,
        ...(declared.confirmOld ? { confirmOld: true } : {}),
      };
      const receipt = await this.activations.submit(candidate, { command, ...request });
      return isRefusal(receipt) ? receipt : { ...receipt, outcome: 'waiting' };
    });
  }

  /**
   * The declaration was another event, or nobody answered: it opens its own. Ids derive from it: once only. Where its
   * number was given to an activation meanwhile, its T0 goes there.
   */
  openDeclared(declaration: string, number: string, t0: Ms): Promise<Opened | Refusal> {
    return this.#inTurn(async () => {
      const opening: Opening = { lane: 'real', kind: 'cod', t0, synergi: number };
      const request: Request = { author: THE_ENGINE, key: `declared/${declaration}`, bodyHash: this.hash(declaration) };
      const taken = await this.#withNumber(opening);
      if (!taken) return this.#open(opening, undefined, request);
      const told = await this.activations.submit(taken.id, { command: { type: 'record-synergi-number', number, t0 }, ...request });
      // Sealed: that hour is over, and what SYNERGI said stands in the journal where it waited.
      return isRefusal(told) ? sameAs(taken) : { ...told, outcome: 'same' };
    });
  }

  async #open(opening: Opening, title: CommandOf<'open'>['title'], request: Request): Promise<Opened | Refusal> {
    const id = this.#derivedId(request);
    const wall = this.clock.wall();
    const { lane, kind, t0, synergi, confirmOld, speed } = opening;
    const { prefecture, departement, timeZone, facts } = this.house;
    // A test has no hour: nothing falls due in it, and nothing in it counts for a commitment.
    const plan = lane === 'test' ? { ...this.house.plan, id: 'essai', title: 'Essai', clauses: [], groups: [], rows: [] } : this.house.plan;
    const command: CommandOf<'open'> = {
      type: 'open', id, lane, kind, prefecture, departement, timeZone, facts, plan, ...(this.house.phones(lane) ? { phones: true } : {}),
      ...(lane === 'exercise' || speed !== undefined ? { segment: { wallAt: wall, exerciseAt: wall, speed: speed ?? 1 } } : {}),
      ...(t0 === undefined ? {} : { t0 }), ...(synergi === undefined ? {} : { synergi }), ...(confirmOld ? { confirmOld } : {}),
      ...(title ? { title } : {}),
    };
    const receipt = await this.activations.submit(id, { command, ...request });
    return isRefusal(receipt) ? receipt : { ...receipt, outcome: receipt.repeated ? 'same' : 'opened' };
  }

  /** What was answered under this key; else the activation that has this number. */
  async #known(opening: Opening, request: Request): Promise<Opened | Refusal | undefined> {
    const { author, key, bodyHash } = request;
    if (!this.house.lanes.includes(opening.lane)) return refuse('exercises-only');
    if (!isAllowed('open', opening.lane, { by: author.id, ...author })) return refuse('forbidden', { command: 'open' });
    const answered = await this.journal.key(key, author.id);
    if (!answered) return this.#sameNumber(opening, request);
    if (answered.bodyHash !== bodyHash) return refuse('key-reused');
    const { activation, fromSeq, toSeq } = answered;
    const waits = await this.activations.read(activation, (held) => held.entry(fromSeq)?.type === 'declarationReceived');
    return { activation, fromSeq, toSeq, repeated: true, outcome: waits ? 'waiting' : 'same' };
  }

  /** The same number is the same activation: another T0 proposes a correction, one that it lacks starts its clock. */
  async #sameNumber(opening: Opening, request: Request): Promise<Opened | Refusal | undefined> {
    const { kind, t0, synergi, confirmOld } = opening;
    const known = await this.#withNumber(opening);
    if (!known || synergi === undefined) return undefined;
    if (t0 === undefined) return sameAs(known);
    const clock = await this.activations.read(known.id, ({ activation: { clocks } }) => clocks.cod ?? (kind === 'important' ? clocks.important : undefined));
    if (clock && clock.t0 !== t0) {
      return refuse('different-t0', {
        activation: known.id, clock: clock.id, t0: toInstant(clock.t0), declared: toInstant(t0), version: clock.versions.at(-1)!.seq,
      });
    }
    if (clock || known.life !== 'running') return sameAs(known);
    const old = confirmOld ? { confirmOld } : {};
    const receipt = await this.activations.submit(known.id, {
      command: kind === 'cod'
        ? { type: 'receive-declaration', declaration: this.#derivedId(request), number: synergi, t0, ...old }
        : { type: 'start-clock', clock: kind, t0, ...old },
      author: request.author, key: request.key, bodyHash: request.bodyHash,
    });
    return isRefusal(receipt) ? receipt : { ...receipt, outcome: 'same' };
  }

  async #withNumber({ lane, synergi }: Opening): Promise<Summary | undefined> {
    if (synergi === undefined) return undefined;
    return (await this.journal.summaries()).find((one) => one.lane === lane && one.life !== 'cancelled' && one.synergi === synergi);
  }

  /** The latest real activation that runs without a SYNERGI number. */
  async #withoutNumber(): Promise<string | undefined> {
    const summaries: Summary[] = await this.journal.summaries();
    return summaries
      .filter((one) => one.lane === 'real' && one.life === 'running' && one.synergi === null)
      .sort((x, y) => y.openedAt - x.openedAt)[0]?.id;
  }

  /** An activation is named by a random id; derived from its key, so that a repeated request names the same one. */
  #derivedId({ author, key }: Request): string {
    return this.hash(`${author.id}\n${key}`).slice(0, 32);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work, work);
    this.#turn = turn.catch(() => {});
    return turn;
  }
}

/** The activation as it stands: nothing was written. */
function sameAs({ id, seq }: Summary): Opened {
  return { activation: id, fromSeq: seq + 1, toSeq: seq, repeated: true, outcome: 'same' };
}

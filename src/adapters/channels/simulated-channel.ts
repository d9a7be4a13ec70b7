import { Channel, type Boards, type Delivery, type OutboxRow } from '../../application/ports.js';
import { EXERCISE_MARK } from '../../domain/exercise-mark.js';

/** What an exercise "sent", as whoever received it saw it. */
export interface Simulated {
  row: OutboxRow;
  /** Both ends of it, whatever lies between. */
  begins: string;
  ends: string;
  reached: number;
}

const MOST_KEPT = 1_000;

/**
 * Where no real channel exists: it shows the request on the boards of those who play, marked at both ends by the engine,
 * and keeps what would have left. It knows no way out of the house.
 */
export class SimulatedChannel extends Channel {
  override readonly onDoubt = 'repeat';
  override readonly lanes = ['exercise', 'test'] as const;
  readonly #sent: Simulated[] = [];

  constructor(private readonly boards: Boards) {
    super();
  }

  override async send(row: OutboxRow): Promise<Delivery> {
    const { id, activation, lane, kind, body, to } = row;
    if (lane === 'real') throw new Error(`the request ${id} is of the real lane`);
    if (to === undefined) throw new Error(`the request ${id} is for nobody`);
    const reached = await this.boards.request(to, { id, activation, lane, kind, body, mark: EXERCISE_MARK });
    this.#sent.push({ row, begins: EXERCISE_MARK, ends: EXERCISE_MARK, reached });
    if (this.#sent.length > MOST_KEPT) this.#sent.shift();
    return { outcome: reached > 0 ? 'shown' : 'nobody' };
  }

  /** What it "sent", oldest first. */
  sent(): readonly Simulated[] {
    return this.#sent;
  }

  override find = async ({ id }: OutboxRow): Promise<Delivery | undefined> => {
    const known = this.#sent.find(({ row }) => row.id === id);
    return known && { outcome: known.reached > 0 ? 'shown' : 'nobody' };
  };
}

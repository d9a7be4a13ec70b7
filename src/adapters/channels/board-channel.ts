import { Channel, type Boards, type Delivery, type OutboxRow } from '../../application/ports.js';

/** A request to a person, on whatever boards they have open: the pages ring until it is dealt with. */
export class BoardChannel extends Channel {
  /** The board knows a request by its id: shown twice it is shown once. */
  override readonly onDoubt = 'repeat';
  override readonly lanes = ['real'] as const;

  constructor(private readonly boards: Boards) {
    super();
  }

  override async send({ id, activation, lane, kind, body, to }: OutboxRow): Promise<Delivery> {
    if (lane !== 'real') throw new Error(`the request ${id} is of the lane ${lane}`);
    if (to === undefined) throw new Error(`the request ${id} is for nobody`);
    const reached = await this.boards.request(to, { id, activation, lane, kind, body, mark: null });
    return { outcome: reached > 0 ? 'shown' : 'nobody' };
  }
}

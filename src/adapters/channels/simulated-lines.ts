import type { Move } from '../../domain/outreach/reaching.js';
import type { Activations } from '../../application/activations.js';
import { Channel, type Delivery, type OutboxRow } from '../../application/ports.js';
import { isWanted } from '../../domain/outreach/attempts.js';

/**
 * Voice, texts and mail of an exercise: they leave nowhere. Who answers is a function of the journal and of time
 * (domain/exercise/population); this only says that the call was placed. It knows no way out of the house.
 */
export class SimulatedLines extends Channel {
  override readonly onDoubt = 'repeat';
  override readonly lanes = ['exercise'] as const;

  constructor(private readonly activations: Pick<Activations, 'read'>) {
    super();
  }

  override async send({ id, activation, lane, kind, body }: OutboxRow): Promise<Delivery> {
    if (lane !== 'exercise') throw new Error(`the call ${id} is of the lane ${lane}`);
    const attempt = String(body['attempt']);
    const isPlaced = kind !== 'hang-up' && (await this.activations.read(activation, (held) => isWanted(held.activation, attempt)));
    const move: Move = !isPlaced ? { attempt, state: 'cancelled', over: true }
      : kind === 'call' ? { attempt, state: 'dialling', account: 'simulé', sid: attempt } : { attempt, state: 'delivered', over: true };
    return { outcome: 'shown', move };
  }
}

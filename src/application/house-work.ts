import type { Purpose } from '../domain/outreach/reaching.js';
import { isRefusal } from '../domain/refusal.js';
import { toMs } from '../domain/time.js';
import type { Activations } from './activations.js';
import type { Openings } from './openings.js';
import type { Callees } from './outreach/callees.js';
import { Channel, type Clock, type Delivery, type OutboxRow } from './ports.js';
import { THE_ENGINE } from './submission.js';

/** Writes the page of the hour into the vault; what P26 asks. */
export type WriteStatement = (activation: string) => Promise<{ file: { digest: string; bytes: number; mime: string }; upTo: number } | undefined>;

/**
 * The work that the instance does for itself: it goes through the outbox like all that an entry causes, so that a crash
 * in the middle costs a repetition and nothing else. Each piece of work is harmless when repeated.
 */
export class HouseWork extends Channel {
  override readonly onDoubt = 'repeat';
  override readonly lanes = ['real', 'exercise', 'test'] as const;

  constructor(
    private readonly activations: Activations,
    private readonly openings: Openings,
    private readonly writeStatement: WriteStatement,
    private readonly callees: Callees,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async send(row: OutboxRow): Promise<Delivery> {
    switch (row.kind) {
      case 'statement':
        return this.#statement(row);
      case 'open-declared':
        return this.#openDeclared(row);
      case 'attach-declared':
        return this.#attachDeclared(row);
      case 'call-in':
        return this.#callIn(row);
      default:
        return { outcome: 'failed' };
    }
  }

  async #statement(row: OutboxRow): Promise<Delivery> {
    const dueAt = toMs(String(row.body['dueAt']));
    // Written before a crash: a second page would lie in the vault without an entry to name it.
    const there = await this.activations.read(row.activation, ({ activation }) => activation.statement.written.some((one) => one.dueAt === dueAt));
    if (there) return { outcome: 'shown' };
    const written = await this.writeStatement(row.activation);
    if (!written) return { outcome: 'failed' };
    const receipt = await this.activations.submit(row.activation, {
      command: { type: 'record-statement', dueAt, ...written }, author: THE_ENGINE, key: row.id,
    });
    return { outcome: isRefusal(receipt) ? 'failed' : 'shown' };
  }

  /** 47.1, 47.2, 50.2: the campaign's id is the row's own, so that a repetition starts nothing twice. */
  async #callIn({ id, activation, seq, lane, body }: OutboxRow): Promise<Delivery> {
    const purpose = body['purpose'] as Exclude<Purpose, 'officials'>;
    const means = this.callees.means(lane, purpose);
    const involved = (await this.activations.read(activation, ({ activation: a }) => [a.openedBy, ...a.people])) ?? [];
    const people = means.ways.length === 0 ? [] : await this.callees.calledIn(purpose, this.clock.wall(), involved);
    if (people.length === 0) return { outcome: 'nobody' };
    const answer = await this.activations.submit(activation, {
      command: { type: 'start-campaign', campaign: `${purpose}${seq}`, purpose, circles: [], means, people, population: this.callees.population() }, author: THE_ENGINE, key: id,
    });
    return { outcome: isRefusal(answer) ? 'failed' : 'shown' };
  }

  async #openDeclared({ body }: OutboxRow): Promise<Delivery> {
    const opened = await this.openings.openDeclared(String(body['declaration']), String(body['number']), toMs(String(body['t0'])));
    return { outcome: isRefusal(opened) ? 'failed' : 'shown' };
  }

  /** The number goes to another activation; when that one has got a number meanwhile, it was another event after all. */
  async #attachDeclared(row: OutboxRow): Promise<Delivery> {
    const { to, number, t0 } = row.body as { to: string; number: string; t0: string };
    const state = await this.activations.read(to, ({ activation }) => ({
      synergi: activation.synergi?.number, running: activation.life === 'running', lane: activation.lane,
    }));
    if (!state?.running || state.lane !== row.lane || (state.synergi !== undefined && state.synergi !== number)) return this.#openDeclared(row);
    const recorded = await this.activations.submit(to, {
      command: { type: 'record-synergi-number', number, t0: toMs(t0) }, author: THE_ENGINE, key: row.id,
    });
    return isRefusal(recorded) ? this.#openDeclared(row) : { outcome: 'shown' };
  }
}

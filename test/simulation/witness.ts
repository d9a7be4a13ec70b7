import type { OnDoubt } from '../../src/application/ports.js';
import type { Accepted, BoardRequest } from '../../src/contract/live.js';
import type { Ms } from '../../src/domain/time.js';

/** One attempt to give an order, and what its author heard. An attempt cut off by a crash has neither of the three. */
export interface Attempt {
  /** The true time at which it was sent, and answered. */
  at: Ms;
  answeredAt?: Ms;
  by: string;
  key: string;
  /** The activation it is about; absent for what opens one. */
  activation?: string;
  name: string;
  body: unknown;
  accepted?: Accepted;
  refused?: string;
  /** The store refused, and the client was told so. */
  failed?: true;
}

/** What left for the boards of somebody: the end of the house, whatever lies behind. */
export interface Left {
  at: Ms;
  room: string;
  reached: number;
  request: BoardRequest;
}

/** What happened to the machine, in true time. `wallBy`: how far its clock shows beyond the true time from then on. */
export type Happening =
  | { at: Ms; what: 'start' | 'up' | 'down' | 'disk-full' | 'disk-free' | 'failed' }
  | { at: Ms; what: 'step'; wallBy: Ms };

/** What those outside saw. The promises are checked against it, the store and the boards, and against nothing else. */
export class Witness {
  readonly attempts: Attempt[] = [];
  readonly left: Left[] = [];
  readonly happenings: Happening[] = [];
  /** When the store took each batch: its activation, its last number, the true time. */
  readonly commits: { activation: string; toSeq: number; at: Ms }[] = [];
  /** What the product logged or threw that nobody provoked. */
  readonly surprises: string[] = [];
  /** Boards that were looked at while they followed, and those that were behind what the store had taken long before. */
  readonly looked = { times: 0, behind: [] as string[] };
  /** What the channels to people do tonight with what may have left. */
  onDoubt: OnDoubt = 'repeat';
  /** How often each fault was injected. */
  readonly faults = new Map<string, number>();

  fault(name: string): void {
    this.faults.set(name, (this.faults.get(name) ?? 0) + 1);
  }
}

// A night of orders against a process that dies: each order has a key of its own and is tried until it is acknowledged,
// before or after the next start.
import { effects, evolve, initial } from '../../src/domain/activation.js';
import type { Lane } from '../../src/domain/entry.js';
import type { ActivationEntry } from '../../src/domain/events.js';
import { MINUTE, SECOND } from '../../src/domain/time.js';
import { post, type Person, type ServerProcess } from './server-process.js';

interface Order {
  /** With which its key begins. */
  kind: string;
  path: string;
  body: object;
}

export class Night {
  readonly acknowledged = new Set<string>();
  readonly unknown = new Map<string, Order>();
  #n = 0;

  private constructor(
    private readonly person: Person,
    readonly activations: Record<'real' | 'exercise', string>,
    private readonly colleagues: readonly string[],
  ) {}

  /** The COD was activated 44 minutes 55 seconds ago: targets and deadlines fall due while the process is being killed. */
  static async opened({ url }: ServerProcess, person: Person): Promise<Night> {
    const t0 = new Date(Date.now() - 45 * MINUTE + 5 * SECOND).toISOString();
    const open = async (lane: Lane) => {
      const opened = await post(url, '/api/activations', { lane, kind: 'cod', t0 }, { ...person.headers, 'idempotency-key': `open-${lane}` });
      return ((await opened.json()) as { activation: string }).activation;
    };
    const account = async (login: string) => {
      const created = await post(url, '/api/accounts', { login, name: `Personne ${login}`, title: 'agente', rights: ['communication'] }, person.headers);
      return ((await created.json()) as { account: string }).account;
    };
    return new Night(person, { real: await open('real'), exercise: await open('exercise') }, [await account('relais.a'), await account('relais.b')]);
  }

  /** Notes and steps that change hands, four orders at a time, until the server is gone. */
  async write(url: string): Promise<void> {
    const { real, exercise } = this.activations;
    const note = (n: number) => ({ kind: 'note', path: `${real}/log-note`, body: { text: `Vu de la nuit, ${n}` } });
    const assign = (activation: string) => (n: number) => ({ kind: 'step', path: `${activation}/assign-step`, body: { step: 'P14', to: this.colleagues[n % 2] } });
    await Promise.all([note, note, assign(real), assign(exercise)].map((order) => this.#until(url, order)));
  }

  /** What nobody knows about is sent again with its key: it must be there once. */
  async repeat(url: string): Promise<void> {
    for (const [key, order] of this.unknown) if (!(await this.#order(url, key, order))) return;
  }

  async #until(url: string, order: (n: number) => Order): Promise<void> {
    for (;;) {
      const n = ++this.#n;
      const one = order(n);
      if (!(await this.#order(url, `${one.kind}-${n}`, one))) return;
    }
  }

  async #order(url: string, key: string, order: Order): Promise<boolean> {
    try {
      await post(url, `/api/activations/${order.path}`, order.body, { ...this.person.headers, 'idempotency-key': key });
      this.acknowledged.add(key);
      this.unknown.delete(key);
      return true;
    } catch (error) {
      if (/^\d{3} /.test((error as Error).message)) throw error; // an answer that is not 2xx is a fault of ours
      this.unknown.set(key, order);
      return false;
    }
  }
}

/** What the entries of a journal wanted sent, each with how it was settled, every time it was. */
export function requestsOf(id: string, entries: readonly ActivationEntry[]): Map<string, string[]> {
  const state = initial(id);
  const requests = new Map<string, string[]>();
  for (const entry of entries) {
    evolve(state, entry);
    for (const effect of effects(state, entry)) requests.set(effect.id, []);
    if (entry.type === 'requestsSettled') for (const { effect, outcome } of entry.payload.items) requests.get(effect)!.push(outcome);
  }
  return requests;
}

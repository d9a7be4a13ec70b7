import { createStore, del, entries, set, type UseStore } from 'idb-keyval';

/** An order as it leaves: key and body never change, so that the server acts once however often it is sent. */
export interface KeptOrder {
  key: string;
  /** Who gave it: it is sent in nobody else's name. */
  account: string;
  /** Null: it opens an activation. */
  activation: string | null;
  /** The name of the order, "open" for an opening. */
  name: string;
  path: string;
  body: Record<string, unknown>;
  /** Order in which they were given, on this device. */
  rank: number;
  /** When it was given, by the corrected clock: for the eye. */
  givenAt: number;
  /** In French, what it does: "Étape P05 faite". */
  label: string;
  /** The server said no after the page had stopped waiting: kept until somebody has read why. */
  refused?: string;
}

/** What a person typed in it, to be read, or copied elsewhere. */
export function typedIn({ body }: Pick<KeptOrder, 'body'>): string {
  const text = (field: string) => (typeof body[field] === 'string' ? [body[field]] : []);
  const evidence = Array.isArray(body['evidence']) ? (body['evidence'] as unknown[]) : [body['evidence']];
  const proofs = (evidence as ({ text?: string; url?: string } | undefined)[]).flatMap((one) => one?.text ?? one?.url ?? []);
  return [...['step', 'text', 'reason', 'title', 'list', 'note', 'number', 'eventType'].flatMap(text), ...proofs].join('\n');
}

/** Where orders wait when there is no network. Where a device refuses to store them they live as long as the page. */
export class KeptOrders {
  /** Those that the device would not store. */
  readonly #memory = new Map<string, KeptOrder>();
  #store: UseStore | undefined;

  constructor() {
    try {
      this.#store = createStore('temps-zero', 'orders');
    } catch {
      this.#store = undefined;
    }
  }

  /** All of one account's, in the order in which they were given, by whichever tab of this device. */
  async of(account: string): Promise<KeptOrder[]> {
    const stored = this.#store ? await entries<string, KeptOrder>(this.#store).catch(() => []) : [];
    return [...stored.map(([, order]) => order), ...this.#memory.values()]
      .filter((order) => order.account === account)
      .sort((a, b) => a.rank - b.rank);
  }

  async put(order: KeptOrder): Promise<void> {
    try {
      if (!this.#store) throw new Error('no storage');
      await set(order.key, order, this.#store);
      this.#memory.delete(order.key);
    } catch {
      this.#memory.set(order.key, order);
    }
  }

  async drop(key: string): Promise<void> {
    this.#memory.delete(key);
    if (this.#store) await del(key, this.#store).catch(() => {});
  }
}

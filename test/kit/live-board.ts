// A board as the console keeps one: the server's snapshot, then the news folded in order by the console's own Fold, gaps
// filled by number, one socket that comes back by itself. `url` may lead through a line that a test cuts.
import { io, type Socket } from 'socket.io-client';
import { Fold } from '../../src/console/board.js';
import type { BoardToServer, JournalPage, ServerToBoard, Snapshot } from '../../src/contract/live.js';
import type { Person } from './server-process.js';

/** A page gives up a request that no longer gets anywhere, and asks again at the next word from the server. */
const GIVE_UP_MS = 3_000;

export class LiveBoard {
  readonly #socket: Socket<ServerToBoard, BoardToServer>;
  readonly #fold: Fold;
  #filling: Promise<void> | undefined;
  #heardAt = performance.now();

  private constructor(
    private readonly url: string,
    private readonly activation: string,
    private readonly headers: Record<string, string>,
    snapshot: Snapshot,
    transport: 'websocket' | 'polling',
  ) {
    this.#fold = new Fold(snapshot);
    this.#socket = io(url, { path: '/live', transports: [transport], extraHeaders: headers, forceNew: true, reconnectionDelay: 500, reconnectionDelayMax: 5_000, timeout: 10_000 });
    this.#socket.on('connect', () => this.#socket.emit('follow', { activation, after: this.seq }, ({ seq }) => this.#reach(seq)));
    this.#socket.on('news', ({ entries, texts }) => {
      this.#heardAt = performance.now();
      if (!this.#fold.take(entries, texts)) this.#fill();
    });
    this.#socket.on('alive', ({ seq }) => {
      this.#heardAt = performance.now();
      this.#reach(seq ?? 0);
    });
  }

  static async open(url: string, activation: string, { headers }: Person, transport: 'websocket' | 'polling' = 'websocket'): Promise<LiveBoard> {
    const board = new LiveBoard(url, activation, headers, await snapshotOf(url, activation, headers), transport);
    await new Promise<void>((resolve) => board.#socket.once('connect', resolve));
    return board;
  }

  get seq(): number {
    return this.#fold.seq;
  }

  /** What it shows. */
  get shown(): Snapshot['activation'] {
    return this.#fold.board(() => {}).activation as Snapshot['activation'];
  }

  /** Milliseconds since the last word from the server: what its freshness is told from. */
  get silence(): number {
    return performance.now() - this.#heardAt;
  }

  close(): void {
    this.#socket.disconnect();
  }

  #reach(seq: number): void {
    if (seq > this.seq) this.#fill();
  }

  #fill(): void {
    this.#filling ??= this.#fillAll().catch(() => {}).finally(() => (this.#filling = undefined));
  }

  async #fillAll(): Promise<void> {
    for (;;) {
      const response = await fetch(`${this.url}/api/activations/${this.activation}/journal?after=${this.seq}&limit=200`, { headers: this.headers, signal: AbortSignal.timeout(GIVE_UP_MS) });
      const { entries, texts, seq } = (await response.json()) as JournalPage;
      this.#fold.take(entries, texts);
      if (this.seq >= seq) return;
    }
  }
}

export async function snapshotOf(url: string, activation: string, headers: Record<string, string>): Promise<Snapshot> {
  return (await (await fetch(`${url}/api/activations/${activation}`, { headers })).json()) as Snapshot;
}

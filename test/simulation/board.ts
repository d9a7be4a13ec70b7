// A console: the fold of src/console/board.ts behind a bad line. News come late, twice, in another order or not at all; the
// line is lost and found again; what is missing is filled by number, as src/console/live.ts does.
import { Fold, type Board, type BoardEntry } from '../../src/console/board.js';
import type { JournalPage, ServerToBoard, Snapshot, Texts } from '../../src/contract/live.js';
import type { Right } from '../../src/domain/entry.js';
import type { Ms } from '../../src/domain/time.js';
import type { Agenda } from './agenda.js';
import type { Chance } from './chance.js';
import type { Machine, Process } from './machine.js';
import { SimulatedSocket } from './sockets.js';
import type { Witness } from './witness.js';

type News = Parameters<ServerToBoard['news']>[0];
type Alive = Parameters<ServerToBoard['alive']>[0];

export interface Account {
  id: string;
  name: string;
  rights: readonly Right[];
}

export interface BoardParts {
  machine: Machine;
  agenda: Agenda;
  chance: Chance;
  witness: Witness;
  /** So likely does one piece of news not come as it should. */
  badLine: number;
}

const PAGE = 200;

export class SimulatedBoard {
  #fold: Fold | undefined;
  #socket: SimulatedSocket | undefined;
  #comingBack: (() => void) | undefined;
  #filling = false;
  #loading = false;
  /** Since when it follows, on this line. */
  #followsFrom: Ms | undefined;
  /** The server says that this is not for these eyes. */
  absent = false;
  /** A test that wants to see a board differ makes it lose entries. */
  spoil: (entries: readonly BoardEntry[]) => readonly BoardEntry[] = (entries) => entries;

  constructor(private readonly parts: BoardParts, readonly account: Account, readonly activation: string, private readonly id: string) {}

  /** What its owner sees; undefined before the first snapshot. */
  get shown(): Board | undefined {
    return this.#fold?.board(() => {});
  }

  get seq(): number {
    return this.#fold?.seq ?? 0;
  }

  get isOnline(): boolean {
    return this.#socket?.connected === true;
  }

  /** It has followed for this long, without a cut. */
  hasFollowedFor(ms: Ms): boolean {
    return this.isOnline && this.#followsFrom !== undefined && this.parts.agenda.now - this.#followsFrom >= ms;
  }

  /** Opens its line, if there is a server. */
  connect(): void {
    if (this.isOnline) return;
    const socket = this.parts.machine.process && new SimulatedSocket(
      this.parts.machine.process.sockets, this.id, this.account.id, (event, payload) => this.#hear(socket!, event, payload), () => this.#comeBack(),
    );
    // It tries again and again, in vain: what it will do once there is a server is all that counts.
    if (!socket) return this.parts.machine.onceUp(() => this.#comeBack());
    this.#socket = socket;
    this.#followsFrom = undefined;
    this.parts.machine.ask(async (process) => {
      if (!(await process.sockets.admit(socket))) return;
      process.gateway.handleConnection(socket as never);
      await this.#catchUp(process, socket);
    }, () => {});
  }

  /** The line is lost: a tunnel, a switch, a crash of the server. It comes back by itself. */
  cut(): void {
    this.#socket?.drop();
    this.#socket = undefined;
    this.#comeBack();
  }

  /** The page is loaded again: what it had is gone. */
  reload(): void {
    this.#fold = undefined;
    this.#socket?.drop();
    this.#socket = undefined;
    this.connect();
  }

  /** Asks for what it lacks: at the end of a night, when the line is good. */
  fill(): void {
    if (this.#filling || this.#loading) return;
    this.#filling = true;
    this.parts.machine.ask(async ({ reading }) => {
      for (;;) {
        const page: JournalPage = await reading.page(this.#signedIn(), this.activation, { after: this.seq, limit: PAGE });
        const before = this.seq;
        this.#take(page.entries, page.texts);
        if (this.seq >= page.seq || this.seq === before) return;
      }
    }, () => (this.#filling = false));
  }

  /** The server died: nothing that was asked will be answered. */
  lose(): void {
    this.#filling = false;
    this.#loading = false;
    if (this.#socket) this.cut();
  }

  #comeBack(): void {
    const { agenda, chance } = this.parts;
    this.#comingBack ??= agenda.in(chance.between(500, 5_000), () => {
      this.#comingBack = undefined;
      this.connect();
    });
  }

  async #catchUp(process: Process, socket: SimulatedSocket): Promise<void> {
    if (!this.#fold) {
      this.#loading = true;
      const snapshot = await this.#snapshot(process);
      this.#loading = false;
      if (!snapshot) return;
      this.#fold = new Fold(snapshot);
    }
    const { seq } = await process.gateway.follow(socket as never, { activation: this.activation, after: this.seq });
    this.#followsFrom = this.parts.agenda.now;
    if (seq > this.seq) this.fill();
  }

  async #snapshot({ reading }: Process): Promise<Snapshot | undefined> {
    try {
      return await reading.snapshot(this.#signedIn(), this.activation);
    } catch {
      this.absent = true;
      return undefined;
    }
  }

  #signedIn() {
    const { id, rights } = this.account;
    return { author: { id, rights, source: 'console' as const }, audience: undefined, strong: true, needsSecondFactor: false };
  }

  #hear(socket: SimulatedSocket, event: string, payload: unknown): void {
    if (event === 'alive') {
      const { activation, seq } = payload as Alive;
      if (this.#fold && activation === this.activation && seq !== null && seq > this.seq) this.fill();
    }
    if (event !== 'news') return;
    const { agenda, chance, witness, badLine } = this.parts;
    if (badLine === 0 || !chance.happens(badLine)) return this.#news(payload as News);
    const fate = chance.pick(['late', 'twice', 'lost', 'cut'] as const);
    witness.fault(`news ${fate}`);
    if (fate === 'cut') return this.cut();
    if (fate === 'twice') this.#news(payload as News);
    if (fate !== 'lost') agenda.in(chance.between(1, 20_000), () => void (socket.connected && this.#news(payload as News)));
  }

  #news({ activation, entries, texts }: News): void {
    if (activation === this.activation && this.#fold) this.#take(entries, texts);
  }

  #take(entries: readonly BoardEntry[], texts: Texts): void {
    if (!this.#fold) return;
    if (!this.#fold.take(this.spoil(entries), texts)) this.fill();
  }
}

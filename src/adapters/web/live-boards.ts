import type { Server, Socket } from 'socket.io';
import { Boards, type Clock, type VaultText } from '../../application/ports.js';
import { CONTRACT, type BoardRequest, type BoardToServer, type ServerToBoard, type Texts } from '../../contract/live.js';
import { maskFor } from '../../domain/activation.js';
import type { Audience, Lane, Withheld } from '../../domain/entry.js';
import type { ActivationEntry } from '../../domain/events.js';
import { erasedIn, sealedIn } from '../../domain/evidence/sealed.js';
import { EVERYBODY } from '../../domain/requests.js';
import { SECOND, type Ms } from '../../domain/time.js';
import type { SignedIn } from './signed-in.js';

/** What the gateway knows of each socket. */
export interface BoardData {
  signedIn: SignedIn;
  /** The room it is in; one at a time. */
  room: string;
  /** Follows since the last pulse, and since the beginning: an older one that ends late must not win. */
  follows: number;
  turn: number;
}
export type BoardServer = Server<BoardToServer, ServerToBoard, Record<string, never>, BoardData>;
export type BoardSocket = Socket<BoardToServer, ServerToBoard, Record<string, never>, BoardData>;

/** At most ten sends a second to a room: one entry to ten thousand boards holds the loop for 140 ms (toolchain.md). */
const GATHER_MS = 100;
const ALIVE_EVERY: Ms = 5 * SECOND;
/** A board that leaves so much unread is cut off; it comes back, and fills the gap by number. */
const MOST_UNREAD = 200;

const AUDIENCES: readonly Audience[] = ['direction', 'cell', 'wall', 'player'];
export const NO_ACTIVATION = 'boards//';
export const roomOf = (activation: string, audience: Audience) => `boards/${activation}/${audience}`;
export const roomOfAccount = (account: string) => `account/${account}`;
/** Those who work in activations of this lane: where nobody in particular is asked, they all are. */
export const roomOfWorkers = (lane: Lane) => `workers/${lane}`;

interface Gathered {
  activation: string;
  entries: (ActivationEntry | Withheld)[];
  texts: Texts;
  callOff: () => void;
}

/** Does something in a while, unless it is called off. */
export type Later = (work: () => void, ms: Ms) => () => void;
const byTimer: Later = (work, ms) => {
  const timer = setTimeout(work, ms).unref();
  return () => clearTimeout(timer);
};

/** The boards that are open, room by room. Every board gets every number; each audience its own payloads. */
export class LiveBoards extends Boards {
  #io: BoardServer | undefined;
  /** The last number of each activation that a board follows. */
  readonly #seqs = new Map<string, number>();
  readonly #gathered = new Map<string, Gathered>();
  #aliveAt = -Infinity;

  constructor(
    private readonly clock: Clock,
    private readonly later: Later = byTimer,
  ) {
    super();
  }

  attach(io: BoardServer): void {
    this.#io = io;
  }

  override news(activation: string, entries: readonly ActivationEntry[], texts: readonly VaultText[]): void {
    const last = entries.at(-1);
    if (!this.#io || !last) return;
    this.#seqs.set(activation, last.seq);
    const erased = Object.fromEntries(erasedIn(entries).map((digest) => [digest, null]));
    for (const audience of AUDIENCES) {
      const room = roomOf(activation, audience);
      if (!this.#io.sockets.adapter.rooms.has(room)) continue;
      const masked = entries.map((entry) => maskFor(audience, entry));
      this.#gather(room, activation, masked, { ...textsFor(masked, texts), ...erased });
    }
  }

  override lobby(): void {
    this.#io?.emit('lobby');
  }

  override async request(account: string, request: BoardRequest): Promise<number> {
    const room = account === EVERYBODY ? roomOfWorkers(request.lane) : roomOfAccount(account);
    const boards = this.#io?.sockets.adapter.rooms.get(room)?.size ?? 0;
    if (boards > 0) this.#io!.to(room).emit('request', request);
    return boards;
  }

  /** Boards that are connected. */
  get connected(): number {
    return this.#io?.sockets.sockets.size ?? 0;
  }

  /** A board follows an activation that stands at this number. */
  follows(activation: string, seq: number): void {
    this.#seqs.set(activation, Math.max(seq, this.#seqs.get(activation) ?? 0));
  }

  /** Whoever connects, or connects again after a sleep, hears at once what time it is. */
  greet(socket: BoardSocket): void {
    socket.emit('alive', { wall: this.clock.wall(), activation: null, seq: null, contract: CONTRACT });
  }

  /** With each beat: every five seconds the boards hear that the server lives, and at which number. True when they did. */
  pulse(): boolean {
    const io = this.#io;
    if (!io || this.clock.monotonic() - this.#aliveAt < ALIVE_EVERY) return false;
    this.#aliveAt = this.clock.monotonic();
    const followed = new Set<string>();
    for (const room of io.sockets.adapter.rooms.keys()) {
      const [kind, activation] = room.split('/');
      if (kind !== 'boards') continue;
      if (activation) followed.add(activation);
      const seq = activation ? (this.#seqs.get(activation) ?? null) : null;
      io.to(room).emit('alive', { wall: this.clock.wall(), activation: activation || null, seq, contract: CONTRACT });
    }
    for (const activation of this.#seqs.keys()) if (!followed.has(activation)) this.#seqs.delete(activation);
    for (const socket of io.sockets.sockets.values()) if (unread(socket) > MOST_UNREAD) socket.conn.close(true);
    return true;
  }

  /** The server stops: boards lose their line, not their session, and come back by themselves. */
  close(): void {
    for (const socket of this.#io?.sockets.sockets.values() ?? []) socket.conn.close(true);
    for (const { callOff } of this.#gathered.values()) callOff();
    this.#gathered.clear();
  }

  /** The first goes at once; what follows within a tenth of a second goes together. */
  #gather(room: string, activation: string, entries: (ActivationEntry | Withheld)[], texts: Texts): void {
    const gathered = this.#gathered.get(room);
    if (gathered) {
      gathered.entries.push(...entries);
      Object.assign(gathered.texts, texts);
      return;
    }
    this.#send(room, activation, entries, texts);
    this.#wait(room, activation);
  }

  #wait(room: string, activation: string): void {
    const callOff = this.later(() => {
      const { entries, texts } = this.#gathered.get(room)!;
      this.#gathered.delete(room);
      if (entries.length === 0) return;
      this.#send(room, activation, entries, texts);
      this.#wait(room, activation);
    }, GATHER_MS);
    this.#gathered.set(room, { activation, entries: [], texts: {}, callOff });
  }

  #send(room: string, activation: string, entries: (ActivationEntry | Withheld)[], texts: Texts): void {
    this.#io?.to(room).emit('news', { activation, entries, texts, wall: this.clock.wall() });
  }
}

/** Of the texts of a batch, those that the entries shown name. */
function textsFor(masked: readonly (ActivationEntry | Withheld)[], texts: readonly VaultText[]): Texts {
  if (texts.length === 0) return {};
  const named = new Set(masked.flatMap((entry) => ('withheld' in entry ? [] : sealedIn(entry.payload).map(({ digest }) => digest))));
  return Object.fromEntries(texts.filter(({ digest }) => named.has(digest)).map(({ digest, content }) => [digest, content]));
}

function unread(socket: BoardSocket): number {
  return (socket.conn as unknown as { writeBuffer: unknown[] }).writeBuffer.length;
}

// What the gateway and the boards of the product use of a socket.io server, without a network: what is emitted is handed
// over at once, and who hears it decides what becomes of it on the way.
import type { BoardRequest } from '../../src/contract/live.js';
import type { BoardData, BoardServer, BoardSocket } from '../../src/adapters/web/live-boards.js';

type Hears = (event: string, payload: unknown) => void;
type Middleware = (socket: BoardSocket, next: (error?: Error) => void) => void;

/** The server's end of one connection. */
export class SimulatedSocket {
  data!: BoardData;
  readonly conn = { writeBuffer: [], close: () => this.disconnect() };
  readonly handshake: { headers: Record<string, string> };
  connected = true;

  constructor(
    private readonly server: SimulatedSockets,
    readonly id: string,
    account: string,
    readonly hears: Hears,
    private readonly onCut: () => void,
  ) {
    this.handshake = { headers: { account } };
  }

  use(): void {}

  join(rooms: string | string[]): void {
    if (this.connected) for (const room of [rooms].flat()) this.server.enter(room, this.id);
  }

  leave(room: string): void {
    this.server.leave(room, this.id);
  }

  emit(event: string, payload: unknown): void {
    if (this.connected && this.server.lives()) this.hears(event, payload);
  }

  /** Cut off by the server. */
  disconnect(): void {
    if (!this.connected) return;
    this.drop();
    this.onCut();
  }

  /** The line is gone: the server learns it. */
  drop(): void {
    this.connected = false;
    this.server.forget(this.id);
  }
}

export class SimulatedSockets {
  readonly sockets = { adapter: { rooms: new Map<string, Set<string>>() }, sockets: new Map<string, SimulatedSocket>() };
  #admit: Middleware = (_, next) => next();

  constructor(
    /** A dead process emits nothing. */
    readonly lives: () => boolean,
    /** A request leaves the house; false when the process died of it. */
    private readonly onRequest: (room: string, reached: number, request: BoardRequest) => void,
  ) {}

  /** As the gateway knows it. */
  get io(): BoardServer {
    return this as unknown as BoardServer;
  }

  use(admit: Middleware): void {
    this.#admit = admit;
  }

  /** Asks the gateway's middleware; false: sent away. */
  admit(socket: SimulatedSocket): Promise<boolean> {
    return new Promise((resolve) => this.#admit(socket as unknown as BoardSocket, (error) => {
      if (!error) this.sockets.sockets.set(socket.id, socket);
      resolve(error === undefined);
    }));
  }

  to(room: string): { emit: (event: string, payload: unknown) => void } {
    return { emit: (event, payload) => this.#emitTo(room, event, payload) };
  }

  emit(event: string, payload: unknown): void {
    for (const socket of this.sockets.sockets.values()) socket.emit(event, payload);
  }

  enter(room: string, id: string): void {
    const { rooms } = this.sockets.adapter;
    rooms.set(room, (rooms.get(room) ?? new Set()).add(id));
  }

  leave(room: string, id: string): void {
    const { rooms } = this.sockets.adapter;
    const inside = rooms.get(room);
    inside?.delete(id);
    if (inside?.size === 0) rooms.delete(room);
  }

  forget(id: string): void {
    for (const room of [...this.sockets.adapter.rooms.keys()]) this.leave(room, id);
    this.sockets.sockets.delete(id);
  }

  #emitTo(room: string, event: string, payload: unknown): void {
    if (!this.lives()) return;
    const reached = [...(this.sockets.adapter.rooms.get(room) ?? [])];
    for (const id of reached) this.sockets.sockets.get(id)?.emit(event, payload);
    if (event === 'request') this.onRequest(room, reached.length, payload as BoardRequest);
  }
}

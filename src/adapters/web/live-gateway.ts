import type { IncomingHttpHeaders } from 'node:http';
import {
  ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway, type OnGatewayConnection, type OnGatewayInit,
} from '@nestjs/websockets';
import { z } from 'zod';
import { Activations } from '../../application/activations.js';
import type { Lane, Right } from '../../domain/entry.js';
import { audienceIn, mayIssue } from '../../domain/rights.js';
import { LiveBoards, NO_ACTIVATION, roomOf, roomOfAccount, roomOfWorkers, type BoardServer, type BoardSocket } from './live-boards.js';
import { Authentication, lacksSecondFactor } from './signed-in.js';

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** Whether a request that names its origin comes from a page of ours. */
export class Origins {
  constructor(private readonly publicUrl: string) {}

  ours({ origin, host }: IncomingHttpHeaders): boolean {
    // Browsers name the origin of every websocket; those who do not are no browser, and bring nobody's cookies along.
    if (origin === undefined || origin === this.publicUrl) return true;
    // On the machine itself it is reached by its other names too: those alone, for a name that somebody else owns may lead here.
    return this.publicUrl.startsWith('http:') && origin === `http://${host}` && LOOPBACK.test(host ?? '');
  }
}

const follow = z.strictObject({ activation: z.string().max(64).nullable(), after: z.int().min(0) });
const LANES: readonly Lane[] = ['real', 'exercise', 'test'];

/** Requests sound where somebody can answer them: a wall, a player or an auditor cannot. */
function worksIn(rights: readonly Right[], lane: Lane): boolean {
  return mayIssue(rights, 'start-step', lane);
}

/** Follows of one socket between two pulses; a console follows when somebody turns a page. */
const MOST_FOLLOWS = 20;

/**
 * Sockets bring news and never carry orders: what sends anything but `follow` is cut off. Guards do not cover sockets
 * (toolchain.md), so the middleware authenticates, and every few seconds asks again.
 */
@WebSocketGateway({ path: '/live', serveClient: false, maxHttpBufferSize: 4_096, pingInterval: 20_000, pingTimeout: 20_000 })
export class LiveGateway implements OnGatewayInit<BoardServer>, OnGatewayConnection<BoardSocket> {
  #io: BoardServer | undefined;

  constructor(
    private readonly boards: LiveBoards,
    private readonly authentication: Authentication,
    private readonly activations: Activations,
    private readonly origins: Origins,
  ) {}

  afterInit(io: BoardServer): void {
    this.#io = io;
    io.use((socket, next) => {
      this.#admit(socket).then((admitted) => next(admitted ? undefined : new Error('signed-out')), () => next(new Error('internal')));
    });
    this.boards.attach(io);
  }

  handleConnection(socket: BoardSocket): void {
    socket.use(([event], next) => {
      if (event === 'follow' && ++socket.data.follows <= MOST_FOLLOWS) next();
      else socket.disconnect(true);
    });
    const { id, rights } = socket.data.signedIn.author;
    void socket.join([roomOfAccount(id), NO_ACTIVATION, ...LANES.filter((lane) => worksIn(rights, lane)).map(roomOfWorkers)]);
    this.boards.greet(socket);
  }

  /** The room first, the number after: what is committed in between is received twice rather than never. */
  @SubscribeMessage('follow')
  async follow(@ConnectedSocket() socket: BoardSocket, @MessageBody() body: unknown): Promise<{ ok: boolean; seq: number }> {
    const target = follow.safeParse(body);
    if (!target.success) {
      socket.disconnect(true);
      return { ok: false, seq: 0 };
    }
    const { activation } = target.data;
    const turn = ++socket.data.turn;
    if (activation === null) {
      await this.#enter(socket, NO_ACTIVATION);
      return { ok: true, seq: 0 };
    }
    const { rights } = socket.data.signedIn.author;
    const room = await this.activations.read(activation, (held) => {
      const audience = audienceIn(rights, held.activation.lane);
      return audience && roomOf(activation, audience);
    });
    if (!room || turn !== socket.data.turn) return { ok: false, seq: 0 };
    await this.#enter(socket, room);
    const seq = (await this.activations.read(activation, (held) => held.activation.seq)) ?? 0;
    this.boards.follows(activation, seq);
    return { ok: true, seq };
  }

  /** With each beat: says that the server lives, and cuts off those who are signed in no longer, or with other rights. */
  async pulse(): Promise<void> {
    if (!this.boards.pulse()) return;
    for (const socket of this.#io?.sockets.sockets.values() ?? []) {
      socket.data.follows = 0;
      await this.#checkAgain(socket);
    }
  }

  /** A session of this account ended, or what it may do changed. */
  askAgain(account: string): void {
    for (const id of this.#io?.sockets.adapter.rooms.get(roomOfAccount(account)) ?? []) {
      const socket = this.#io!.sockets.sockets.get(id);
      if (socket) void this.#checkAgain(socket);
    }
  }

  async #checkAgain(socket: BoardSocket): Promise<void> {
    const { author } = socket.data.signedIn;
    // Not knowing is no reason to cut off: the next pulse asks again.
    const now = await this.authentication.authenticate(socket.handshake.headers).catch(() => socket.data.signedIn);
    if (now?.author.id !== author.id || now.author.rights.join() !== author.rights.join()) socket.disconnect(true);
  }

  async #admit(socket: BoardSocket): Promise<boolean> {
    const { headers } = socket.handshake;
    if (!this.origins.ours(headers)) return false;
    const signedIn = await this.authentication.authenticate(headers);
    if (!signedIn || signedIn.scopes || lacksSecondFactor(signedIn)) return false;
    socket.data = { signedIn, room: NO_ACTIVATION, follows: 0, turn: 0 };
    return true;
  }

  async #enter(socket: BoardSocket, room: string): Promise<void> {
    const { room: before } = socket.data;
    if (before === room) return;
    await socket.leave(before);
    await socket.join(room);
    socket.data.room = room;
  }
}

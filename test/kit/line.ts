import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** How a line is: open, cut (connections broken, new ones too), a black hole (nothing passes, nobody is told), or slow. */
export type LineState = 'open' | 'cut' | 'hole' | 'slow';

const SLOW_MS = 300;

/** A TCP proxy between boards and a server, which a test cuts and mends. */
export class Line {
  state: LineState = 'open';
  readonly #ends = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly target: number,
  ) {
    server.on('connection', (near) => this.#join(near));
  }

  static async to(port: number): Promise<Line> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Line(server, port);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  become(state: LineState): void {
    this.state = state;
    for (const end of this.#ends) {
      if (state === 'cut') end.destroy();
      else if (state === 'hole') end.pause();
      else end.resume();
    }
  }

  close(): void {
    this.server.close();
    for (const end of this.#ends) end.destroy();
  }

  #join(near: Socket): void {
    if (this.state === 'cut') {
      near.destroy();
      return;
    }
    const far = connect(this.target, '127.0.0.1');
    this.#pass(near, far);
    this.#pass(far, near);
  }

  #pass(from: Socket, to: Socket): void {
    this.#ends.add(from);
    from.setNoDelay(true);
    from.on('data', (chunk) => {
      if (this.state === 'slow') setTimeout(() => to.writable && to.write(chunk), SLOW_MS);
      else to.write(chunk);
    });
    from.on('error', () => {});
    from.on('close', () => {
      this.#ends.delete(from);
      to.destroy();
    });
    if (this.state === 'hole') from.pause();
  }
}

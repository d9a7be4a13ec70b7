// Whoever is told by webhook: a real HTTP server of its own, which answers as the test says and keeps all that reaches it.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Webhook } from 'standardwebhooks';
import type { ActivationEntry } from '../../src/domain/events.js';
import { afterwards } from './scratch.js';

export interface Received {
  headers: Record<string, string>;
  text: string;
  /** What the message says, once its signature was found true by another's code. */
  body: { type: string; timestamp: string; data: { activation: string; lane: string; seq: number; entry: ActivationEntry; test?: boolean } };
}
/** Status with headers; or nothing, ever. */
export type Answering = { status: number; headers?: Record<string, string> } | 'silence';

export class Receiver {
  readonly received: Received[] = [];
  /** Connections, with or without a request. */
  connections = 0;
  /** Of those that were cut before they were answered. */
  cut = 0;
  answer: (received: Received) => Answering = () => ({ status: 204 });

  private constructor(readonly server: Server) {}

  static async start(port = 0): Promise<Receiver> {
    const receiver = new Receiver(createServer());
    receiver.server.on('connection', () => receiver.connections++);
    receiver.server.on('request', (request: IncomingMessage, response: ServerResponse) => void receiver.#take(request, response));
    receiver.server.listen(port, '127.0.0.1');
    await once(receiver.server, 'listening');
    afterwards(() => receiver.stop());
    return receiver;
  }

  get port(): number {
    return (this.server.address() as { port: number }).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/temps-zero`;
  }

  get seqs(): number[] {
    return this.received.map(({ body }) => body.data.seq);
  }

  async until(done: (receiver: this) => boolean): Promise<void> {
    while (!done(this)) await new Promise((resolve) => setTimeout(resolve, 2));
  }

  async stop(): Promise<void> {
    if (!this.server.listening) return;
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('close', () => void (response.writableFinished || this.cut++));
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) text += chunk as string;
    const received = { headers: request.headers as Record<string, string>, text, body: JSON.parse(text) as Received['body'] };
    this.received.push(received);
    const answer = this.answer(received);
    if (answer !== 'silence') response.writeHead(answer.status, answer.headers).end('merci');
  }
}

/** Throws unless that secret signed it: standardwebhooks, at the instant at which it was sent. */
export function verify(secret: string, { headers, text }: Received): void {
  const now = Date.now;
  Date.now = () => Number(headers['webhook-timestamp']) * 1_000;
  try {
    new Webhook(secret).verify(text, headers);
  } finally {
    Date.now = now;
  }
}

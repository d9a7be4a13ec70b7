// A calendar's address: a real HTTP server of its own, which answers as the test says and counts what it is asked.
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { afterwards } from './scratch.js';

export type Serving = (response: ServerResponse, headers: IncomingHttpHeaders) => void;

export class Agenda {
  readonly asked: IncomingHttpHeaders[] = [];
  serve: Serving = (response) => void response.writeHead(404).end();
  readonly #server = createServer((request, response) => {
    this.asked.push(request.headers);
    this.serve(response, request.headers);
  });

  static async start(): Promise<Agenda> {
    const agenda = new Agenda();
    agenda.#server.listen(0, '127.0.0.1');
    await once(agenda.#server, 'listening');
    afterwards(async () => {
      agenda.#server.closeAllConnections();
      agenda.#server.close();
      await once(agenda.#server, 'close');
    });
    return agenda;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as { port: number }).port}/secret-3f9a/aa.ics`;
  }

  /** This content, whole each time. */
  has(content: string | Uint8Array, headers: Record<string, string> = {}): void {
    this.serve = (response) => void response.writeHead(200, { 'content-type': 'text/calendar', ...headers }).end(content);
  }

  async until(done: () => boolean): Promise<void> {
    while (!done()) await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** An iCalendar of shifts: from and to as "20260314T180000Z". */
export function icalOf(...shifts: [summary: string, from: string, to: string, ...more: string[]][]): string {
  const events = shifts.map(([summary, from, to, ...more], i) =>
    ['BEGIN:VEVENT', `UID:${i}@essai`, `SUMMARY:${summary}`, `DTSTART:${from}`, `DTEND:${to}`, ...more, 'END:VEVENT'].join('\r\n'));
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//essai//FR', ...events, 'END:VCALENDAR', ''].join('\r\n');
}

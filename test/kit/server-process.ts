import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { TOTP } from 'otpauth';
import type { Me } from '../../src/contract/live.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What was built: the server, and what the operator does in a process of its own. */
export const MAIN = process.env['TEMPS_ZERO_MAIN'] ?? 'dist/main.js';
export const OPERATOR = process.env['TEMPS_ZERO_OPERATOR'] ?? 'dist/operator.js';

export interface Launch {
  port?: number;
  env?: Record<string, string>;
  /** Another program on the same built files. */
  main?: string;
}

/** The product as an operator runs it: a process of its own, from the built files, on a folder and a port of its own. */
export class ServerProcess {
  #output = '';

  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
  ) {
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (this.#output += chunk.toString('utf8')));
  }

  /** Starts it and waits until it says where its console is. */
  static async start(dataDir: string, { port, env = {}, main = MAIN }: Launch = {}): Promise<ServerProcess> {
    const at = port ?? (await freePort());
    const child = spawn(process.execPath, [main], {
      cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, PORT: String(at), DATA_DIR: dataDir, LOG_LEVEL: 'error', ...env },
    });
    const server = new ServerProcess(child, at);
    await server.#saying('http://');
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get pid(): number {
    return this.child.pid!;
  }

  get output(): string {
    return this.#output;
  }

  /** The one-time link of the first administrator, once it was printed. */
  async firstAdminSecret(): Promise<string> {
    await this.#saying('#');
    const secret = /#([0-9a-f]{64})/.exec(this.#output)?.[1];
    if (!secret) throw new Error(`no one-time link in: ${this.#output}`);
    return secret;
  }

  /** At once, at any moment: what a power cut does to the process. */
  async kill(): Promise<void> {
    if (this.gone) return;
    const gone = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await gone;
  }

  /** However it ended. */
  get gone(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** SIGSTOP and SIGCONT: what a hypervisor does to the process, or a disk that hangs. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.child.kill(signal);
  }

  /** Politely; its exit code. */
  async stop(): Promise<number | null> {
    if (this.gone) return this.child.exitCode;
    const gone = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    const [code] = (await gone) as [number | null];
    return code;
  }

  #saying(word: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!this.#output.includes(word)) return;
        clearInterval(timer);
        resolve();
      };
      const timer = setInterval(look, 10);
      this.child.once('exit', (code) => {
        clearInterval(timer);
        reject(new Error(`the server ended with ${code} before it said « ${word} »:\n${this.#output}`));
      });
    });
  }
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}

/** A person signed in over real HTTP, second factor given. */
export interface Person {
  me: Me;
  headers: Record<string, string>;
}

const PASSWORD = 'huit chevaux et une horloge';

/** Creates the first administrator through the one-time link, with operational rights, and gives the second factor. */
export async function firstAdministrator(server: ServerProcess, rights: readonly string[] = ['admin', 'directeur']): Promise<Person> {
  const token = await server.firstAdminSecret();
  const created = await post(server.url, '/api/links/first-admin', { token, login: 'nuit', name: 'Anne Delorme', title: 'directrice de cabinet', password: PASSWORD, rights });
  const headers = { cookie: cookieOf(created), 'x-csrf-token': ((await created.json()) as Me).csrf };
  const prepared = (await (await post(server.url, '/api/me/second-factor/prepare', {}, headers)).json()) as { secret: string };
  await expectOk(await post(server.url, '/api/me/second-factor/confirm', { code: new TOTP({ secret: prepared.secret }).generate() }, headers));
  const me = (await (await fetch(`${server.url}/api/me`, { headers })).json()) as Me;
  return { me, headers: { ...headers, 'x-csrf-token': me.csrf } };
}

export async function post(url: string, path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return expectOk(await fetch(url + path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) }));
}

async function expectOk(response: Response): Promise<Response> {
  if (!response.ok) throw new Error(`${response.status} ${response.url}: ${await response.text()}`);
  return response;
}

function cookieOf(response: Response): string {
  return response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; ');
}

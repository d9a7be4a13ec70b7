// The whole product in this process: real HTTP and real sockets on a port of its own, a real database in a scratch
// folder, a clock that the test moves, a beat that the test gives.
import { once } from 'node:events';
import { io, type Socket } from 'socket.io-client';
import { openStore, type Store } from '../../src/adapters/persistence/store.js';
import { Argon2Passwords } from '../../src/adapters/secrets/argon2-passwords.js';
import { SystemRandom } from '../../src/adapters/system-clock.js';
import type { Actor } from '../../src/application/administration.js';
import type { Accepted, BoardRequest, BoardToServer, Me, Problem, ServerToBoard, Snapshot } from '../../src/contract/live.js';
import type { Demonstrations } from '../../src/application/ports.js';
import type { Right } from '../../src/domain/entry.js';
import type { ActivationEntry } from '../../src/domain/events.js';
import { HOUR, toInstant, type Instant, type Ms } from '../../src/domain/time.js';
import { readHouseFiles, type HouseFiles } from '../../src/house-files.js';
import { readSettings } from '../../src/settings.js';
import { start, type Running } from '../../src/start.js';
import { HandClock } from './hand-clock.js';
import { CHEAP, done, START } from './office.js';
import { scratchFolder } from './scratch.js';

export interface Answer<T = unknown> {
  status: number;
  body: T;
  headers: Headers;
}
export type Refusing = Answer<Problem>;

let files: Promise<HouseFiles> | undefined;
const ADMINISTRATOR: Actor = { id: 'engine', rights: ['admin'], source: 'engine' };

/** What was logged, for tests that expect an alarm. */
export interface Logged {
  details: unknown;
  message: string | undefined;
}

export interface WorldOptions {
  folder?: string;
  clock?: HandClock;
  /** Wraps the store: a disk that fails. */
  store?: (folder: string, clock: HandClock) => Promise<Store>;
  env?: Record<string, string>;
  /** A server that plays a demonstration; what the opening page of another may launch. */
  demonstration?: boolean;
  demonstrations?: Demonstrations;
  /** A console that was built. */
  consoleDir?: string;
}

export class World {
  readonly logged: Logged[] = [];
  #keys = 0;
  readonly #boards: BoardClient[] = [];

  private constructor(
    readonly folder: string,
    readonly clock: HandClock,
    readonly running: Running,
    readonly store: Store,
    logged: Logged[],
    /** What its cookie is called. */
    private readonly session: string,
  ) {
    this.logged = logged;
  }

  static async start({ folder = scratchFolder(), clock = new HandClock(START), store: open, env = {}, consoleDir = '/nowhere', demonstration = false, demonstrations }: WorldOptions = {}): Promise<World> {
    const settings = { ...readSettings({ PORT: '0', DATA_DIR: folder, ...env }), demonstration };
    const store = await (open ? open(folder, clock) : openStore(folder, () => clock.wall()));
    const logged: Logged[] = [];
    const log = { info: () => {}, error: (details: unknown, message?: string) => logged.push({ details, message }) };
    files ??= readHouseFiles(readSettings({}));
    const { shown, ...others } = await files;
    const running = await start({
      ...others, shown: { ...shown, publicUrl: settings.publicUrl, house: { ...shown.house, demonstration } },
      ...(demonstrations ? { demonstrations } : {}), settings, store, clock, log, random: new SystemRandom(), passwords: new Argon2Passwords(CHEAP), beating: false,
      consoleDir,
    });
    return new World(folder, clock, running, store, logged, `${settings.secure ? '__Host-' : ''}tz-session${demonstration ? '-demonstration' : ''}`);
  }

  get url(): string {
    return `http://127.0.0.1:${this.running.port}`;
  }

  /** A key of its own for each order that does not name one. */
  nextKey(): string {
    return `key-${++this.#keys}-${this.folder.slice(-12).replace(/\W/g, '')}`;
  }

  /** Somebody with these rights, signed in, second factor given. */
  async person(...rights: Right[]): Promise<Person> {
    const login = `p-${new SystemRandom().id()}`;
    const { account } = done(await this.running.wired.office.accounts.create(ADMINISTRATOR, { login, name: `Nom de ${login}`, title: rights.join(', '), rights }));
    return this.signedIn(account, true);
  }

  async signedIn(account: string, strong: boolean): Promise<Person> {
    const { secret } = await this.running.wired.office.sessions.start(account, strong);
    const cookie = `${this.session}=${secret}`;
    const person = new Person(this, { cookie });
    const me = await person.get<Me>('/api/me');
    return new Person(this, { cookie, 'x-csrf-token': me.body.csrf }, me.body);
  }

  /** A script with a token for these operations. */
  async script(...operations: string[]): Promise<Person> {
    const { secret } = done(await this.running.wired.office.tokens.issue(ADMINISTRATOR, { name: 'script SYNERGI', operations, expiresAt: this.clock.wall() + 30 * 24 * HOUR }));
    return new Person(this, { authorization: `Bearer ${secret}` });
  }

  /** Time passes, second by second where it matters: one beat at the end of each stretch. */
  async pass(ms: Ms, beats = 1): Promise<void> {
    for (let i = 0; i < beats; i++) {
      this.clock.pass(ms / beats);
      await this.running.beat();
    }
  }

  instant(minutes = 0): Instant {
    return toInstant(this.clock.wall() + minutes * 60_000);
  }

  keep(board: BoardClient): BoardClient {
    this.#boards.push(board);
    return board;
  }

  async stop(): Promise<void> {
    for (const board of this.#boards) board.close();
    await this.running.stop();
  }
}

/** A client of the API: its headers are all that makes it somebody. */
export class Person {
  constructor(
    readonly world: World,
    readonly headers: Record<string, string>,
    readonly me?: Me,
  ) {}

  get id(): string {
    if (!this.me) throw new Error('a script has no account');
    return this.me.account;
  }

  async send<T = unknown>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> {
    const raw = typeof body === 'string' || body instanceof Uint8Array;
    const response = await fetch(`${this.world.url}${path}`, {
      method,
      headers: { ...this.headers, ...(body === undefined || raw ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: raw ? (body as BodyInit) : JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, body: (json ? JSON.parse(text) : text) as T };
  }

  get<T = unknown>(path: string): Promise<Answer<T>> {
    return this.send<T>('GET', path);
  }

  /** With an idempotency key, as the console always sends one. */
  post<T = Accepted>(path: string, body: unknown = {}, key = this.world.nextKey()): Promise<Answer<T>> {
    return this.send<T>('POST', path, body, { 'idempotency-key': key });
  }

  async open(order: object = { lane: 'real', kind: 'cod', t0: this.world.instant() }): Promise<string> {
    const { status, body } = await this.post<Accepted>('/api/activations', order);
    if (status !== 201) throw new Error(`not opened: ${status} ${JSON.stringify(body)}`);
    return body.activation;
  }

  order<T = Accepted>(activation: string, name: string, body: object = {}, key?: string): Promise<Answer<T>> {
    return this.post<T>(`/api/activations/${activation}/${name}`, body, key);
  }

  async snapshot(activation: string): Promise<Snapshot> {
    return (await this.get<Snapshot>(`/api/activations/${activation}`)).body;
  }

  async entries(activation: string): Promise<ActivationEntry[]> {
    const found: ActivationEntry[] = [];
    for (;;) {
      const { body } = await this.get<{ entries: ActivationEntry[]; seq: number }>(`/api/activations/${activation}/journal?after=${found.length}&limit=500`);
      found.push(...body.entries);
      if (found.length >= body.seq) return found;
    }
  }

  /** The version of a step that this person has under their eyes. */
  async seen(activation: string, step: string): Promise<number> {
    return (await this.snapshot(activation)).activation.steps[step]?.version ?? 0;
  }

  /** Opens a board on this person's session. */
  board(transports?: ('websocket' | 'polling')[]): Promise<BoardClient> {
    return this.boardWith(this.headers, transports);
  }

  async boardWith(headers: Record<string, string>, transports: ('websocket' | 'polling')[] = ['websocket']): Promise<BoardClient> {
    const board = this.world.keep(new BoardClient(this.world.url, headers, transports));
    await board.connected();
    return board;
  }
}

type News = Parameters<ServerToBoard['news']>[0];

/** A browser's socket, keeping all that it hears. */
export class BoardClient {
  readonly socket: Socket<ServerToBoard, BoardToServer>;
  readonly news: News[] = [];
  readonly alive: Parameters<ServerToBoard['alive']>[0][] = [];
  readonly requests: BoardRequest[] = [];
  lobbies = 0;

  constructor(url: string, headers: Record<string, string>, transports: ('websocket' | 'polling')[]) {
    this.socket = io(url, { path: '/live', transports, extraHeaders: headers, reconnection: false, forceNew: true });
    this.socket.on('news', (news) => this.news.push(news));
    this.socket.on('alive', (alive) => this.alive.push(alive));
    this.socket.on('request', (request) => this.requests.push(request));
    this.socket.on('lobby', () => this.lobbies++);
  }

  connected(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.socket.once('connect', resolve);
      this.socket.once('connect_error', reject);
    });
  }

  follow(activation: string | null, after = 0): Promise<{ ok: boolean; seq: number }> {
    return this.socket.emitWithAck('follow', { activation, after });
  }

  /** Whatever a hostile page would send. */
  send(event: string, body: unknown): void {
    (this.socket as unknown as { emit(event: string, body: unknown): void }).emit(event, body);
  }

  get entries(): News['entries'] {
    return this.news.flatMap(({ entries }) => entries);
  }

  /** Waits for what a socket brings: it comes by the network, within moments. */
  async until(done: (board: this) => boolean): Promise<void> {
    while (!done(this)) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  async gone(): Promise<void> {
    if (this.socket.connected) await once(this.socket as unknown as NodeJS.EventEmitter, 'disconnect');
  }

  close(): void {
    this.socket.disconnect();
  }
}

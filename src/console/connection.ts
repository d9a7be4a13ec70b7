import { io, type Socket } from 'socket.io-client';
import { CONTRACT, type BoardRequest, type BoardToServer, type ServerToBoard } from '../contract/live.js';
import type { Ms } from '../domain/time.js';
import { onWake, serverClock, useWall } from './clock.js';
import { Store, useStore } from './store.js';

/** After so long without a word from the server, what is shown may be old. */
export const LATE_MS = 12_000;
/** After so long, or once the line is known to be cut, it is said plainly. */
export const LOST_MS = 30_000;
const COMEBACK_MS = 2_000;

/** `at` is on the monotonic clock of this page. */
interface Heard {
  at: Ms | undefined;
  connected: boolean;
}

export interface Freshness {
  /** `fresh`: "à jour"; `late`: "dernière nouvelle il y a 12 s"; `lost`: "connexion perdue depuis 40 s". */
  state: 'fresh' | 'late' | 'lost';
  /** Since the last word from the server. */
  since: Ms;
}

type News = Parameters<ServerToBoard['news']>[0];
type Alive = Parameters<ServerToBoard['alive']>[0];

/** What the rest of the page wants to hear from the one socket. */
export interface Listener {
  news?: (news: News) => void;
  alive?: (alive: Alive) => void;
  lobby?: () => void;
  request?: (request: BoardRequest) => void;
  /** Connected, or connected again: whatever is followed must be asked for anew. */
  connected?: () => void;
  /** The server will not have this socket: the session ended, or its rights changed. */
  cutOff?: () => void;
}

// The page itself has just come from the server.
const heard = new Store<Heard>({ at: typeof performance === 'undefined' ? undefined : performance.now(), connected: false });
const listeners = new Set<Listener>();
let socket: Socket<ServerToBoard, BoardToServer> | undefined;
let comeback: ReturnType<typeof setTimeout> | undefined;
let wanted: { activation: string | null; after: () => number } = { activation: null, after: () => 0 };

/** A word from the server, by the socket or by HTTP: it lives, and this is its clock. */
export function heardFrom(wall: Ms): void {
  serverClock.observe(wall);
  heard.set({ ...heard.get(), at: performance.now() });
}

export function listen(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Opens the one socket of this page: long-polling first, then a websocket where the network lets it through. */
export function connect(): void {
  if (socket) {
    if (!socket.connected) socket.connect();
    return;
  }
  socket = io({ path: '/live', transports: ['polling', 'websocket'], reconnectionDelay: 500, reconnectionDelayMax: 5_000, timeout: 10_000 });
  socket.on('connect', () => {
    heard.set({ ...heard.get(), connected: true });
    follow();
    tell((one) => one.connected?.());
  });
  socket.on('disconnect', (reason) => {
    heard.set({ ...heard.get(), connected: false });
    if (reason === 'io server disconnect') cutOff();
  });
  socket.on('connect_error', () => {
    // Refused, rather than not reached: socket.io does not come back by itself.
    if (!socket?.active) cutOff();
  });
  socket.on('alive', (alive) => {
    heardFrom(alive.wall);
    if (alive.contract === CONTRACT) tell((one) => one.alive?.(alive));
    else reloadOnce(`contract ${alive.contract}`);
  });
  socket.on('news', (news) => {
    heardFrom(news.wall);
    tell((one) => one.news?.(news));
  });
  socket.on('lobby', () => tell((one) => one.lobby?.()));
  socket.on('request', (request) => tell((one) => one.request?.(request)));
  onWake(() => {
    // After a sleep the socket looks open and is dead: begin again.
    heard.set({ ...heard.get(), at: undefined });
    socket?.disconnect().connect();
  });
  window.addEventListener('online', () => socket?.disconnect().connect());
}

/** Who is signed in is asked again; while somebody is, so is the server. */
function cutOff(): void {
  tell((one) => one.cutOff?.());
  clearTimeout(comeback);
  comeback = setTimeout(() => socket?.connect(), COMEBACK_MS);
}

/** After a sign-out: nothing more is received in that person's name. */
export function disconnect(): void {
  clearTimeout(comeback);
  socket?.disconnect();
  heard.set({ ...heard.get(), connected: false });
}

/** Which activation this page follows (null: the list only), from which number on. */
export function followActivation(activation: string | null, after: () => number): void {
  wanted = { activation, after };
  follow();
}

function follow(): void {
  if (!socket?.connected) return;
  const { activation, after } = wanted;
  socket.emit('follow', { activation, after: after() }, ({ ok, seq }) => {
    if (ok && wanted.activation === activation) tell((one) => one.alive?.({ wall: serverClock.wall(), activation, seq, contract: CONTRACT }));
  });
}

function tell(say: (listener: Listener) => void): void {
  for (const listener of [...listeners]) say(listener);
}

/** How old what is on the screen may be. Renders each second: keep the component that calls it small. */
export function useFreshness(): Freshness {
  useWall();
  const { at, connected } = useStore(heard);
  return freshnessOf(at === undefined ? undefined : performance.now() - at, connected);
}

/** Silence is what counts; a line known to be cut is lost sooner. */
export function freshnessOf(silence: Ms | undefined, connected: boolean): Freshness {
  if (silence === undefined) return { state: 'lost', since: 0 };
  if (silence >= LOST_MS || (!connected && silence >= LATE_MS)) return { state: 'lost', since: silence };
  return { state: silence >= LATE_MS ? 'late' : 'fresh', since: silence };
}

const RELOADED = 'temps-zero reloaded';

/** The server speaks another version than this page: load the page again, once a minute at most. */
export function reloadOnce(why: string): void {
  const last = Number(sessionStorage.getItem(RELOADED) ?? 0);
  if (Date.now() - last < 60_000) {
    outdated.set(why);
    return;
  }
  sessionStorage.setItem(RELOADED, String(Date.now()));
  location.reload();
}

/** Reloading did not help: the screen says so, and no longer calls itself current. */
export const outdated = new Store<string | undefined>(undefined);

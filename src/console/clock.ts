import { useSyncExternalStore } from 'react';
import type { Ms } from '../domain/time.js';

/** How long an observation of the server's clock counts. */
const REMEMBERED_MS = 30_000;
/** The device's clock ran on so much while its monotonic one stood still: it slept. */
const SLEPT_MS = 3_000;

/**
 * The server's clock, as well as this device can know it. The device's own clock is never trusted: each message tells
 * the server's time when it was written, which arrives late and never early, so that the latest reading of the last
 * half minute is the closest. A clock that steps forward is followed at once, one that steps back within half a minute.
 */
export class ServerClock {
  #readings: { at: Ms; ahead: Ms }[] = [];
  #ahead: Ms | undefined;

  constructor(private readonly monotonic: () => Ms = () => performance.now()) {}

  /** A message said that it was `wall` when it was written. */
  observe(wall: Ms): void {
    const at = this.monotonic();
    this.#readings = [...this.#readings.filter((one) => at - one.at < REMEMBERED_MS), { at, ahead: wall - at }];
    this.#ahead = Math.max(...this.#readings.map((one) => one.ahead));
  }

  /** The monotonic clock of many devices stands still while they sleep: time went on all the same. */
  slept(ms: Ms): void {
    if (this.#ahead !== undefined) this.#ahead += ms;
    this.#readings = [];
  }

  /** Before the first message there is nothing but the device's clock to go by. */
  wall(): Ms {
    return this.#ahead === undefined ? Date.now() : this.monotonic() + this.#ahead;
  }

  get known(): boolean {
    return this.#ahead !== undefined;
  }
}

/** The clock of this page. */
export const serverClock = new ServerClock();

const listeners = new Set<() => void>();
const wakers = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;
let second = Math.floor(serverClock.wall() / 1000);
let lastTick = { monotonic: performance.now(), device: Date.now() };

function tick(): void {
  noticeSleep();
  second = Math.floor(serverClock.wall() / 1000);
  for (const listener of [...listeners]) listener();
  arm();
}

/** The next tick falls just after a second begins, so that figures change when they should. */
function arm(): void {
  clearTimeout(timer);
  if (listeners.size > 0) timer = setTimeout(tick, 1_005 - (serverClock.wall() % 1_000));
}

function noticeSleep(): void {
  const [monotonic, device] = [performance.now(), Date.now()];
  const gap = device - lastTick.device - (monotonic - lastTick.monotonic);
  const paused = monotonic - lastTick.monotonic > 30_000;
  lastTick = { monotonic, device };
  if (gap > SLEPT_MS) serverClock.slept(gap);
  if (gap > SLEPT_MS || paused) for (const wake of [...wakers]) wake();
}

if (typeof document !== 'undefined') {
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && tick());
  window.addEventListener('pageshow', (event) => event.persisted && tick());
}

/** Called when the device wakes from sleep: whatever the page shows may be old. */
export function onWake(wake: () => void): () => void {
  wakers.add(wake);
  return () => wakers.delete(wake);
}

/** The server's time, each second. Only the component that calls it renders again: keep it small. */
export function useWall(): Ms {
  useSyncExternalStore(subscribe, () => second);
  return serverClock.wall();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) {
    second = Math.floor(serverClock.wall() / 1000);
    arm();
  }
  return () => listeners.delete(listener);
}

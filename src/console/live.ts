import { createContext, useContext, useEffect } from 'react';
import type { ActivationLine, JournalPage, Snapshot, Texts } from '../contract/live.js';
import { nowInside, UnknownEntry } from '../domain/activation.js';
import type { ActivationEntry } from '../domain/events.js';
import type { Activation } from '../domain/state.js';
import type { Ms } from '../domain/time.js';
import { get, me, onMe, Refused, refreshMe, SignedOut } from './api.js';
import { Batches } from './batches.js';
import { Fold, type Board } from './board.js';
import { serverClock, useWall } from './clock.js';
import { connect, disconnect, followActivation, heardFrom, listen, reloadOnce } from './connection.js';
import { CONTRACT } from '../contract/live.js';
import { Store, useStore } from './store.js';

/** One activation on this page: still loading, shown, or not for these eyes. */
export type Following =
  | { state: 'loading' }
  | { state: 'shown'; board: Board }
  | { state: 'absent' };

/** For a screen that nobody reloads: how many entries stay, of those that it may ever say. */
export interface Keep {
  most: number;
  worth: (entry: ActivationEntry) => boolean;
}

const PAGE = 200;
const LOBBY_RETRY_MS = 2_000;

class Follower {
  readonly store = new Store<Following>({ state: 'loading' });
  #fold: Fold | undefined;
  #filling: Promise<void> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  readonly #texts = new Batches(async (digests) => {
    const texts = await get<Texts>(`/api/activations/${this.id}/texts?digests=${digests.join(',')}`);
    this.#fold?.addTexts(texts);
    this.#show();
  });

  constructor(
    readonly id: string,
    private readonly keep: Keep | undefined,
  ) {
    void this.load();
  }

  get seq(): number {
    return this.#fold?.seq ?? 0;
  }

  /** The snapshot of the server for this audience; asked for again until it comes. */
  async load(): Promise<void> {
    clearTimeout(this.#retry);
    try {
      const snapshot = await get<Snapshot>(`/api/activations/${this.id}`);
      heardFrom(snapshot.wall);
      if (snapshot.contract !== CONTRACT) return reloadOnce(`contract ${snapshot.contract}`);
      this.#fold = new Fold(snapshot, this.keep?.most, this.keep?.worth);
      this.#show();
      if (current === this) followActivation(this.id, () => this.seq);
    } catch (error) {
      if (error instanceof Refused) this.store.set({ state: 'absent' });
      else if (!(error instanceof SignedOut)) this.#retry = setTimeout(() => void this.load(), 2_000);
    }
  }

  take({ entries, texts }: Pick<JournalPage, 'entries' | 'texts'>): void {
    if (!this.#fold) return;
    try {
      const whole = this.#fold.take(entries, texts);
      this.#show();
      if (!whole) this.fill();
    } catch (error) {
      if (error instanceof UnknownEntry) reloadOnce(error.message);
      else throw error;
    }
  }

  /** The server is at `seq`: what is missing here is fetched by number. */
  reach(seq: number): void {
    if (this.#fold && seq > this.#fold.seq) this.fill();
  }

  fill(): void {
    this.#filling ??= this.#fill().finally(() => (this.#filling = undefined));
  }

  async #fill(): Promise<void> {
    try {
      for (;;) {
        const page = await get<JournalPage>(`/api/activations/${this.id}/journal?after=${this.seq}&limit=${PAGE}`);
        const before = this.seq;
        this.take(page);
        if (this.seq >= page.seq || this.seq === before) return;
      }
    } catch (error) {
      // The next word from the server says again that something is missing.
      if (error instanceof Refused) this.store.set({ state: 'absent' });
    }
  }

  async older(): Promise<void> {
    const first = this.#fold?.first;
    if (first === undefined || first <= 1) return;
    const page = await get<JournalPage>(`/api/activations/${this.id}/journal?before=${first}&limit=${PAGE}`);
    this.#fold?.takeOlder(page);
    this.#show();
  }

  stop(): void {
    clearTimeout(this.#retry);
  }

  #show(): void {
    if (this.#fold) this.store.set({ state: 'shown', board: this.#fold.board((digest) => this.#texts.want(digest)) });
  }
}

let current: Follower | undefined;

/**
 * Follows one activation: snapshot, then news in order; reads again after a gap, a reconnection or a sleep. `keep`, always the
 * same object, bounds the entries that stay in memory.
 */
export function useActivation(id: string, keep?: Keep): Following {
  useEffect(() => {
    connect();
    followActivation(id, () => followerOf(id, keep).seq);
  }, [id, keep]);
  return useStore(followerOf(id, keep).store);
}

function followerOf(id: string, keep: Keep | undefined): Follower {
  if (current?.id !== id) {
    current?.stop();
    current = new Follower(id, keep);
  }
  return current;
}

/** Entries before the first one shown. */
export async function loadOlder(): Promise<void> {
  await current?.older();
}

/** In a replay, the time at which the page stands; undefined on a page that lives. */
export const ReplayTime = createContext<Ms | undefined>(undefined);

/** The time inside an activation, each second, or where a replay stands. Renders each second: keep the component that calls it small. */
export function useNow(activation: Readonly<Activation>): Ms {
  const replayed = useContext(ReplayTime);
  const wall = useWall();
  return replayed ?? nowInside(activation, wall);
}

/** The time inside an activation at this very moment, for an order that is being given. */
export function timeInside(activation: Readonly<Activation>): Ms {
  return nowInside(activation, serverClock.wall());
}

const lines = new Store<readonly ActivationLine[] | undefined>(undefined);

/** The activations, for the opening page and for what waits on top of every console; undefined until they arrive. */
export function useLobby(): readonly ActivationLine[] | undefined {
  useEffect(() => {
    connect();
    void loadLobby();
  }, []);
  return useStore(lines);
}

/** On the opening page: follows no activation. */
export function useNoActivation(): void {
  useEffect(() => {
    current?.stop();
    current = undefined;
    followActivation(null, () => 0);
  }, []);
}

let lobbyRetry: ReturnType<typeof setTimeout> | undefined;

async function loadLobby(): Promise<void> {
  clearTimeout(lobbyRetry);
  try {
    lines.set(await get<ActivationLine[]>('/api/activations'));
  } catch (error) {
    // Shown as it was, under the header that says how old it is, until an answer comes: nobody touches a wall to ask again.
    if (!(error instanceof SignedOut)) lobbyRetry = setTimeout(() => void loadLobby(), LOBBY_RETRY_MS);
  }
}

listen({
  news: (news) => {
    if (news.activation === current?.id) current.take(news);
  },
  alive: ({ activation, seq }) => {
    if (seq !== null && activation !== null && activation === current?.id) current.reach(seq);
  },
  lobby: () => void loadLobby(),
  cutOff: () => void refreshMe().catch(() => {}),
  connected: () => {
    if (current?.store.get().state === 'loading') void current.load();
    void loadLobby();
  },
});

// Other eyes, of somebody else or of the same person with other rights: nothing of what was shown before may stay.
const eyes = () => {
  const now = me();
  return now ? `${now.account} ${now.rights.join()}` : undefined;
};
let before = eyes();
onMe(() => {
  const now = eyes();
  if (now === before) return;
  before = now;
  current?.stop();
  current = undefined;
  lines.set(undefined);
  disconnect();
  if (now) connect();
});

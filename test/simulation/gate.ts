import type { Store } from '../../src/adapters/persistence/store.js';
import { LostRace, StorageFailed, type Batch } from '../../src/application/ports.js';
import type { Chance } from './chance.js';
import type { Witness } from './witness.js';

/** Where a process may die: at each touch of the store, before it or after it, and once something has left. */
export const CRASH_POINTS = [
  'claim/before', 'claim/after', 'send/after', 'settle/before', 'settle/after', 'append/before', 'append/after', 'group/before',
  'group/after', 'open/before', 'open/after', 'outage/before', 'outage/after', 'file/before', 'file/after', 'alive/before', 'alive/after',
  'heads/before', 'heads/after', 'key/before', 'read/after', 'list/after',
] as const;
export type CrashPoint = (typeof CRASH_POINTS)[number];

/** Never resolves: what a dead process was waiting for. */
const never = <T>() => new Promise<T>(() => {});

export interface Weather {
  /** Every write is refused while it lasts. */
  diskFull: boolean;
  /** So many writes to come are refused. */
  failures: number;
  /** So many appends to come lose a race that nobody ran. */
  races: number;
  /** So likely does a touch of the store take a few turns. */
  slowness: number;
}

const WRITES = new Set(['append', 'markAlive', 'probe', 'claim', 'postpone', 'bury', 'putFile', 'forget', 'putSession', 'touchSession', 'dropSession', 'dropExpiredSessions', 'useTotpStep']);

/**
 * One process's way to the store. When the process dies nothing more of it touches the disk, and nothing it waits for
 * ever comes; what was under way below is waited for before the next one starts.
 */
export class Gate {
  dead = false;
  underWay = 0;
  #crashAt: CrashPoint | undefined;
  readonly store: Store;

  constructor(
    store: Store,
    private readonly weather: Weather,
    private readonly chance: Chance,
    private readonly witness: Witness,
    private readonly onCommit: (batch: Batch) => void,
  ) {
    this.store = {
      journal: this.#guard(store.journal), outbox: this.#guard(store.outbox), vault: this.#guard(store.vault),
      directory: this.#guard(store.directory), webhooks: this.#guard(store.webhooks),
      addressBook: this.#guard(store.addressBook), perimeters: this.#guard(store.perimeters),
      calendars: this.#guard(store.calendars), reachTokens: this.#guard(store.reachTokens), close: async () => {},
    };
  }

  /** The process dies when it next comes by this point. */
  crashAt(point: CrashPoint | undefined): void {
    this.#crashAt = point;
  }

  /** Dies here, if this is where. */
  passes(point: CrashPoint): boolean {
    if (!this.dead && this.#crashAt === point) {
      this.dead = true;
      this.witness.fault(`crash ${point}`);
    }
    return this.dead;
  }

  #guard<T extends object>(port: T): T {
    const guarded = Object.create(port) as Record<string, unknown>;
    for (let prototype = Object.getPrototypeOf(port) as object; prototype !== Object.prototype; prototype = Object.getPrototypeOf(prototype) as object) {
      for (const name of Object.getOwnPropertyNames(prototype)) {
        const method = (port as Record<string, unknown>)[name];
        if (name === 'constructor' || typeof method !== 'function' || Object.hasOwn(guarded, name)) continue;
        guarded[name] = (...args: unknown[]) => this.#touch(name, args, () => method.apply(port, args) as Promise<unknown>);
      }
    }
    return guarded as T;
  }

  async #touch(name: string, args: unknown[], work: () => Promise<unknown>): Promise<unknown> {
    const point = pointOf(name, args[0]);
    if (this.dead || (point && this.passes(`${point}/before` as CrashPoint))) return never();
    if (this.weather.slowness > 0 && this.chance.happens(this.weather.slowness)) {
      for (let turns = this.chance.between(1, 12); turns > 0; turns--) await Promise.resolve();
      if (this.dead) return never();
    }
    if (WRITES.has(name)) this.#refuse(name);
    this.underWay++;
    try {
      return await work().then((answer) => {
        if (name === 'append') this.onCommit(args[0] as Batch);
        return answer;
      });
    } finally {
      this.underWay--;
      if (this.dead || (point && this.passes(`${point}/after` as CrashPoint))) await never();
    }
  }

  #refuse(name: string): void {
    if (this.weather.diskFull) {
      this.witness.fault('write on a full disk');
      throw new StorageFailed('disk full');
    }
    if (this.weather.failures > 0) {
      this.weather.failures--;
      this.witness.fault('failed write');
      throw new StorageFailed('input/output error');
    }
    if (name === 'append' && this.weather.races > 0) {
      this.weather.races--;
      this.witness.fault('lost race');
      throw new LostRace('made to lose by the simulation');
    }
  }
}

function pointOf(name: string, given: unknown): string | undefined {
  switch (name) {
    case 'append': return pointOfBatch(given as Batch);
    case 'claim': return 'claim';
    case 'putFile': return 'file';
    case 'markAlive': return 'alive';
    case 'key': return 'key';
    case 'read': return 'read';
    case 'summaries': return 'list';
    default: return undefined;
  }
}

function pointOfBatch({ accounts, settled, keys, expectedSeq, links, activation }: Batch): string {
  if (activation === 'administration' || accounts) return 'heads';
  if (settled?.length) return 'settle';
  if (expectedSeq === 0) return 'open';
  if ((keys?.length ?? 0) > 1) return 'group';
  return links[0]?.line.includes('"type":"outageNoted"') ? 'outage' : 'append';
}

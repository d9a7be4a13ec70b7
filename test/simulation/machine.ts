// One machine: a disk that outlives its processes, and one process at a time, which is the whole application as it is
// wired for the préfecture (src/app.module.ts), begun in the order of src/start.ts.
import type { IncomingHttpHeaders } from 'node:http';
import type { Store } from '../../src/adapters/persistence/store.js';
import { LiveGateway, Origins } from '../../src/adapters/web/live-gateway.js';
import { OrderDesk } from '../../src/adapters/web/order-desk.js';
import { ReadingDesk } from '../../src/adapters/web/reading-desk.js';
import { Refused, WireRefused } from '../../src/adapters/web/refused.js';
import { Authentication, type SignedIn } from '../../src/adapters/web/signed-in.js';
import { wire, type Given, type Wired } from '../../src/app.module.js';
import { LostRace, StorageFailed, type OutboxRow } from '../../src/application/ports.js';
import { MINUTE, SECOND, type Ms } from '../../src/domain/time.js';
import type { HandClock } from '../kit/hand-clock.js';
import type { Agenda } from './agenda.js';
import type { Chance } from './chance.js';
import { Gate, type CrashPoint, type Weather } from './gate.js';
import { SimulatedSockets } from './sockets.js';
import type { Witness } from './witness.js';

/** One life of the process: all that a crash takes away. */
export interface Process {
  gate: Gate;
  wired: Wired;
  sockets: SimulatedSockets;
  gateway: LiveGateway;
  orders: OrderDesk;
  reading: ReadingDesk;
}

/** How a question put to the process ended; nothing at all when it died first. */
export type Ended<T> = { answer: T } | { refused: string } | { failed: true };

export interface MachineParts {
  /** What survives. */
  store: Store;
  clock: HandClock;
  chance: Chance;
  witness: Witness;
  agenda: Agenda;
  given: Omit<Given, 'store' | 'clock' | 'random' | 'log' | 'later'>;
  signedIn: (wired: Wired, account: string) => SignedIn | undefined;
  /** For a test that spoils what it wants to see found. */
  spoil?: (process: Process) => void;
}

/** As src/adapters/beats.ts: what commits within this time leaves in one round. */
const POST_MS = 50;

/** Lets everything that waits for a microtask, or for SQLite's turn, go on. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

export class Machine {
  readonly weather: Weather = { diskFull: false, failures: 0, races: 0, slowness: 0 };
  process: Process | undefined;
  #booting: Gate | undefined;
  #onceUp: (() => void)[] = [];
  #asked = 0;
  /** The wall times at which the process was told that something will be due. */
  #hints: Ms[] = [];
  /** The true time of the next second's beat, where the last one left something undone. */
  #againAt: Ms = Infinity;
  /** The true time at which the postman goes. */
  #postAt: Ms = Infinity;

  constructor(private readonly parts: MachineParts) {}

  get isUp(): boolean {
    return this.process !== undefined;
  }

  /** When something is to be done by itself: a beat, because something is due by this machine's clock, or the post. */
  get nextAt(): Ms {
    return this.process ? Math.min(this.#postAt, this.#beatAt, this.#againAt) : Infinity;
  }

  get #beatAt(): Ms {
    const { agenda, clock } = this.parts;
    const first = this.#hints.reduce((least, at) => Math.min(least, at), Infinity);
    return Math.max(agenda.now, agenda.now + first - clock.wall());
  }

  /** What somebody does as soon as there is a process. */
  onceUp(work: () => void): void {
    if (this.isUp) work();
    else this.#onceUp.push(work);
  }

  /** Starts a process. It may die of it: then `isUp` is false. */
  async start(crashAt?: CrashPoint): Promise<void> {
    const { store, clock, chance, witness, agenda, given } = this.parts;
    this.#hints = [];
    this.#againAt = Infinity;
    this.#postAt = Infinity;
    witness.happenings.push({ at: agenda.now, what: 'start' });
    const gate = new Gate(store, this.weather, chance, witness, (batch) => {
      witness.commits.push({ activation: batch.activation, toSeq: batch.summary.seq, at: agenda.now });
    });
    gate.crashAt(crashAt);
    this.#booting = gate;
    let process: Process | undefined;
    this.ask(async () => {
      const wired = await wire({
        ...given, store: gate.store, clock, random: { id: () => chance.id() },
        log: { error: (details: unknown, message?: string) => void (gate.dead || witness.surprises.push(`${message}: ${JSON.stringify(details)}`)) } as Given['log'],
        later: (work, ms) => agenda.in(ms, () => {
          if (!gate.dead) work();
        }),
      });
      const { activations, heartbeat, boards, providers, office, registry } = wired;
      this.#doubt(registry);
      activations.onDueHint = (at) => void (gate.dead || this.#hint(at));
      activations.onOutbox = () => void (gate.dead || (this.#postAt = Math.min(this.#postAt, agenda.now + POST_MS)));
      await activations.restore();
      await heartbeat.wake();
      const sockets = new SimulatedSockets(() => !gate.dead, (room, reached, request) => {
        witness.left.push({ at: agenda.now, room, reached, request });
        gate.passes('send/after');
      });
      const gateway = new LiveGateway(boards, new ByAccount((account) => this.parts.signedIn(wired, account)), activations, new Origins(given.settings.publicUrl));
      gateway.afterInit(sockets.io);
      office.sessions.onChanged = (account) => gateway.askAgain(account);
      const provided = <T>(token: unknown) => (providers.find((one) => 'provide' in one && one.provide === token) as { useValue: T }).useValue;
      process = { gate, wired, sockets, gateway, orders: provided(OrderDesk), reading: provided(ReadingDesk) };
      this.parts.spoil?.(process);
    }, () => {});
    await this.settle();
    this.#booting = undefined;
    if (gate.dead || !process) return;
    this.process = process;
    // What the first beat could not do is tried again within the second.
    this.#againAt = agenda.now + SECOND;
    witness.happenings.push({ at: agenda.now, what: 'up' });
    for (const work of this.#onceUp.splice(0)) work();
  }

  /** Puts a question to the process, now; what comes back is told, unless the process dies before. */
  ask<T>(work: (process: Process) => Promise<T>, ended: (how: Ended<T>) => void): void {
    const gate = this.#booting ?? this.process?.gate;
    if (!gate || gate.dead) return;
    this.#asked++;
    const done = (how: Ended<T>) => {
      if (gate.dead) return;
      this.#asked--;
      ended(how);
    };
    // A request arrives by the network: never inside somebody else's synchronous work.
    void Promise.resolve().then(() => work(this.process!)).then((answer) => done({ answer }), (error: unknown) => done(this.#failure(error, gate)));
  }

  /** Waits until nothing more moves; true when the process died meanwhile. */
  async settle(): Promise<boolean> {
    const gate = this.#booting ?? this.process?.gate;
    if (!gate) return false;
    while (this.#asked > 0 && !gate.dead) await turn();
    if (!gate.dead) return false;
    while (gate.underWay > 0) await turn();
    this.#asked = 0;
    this.process = undefined;
    return true;
  }

  /** The next second's beat is a new try. */
  diskIsFree(): void {
    this.weather.diskFull = false;
    if (this.#againAt < Infinity) this.#againAt = this.parts.agenda.now + this.parts.chance.below(SECOND);
  }

  /** Does by itself what its time has come for. */
  next(): void {
    if (Math.min(this.#beatAt, this.#againAt) <= this.parts.agenda.now) return this.beat();
    this.#postAt = Infinity;
    this.ask(({ wired: { postman } }) => postman.round(), () => {});
  }

  /** What src/start.ts does each second: what time obliges, what must leave, word to the boards, heads; each fails alone. */
  beat(): void {
    const { clock, agenda } = this.parts;
    const wall = clock.wall();
    this.#hints = this.#hints.filter((at) => at > wall);
    this.#postAt = Infinity;
    this.#againAt = Infinity;
    this.ask(async ({ wired: { heartbeat, postman, office }, gateway, gate }) => {
      for (const work of [() => heartbeat.beat(), () => postman.round(), () => gateway.pulse(), () => office.administration.noteHeads()]) {
        await work().catch((error: unknown) => {
          this.#failure(error, gate);
          // On a full disk each second fails as the one before did: now and then stands for all of them.
          if (!gate.dead) this.#againAt = agenda.now + (this.weather.diskFull ? MINUTE : SECOND);
        });
      }
    }, () => {});
  }

  /** Tonight's channels to people, the same but for what they do in doubt: no real one asks yet, and the postman must know how. */
  #doubt(registry: Wired['registry']): void {
    const { witness } = this.parts;
    const channelFor = registry.channelFor.bind(registry);
    registry.channelFor = (lane, name) => {
      const channel = channelFor(lane, name);
      if (!channel || name !== 'person') return channel;
      const known = ({ id }: OutboxRow) => witness.left.find((left) => left.request.id === id);
      return {
        onDoubt: witness.onDoubt, isSlow: false, lanes: channel.lanes, send: (row) => channel.send(row),
        find: async (row) => (known(row) ? { outcome: 'shown' } : undefined),
      };
    };
  }

  #hint(at: Ms): void {
    // A hint that is lost costs a second at most.
    this.#hints.push(at + (this.parts.chance.happens(0.2) ? this.parts.chance.below(1_000) : 0));
  }

  #failure(error: unknown, gate: Gate): { refused: string } | { failed: true } {
    if (error instanceof Refused) return { refused: error.refusal.refused };
    if (error instanceof WireRefused) return { refused: error.code };
    const { agenda, witness } = this.parts;
    // A beat that lost a race is made good by the next one.
    if (error instanceof StorageFailed || error instanceof LostRace) witness.happenings.push({ at: agenda.now, what: 'failed' });
    else if (!gate.dead) witness.surprises.push(String((error as Error).stack ?? error));
    return { failed: true };
  }
}

/** Who comes with this account's cookie; sessions themselves are tested elsewhere. */
class ByAccount extends Authentication {
  constructor(private readonly of: (account: string) => SignedIn | undefined) {
    super();
  }

  override async authenticate(headers: IncomingHttpHeaders): Promise<SignedIn | undefined> {
    return this.of(String(headers['account']));
  }

  override csrfOk(): boolean {
    return true;
  }

  override async session(): Promise<undefined> {
    return undefined;
  }
}

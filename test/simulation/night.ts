// One simulated night: openings, people, a bad network, a machine that dies, a disk that fills up, a clock that steps.
// Everything that happens, and when, comes from one seed.
import type { Store } from '../../src/adapters/persistence/store.js';
import type { OrderName } from '../../src/contract/commands.js';
import type { Lane } from '../../src/domain/entry.js';
import type { Activation } from '../../src/domain/state.js';
import { HOUR, MINUTE, SECOND, toInstant, toMs, type Ms } from '../../src/domain/time.js';
import { HandClock } from '../kit/hand-clock.js';
import { Agenda } from './agenda.js';
import { SimulatedBoard, type Account } from './board.js';
import { Chance } from './chance.js';
import { CRASH_POINTS, type CrashPoint } from './gate.js';
import { gesture, order, type Order } from './gestures.js';
import { COMMUNES, GIVEN, invite, SCRIPT, signedIn } from './house.js';
import { Machine, type Process } from './machine.js';
import { Post } from './post.js';
import { SHAPES } from './shape.js';
import { Witness } from './witness.js';

/** 14 March 2026, 02:00 in Paris, when nights begin. */
export const BEGINS = toMs('2026-03-14T01:00:00.000Z');

/** More than this is done at no instant, unless something turns in circles. */
const MOST_AT_ONCE = 1_000;

/** Late news come within twenty seconds, signs of life each five. */
const KEEPS_UP_MS = 30 * SECOND;

/** The night cannot be played to its end: nothing that was looked at would mean anything. */
export class Spinning extends Error {
  constructor() {
    super('the machine spins: a thousand things done at one instant');
  }
}

export interface NightOptions {
  seed: number;
  hours: number;
  /** A storm, unless said otherwise. */
  shape?: keyof typeof SHAPES;
  /** How much goes wrong: 0 for a quiet night, 1 as usual. */
  trouble: number;
  /** For a test that spoils what it wants to see found. */
  spoil?: (process: Process) => void;
  spoilBoard?: (board: SimulatedBoard) => void;
}

/** An activation, and those who watch it. */
interface Hour {
  id: string;
  beganAt: Ms;
  boards: SimulatedBoard[];
  /** Nobody does anything there any more. */
  over: boolean;
}

export class Night {
  readonly chance: Chance;
  readonly agenda = new Agenda(BEGINS);
  readonly clock = new HandClock(BEGINS);
  readonly witness = new Witness();
  readonly machine: Machine;
  readonly boards: SimulatedBoard[] = [];
  readonly people: Account[] = [];
  /** What the server shows the direction when all is over. */
  readonly served = new Map<string, Activation>();
  readonly #hours = new Map<string, Hour>();
  readonly #numbers: string[] = [];
  readonly #post: Post;
  /** Trouble is over: the night ends well, so that what is promised can be looked at. */
  #calm = false;
  #ahead: Ms = 0;
  #dooms = 0;
  #callOffBoot = () => {};

  constructor(readonly options: NightOptions, readonly store: Store) {
    this.chance = new Chance(options.seed);
    const { chance, agenda, clock, witness } = this;
    witness.onDoubt = chance.pick(['repeat', 'repeat', 'ask-person', 'ask-provider'] as const);
    this.machine = new Machine({ store, clock, chance, witness, agenda, given: GIVEN, signedIn, ...(options.spoil ? { spoil: options.spoil } : {}) });
    this.#post = new Post({ machine: this.machine, agenda, chance, witness, trouble: options.trouble, isCalm: () => this.#calm, onOpened: (id, lane) => this.#begin(id, lane) });
  }

  get #shape() {
    return SHAPES[this.options.shape ?? 'storm'];
  }

  /** Plays the night to its end, and the calm after it. */
  async play(): Promise<void> {
    const { hours, trouble } = this.options;
    await this.machine.start();
    await invite(this.machine, this.people);
    for (let half = 0; half < this.#shape.openings(hours); half++) this.agenda.in(half * HOUR / 2 + this.chance.below(20 * MINUTE), () => this.#openSomething());
    for (let i = 0; i < hours; i++) {
      if (this.chance.happens(0.4)) this.agenda.in(this.chance.below(hours * HOUR), () => this.#declare());
    }
    const within = this.#shape.exercises(hours);
    for (let i = 0; i < within; i++) if (this.chance.happens(0.25)) this.agenda.in(this.chance.below(within * HOUR), () => this.#open('exercise'));
    this.agenda.in(7 * MINUTE, () => this.#lookAround());
    if (trouble > 0) this.#trouble();
    await this.#until(this.agenda.now + hours * HOUR + 25 * MINUTE);
    await this.#calmDown();
  }

  // Time.

  async #until(end: Ms): Promise<void> {
    const { agenda, machine } = this;
    for (let [since, rounds] = [agenda.now, 0]; ; rounds++) {
      if (agenda.now !== since) [since, rounds] = [agenda.now, 0];
      if (rounds > MOST_AT_ONCE) throw new Spinning();
      const at = Math.min(agenda.nextAt, Math.ceil(machine.nextAt), end);
      const gap = at - agenda.now;
      if (machine.isUp && gap >= SECOND) {
        // Of the beats of idle seconds, the last one before something happens stands for all.
        this.#pass(gap - this.chance.between(1, SECOND - 1));
        machine.beat();
      } else {
        this.#pass(gap);
        if (machine.nextAt <= agenda.now) machine.next();
        else if (agenda.nextAt <= agenda.now) await agenda.next()();
        else return;
      }
      await this.#settle();
    }
  }

  #pass(ms: Ms): void {
    if (ms <= 0) return;
    this.agenda.now += ms;
    this.clock.pass(ms);
  }

  async #settle(): Promise<void> {
    if (await this.machine.settle()) this.#died();
  }

  // The machine.

  #died(): void {
    const { agenda, chance, witness } = this;
    witness.happenings.push({ at: agenda.now, what: 'down' });
    for (const board of this.boards) board.lose();
    this.#post.lose();
    const outage = this.#calm ? SECOND : chance.pick([() => chance.between(300, 5 * SECOND), () => chance.between(300, 5 * SECOND), () => chance.between(10, 600) * SECOND, () => (chance.happens(0.2) ? chance.between(1, 3) * HOUR : MINUTE)])();
    witness.fault(outage < 10 * SECOND ? 'outage of seconds' : outage < HOUR ? 'outage of minutes' : 'outage of hours');
    this.#callOffBoot = agenda.in(outage, () => this.#boot());
  }

  async #boot(): Promise<void> {
    const crashAt = !this.#calm && this.chance.happens(0.2) ? this.chance.pick(['outage/before', 'outage/after', 'list/after', 'read/after', 'alive/before', 'alive/after'] as const) : undefined;
    await this.machine.start(crashAt);
    if (!this.machine.isUp) {
      this.witness.fault('crash while starting');
      this.#callOffBoot = this.agenda.in(this.chance.between(SECOND, 20 * SECOND), () => this.#boot());
    }
  }

  #trouble(): void {
    const { agenda, chance, machine } = this;
    const kinds: [every: Ms, work: () => void][] = [
      [50 * MINUTE, () => this.#doom()],
      [3 * HOUR, () => this.#fillDisk()],
      [2 * HOUR, () => {
        machine.weather.failures = chance.between(1, 3);
      }],
      [HOUR, () => {
        machine.weather.races = chance.between(1, 2);
      }],
      [90 * MINUTE, () => {
        machine.weather.slowness = chance.pick([0, 0.1, 0.4]);
      }],
      [2 * HOUR, () => this.#step()],
      [25 * MINUTE, () => this.#cutSomebody()],
    ];
    for (const [every, work] of kinds) {
      const next = () => agenda.in((every / this.options.trouble) * (0.2 + 1.6 * chance.next()), () => {
        if (this.#calm) return;
        work();
        next();
      });
      next();
    }
  }

  /** The process will die at some point of its work; where that point does not come, it is killed as it stands idle. */
  #doom(): void {
    const gate = this.machine.process?.gate;
    if (!gate) return;
    const point: CrashPoint = CRASH_POINTS[(this.options.seed * 5 + this.#dooms++) % CRASH_POINTS.length]!;
    gate.crashAt(point);
    // What comes once in an hour is waited for.
    const patience = /^(file|open|group)/.test(point) ? 70 : this.chance.between(1, 15);
    this.agenda.in(patience * MINUTE, () => {
      if (this.machine.process?.gate === gate && !gate.dead && !this.#calm) {
        this.witness.fault('killed idle');
        gate.dead = true;
      }
    });
  }

  #fillDisk(): void {
    const { agenda, chance, witness, machine } = this;
    machine.weather.diskFull = true;
    witness.happenings.push({ at: agenda.now, what: 'disk-full' });
    agenda.in(chance.between(5, 15 * 60) * SECOND, () => this.#freeDisk());
  }

  #freeDisk(): void {
    if (!this.machine.weather.diskFull) return;
    this.machine.diskIsFree();
    this.witness.happenings.push({ at: this.agenda.now, what: 'disk-free' });
  }

  #step(): void {
    const { chance } = this;
    const by = chance.pick([() => chance.between(2, 90) * SECOND, () => chance.between(2, 30) * MINUTE, () => HOUR])() * chance.pick([1, -1]);
    this.#stepBy(chance.happens(0.4) && this.#ahead !== 0 ? -this.#ahead : by);
  }

  #stepBy(by: Ms): void {
    if (by === 0) return;
    this.clock.step(by);
    this.#ahead += by;
    this.witness.happenings.push({ at: this.agenda.now, what: 'step', wallBy: this.#ahead });
    this.witness.fault(by > 0 ? 'clock step forward' : 'clock step back');
  }

  #cutSomebody(): void {
    if (this.boards.length === 0) return;
    this.witness.fault('lost socket');
    const board = this.chance.pick(this.boards);
    if (this.chance.happens(0.2)) board.reload();
    else board.cut();
  }

  // The people.

  #account(...names: string[]): Account {
    const name = this.chance.pick(names);
    return this.people.find((one) => one.name === name)!;
  }

  #openSomething(): void {
    this.#open(this.chance.happens(0.8) ? 'real' : 'exercise');
  }

  #open(lane: Lane): void {
    const { chance } = this;
    const by = lane === 'exercise' ? this.#account('planificateur', 'planificateur', 'communication') : this.#account('astreinte', 'directrice', 'sidpc', 'communication', 'joueur');
    const t0 = chance.happens(0.85) ? { t0: this.#instant(-chance.below(12)) } : {};
    const synergi = chance.happens(0.4) ? { synergi: this.#number() } : {};
    const title = chance.happens(0.6) ? { title: `Titre ${chance.below(100)}` } : {};
    this.#post.send({ by: by.id, key: chance.id(), name: 'open', body: { lane, kind: chance.happens(0.75) ? 'cod' : 'important', ...t0, ...synergi, ...title } });
  }

  #declare(): void {
    this.#post.send({ by: SCRIPT, key: this.chance.id(), name: 'declare-t0', body: { t0: this.#instant(-this.chance.below(20)), synergi: this.#number() } });
  }

  /** A new number, or one that is about. */
  #number(): string {
    if (this.#numbers.length > 0 && this.chance.happens(0.25)) return this.chance.pick(this.#numbers);
    const number = `26-${String(this.#numbers.length + 1).padStart(4, '0')}`;
    this.#numbers.push(number);
    return number;
  }

  #instant(minutes: number): string {
    return toInstant(Math.floor((this.agenda.now + minutes * MINUTE) / SECOND) * SECOND);
  }

  /** Somebody reads the opening page, and goes where they were not yet. */
  #lookAround(): void {
    const { id, rights } = this.#account('directrice');
    this.machine.ask(({ reading }) => reading.lines({ author: { id, rights, source: 'console' }, audience: 'direction', strong: true, needsSecondFactor: false }, undefined), (how) => {
      if ('answer' in how) for (const line of how.answer) if (line.life === 'running') this.#begin(line.id, line.lane);
    });
    this.#lookAtBoards();
    if (!this.#calm) this.agenda.in(10 * MINUTE, () => this.#lookAround());
  }

  /** A board that has its line keeps up by itself, all night: what its line lost, the next signs of life tell. */
  #lookAtBoards(): void {
    const { agenda, machine, witness: { commits, looked } } = this;
    for (const board of this.boards) {
      if (!machine.isUp || !board.hasFollowedFor(KEEPS_UP_MS)) continue;
      looked.times++;
      const taken = commits.findLast(({ activation, at }) => activation === board.activation && at <= agenda.now - KEEPS_UP_MS)?.toSeq ?? 0;
      if (board.seq < taken) looked.behind.push(`the board of ${board.account.name} on ${board.activation} stood at ${board.seq} at ${agenda.now}, ${taken} was taken long before`);
    }
  }

  #begin(id: string, lane: Lane): void {
    if (this.#hours.has(id)) return;
    const { chance, agenda, machine, witness } = this;
    const names = [
      ['directrice', 'prefet', 'suppleante'],
      lane === 'exercise' ? ['planificateur', 'communication'] : ['astreinte', 'communication'],
      ...(chance.happens(0.5) ? [['sidpc', 'cip', 'observateur']] : []),
      ...(chance.happens(0.35) ? [lane === 'exercise' ? ['joueur'] : ['ecran']] : []),
    ];
    const hour: Hour = { id, beganAt: agenda.now, over: false, boards: [] };
    this.#hours.set(id, hour);
    for (const some of names) {
      const board = new SimulatedBoard({ machine, agenda, chance, witness, badLine: 0.02 * this.options.trouble }, this.#account(...some), id, `s${this.boards.length}`);
      this.options.spoilBoard?.(board);
      hour.boards.push(board);
      this.boards.push(board);
      board.connect();
    }
    this.#next(hour);
    if (chance.happens(0.04)) agenda.in(chance.between(2, 20) * MINUTE, () => this.#do(hour, 'cancel-opening'));
    const left = BEGINS + this.options.hours * HOUR - agenda.now;
    if (chance.happens(0.8)) agenda.in(this.#shape.endsIn(chance, left), () => this.#do(hour, 'end'));
    agenda.in(this.#shape.overIn(left), () => {
      if (chance.happens(0.5)) this.#do(hour, 'seal');
      hour.over = true;
    });
  }

  #next(hour: Hour): void {
    const { every, among } = this.#shape.pace(this.agenda.now - hour.beganAt);
    const wait = -Math.log(1 - this.chance.next()) * every;
    this.agenda.in(Math.ceil(wait), () => {
      if (hour.over || this.#calm) return;
      // What several people do at one instant shares a commit.
      for (let together = this.chance.happens(0.12) ? this.chance.between(2, 5) : 1; together > 0; together--) this.#gesture(hour, among);
      this.#next(hour);
    });
  }

  #eyes(hour: Hour) {
    const { chance, people } = this;
    const board = chance.pick(hour.boards);
    const a = board.shown?.activation;
    // A wall shows, and gives no order; sometimes somebody else sits down at that screen.
    const by = chance.happens(0.06) ? chance.pick(people) : board.account;
    return a && a.life !== 'unopened' ? { by, eyes: { chance, a, watch: this.agenda.now, people, communes: COMMUNES, numbers: [...this.#numbers, '26-9999'] } } : undefined;
  }

  #gesture(hour: Hour, among?: readonly OrderName[]): void {
    const looked = this.#eyes(hour);
    if (looked && !(looked.by.name === 'ecran' && this.chance.happens(0.9))) this.#give(hour, looked.by, gesture(looked.eyes, among));
  }

  #do(hour: Hour, name: 'end' | 'seal' | 'cancel-opening'): void {
    const looked = this.#calm ? undefined : this.#eyes(hour);
    if (looked) this.#give(hour, this.#account('directrice', 'prefet'), order(name, looked.eyes));
  }

  #give(hour: Hour, by: Account, { name, body }: Order): void {
    this.#post.send({ by: by.id, key: this.chance.id(), activation: hour.id, name, body });
  }

  // Afterwards.

  /** The disk is free, the clock right, the line good, nobody does anything: within minutes all that was owed is done. */
  async #calmDown(): Promise<void> {
    const { agenda, machine } = this;
    this.#calm = true;
    Object.assign(machine.weather, { failures: 0, races: 0, slowness: 0 });
    this.#freeDisk();
    machine.process?.gate.crashAt(undefined);
    this.#stepBy(-this.#ahead);
    this.#callOffBoot();
    while (!machine.isUp) await this.#boot();
    // Three hours at most: a lease or a wait that was counted by a clock ahead of ours lasts longer by so much.
    for (let i = 0; i < 40 && (i < 8 || (await this.store.outbox.oldest()) !== undefined); i++) {
      await this.#until(agenda.now + (i < 8 ? MINUTE : 10 * MINUTE));
      if (machine.isUp) machine.beat();
      await this.#settle();
    }
    for (let i = 0; i < 3; i++) {
      for (const board of this.boards) {
        if (!board.isOnline) board.connect();
        board.fill();
      }
      await this.#until(agenda.now + 10 * SECOND);
    }
    const { id, rights } = this.#account('directrice');
    for (const summary of await this.store.journal.summaries()) {
      const direction = { author: { id, rights, source: 'console' as const }, audience: undefined, strong: true, needsSecondFactor: false };
      machine.ask(({ reading }) => reading.snapshot(direction, summary.id), (how) => void ('answer' in how && this.served.set(summary.id, how.answer.activation)));
      await this.#settle();
    }
  }
}

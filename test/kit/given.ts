// The language of the domain's tests: an activation in memory, driven by record, decide, evolve, due and effects exactly
// as the application drives a stored one. `given(moves…).when(command, who).then(events)` or `.refused(code)`.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from '@jest/globals';
import { parsePlan } from '../../src/contract/plan-schema.js';
import { decide, due, effects, evolve, fold, initial, nextDueAt, nowInside, record, type Effect } from '../../src/domain/activation.js';
import type { Command, CommandOf, Context } from '../../src/domain/commands.js';
import { ENGINE, type Lane, type OnBehalf, type Sealed, type Source } from '../../src/domain/entry.js';
import type { ActivationEntry, EventType, NewEvent, Warning } from '../../src/domain/events.js';
import type { Plan, PlanRow } from '../../src/domain/plan/plan.js';
import { isRefusal, type Refusal, type RefusalCode } from '../../src/domain/refusal.js';
import type { Right } from '../../src/domain/rights.js';
import type { Activation } from '../../src/domain/state.js';
import { MINUTE, SECOND, toMs, type Ms } from '../../src/domain/time.js';
import { stepsShown, type StepShown } from '../../src/domain/views/steps.js';
import { verdicts, type ClauseVerdict } from '../../src/domain/views/verdicts.js';

/** 14 March 2026, 02:14 in Paris: when the COD was activated, unless a test says otherwise. */
export const T0 = toMs('2026-03-14T01:14:00.000Z');
export const ACTIVATION = 'a0000000000000000000000000000001';

/** One account for each right, and one that has several. */
export const RIGHTS_OF: Record<string, readonly Right[]> = {
  prefet: ['prefet'], directrice: ['directeur'], communication: ['communication'], astreinte: ['astreinte'], sidpc: ['sidpc'], cip: ['cip'],
  planificateur: ['planificateur'], observateur: ['observateur'], joueur: ['joueur'], auditeur: ['auditeur'], ecran: ['ecran'], admin: ['admin'],
  suppleante: ['directeur', 'communication'],
};

const folder = resolve(import.meta.dirname, '../../config/plans');
export const standardPlan: Plan = parsePlan(JSON.parse(readFileSync(join(folder, 'standard.json'), 'utf8')), 'standard.json');

/** The standard plan with some rows changed, or others beside them. */
export function planWith(changes: Record<string, Partial<PlanRow>>): Plan {
  const rows = standardPlan.rows.map((row) => ({ ...row, ...changes[row.id] }));
  const added = Object.keys(changes).filter((id) => !standardPlan.rows.some((row) => row.id === id));
  return { ...standardPlan, rows: [...rows, ...added.map((id) => ({ ...standardPlan.rows[0]!, short: id, serves: [], ...changes[id], id }))] };
}

/** A text as it stands in a journal; the same words give the same digest. */
export function sealed(words: string): Sealed {
  return { digest: createHash('sha256').update(words).digest('hex'), bytes: Buffer.byteLength(words) };
}
export const textEvidence = (words: string) => ({ kind: 'text', text: sealed(words) }) as const;

export interface Saying {
  for?: OnBehalf;
  /** Minutes from T0. */
  occurredAt?: number;
  /** Through another door than the console. */
  source?: Source;
}
export type Move = (hour: Hour) => void;
/** An event as a test writes it: what it names must be there, the rest may be anything. */
export type Expected = { [T in EventType]: { type: T; payload?: object; corrects?: number; occurredAt?: string; by?: string; for?: OnBehalf } }[EventType];

/** One activation in memory. Time stands still between moves. */
export class Hour {
  state: Activation = initial(ACTIVATION);
  readonly entries: ActivationEntry[] = [];
  readonly effects: Effect[] = [];
  now: Ms = T0;
  /** The real time, where a test tells it apart. */
  wall: Ms | undefined;

  /** Time passes to so many minutes and seconds after T0, with a beat whenever something is due. */
  at(minutes: number, seconds = 0): this {
    const until = T0 + minutes * MINUTE + seconds * SECOND;
    for (let next = nextDueAt(this.state); next <= until; next = nextDueAt(this.state)) {
      this.now = Math.max(this.now, next);
      const before = this.entries.length;
      this.beat();
      if (this.entries.length === before) throw new Error(`nextDueAt said ${next - T0} ms after T0, and nothing was due`);
    }
    this.now = Math.max(this.now, until);
    return this;
  }

  /** Real time passes in an exercise, or its system clock steps: the time inside follows its segments. */
  passes(realMs: Ms): this {
    this.wall = (this.wall ?? this.now) + realMs;
    this.now = nowInside(this.state, this.wall);
    return this;
  }

  /** Nobody watches until then: an outage. The first beat comes after it. */
  outageUntil(minutes: number): this {
    this.now = T0 + minutes * MINUTE;
    return this.beat();
  }

  /** Asks what time alone obliges and records it, as the application does with every commit. */
  beat(): this {
    for (let round = 0; round < 8; round++) {
      const before = this.entries.length;
      for (const command of due(this.state, Math.max(this.now, this.state.recordedAt))) {
        const events = decide(this.state, command, { now: this.now, wall: this.wall ?? this.now, by: ENGINE, rights: [] });
        if (isRefusal(events)) throw new Error(`the engine was refused ${command.type}: ${events.refused}`);
        this.#record(events, ENGINE, {}, 'engine');
      }
      if (this.entries.length === before) return this;
    }
    throw new Error('time obliges without end');
  }

  /** Decides a command and records what it gives, then what time obliges. Answers the events, or the refusal. */
  submit(command: Command, who: string, saying: Saying = {}): ActivationEntry[] | Refusal {
    const context: Context = { now: this.now, wall: this.wall ?? this.now, by: who, rights: RIGHTS_OF[who] ?? [], ...(saying.for ? { for: saying.for } : {}) };
    if (saying.occurredAt !== undefined) context.occurredAt = T0 + saying.occurredAt * MINUTE;
    const events = decide(this.state, command, context);
    if (isRefusal(events)) return events;
    const recorded = this.#record(events, who, context, saying.source ?? 'console', command.type === 'open' ? command.lane : this.state.lane);
    if (this.wall !== undefined) this.passes(0);
    this.beat();
    return recorded;
  }

  when(command: Command, who: string, saying: Saying = {}): Answer {
    return new Answer(this, this.submit(command, who, saying));
  }

  /** What must succeed for the test to make sense. */
  does(who: string, command: Command, saying: Saying = {}): this {
    const answer = this.submit(command, who, saying);
    if (isRefusal(answer)) throw new Error(`${who} was refused ${command.type}: ${answer.refused} ${JSON.stringify(answer.details ?? {})}`);
    return this;
  }

  /** Events of the past that no command of ours gives. */
  happened(...events: NewEvent[]): this {
    this.#record(events, ENGINE, {}, 'engine');
    return this.beat();
  }

  /** Completes a step with the version that the person has under their eyes and a text as evidence. */
  completes(who: string, step: string, saying: Saying & { evidence?: boolean; approves?: CommandOf<'complete-step'>['approves'] } = {}): this {
    const evidence = saying.evidence === false ? [] : [textEvidence(`preuve de ${step}`)];
    const { approves } = saying;
    return this.does(who, { type: 'complete-step', step, evidence, seen: this.version(step), ...(approves ? { approves } : {}) }, saying);
  }

  notApplicable(who: string, step: string): this {
    return this.does(who, {
      type: 'mark-not-applicable', step, category: 'not-concerned', reason: sealed(`sans objet ${step}`), authorisedBy: 'directeur', seen: this.version(step),
    });
  }

  version(step: string): number {
    return this.state.steps[step]?.version ?? 0;
  }

  clockVersion(clock: 'important' | 'cod' | 'nu' | 'ciav'): number {
    return this.state.clocks[clock]!.versions.at(-1)!.seq;
  }

  /** The step as the screens show it. */
  step(id: string): StepShown {
    return stepsShown(this.state, this.now).find(({ row }) => row.id === id)!;
  }

  clause(id: string): ClauseVerdict | undefined {
    return verdicts(this.state, this.now).find(({ clause }) => clause.id === id);
  }

  verdict(id: string): string | undefined {
    return this.clause(id)?.verdict;
  }

  of<T extends EventType>(type: T): Extract<ActivationEntry, { type: T }>[] {
    return this.entries.filter((entry): entry is Extract<ActivationEntry, { type: T }> => entry.type === type);
  }

  /** Every warning raised, "P07 target" at so many minutes after T0. */
  warnings(step?: string): string[] {
    const items: Warning[] = this.of('warningsRaised').flatMap((entry) => entry.payload.items);
    return items.filter((item) => step === undefined || item.step === step)
      .map((item) => `${step === undefined ? `${item.step} ` : ''}${item.kind} ${(toMs(item.dueAt) - T0) / MINUTE}`);
  }

  #record(events: readonly NewEvent[], by: string, saying: Pick<Context, 'for' | 'occurredAt'>, source: Source, lane: Lane = this.state.lane): ActivationEntry[] {
    // As the application does: who has the right needs nobody's name to act in.
    const onBehalf = saying.for && !RIGHTS_OF[by]?.includes(saying.for as Right) ? { for: saying.for } : {};
    const entries = record(this.state, events, {
      by, source, command: `key-${this.state.seq}`, now: this.now, wall: this.wall ?? this.now, ...onBehalf,
      ...(saying.occurredAt === undefined ? {} : { occurredAt: saying.occurredAt }),
    }, lane);
    for (const entry of entries) {
      evolve(this.state, entry);
      this.entries.push(entry);
      this.effects.push(...effects(this.state, entry));
    }
    return entries;
  }
}

/** What a command gave. */
export class Answer {
  constructor(readonly hour: Hour, readonly given: ActivationEntry[] | Refusal) {}

  /** Exactly these events, each with at least what the test names of it. */
  then(...expected: Expected[]): Hour {
    if (isRefusal(this.given)) throw new Error(`refused: ${this.given.refused} ${JSON.stringify(this.given.details ?? {})}`);
    expect(this.given.map(({ type }) => type)).toEqual(expected.map(({ type }) => type));
    expect(this.given).toMatchObject(expected);
    return this.hour;
  }

  /** Already true: nothing is recorded. */
  nothing(): Hour {
    expect(this.given).toEqual([]);
    return this.hour;
  }

  refused(code: RefusalCode, details?: Refusal['details']): Hour {
    expect(this.given).toMatchObject({ refused: code, ...(details ? { details } : {}) });
    return this.hour;
  }
}

/** An activation to which all this happened. */
export function given(...moves: Move[]): Hour {
  const hour = new Hour();
  for (const move of moves) move(hour);
  return hour;
}

export interface Opening {
  kind?: 'cod' | 'important';
  lane?: 'real' | 'exercise';
  by?: string;
  plan?: Plan;
  facts?: CommandOf<'open'>['facts'];
  timeZone?: string;
  /** Opens without a clock. */
  noT0?: boolean;
  source?: Source;
}

export function openCommand({ kind = 'cod', lane = 'real', plan = standardPlan, facts = { accounts: true }, timeZone = 'Europe/Paris', noT0 }: Opening = {}): CommandOf<'open'> {
  return { type: 'open', id: ACTIVATION, lane, kind, prefecture: 'Préfecture du Val-de-Brenne', departement: '76', timeZone, plan, facts, ...(noT0 ? {} : { t0: T0 }) };
}

/** Opened at T0, by the person on call unless the test says otherwise. */
export const opened = (opening: Opening = {}): Move => (hour) =>
  void hour.does(opening.by ?? 'astreinte', openCommand(opening), opening.source ? { source: opening.source } : {});
export const at = (minutes: number, seconds = 0): Move => (hour) => void hour.at(minutes, seconds);
export const does = (who: string, command: Command, saying?: Saying): Move => (hour) => void hour.does(who, command, saying);
export const completes = (who: string, step: string, saying?: Parameters<Hour['completes']>[2]): Move => (hour) => void hour.completes(who, step, saying);
export const notApplicable = (who: string, step: string): Move => (hour) => void hour.notApplicable(who, step);
export const takes = (who: string, code: CommandOf<'take-function'>['function']): Move => does(who, { type: 'take-function', function: code });
export const ends = (who = 'directrice'): Move => does(who, { type: 'end' });

/** The state as somebody who only has the journal makes it. */
export function refolded(hour: Hour): Activation {
  return fold(ACTIVATION, hour.entries);
}

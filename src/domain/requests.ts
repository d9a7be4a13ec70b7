import type { Way } from './outreach/reaching.js';
import type { ActivationEntry } from './events.js';
import type { FunctionCode, Lane } from './entry.js';
import { missingStatement } from './evidence/statement.js';
import { attemptOf, inFlight } from './outreach/attempts.js';
import { heldBy } from './people/functions.js';
import { isOpen } from './plan/steps.js';
import { rowOf } from './plan/timing.js';
import { FUNCTIONS } from './entry.js';
import type { Activation } from './state.js';
import { toInstant } from './time.js';

/**
 * What must leave the house. `person` is a request shown on somebody's boards; `house` is work that the instance does
 * for itself (writing the statement, opening what was declared). Ids are derived, never random: the same entry always
 * gives the same effects.
 */
export interface Effect {
  id: string;
  activation: string;
  seq: number;
  /** Stamped here and on the outbox row: a missing or mismatched stamp sends nothing and raises an alarm. */
  lane: Lane;
  /** Voice, sms and mail leave for people of the directory: `to` is absent, the postman finds the number when it dials. */
  channel: 'person' | 'house' | Way;
  kind:
    | 'warnings' | 'step-assigned' | 'handover' | 'visa-awaited' | 'nu-ordered' | 'declaration' | 'oral-to-confirm' | 'step-reopened'
    | 'statement' | 'open-declared' | 'attach-declared' | 'call-in'
    | 'call' | 'text' | 'letter' | 'hang-up' | 'ask';
  /** The account whose boards show it, or EVERYBODY; absent for the house. */
  to?: string;
  body: Record<string, unknown>;
}

/** In place of an account: every board that may read the activation. */
export const EVERYBODY = '*';

/** The requests and the work that one entry causes. Called on the state after `evolve`; a pure function of both. */
export function effects(a: Readonly<Activation>, entry: ActivationEntry): Effect[] {
  // A declaration is another event's T0: it leaves even as this activation ends.
  if (a.life !== 'running' && !AFTER_THE_END.has(entry.type)) return [];
  const base = { activation: a.id, seq: entry.seq, lane: a.lane };
  const house = (kind: Effect['kind'], body: Effect['body']): Effect => ({ ...base, id: `${a.id}/${entry.seq}/${kind}`, channel: 'house', kind, body });
  const person = (kind: Effect['kind'], people: Iterable<string>, body: Effect['body']): Effect[] =>
    [...new Set(people)]
      .filter((to) => to !== entry.by)
      .map((to) => ({ ...base, id: `${a.id}/${entry.seq}/${kind}/${to}`, channel: 'person', kind, to, body }));
  switch (entry.type) {
    case 'warningsRaised': {
      // Warnings due at one instant make one announcement per person: whoever holds the functions, and the assignee.
      const byPerson = new Map<string, typeof entry.payload.items>();
      for (const item of entry.payload.items) {
        const assignee = a.steps[item.step]?.assignee;
        const people = new Set([...whoWorks(a, rowOf(a, item.step)?.functions ?? []), ...(assignee === undefined ? [] : [assignee])]);
        for (const to of people) byPerson.set(to, [...(byPerson.get(to) ?? []), item]);
      }
      return [...byPerson].flatMap(([to, items]) => person('warnings', [to], { items }));
    }
    case 'stepAssigned':
      return person('step-assigned', [entry.payload.to], { step: entry.payload.step });
    case 'stepReopened':
      return person('step-reopened', whoWorks(a, rowOf(a, entry.payload.step)?.functions ?? []), { step: entry.payload.step });
    case 'handoverOffered':
      return person('handover', [entry.payload.to], { function: entry.payload.function });
    case 'stepCompleted':
      return [...visasAwaited(a, entry.payload.step).flatMap((row) => person('visa-awaited', whoWorks(a, row.functions), { step: row.id })), ...oral(a, entry, person)];
    case 'functionTaken': {
      // 47.2: once one has taken charge, the cell is called in.
      const code = entry.payload.function;
      const isFirst = (code === 'DC' || code === 'AA') && !Object.values(a.campaigns).some(({ purpose }) => purpose === 'cell');
      return a.phones && isFirst && a.plan.rows.some((row) => row.completes === 'staff-held') ? [house('call-in', { purpose: 'cell' })] : [];
    }
    case 'clockStarted':
      return [...(a.phones && entry.payload.clock === 'nu' ? [house('call-in', { purpose: 'cip' })] : []), ...(entry.payload.clock === 'nu' ? person('nu-ordered', whoWorks(a, ['CC', 'TS', 'RC', 'OP', 'OW']), {}) : []), ...oral(a, entry, person)];
    case 'stepNotApplicable':
      return oral(a, entry, person);
    case 'declarationReceived':
      return person('declaration', everybody(a), { declaration: entry.payload.declaration });
    case 'declarationAnswered': {
      if (entry.payload.to === a.id) return [];
      const { declaration, number, t0, to } = entry.payload;
      return [house(to ? 'attach-declared' : 'open-declared', { declaration, number, t0, ...(to ? { to } : {}) })];
    }
    case 'statementRequested':
      return [house('statement', { dueAt: entry.payload.dueAt })];
    case 'activationEnded': {
      // P26 is the engine's: an hour that ends before H+60 gets its statement at its end.
      const dueAt = missingStatement(a);
      return [...(dueAt === undefined ? [] : [house('statement', { dueAt: toInstant(dueAt) })]), ...hangUps(a, entry, inFlight(a).map(({ attempt }) => attempt.id!))];
    }
    case 'planFrozen': // 47.1: whoever opened, the directeur de cabinet and the agent on call are called until one takes charge.
      return a.phones && a.plan.rows.some((row) => row.completes === 'acknowledged') ? [house('call-in', { purpose: 'charge' })] : [];
    case 'attemptsIntended':
      return entry.payload.items.map(({ attempt, way, person: to, contact }) => ({
        ...base, id: `${a.id}/${entry.seq}/${LEAVES[way]}/${attempt}`, channel: way, kind: LEAVES[way], body: { attempt, person: to, contact, campaign: entry.payload.campaign },
      }));
    case 'attemptsCancelled':
      return hangUps(a, entry, entry.payload.attempts);
    case 'attemptsMoved':
      // In doubt: the provider is asked before anybody is called twice.
      return entry.payload.items.filter(({ state }) => state === 'doubt').flatMap(({ attempt: id }) => {
        const found = attemptOf(a, id);
        return found ? [{ ...base, id: `${a.id}/${entry.seq}/ask/${id}`, channel: found.attempt.way as Way, kind: 'ask' as const, body: askable(found) }] : [];
      });
    default:
      return [];
  }
}

/** Another event's T0 leaves even as this one ends; so does what stops telephones from ringing for nothing. */
const AFTER_THE_END = new Set<ActivationEntry['type']>(['declarationAnswered', 'activationEnded', 'attemptsCancelled']);
const LEAVES = { voice: 'call', sms: 'text', mail: 'letter' } as const satisfies Record<Way, Effect['kind']>;

/** Calls that the provider already has; what has not left yet is not wanted any more, and stays. */
function hangUps(a: Readonly<Activation>, { seq }: ActivationEntry, attempts: readonly string[]): Effect[] {
  return attempts.flatMap((id) => {
    const found = attemptOf(a, id);
    if (!found || found.attempt.sid === undefined) return [];
    return [{ id: `${a.id}/${seq}/hang-up/${id}`, activation: a.id, seq, lane: a.lane, channel: 'voice' as const, kind: 'hang-up' as const, body: askable(found) }];
  });
}

function askable({ attempt, target, campaign }: NonNullable<ReturnType<typeof attemptOf>>): Effect['body'] {
  const { id, contact, sid, account } = attempt;
  return { attempt: id, person: target.person, contact, campaign: campaign.id, ...(sid === undefined ? {} : { sid }), ...(account === undefined ? {} : { account }) };
}

type ToPeople = (kind: Effect['kind'], people: Iterable<string>, body: Effect['body']) => Effect[];

function oral(a: Readonly<Activation>, entry: ActivationEntry, person: ToPeople): Effect[] {
  const isOral = a.orals.some((one) => one.seq === entry.seq);
  return isOral ? person('oral-to-confirm', whoWorks(a, ['DC']), { entry: entry.seq }) : [];
}

/** The steps of visa that a completed step was waiting for. */
function visasAwaited(a: Readonly<Activation>, step: string) {
  return a.plan.rows.filter((row) => row.evidence === 'visa' && row.after?.includes(step) && isOpen(a, row.id) && rowOf(a, row.id));
}

function holders(a: Readonly<Activation>, functions: readonly FunctionCode[]): string[] {
  return functions.flatMap((code) => a.functions[code].holder ?? []);
}

/**
 * Who holds one of these functions; else everybody who holds one; else whoever opened; else, where a script or the engine
 * did, whoever has a board open: a request never falls into the void.
 */
function whoWorks(a: Readonly<Activation>, functions: readonly FunctionCode[]): string[] {
  const found = holders(a, functions);
  if (found.length > 0) return found;
  const anybody = holders(a, FUNCTIONS);
  if (anybody.length > 0) return anybody;
  return [a.people.includes(a.openedBy) ? a.openedBy : EVERYBODY];
}

function everybody(a: Readonly<Activation>): string[] {
  const concerned = a.people.filter((account) => heldBy(a, account).length > 0 || account === a.openedBy);
  return concerned.length > 0 ? concerned : [EVERYBODY];
}

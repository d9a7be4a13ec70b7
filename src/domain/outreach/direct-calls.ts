import type { CommandOf, Context } from '../commands.js';
import type { Entry } from '../entry.js';
import type { NewEvent, Payloads } from '../events.js';
import { mayWork } from '../plan/steps.js';
import { rowOf } from '../plan/timing.js';
import { refuse, type Refusal } from '../refusal.js';
import type { Activation, Contact } from '../state.js';
import { toMs } from '../time.js';

type Decision = NewEvent[] | Refusal;

/** 48.1, by hand: numbers pasted on a step. Names and numbers lie in the vault; the journal holds random ids. */
export function pasteCallList(a: Readonly<Activation>, command: CommandOf<'paste-call-list'>, context: Context): Decision {
  const refusal = mayCall(a, command.step, context);
  if (refusal) return refusal;
  const there = new Set(a.contacts[command.step]?.map((contact) => contact.person));
  const contacts = command.contacts.filter(({ person }) => !there.has(person) && there.add(person));
  return contacts.length === 0 ? [] : [{ type: 'callListPasted', payload: { step: command.step, contacts } }];
}

/** Whoever may work a step may call for it, and nobody else. */
function mayCall(a: Readonly<Activation>, step: string, { rights }: Context): Refusal | undefined {
  const row = rowOf(a, step);
  if (!row) return refuse('unknown-step', { step });
  return mayWork(rights, row, a.lane) ? undefined : refuse('forbidden', { step });
}

/** What came of one call. Each call is a fact: the same outcome twice is two calls. */
export function recordCall(a: Readonly<Activation>, command: CommandOf<'record-call'>, context: Context): Decision {
  const { step, person, outcome, note } = command;
  const refusal = mayCall(a, step, context);
  if (refusal) return refusal;
  if (!contactOf(a.contacts[step] ?? [], person)) return refuse('unknown-contact', { person });
  return [{ type: 'callRecorded', payload: { step, person, outcome, ...(note ? { note } : {}) } }];
}

type CallEvents = Pick<Payloads, 'callListPasted' | 'callRecorded'>;
export type CallEntry = { [T in keyof CallEvents]: Entry<T, CallEvents[T]> }[keyof CallEvents];

export function evolveCalls(a: Activation, entry: CallEntry): void {
  const { step } = entry.payload;
  const contacts = (a.contacts[step] ??= []);
  if (entry.type === 'callListPasted') {
    for (const { person, line } of entry.payload.contacts) contacts.push({ person, line, seq: entry.seq, calls: [] });
    return;
  }
  const { person, outcome } = entry.payload;
  contactOf(contacts, person)?.calls.push({ seq: entry.seq, outcome, at: toMs(entry.occurredAt), by: entry.by });
}

/** Where each person stands in a list of calls; a memo of the list, which only grows, and of nothing else. */
const places = new WeakMap<readonly Contact[], Map<string, Contact>>();

/** 4,500 people called in one night: found without reading the whole list at each call. */
function contactOf(contacts: readonly Contact[], person: string): Contact | undefined {
  let known = places.get(contacts);
  if (known?.size !== contacts.length) {
    known = new Map(contacts.map((contact) => [contact.person, contact]));
    places.set(contacts, known);
  }
  return known.get(person);
}

/** Acknowledged is one's word to an agent who records it: never an answer, nor "told by somebody else" (domain.md part 2). */
export function callTally(contacts: readonly Contact[]): { total: number; tried: number; acknowledged: number } {
  return {
    total: contacts.length,
    tried: contacts.filter((contact) => contact.calls.length > 0).length,
    acknowledged: contacts.filter((contact) => contact.calls.some((call) => call.outcome === 'acknowledged')).length,
  };
}

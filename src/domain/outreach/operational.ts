import type { CommandOf } from '../commands.js';
import type { Entry } from '../entry.js';
import type { NewEvent, Payloads } from '../events.js';
import { refuse, type Refusal } from '../refusal.js';
import type { Activation } from '../state.js';
import { toMs } from '../time.js';

/** 47, P04: the cell is operational, with whom is there. Said again with others, it is corrected; the first time stands. */
export function declareOperational(a: Readonly<Activation>, command: CommandOf<'declare-operational'>): NewEvent[] | Refusal {
  const people = [...new Set(command.people)];
  if (people.length === 0) return refuse('nobody-there');
  return a.operational?.people.join() === people.join() ? [] : [{ type: 'operationalDeclared', payload: { people } }];
}

export function evolveOperational(a: Activation, entry: Entry<'operationalDeclared', Payloads['operationalDeclared']>): void {
  a.operational = { people: entry.payload.people, at: toMs(entry.occurredAt), seq: entry.seq, by: entry.by };
}

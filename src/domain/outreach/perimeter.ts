import type { CommandOf } from '../commands.js';
import type { Entry } from '../entry.js';
import type { NewEvent, Payloads } from '../events.js';
import { refuse, type Refusal } from '../refusal.js';
import type { Activation, Outreach } from '../state.js';
import { toMs } from '../time.js';
import type { Circle, FrozenTarget } from './targets.js';
import { forget } from './waiting.js';

/** An entry of the journal stays readable: more targets make more entries, of one commit. */
const TARGETS_AN_ENTRY = 500;

export function noOutreach(): Outreach {
  return { circles: {}, targets: {}, byCommune: {}, campaigns: [], claims: {}, changedAt: 0 };
}

/** P05: who is concerned is a decision, and it is recorded. Frozen again, a circle is replaced; what was done in it stays. */
export function freezePerimeter(a: Readonly<Activation>, command: CommandOf<'freeze-perimeter'>): NewEvent[] | Refusal {
  const { circle, list, targets } = command;
  const communes = [...new Set(command.communes)];
  if (communes.length === 0) return refuse('empty-perimeter');
  const other = a.outreach.circles[circle === 1 ? 2 : 1];
  const twice = communes.find((code) => other?.communes.includes(code));
  // What circle 1 gains, circle 2 loses: a commune is called for one reason. The other way round is a mistake.
  if (circle === 2 && twice !== undefined) return refuse('commune-in-circle-1', { commune: twice });
  if (isFrozen(a.outreach, circle, communes, targets)) return [];
  const events: NewEvent[] = [{ type: 'perimeterFrozen', payload: { circle, communes, ...(list === undefined ? {} : { list }) } }];
  for (let i = 0; i < targets.length; i += TARGETS_AN_ENTRY) {
    events.push({ type: 'targetsFrozen', payload: { circle, items: targets.slice(i, i + TARGETS_AN_ENTRY) } });
  }
  return events;
}

function isFrozen(o: Readonly<Outreach>, circle: Circle, communes: readonly string[], targets: readonly FrozenTarget[]): boolean {
  const there = o.circles[circle];
  if (!there || there.communes.join() !== communes.join()) return false;
  return targets.every(({ person, version, commune }) => o.targets[person]?.version === version && o.byCommune[commune]?.includes(person));
}

/** P10: circle 2 is proposed; refusing it takes a reason. */
export function refuseCircle(a: Readonly<Activation>, { reason }: CommandOf<'refuse-circle'>): NewEvent[] | Refusal {
  if (a.outreach.circles[2]) return refuse('circle-frozen');
  return a.outreach.refused?.reason.digest === reason.digest ? [] : [{ type: 'circleRefused', payload: { circle: 2, reason } }];
}

type PerimeterEvents = Pick<Payloads, 'perimeterFrozen' | 'targetsFrozen' | 'circleRefused'>;
export type PerimeterEntry = { [T in keyof PerimeterEvents]: Entry<T, PerimeterEvents[T]> }[keyof PerimeterEvents];

export function evolvePerimeter(a: Activation, entry: PerimeterEntry): void {
  const o = a.outreach;
  o.changedAt = entry.seq;
  forget(a);
  switch (entry.type) {
    case 'perimeterFrozen': {
      const { circle, communes, list } = entry.payload;
      o.circles[circle] = { communes, seq: entry.seq, at: toMs(entry.occurredAt), by: entry.by, ...(list === undefined ? {} : { list }) };
      if (circle === 1 && o.circles[2]) {
        const gained = new Set(communes);
        o.circles[2].communes = o.circles[2].communes.filter((code) => !gained.has(code));
      }
      // Whoever was tried stays; the others are named anew by what follows.
      for (const code of communes) {
        const kept = (o.byCommune[code] ?? []).filter((person) => o.targets[person]!.attempts.length > 0);
        for (const person of o.byCommune[code] ?? []) if (!kept.includes(person)) delete o.targets[person];
        o.byCommune[code] = kept;
      }
      return;
    }
    case 'targetsFrozen':
      for (const item of entry.payload.items) {
        const attempts = o.targets[item.person]?.attempts ?? [];
        o.targets[item.person] = { ...item, seq: entry.seq, attempts };
        const there = (o.byCommune[item.commune] ??= []);
        if (!there.includes(item.person)) there.push(item.person);
      }
      return;
    case 'circleRefused':
      o.refused = { seq: entry.seq, at: toMs(entry.occurredAt), by: entry.by, reason: entry.payload.reason };
  }
}

import type { CallOutcome } from '../events.js';
import type { OutsideOutcome } from '../outreach/targets.js';
import { DAY, type Ms } from '../time.js';
import { nameKey } from './names.js';
import { hasEnded, numbersOf, type LocalDate, type Person } from './person.js';

/** What there is to mend, the most urgent first: what fails at night before what is untidy by day. */
export const FLAWS = ['no-mobile', 'failed-number', 'no-mayor', 'no-contact', 'same-number', 'same-person', 'ended', 'not-checked'] as const;
export type Flaw = (typeof FLAWS)[number];

/** What came of a call to a number: a person's, or an outside automaton's. */
export type NumberOutcome = CallOutcome | OutsideOutcome;

/** One thing to mend: a commune, or people; `number` is the place of the contact in the first one's list. */
export interface Finding {
  commune: string | null;
  people: readonly string[];
  contact?: number;
  outcome?: NumberOutcome;
}

/** A hundred points in all. Each part: of so many, so many are as they should be. */
export const PART_POINTS = { 'night': 40, 'numbers': 15, 'mayors': 15, 'contacts': 10, 'checked': 15, 'tidy': 5 } as const;
export type QualityPart = keyof typeof PART_POINTS;
export interface PartScore {
  part: QualityPart;
  points: number;
  of: number;
  right: number;
}

export interface Quality {
  /** 0 to 100; 100 means that nothing is left to mend. */
  score: number;
  parts: PartScore[];
  findings: Record<Flaw, Finding[]>;
}

export interface QualityGiven {
  people: Iterable<Person>;
  /** Those that one answers for. */
  communes: readonly string[];
  today: LocalDate;
  now: Ms;
  /** A contact that nobody has checked for longer is said so. */
  freshFor: Ms;
  outcomes: readonly { person: string; number: string; outcome: NumberOutcome }[];
}

/** A refusal is a person's choice, a call to make again a promise, a machine or an engaged line somebody's: none says anything of the number. */
const FAILED: readonly NumberOutcome[] = ['wrong-number', 'invalid', 'failed', 'no-answer'];

/** Issue 4.3: what fails at night was wrong in the list by day. */
export function qualityOf({ people, communes, today, now, freshFor, outcomes }: QualityGiven): Quality {
  const findings = Object.fromEntries(FLAWS.map((flaw) => [flaw, []])) as unknown as Record<Flaw, Finding[]>;
  const find = (flaw: Flaw, commune: string | null, who: readonly string[], more: Omit<Finding, 'commune' | 'people'> = {}) => findings[flaw].push({ commune, people: who, ...more });
  const last = new Map(outcomes.map(({ person, number, outcome }) => [`${person} ${number}`, outcome]));
  const reached = new Set<string>();
  const governed = new Set<string>();
  const byNumber = new Map<string, string[]>();
  const byName = new Map<string, string[]>();
  let everybody = 0, officials = 0, contacts = 0, numbers = 0;

  for (const person of people) {
    const { id, commune, kind } = person;
    everybody++;
    if (hasEnded(person, today)) {
      find('ended', commune, [id]);
      continue;
    }
    if (kind === 'official') {
      officials++;
      if (person.contacts.length === 0) find('no-contact', commune, [id]);
      if (person.office === 'maire') governed.add(commune!);
      // 48.1: at night a town hall's line rings in an empty house; a mobile may wake somebody.
      if (numbersOf(person).some(({ line }) => line === 'mobile')) reached.add(commune!);
    }
    if (kind !== 'town-hall') grouped(byName, `${kind} ${commune ?? ''} ${nameKey(person)}`, id);
    person.contacts.forEach((contact, place) => {
      contacts++;
      if (contact.checkedAt === null || now - contact.checkedAt > freshFor) find('not-checked', commune, [id], { contact: place });
      if (contact.kind === 'email') return;
      numbers++;
      grouped(byNumber, contact.number, id);
      const outcome = last.get(`${id} ${contact.number}`);
      if (outcome && FAILED.includes(outcome)) find('failed-number', commune, [id], { contact: place, outcome });
    });
  }
  for (const commune of communes) {
    if (!reached.has(commune)) find('no-mobile', commune, []);
    if (!governed.has(commune)) find('no-mayor', commune, []);
  }
  for (const ids of byNumber.values()) if (ids.length > 1) find('same-number', null, ids);
  for (const ids of byName.values()) if (ids.length > 1) find('same-person', null, ids);
  findings['failed-number'].sort((x, y) => FAILED.indexOf(x.outcome!) - FAILED.indexOf(y.outcome!));

  const wrong = (...flaws: Flaw[]) => flaws.reduce((sum, flaw) => sum + findings[flaw].length, 0);
  const untidy = new Set([...findings['same-number'], ...findings['same-person'], ...findings.ended].flatMap((one) => one.people)).size;
  const parts = [
    part('night', communes.length, wrong('no-mobile')),
    part('numbers', numbers, wrong('failed-number')),
    part('mayors', communes.length, wrong('no-mayor')),
    part('contacts', officials, wrong('no-contact')),
    part('checked', contacts, wrong('not-checked')),
    part('tidy', everybody, untidy),
  ];
  // A part of which there is nothing yet says nothing; an empty directory has none but its communes, which nobody can reach.
  const counted = parts.filter(({ of }) => of > 0);
  const most = counted.reduce((sum, { part: name }) => sum + PART_POINTS[name], 0);
  const points = counted.reduce((sum, { part: name, of, right }) => sum + (PART_POINTS[name] * right) / of, 0);
  return { score: most === 0 ? 0 : wrong(...FLAWS) === 0 ? 100 : Math.min(99, Math.floor((100 * points) / most)), parts, findings };
}

/** Whoever's mandate ended longer ago than that may be erased (RGPD): proposed, never done by itself. */
export function isToPurge(person: Pick<Person, 'until'>, today: LocalDate, afterDays: number): boolean {
  return person.until !== null && Date.parse(person.until) + afterDays * DAY < Date.parse(today);
}

function part(name: QualityPart, of: number, wrong: number): PartScore {
  const right = of - wrong;
  return { part: name, points: of === 0 ? 0 : Math.floor((PART_POINTS[name] * right) / of), of, right };
}

function grouped(groups: Map<string, string[]>, key: string, id: string): void {
  const there = groups.get(key);
  if (!there) groups.set(key, [id]);
  else if (!there.includes(id)) there.push(id);
}

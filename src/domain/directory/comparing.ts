import type { LineReason } from './imports.js';
import { nameKey } from './names.js';
import { isListTitle, rankOfOffice } from './official-functions.js';
import { hasEnded, type ContactPoint, type LocalDate, type Office, type Person, type PersonContent } from './person.js';

/** Somebody as a line of a file names them. */
export interface Named {
  line: number;
  kind: 'official' | 'town-hall';
  commune: string;
  /** Both empty: whoever holds that function there. */
  lastName: string;
  firstName: string;
  office: Office | null;
  /** Null where the list says nothing of it. */
  order: number | null;
  title: string;
  since: LocalDate | null;
  contacts: readonly ContactPoint[];
  /** Tells namesakes from a line that stands twice, while the file is read; never kept. */
  apart: string;
  /** As the report shows the line. */
  shown: string;
}

/** What a kind of file is believed about. */
export interface Believed {
  /** RNE and DILA: the office, the title and the dates; a préfecture's own list: how to reach them. */
  mandates: boolean;
  contacts: boolean;
  /** Whoever held one of these in a commune that the file names, and whom it names no longer, has ended. */
  ends: readonly Office[];
}

export type Proposed =
  | { action: 'added'; line: number; reason: LineReason | null; content: PersonContent; shown: string }
  | { action: 'changed' | 'ended'; line: number; reason: LineReason | null; known: Person; content: PersonContent; shown: string }
  | { action: 'rejected'; line: number; reason: LineReason; shown: string }
  | { action: 'unchanged' };

/**
 * 48.1: what a file would change of one commune's people. Whoever has the same name is the same person, also in another
 * office: a deputy who becomes mayor keeps the numbers. The order of the file's lines never matters.
 */
export function compareCommune(known: readonly Person[], lines: readonly Named[], believed: Believed, today: LocalDate): Proposed[] {
  const proposed: Proposed[] = [];
  const keyOf = oncePerName();
  const free = new Set(known);
  const pairs: { named: Named; person: Person | undefined }[] = [];
  const named = withoutDoubles(lines, keyOf, (double) => proposed.push({ action: 'rejected', line: double.line, reason: 'duplicate', shown: double.shown }));
  // The surest first: the same office, then the same name in another one.
  for (const isSure of [true, false]) {
    for (const one of named) {
      if (pairs.some((pair) => pair.named === one)) continue;
      const person = matchOf(one, free, isSure, today, keyOf);
      if (person) free.delete(person);
      if (person || !isSure) pairs.push({ named: one, person });
    }
  }
  const mayor = pairs.find((pair) => pair.named.office === 'maire')?.named;
  for (const { named: one, person } of pairs) proposed.push(person ? changed(person, one, believed, today) : added(one, free, believed, today));
  if (named.length > 0) {
    for (const person of free) {
      if (person.office === null || !believed.ends.includes(person.office) || person.kind !== 'official' || hasEnded(person, today)) continue;
      const until = endOf(person, person.office === 'maire' ? mayor?.since ?? null : null, today);
      if (hasEnded(person, until) || person.until === until) continue;
      proposed.push({ action: 'ended', line: 0, reason: null, known: person, content: { ...contentOf(person), until }, shown: `${person.lastName} ${person.firstName}, ${person.title}`.trim() });
    }
  }
  return proposed.sort((x, y) => lineOf(x) - lineOf(y));
}

type KeyOf = (one: Named | Person) => string;

/** Everybody is compared with everybody of their commune: each name is taken apart once. */
function oncePerName(): KeyOf {
  const keys = new Map<Named | Person, string>();
  return (one) => {
    const known = keys.get(one);
    if (known !== undefined) return known;
    const key = nameKey(one);
    keys.set(one, key);
    return key;
  };
}

const lineOf = (one: Proposed) => ('line' in one ? one.line : 0);

/** In an order that the lines of the file do not decide; namesakes stay, a line that stands twice goes. */
function withoutDoubles(lines: readonly Named[], keyOf: KeyOf, onDouble: (line: Named) => void): Named[] {
  if (lines.length < 2) return [...lines];
  const seen = new Map<string, Named>();
  for (const one of [...lines].sort((x, y) => latest(x, y) || x.line - y.line)) {
    const key = JSON.stringify([one.kind, keyOf(one), one.office, one.order, one.apart, one.lastName === '' ? one.contacts : null]);
    if (seen.has(key)) onDouble(one);
    else seen.set(key, one);
  }
  // Of namesakes, those whose line says a date choose first.
  const dateless = ({ since }: Named) => (since === null ? 1 : 0);
  return [...seen].sort(([x, one], [y, other]) => dateless(one) - dateless(other) || (x < y ? -1 : 1)).map(([, one]) => one);
}

/** Of a person who stands twice, the line that began last counts. */
function latest(x: Named, y: Named): number {
  return x.since === y.since ? 0 : (x.since ?? '') > (y.since ?? '') ? -1 : 1;
}

function matchOf(one: Named, free: ReadonlySet<Person>, isSure: boolean, today: LocalDate, keyOf: KeyOf): Person | undefined {
  if (free.size === 0) return undefined;
  if (one.kind === 'town-hall') return [...free].filter((person) => person.kind === 'town-hall').sort(byId)[0];
  const officials = [...free].filter((person) => person.kind === 'official');
  if (one.lastName === '' && one.firstName === '') {
    const holders = officials.filter((person) => person.office === one.office && !hasEnded(person, today) && (one.office !== 'adjoint' || person.order === one.order));
    return holders.length === 1 ? holders[0] : undefined;
  }
  const key = keyOf(one);
  const same = officials.filter((person) => keyOf(person) === key && (!isSure || person.office === one.office));
  // Of namesakes, the one of the same rank, who began that day; somebody in office before somebody who no longer is.
  return same.sort((x, y) => distance(x, one, today) - distance(y, one, today) || byId(x, y))[0];
}

function distance(person: Person, one: Named, today: LocalDate): number {
  return (hasEnded(person, today) ? 4 : 0) + (person.order === one.order ? 0 : 2) + (person.since === one.since ? 0 : 1);
}

const byId = (x: Person, y: Person) => (x.id < y.id ? -1 : 1);

function added(one: Named, others: ReadonlySet<Person>, believed: Believed, today: LocalDate): Proposed {
  const { line, kind, commune, lastName, firstName, shown, since, contacts } = one;
  if (kind === 'official' && lastName === '' && firstName === '') return { action: 'rejected', line, reason: 'nobody-of-that-function', shown };
  const office = kind === 'town-hall' ? null : (one.office ?? 'autre');
  const content: PersonContent = {
    kind, lastName, firstName, office, title: one.title, order: one.order ?? (office === null ? 0 : rankOfOffice(office)), commune, organisation: '', account: null,
    since, until: null, contacts: [...contacts],
  };
  const rival = office === 'maire' && [...others].some((person) => person.office === 'maire' && !hasEnded(person, today));
  return { action: 'added', line, reason: rival ? (believed.ends.includes('maire') ? 'new-mayor' : 'another-mayor') : null, content, shown };
}

function changed(person: Person, one: Named, believed: Believed, today: LocalDate): Proposed {
  const content = contentOf(person);
  let reason: LineReason | null = null;
  if (believed.mandates && one.kind === 'official') {
    const moved = one.office !== null && person.office !== 'autre' && person.office !== one.office;
    content.office = one.office ?? person.office;
    content.order = one.order ?? person.order;
    content.since = one.since ?? person.since;
    if (hasEnded(person, today)) {
      content.until = null;
      reason = 'mandate-resumed';
    } else if (content.until !== null && content.since !== null && content.until < content.since) content.until = null;
    // What somebody wrote by hand ("maire, vice-présidente de l’agglomération") is not overwritten silently.
    const isByHand = !isListTitle(person.title) && one.title !== '' && one.title !== person.title;
    if (!isByHand || moved) content.title = one.title || person.title;
    if (isByHand) reason ??= moved ? 'title-replaced' : 'title-kept';
  }
  if (!believed.mandates && content.title === '' && one.title !== '') content.title = one.title;
  if (believed.contacts) {
    content.contacts = contactsAfter(person, one);
    if (person.contacts.some((there) => !content.contacts.some((other) => valueOf(other) === valueOf(there)))) reason = 'contacts-replaced';
  }
  const isChanged = JSON.stringify(content) !== JSON.stringify(contentOf(person));
  return isChanged ? { action: 'changed', line: one.line, reason, known: person, content, shown: one.shown } : { action: 'unchanged' };
}

/** The list that counts replaces the numbers if it gives any, and the addresses likewise; what stays keeps the day on which it was last checked. */
function contactsAfter(person: Person, { contacts }: Named): ContactPoint[] {
  const after = (['phone', 'email'] as const).flatMap((kind) => {
    const known = person.contacts.filter((one) => one.kind === kind);
    const given = contacts.filter((one) => one.kind === kind);
    return given.length === 0 ? known : given.map((one) => known.find((there) => valueOf(there) === valueOf(one)) ?? one);
  });
  const isSame = after.length === person.contacts.length && (['phone', 'email'] as const).every((kind) => sequence(after, kind) === sequence(person.contacts, kind));
  return isSame ? person.contacts : after;
}

function sequence(contacts: readonly ContactPoint[], kind: ContactPoint['kind']): string {
  return contacts.filter((one) => one.kind === kind).map(valueOf).join(' ');
}

/** The day before the successor began, else yesterday; never before the mandate began. */
function endOf(person: Person, successorSince: LocalDate | null, today: LocalDate): LocalDate {
  const yesterday = dayBefore(today);
  const before = successorSince === null ? yesterday : dayBefore(successorSince);
  const until = before < yesterday ? before : yesterday;
  return person.since !== null && until < person.since ? person.since : until;
}

export function dayBefore(day: LocalDate): LocalDate {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

function valueOf(contact: ContactPoint): string {
  return contact.kind === 'phone' ? contact.number : contact.address;
}

function contentOf({ id: _, version: __, changedAt: ___, ...content }: Person): PersonContent {
  return content;
}

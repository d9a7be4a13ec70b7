import { plainWords } from '../directory/names.js';

/** Who a calendar names: in its attendees, in its title, or in both. */
export interface Written {
  /** The title of the event: "Astreinte AA : Jean Fictif". */
  summary: string;
  attendees: readonly { email: string; name: string }[];
}
/** Somebody whom a calendar may name: an agent of the directory, or an account. Words are plain: no accent, lower case. */
export interface Candidate {
  id: string;
  lastName: string;
  firstName: string;
  emails: readonly string[];
}
export type Recognised = { id: string } | { fault: 'nobody' | 'several' };

/**
 * Who is meant: by e-mail before anything else, then by an attendee's name, then by the title. A family name alone is
 * enough where a single person bears it; with homonyms the first name, or its initial, decides.
 */
export function recognise({ summary, attendees }: Written, candidates: readonly Candidate[]): Recognised {
  const emails = attendees.map(({ email }) => email.toLowerCase()).concat([...summary.matchAll(/[^\s<>()[\],;:]+@[^\s<>()[\],;:]+/g)].map(([one]) => one.toLowerCase()));
  const byEmail = distinct(candidates.filter((one) => one.emails.some((email) => emails.includes(email))));
  if (byEmail.length === 1) return { id: byEmail[0]!.id };
  let several = byEmail.length > 1;
  for (const text of [...attendees.map(({ name }) => name), summary]) {
    const found = named(plainWords(text), candidates);
    if (found.length === 1) return { id: found[0]!.id };
    several ||= found.length > 1;
  }
  return { fault: several ? 'several' : 'nobody' };
}

function named(text: string, candidates: readonly Candidate[]): Candidate[] {
  const words = ` ${text} `;
  const has = (name: string) => name !== '' && words.includes(` ${name} `);
  const family = candidates.filter(({ lastName }) => has(lastName));
  const full = family.filter(({ firstName }) => has(firstName));
  if (full.length > 0) return longest(full);
  const initial = family.filter(({ firstName }) => has(firstName.slice(0, 1)));
  return longest(initial.length > 0 ? initial : family);
}

/** "Martin" does not hide in "Martin Duval": the longer family name is the one that was written. */
function longest(found: readonly Candidate[]): Candidate[] {
  const most = Math.max(...found.map(({ lastName }) => lastName.length), 0);
  return distinct(found.filter(({ lastName }) => lastName.length === most));
}

function distinct(found: readonly Candidate[]): Candidate[] {
  return [...new Map(found.map((one) => [one.id, one])).values()];
}

/** "Hélène D’Œuvray" is found by "helene", "d oeuvray" and "oeuv". Each name of a list of 35,000 passes here: accents one by one, as they come. */
export function plainWords(text: string): string {
  const bare = text.replace(/[^\x00-\x7f]/g, withoutAccent).toLowerCase();
  return (/^[\x00-\x7f]*$/.test(bare) ? bare.replace(/[^a-z0-9@]+/g, ' ') : bare.replace(/[^\p{L}\p{N}@]+/gu, ' ')).trim();
}

const BARE = new Map<string, string>([['œ', 'oe'], ['Œ', 'oe'], ['æ', 'ae'], ['Æ', 'ae'], ['’', ' '], ['‘', ' '], ['–', ' ']]);

function withoutAccent(letter: string): string {
  const known = BARE.get(letter);
  if (known !== undefined) return known;
  const bare = letter.normalize('NFD').replace(/\p{M}/gu, '');
  // Of the letters that names are written with; never more than a list of them.
  if (BARE.size < 2_000) BARE.set(letter, bare);
  return bare;
}

const PARTICLES = new Set(['de', 'du', 'des', 'd', 'la', 'le', 'les', 'l', 'van', 'von', 'den', 'der']);

/**
 * The same for everybody who is written otherwise by another list: accents, case, hyphens, particles, the last name and
 * the first name swapped. A name that is nothing but particles ("Le", "La Du") keeps them.
 */
export function nameKey({ lastName, firstName }: { lastName: string; firstName: string }): string {
  const words = plainWords(`${lastName} ${firstName}`).split(' ');
  const telling = words.filter((word) => !PARTICLES.has(word));
  return (telling.length > 0 ? telling : words).sort().join(' ');
}

/** Lists write "D’ŒUVRAY" and "LE GOFF-MARTIN"; a name written in small letters stays as it is. */
export function asWritten(name: string): string {
  const trimmed = name.replace(/\s+/g, ' ').trim();
  if (trimmed !== trimmed.toUpperCase()) return trimmed;
  return trimmed.toLowerCase().replace(/(^|[ \-'’])([^ \-'’])/g, (_, before: string, letter: string) => before + letter.toUpperCase());
}

/** "Hélène D’Œuvray" is found by "helene", "d oeuvray" and "oeuv". */
export function plainWords(text: string): string {
  // Most of a list is plain: nothing to take apart.
  if (/^[\x20-\x7e]*$/.test(text)) return text.toLowerCase().replace(/[^a-z0-9@]+/g, ' ').trim();
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/œ/g, 'oe').replace(/æ/g, 'ae').replace(/[^\p{L}\p{N}@]+/gu, ' ').trim();
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
  if (trimmed !== trimmed.toLocaleUpperCase('fr')) return trimmed;
  return trimmed.toLocaleLowerCase('fr').replace(/(^|[\s\-'’])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toLocaleUpperCase('fr'));
}

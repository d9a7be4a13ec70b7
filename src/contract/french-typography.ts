const NARROW = '\u202f';
const NB = '\u00a0';

/**
 * Sets a text as French is printed: narrow no-break space before ; ! ?, no-break space before : and inside « »,
 * between a figure and its unit or its thousands, typographic apostrophe. Times ("02:14") are left alone.
 */
export function fr(text: string): string {
  return text
    .replace(/'/g, '’')
    .replace(/ ([;!?])/g, `${NARROW}$1`)
    .replace(/ :/g, `${NB}:`)
    .replace(/« /g, `«${NB}`)
    .replace(/ »/g, `${NB}»`)
    .replace(/(\d) (?=%|min\b|h\b|s\b|Mo\b|ko\b|px\b)/g, `$1${NB}`)
    .replace(/(\d) (?=\d{3}\b)/g, `$1${NARROW}`)
    .replace(/\bnº (?=\d)/g, `nº${NB}`)
    .replace(/× (?=\d)/g, `×${NARROW}`);
}

/** Every sentence of a table, set. */
export function frAll<K extends string>(words: Record<K, string>): Record<K, string> {
  return Object.fromEntries(Object.entries<string>(words).map(([key, text]) => [key, fr(text)])) as Record<K, string>;
}

/** "tenu" opens a label as "Tenu". */
export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase('fr') + text.slice(1);
}

/** "1 étape", "3 étapes"; French keeps the singular below two. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('fr-FR')}${NB}${Math.abs(number) < 2 ? one : many}`;
}

/** "a, b et c". */
export function listed(items: readonly string[]): string {
  return new Intl.ListFormat('fr', { type: 'conjunction' }).format(items);
}

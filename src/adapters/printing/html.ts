/** Markup that is safe as it stands; made by `html` alone, which escapes every text put into it. */
export class Html {
  constructor(readonly markup: string) {}
}

export type Part = Html | string | number | null | undefined | false | readonly Part[];

/** html`<p>${typed}</p>`: what stands in the template is markup, what is put into it is text, unless it is Html itself. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  let markup = strings[0]!;
  for (const [i, part] of parts.entries()) markup += markupOf(part) + strings[i + 1]!;
  return new Html(markup);
}

/** The parts that there are, with something between them. */
export function joined(parts: readonly Part[], between: Part): Html {
  const there = parts.filter((part) => part !== null && part !== undefined && part !== false && part !== '');
  return new Html(there.map(markupOf).join(markupOf(between)));
}

/** Each part that there is on a line of its own. */
export function stack(...lines: readonly Part[]): Html {
  return new Html(lines.map(markupOf).filter((line) => line !== '').map((line) => `<div>${line}</div>`).join(''));
}

function markupOf(part: Part): string {
  if (part instanceof Html) return part.markup;
  if (part === null || part === undefined || part === false) return '';
  if (typeof part === 'object') return part.map(markupOf).join('');
  return escape(String(part));
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character]!);
}

import { inflateSync } from 'node:zlib';

/** What a PDF of ours says, page by page: its streams are inflated and its glyphs read back through their own tables. */
export function pdfText(bytes: Uint8Array): string[] {
  const text = Buffer.from(bytes).toString('latin1');
  if (!text.startsWith('%PDF-')) throw new Error('no PDF');
  const objects = new Map([...text.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, id, body]) => [id!, body!]));
  const stream = (id: string): string => {
    const [, raw = ''] = /stream\n([\s\S]*)\nendstream$/.exec(objects.get(id) ?? '') ?? [];
    return inflateSync(Buffer.from(raw, 'latin1')).toString('latin1');
  };
  const tables = new Map<string, Map<string, string>>();
  const tableOf = (font: string): Map<string, string> => {
    const known = tables.get(font);
    if (known) return known;
    const [, cmap] = /\/ToUnicode (\d+) 0 R/.exec(objects.get(font) ?? '') ?? [];
    const table = new Map<string, string>();
    for (const [, from, , list] of (cmap === undefined ? '' : stream(cmap)).matchAll(/<([0-9a-f]{4})> <([0-9a-f]{4})> \[([^\]]*)\]/gi)) {
      [...list!.matchAll(/<([0-9a-f]+)>/gi)].forEach(([, hex], i) =>
        table.set((parseInt(from!, 16) + i).toString(16).padStart(4, '0'), Buffer.from(hex!, 'hex').swap16().toString('utf16le')));
    }
    tables.set(font, table);
    return table;
  };
  const pages = [...objects.values()].filter((body) => /\/Type \/Page\n/.test(body) || /\/Type \/Page\b(?!s)/.test(body));
  return pages.map((page) => {
    const [, contents] = /\/Contents (\d+) 0 R/.exec(page) ?? [];
    const [, resources] = /\/Resources (\d+) 0 R/.exec(page) ?? [];
    const fonts = new Map([...(objects.get(resources ?? '') ?? page).matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name, id]) => [name!, id!]));
    let table = new Map<string, string>();
    const lines: string[] = [];
    for (const [, font, shown] of stream(contents ?? '').matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
      if (font !== undefined) table = tableOf(fonts.get(font) ?? '');
      else lines.push([...shown!.matchAll(/<([0-9a-f]*)>/gi)].map(([, hex]) => (hex!.match(/.{4}/g) ?? []).map((glyph) => table.get(glyph.toLowerCase()) ?? '').join('')).join(''));
    }
    return lines.join('\n');
  });
}

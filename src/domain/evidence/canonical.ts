/**
 * Canonical JSON: keys sorted by UTF-16 unit, no white space, `undefined` left out, as in RFC 8785 for the
 * values that entries hold (strings, booleans, null, safe integers, finite numbers, arrays, plain objects).
 * Throws on anything else: a line that cannot be read back identically must never be stored.
 */
export function canonical(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`no canonical form for ${value}`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    let text = '[';
    for (let i = 0; i < value.length; i++) text += (i === 0 ? '' : ',') + canonical(value[i]);
    return text + ']';
  }
  if (typeof value === 'object') {
    const object = value as Record<string, unknown>;
    let text = '{';
    for (const key of Object.keys(object).sort()) {
      if (object[key] === undefined) continue;
      text += (text === '{' ? '' : ',') + JSON.stringify(key) + ':' + canonical(object[key]);
    }
    return text + '}';
  }
  throw new TypeError(`no canonical form for a ${typeof value}`);
}

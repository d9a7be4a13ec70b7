// The telephone network's own reading of TwiML, strict: what Twilio would refuse is refused, and so is whatever we do not know.

export type Verb =
  | { verb: 'say'; text: string; language: string | undefined }
  | { verb: 'pause'; seconds: number }
  | { verb: 'gather'; digits: number; seconds: number; finish: string; action: string | undefined; prompt: Verb[] }
  | { verb: 'redirect'; url: string }
  | { verb: 'message'; text: string }
  | { verb: 'hangup' };

interface Element {
  name: string;
  attributes: Record<string, string>;
  children: (Element | string)[];
}

const KNOWN: Record<string, readonly string[]> = {
  Response: [], Say: ['language', 'voice', 'loop'], Pause: ['length'], Hangup: [], Redirect: ['method'], Message: [],
  Gather: ['input', 'numDigits', 'timeout', 'finishOnKey', 'action', 'method', 'actionOnEmptyResult'],
};
const MOST_BYTES = 64 * 1024;
const MOST_SAID = 4_096;

/** Throws with what is wrong. */
export function readTwiml(document: string): Verb[] {
  if (Buffer.byteLength(document) > MOST_BYTES) throw new Error('more than 64 kB (11750)');
  const root = parse(document);
  if (root.name !== 'Response') throw new Error(`<${root.name}> instead of <Response>`);
  return root.children.map(verbOf);
}

function verbOf(node: Element | string): Verb {
  if (typeof node === 'string') throw new Error(`text outside of a verb: ${node.slice(0, 40)}`);
  const { name, attributes } = node;
  switch (name) {
    case 'Say': {
      const text = textOf(node);
      if (text.length > MOST_SAID) throw new Error('a Say of more than 4096 characters (13520)');
      return { verb: 'say', text, language: attributes['language'] };
    }
    case 'Pause': return { verb: 'pause', seconds: Number(attributes['length'] ?? 1) };
    case 'Gather': return {
      verb: 'gather', digits: Number(attributes['numDigits'] ?? Infinity), seconds: Number(attributes['timeout'] ?? 5), finish: attributes['finishOnKey'] ?? '#',
      action: attributes['action'], prompt: node.children.map(verbOf),
    };
    case 'Redirect': return { verb: 'redirect', url: textOf(node) };
    case 'Message': return { verb: 'message', text: textOf(node) };
    case 'Hangup': return { verb: 'hangup' };
    default: throw new Error(`<${name}> is not known here`);
  }
}

function textOf({ name, children }: Element): string {
  return children.map((child) => {
    if (typeof child !== 'string') throw new Error(`<${child.name}> inside of <${name}>`);
    return child;
  }).join('');
}

const TOKEN = /<\?xml[^>]*\?>|<\/([A-Za-z]+)\s*>|<([A-Za-z]+)((?:\s+[A-Za-z]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;

function parse(document: string): Element {
  const top: Element = { name: '', attributes: {}, children: [] };
  const open = [top];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < document.length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(document);
    if (!token) throw new Error(`not XML at ${at}: ${document.slice(at, at + 40)}`);
    const [, closes, opens, attributes = '', alone, text] = token;
    const inside = open.at(-1)!;
    if (closes !== undefined && (open.length === 1 || open.pop()!.name !== closes)) throw new Error(`</${closes}> closes nothing`);
    if (opens !== undefined) {
      const element: Element = { name: opens, attributes: attributesOf(opens, attributes), children: [] };
      inside.children.push(element);
      if (alone === '') open.push(element);
    }
    if (text !== undefined && (text.trim() !== '' || open.length > 2)) inside.children.push(decoded(text));
  }
  const [root, ...others] = top.children;
  if (open.length > 1 || others.length > 0 || root === undefined || typeof root === 'string') throw new Error('not one whole XML document');
  return root;
}

function attributesOf(element: string, text: string): Record<string, string> {
  const known = KNOWN[element];
  if (!known) throw new Error(`<${element}> is not known here`);
  return Object.fromEntries([...text.matchAll(/([A-Za-z]+)="([^"]*)"/g)].map(([, name, value]) => {
    if (!known.includes(name!)) throw new Error(`${element} has no ${name}`);
    return [name, decoded(value!)];
  }));
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decoded(text: string): string {
  if (/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/.test(text)) throw new Error('a control character');
  return text.replace(/&(\w*);?/g, (all, name: string) => {
    if (!all.endsWith(';') || ENTITIES[name] === undefined) throw new Error(`« ${all} » is not an entity`);
    return ENTITIES[name]!;
  });
}

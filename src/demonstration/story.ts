import { RIGHTS, type Right } from '../domain/entry.js';
import { REFUSALS, type RefusalCode } from '../domain/refusal.js';
import { MINUTE, SECOND, type Ms } from '../domain/time.js';
import { plain, verbOf, type Said } from './language.js';

/** Somebody of the story: who they are called, and what their account may do. */
export interface Role {
  name: string;
  title: string;
  rights: Right[];
}

/** "- 24:30 Julien Roux vise…": when, by the T0 of the story; who; what; and the refusal that the story tells of, if any. */
export interface Line {
  /** In the file, for whoever mends it. */
  line: number;
  at: Ms;
  who: string;
  said: Said;
  /** What is asked of the product, as it stands in the file. */
  words: string;
  refused?: RefusalCode;
}

export interface Story {
  title: string;
  cast: Role[];
  lines: Line[];
}

/** The file of a story cannot be played; every fault at once, in French, for whoever wrote it. */
export class StoryRefused extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`Le récit ne peut pas être joué :\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

const CAST = /^- (?<name>[^,]+), (?<title>[^:]+?) ?: (?<rights>[a-z, ]+)$/;
const LINE = /^- (?<at>\d+:\d\d) (?<rest>.+)$/;
const EXPECTED = / → refusé : (?<code>[a-z-]+)$/;

/**
 * Reads the file of a story: Markdown whose list items are the cast, then the acts, each at its time from T0. Everything
 * else is prose for the reader. An item goes on over the lines that are indented below it.
 */
export function parseStory(text: string): Story {
  const faults: string[] = [];
  const story: Story = { title: '', cast: [], lines: [] };
  for (const { line, text: item } of itemsOf(text)) {
    const fault = (why: string) => faults.push(`ligne ${line} : ${why} (« ${item.slice(0, 60)} »)`);
    const heading = /^# (.+)$/.exec(item)?.[1];
    if (heading !== undefined) story.title ||= heading;
    if (!item.startsWith('- ')) continue;
    const act = LINE.exec(item)?.groups;
    if (act) {
      const read = readAct(act, story.cast);
      if (typeof read === 'string') fault(read);
      else if (read.at < (story.lines.at(-1)?.at ?? 0)) fault('elle vient après une ligne plus tardive');
      else story.lines.push({ line, ...read });
      continue;
    }
    const role = CAST.exec(item)?.groups;
    const rights = role?.['rights']!.split(',').map((right) => right.trim()) as Right[] | undefined;
    if (!role || !rights || rights.some((right) => !RIGHTS.includes(right))) fault('ni un rôle (« nom, titre : droits ») ni un geste (« mm:ss nom verbe »)');
    else story.cast.push({ name: role['name']!, title: role['title']!, rights });
  }
  if (story.lines[0]?.said.order !== 'open') faults.push('le premier geste doit ouvrir l’exercice');
  if (faults.length > 0) throw new StoryRefused(faults);
  return story;
}

function readAct({ at, rest }: Record<string, string>, cast: readonly Role[]): Omit<Line, 'line'> | string {
  const who = cast.find(({ name }) => rest!.startsWith(`${name} `) || rest!.startsWith(`${name}, `));
  if (!who) return 'personne de la distribution ne commence cette ligne';
  const expected = EXPECTED.exec(rest!);
  const code = expected?.groups?.['code'] as RefusalCode | undefined;
  if (code !== undefined && !REFUSALS.includes(code)) return `« ${code} » n’est pas un refus`;
  const words = rest!.slice(who.name.length, expected?.index).replace(/^ /, '');
  const said = verbOf(words, (name) => cast.some((role) => role.name === name));
  if (!said) return 'ce geste n’est pas du vocabulaire';
  return { at: storyTime(at!), who: who.name, said, words, ...(code ? { refused: code } : {}) };
}

/** "07:30": from T0. */
export function storyTime(words: string): Ms {
  const [minutes, seconds] = words.split(':').map(Number) as [number, number];
  return minutes * MINUTE + seconds * SECOND;
}

/** Lines of the file, those that go on an item joined to it, typed as a keyboard types: no typographic sign. */
function itemsOf(text: string): { line: number; text: string }[] {
  const items: { line: number; text: string }[] = [];
  for (const [i, raw] of text.split(/\r?\n/).entries()) {
    const last = items.at(-1);
    if (/^ {2,}\S/.test(raw) && last?.text.startsWith('- ')) last.text += ` ${plain(raw.trim())}`;
    else items.push({ line: i + 1, text: plain(raw.trimEnd()) });
  }
  return items;
}

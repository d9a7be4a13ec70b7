import { clockMinute } from '../../../contract/french-times.js';
import { fr } from '../../../contract/french-typography.js';
import { markedText } from '../../../domain/exercise-mark.js';
import type { Activation } from '../../../domain/state.js';
import { MINUTE, type Ms } from '../../../domain/time.js';

/** The next word is promised so long after this one. */
const NEXT_AFTER: Ms = 30 * MINUTE;

/** The pre-approved text with its blanks filled: {heure}, {prochain}, {lieu}, {préfecture}; marked in an exercise. */
export function reflexText(template: string, a: Readonly<Activation>, place: string, now: Ms): string {
  const blanks: Record<string, string> = {
    'heure': clockMinute(now, a.timeZone), 'prochain': clockMinute(now + NEXT_AFTER, a.timeZone),
    'lieu': place.trim() || 'dans notre département', 'préfecture': a.prefecture,
  };
  return markedText(a.lane, fr(template.replace(/\{([^}]+)\}/g, (blank, name: string) => blanks[name] ?? blank)));
}

/** What was typed as proof: each address a link, all the rest one text. */
export function proofsIn(seen: string): ({ kind: 'link'; url: string } | { kind: 'text'; text: string })[] {
  const lines = seen.split(/\n/).map((line) => line.trim()).filter((line) => line !== '');
  const links = lines.filter((line) => URL.canParse(line) && /^https?:/.test(line));
  const words = lines.filter((line) => !links.includes(line)).join('\n');
  return [...links.map((url) => ({ kind: 'link' as const, url })), ...(words === '' ? [] : [{ kind: 'text' as const, text: words }])];
}

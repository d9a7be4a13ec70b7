import type { Lane } from './entry.js';

/** What leaves an exercise begins and ends with this, put there by the engine, where nobody can remove it (domain.md part 6). */
export const EXERCISE_MARK = 'EXERCICE EXERCICE EXERCICE';

/** The test lane reaches real people: it is marked too. */
export function markOf(lane: Lane): string | null {
  return lane === 'real' ? null : EXERCISE_MARK;
}

export function marked(text: string, lane: Lane): string {
  const mark = markOf(lane);
  return mark === null ? text : `${mark} ${text} ${mark}`;
}

/** A file's name: the mark at both ends, the extension kept. */
export function markedFileName(name: string, lane: Lane): string {
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 && name.length - dot <= 6 ? name.slice(dot) : '';
  return marked(extension === '' ? name : name.slice(0, dot), lane) + extension;
}

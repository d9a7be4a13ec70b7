import type { Lane } from './entry.js';

/** What leaves an exercise begins and ends with this, put there by the engine, where nobody can remove it (domain.md part 6). */
export const EXERCISE_MARK = 'EXERCICE EXERCICE EXERCICE';

/** The test lane reaches real people: it is marked too. */
export function markOf(lane: Lane): string | null {
  return lane === 'real' ? null : EXERCISE_MARK;
}

/** A text with a line of its own at both ends. */
export function markedText(lane: Lane, text: string): string {
  const mark = markOf(lane);
  return mark === null ? text : `${mark}\n${text.replace(/\n+$/, '')}\n${mark}`;
}

/** A file's name: the mark at both ends, the extension kept last. */
export function markedFileName(lane: Lane, stem: string, extension: string): string {
  const mark = markOf(lane)?.replaceAll(' ', '-');
  return `${mark === undefined ? stem : `${mark}_${stem}_${mark}`}${extension === '' ? '' : `.${extension}`}`;
}

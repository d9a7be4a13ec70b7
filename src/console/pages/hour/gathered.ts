import { isSeen, type BoardEntry } from '../../board.js';
import type { ActivationEntry } from '../../../domain/events.js';
import { MINUTE, toMs } from '../../../domain/time.js';

const GATHERED = new Set<ActivationEntry['type']>(['attemptsIntended', 'attemptsMoved', 'attemptsCancelled', 'acknowledged']);

/**
 * What a campaign writes by hundreds a minute is one line a minute that opens; whatever somebody does or asks meanwhile stands
 * between them. In the order of the entries.
 */
export function gathered(entries: readonly BoardEntry[]): (BoardEntry | readonly ActivationEntry[])[] {
  const lines: (BoardEntry | ActivationEntry[])[] = [];
  for (const entry of entries) {
    const last = lines.at(-1);
    if (!isSeen(entry) || !GATHERED.has(entry.type)) lines.push(entry);
    else if (Array.isArray(last) && minuteOf(last[0]!) === minuteOf(entry)) last.push(entry);
    else lines.push([entry]);
  }
  return lines.map((line) => (Array.isArray(line) && line.length === 1 ? line[0]! : line));
}

function minuteOf({ occurredAt }: ActivationEntry): number {
  return Math.floor(toMs(occurredAt) / MINUTE);
}

import { clockMinute } from '../../../contract/french-times.js';
import { fr } from '../../../contract/french-typography.js';
import type { ActivationLine } from '../../../contract/live.js';
import { timeInside } from '../../../domain/clock/exercise-time.js';
import { MINUTE, type Ms } from '../../../domain/time.js';
import { AT_RISK } from '../../../domain/views/steps.js';
import type { ClockShown } from '../../../domain/views/board.js';
import type { ClockId } from '../../../domain/plan/plan.js';

export const kindWords: Record<ActivationLine['kind'], string> = { cod: fr('COD activé'), important: fr('Événement important') };

/** What to call an activation that may have no title yet. */
export function nameOf(line: ActivationLine): string {
  return line.title ?? fr(`${kindWords[line.kind]}, ouvert à ${clockMinute(line.openedAt, line.timeZone)}`);
}

/** The clocks of a line as its own page shows them, the nearest end first. */
export function clocksOf(line: ActivationLine, wall: Ms): ClockShown[] {
  const at = line.endedAt ?? timeInside(line.segments, wall);
  return line.clocks
    .map(({ id, t0, ends }): ClockShown => {
      const remaining = ends - at;
      const word = line.endedAt !== null ? 'stopped' : remaining < 0 ? 'overdue' : remaining <= AT_RISK ? 'at-risk' : 'on-time';
      return { id: id as ClockId, t0, ends, remaining, elapsed: at - t0, word, minutes: (ends - t0) / MINUTE };
    })
    .sort((x, y) => (x.remaining < 0 ? 1 : 0) - (y.remaining < 0 ? 1 : 0) || x.ends - y.ends);
}

/** Those that run: real ones first, then the latest. */
export function running(lines: readonly ActivationLine[]): ActivationLine[] {
  return lines
    .filter((line) => line.life === 'running')
    .sort((x, y) => (x.lane === 'real' ? 0 : 1) - (y.lane === 'real' ? 0 : 1) || y.openedAt - x.openedAt);
}

/** Those that do not run any more, the latest first, that contain what is searched. */
export function past(lines: readonly ActivationLine[], search: string): ActivationLine[] {
  const wanted = plain(search);
  return lines
    .filter((line) => line.life !== 'running' && (wanted === '' || plain(`${nameOf(line)} ${line.synergi ?? ''}`).includes(wanted)))
    .sort((x, y) => y.openedAt - x.openedAt);
}

/** Without accents nor capitals: "evenement" finds "Événement". */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
}

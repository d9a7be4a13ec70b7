import type { ReactNode } from 'react';
import { clockMinute } from '../../../contract/french-times.js';
import { fr } from '../../../contract/french-typography.js';
import type { Ms } from '../../../domain/time.js';
import type { StepShown } from '../../../domain/views/steps.js';
import { STATE_STYLE } from '../../ui/icons.js';
import { stateText } from '../../ui/state-label.js';

/** Until when, for a step that is still open: its state in a word where it worries, then the time that comes next. */
export function dueWords({ times: { target, deadline }, word }: StepShown, now: Ms, zone: string): ReactNode {
  const worries = word === 'at-risk' || word === 'overdue';
  return <>{worries && <strong className={STATE_STYLE[word].tone}>{stateText(word)}. </strong>}{fr(due(target, deadline, now, (at) => clockMinute(at, zone)))}</>;
}

function due(target: Ms | undefined, deadline: Ms | undefined, now: Ms, time: (at: Ms) => string): string {
  if (target !== undefined && now <= target) return `Avant ${time(target)}.`;
  if (deadline !== undefined) return now <= deadline ? `Échéance ${time(deadline)}.` : `Échéance passée à ${time(deadline)}.`;
  return target === undefined ? '' : `Cible passée à ${time(target)}.`;
}

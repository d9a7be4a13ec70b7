import type { ReactNode } from 'react';
import { conditionWords } from '../../contract/french.js';
import { clockMinute, clockTime } from '../../contract/french-times.js';
import { fr } from '../../contract/french-typography.js';
import type { Ms } from '../../domain/time.js';
import type { StepShown } from '../../domain/views/steps.js';
import type { StateWord } from '../ui/icons.js';
import { StateLabel } from '../ui/state-label.js';
import type { Axis } from './hour-axis.js';
import { HourBar } from './hour-bar.js';

interface HourRowProps {
  shown: StepShown;
  axis: Axis;
  now: Ms;
  zone: string;
  patterns: string;
  /** The name of its group, on the first row of it. */
  group: string;
  waits: boolean;
  isOpen: boolean;
  isStop: boolean;
  estimate?: Ms | undefined;
  renderOpen?: ((shown: StepShown) => ReactNode) | undefined;
  onSelect: () => void;
  onFocus: () => void;
}

/** One step: a button with its words, and its bar on the axis. */
export function HourRow({ shown, axis, now, zone, patterns, group, waits, isOpen, isStop, estimate, renderOpen, onSelect, onFocus }: HourRowProps) {
  const { row, lateBy } = shown;
  const lit = waits && (shown.step.status === 'todo' || shown.step.status === 'under-way');
  const word: StateWord = lit && (shown.word === 'todo' || shown.word === 'under-way') ? 'awaiting' : shown.word;
  return (
    <li className={isOpen ? 'open' : undefined}>
      <button
        type="button" className={`hour-row${lit ? ' waits' : ''}${isOpen ? ' selected' : ''} word-${word}`} title={fr(row.title)}
        {...(renderOpen ? { 'aria-expanded': isOpen } : { 'aria-pressed': isOpen })} tabIndex={isStop ? 0 : -1} onFocus={onFocus} onClick={onSelect}
      >
        <span className="hour-group-name" aria-hidden="true">{group}</span>
        <span className="hour-code">{row.id} </span>
        <span className="hour-name">{fr(row.short ?? row.title)}</span>
        <span className="hour-state"><span className="hidden">, </span><StateLabel word={word} lateBy={lateBy} size={13}>{word === 'done' ? doneText(shown, zone) : undefined}</StateLabel></span>
        <span className="hidden">{timesText(shown, zone)}</span>
        <span className="hour-axis">
          <HourBar shown={shown} word={word} axis={axis} now={now} patterns={patterns} progress={progressOf(shown)} estimate={estimate} />
        </span>
      </button>
      {isOpen && renderOpen && <div className="hour-open">{renderOpen(shown)}</div>}
    </li>
  );
}

interface HourAsideProps {
  steps: readonly StepShown[];
  /** Short title of a step, for "après « … »". */
  title: (step: string) => string;
  selected?: string | undefined;
  onSelect: (step: string) => void;
  renderOpen?: ((shown: StepShown) => ReactNode) | undefined;
}

/** What is outside of the hour, each with what would bring it in. */
export function HourAside({ steps, title, selected, onSelect, renderOpen }: HourAsideProps) {
  if (steps.length === 0) return null;
  const open = steps.find(({ row }) => row.id === selected);
  // Those that wait for the same thing are told together: "T0-NU, si le numéro unique est ordonné : N00 N01…".
  const reasons = new Map<string, StepShown[]>();
  for (const shown of steps) {
    const reason = shown.word === 'apart' ? conditionWords(shown.row.when, title) : 'à la fin';
    reasons.set(reason, [...(reasons.get(reason) ?? []), shown]);
  }
  return (
    <div className="hour-aside">
      <b>À part</b>
      <ul>
        {[...reasons].map(([reason, those]) => (
          <li key={reason}>
            <span>{reason}</span>
            {those.map(({ row }) => (
              <button
                key={row.id} type="button" className="bare-link" title={fr(row.title)} onClick={() => onSelect(row.id)}
                {...(renderOpen ? { 'aria-expanded': row.id === selected } : { 'aria-pressed': row.id === selected })}
              >
                {row.id}<span className="hidden"> {fr(row.short ?? row.title)}</span>
              </button>
            ))}
          </li>
        ))}
      </ul>
      {open && renderOpen && <div className="hour-open">{renderOpen(open)}</div>}
    </div>
  );
}

function doneText({ step, declaredAfterwards }: StepShown, zone: string): string {
  return `Fait à ${clockTime(step.doneAt!, zone)}${declaredAfterwards ? ', dit après' : ''}`;
}

/** "61 %" or "3/7" of those to call, or the rounds of a step that comes back. */
function progressOf({ calls, step, row }: StepShown): string | undefined {
  if (step.status !== 'todo' && step.status !== 'under-way') return undefined;
  if (calls) return calls.total > 20 ? `${Math.floor((calls.acknowledged / calls.total) * 100)}\u00a0%` : `${calls.acknowledged}/${calls.total}`;
  return row.every !== undefined && step.rounds.length > 0 ? `${step.rounds.length} fait${step.rounds.length > 1 ? 's' : ''}` : undefined;
}

function timesText({ times, calls }: StepShown, zone: string): string {
  const parts: string[] = [];
  if (times.target !== undefined) parts.push(`, cible ${clockMinute(times.target, zone)}`);
  if (times.deadline !== undefined) parts.push(`, échéance ${clockMinute(times.deadline, zone)}`);
  if (calls) parts.push(`, ${calls.acknowledged} ${calls.acknowledged < 2 ? 'acquitté' : 'acquittés'} sur ${calls.total}`);
  return parts.join('');
}

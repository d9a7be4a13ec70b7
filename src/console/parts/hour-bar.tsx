import type { ReactNode } from 'react';
import type { Ms } from '../../domain/time.js';
import type { StepShown } from '../../domain/views/steps.js';
import { Mark, STATE_STYLE, type StateWord } from '../ui/icons.js';
import { clip, part, percent, type Axis } from './hour-axis.js';

const H = 20;
const MID = H / 2;

interface BarProps {
  shown: StepShown;
  word: StateWord;
  axis: Axis;
  now: Ms;
  /** Prefix of the hatching patterns of this picture. */
  patterns: string;
  progress?: string | undefined;
  estimate?: Ms | undefined;
}

/** One step on the axis: its target, what is left to its deadline, the work done, and the mark of its state. */
export function HourBar({ shown, word, axis, now, patterns, progress, estimate }: BarProps) {
  const { times: { target, deadline }, step, row } = shown;
  if (word === 'apart') return <svg className="hour-bar" width="100%" height={H} aria-hidden="true" />;
  const x = (at: Ms) => part(axis, at);
  const { tone, pattern } = STATE_STYLE[word];
  const open = step.status === 'todo' || step.status === 'under-way';
  const worked = step.startedAt ?? (step.status === 'done' ? step.doneAt : undefined);
  const until = open ? Math.min(now, axis.to) : step.doneAt;
  const late = deadline !== undefined && (word === 'overdue' || word === 'done-late') ? (step.status === 'done' ? step.doneAt! : now) : undefined;
  const marked = step.status === 'done' || step.status === 'outside-cause' ? step.doneAt
    : word === 'missed' ? deadline
      : word === 'overdue' || step.status === 'under-way' || word === 'awaiting' ? now : undefined;
  return (
    <svg className={`hour-bar ${tone} bar-${pattern}${row.ours ? ' ours' : ''}`} width="100%" height={H} aria-hidden="true">
      {deadline !== undefined && <Span axis={axis} from={target ?? axis.t0} to={deadline} className="bar" height={row.ours && pattern !== 'crossed' ? 3 : 8} low={row.ours && pattern !== 'crossed'} fill={fillOf(pattern, patterns)} />}
      {late !== undefined && deadline !== undefined && <Span axis={axis} from={deadline} to={late} className="bar-late" height={8} />}
      {target !== undefined && x(target) >= 0 && x(target) <= 1 && <line className="bar-target" x1={percent(x(target))} x2={percent(x(target))} y1={MID - 7} y2={MID + 7} />}
      {worked !== undefined && until !== undefined && word !== 'not-applicable' && <Work axis={axis} from={worked} to={until} />}
      {estimate !== undefined && x(estimate) <= 1 && <svg x={percent(clip(x(estimate)))} y={MID} overflow="visible"><path className="bar-estimate" d="M0 -7l5 7l-5 7l-5-7z" /></svg>}
      {marked !== undefined && word !== 'not-applicable' && <Placed axis={axis} at={marked}><Mark word={word} /></Placed>}
      {progress && <svg x={percent(clip(x(now)))} y={MID} overflow="visible"><text className="bar-progress" x="11" y="4.6">{progress}</text></svg>}
    </svg>
  );
}

function fillOf(pattern: string, patterns: string): string | undefined {
  return pattern === 'hatched' || pattern === 'crossed' || pattern === 'dotted' ? `url(#${patterns}-${pattern})` : undefined;
}

function Span({ axis, from, to, className, height, low, fill }: { axis: Axis; from: Ms; to: Ms; className: string; height: number; low?: boolean | undefined; fill?: string | undefined }) {
  const start = part(axis, from);
  const end = part(axis, to);
  if (end <= 0 || start >= 1 || end <= start) return null;
  return <rect className={className} x={percent(clip(start))} width={percent(clip(end) - clip(start))} y={low ? MID + 2 : MID - height / 2} height={height} {...(fill ? { fill } : {})} />;
}

function Work({ axis, from, to }: { axis: Axis; from: Ms; to: Ms }) {
  const start = part(axis, from);
  const end = part(axis, to);
  if (end < 0 || start > 1) return null;
  return (
    <>
      <line className="bar-work" x1={percent(clip(start))} x2={percent(clip(end))} y1={MID} y2={MID} />
      {start >= 0 && <line className="bar-start" x1={percent(start)} x2={percent(start)} y1={MID - 4} y2={MID + 4} />}
    </>
  );
}

/** A mark at its instant; what left the window by the left stays at its edge, under an arrow. */
function Placed({ axis, at, children }: { axis: Axis; at: Ms; children: ReactNode }) {
  const where = part(axis, at);
  if (where < 0) return <path className="bar-before" d="M7 5L2 10l5 5" />;
  return <svg x={percent(clip(where))} y={MID} overflow="visible">{children}</svg>;
}

/** The patterns of the bars, once for a picture. */
export function BarPatterns({ id }: { id: string }) {
  return (
    <svg className="hour-patterns" width="0" height="0" aria-hidden="true">
      <defs>
        <pattern id={`${id}-hatched`} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="5" height="5" fill="var(--watch-bg)" /><path d="M0 0v5" stroke="var(--watch)" strokeWidth="1.8" />
        </pattern>
        <pattern id={`${id}-crossed`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0 0v6" stroke="var(--line2)" strokeWidth="1.6" />
        </pattern>
        <pattern id={`${id}-dotted`} width="5" height="4" patternUnits="userSpaceOnUse">
          <rect width="5" height="4" fill="var(--watch-bg)" /><circle cx="2.5" cy="2" r="1" fill="var(--watch)" />
        </pattern>
      </defs>
    </svg>
  );
}

/** Past, quarter hours, the end of the hour and now, behind the rows of a section. */
export function HourGrid({ axis, now }: { axis: Axis; now: Ms }) {
  const at = (instant: Ms) => percent(part(axis, instant));
  const inside = (instant: Ms) => part(axis, instant) >= 0 && part(axis, instant) <= 1;
  const line = (instant: Ms, className: string) => inside(instant) && <line key={`${className}${instant}`} className={className} x1={at(instant)} x2={at(instant)} y1="0" y2="100%" />;
  return (
    <svg className="hour-grid" width="100%" height="100%" aria-hidden="true">
      <rect className="grid-past" width={percent(clip(part(axis, now)))} height="100%" />
      {axis.ticks.map((tick) => line(tick.at, 'grid-tick'))}
      {axis.others.map((other) => line(other.at, 'grid-other'))}
      {axis.ends.map((end) => line(end, 'grid-end'))}
      {line(now, 'grid-now')}
    </svg>
  );
}

import type { ReactNode } from 'react';
import type { ClockWord } from '../../domain/views/board.js';
import type { StepWord } from '../../domain/views/steps.js';
import type { Verdict } from '../../domain/views/verdicts.js';

/** Every word that has a shape. A word has the same shape, colour and pattern everywhere. */
export type StateWord = StepWord | Verdict | ClockWord | 'awaiting';
export type Tone = 'off' | 'run' | 'wait' | 'watch' | 'ok' | 'over' | 'net';
/** How the bar of a step is filled, from its target to its deadline. */
export type Pattern = 'plain' | 'light' | 'hatched' | 'faded' | 'crossed' | 'filled' | 'dotted' | 'none';

const ground = 'var(--icon-ground, var(--surface))';
const disc = <circle cx="8" cy="8" r="7" fill="currentColor" />;
const square = <path d="M1 1h14v14H1z" fill="currentColor" />;
const box = <path d="M1.8 1.8h12.4v12.4H1.8z" fill={ground} stroke="currentColor" strokeWidth="1.7" />;
const tick = (d: string) => <path d={d} fill="none" stroke={ground} strokeWidth="2" />;

const SHAPES = {
  empty: <circle cx="8" cy="8" r="6" fill={ground} stroke="currentColor" strokeWidth="1.6" />,
  half: <><circle cx="8" cy="8" r="6.2" fill={ground} stroke="currentColor" strokeWidth="1.7" /><path d="M8 1.8a6.2 6.2 0 010 12.4z" fill="currentColor" /></>,
  decide: <><path d="M2 1.5h12v13H2z" fill={ground} stroke="currentColor" strokeWidth="1.7" /><path d="M4.6 8.4l2.2 2.2 4.4-5" fill="none" stroke="currentColor" strokeWidth="1.8" /></>,
  warn: <><path d="M8 1.2L15.4 14.5H.6z" fill="currentColor" /><path d="M8 5.6v4.2M8 11.2v1.7" stroke={ground} strokeWidth="1.8" /></>,
  checked: <>{disc}{tick('M4.6 8.2l2.4 2.4 4.5-5')}</>,
  /** Done in time, said afterwards: the disc is not full. */
  checkedAfter: <><circle cx="8" cy="8" r="6.2" fill={ground} stroke="currentColor" strokeWidth="1.7" strokeDasharray="3.2 1.67" /><path d="M4.8 8.3l2.2 2.2 4.2-4.7" fill="none" stroke="currentColor" strokeWidth="1.9" /></>,
  /** Beyond the target, within the deadline. */
  checkedBeyond: <><path d="M8 0l8 8-8 8-8-8z" fill="currentColor" />{tick('M5 8.1l2.1 2.2 3.9-4.4')}</>,
  barred: <><circle cx="8" cy="8" r="6" fill={ground} stroke="currentColor" strokeWidth="1.6" /><path d="M3.8 12.2l8.4-8.4" stroke="currentColor" strokeWidth="1.6" /></>,
  /** Past its deadline, still to be done: time runs out of the square. */
  overdue: <>{square}<path d="M8 3.2v5.6M8 10.7v2.3" stroke={ground} strokeWidth="2.2" /></>,
  missed: <>{square}{tick('M4.5 4.5l7 7M11.5 4.5l-7 7')}</>,
  doneLate: <>{square}{tick('M4 8.200l2.700 2.700 5.300-6')}</>,
  /** An arrow that comes from outside. */
  outside: <><path d="M8.5 2H2v12h12V7.5" fill={ground} stroke="currentColor" strokeWidth="1.7" /><path d="M15 1L7.4 8.6M7 4.4v4.6h4.6" fill="none" stroke="currentColor" strokeWidth="1.8" /></>,
  unproven: <>{box}<path d="M5.8 6.3a2.2 2.2 0 114 1.3c-.7 1-1.8 1.1-1.8 2.4" fill="none" stroke="currentColor" strokeWidth="1.7" /><circle cx="8" cy="12" r="1" fill="currentColor" /></>,
  apart: <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="2.2 2.51" />,
  stopped: <path d="M3 3h10v10H3z" fill="currentColor" />,
  fresh: <><circle cx="8" cy="8" r="2.6" fill="currentColor" /><circle cx="8" cy="8" r="6.4" fill="none" stroke="currentColor" strokeWidth="1.5" /></>,
  lost: <><path d="M8 1.6L14.4 8 8 14.4 1.6 8z" fill={ground} stroke="currentColor" strokeWidth="1.6" /><path d="M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8" stroke="currentColor" strokeWidth="1.6" /></>,
  phone: <path d="M3 1.5h3l1.2 3.6-1.9 1.3a8 8 0 004.3 4.3l1.3-1.9 3.6 1.2v3a1.5 1.5 0 01-1.6 1.5A12 12 0 011.5 3.1 1.5 1.5 0 013 1.5z" fill="currentColor" />,
  message: <path d="M1.5 2.5h13v9H7.5L4 14.5v-3H1.5z" fill="none" stroke="currentColor" strokeWidth="1.7" />,
  person: <><circle cx="8" cy="5" r="3.1" fill="currentColor" /><path d="M1.8 15c0-4 2.6-5.6 6.2-5.6s6.2 1.6 6.2 5.6z" fill="currentColor" /></>,
  chevron: <path d="M5 2l6 6-6 6" fill="none" stroke="currentColor" strokeWidth="2" />,
  down: <path d="M2.5 5.5L8 11l5.5-5.5" fill="none" stroke="currentColor" strokeWidth="2" />,
  cross: <path d="M3 3l10 10M13 3L3 13" fill="none" stroke="currentColor" strokeWidth="2" />,
  plus: <path d="M8 2v12M2 8h12" fill="none" stroke="currentColor" strokeWidth="2" />,
  info: <><circle cx="8" cy="8" r="7" fill="currentColor" /><path d="M8 7v5.2M8 3.7v2" stroke={ground} strokeWidth="2" /></>,
  search: <><circle cx="6.8" cy="6.8" r="4.8" fill="none" stroke="currentColor" strokeWidth="1.8" /><path d="M10.4 10.4L15 15" stroke="currentColor" strokeWidth="2" /></>,
  file: <path d="M3 1.5h6.5L13 5v9.5H3zM9 1.5V5.5h4" fill="none" stroke="currentColor" strokeWidth="1.6" />,
} satisfies Record<string, ReactNode>;
export type ShapeName = keyof typeof SHAPES;

export const STATE_STYLE: Record<StateWord, { shape: ShapeName; tone: Tone; pattern: Pattern; filled?: true }> = {
  'todo': { shape: 'empty', tone: 'off', pattern: 'plain' },
  'not-started': { shape: 'empty', tone: 'off', pattern: 'plain' },
  'under-way': { shape: 'half', tone: 'run', pattern: 'light' },
  'on-time': { shape: 'half', tone: 'run', pattern: 'light' },
  'awaiting': { shape: 'decide', tone: 'wait', pattern: 'plain' },
  'at-risk': { shape: 'warn', tone: 'watch', pattern: 'hatched' },
  'done': { shape: 'checked', tone: 'ok', pattern: 'faded' },
  'held': { shape: 'checked', tone: 'ok', pattern: 'faded' },
  'held-declared-afterwards': { shape: 'checkedAfter', tone: 'ok', pattern: 'faded' },
  'done-after-target': { shape: 'checkedBeyond', tone: 'watch', pattern: 'faded' },
  'overdue': { shape: 'overdue', tone: 'over', pattern: 'filled', filled: true },
  'done-late': { shape: 'doneLate', tone: 'over', pattern: 'filled', filled: true },
  'late': { shape: 'doneLate', tone: 'over', pattern: 'filled', filled: true },
  'missed': { shape: 'missed', tone: 'over', pattern: 'filled', filled: true },
  'not-demonstrable': { shape: 'unproven', tone: 'over', pattern: 'crossed' },
  'outside-cause': { shape: 'outside', tone: 'watch', pattern: 'dotted' },
  'not-applicable': { shape: 'barred', tone: 'off', pattern: 'crossed' },
  'apart': { shape: 'apart', tone: 'off', pattern: 'none' },
  'stopped': { shape: 'stopped', tone: 'off', pattern: 'plain' },
};

/** Decoration beside words: hidden from assistive technology. */
export function Icon({ shape, size = 16 }: { shape: ShapeName; size?: number }) {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {SHAPES[shape]}
    </svg>
  );
}

/** The shape inside another picture, centred on its origin. */
export function Mark({ word, size = 14 }: { word: StateWord; size?: number }) {
  const { shape, tone } = STATE_STYLE[word];
  return <g className={tone} transform={`translate(${-size / 2} ${-size / 2}) scale(${size / 16})`}>{SHAPES[shape]}</g>;
}

import { Html, html } from './html.js';
import type { ClockWord } from '../../domain/views/board.js';
import type { StepWord } from '../../domain/views/steps.js';
import type { Verdict } from '../../domain/views/verdicts.js';

export type PrintedWord = StepWord | Verdict | ClockWord;

const disc = '<circle cx="8" cy="8" r="7" fill="currentColor"/>';
const ring = '<circle cx="8" cy="8" r="6.1" fill="var(--paper)" stroke="currentColor" stroke-width="1.7"/>';
const square = '<path d="M1 1h14v14H1z" fill="currentColor"/>';
const drawn = (d: string, ink = 'var(--paper)', width = 2) => `<path d="${d}" fill="none" stroke="${ink}" stroke-width="${width}"/>`;

/** One shape per state, told apart without any colour: the same as on the screens. */
const SHAPES = {
  empty: ring,
  half: `${ring}<path d="M8 1.9a6.1 6.1 0 010 12.2z" fill="currentColor"/>`,
  warn: `<path d="M8 1.2L15.4 14.5H.6z" fill="currentColor"/>${drawn('M8 5.6v4.2M8 11.2v1.7', 'var(--paper)', 1.8)}`,
  checked: `${disc}${drawn('M4.6 8.2l2.4 2.4 4.5-5')}`,
  checkedAfter: `<circle cx="8" cy="8" r="6.2" fill="var(--paper)" stroke="currentColor" stroke-width="1.7" stroke-dasharray="3.2 1.67"/>${drawn('M4.8 8.3l2.2 2.2 4.2-4.7', 'currentColor', 1.9)}`,
  checkedBeyond: `<path d="M8 0l8 8-8 8-8-8z" fill="currentColor"/>${drawn('M5 8.1l2.1 2.2 3.9-4.4', 'var(--paper)', 1.9)}`,
  barred: `${ring}${drawn('M3.8 12.2l8.4-8.4', 'currentColor', 1.6)}`,
  overdue: `${square}${drawn('M8 3.2v5.6M8 10.7v2.3', 'var(--paper)', 2.2)}`,
  missed: `${square}${drawn('M4.5 4.5l7 7M11.5 4.5l-7 7')}`,
  doneLate: `${square}${drawn('M4 8.2l2.7 2.7 5.3-6')}`,
  outside: `<path d="M8.5 2H2v12h12V7.5" fill="var(--paper)" stroke="currentColor" stroke-width="1.7"/>${drawn('M15 1L7.4 8.6M7 4.4v4.6h4.6', 'currentColor', 1.8)}`,
  unproven: `<path d="M1.8 1.8h12.4v12.4H1.8z" fill="var(--paper)" stroke="currentColor" stroke-width="1.7"/>${drawn('M5.8 6.3a2.2 2.2 0 114 1.3c-.7 1-1.8 1.1-1.8 2.4', 'currentColor', 1.7)}<circle cx="8" cy="12" r="1" fill="currentColor"/>`,
  apart: '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.6" stroke-dasharray="2.2 2.51"/>',
  stopped: '<path d="M3 3h10v10H3z" fill="currentColor"/>',
} as const;

export const STYLE: Record<PrintedWord, { shape: keyof typeof SHAPES; tone: 'off' | 'run' | 'ok' | 'watch' | 'over' }> = {
  'todo': { shape: 'empty', tone: 'off' }, 'not-started': { shape: 'empty', tone: 'off' },
  'under-way': { shape: 'half', tone: 'run' }, 'on-time': { shape: 'half', tone: 'run' },
  'at-risk': { shape: 'warn', tone: 'watch' },
  'done': { shape: 'checked', tone: 'ok' }, 'held': { shape: 'checked', tone: 'ok' },
  'held-declared-afterwards': { shape: 'checkedAfter', tone: 'ok' },
  'done-after-target': { shape: 'checkedBeyond', tone: 'watch' },
  'overdue': { shape: 'overdue', tone: 'over' }, 'missed': { shape: 'missed', tone: 'over' },
  'done-late': { shape: 'doneLate', tone: 'over' }, 'late': { shape: 'doneLate', tone: 'over' },
  'not-demonstrable': { shape: 'unproven', tone: 'over' }, 'outside-cause': { shape: 'outside', tone: 'watch' },
  'not-applicable': { shape: 'barred', tone: 'off' }, 'apart': { shape: 'apart', tone: 'off' }, 'stopped': { shape: 'stopped', tone: 'off' },
};

/** The shape beside words. */
export function icon(word: PrintedWord): Html {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">${new Html(SHAPES[STYLE[word].shape])}</svg>`;
}

/** Shape and words of a state. */
export function state(word: PrintedWord, text: string): Html {
  return html`<span class="state ${STYLE[word].tone}">${icon(word)}<span>${text}</span></span>`;
}

/** The shape within a picture, centred on a point. */
export function mark(word: PrintedWord, x: number, y: number, size = 13): Html {
  return html`<g class="${STYLE[word].tone}" transform="translate(${x - size / 2} ${y - size / 2}) scale(${size / 16})">${new Html(SHAPES[STYLE[word].shape])}</g>`;
}

import type { ReactNode } from 'react';
import { clockWords, stepWords, verdictWords } from '../../contract/french.js';
import { duration } from '../../contract/french-times.js';
import { capital, fr } from '../../contract/french-typography.js';
import type { Ms } from '../../domain/time.js';
import { Icon, STATE_STYLE, type StateWord } from './icons.js';

const WORDS: Record<StateWord, string> = { ...clockWords, ...stepWords, ...verdictWords, awaiting: 'attend votre visa' };

/** The French of a state: "Fait, +1:25 sur la cible", "Fait hors délai, +2:10". */
export function stateText(word: StateWord, lateBy?: Ms): string {
  if (word === 'done-after-target' && lateBy !== undefined) return fr(`Fait, +${duration(lateBy)} sur la cible`);
  if (word === 'done-late' && lateBy !== undefined) return fr(`Fait hors délai, +${duration(lateBy)}`);
  return capital(WORDS[word]);
}

export interface StateLabelProps {
  word: StateWord;
  /** Of a step: how long after its target or its deadline. */
  lateBy?: Ms | undefined;
  size?: number;
  /** Replaces the words ("Fait à 02:17:50"), never the shape. */
  children?: ReactNode;
}

/** Shape, colour and word together; overdue, missed and late are filled. */
export function StateLabel({ word, lateBy, size = 16, children }: StateLabelProps) {
  const { shape, tone, filled } = STATE_STYLE[word];
  return (
    <span className={`state ${tone}${filled ? ' filled' : ''}`}>
      <Icon shape={shape} size={size} />
      <span>{children ?? stateText(word, lateBy)}</span>
    </span>
  );
}

/** A plain word in a frame: a lane, a draft, a count. Never a state of the vocabulary. */
export function Badge({ children, tone = 'off' }: { children: ReactNode; tone?: 'off' | 'run' | 'ok' | 'watch' | 'over' | 'ex' }) {
  return <span className={`badge badge-${tone}`}>{children}</span>;
}

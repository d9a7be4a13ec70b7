import type { CallInAnswer, Purpose } from '../../domain/outreach/reaching.js';

/** What somebody sees behind their own link, and what they may answer there. */
export interface OwnPage {
  prefecture: string;
  /** Of an exercise or a test: marked at both ends. */
  marked: boolean;
  purpose: Purpose;
  text: string;
  /** What was said already. */
  said: 'nothing' | 'acknowledged' | CallInAnswer;
  /** The activation is closed to answers. */
  isClosed: boolean;
}
/** `failed`: the last tap could not be recorded. */
export type OwnPageState = 'opened' | 'failed';

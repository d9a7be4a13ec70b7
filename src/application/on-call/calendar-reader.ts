import type { Written } from '../../domain/on-call/holder.js';
import type { Span } from '../../domain/on-call/roster.js';

/** Why a content is no calendar. */
export const CALENDAR_FAULTS = ['empty', 'login-page', 'not-a-calendar', 'too-large', 'too-many'] as const;
export type CalendarFault = (typeof CALENDAR_FAULTS)[number];
export const MOST_CALENDAR_BYTES = 4 * 1024 * 1024;

/** Why one event counts for nothing. */
export type IgnoredReason = 'no-end' | 'ends-before-it-begins' | 'impossible-rule' | 'unreadable';

/** One event, or one occurrence of it, within the time that was asked for. */
export interface WrittenShift extends Span, Written {}
export interface CalendarRead {
  shifts: WrittenShift[];
  /** Events that could not be followed, with their titles: a person mends them in the calendar. */
  ignored: { summary: string; why: IgnoredReason }[];
}

/** Reads the text of an iCalendar file; the time that is asked for bounds what is expanded. */
export abstract class CalendarReader {
  abstract faultOf(content: string): CalendarFault | undefined;
  abstract read(content: string, span: Span): CalendarRead;
}

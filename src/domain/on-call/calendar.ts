import type { AdministrationEvent, AdministrationState } from '../administration.js';
import type { FunctionCode } from '../entry.js';
import { refuse, type Refusal } from '../refusal.js';
import type { Ms } from '../time.js';

/** When somebody must be on call: at every hour, or when the offices are closed. */
export const COVERS = ['always', 'off-hours'] as const;
export type Covers = (typeof COVERS)[number];

export const MOST_CALENDARS = 40;

/** Fetched again so often; what it failed to bring is asked for again sooner. */
export const FETCH_EVERY: Ms = 3_600_000;
export const FETCH_AGAIN: Ms = 10 * 60_000;
/** A content so old is said to be: it was not confirmed for a day. */
export const STALE_AFTER: Ms = 24 * 3_600_000;

export type CalendarCommand =
  | { type: 'add-calendar'; calendar: string; function: FunctionCode }
  | { type: 'change-calendar'; calendar: string; function: FunctionCode }
  | { type: 'remove-calendar'; calendar: string };

export function decideCalendar(a: Readonly<AdministrationState>, command: CalendarCommand): AdministrationEvent[] | Refusal {
  const { calendar } = command;
  if (command.type === 'add-calendar') {
    if (a.calendars.size >= MOST_CALENDARS) return refuse('too-many-calendars', { most: MOST_CALENDARS });
    return [{ type: 'calendarAdded', payload: { calendar, function: command.function } }];
  }
  if (!a.calendars.has(calendar)) return refuse('unknown-calendar');
  return command.type === 'change-calendar'
    ? [{ type: 'calendarChanged', payload: { calendar, function: command.function } }]
    : [{ type: 'calendarRemoved', payload: { calendar } }];
}

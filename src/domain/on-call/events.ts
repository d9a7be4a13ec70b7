import type { FunctionCode } from '../entry.js';

/** Ids and codes alone: its name and its address, which is often a secret, lie beside the journal. */
export interface CalendarPayloads {
  calendarAdded: { calendar: string; function: FunctionCode };
  calendarChanged: { calendar: string; function: FunctionCode };
  calendarRemoved: { calendar: string };
}
export const CALENDAR_TYPES: Record<keyof CalendarPayloads, { v: number }> = { calendarAdded: { v: 1 }, calendarChanged: { v: 1 }, calendarRemoved: { v: 1 } };

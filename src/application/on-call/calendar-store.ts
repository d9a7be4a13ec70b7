import type { FunctionCode } from '../../domain/entry.js';
import type { Covers } from '../../domain/on-call/calendar.js';
import type { Ms } from '../../domain/time.js';

/** A calendar of one function. What anybody decides of it goes with an entry of the administration's journal; what is fetched does not. */
export interface Calendar {
  id: string;
  function: FunctionCode;
  name: string;
  /** Null: a file that was handed over. An address is often a secret: it is never shown whole. */
  url: string | null;
  covers: Covers;
  createdBy: string;
  createdAt: Ms;
}
/** What was last read of it, and how that went: the last good content stays when the line or the content fails. */
export interface CalendarContent {
  /** Null until something good came. */
  content: string | null;
  /** When that content was last confirmed to be what the address has. */
  contentAt: Ms | null;
  etag: string | null;
  lastModified: string | null;
  triedAt: Ms | null;
  /** Why the last try brought nothing; a word of the contract. */
  fault: string | null;
}
export const NO_CONTENT: CalendarContent = { content: null, contentAt: null, etag: null, lastModified: null, triedAt: null, fault: null };

export type CalendarChange =
  | { change: 'calendar-put'; calendar: Calendar; /** Absent: what was read stays. */ content?: CalendarContent }
  | { change: 'calendar-removed'; calendar: string };

export abstract class Calendars {
  /** In the order in which they were added. */
  abstract list(): Promise<(Calendar & CalendarContent)[]>;
  /** Never for a calendar that was removed, or given another address, meanwhile. */
  abstract fetched(id: string, url: string, content: CalendarContent): Promise<void>;
}

/** Milliseconds since the Unix epoch, UTC. */
export type Ms = number;
/** The same instant as it is stored and sent: ISO 8601, UTC, milliseconds ("2026-10-25T00:30:00.000Z"). */
export type Instant = string;

export const SECOND: Ms = 1_000;
export const MINUTE: Ms = 60_000;
export const HOUR: Ms = 3_600_000;
export const DAY: Ms = 24 * HOUR;

export function toMs(at: Instant): Ms {
  return Date.parse(at);
}

export function toInstant(at: Ms): Instant {
  return new Date(at).toISOString();
}

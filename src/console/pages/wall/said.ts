import { EVENT_TYPES, type ActivationEntry, type EventType } from '../../../domain/events.js';

/**
 * What the engine writes for itself, of whose warnings the rows say more; and what a campaign does to somebody, by hundreds a
 * minute: the curve and the communes say it, without a name.
 */
const UNSAID = new Set<EventType>([
  'planFrozen', 'statementRequested', 'warningsRaised', 'campaignPeopleFrozen', 'attemptsIntended', 'attemptsMoved', 'attemptsCancelled', 'acknowledged', 'personAsked',
]);

/** Whether a wall says this entry among the last events. */
export function isSaid({ type }: Pick<ActivationEntry, 'type'>): boolean {
  return EVENT_TYPES[type].audience.includes('wall') && !UNSAID.has(type);
}

import type { CommandOf, Obligation } from '../commands.js';
import { nextNewsAt, simulatedNews } from '../exercise/population.js';
import type { Activation } from '../state.js';
import type { Ms } from '../time.js';
import { dueCancellations, dueDoubts, nextDoubtAt } from './attempts.js';
import { nextAttemptAt, whomNext, whomToWrite } from './whom-next.js';

/** What time obliges a campaign to: what it heard, what it gives up, what it asks after, and whom it calls next. */
export function dueOutreach(a: Readonly<Activation>, now: Ms): Obligation[] {
  if (Object.keys(a.campaigns).length === 0) return [];
  return [...simulatedNews(a, now), ...dueCancellations(a), ...dueDoubts(a, now), ...dueAttempts(a, now)];
}

export function nextOutreachAt(a: Readonly<Activation>): Ms {
  const campaigns = Object.values(a.campaigns);
  if (campaigns.length === 0) return Infinity;
  return Math.min(nextNewsAt(a), nextDoubtAt(a), ...campaigns.map((campaign) => nextAttemptAt(a, campaign)));
}

/** 48.1: what each running campaign tries now: calls no faster than its pace and on no more than its lines, texts beside them. */
function dueAttempts(a: Readonly<Activation>, now: Ms): CommandOf<'intend-attempts'>[] {
  return Object.values(a.campaigns).flatMap((campaign) => {
    if (campaign.status !== 'running') return [];
    const items = [...whomNext(a, campaign, now), ...whomToWrite(a, campaign, now)];
    return items.length === 0 ? [] : [{ type: 'intend-attempts' as const, campaign: campaign.id, items }];
  });
}

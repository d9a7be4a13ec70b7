import type { CallInAnswer, Intended } from './reaching.js';
import type { Activation, Campaign } from '../state.js';
import { SECOND, type Ms } from '../time.js';
import { allowed } from './pace.js';
import { acknowledgedIn, answerIn, attemptId, targetsOf } from './reached.js';
import { memoOf, nextNumber, waitingIn, type Waiting } from './waiting.js';

/**
 * 48.1, whom to call next: circle 1 before circle 2; the commune that has waited longest; in it the number that was tried
 * least, the mayor's before the deputies', the town hall's last. Never a commune that acknowledged, that is being called,
 * or that a person has taken from the queue; no more calls than there are free lines, no faster than the pace.
 */
export function whomNext(a: Readonly<Activation>, campaign: Readonly<Campaign>, now: Ms): Intended[] {
  const room = Math.min(campaign.lines - campaign.inFlight.length, allowed(campaign.callSlot, campaign.callsPerSecond, now));
  if (room <= 0 || !campaign.ways.includes('voice') || isSatisfied(a, campaign)) return [];
  return waitingIn(a, campaign).flatMap((circle) => longestOf(circle.filter(({ readyAt }) => readyAt <= now), room)).slice(0, room)
    .map(({ target, contact }) => ({ attempt: attemptId(campaign, target, 'voice'), person: target.person, way: 'voice', contact }));
}

/** Those that have waited longest; of the same wait, in the order of the list. */
function longestOf(ready: readonly Waiting[], room: number): Waiting[] {
  if (room > 4) return [...ready].sort((x, y) => x.readyAt - y.readyAt).slice(0, room);
  const first: Waiting[] = [];
  while (first.length < room) {
    let best: Waiting | undefined;
    for (const one of ready) if ((!best || one.readyAt < best.readyAt) && !first.includes(one)) best = one;
    if (!best) return first;
    first.push(best);
  }
  return first;
}

/** When `whomNext` or `whomToWrite` will have something new to say, if nothing else happens. */
export function nextAttemptAt(a: Readonly<Activation>, campaign: Readonly<Campaign>): Ms {
  if (campaign.status !== 'running') return Infinity;
  const texts = toWrite(a, campaign).length > 0 ? Math.ceil(campaign.textSlot + SECOND / campaign.textsPerSecond) : Infinity;
  if (campaign.inFlight.length >= campaign.lines || !campaign.ways.includes('voice') || isSatisfied(a, campaign)) return texts;
  let first = Infinity;
  for (const circle of waitingIn(a, campaign)) for (const { readyAt } of circle) first = Math.min(first, readyAt);
  return Math.min(texts, Math.max(first, Math.ceil(campaign.callSlot + SECOND / campaign.callsPerSecond)));
}

/** Whether a campaign that runs has this commune on a line, or still has a number to try in it; one that only writes calls nobody. */
export function isStillCalled(a: Readonly<Activation>, commune: string): boolean {
  const targets = targetsOf(a.outreach, commune);
  return Object.values(a.campaigns).some((campaign) => campaign.status === 'running' && campaign.purpose === 'officials'
    && (targets.some(({ attempts }) => attempts.some(({ id, over }) => id !== undefined && campaign.inFlight.includes(id) && over === undefined)) || (campaign.ways.includes('voice') && nextNumber(campaign, targets) !== undefined)));
}

/** Beside the calls: one text and one mail to each person of the campaign for each version of its words. */
export function whomToWrite(a: Readonly<Activation>, campaign: Readonly<Campaign>, now: Ms): Intended[] {
  const room = allowed(campaign.textSlot, campaign.textsPerSecond, now);
  return room === 0 ? [] : toWrite(a, campaign, room);
}

function toWrite(a: Readonly<Activation>, campaign: Readonly<Campaign>, most = 1): Intended[] {
  const found: Intended[] = [];
  const version = campaign.texts.length;
  const { written } = memoOf(campaign);
  for (const way of ['sms', 'mail'] as const) {
    if (!campaign.ways.includes(way) || isSatisfied(a, campaign)) continue;
    const from = written[way]?.version === version ? written[way].next : 0;
    let next = from;
    for (let i = from; i < campaign.order.length && found.length < most; i++) {
      const person = campaign.order[i]!;
      const target = a.outreach.targets[person];
      const contact = campaign.people[person]!.contacts.findIndex((kind) => (way === 'sms' ? kind === 'mobile' : kind === 'email'));
      const isDone = !target || contact < 0 || answerIn(campaign, target) || acknowledgedIn(campaign, target)
        || target.attempts.some((one) => one.campaign === campaign.id && one.way === way && one.text === version);
      if (!isDone) found.push({ attempt: attemptId(campaign, target, way), person, way, contact });
      else if (next === i) next = i + 1;
    }
    written[way] = { version, next };
  }
  return found;
}

/** 47.1: one took charge. 47.2, 50.2: enough people said that they come. Officials are all to be reached. */
export function isSatisfied(a: Readonly<Activation>, campaign: Readonly<Campaign>): boolean {
  if (campaign.purpose === 'officials') return false;
  if (campaign.purpose === 'charge') return a.functions.DC.holder !== undefined || saying(a, campaign, 'taking-charge') > 0;
  return saying(a, campaign, 'coming') >= campaign.enough;
}

/** How many of those called in said that. */
export function saying(a: Readonly<Activation>, campaign: Readonly<Campaign>, answer: CallInAnswer): number {
  return campaign.order.filter((person) => answerIn(campaign, a.outreach.targets[person]!)?.answer === answer).length;
}

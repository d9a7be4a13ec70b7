import type { CallInAnswer, Intended } from './reaching.js';
import type { Activation, Attempt, Campaign, Target } from '../state.js';
import { SECOND, type Ms } from '../time.js';
import { allowed } from './pace.js';
import { acknowledgedIn } from './campaigns.js';
import { attemptId, isClosed, targetsOf } from './reached.js';

/** One commune, or one agent called in, that waits for a call: on which number of whom, and not before when. */
interface Waiting {
  target: Readonly<Target>;
  contact: number;
  readyAt: Ms;
}

/**
 * 48.1, whom to call next: circle 1 before circle 2; the commune that has waited longest; in it the number that was tried
 * least, the mayor's before the deputies', the town hall's last. Never a commune that acknowledged, that is being called,
 * or that a person has taken from the queue; no more calls than there are free lines, no faster than the pace.
 */
export function whomNext(a: Readonly<Activation>, campaign: Readonly<Campaign>, now: Ms): Intended[] {
  const room = Math.min(campaign.lines - campaign.inFlight.length, allowed(campaign.callSlot, campaign.callsPerSecond, now));
  if (room <= 0 || !campaign.ways.includes('voice') || isSatisfied(a, campaign)) return [];
  return longestWaiting(a, campaign).filter(({ readyAt }) => readyAt <= now).slice(0, room)
    .map(({ target, contact }) => ({ attempt: attemptId(campaign, target, 'voice'), person: target.person, way: 'voice', contact }));
}

/** When `whomNext` or `whomToWrite` will have something new to say, if nothing else happens. */
export function nextAttemptAt(a: Readonly<Activation>, campaign: Readonly<Campaign>): Ms {
  if (campaign.status !== 'running') return Infinity;
  const texts = toWrite(a, campaign).length > 0 ? Math.ceil(campaign.textSlot + SECOND / campaign.textsPerSecond) : Infinity;
  if (campaign.inFlight.length >= campaign.lines || !campaign.ways.includes('voice') || isSatisfied(a, campaign)) return texts;
  const first = longestWaiting(a, campaign).reduce((earliest, { readyAt }) => Math.min(earliest, readyAt), Infinity);
  return Math.min(texts, Math.max(first, Math.ceil(campaign.callSlot + SECOND / campaign.callsPerSecond)));
}

/** What remains to be called: circle by circle, the longest wait first. */
function longestWaiting(a: Readonly<Activation>, campaign: Readonly<Campaign>): Waiting[] {
  const o = a.outreach;
  const groups = campaign.purpose === 'officials'
    ? campaign.circles.map((circle) => (o.circles[circle]?.communes ?? []).flatMap((commune): Waiting[] => {
        const next = nextNumber(campaign, targetsOf(o, commune));
        return next ? [{ ...next, readyAt: Math.max(next.readyAt, o.claims[commune]?.until ?? 0) }] : [];
      }))
    : [campaign.order.flatMap((person) => nextNumber(campaign, [o.targets[person]!]) ?? [])];
  return groups.flatMap((group) => group.sort((x, y) => x.readyAt - y.readyAt));
}

/** In one commune: undefined when it is reached, being called, or nothing is left to try. */
function nextNumber(campaign: Readonly<Campaign>, people: readonly Readonly<Target>[]): Waiting | undefined {
  let best: Waiting | undefined;
  let fewest = Infinity;
  let most = 0;
  let last = -Infinity;
  for (const target of people) {
    const kinds = campaign.people[target.person]?.contacts;
    if (!kinds) continue;
    const calls = target.attempts.filter(({ campaign: of, way, outcome }) => of === campaign.id && way === 'voice' && outcome !== 'cancelled');
    if (acknowledgedIn(campaign, target) || calls.some(({ over }) => over === undefined)) return undefined;
    for (const { over } of calls) last = Math.max(last, over!);
    if (isClosed(target) || answerIn(campaign, target) || hasAsked(campaign, target)) continue;
    kinds.forEach((kind, contact) => {
      if (kind === 'email') return;
      const tried = calls.filter((one) => one.contact === contact);
      most = Math.max(most, tried.length);
      if (tried.length >= campaign.rounds || tried.some(isBadNumber) || tried.length >= fewest) return;
      fewest = tried.length;
      best = { target, contact, readyAt: 0 };
    });
  }
  if (!best) return undefined;
  // A round is over when nothing was tried more often than what comes next: then they rest.
  const rests = fewest > 0 && fewest === most;
  return { ...best, readyAt: Math.max(campaign.startedAt, last === -Infinity ? 0 : last + (rests ? campaign.pauseSeconds * SECOND : 0)) };
}

/** Whoever asked for a person's voice, or to be left alone, hears the automaton no more. */
function hasAsked({ id }: Readonly<Campaign>, { attempts }: Readonly<Target>): boolean {
  return attempts.some(({ campaign, outcome }) => campaign === id && (outcome === 'call-again' || outcome === 'refused'));
}

/** Whether a campaign that runs has this commune on a line, or still has a number to try in it. */
export function isStillCalled(a: Readonly<Activation>, commune: string): boolean {
  const targets = targetsOf(a.outreach, commune);
  return Object.values(a.campaigns).some((campaign) => campaign.status === 'running' && campaign.purpose === 'officials'
    && (targets.some(({ attempts }) => attempts.some(({ id, over }) => id !== undefined && campaign.inFlight.includes(id) && over === undefined)) || nextNumber(campaign, targets) !== undefined));
}

function isBadNumber({ outcome }: Readonly<Attempt>): boolean {
  return outcome === 'invalid';
}

/** Beside the calls: one text and one mail to each person of the campaign for each version of its words. */
export function whomToWrite(a: Readonly<Activation>, campaign: Readonly<Campaign>, now: Ms): Intended[] {
  const room = allowed(campaign.textSlot, campaign.textsPerSecond, now);
  return room === 0 ? [] : toWrite(a, campaign, room);
}

function toWrite(a: Readonly<Activation>, campaign: Readonly<Campaign>, most = 1): Intended[] {
  const found: Intended[] = [];
  const version = campaign.texts.length;
  for (const way of ['sms', 'mail'] as const) {
    if (!campaign.ways.includes(way) || isSatisfied(a, campaign)) continue;
    for (const person of campaign.order) {
      if (found.length >= most) return found;
      const target = a.outreach.targets[person];
      const kinds = campaign.people[person]!.contacts;
      const contact = kinds.findIndex((kind) => (way === 'sms' ? kind === 'mobile' : kind === 'email'));
      if (!target || contact < 0 || answerIn(campaign, target) || acknowledgedIn(campaign, target)) continue;
      if (target.attempts.some((one) => one.campaign === campaign.id && one.way === way && one.text === version)) continue;
      found.push({ attempt: attemptId(campaign, target, way), person, way, contact });
    }
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

export function answerIn({ id }: Readonly<Campaign>, { answer }: Readonly<Target>): Target['answer'] {
  return answer?.campaign === id ? answer : undefined;
}

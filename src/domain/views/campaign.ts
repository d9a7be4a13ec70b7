import { countsIn } from '../outreach/reached.js';
import type { Reached } from '../outreach/commune-facts.js';
import { coverage, reachCurve, REACH } from '../outreach/coverage.js';
import { CIRCLES, type Circle } from '../outreach/targets.js';
import { isStillCalled } from '../outreach/whom-next.js';
import type { Activation, Attempt, Campaign, Outreach, Target } from '../state.js';
import { MINUTE, type Ms } from '../time.js';

/** What has just happened is the best word on what comes: the rate is that of the last minutes. */
const OBSERVED: Ms = 5 * MINUTE;

/** When enough communes will have acknowledged: expected where it goes on as of late, with how sure that is. */
export type Ending =
  | { is: 'reached'; at: Ms }
  /** `byVoice`: of those that are missing, so many wait for a person's voice, whatever the automaton does. */
  | { is: 'expected'; at: Ms; from: Ms; to: Ms; byVoice: number }
  /** Too little is known, or nothing runs. */
  | { is: 'unknown' }
  /** Nothing comes any more, and even if all those that are still called acknowledged, so many would be missing. */
  | { is: 'out-of-reach'; byVoice: number };

export interface CampaignFigures {
  communes: number;
  reached: number;
  /** How many communes are 95 %. */
  needed: number;
  curve: Reached[];
  /** Communes that the automaton still tries, or from which a written answer may come. */
  left: number;
  communesPerMinute: number;
  /** Calls that left in the last minute. */
  callsPerMinute: number;
  ending: Ending;
  /** Its attempts, by what became of them. */
  by: Partial<Record<Attempt['outcome'], number>>;
  doubts: { target: Readonly<Target>; attempt: Readonly<Attempt> }[];
}

/**
 * 48.1 as one campaign counts it: what was said before it began, or of a text that had to be said again, answers something
 * else. The first campaign counts all that is known.
 */
export function outreachIn(o: Readonly<Outreach>, campaign: Readonly<Campaign> | undefined): Readonly<Outreach> {
  if (!campaign || (campaign.since === 0 && campaign.countsFrom === 1)) return o;
  const targets = Object.fromEntries(Object.entries(o.targets).map(([person, target]) => [person, {
    ...target,
    attempts: target.attempts.flatMap((one): Attempt[] => {
      if (one.campaign !== campaign.id && one.at < campaign.since) return [];
      return [one.outcome === 'acknowledged' && !countsIn(campaign, one) ? { ...one, outcome: 'answered' } : one];
    }),
  }]));
  return { ...o, targets };
}

export function campaignFigures(a: Readonly<Activation>, campaign: Readonly<Campaign>, now: Ms, circles: readonly Circle[] = campaign.circles): CampaignFigures {
  const o = outreachIn(a.outreach, campaign);
  const curve = circles.flatMap((circle) => reachCurve(o, circle)).sort((x, y) => x.at - y.at || x.seq - y.seq);
  const communes = circles.flatMap((circle) => o.circles[circle]?.communes ?? []);
  const needed = Math.ceil(communes.length * REACH);
  const got = new Set(curve.map(({ commune }) => commune));
  // Who was only written to may answer for as long as it runs.
  const isTried = (commune: string) => (campaign.ways.includes('voice') ? isStillCalled(a, commune) : campaign.status === 'running');
  const left = communes.filter((commune) => !got.has(commune) && isTried(commune)).length;
  const by: CampaignFigures['by'] = {};
  const doubts: CampaignFigures['doubts'] = [];
  let calls = 0;
  for (const person of campaign.order) {
    const target = a.outreach.targets[person];
    for (const attempt of target?.attempts ?? []) {
      if (attempt.campaign !== campaign.id) continue;
      by[attempt.outcome] = (by[attempt.outcome] ?? 0) + 1;
      if (attempt.outcome === 'doubt') doubts.push({ target: target!, attempt });
      if (attempt.way === 'voice' && attempt.tried && attempt.tried.at > now - MINUTE) calls++;
    }
  }
  const span = observedFor(campaign, now);
  const recent = curve.filter(({ at }) => at > now - span).length;
  return {
    communes: communes.length, reached: curve.length, needed, curve, left, by, doubts,
    communesPerMinute: (recent * MINUTE) / span, callsPerMinute: calls,
    ending: endingOf(campaign, { curve, needed, left, now }),
  };
}

/** From what was observed of late: so many in so long, give or take what chance does to a number that small. */
export function endingOf(campaign: Readonly<Campaign>, { curve, needed, left, now }: { curve: readonly Reached[]; needed: number; left: number; now: Ms }): Ending {
  const last = curve[needed - 1];
  if (needed > 0 && last) return { is: 'reached', at: last.at };
  if (campaign.status !== 'running') return { is: 'unknown' };
  const missing = needed - curve.length;
  const byVoice = Math.max(0, missing - left);
  const span = observedFor(campaign, now);
  const recent = curve.filter(({ at }) => at > now - span).length;
  // One or two say nothing of a rate.
  if (recent < 3) return byVoice > 0 ? { is: 'out-of-reach', byVoice } : { is: 'unknown' };
  const after = (rate: number) => now + Math.round((missing / rate) * span);
  return { is: 'expected', at: after(recent), from: after(recent + Math.sqrt(recent)), to: after(recent - Math.sqrt(recent)), byVoice };
}

function observedFor({ startedAt }: Readonly<Campaign>, now: Ms): Ms {
  return Math.min(OBSERVED, Math.max(MINUTE, now - startedAt));
}

/** Whether the automaton has still somebody to try, or may have: a campaign that is paused is not over. */
export function isAtWork(a: Readonly<Activation>, campaign: Readonly<Campaign>): boolean {
  if (campaign.status === 'stopped') return false;
  return campaign.status === 'paused' || campaign.inFlight.length > 0
    || campaign.circles.some((circle) => (a.outreach.circles[circle]?.communes ?? []).some((commune) => isStillCalled(a, commune)));
}

/** Who acknowledged a text that was changed since, and not the new one. */
export function acknowledgedFormer(a: Readonly<Activation>, campaign: Readonly<Campaign>): Readonly<Target>[] {
  const latest = campaign.texts.length;
  if (latest < 2) return [];
  return campaign.order.flatMap((person) => {
    const target = a.outreach.targets[person];
    const said = target?.attempts.filter(({ campaign: of, outcome }) => of === campaign.id && outcome === 'acknowledged') ?? [];
    return target && said.length > 0 && said.every(({ text }) => (text ?? latest) < latest) ? [target] : [];
  });
}

/** The officials' campaigns, the latest first. */
export function officialsCampaigns(a: Readonly<Activation>): Readonly<Campaign>[] {
  return Object.values(a.campaigns).filter(({ purpose }) => purpose === 'officials').reverse();
}

/** What a wall shows while a campaign works: the latest that has somebody to try, and the first of its circles that is not done. */
export function campaignOnWall(a: Readonly<Activation>): { campaign: Readonly<Campaign>; circle: Circle } | undefined {
  const campaign = officialsCampaigns(a).find((one) => isAtWork(a, one));
  if (!campaign) return undefined;
  const o = outreachIn(a.outreach, campaign);
  const open = campaign.circles.find((circle) => {
    const { communes, by } = coverage(o, circle);
    return by.acknowledged < Math.ceil(communes * REACH);
  });
  return { campaign, circle: open ?? campaign.circles[0] ?? CIRCLES[0] };
}

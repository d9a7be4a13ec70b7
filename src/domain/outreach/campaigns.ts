import type { CommandOf } from '../commands.js';
import type { Entry, Sealed } from '../entry.js';
import type { NewEvent, Payloads } from '../events.js';
import { refuse, type Refusal } from '../refusal.js';
import type { Activation, Campaign } from '../state.js';
import { SECOND, toMs, type Ms } from '../time.js';
import { atOnce } from './pace.js';
import { forget } from './waiting.js';
import type { Circle } from './targets.js';

const PEOPLE_AN_ENTRY = 500;

/** P07, P10: the officials of these circles are called, in two gestures that said what would happen. */
export function startCampaign(a: Readonly<Activation>, command: CommandOf<'start-campaign'>): NewEvent[] | Refusal {
  const { campaign, purpose, circles, text, means, people, population } = command;
  if (a.campaigns[campaign]) return [];
  if (purpose === 'officials') {
    if (circles.length === 0 || circles.some((circle) => !a.outreach.circles[circle])) return refuse('no-perimeter', { circle: circles[0] ?? 1 });
    const running = Object.values(a.campaigns).find((one) => isLive(one) && one.purpose === purpose && one.circles.some((circle) => circles.includes(circle)));
    if (running) return refuse('campaign-running');
  } else if (Object.values(a.campaigns).some((one) => isLive(one) && one.purpose === purpose)) return [];
  if (means.ways.length === 0) return refuse('no-telephony');
  if (people.length === 0) return refuse('nobody-to-reach');
  const before = Object.values(a.campaigns).filter((one) => one.purpose === purpose && one.circles.some((circle) => circles.includes(circle))).at(-1);
  const events: NewEvent[] = [{
    type: 'campaignStarted',
    payload: { campaign, purpose, circles, ...means, ...(text ? { text } : {}), ...(before ? { after: before.id } : {}), ...(a.lane === 'exercise' && population ? { population } : {}) },
  }];
  for (let i = 0; i < people.length; i += PEOPLE_AN_ENTRY) {
    events.push({ type: 'campaignPeopleFrozen', payload: { campaign, items: people.slice(i, i + PEOPLE_AN_ENTRY) } });
  }
  return events;
}

/** A changed text is a new version; `again`: whoever acknowledged the old one is called again. */
export function changeCampaignText(a: Readonly<Activation>, { campaign, text, again }: CommandOf<'change-campaign-text'>): NewEvent[] | Refusal {
  const known = a.campaigns[campaign];
  if (!known) return refuse('unknown-campaign');
  if (known.status === 'stopped') return refuse('campaign-stopped');
  return known.texts.at(-1)?.text.digest === text.digest ? [] : [{ type: 'campaignTextChanged', payload: { campaign, text, again } }];
}

export function steerCampaign(a: Readonly<Activation>, command: CommandOf<'pause-campaign' | 'resume-campaign' | 'stop-campaign'>): NewEvent[] | Refusal {
  const known = a.campaigns[command.campaign];
  if (!known) return refuse('unknown-campaign');
  const payload = { campaign: command.campaign };
  switch (command.type) {
    case 'pause-campaign':
      if (known.status === 'stopped') return refuse('campaign-stopped');
      return known.status === 'paused' ? [] : [{ type: 'campaignPaused', payload }];
    case 'resume-campaign':
      if (known.status === 'stopped') return refuse('campaign-stopped');
      return known.status === 'running' ? [] : [{ type: 'campaignResumed', payload }];
    case 'stop-campaign':
      return known.status === 'stopped' ? [] : [{ type: 'campaignStopped', payload }];
  }
}

/** The first account kept failing: calls go on with another, and the journal says so. */
export function changeAccount(a: Readonly<Activation>, { from, to, why }: CommandOf<'change-account'>): NewEvent[] {
  const isKnown = a.accountChanges.at(-1)?.to === to;
  return isKnown || !Object.values(a.campaigns).some(isLive) ? [] : [{ type: 'accountChanged', payload: { from, to, why } }];
}

export function isLive({ status }: Pick<Campaign, 'status'>): boolean {
  return status !== 'stopped';
}

type CampaignEvents = Pick<Payloads, 'campaignStarted' | 'campaignPeopleFrozen' | 'campaignTextChanged' | 'campaignPaused' | 'campaignResumed' | 'campaignStopped' | 'accountChanged'>;
export type CampaignEntry = { [T in keyof CampaignEvents]: Entry<T, CampaignEvents[T]> }[keyof CampaignEvents];

export function evolveCampaigns(a: Activation, entry: CampaignEntry): void {
  a.outreach.changedAt = entry.seq;
  forget(a);
  const at = toMs(entry.occurredAt);
  switch (entry.type) {
    case 'campaignStarted': {
      const { campaign: id, text, after, ...said } = entry.payload;
      a.campaigns[id] = {
        ...said, id, status: 'running', seq: entry.seq, by: entry.by, startedAt: at, texts: text ? [textVersion(text, entry, at)] : [], countsFrom: text ? 1 : 0,
        // What a former campaign was answered is not an answer to this one.
        since: after === undefined ? 0 : at, people: {}, order: [], inFlight: [], tapping: [],
        callSlot: toMs(entry.recordedAt) - atOnce(said.callsPerSecond) * (SECOND / said.callsPerSecond), textSlot: toMs(entry.recordedAt) - atOnce(said.textsPerSecond) * (SECOND / said.textsPerSecond),
        ...(after === undefined ? {} : { after }),
      };
      return;
    }
    case 'campaignPeopleFrozen': {
      const campaign = a.campaigns[entry.payload.campaign]!;
      for (const one of entry.payload.items) {
        campaign.people[one.person] = one;
        campaign.order.push(one.person);
        // Agents are in no circle: they become targets here.
        a.outreach.targets[one.person] ??= { person: one.person, version: one.version, commune: '', role: 'agent', order: campaign.order.length - 1, seq: entry.seq, attempts: [] };
      }
      return;
    }
    case 'campaignTextChanged': {
      const campaign = a.campaigns[entry.payload.campaign]!;
      campaign.texts.push(textVersion(entry.payload.text, entry, at));
      if (entry.payload.again) campaign.countsFrom = campaign.texts.length;
      return;
    }
    case 'campaignPaused':
    case 'campaignResumed':
    case 'campaignStopped': {
      const campaign = a.campaigns[entry.payload.campaign]!;
      campaign.status = entry.type === 'campaignPaused' ? 'paused' : entry.type === 'campaignResumed' ? 'running' : 'stopped';
      if (entry.type === 'campaignStopped') campaign.stoppedAt = at;
      return;
    }
    case 'accountChanged':
      a.accountChanges.push({ ...entry.payload, at, seq: entry.seq });
  }
}

function textVersion(text: Sealed, { seq, by }: Pick<Entry, 'seq' | 'by'>, at: Ms): Campaign['texts'][number] {
  return { text, seq, at, by };
}

/** The campaigns that concern a circle, oldest first. */
export function campaignsOf(a: Readonly<Activation>, circle: Circle): Readonly<Campaign>[] {
  return Object.values(a.campaigns).filter(({ purpose, circles }) => purpose === 'officials' && circles.includes(circle));
}


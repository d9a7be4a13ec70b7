import { AHEAD_ACCEPTED } from '../clock/clocks.js';
import type { CommandOf, Context } from '../commands.js';
import type { Entry } from '../entry.js';
import type { NewEvent, Payloads } from '../events.js';
import { refuse, type Refusal } from '../refusal.js';
import type { Activation } from '../state.js';
import { toInstant, toMs } from '../time.js';
import { forget } from './waiting.js';

const RESULTS_AN_ENTRY = 500;

/** P07, P10: a campaign that another tool runs, said here with its text and its times. Said again, it is corrected. */
export function recordOutsideCampaign(a: Readonly<Activation>, command: CommandOf<'record-outside-campaign'>, { now }: Context): NewEvent[] | Refusal {
  const { campaign, circle, tool, text, startedAt, endedAt } = command;
  if (!a.outreach.circles[circle]) return refuse('no-perimeter', { circle });
  if (startedAt > now + AHEAD_ACCEPTED || (endedAt ?? 0) > now + AHEAD_ACCEPTED) {
    return refuse('in-the-future', { declared: toInstant(Math.max(startedAt, endedAt ?? 0)), ours: toInstant(now) });
  }
  if (endedAt !== undefined && endedAt < startedAt) return refuse('ends-before-it-begins');
  const known = a.outreach.campaigns.find((one) => one.id === campaign);
  if (known && known.circle === circle && known.tool.digest === tool.digest && known.text.digest === text.digest
    && known.startedAt === startedAt && known.endedAt === endedAt) return [];
  return [{
    type: 'outsideCampaignRecorded',
    payload: { campaign, circle, tool, text, startedAt: toInstant(startedAt), ...(endedAt === undefined ? {} : { endedAt: toInstant(endedAt) }) },
  }];
}

/** Its result file: each line that names one of ours is an attempt; the same file again adds nothing. */
export function importOutsideResults(a: Readonly<Activation>, command: CommandOf<'import-outside-results'>, { now }: Context): NewEvent[] | Refusal {
  const { campaign, file, unmatched } = command;
  const known = a.outreach.campaigns.find((one) => one.id === campaign);
  if (!known) return refuse('unknown-campaign');
  const late = command.results.find(({ at }) => at > now + AHEAD_ACCEPTED);
  if (late) return refuse('in-the-future', { declared: toInstant(late.at), ours: toInstant(now) });
  const results = command.results.filter(({ person, outcome, at }) => {
    const target = a.outreach.targets[person];
    return target && !target.attempts.some((one) => one.campaign === campaign && one.outcome === outcome && one.at === at);
  });
  if (results.length === 0) return command.results.length === 0 ? refuse('no-result') : [];
  const events: NewEvent[] = [];
  for (let i = 0; i < results.length; i += RESULTS_AN_ENTRY) {
    const part = results.slice(i, i + RESULTS_AN_ENTRY).map(({ person, outcome, at }) => ({ person, outcome, at: toInstant(at) }));
    events.push({ type: 'outsideResultsImported', payload: { campaign, file, results: part, unmatched: i === 0 ? unmatched : 0 } });
  }
  return events;
}

type OutsideEvents = Pick<Payloads, 'outsideCampaignRecorded' | 'outsideResultsImported'>;
export type OutsideEntry = { [T in keyof OutsideEvents]: Entry<T, OutsideEvents[T]> }[keyof OutsideEvents];

export function evolveOutside(a: Activation, entry: OutsideEntry): void {
  const o = a.outreach;
  o.changedAt = entry.seq;
  forget(a);
  if (entry.type === 'outsideCampaignRecorded') {
    const { campaign, circle, tool, text, startedAt, endedAt } = entry.payload;
    const said = {
      id: campaign, circle, tool, text, startedAt: toMs(startedAt), seq: entry.seq, by: entry.by, ...(endedAt === undefined ? {} : { endedAt: toMs(endedAt) }),
    };
    const known = o.campaigns.findIndex((one) => one.id === campaign);
    if (known < 0) o.campaigns.push({ ...said, results: 0, unmatched: 0 });
    else o.campaigns[known] = { ...said, results: o.campaigns[known]!.results, unmatched: o.campaigns[known]!.unmatched };
    return;
  }
  const { campaign, results, unmatched } = entry.payload;
  const known = o.campaigns.find((one) => one.id === campaign);
  if (known) Object.assign(known, { results: known.results + results.length, unmatched: known.unmatched + unmatched });
  for (const { person, outcome, at } of results) {
    o.targets[person]?.attempts.push({ seq: entry.seq, at: toMs(at), way: 'outside', outcome, campaign });
  }
}

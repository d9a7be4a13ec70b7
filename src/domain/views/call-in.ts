import { answerIn } from '../outreach/reached.js';
import { isSatisfied, saying } from '../outreach/whom-next.js';
import type { FunctionCode } from '../entry.js';
import type { Activation, Attempt, Campaign, Target } from '../state.js';
import { MINUTE, type Ms } from '../time.js';

/** One person called in, and where that stands. */
export interface CalledIn {
  person: string;
  function?: FunctionCode;
  account?: string;
  answer?: NonNullable<Target['answer']>;
  /** When they said that they would be there. */
  arrivesAt?: Ms;
  /** The last try, while they have said nothing. */
  last?: Readonly<Attempt>;
}

export interface CallIn {
  campaign: Readonly<Campaign>;
  people: CalledIn[];
  /** 47.2, 50.2: how many said that they come; 47.1: whether one took charge. */
  saying: number;
  isEnough: boolean;
}

/** 47.1, 47.2, 50.2: who was called in, in the order in which they matter: those who come first, then who has said nothing, then who cannot. */
export function callIns(a: Readonly<Activation>): CallIn[] {
  return Object.values(a.campaigns).filter(({ purpose }) => purpose !== 'officials').map((campaign) => ({
    campaign, isEnough: isSatisfied(a, campaign), saying: saying(a, campaign, campaign.purpose === 'charge' ? 'taking-charge' : 'coming'),
    people: campaign.order.map((person) => calledIn(a, campaign, person)).sort((x, y) => rank(x) - rank(y) || (x.arrivesAt ?? 0) - (y.arrivesAt ?? 0)),
  }));
}

function calledIn(a: Readonly<Activation>, campaign: Readonly<Campaign>, person: string): CalledIn {
  const target = a.outreach.targets[person]!;
  const { function: code, account } = campaign.people[person]!;
  const answer = answerIn(campaign, target);
  const last = target.attempts.findLast(({ campaign: of }) => of === campaign.id);
  return {
    person, ...(code ? { function: code } : {}), ...(account ? { account } : {}),
    ...(answer ? { answer } : last ? { last } : {}), ...(answer?.answer === 'coming' ? { arrivesAt: answer.at + (answer.minutes ?? 0) * MINUTE } : {}),
  };
}

function rank({ answer }: CalledIn): number {
  return answer === undefined ? 1 : answer.answer === 'unavailable' ? 2 : 0;
}

/** Who waits for this person's word: the calls in that name their account, and that somebody still needs. */
export function callsInOf(a: Readonly<Activation>, account: string): { campaign: Readonly<Campaign>; mine: CalledIn }[] {
  return callIns(a).flatMap(({ campaign, people, isEnough }) => {
    const mine = people.find((one) => one.account === account);
    return mine && campaign.status !== 'stopped' && (mine.answer !== undefined || !isEnough) ? [{ campaign, mine }] : [];
  });
}

/** P04: whom one would find there: who holds a function, and who said that they come; those who should be there by now stand checked. */
export function whoMayBeThere(a: Readonly<Activation>, now: Ms): { id: string; isExpected: boolean }[] {
  const holders = Object.values(a.functions).flatMap(({ holder }) => holder ?? []);
  const coming = callIns(a).flatMap(({ people }) => people.flatMap(({ person, account, answer, arrivesAt }) =>
    (answer && answer.answer !== 'unavailable' ? [{ id: account ?? person, isExpected: (arrivesAt ?? now) <= now }] : [])));
  const declared = (a.operational?.people ?? []).map((id) => ({ id, isExpected: true }));
  const found = new Map<string, boolean>();
  for (const { id, isExpected } of [...holders.map((id) => ({ id, isExpected: true })), ...declared, ...coming]) found.set(id, (found.get(id) ?? false) || isExpected);
  return [...found].map(([id, isExpected]) => ({ id, isExpected }));
}

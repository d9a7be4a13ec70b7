import type { Move } from '../outreach/reaching.js';
import type { Obligation } from '../commands.js';
import { attemptOf, inFlight } from '../outreach/attempts.js';
import type { Activation, Attempt, Campaign, Target } from '../state.js';
import { SECOND, type Ms } from '../time.js';
import { chance, type Behaviour, type Population } from './behaviour.js';

/** What somebody does at one call: the same exercise always hears the same. */
export function behaviourOf(population: Population, campaign: string, { person }: Pick<Target, 'person'>, { id, contact }: Pick<Attempt, 'id' | 'contact'>): Behaviour {
  if (chance(`${person} ${contact}`) < population.wrong) return { kind: 'invalid' };
  const answers = chance(`${campaign} ${id}`);
  const { answered, machine, busy, acknowledge, ask, talkSeconds } = population;
  if (answers < answered) {
    const says = chance(`${id} says`);
    const key = says < acknowledge ? '1' : says < acknowledge + ask ? '2' : undefined;
    const afterSeconds = Math.min(3 + Math.floor(chance(`${id} rings`) * 12), Math.max(1, talkSeconds - 1));
    return { kind: 'answers', afterSeconds, presses: key === undefined ? [] : [{ key, afterSeconds: Math.max(1, talkSeconds - afterSeconds) }], hangsUpAfterSeconds: talkSeconds };
  }
  if (answers < answered + machine) return { kind: 'machine', afterSeconds: 20 };
  return answers < answered + machine + busy ? { kind: 'busy' } : { kind: 'no-answer' };
}

interface News {
  at: Ms;
  command: Obligation | Move;
}

/** In an exercise the telephone network is this function of the journal and of time: nothing to restore, nothing to lose. */
export function simulatedNews(a: Readonly<Activation>, now: Ms): Obligation[] {
  const due = awaited(a).filter(({ at }) => at <= now).sort((x, y) => x.at - y.at).map(({ command }) => command);
  const moves = due.filter((one): one is Move => !('type' in one));
  return [...(moves.length === 0 ? [] : [{ type: 'move-attempts' as const, items: moves }]), ...due.filter((one) => 'type' in one)];
}

export function nextNewsAt(a: Readonly<Activation>): Ms {
  return awaited(a).reduce((earliest, { at }) => Math.min(earliest, at), Infinity);
}

function awaited(a: Readonly<Activation>): News[] {
  if (a.lane !== 'exercise') return [];
  return [
    ...inFlight(a).flatMap(({ attempt, target, campaign }) => (campaign.population ? (ofCall(campaign.population, campaign, target, attempt) ?? []) : [])),
    ...Object.values(a.campaigns).flatMap((campaign) => taps(a, campaign)),
  ];
}

/** The next thing that happens on a line. */
function ofCall(population: Population, campaign: Readonly<Campaign>, target: Readonly<Target>, attempt: Readonly<Attempt>): News | undefined {
  const { id, outcome, at } = attempt;
  const moves = (after: number, state: Move['state'], over?: true): News => ({ at: at + after * SECOND, command: { attempt: id!, state, ...(over ? { over } : {}) } });
  switch (outcome) {
    case 'dialling': {
      const does = behaviourOf(population, campaign.id, target, attempt);
      switch (does.kind) {
        case 'answers': return moves(does.afterSeconds, 'answered');
        case 'machine': return moves(Math.min(does.afterSeconds, campaign.ringSeconds), 'machine', true);
        case 'no-answer': return moves(campaign.ringSeconds, 'no-answer', true);
        case 'busy': return moves(3, 'busy', true);
        case 'invalid': return moves(1, 'invalid', true);
      }
    }
    case 'answered': {
      const does = behaviourOf(population, campaign.id, target, attempt);
      if (does.kind !== 'answers') return undefined;
      const press = does.presses[0];
      if (!press) return moves(Math.max(1, does.hangsUpAfterSeconds - does.afterSeconds), 'answered', true);
      return { at: at + press.afterSeconds * SECOND, command: said(campaign, target, attempt, press.key) };
    }
    case 'acknowledged':
    case 'call-again': return moves(0, 'answered', true);
    default: return undefined;
  }
}

function said(campaign: Readonly<Campaign>, { person }: Readonly<Target>, { id, text }: Readonly<Attempt>, key: string): News['command'] {
  const attempt = id!;
  if (campaign.purpose === 'officials') {
    return key === '1' ? { type: 'acknowledge', person, campaign: campaign.id, attempt, how: 'key', ...(text === undefined ? {} : { version: text }) } : { type: 'ask-for-person', attempt };
  }
  const called = { type: 'answer-call-in', person, campaign: campaign.id, attempt, how: 'key' } as const;
  if (key !== '1') return { ...called, answer: 'unavailable' };
  return campaign.purpose === 'charge' ? { ...called, answer: 'taking-charge' } : { ...called, answer: 'coming', minutes: [15, 30, 60][Math.floor(chance(`${person} comes`) * 3)]! };
}

/** Whoever taps does so within twenty minutes. */
function taps(a: Readonly<Activation>, campaign: Readonly<Campaign>): News[] {
  return campaign.tapping.flatMap((id): News[] => {
    const found = attemptOf(a, id);
    if (!found) return [];
    const at = found.attempt.at + (60 + Math.floor(chance(`${id} when`) * 1_140)) * SECOND;
    return [{ at, command: { type: 'acknowledge', person: found.target.person, campaign: campaign.id, attempt: id, how: 'link' } }];
  });
}

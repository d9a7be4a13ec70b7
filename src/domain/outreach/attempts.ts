import type { LineState, Move } from './reaching.js';
import type { CommandOf } from '../commands.js';
import type { Entry } from '../entry.js';
import type { NewEvent, Payloads } from '../events.js';
import type { Activation, Attempt, Campaign, Target } from '../state.js';
import { SECOND, toMs, type Ms } from '../time.js';
import { acknowledgedIn } from './reached.js';
import { willTap } from '../exercise/behaviour.js';
import { spent } from './pace.js';
import { forget } from './waiting.js';

/** How far an attempt has come: news that would take it back is late or repeated, and changes nothing. */
const RANK: Record<LineState, number> = {
  intended: 0, doubt: 1, dialling: 2, ringing: 3, delivered: 4, answered: 4, machine: 5, busy: 5, 'no-answer': 5, invalid: 5, failed: 5, cancelled: 5,
};
const SAID = new Set<Attempt['outcome']>(['acknowledged', 'refused', 'call-again', 'wrong-number', 'relayed']);

/** An entry of the journal stays readable. */
const AN_ENTRY = 500;

export function attemptOf(a: Readonly<Activation>, id: string): { target: Readonly<Target>; attempt: Readonly<Attempt>; campaign: Readonly<Campaign> } | undefined {
  const [campaign, person] = id.split('/');
  const target = a.outreach.targets[person ?? ''];
  const attempt = target?.attempts.find((one) => one.id === id);
  const of = a.campaigns[campaign ?? ''];
  return target && attempt && of ? { target, attempt, campaign: of } : undefined;
}

export function intendAttempts(a: Readonly<Activation>, { campaign, items }: CommandOf<'intend-attempts'>): NewEvent[] {
  const fresh = items.filter(({ attempt }) => !attemptOf(a, attempt));
  const events: NewEvent[] = [];
  for (let i = 0; i < fresh.length; i += AN_ENTRY) events.push({ type: 'attemptsIntended', payload: { campaign, items: fresh.slice(i, i + AN_ENTRY) } });
  return events;
}

/** Duplicate, late and disordered news say nothing new. */
export function moveAttempts(a: Readonly<Activation>, command: CommandOf<'move-attempts'>): NewEvent[] {
  const items = command.items.filter((move) => isNews(a, move));
  return items.length === 0 ? [] : [{ type: 'attemptsMoved', payload: { items } }];
}

function isNews(a: Readonly<Activation>, { attempt: id, state, over, sid }: Move): boolean {
  const found = attemptOf(a, id);
  if (!found) return false;
  const { attempt } = found;
  if (attempt.over) return false;
  if (over || (sid !== undefined && attempt.sid === undefined)) return true;
  return advances(attempt, state);
}

/** A person's word stands above whatever the line says; doubt is raised on what is under way, and lifted by any news. */
function advances({ outcome }: Readonly<Attempt>, state: LineState): boolean {
  if (SAID.has(outcome) || outcome === state) return false;
  if (state === 'doubt') return true;
  return outcome === 'doubt' || RANK[state] > RANK[outcome as LineState];
}

/** How long nothing may be heard of an attempt before the provider is asked: a callback may be lost, a process killed. */
const PATIENCE: Record<'intended' | 'calling' | 'answered', Ms> = { intended: 300 * SECOND, calling: 45 * SECOND, answered: 300 * SECOND };

/** In doubt: nothing was heard of it for too long. In an exercise the telephone network is ours, and loses nothing. */
export function dueDoubts(a: Readonly<Activation>, now: Ms): CommandOf<'move-attempts'>[] {
  if (a.lane === 'exercise') return [];
  const items = inFlight(a).filter(({ attempt, campaign }) => doubtAt(campaign, attempt) <= now).map(({ attempt }): Move =>
    // Of a call in which somebody said what they had to say, only the end went unheard.
    (SAID.has(attempt.outcome) ? { attempt: attempt.id!, state: 'answered', over: true } : { attempt: attempt.id!, state: 'doubt' }));
  return items.length === 0 ? [] : [{ type: 'move-attempts', items }];
}

export function nextDoubtAt(a: Readonly<Activation>): Ms {
  if (a.lane === 'exercise') return Infinity;
  return inFlight(a).reduce((earliest, { attempt, campaign }) => Math.min(earliest, doubtAt(campaign, attempt)), Infinity);
}

function doubtAt({ ringSeconds }: Readonly<Campaign>, { outcome, at }: Readonly<Attempt>): Ms {
  if (outcome === 'doubt' || outcome === 'delivered') return Infinity;
  if (outcome === 'intended') return at + PATIENCE.intended;
  return at + (outcome === 'dialling' || outcome === 'ringing' ? ringSeconds * SECOND + PATIENCE.calling : PATIENCE.answered);
}

/** Calls that hold a line, of every campaign. */
export function inFlight(a: Readonly<Activation>): { attempt: Readonly<Attempt>; target: Readonly<Target>; campaign: Readonly<Campaign> }[] {
  return Object.values(a.campaigns).flatMap((campaign) => campaign.inFlight.flatMap((id) => attemptOf(a, id) ?? []));
}

/** A call that rings for nothing any more: its person acknowledged by another way, or its campaign was stopped. */
export function dueCancellations(a: Readonly<Activation>): CommandOf<'cancel-attempts'>[] {
  const attempts = inFlight(a).filter(({ attempt, target, campaign }) =>
    !attempt.cancelling && (attempt.outcome === 'intended' || attempt.outcome === 'dialling' || attempt.outcome === 'ringing')
    && (campaign.status === 'stopped' || acknowledgedIn(campaign, target))).map(({ attempt }) => attempt.id!);
  return attempts.length === 0 ? [] : [{ type: 'cancel-attempts', attempts }];
}

export function cancelAttempts(a: Readonly<Activation>, command: CommandOf<'cancel-attempts'>): NewEvent[] {
  const attempts = command.attempts.filter((id) => {
    const found = attemptOf(a, id);
    return found && !found.attempt.over && !found.attempt.cancelling;
  });
  return attempts.length === 0 ? [] : [{ type: 'attemptsCancelled', payload: { attempts } }];
}

/** Whether the postman may still place it: what was true when it was meant may have changed since. */
export function isWanted(a: Readonly<Activation>, id: string): boolean {
  const found = attemptOf(a, id);
  return found !== undefined && a.life === 'running' && !found.attempt.over && !found.attempt.cancelling
    && found.campaign.status === 'running' && !acknowledgedIn(found.campaign, found.target);
}

type AttemptEvents = Pick<Payloads, 'attemptsIntended' | 'attemptsMoved' | 'attemptsCancelled'>;
export type AttemptEntry = { [T in keyof AttemptEvents]: Entry<T, AttemptEvents[T]> }[keyof AttemptEvents];

export function evolveAttempts(a: Activation, entry: AttemptEntry): void {
  a.outreach.changedAt = entry.seq;
  // Pace, pauses and doubts are counted on our own clock as the journal has it: it never goes back, whatever the system's does.
  const at = toMs(entry.recordedAt);
  switch (entry.type) {
    case 'attemptsIntended': {
      const campaign = a.campaigns[entry.payload.campaign]!;
      let calls = 0;
      let texts = 0;
      for (const { attempt: id, person, way, contact } of entry.payload.items) {
        forget(a, person);
        a.outreach.targets[person]?.attempts.push({
          id, seq: entry.seq, at, way, outcome: 'intended', campaign: campaign.id, contact, text: campaign.texts.length,
        });
        if (way === 'voice') {
          calls++;
          campaign.inFlight.push(id);
        } else texts++;
      }
      campaign.callSlot = spent(campaign.callSlot, calls, campaign.callsPerSecond, at);
      campaign.textSlot = spent(campaign.textSlot, texts, campaign.textsPerSecond, at);
      return;
    }
    case 'attemptsMoved':
      for (const move of entry.payload.items) moved(a, move, at, entry.seq);
      return;
    case 'attemptsCancelled':
      for (const id of entry.payload.attempts) {
        const found = attemptOf(a, id) as { attempt: Attempt } | undefined;
        if (found) found.attempt.cancelling = true;
      }
  }
}

function moved(a: Activation, { attempt: id, state, over, account, sid, code }: Move, at: Ms, seq: number): void {
  const found = attemptOf(a, id) as { attempt: Attempt; target: Target; campaign: Campaign } | undefined;
  if (!found) return;
  const { attempt, campaign } = found;
  forget(a, found.target.person);
  if (advances(attempt, state)) {
    attempt.outcome = state;
    attempt.at = at;
    attempt.seq = seq;
    // What left the house was tried; what never did (cancelled before, failed at once) was not.
    if (TRIED.has(state)) attempt.tried ??= { at, seq };
  }
  if (state === 'delivered' && attempt.way === 'sms' && campaign.population && campaign.purpose === 'officials' && attempt.outcome === 'delivered' && willTap(campaign.population, id)) campaign.tapping.push(id);
  if (account !== undefined) attempt.account = account;
  if (sid !== undefined) attempt.sid = sid;
  if (code !== undefined) attempt.code = code;
  if (!over) return;
  attempt.over = at;
  const place = campaign.inFlight.indexOf(id);
  if (place >= 0) campaign.inFlight.splice(place, 1);
}

const TRIED = new Set<LineState>(['dialling', 'ringing', 'answered', 'delivered', 'machine', 'busy', 'no-answer', 'invalid']);

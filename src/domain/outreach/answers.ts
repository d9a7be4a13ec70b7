import type { Gesture, Meaning } from './reaching.js';
import type { CommandOf, Context } from '../commands.js';
import { ENGINE, type Entry } from '../entry.js';
import type { NewEvent, Payloads } from '../events.js';
import { refuse, type Refusal } from '../refusal.js';
import type { Activation, Attempt, Target } from '../state.js';
import { toMs, type Ms } from '../time.js';
import { attemptOf } from './attempts.js';
import { forget } from './waiting.js';

/** 48.1: acknowledged by a human being. Said ten times it is said once; a newer text may be acknowledged anew. */
export function acknowledge(a: Readonly<Activation>, command: CommandOf<'acknowledge'>): NewEvent[] | Refusal {
  const { person, campaign: id, how, attempt } = command;
  const campaign = a.campaigns[id];
  const target = a.outreach.targets[person];
  if (!campaign || !target || !isOf(attempt, id, person)) return refuse('unknown-contact', { person });
  const version = command.version ?? (attempt === undefined ? undefined : attemptOf(a, attempt)?.attempt.text) ?? campaign.texts.length;
  const isKnown = target.attempts.some((one) => one.campaign === id && one.outcome === 'acknowledged' && (one.text ?? 0) >= version);
  return isKnown ? [] : [{ type: 'acknowledged', payload: { person, campaign: id, how, version, ...(attempt === undefined ? {} : { attempt }) } }];
}

/** An attempt named beside a person and a campaign is theirs, or nothing is believed. */
function isOf(attempt: string | undefined, campaign: string, person: string): boolean {
  return attempt === undefined || attempt.startsWith(`${campaign}/${person}/`);
}

/** They want a person's voice: the queue of direct calls has them first (P09). */
export function askForPerson(a: Readonly<Activation>, { attempt }: CommandOf<'ask-for-person'>): NewEvent[] | Refusal {
  const found = attemptOf(a, attempt);
  if (!found) return refuse('unknown-contact', { person: attempt });
  return found.attempt.outcome === 'acknowledged' || found.attempt.outcome === 'call-again' ? [] : [{ type: 'personAsked', payload: { attempt } }];
}

/** A reply by text; what is unclear is read by a person, and acknowledges nothing. */
export function receiveReply(a: Readonly<Activation>, { attempt, words, meaning, message }: CommandOf<'receive-reply'>): NewEvent[] | Refusal {
  const found = attemptOf(a, attempt);
  if (!found) return refuse('unknown-contact', { person: attempt });
  return found.target.replies?.some((one) => one.message === message) ? [] : [{ type: 'replyReceived', payload: { attempt, words, meaning, message } }];
}

/** 47.1, 47.2: what somebody called in says; said again it is corrected. Taking charge takes the function, where it is free. */
export function answerCallIn(a: Readonly<Activation>, command: CommandOf<'answer-call-in'>, { by }: Context): NewEvent[] | Refusal {
  const { person, campaign: id, answer, minutes, how, attempt } = command;
  const campaign = a.campaigns[id];
  const target = a.outreach.targets[person];
  const called = campaign?.people[person];
  if (!campaign || !target || !called || !isOf(attempt, id, person)) return refuse('unknown-contact', { person });
  // From their own page alone, or by their own telephone.
  if (by !== ENGINE && called.account !== by) return refuse('forbidden', { person });
  const known = target.answer;
  if (known?.campaign === id && known.answer === answer && known.minutes === minutes) return [];
  const events: NewEvent[] = [{
    type: 'callInAnswered',
    payload: { person, campaign: id, how, answer, ...(minutes === undefined ? {} : { minutes }), ...(attempt === undefined ? {} : { attempt }) },
  }];
  if (answer === 'taking-charge' && called.function && a.functions[called.function].holder === undefined) {
    events.push({ type: 'functionTaken', payload: { function: called.function, holder: called.account ?? person } });
  }
  return events;
}

type AnswerEvents = Pick<Payloads, 'acknowledged' | 'personAsked' | 'replyReceived' | 'callInAnswered'>;
export type AnswerEntry = { [T in keyof AnswerEvents]: Entry<T, AnswerEvents[T]> }[keyof AnswerEvents];

export function evolveAnswers(a: Activation, entry: AnswerEntry): void {
  a.outreach.changedAt = entry.seq;
  forget(a, 'person' in entry.payload ? entry.payload.person : entry.payload.attempt.split('/')[1]);
  const at = toMs(entry.occurredAt);
  switch (entry.type) {
    case 'acknowledged': {
      const { person, campaign, how, version: text, attempt } = entry.payload;
      const target = a.outreach.targets[person];
      if (target) said(target, attempt, 'acknowledged', { campaign, how, text, at, seq: entry.seq });
      const of = a.campaigns[campaign];
      if (of) of.tapping = of.tapping.filter((id) => id.split('/')[1] !== person);
      return;
    }
    case 'personAsked': {
      const found = attemptOf(a, entry.payload.attempt) as { attempt: Attempt } | undefined;
      if (found) Object.assign(found.attempt, { outcome: 'call-again', at, seq: entry.seq, again: at });
      return;
    }
    case 'replyReceived': {
      const { attempt, words, meaning, message } = entry.payload;
      const found = attemptOf(a, attempt) as { target: Target; attempt: Attempt } | undefined;
      if (!found) return;
      (found.target.replies ??= []).push({ seq: entry.seq, at, words, meaning, message });
      if (found.attempt.outcome === 'acknowledged') return;
      if (meaning === 'acknowledged') Object.assign(found.attempt, { outcome: 'acknowledged', how: 'reply', at, seq: entry.seq });
      else if (meaning === 'stop') Object.assign(found.attempt, { outcome: 'refused', at, seq: entry.seq, note: words });
      else Object.assign(found.attempt, { outcome: 'call-again', at, seq: entry.seq, again: at, note: words });
      return;
    }
    case 'callInAnswered': {
      const { person, campaign, how, answer, minutes, attempt } = entry.payload;
      const target = a.outreach.targets[person];
      if (!target) return;
      target.answer = { campaign, answer, at, seq: entry.seq, ...(minutes === undefined ? {} : { minutes }) };
      said(target, attempt, 'acknowledged', { campaign, how, text: a.campaigns[campaign]!.texts.length, at, seq: entry.seq });
    }
  }
}

/** What was said by an attempt of ours changes it; what came by itself (a call back, a button) is one of its own. */
function said(target: Target, attempt: string | undefined, outcome: 'acknowledged', what: { campaign: string; how: Gesture | 'button'; text: number; at: Ms; seq: number }): void {
  const known = attempt === undefined ? undefined : target.attempts.find(({ id }) => id === attempt);
  if (known) {
    known.tried ??= { at: what.at, seq: what.seq };
    Object.assign(known, { outcome, ...what });
  } else target.attempts.push({ way: 'own', outcome, over: what.at, ...what });
}

/** Words that mean "received" when they stand first: what people write at night. Without accents, in lower case. */
const RECEIVED = /^(ok|oui|recu|bien recu|bien note|1|vu|d ?accord|dac|c est note|note|compris|entendu|confirme|acquitte|acq|affirmatif|roger|yes)\b/;
/** … and what takes it back, or asks for something. */
const DOUBTFUL = /\b(mais|pas|plus|quoi|qui|quel|quelle|pourquoi|comment|erreur|rien|impossible|appelez|rappelez)\b/;
const STOP = /^(stop|arret|desabonn|unsubscribe)\b/;

/** A reply acknowledges only when it plainly says so; whatever else it says is read by a person. */
export function meaningOf(words: string): Meaning {
  const plain = words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim();
  if (STOP.test(plain)) return 'stop';
  const found = RECEIVED.exec(plain);
  if (!found) return 'unclear';
  // "Ok bien reçu, merci" says it; "ok mais qui êtes-vous ?" asks something.
  return words.includes('?') || DOUBTFUL.test(plain) ? 'unclear' : 'acknowledged';
}

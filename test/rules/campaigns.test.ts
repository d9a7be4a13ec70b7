// 48.1, 47.1, 47.2: our own automaton. Whom to call next, how fast, when it stops, what counts, and what it never does twice.
import type { LineState } from '../../src/domain/outreach/reaching.js';
import type { Population } from '../../src/domain/exercise/behaviour.js';
import { describe, expect, test } from '@jest/globals';
import type { CommandOf } from '../../src/domain/commands.js';
import { attemptOf, inFlight, isWanted } from '../../src/domain/outreach/attempts.js';
import { meaningOf } from '../../src/domain/outreach/answers.js';
import { communeState, coverage, reachCurve } from '../../src/domain/outreach/coverage.js';
import { queue } from '../../src/domain/outreach/queue.js';
import type { FrozenTarget } from '../../src/domain/outreach/targets.js';
import { MINUTE, SECOND } from '../../src/domain/time.js';
import { at, does, given, openCommand, opened, refolded, sealed, T0, type Hour, type Move } from '../kit/given.js';

const COMMUNES = Array.from({ length: 20 }, (_, i) => `76${String(100 + i)}`);
const target = (commune: string, order: number): FrozenTarget => ({ person: `${commune}-${order}`, version: 1, commune, role: order === 0 ? 'maire' : 'adjoint', order });
const frozen = (communes: readonly string[] = COMMUNES, circle: 1 | 2 = 1, deputies = 1): Move =>
  does('sidpc', { type: 'freeze-perimeter', circle, communes: [...communes], targets: communes.flatMap((commune) => Array.from({ length: 1 + deputies }, (_, i) => target(commune, i))) });

const MEANS: CommandOf<'start-campaign'>['means'] = {
  ways: ['voice'], lines: 5, callsPerSecond: 1, textsPerSecond: 10, rounds: 2, pauseSeconds: 120, ringSeconds: 25, enough: 0,
};
type Over = Partial<Omit<CommandOf<'start-campaign'>, 'means'>> & { means?: Partial<CommandOf<'start-campaign'>['means']>; contacts?: CommandOf<'start-campaign'>['people'][number]['contacts'] };
const campaign = (hour: Hour, { means = {}, contacts = ['mobile', 'fixed'], ...over }: Over = {}): CommandOf<'start-campaign'> => ({
  type: 'start-campaign', campaign: 'c1', purpose: 'officials', circles: [1], text: sealed('Crue de la Brenne'), means: { ...MEANS, ...means },
  people: Object.values(hour.state.outreach.targets).filter(({ commune }) => commune !== '').map(({ person }) => ({ person, version: 1, contacts })), ...over,
});
const started = (over: Over = {}): Move => (hour) => void hour.does('communication', campaign(hour, over));
const calls = (hour: Hour) => hour.of('attemptsIntended').flatMap(({ payload }) => payload.items).filter(({ way }) => way === 'voice');
const said = (hour: Hour) => calls(hour).map(({ person, contact }) => `${person} ${contact}`);
const news = (hour: Hour, attempt: string, state: LineState, over = false) =>
  hour.does('engine', { type: 'move-attempts', items: [{ attempt, state, ...(over ? { over: true } : {}), sid: `CA-${attempt}`, account: 'un' }] });
/** The postman hands every call to the provider at once. */
const dialled = (hour: Hour) => {
  for (const { attempt } of inFlight(hour.state)) if (attempt.outcome === 'intended') news(hour, attempt.id!, 'dialling');
};
const engine = (hour: Hour, command: Parameters<Hour['submit']>[0]) => hour.does('engine', command);
const acks = (hour: Hour, attempt: string) => engine(hour, { type: 'acknowledge', person: attempt.split('/')[1]!, campaign: 'c1', attempt, how: 'key' });

describe('whom next, and how fast (48.1)', () => {
  test('48.1 one call a second and no more lines than there are; the mayors first, commune after commune', () => {
    const hour = given(opened(), at(5), frozen(), started());
    expect(said(hour)).toEqual(['76100-0 0']);
    hour.at(5, 3);
    expect(said(hour)).toEqual(['76100-0 0', '76101-0 0', '76102-0 0', '76103-0 0']);
    hour.at(6);
    expect(said(hour)).toHaveLength(5);
  });

  test('48.1 a faster pace starts no more than a second of calls at once, and what was not used does not add up', () => {
    const hour = given(opened(), at(5), frozen(), started({ means: { callsPerSecond: 4, lines: 100 } }));
    expect(calls(hour)).toHaveLength(4);
    hour.does('communication', { type: 'pause-campaign', campaign: 'c1' }).at(9).does('communication', { type: 'resume-campaign', campaign: 'c1' });
    expect(calls(hour)).toHaveLength(8);
  });

  test('48.1 no answer: the next number of the mayor, then the deputies, then a rest, then another round, then nobody', () => {
    const hour = given(opened(), at(5), frozen(['76100'], 1, 1), started({ contacts: ['mobile', 'email', 'fixed'] }));
    for (let i = 0; i < 8; i++) {
      dialled(hour);
      const [call] = inFlight(hour.state);
      news(hour, call!.attempt.id!, 'no-answer', true);
      hour.at(5, 2 * (i + 1) + (i >= 3 ? 120 : 0) + (i === 7 ? 600 : 0));
    }
    expect(said(hour)).toEqual(['76100-0 0', '76100-0 2', '76100-1 0', '76100-1 2', '76100-0 0', '76100-0 2', '76100-1 0', '76100-1 2']);
    expect(inFlight(hour.state)).toEqual([]);
    expect(hour.of('attemptsIntended').at(4)!.occurredAt > hour.of('attemptsIntended').at(3)!.occurredAt).toBe(true);
  });

  test('48.1 a number that belongs to nobody is not dialled again; the other numbers of the same person are', () => {
    const hour = given(opened(), at(5), frozen(['76100'], 1, 0), started());
    news(hour, calls(hour)[0]!.attempt, 'invalid', true);
    hour.at(6);
    news(hour, calls(hour)[1]!.attempt, 'no-answer', true);
    hour.at(12);
    expect(said(hour)).toEqual(['76100-0 0', '76100-0 1', '76100-0 1']);
    expect(communeState(hour.state.outreach, '76100')).toBe('tried');
  });

  test('48.1 circle 1 before circle 2; a commune that a person has taken from the queue is not dialled meanwhile', () => {
    const hour = given(opened(), at(5), frozen(['76100', '76101'], 1, 0), frozen(['76110'], 2, 0), does('communication', { type: 'claim-call', person: '76101-0' }), started({ circles: [1, 2] }), at(5, 30));
    expect(said(hour)).toEqual(['76100-0 0', '76110-0 0']);
    hour.does('communication', { type: 'release-call', person: '76101-0' });
    expect(said(hour).at(-1)).toBe('76101-0 0');
  });

  test('48.1 texts and mails beside the calls: one to each person, at their own pace; whoever has neither gets none', () => {
    const hour = given(opened(), at(5), frozen(COMMUNES, 1, 0), started({ means: { ways: ['voice', 'sms', 'mail'], textsPerSecond: 5 }, contacts: ['fixed', 'mobile', 'email'] }), at(5, 30));
    const items = hour.of('attemptsIntended').flatMap(({ payload }) => payload.items);
    expect(items.filter(({ way }) => way === 'sms').map(({ contact }) => contact)).toEqual(COMMUNES.map(() => 1));
    expect(items.filter(({ way }) => way === 'mail')).toHaveLength(20);
    expect(new Set(items.map(({ attempt }) => attempt)).size).toBe(items.length);
  });
});

describe('what counts (48.1)', () => {
  test('48.1 answered is not acknowledged; a key is, and then the commune is reached and nobody is called there again', () => {
    const hour = given(opened(), at(5), frozen(['76100'], 1, 2), started());
    const [first] = calls(hour);
    expect(communeState(hour.state.outreach, '76100')).toBe('untried');
    news(hour, first!.attempt, 'dialling');
    expect(communeState(hour.state.outreach, '76100')).toBe('tried');
    news(hour, first!.attempt, 'answered');
    expect(communeState(hour.state.outreach, '76100')).toBe('answered');
    acks(hour.at(5, 20), first!.attempt);
    expect(communeState(hour.state.outreach, '76100')).toBe('acknowledged');
    news(hour, first!.attempt, 'answered', true);
    hour.at(40);
    expect(calls(hour)).toHaveLength(1);
    expect(reachCurve(hour.state.outreach, 1)).toEqual([{ commune: '76100', at: T0 + 5 * MINUTE + 20 * SECOND, seq: hour.of('acknowledged')[0]!.seq }]);
    expect(hour.state.steps['P07']).toMatchObject({ status: 'done' });
    expect(hour.state.steps['P08']).toMatchObject({ status: 'done', doneAt: T0 + 5 * MINUTE + 20 * SECOND });
  });

  test('48.1 a machine is never an acknowledgement', () => {
    const hour = given(opened(), at(5), frozen(['76100'], 1, 0), started());
    news(hour, calls(hour)[0]!.attempt, 'machine', true);
    expect(communeState(hour.state.outreach, '76100')).toBe('tried');
    hour.at(5, 10);
    expect(calls(hour)).toHaveLength(2);
  });

  test('48.1 pressed ten times it is said once; news that come late, twice or in disorder say nothing', () => {
    const hour = given(opened(), at(5), frozen(['76100'], 1, 0), started());
    const { attempt } = calls(hour)[0]!;
    for (const state of ['answered', 'ringing', 'dialling', 'ringing', 'answered'] as const) news(hour, attempt, state);
    for (let i = 0; i < 10; i++) acks(hour, attempt);
    news(hour, attempt, 'no-answer', true);
    news(hour, attempt, 'ringing');
    news(hour, attempt, 'answered', true);
    expect(hour.of('acknowledged')).toHaveLength(1);
    expect(hour.of('attemptsMoved').map(({ payload }) => payload.items[0]!.state)).toEqual(['answered', 'no-answer']);
    expect(attemptOf(hour.state, attempt)!.attempt).toMatchObject({ outcome: 'acknowledged', how: 'key', over: hour.now });
  });

  test('48.1 acknowledged by another way, the call that still rings is hung up, and what has not left is not wanted any more', () => {
    const hour = given(opened(), at(5), frozen(['76100', '76101'], 1, 0), started({ means: { ways: ['voice', 'sms'], callsPerSecond: 2 } }));
    const [first, second] = calls(hour);
    news(hour, first!.attempt, 'ringing');
    for (const { attempt } of [first!, second!]) engine(hour, { type: 'acknowledge', person: attempt.split('/')[1]!, campaign: 'c1', attempt: attempt.replace('voice', 'sms'), how: 'link' });
    expect(hour.of('attemptsCancelled').flatMap(({ payload }) => payload.attempts)).toEqual([first!.attempt, second!.attempt]);
    // Only the provider's own call can be hung up; the other one never left.
    expect(hour.effects.filter(({ kind }) => kind === 'hang-up')).toMatchObject([{ channel: 'voice', body: { attempt: first!.attempt, sid: `CA-${first!.attempt}`, account: 'un' } }]);
    expect(isWanted(hour.state, second!.attempt)).toBe(false);
  });

  test('48.1 an acknowledgement after the deadline, and after the end, counts, as late', () => {
    const hour = given(opened(), at(5), frozen(['76100'], 1, 0), started());
    const { attempt } = calls(hour)[0]!;
    news(hour, attempt, 'answered');
    hour.at(70).does('directrice', { type: 'end' });
    acks(hour.at(71), attempt);
    expect(hour.of('acknowledged')).toHaveLength(1);
    expect(hour.state.steps['P08']!.doneAt).toBe(T0 + 71 * MINUTE);
    expect(hour.verdict('48.1')).toBe('late');
  });

  test('48.1 they ask for a person: the queue has them first, and the automaton leaves them alone', () => {
    const hour = given(opened(), at(5), frozen(['76100', '76101'], 1, 0), started());
    expect(queue(hour.state, hour.now).every(({ automaton }) => automaton)).toBe(true);
    hour.at(5, 5);
    engine(hour, { type: 'ask-for-person', attempt: calls(hour)[1]!.attempt });
    news(hour, calls(hour)[1]!.attempt, 'answered', true);
    hour.at(12);
    expect(queue(hour.state, hour.now)[0]).toMatchObject({ commune: '76101' });
    expect(queue(hour.state, hour.now)[0]!.automaton).toBeUndefined();
    expect(said(hour).filter((one) => one.startsWith('76101'))).toHaveLength(1);
  });

  test.each([
    ['ok', 'acknowledged'], ['Ok bien reçu', 'acknowledged'], ['OK.', 'acknowledged'], ['Reçu, merci', 'acknowledged'], ['oui je préviens mon équipe', 'acknowledged'], ['1', 'acknowledged'],
    ['STOP', 'stop'], ['stop svp', 'stop'], ['ok mais qui êtes-vous', 'unclear'], ['Reçu ?', 'unclear'], ['qui est-ce ?', 'unclear'], ['12', 'unclear'], ['okapi', 'unclear'], ['', 'unclear'],
    ['pas reçu', 'unclear'], ['Non', 'unclear'], ['ok rappelez moi', 'unclear'],
  ])('48.1 « %s » is %s', (words, meaning) => expect(meaningOf(words)).toBe(meaning));

  test('48.1 a reply counts once, by the id the provider gave it; what is unclear goes to a person', () => {
    const hour = given(opened(), at(5), frozen(['76100'], 1, 0), started({ means: { ways: ['sms'] } }));
    const { attempt } = hour.of('attemptsIntended')[0]!.payload.items[0]!;
    const reply = (meaning: 'acknowledged' | 'stop' | 'unclear', message: string) => engine(hour, { type: 'receive-reply', attempt, words: sealed(message), meaning, message });
    reply('unclear', 'SM1');
    reply('unclear', 'SM1');
    expect(hour.of('replyReceived')).toHaveLength(1);
    expect(queue(hour.state, hour.now)[0]).toMatchObject({ notBefore: hour.now });
    reply('acknowledged', 'SM2');
    expect(communeState(hour.state.outreach, '76100')).toBe('acknowledged');
  });
});

describe('steering a campaign (48.1)', () => {
  test('48.1 stopped: no new call, what rings is hung up, the answered one goes on', () => {
    const hour = given(opened(), at(5), frozen(), started({ means: { callsPerSecond: 3 } }));
    const [one, two, three] = calls(hour);
    news(hour, one!.attempt, 'answered');
    news(hour, two!.attempt, 'ringing');
    hour.does('communication', { type: 'stop-campaign', campaign: 'c1' });
    expect(hour.of('attemptsCancelled')[0]!.payload.attempts).toEqual([two!.attempt, three!.attempt]);
    acks(hour, one!.attempt);
    hour.at(20);
    expect(calls(hour)).toHaveLength(3);
    expect(coverage(hour.state.outreach, 1).by.acknowledged).toBe(1);
    hour.when({ type: 'resume-campaign', campaign: 'c1' }, 'communication').refused('campaign-stopped');
  });

  test('48.1 a changed text is a new version: whoever acknowledged the old one is called again where it is asked', () => {
    const change = (again: boolean) => {
      const hour = given(opened(), at(5), frozen(['76100'], 1, 0), started({ means: { ways: ['voice', 'sms'] } }));
      const { attempt } = calls(hour)[0]!;
      acks(hour, attempt);
      news(hour, attempt, 'answered', true);
      hour.does('communication', { type: 'change-campaign-text', campaign: 'c1', text: sealed('Nouveau texte'), again }).at(9);
      return hour.of('attemptsIntended').flatMap(({ payload }) => payload.items).map(({ attempt: id }) => id.split('/')[2]);
    };
    expect(change(false)).toEqual(['voice-1', 'sms-1']);
    expect(change(true)).toEqual(['voice-1', 'sms-1', 'sms-2', 'voice-2']);
  });

  test('48.1 one campaign a circle at a time; a later one starts from the first, and what that one was answered is no answer to it', () => {
    const hour = given(opened(), at(5), frozen(['76100'], 1, 0), started());
    hour.when(campaign(hour, { campaign: 'c2' }), 'communication').refused('campaign-running');
    const { attempt } = calls(hour)[0]!;
    acks(hour, attempt);
    news(hour, attempt, 'answered', true);
    hour.does('communication', { type: 'stop-campaign', campaign: 'c1' }).at(30);
    hour.does('communication', campaign(hour, { campaign: 'c2' }));
    expect(hour.state.campaigns['c2']).toMatchObject({ after: 'c1', status: 'running' });
    expect(said(hour)).toHaveLength(2);
  });

  test('48.1 nobody to reach, no perimeter, an unknown campaign: refused, and nothing begins', () => {
    const hour = given(opened(), at(5));
    hour.when({ ...campaign(hour), people: [] }, 'communication').refused('no-perimeter');
    given(opened(), frozen(['76100'])).when({ ...campaign(hour), people: [] }, 'communication').refused('nobody-to-reach');
    hour.when({ type: 'stop-campaign', campaign: 'c9' }, 'communication').refused('unknown-campaign');
  });
});

describe('calling in (47.1, 47.2, 50.2)', () => {
  const agents = (n: number) => Array.from({ length: n }, (_, i): CommandOf<'start-campaign'>['people'][number] => ({ person: `agent-${i}`, version: 1, contacts: ['mobile'], function: 'OE', account: `compte-${i}` }));
  const calledIn = (purpose: 'charge' | 'cell' | 'cip', people = agents(4), enough = 2): Move => (hour) =>
    void hour.does('engine', { type: 'start-campaign', campaign: purpose, purpose, circles: [], means: { ...MEANS, callsPerSecond: 10, enough }, people });
  const answers = (hour: Hour, i: number, answer: 'taking-charge' | 'coming' | 'unavailable', minutes?: number, purpose = 'cell') =>
    hour.does('engine', { type: 'answer-call-in', person: `agent-${i}`, campaign: purpose, how: 'key', answer, ...(minutes === undefined ? {} : { minutes }) });

  test('47.1 opening asks that the directeur and the agent on call be called, where somebody can be', () => {
    const opening = (phones: boolean) => given((hour) => void hour.does('astreinte', { ...openCommand(), ...(phones ? { phones: true } : {}) })).effects.filter(({ kind }) => kind === 'call-in');
    expect(opening(true)).toMatchObject([{ channel: 'house', body: { purpose: 'charge' } }]);
    expect(opening(false)).toEqual([]);
  });

  test('47.1 one takes charge by a key: the function is theirs, P01 is done, the others are left alone, the cell is called in', () => {
    const hour = given((one) => void one.does('astreinte', { ...openCommand(), phones: true }), calledIn('charge', agents(3).map((one) => ({ ...one, function: 'DC' as const }))));
    expect(calls(hour)).toHaveLength(3);
    dialled(hour);
    answers(hour.at(2), 1, 'taking-charge', undefined, 'charge');
    expect(hour.state.functions.DC.holder).toBe('compte-1');
    expect(hour.state.steps['P01']).toMatchObject({ status: 'done', doneAt: T0 + 2 * MINUTE });
    expect(hour.effects.filter(({ kind }) => kind === 'call-in').map(({ body }) => body['purpose'])).toEqual(['charge', 'cell']);
    for (const { attempt } of inFlight(hour.state)) news(hour, attempt.id!, 'no-answer', true);
    hour.at(40);
    expect(calls(hour)).toHaveLength(3);
  });

  test('47.2 as many as are needed come: P03 is proven by their answers, and nobody else is woken', () => {
    const hour = given(opened(), calledIn('cell', agents(8), 2));
    const called = calls(hour).length;
    expect(called).toBe(5);
    answers(hour.at(3), 0, 'unavailable');
    answers(hour.at(4), 1, 'coming', 15);
    expect(hour.state.steps['P03']?.status ?? 'todo').toBe('todo');
    answers(hour.at(5), 2, 'coming', 30);
    expect(hour.state.steps['P03']).toMatchObject({ status: 'done', doneAt: T0 + 5 * MINUTE, provenBy: hour.of('callInAnswered').slice(1).map(({ seq }) => seq) });
    for (const { attempt } of inFlight(hour.state)) news(hour, attempt.id!, 'no-answer', true);
    hour.at(40);
    expect(calls(hour)).toHaveLength(called);
  });

  test('47.2 answered by another way, the telephone that still rings for them is hung up', () => {
    const hour = given(opened(), calledIn('cell', agents(1), 1));
    news(hour, calls(hour)[0]!.attempt, 'ringing');
    answers(hour, 0, 'unavailable');
    expect(hour.of('attemptsCancelled')).toHaveLength(1);
  });

  test('47.2 an answer may be corrected; by oneself from one’s own page, by nobody else', () => {
    const hour = given(opened(), calledIn('cell'));
    answers(hour, 0, 'coming', 15);
    answers(hour, 0, 'unavailable');
    expect(hour.state.outreach.targets['agent-0']!.answer).toMatchObject({ answer: 'unavailable' });
    hour.when({ type: 'answer-call-in', person: 'agent-0', campaign: 'cell', how: 'button', answer: 'coming' }, 'communication').refused('forbidden');
  });

  test('50.2 the NU ordered, the CIP is called in: N01 by its own answers', () => {
    const hour = given((one) => void one.does('astreinte', { ...openCommand(), phones: true }), at(20), does('directrice', { type: 'order-nu' }), calledIn('cip', agents(2), 1));
    expect(hour.effects.filter(({ kind }) => kind === 'call-in').at(-1)).toMatchObject({ body: { purpose: 'cip' } });
    answers(hour.at(22), 0, 'coming', 60, 'cip');
    expect(hour.state.steps['N01']).toMatchObject({ status: 'done' });
    expect(hour.state.steps['P03']?.status ?? 'todo').toBe('todo');
  });

  test('47 operational is declared with who is there: P04; with nobody it is refused', () => {
    const hour = given(opened(), at(30));
    hour.when({ type: 'declare-operational', people: [] }, 'communication').refused('nobody-there');
    hour.does('communication', { type: 'declare-operational', people: ['compte-1', 'compte-2'] });
    expect(hour.state.steps['P04']).toMatchObject({ status: 'done', doneAt: T0 + 30 * MINUTE });
  });
});

test('48.1 the system clock goes back by minutes while a campaign runs: nothing stands still, nothing is called in a burst', () => {
  const hour = given(opened(), at(30), frozen(COMMUNES, 1, 0), started({ means: { callsPerSecond: 1, lines: 20 } }));
  hour.now -= 3 * MINUTE;
  for (let i = 0; i < 5; i++) {
    hour.now += SECOND;
    hour.beat();
  }
  expect(calls(hour).length).toBeLessThanOrEqual(2);
  hour.now += 4 * MINUTE;
  hour.beat();
  hour.at(33);
  expect(calls(hour)).toHaveLength(20);
});

describe('doubt', () => {
  test('nothing was heard for too long: the provider is asked, once, and the line stays held meanwhile', () => {
    const hour = given(opened(), at(5), frozen(COMMUNES, 1, 0), started({ means: { lines: 1 } }));
    dialled(hour);
    hour.at(7);
    expect(hour.of('attemptsMoved').flatMap(({ payload }) => payload.items).map(({ state }) => state)).toEqual(['dialling', 'doubt']);
    expect(hour.effects.filter(({ kind }) => kind === 'ask')).toHaveLength(1);
    expect(calls(hour)).toHaveLength(1);
    news(hour, calls(hour)[0]!.attempt, 'no-answer', true);
    expect(calls(hour)).toHaveLength(2);
  });
});

describe('an exercise answers by itself', () => {
  const NIGHT: Population = { answered: 0.3, machine: 0.3, busy: 0.05, wrong: 0.02, acknowledge: 1, ask: 0, tap: 0, talkSeconds: 40 };
  const play = () => {
    const hour = given(opened({ lane: 'exercise', by: 'planificateur' }), at(5), frozen(COMMUNES, 1, 1));
    hour.does('planificateur', campaign(hour, { population: NIGHT, means: { lines: 10, rounds: 6 } }));
    for (let second = 0; second < 30 * 60; second++) {
      dialled(hour);
      hour.at(5, second);
    }
    return hour;
  };
  test('49 the same exercise hears the same people, without a telephone, and reaches the communes as a night does', () => {
    const hour = play();
    expect(coverage(hour.state.outreach, 1).by.acknowledged).toBeGreaterThanOrEqual(18);
    expect(JSON.stringify(hour.entries)).toBe(JSON.stringify(play().entries));
    expect(refolded(hour)).toEqual(hour.state);
  });
});

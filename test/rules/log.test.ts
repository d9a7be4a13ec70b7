// The main courante, the calls made by hand (48.1), and the statement (P26): nothing is ever edited or deleted.
import { describe, expect, test } from '@jest/globals';
import type { CommandOf } from '../../src/domain/commands.js';
import { CALL_OUTCOMES } from '../../src/domain/events.js';
import { callTally } from '../../src/domain/outreach/direct-calls.js';
import { MINUTE, toInstant } from '../../src/domain/time.js';
import { at, does, ends, given, opened, sealed, T0, type Hour } from '../kit/given.js';

const note = (words: string, more: Partial<CommandOf<'log-note'>> = {}): CommandOf<'log-note'> => ({ type: 'log-note', text: sealed(words), attachments: [], ...more });

describe('notes', () => {
  test('mod. 7 what happened, when it happened, on whose behalf, with its attachments', () => {
    const file = { ...sealed('photo'), mime: 'image/jpeg' };
    given(opened(), at(20)).when({ ...note('fumée'), attachments: [file] }, 'observateur', { occurredAt: 12, for: 'SI' })
      .then({ type: 'noteLogged', for: 'SI', occurredAt: toInstant(T0 + 12 * MINUTE), payload: { text: sealed('fumée'), attachments: [file] } });
  });

  test('mod. 7 a correction is a new entry that names the one it corrects', () => {
    const hour = given(opened(), does('astreinte', note('12 blessés')));
    const first = hour.state.seq;
    hour.when(note('2 blessés', { corrects: first }), 'astreinte').then({ type: 'noteLogged', corrects: first });
    expect(hour.of('noteLogged')[0]!.payload.text).toEqual(sealed('12 blessés'));
    hour.when(note('x', { corrects: hour.state.seq + 1 }), 'astreinte').refused('unknown-entry');
    hour.when(note('x', { corrects: 0 }), 'astreinte').refused('unknown-entry', { entry: 0 });
  });

  test('mod. 7 what was promised waits until it is kept, once', () => {
    const hour = given(opened(), does('communication', note('point à 04:30', { promisedFor: T0 + 136 * MINUTE })));
    const entry = hour.state.seq;
    expect(hour.state.promises).toMatchObject([{ seq: entry, promisedFor: T0 + 136 * MINUTE, kept: false }]);
    hour.when({ type: 'keep-promise', entry }, 'communication').then({ type: 'promiseKept', payload: { entry } });
    hour.when({ type: 'keep-promise', entry }, 'communication').nothing();
    hour.when({ type: 'keep-promise', entry: 1 }, 'communication').refused('nothing-promised', { entry: 1 });
  });

  test('mod. 7 a direction note is the préfet’s and the directeur’s', () => {
    given(opened()).when({ ...note('x'), type: 'log-direction-note' }, 'communication').refused('forbidden')
      .when({ ...note('x'), type: 'log-direction-note' }, 'directrice').then({ type: 'directionNoteLogged' });
  });

  test('RGPD erased once: the entry that erased it is named, the entry that carried it stays', () => {
    const hour = given(opened(), does('astreinte', note('numéro du maire')));
    const { digest } = sealed('numéro du maire');
    hour.when({ type: 'erase-text', digest, reason: sealed('demande') }, 'astreinte').refused('forbidden');
    hour.when({ type: 'erase-text', digest, reason: sealed('demande') }, 'directrice').then({ type: 'textErased', payload: { digest } });
    hour.when({ type: 'erase-text', digest, reason: sealed('encore') }, 'directrice').nothing();
    expect(hour.state.erased).toEqual({ [digest]: hour.state.seq });
    expect(hour.of('noteLogged')[0]!.payload.text.digest).toBe(digest);
  });
});

describe('calls by hand', () => {
  const contacts = ['p1', 'p2', 'p3'].map((person) => ({ person, line: sealed(`ligne de ${person}`) }));
  const pasted = does('astreinte', { type: 'paste-call-list', step: 'P07', contacts });
  const call = (person: string, outcome: (typeof CALL_OUTCOMES)[number]) => does('astreinte', { type: 'record-call', step: 'P07', person, outcome });
  const tally = (hour: Hour) => callTally(hour.state.contacts.P07!);

  test('48.1 pasted once, whoever is there already is not there twice', () => {
    const hour = given(opened()).when({ type: 'paste-call-list', step: 'P07', contacts: [] }, 'astreinte').nothing();
    pasted(hour);
    hour.when({ type: 'paste-call-list', step: 'P07', contacts }, 'communication').nothing();
    const fourth = { person: 'p4', line: sealed('l') };
    hour.when({ type: 'paste-call-list', step: 'P07', contacts: [...contacts, fourth, fourth] }, 'communication')
      .then({ type: 'callListPasted', payload: { contacts: [fourth] } });
    expect(hour.state.contacts.P07).toHaveLength(4);
  });

  test('48.1 each call is a fact: twice the same outcome is two calls', () => {
    const hour = given(opened(), pasted, call('p1', 'no-answer'), call('p1', 'no-answer'));
    expect(hour.state.contacts.P07![0]!.calls.map(({ outcome }) => outcome)).toEqual(['no-answer', 'no-answer']);
    expect(tally(hour)).toEqual({ total: 3, tried: 1, acknowledged: 0 });
  });

  test.each(CALL_OUTCOMES)('48.1 only a word given to the agent acknowledges: %s', (outcome) => {
    expect(tally(given(opened(), pasted, call('p1', outcome)))).toEqual({ total: 3, tried: 1, acknowledged: outcome === 'acknowledged' ? 1 : 0 });
  });

  test('48.1 acknowledged once is acknowledged, whatever a later call gave', () => {
    expect(tally(given(opened(), pasted, call('p1', 'acknowledged'), call('p1', 'no-answer'), call('p2', 'no-answer')))).toEqual({ total: 3, tried: 2, acknowledged: 1 });
  });

  test('48.1 somebody who is not on the list, on that step, was not called', () => {
    given(opened(), pasted).when({ type: 'record-call', step: 'P07', person: 'p9', outcome: 'acknowledged' }, 'astreinte').refused('unknown-contact', { person: 'p9' })
      .when({ type: 'record-call', step: 'P09', person: 'p1', outcome: 'acknowledged' }, 'astreinte').refused('unknown-contact')
      .when({ type: 'record-call', step: 'constructor', person: 'p1', outcome: 'acknowledged' }, 'astreinte').refused('unknown-step');
  });

  test('48.1 a list from a snapshot, and one that grew: each call finds its person', () => {
    const hour = given(opened(), pasted, call('p2', 'no-answer'));
    hour.state = JSON.parse(JSON.stringify(hour.state)) as typeof hour.state;
    hour.does('astreinte', { type: 'paste-call-list', step: 'P07', contacts: [{ person: 'p4', line: sealed('l') }] });
    call('p4', 'acknowledged')(hour);
    call('p2', 'acknowledged')(hour);
    expect(hour.state.contacts.P07!.map(({ person, calls }) => [person, calls.length])).toEqual([['p1', 0], ['p2', 2], ['p3', 0], ['p4', 1]]);
  });

  test('48.1 late acknowledgements go on after the end', () => {
    expect(tally(given(opened(), pasted, ends(), call('p1', 'acknowledged')))).toMatchObject({ acknowledged: 1 });
  });
});

describe('the statement of H+1', () => {
  const wrote = (hour: Hour, minute: number) => hour.when({ type: 'record-statement', dueAt: T0 + minute * MINUTE, file: { ...sealed(`constat ${minute}`), mime: 'text/html' }, upTo: hour.state.seq }, 'engine');

  test('audit asked at T0+60, once, and written by the house', () => {
    const hour = given(opened(), at(59, 59));
    expect(hour.of('statementRequested')).toEqual([]);
    hour.at(61);
    expect(hour.of('statementRequested')).toMatchObject([{ by: 'engine', payload: { dueAt: toInstant(T0 + 60 * MINUTE) } }]);
    expect(hour.effects.filter(({ channel }) => channel === 'house')).toMatchObject([{ kind: 'statement', body: { dueAt: toInstant(T0 + 60 * MINUTE) } }]);
  });

  test('audit written, it completes P26 with the entry that proves it; the same one twice is one', () => {
    const hour = given(opened(), at(60));
    wrote(hour, 60).then({ type: 'statementWritten', payload: { upTo: hour.state.seq - 2 } });
    wrote(hour, 60).nothing();
    expect(hour.step('P26')).toMatchObject({ word: 'done', step: { doneBy: 'engine' } });
    expect(hour.state.steps.P26!.proofs).toContain(hour.of('statementWritten')[0]!.seq);
  });

  test('audit a corrected T0 asks for a new one; by less than a minute it does not', () => {
    const hour = given(opened(), at(60));
    const correct = (t0: number) => hour.does('sidpc', { type: 'correct-clock', clock: 'cod', t0, reason: sealed('x'), seen: hour.clockVersion('cod') });
    correct(T0 + 59_000).at(62);
    expect(hour.of('statementRequested')).toHaveLength(1);
    correct(T0 + 5 * MINUTE).at(64, 59);
    expect(hour.of('statementRequested')).toHaveLength(1);
    hour.at(65);
    expect(hour.of('statementRequested')).toHaveLength(2);
  });

  test('audit without T0, or for an important event alone, there is none', () => {
    expect(given(opened({ noT0: true }), at(600)).of('statementRequested')).toEqual([]);
    expect(given(opened({ kind: 'important' }), at(600)).of('statementRequested')).toEqual([]);
  });
});

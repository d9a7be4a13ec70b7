// Module 7: opening in one gesture, everything else now or later, each by its own event; how it ends.
import { describe, expect, test } from '@jest/globals';
import { MINUTE, toInstant } from '../../src/domain/time.js';
import { ACTIVATION, at, does, ends, given, opened, openCommand, sealed, standardPlan, T0 } from '../kit/given.js';

describe('opening', () => {
  test('mod. 7 opening asks for nothing that can come afterwards', () => {
    const hour = given().when(openCommand({ noT0: true }), 'astreinte').then(
      { type: 'activationOpened', payload: { format: 1, kind: 'cod', timeZone: 'Europe/Paris', departement: '76' } },
      { type: 'planFrozen', payload: { plan: standardPlan, facts: { accounts: true } } },
    );
    expect(hour.state).toMatchObject({ life: 'running', clocks: {}, communes: [], openedBy: 'astreinte', lane: 'real' });
    expect(hour.verdict('47')).toBe('not-started');
    expect(hour.state.synergi).toBeUndefined();
  });

  test('mod. 7 everything at once: title, T0 and number, each its own event', () => {
    given().when({ ...openCommand({ kind: 'important' }), title: sealed('Inondation'), synergi: '26-041877' }, 'directrice').then(
      { type: 'activationOpened' }, { type: 'planFrozen' }, { type: 'titleSet', payload: { title: sealed('Inondation') } },
      { type: 'clockStarted', payload: { clock: 'important', t0: toInstant(T0) } }, { type: 'synergiNumberRecorded', payload: { number: '26-041877' } },
    );
  });

  test('mod. 7 opened twice by the same hand is already true; by another it is refused', () => {
    given(opened()).when(openCommand(), 'astreinte').nothing().when(openCommand(), 'directrice').refused('already-open');
  });

  test('49 real has no exercise time, and nothing opens in the test lane', () => {
    given().when({ ...openCommand(), segment: { wallAt: 0, exerciseAt: 0, speed: 20 } }, 'astreinte').refused('another-lane')
      .when({ ...openCommand(), lane: 'test' }, 'astreinte').refused('another-lane');
  });

  test('49 an exercise runs in exercise time and keeps real time beside it', () => {
    const hour = given(opened({ lane: 'exercise', by: 'planificateur' }));
    expect(hour.entries[0]).toMatchObject({ lane: 'exercise', wallAt: toInstant(T0) });
    expect(hour.effects.every(({ lane }) => lane === 'exercise')).toBe(true);
    expect(given(opened()).entries[0]).not.toHaveProperty('wallAt');
  });

  test.each([
    [{ type: 'set-event-type', eventType: 'incendie' }, { type: 'eventTypeSet', payload: { eventType: 'incendie' } }],
    [{ type: 'declare-fact', fact: 'attack', holds: true }, { type: 'factDeclared', payload: { fact: 'attack', holds: true } }],
    [{ type: 'set-title', title: sealed('Panache') }, { type: 'titleSet', payload: { title: sealed('Panache') } }],
    [{ type: 'set-communes', communes: ['76540', '76217', '76540'] }, { type: 'communesSet', payload: { communes: ['76217', '76540'] } }],
    [{ type: 'record-decider', decider: 'sous-prefet' }, { type: 'deciderRecorded', payload: { decider: 'sous-prefet' } }],
    [{ type: 'record-synergi-number', number: '26-041877' }, { type: 'synergiNumberRecorded', payload: { number: '26-041877' } }],
  ] as const)('mod. 7 said later, once: $type', (command, event) => {
    const again = (hour: ReturnType<typeof given>) => hour.when(structuredClone(command) as never, 'sidpc').nothing();
    again(given(opened()).when(structuredClone(command) as never, 'sidpc').then(event));
  });

  test('mod. 7 a wrong number is corrected by a new entry that names the former', () => {
    const hour = given(opened(), does('sidpc', { type: 'record-synergi-number', number: '26-041877' }));
    const corrects = hour.state.seq;
    hour.when({ type: 'record-synergi-number', number: '26-041878' }, 'sidpc').then({ type: 'synergiNumberRecorded', corrects });
    expect(hour.state.synergi!.number).toBe('26-041878');
  });

  test('mod. 7 when it happened stands apart from when it was written, and is never later', () => {
    const hour = given(opened(), at(20), does('sidpc', { type: 'set-event-type', eventType: 'incendie' }, { occurredAt: -5 }));
    expect(hour.entries.at(-1)).toMatchObject({ type: 'eventTypeSet', occurredAt: toInstant(T0 - 5 * MINUTE), recordedAt: toInstant(T0 + 20 * MINUTE) });
    hour.when({ type: 'record-decider', decider: 'prefet' }, 'sidpc', { occurredAt: 23 }).refused('in-the-future');
    hour.when({ type: 'record-decider', decider: 'prefet' }, 'sidpc', { occurredAt: 21 }).then({ type: 'deciderRecorded', occurredAt: toInstant(T0 + 20 * MINUTE) });
  });
});

describe('SYNERGI declares beside an activation without number', () => {
  const declaration = 'd0000000000000000000000000000001';
  const receive = { type: 'receive-declaration', declaration, number: '26-041877', t0: T0 - 2 * MINUTE } as const;
  const received = (kind: 'cod' | 'important' = 'cod') => given(opened({ kind }), does('sidpc', receive));
  const answered = { declaration, number: '26-041877', t0: toInstant(T0 - 2 * MINUTE) };

  test('mod. 7 its T0 is kept and waits; said twice it waits once', () => {
    const hour = received();
    hour.when({ ...receive, declaration: 'd2' }, 'sidpc').nothing();
    expect(hour.state.declarations).toEqual([expect.objectContaining({ id: declaration, number: '26-041877', t0: T0 - 2 * MINUTE })]);
  });

  test('mod. 7 a declaration ahead of our clock is refused like any T0', () => {
    given(opened()).when({ ...receive, t0: T0 + 10 * MINUTE }, 'sidpc').refused('t0-ahead');
  });

  test('mod. 7 attached to an important event, it brings the COD clock and the number', () => {
    received('important').when({ type: 'answer-declaration', declaration, to: ACTIVATION }, 'directrice').then(
      { type: 'declarationAnswered', payload: { ...answered, answer: 'attached', to: ACTIVATION } },
      { type: 'clockStarted', payload: { clock: 'cod', t0: toInstant(T0 - 2 * MINUTE) } },
      { type: 'synergiNumberRecorded', payload: { number: '26-041877', t0: toInstant(T0 - 2 * MINUTE) } },
    );
  });

  test('mod. 7 attached where the COD clock runs, SYNERGI’s T0 is kept beside the number, to be corrected with a reason', () => {
    const hour = received().when({ type: 'answer-declaration', declaration, to: ACTIVATION }, 'directrice').then(
      { type: 'declarationAnswered' }, { type: 'synergiNumberRecorded', payload: { t0: toInstant(T0 - 2 * MINUTE) } },
    );
    expect(hour.state.clocks.cod!.t0).toBe(T0);
    expect(hour.state.synergi).toMatchObject({ number: '26-041877', t0: T0 - 2 * MINUTE });
    expect(hour.state.declarations).toEqual([]);
  });

  test('mod. 7 refused where another number is recorded, and it goes on waiting', () => {
    const hour = given(opened(), does('sidpc', receive), does('sidpc', { type: 'record-synergi-number', number: '26-000001' }))
      .when({ type: 'answer-declaration', declaration, to: ACTIVATION }, 'sidpc').refused('has-synergi-number', { number: '26-000001' });
    expect(hour.state.declarations).toHaveLength(1);
  });

  test('mod. 7 attached elsewhere or another event: the house does it, with all it needs', () => {
    const house = (to: string | null) => received().when({ type: 'answer-declaration', declaration, to }, 'sidpc')
      .then({ type: 'declarationAnswered', payload: { ...answered, answer: to === null ? 'other' : 'attached' } }).effects.at(-1);
    expect(house('b1')).toMatchObject({ channel: 'house', kind: 'attach-declared', body: { ...answered, to: 'b1' } });
    expect(house(null)).toMatchObject({ channel: 'house', kind: 'open-declared', body: answered });
    received().when({ type: 'answer-declaration', declaration: 'autre', to: null }, 'sidpc').refused('unknown-declaration');
  });

  test('mod. 7 the number typed by hand while it waits: it was this event, and its T0 starts the clock', () => {
    const hour = given(opened({ noT0: true }), does('sidpc', receive));
    hour.when({ type: 'record-synergi-number', number: '26-041877' }, 'astreinte').then(
      { type: 'declarationAnswered', payload: { ...answered, answer: 'attached', to: ACTIVATION } },
      { type: 'clockStarted', payload: { clock: 'cod', t0: toInstant(T0 - 2 * MINUTE) } },
      { type: 'synergiNumberRecorded', payload: { number: '26-041877', t0: toInstant(T0 - 2 * MINUTE) } },
    );
    expect(hour.state.declarations).toEqual([]);
    expect(hour.effects.filter(({ kind }) => kind === 'open-declared')).toEqual([]);
    expect(hour.when({ type: 'record-synergi-number', number: '26-041877' }, 'astreinte').nothing().state.clocks.cod!.t0).toBe(T0 - 2 * MINUTE);
  });

  test('mod. 7 SYNERGI speaks of a number that was typed by hand, without a T0: it waits for nobody', () => {
    const hour = given(opened({ noT0: true }), does('astreinte', { type: 'record-synergi-number', number: '26-041877' }));
    hour.when(receive, 'sidpc').then({ type: 'clockStarted', payload: { clock: 'cod', t0: toInstant(T0 - 2 * MINUTE) } });
    expect(hour.state.declarations).toEqual([]);
  });

  test('mod. 7 what the house hands over was judged when it was received: our clock may have stepped back since', () => {
    given().when({ ...openCommand(), t0: T0 + 5 * MINUTE }, 'astreinte').refused('t0-ahead');
    given().when({ ...openCommand(), t0: T0 + 5 * MINUTE }, 'engine').then(
      { type: 'activationOpened' }, { type: 'planFrozen' }, { type: 'clockStarted', payload: { t0: toInstant(T0 + 5 * MINUTE), aheadMs: 5 * MINUTE } },
    );
  });

  test('mod. 7 unanswered for 2 minutes it opens its own, by itself', () => {
    const hour = received().at(1, 59);
    expect(hour.of('declarationAnswered')).toEqual([]);
    hour.at(2);
    expect(hour.of('declarationAnswered')).toMatchObject([{ by: 'engine', payload: { ...answered, answer: 'unanswered' } }]);
    expect(hour.effects.at(-1)).toMatchObject({ kind: 'open-declared', body: answered });
  });

  test.each([['end', ends()], ['opened by mistake', does('directrice', { type: 'cancel-opening', reason: sealed('doublon') })]] as const)(
    'mod. 7 another event’s T0 does not vanish with this activation: %s', (_name, close) => {
      const hour = given(opened(), does('sidpc', receive), close);
      expect(hour.of('declarationAnswered')).toMatchObject([{ payload: { ...answered, answer: 'unanswered' } }]);
      expect(hour.effects.filter(({ kind }) => kind === 'open-declared')).toHaveLength(1);
    });
});

describe('life', () => {
  test('mod. 7 the end is the directeur’s or the préfet’s, or recorded for one of them', () => {
    given(opened()).when({ type: 'end' }, 'astreinte').refused('visa-needed')
      .when({ type: 'end' }, 'astreinte', { for: 'RC' }).refused('visa-needed')
      .when({ type: 'end' }, 'astreinte', { for: 'prefet' }).then({ type: 'activationEnded', for: 'prefet' })
      .when({ type: 'end' }, 'directrice').nothing();
    given(opened({ lane: 'exercise' })).when({ type: 'end' }, 'planificateur').then({ type: 'activationEnded' });
  });

  test('mod. 7 ended: clocks and warnings stop, review entries go on', () => {
    const hour = given(opened(), at(10), ends(), at(300));
    expect(hour.warnings().filter((one) => Number(one.split(' ').at(-1)) > 10)).toEqual([]);
    expect(hour.effects.filter(({ seq }) => seq > hour.of('activationEnded')[0]!.seq)).toEqual([]);
    hour.when({ type: 'order-nu' }, 'directrice').refused('ended');
    hour.when({ type: 'log-note', text: sealed('à chaud'), attachments: [] }, 'observateur').then({ type: 'noteLogged' });
    hour.does('communication', { type: 'assign-step', step: 'F02', to: 'communication' }).completes('communication', 'F02');
    expect(hour.step('F02').word).toBe('done');
  });

  test('mod. 7 a T0 that nobody had typed may be declared in the review: the hour can be judged', () => {
    const hour = given(opened({ noT0: true }), at(90), ends());
    hour.when({ type: 'start-clock', clock: 'cod', t0: T0 }, 'sidpc').then({ type: 'clockStarted', payload: { clock: 'cod' } });
    expect(hour.verdict('47')).toBe('missed');
  });

  test('audit an hour that ends before H+60 gets its statement at its end', () => {
    const hour = given(opened(), at(30), ends());
    expect(hour.effects.filter(({ channel }) => channel === 'house')).toMatchObject([{ kind: 'statement', body: { dueAt: toInstant(T0 + 60 * MINUTE) } }]);
    hour.when({ type: 'record-statement', dueAt: T0 + 60 * MINUTE, file: { ...sealed('constat'), mime: 'text/html' }, upTo: 4 }, 'engine');
    expect(hour.step('P26').word).toBe('done');
  });

  test('audit the statement asked for before the end still completes P26', () => {
    const hour = given(opened(), at(60), ends());
    expect(hour.of('statementRequested')).toHaveLength(1);
    hour.happened({ type: 'statementWritten', payload: { dueAt: toInstant(T0 + 60 * MINUTE), file: sealed('constat'), upTo: 5 } });
    expect(hour.step('P26').word).toBe('done');
  });

  test('mod. 7 sealed after the end only; sealed, nothing but an erasure', () => {
    const hour = given(opened()).when({ type: 'seal' }, 'directrice').refused('not-ended');
    hour.does('directrice', { type: 'end' }).when({ type: 'seal' }, 'directrice').then({ type: 'activationSealed' });
    hour.when({ type: 'seal' }, 'directrice').nothing();
    hour.when({ type: 'log-note', text: sealed('x'), attachments: [] }, 'directrice').refused('sealed');
    hour.when({ type: 'cancel-opening', reason: sealed('x') }, 'directrice').refused('sealed');
    hour.when({ type: 'erase-text', digest: 'ff', reason: sealed('RGPD') }, 'directrice').then({ type: 'textErased', payload: { digest: 'ff' } });
  });

  test('mod. 7 opened by mistake frees the number and takes nothing more', () => {
    const hour = given(opened(), does('sidpc', { type: 'record-synergi-number', number: '26-041877' }));
    hour.when({ type: 'cancel-opening', reason: sealed('essai') }, 'astreinte').then({ type: 'openedByMistake' });
    expect(hour.state).toMatchObject({ life: 'cancelled' });
    expect(hour.state.synergi).toBeUndefined();
    hour.when({ type: 'cancel-opening', reason: sealed('essai') }, 'astreinte').nothing();
    hour.when({ type: 'start-step', step: 'P02' }, 'astreinte').refused('cancelled');
    expect(hour.at(120).warnings()).toEqual([]);
  });

  test('mod. 7 before it is opened there is nothing to do', () => {
    given().when({ type: 'start-step', step: 'P02' }, 'astreinte').refused('not-open');
  });
});

// 50.1: the order to activate the single number; what is recorded for the préfet or the directeur is oral until confirmed.
import { describe, expect, test } from '@jest/globals';
import { fold, maskFor } from '../../src/domain/activation.js';
import { MINUTE, toInstant } from '../../src/domain/time.js';
import { awaits } from '../../src/domain/views/board.js';
import { ACTIVATION, at, completes, does, given, notApplicable, opened, RIGHTS_OF, sealed, T0, takes, type Hour, type Move } from '../kit/given.js';

const order = { type: 'order-nu' } as const;

describe('the order of the NU', () => {
  test.each(['prefet', 'directrice'])('50.1 %s orders it in their own name: nothing to confirm', (who) => {
    const hour = given(opened(), at(12)).when(order, who).then({ type: 'clockStarted', payload: { clock: 'nu', t0: toInstant(T0 + 12 * MINUTE) } });
    expect(hour.state.orals).toEqual([]);
    expect(hour.step('N04').times).toEqual({ target: T0 + 32 * MINUTE, deadline: T0 + 72 * MINUTE });
  });

  test.each(['communication', 'astreinte', 'sidpc'])('50.1 %s records it for the préfet, oral until confirmed', (who) => {
    const hour = given(opened(), at(12)).when(order, who, { for: 'prefet' }).then({ type: 'clockStarted', by: who, for: 'prefet' });
    expect(hour.state.orals).toMatchObject([{ type: 'clockStarted', for: 'prefet', by: who }]);
    expect(hour.state.clocks.nu!.t0).toBe(T0 + 12 * MINUTE);
  });

  test('50.1 nobody else starts it, nor on behalf of a function', () => {
    given(opened()).when(order, 'astreinte').refused('visa-needed').when(order, 'sidpc', { for: 'DC' }).refused('visa-needed')
      .when(order, 'cip', { for: 'prefet' }).refused('forbidden').when({ type: 'start-clock', clock: 'nu', t0: T0 }, 'prefet').refused('visa-needed');
  });

  test('50.1 T0-NU is the written order; when it was spoken is kept beside it and starts nothing', () => {
    const hour = given(opened(), at(20)).when({ ...order, writtenAt: T0 + 15 * MINUTE, spokenAt: T0 + 8 * MINUTE }, 'directrice')
      .then({ type: 'clockStarted', payload: { t0: toInstant(T0 + 15 * MINUTE), spokenAt: toInstant(T0 + 8 * MINUTE) } });
    expect(hour.state.clocks.nu).toMatchObject({ t0: T0 + 15 * MINUTE, spokenAt: T0 + 8 * MINUTE });
    expect(hour.step('N05').times.deadline).toBe(T0 + 75 * MINUTE);
  });

  test('50.1 ordered twice: already true; written at another time: correct it with a reason', () => {
    const hour = given(opened(), at(20), does('prefet', { ...order, writtenAt: T0 }), at(21));
    hour.when(order, 'directrice').nothing();
    hour.when({ ...order, writtenAt: T0 }, 'directrice').nothing();
    hour.when({ ...order, writtenAt: T0 + MINUTE }, 'directrice').refused('clock-running', { clock: 'nu' });
    hour.when({ type: 'correct-clock', clock: 'nu', t0: T0 + MINUTE, reason: sealed('heure du papier'), seen: hour.clockVersion('nu') }, 'sidpc')
      .then({ type: 'clockCorrected', payload: { clock: 'nu' } });
  });

  test('50.1 a written order in the future is refused like any T0', () => {
    given(opened()).when({ ...order, writtenAt: T0 + 10 * MINUTE }, 'prefet').refused('t0-ahead');
  });

  test('50.1 it was not spoken in the future', () => {
    given(opened(), at(20)).when({ ...order, spokenAt: T0 + 30 * MINUTE }, 'prefet').refused('in-the-future')
      .when({ ...order, spokenAt: T0 + 21 * MINUTE }, 'prefet').then({ type: 'clockStarted' });
  });

  test('50.1 the second clock brings the N rows, and N00 is done when we learnt it', () => {
    const hour = given(opened());
    expect(hour.step('N04').word).toBe('apart');
    hour.at(20).does('directrice', { ...order, writtenAt: T0 + 15 * MINUTE });
    expect(hour.step('N04').word).toBe('todo');
    expect(hour.step('N00').step).toMatchObject({ status: 'done', doneAt: T0 + 20 * MINUTE, doneBy: 'engine' });
  });
});

describe('oral until confirmed', () => {
  const oralSeq = (hour: Hour) => hour.state.orals[0]!.seq;

  test('50.1 the préfet’s is his to confirm, the directeur’s either one’s', () => {
    const forPrefet = given(opened(), does('astreinte', order, { for: 'prefet' }));
    forPrefet.when({ type: 'confirm-oral', entry: oralSeq(forPrefet) }, 'directrice').refused('forbidden', { for: 'prefet' });
    forPrefet.when({ type: 'confirm-oral', entry: oralSeq(forPrefet) }, 'astreinte').refused('forbidden');
    forPrefet.when({ type: 'confirm-oral', entry: oralSeq(forPrefet) }, 'prefet').then({ type: 'oralConfirmed', payload: { entry: oralSeq(forPrefet) } });
    forPrefet.when({ type: 'confirm-oral', entry: oralSeq(forPrefet) }, 'prefet').nothing();
    expect(forPrefet.state.orals[0]).toMatchObject({ confirmedBy: 'prefet' });
    for (const who of ['prefet', 'directrice']) {
      const hour = given(opened(), does('astreinte', order, { for: 'directeur' }));
      hour.when({ type: 'confirm-oral', entry: oralSeq(hour) }, who).then({ type: 'oralConfirmed' });
    }
  });

  test('50.1 what is not oral is not confirmed', () => {
    given(opened()).when({ type: 'confirm-oral', entry: 1 }, 'prefet').refused('not-oral', { entry: 1 });
  });

  test('50.1 the wall that sees an oral order sees it confirmed', () => {
    const hour = given(opened(), does('astreinte', order, { for: 'prefet' }));
    hour.does('prefet', { type: 'confirm-oral', entry: oralSeq(hour) });
    expect(fold(ACTIVATION, hour.entries.map((entry) => maskFor('wall', entry))).orals).toMatchObject([{ confirmedBy: 'prefet' }]);
  });

  test('50.1 confirmed in the review too', () => {
    const hour = given(opened(), does('astreinte', order, { for: 'prefet' }), does('prefet', { type: 'end' }));
    hour.when({ type: 'confirm-oral', entry: oralSeq(hour) }, 'prefet').then({ type: 'oralConfirmed' });
  });

  test.each([
    ['a visa', completes('communication', 'P13', { for: 'directeur', evidence: false }), 'stepCompleted'],
    ['not applicable', (hour: Hour) => void hour.does('communication', {
      type: 'mark-not-applicable', step: 'P10', category: 'decided-against', reason: sealed('x'), authorisedBy: 'prefet', seen: 0,
    }, { for: 'directeur' }), 'stepNotApplicable'],
    ['the end', does('communication', { type: 'end' }, { for: 'directeur' }), 'activationEnded'],
  ] as [string, Move, string][])('48.3 %s recorded for the directeur is oral', (_name, move, type) => {
    expect(given(opened(), move).state.orals).toMatchObject([{ type, for: 'directeur', by: 'communication' }]);
  });

  test('48.3 a note written for the préfet decides nothing: it is not oral', () => {
    const hour = given(opened(), does('astreinte', { type: 'log-note', text: sealed('x'), attachments: [] }, { for: 'prefet' }), notApplicable('astreinte', 'P10'));
    expect(hour.state.orals).toEqual([]);
  });

  test('50.1 who has the right needs nobody’s name to act in', () => {
    expect(given(opened(), does('prefet', order, { for: 'prefet' })).state.orals).toEqual([]);
    expect(given(opened(), does('directrice', order, { for: 'prefet' })).state.orals).toMatchObject([{ for: 'prefet' }]);
  });

  test('50.1 an oral decision awaits those who may confirm it, until they do', () => {
    const hour = given(opened(), takes('directrice', 'DC'), does('astreinte', order, { for: 'prefet' }));
    const awaited = (who: string) => awaits(hour.state, { account: who, rights: RIGHTS_OF[who]! }, hour.now).filter(({ kind }) => kind === 'oral');
    expect(awaited('prefet')).toEqual([{ kind: 'oral', entry: oralSeq(hour) }]);
    expect(awaited('directrice')).toEqual([]);
    hour.does('prefet', { type: 'confirm-oral', entry: oralSeq(hour) });
    expect(awaited('prefet')).toEqual([]);
  });
});

// 47: functions are held within one activation: taken, handed over (open, due, promised; the successor accepts), relieved.
import { describe, expect, test } from '@jest/globals';
import { FUNCTIONS } from '../../src/domain/entry.js';
import { heldBy } from '../../src/domain/people/functions.js';
import { EVERYBODY } from '../../src/domain/requests.js';
import { MINUTE, toInstant } from '../../src/domain/time.js';
import { ACTIVATION, at, completes, does, given, opened, sealed, T0, takes, type Hour, type Move } from '../kit/given.js';

const take = (code: (typeof FUNCTIONS)[number], more: object = {}) => ({ type: 'take-function', function: code, ...more }) as const;

describe('taken', () => {
  test.each(['prefet', 'directrice', 'communication', 'astreinte', 'sidpc', 'cip', 'planificateur'])('47.1 what %s may hold', (who) => {
    const mine = (lane: 'real' | 'exercise') => FUNCTIONS.filter((code) => 'type' in [given(opened({ lane })).submit(take(code), who)].flat()[0]!);
    const expected = { prefet: FUNCTIONS, directrice: FUNCTIONS, cip: ['CC', 'TS'], planificateur: [] }[who] ?? FUNCTIONS.filter((code) => code !== 'DC');
    expect(mine('real')).toEqual(expected);
    expect(mine('exercise')).toEqual(who === 'planificateur' ? FUNCTIONS : expected);
  });

  test('47.1 taken twice by the same: already true; held by another: refused, saying by whom', () => {
    const hour = given(opened(), takes('astreinte', 'RC'));
    hour.when(take('RC'), 'astreinte').nothing();
    hour.when(take('RC'), 'communication').refused('function-held', { function: 'RC', holder: 'astreinte' });
  });

  test('47.2 one of the five may record that another took it, who must be able to hold it', () => {
    const hour = given(opened());
    hour.when(take('DC', { holder: 'directrice', holderRights: ['directeur'] }), 'astreinte')
      .then({ type: 'functionTaken', by: 'astreinte', payload: { function: 'DC', holder: 'directrice' } });
    hour.when(take('RC', { holder: 'joueur', holderRights: ['joueur'] }), 'astreinte').refused('forbidden');
    hour.when(take('RC', { holder: 'x' }), 'astreinte').refused('forbidden');
    hour.when(take('CC', { holder: 'communication', holderRights: ['communication'] }), 'cip').refused('forbidden');
  });

  test('47.2 alone at night, one person holds several', () => {
    const hour = given(opened(), takes('astreinte', 'AA'), takes('astreinte', 'OP'), takes('astreinte', 'OW'));
    expect(heldBy(hour.state, 'astreinte')).toEqual(['AA', 'OP', 'OW']);
    expect(heldBy(hour.state, 'communication')).toEqual([]);
  });
});

describe('handed over', () => {
  const offer = { type: 'offer-handover', function: 'OP', to: 'communication' } as const;
  const accept = { type: 'accept-handover', function: 'OP' } as const;

  test('47.2 the offer says what is open, due and promised; the successor accepts', () => {
    const hour = given(opened(), takes('astreinte', 'OP'), does('astreinte', {
      type: 'log-note', text: sealed('prochain point à 02:44'), attachments: [], promisedFor: T0 + 30 * MINUTE,
    }), does('astreinte', { type: 'log-note', text: sealed('tenu'), attachments: [], promisedFor: T0 + 5 * MINUTE }), at(22), completes('astreinte', 'P12'));
    const [open, kept] = hour.of('noteLogged').map(({ seq }) => seq);
    hour.does('astreinte', { type: 'keep-promise', entry: kept! });
    hour.when(offer, 'astreinte').then({
      type: 'handoverOffered',
      payload: {
        function: 'OP', from: 'astreinte', to: 'communication', open: ['P14', 'P24'], promised: [open],
        due: [{ step: 'P14', at: toInstant(T0 + 60 * MINUTE) }, { step: 'P24', at: toInstant(T0 + 60 * MINUTE) }],
      },
    });
    hour.when(offer, 'astreinte').nothing();
    expect(hour.state.functions.OP).toMatchObject({ holder: 'astreinte', offer: { to: 'communication' } });
    hour.when(accept, 'sidpc').refused('no-offer');
    hour.when(accept, 'communication').then({ type: 'handoverAccepted', payload: { from: 'astreinte', to: 'communication' } });
    hour.when(accept, 'communication').nothing();
    expect(hour.state.functions.OP).toEqual({ holder: 'communication', since: hour.now, seq: hour.state.seq });
  });

  test('47.2 the offer, which the cell reads, does not tell what the direction promised', () => {
    const note = (type: 'log-note' | 'log-direction-note') => does('directrice', { type, text: sealed(type), attachments: [], promisedFor: T0 + 60 * MINUTE });
    const hour = given(opened(), takes('directrice', 'DC'), note('log-direction-note'), note('log-note'));
    const { seq } = hour.of('noteLogged')[0]!;
    hour.when({ type: 'offer-handover', function: 'DC', to: 'suppleante' }, 'directrice').then({ type: 'handoverOffered', payload: { promised: [seq] } });
  });

  test('47.2 who does not hold it does not offer it, but for the five; nobody offers what is free', () => {
    given(opened()).when(offer, 'astreinte').refused('function-free', { function: 'OP' });
    given(opened(), takes('astreinte', 'OP')).when(offer, 'cip').refused('not-the-holder').when(offer, 'directrice').then({ type: 'handoverOffered' });
    given(opened({ lane: 'exercise' }), takes('astreinte', 'OP')).when(offer, 'planificateur').then({ type: 'handoverOffered' });
  });

  test('47.1 the successor must be able to hold it', () => {
    const hour = given(opened(), takes('directrice', 'DC'), does('directrice', { type: 'offer-handover', function: 'DC', to: 'communication' }));
    hour.when({ type: 'accept-handover', function: 'DC' }, 'communication').refused('forbidden', { function: 'DC' });
  });

  test('47.2 relieved by one of the five: a telephone that is dead cannot hand over', () => {
    const relieve = { type: 'relieve-function', function: 'OP' } as const;
    const hour = given(opened(), takes('astreinte', 'OP'), does('astreinte', offer));
    hour.when(relieve, 'cip').refused('not-the-holder');
    hour.when(relieve, 'sidpc').then({ type: 'functionRelieved', payload: { function: 'OP', holder: 'astreinte' } });
    hour.when(relieve, 'sidpc').nothing();
    hour.when(accept, 'communication').refused('no-offer');
    hour.when(take('OP'), 'communication').then({ type: 'functionTaken' });
  });

  test('47.2 the cip hands over its own', () => {
    const hour = given(opened(), takes('cip', 'CC'));
    hour.when({ type: 'offer-handover', function: 'CC', to: 'sidpc' }, 'cip').then({ type: 'handoverOffered' });
  });
});

describe('requests: what leaves the house', () => {
  const since = (hour: ReturnType<typeof given>, seq: number) => hour.effects.filter((effect) => effect.seq > seq);

  test('mod. 7 warnings due at one instant make one announcement per person', () => {
    const hour = given(opened(), takes('communication', 'OE'), takes('communication', 'RC'), takes('astreinte', 'OP'), at(45));
    const entry = hour.of('warningsRaised').at(-1)!;
    const sent = hour.effects.filter(({ seq }) => seq === entry.seq);
    expect(sent.map(({ to, kind, channel }) => [to, kind, channel]).sort()).toEqual([['astreinte', 'warnings', 'person'], ['communication', 'warnings', 'person']]);
    const told = (who: string) => (sent.find(({ to }) => to === who)!.body.items as { step: string }[]).map(({ step }) => step);
    expect(told('communication')).toEqual(expect.arrayContaining(['P07', 'P18', 'P01'])); // OE, RC, and DC that nobody holds
    expect(told('astreinte')).toEqual(expect.arrayContaining(['P14', 'P01']));
    expect(told('communication')).not.toContain('P14');
    expect(told('astreinte')).not.toContain('P07');
    expect(new Set(sent.map(({ id }) => id)).size).toBe(2);
  });

  test('47.2 a function that nobody holds: everybody who holds one; else whoever opened', () => {
    const alone = given(opened(), at(15));
    expect(new Set(alone.effects.map(({ to }) => to))).toEqual(new Set(['astreinte']));
    const two = given(opened(), takes('communication', 'OW'), takes('sidpc', 'SI'), at(15)); // P07 is OE's
    const forP07 = two.effects.filter(({ body }) => (body.items as { step: string }[] | undefined)?.some(({ step }) => step === 'P07'));
    expect(forP07.map(({ to }) => to).sort()).toEqual(['communication', 'sidpc']);
  });

  test.each([['the engine, from a declaration', 'engine', 'engine'], ['a script', 'communication', 'api']] as const)(
    '47.2 opened by %s: until somebody takes a function, every board is told', (_name, by, source) => {
      const hour = given(opened({ by, source }), at(15));
      expect(new Set(hour.effects.map(({ to }) => to))).toEqual(new Set([EVERYBODY]));
      hour.does('sidpc', { type: 'receive-declaration', declaration: 'd', number: '26-1', t0: T0 });
      expect(hour.effects.at(-1)).toMatchObject({ kind: 'declaration', to: EVERYBODY });
      hour.does('astreinte', { type: 'take-function', function: 'AA' }).at(46);
      expect(hour.effects.at(-1)!.to).toBe('astreinte');
    });

  test('48.1 whoever was given the step is warned of it beside who holds its function', () => {
    const hour = given(opened(), takes('communication', 'OE'), does('communication', { type: 'assign-step', step: 'P07', to: 'sidpc' }), at(15));
    const forP07 = hour.effects.filter(({ body }) => (body.items as { step: string }[] | undefined)?.some(({ step }) => step === 'P07'));
    expect(forP07.map(({ to }) => to).sort()).toEqual(['communication', 'sidpc']);
  });

  test('mod. 7 ids are derived, never random: the same journal gives the same effects', () => {
    const one = () => given(opened(), takes('directrice', 'DC'), at(50), completes('communication', 'P12'), at(61)).effects;
    expect(one()).toEqual(one());
    expect(one().map(({ id }) => id)).toContain(`${one()[0]!.activation}/${one()[0]!.seq}/${one()[0]!.kind}/${one()[0]!.to}`);
  });

  test.each([
    ['an assignment', does('communication', { type: 'assign-step', step: 'P07', to: 'sidpc' }), [['step-assigned', 'sidpc']]],
    ['an assignment to oneself: nobody is told', does('sidpc', { type: 'assign-step', step: 'P05', to: 'sidpc' }), []],
    ['a text ready for its visa', completes('communication', 'P12'), [['visa-awaited', 'directrice']]],
    ['an offer', does('directrice', { type: 'offer-handover', function: 'DC', to: 'suppleante' }), [['handover', 'suppleante']]],
    ['the NU ordered', does('prefet', { type: 'order-nu' }), [['nu-ordered', 'cip'], ['nu-ordered', 'communication']]],
    ['an oral order', does('sidpc', { type: 'order-nu' }, { for: 'directeur' }), [['nu-ordered', 'cip'], ['nu-ordered', 'communication'], ['oral-to-confirm', 'directrice']]],
    ['an oral visa', completes('communication', 'P13', { for: 'directeur', evidence: false }), [['oral-to-confirm', 'directrice']]],
    ['an oral dispensation', does('sidpc', { type: 'mark-not-applicable', step: 'P05', category: 'no-means', reason: sealed('x'), authorisedBy: 'prefet', seen: 0 }, { for: 'prefet' }), [['oral-to-confirm', 'directrice']]],
    ['a declaration', does('prefet', { type: 'receive-declaration', declaration: 'd', number: '26-1', t0: T0 }), [['declaration', 'astreinte'], ['declaration', 'cip'], ['declaration', 'communication'], ['declaration', 'directrice']]],
    ['a declaration attached here', (hour: Hour) => void hour.does('prefet', { type: 'receive-declaration', declaration: 'd', number: '26-1', t0: T0 })
      .does('communication', { type: 'answer-declaration', declaration: 'd', to: ACTIVATION }), [['declaration', 'astreinte'], ['declaration', 'cip'], ['declaration', 'communication'], ['declaration', 'directrice']]],
    ['a text ready whose visa is settled', (hour: Hour) => void hour.notApplicable('directrice', 'P13').completes('communication', 'P12'), []],
    ['a text ready that no visa waits for', completes('communication', 'P18'), []],
    ['a plain note', does('communication', { type: 'log-note', text: sealed('x'), attachments: [] }), []],
  ] as [string, Move, string[][]][])('mod. 7 %s', (_name, move, expected) => {
    const bystander = does('observateur', { type: 'log-note', text: sealed('vu'), attachments: [] });
    const hour = given(opened(), takes('directrice', 'DC'), takes('communication', 'RC'), takes('cip', 'CC'), bystander);
    const before = hour.state.seq;
    move(hour);
    const said = since(hour, before).filter(({ kind }) => kind !== 'warnings');
    expect(said.map(({ kind, to }) => [kind, to]).sort()).toEqual(expected);
  });

  test('47 a step reopened is told to those who work it', () => {
    const hour = given(opened(), takes('communication', 'OE'), completes('communication', 'P07'));
    hour.does('directrice', { type: 'reopen-step', step: 'P07', reason: sealed('x'), seen: hour.version('P07') });
    expect(hour.effects.at(-1)).toMatchObject({ kind: 'step-reopened', to: 'communication', lane: 'real' });
  });

  test('mod. 7 the outcome of a request is kept once', () => {
    const hour = given(opened(), at(15));
    const items = [{ effect: hour.effects[0]!.id, outcome: 'shown' as const }];
    hour.when({ type: 'settle-requests', items }, 'engine').then({ type: 'requestsSettled', payload: { items } });
    hour.when({ type: 'settle-requests', items: [{ ...items[0]!, outcome: 'failed' }] }, 'engine').nothing();
    expect(hour.state.requests).toEqual({ [items[0]!.effect]: 'shown' });
  });
});

describe('training', () => {
  const offer = { type: 'offer-handover', function: 'OP', to: 'communication' } as const;
  const why = sealed('seul sur place');

  test('47.2 taken without the training: a reason is asked, then it is recorded all the same, and shows', () => {
    const hour = given(opened());
    hour.when(take('RC', { lacks: ['cell-renewal'] }), 'astreinte').refused('qualification-needed', { function: 'RC', lacks: 'cell-renewal' });
    hour.when(take('RC', { lacks: ['cell-renewal'], why }), 'astreinte').then(
      { type: 'functionTaken', payload: { function: 'RC', holder: 'astreinte' } },
      { type: 'qualificationOverridden', payload: { function: 'RC', holder: 'astreinte', lacks: ['cell-renewal'], why } },
    );
    expect(hour.state.functions.RC).toMatchObject({ holder: 'astreinte', overridden: { lacks: ['cell-renewal'], why } });
  });

  test('47.2 with the training nothing is asked, and a reason that came along says nothing', () => {
    const hour = given(opened());
    hour.when(take('RC', { lacks: [], why }), 'astreinte').then({ type: 'functionTaken' });
    expect(hour.state.functions.RC.overridden).toBeUndefined();
  });

  test('50.2 offered to somebody without it: the reason goes with the offer, and stays with them alone', () => {
    const hour = given(opened(), takes('astreinte', 'OP'));
    hour.when({ ...offer, lacks: ['cell'] }, 'astreinte').refused('qualification-needed');
    hour.when({ ...offer, lacks: ['cell'], why }, 'astreinte').then({ type: 'handoverOffered' }, { type: 'qualificationOverridden', payload: { holder: 'communication' } });
    expect(hour.state.functions.OP).toMatchObject({ holder: 'astreinte', offer: { overridden: { lacks: ['cell'] } } });
    expect(hour.state.functions.OP.overridden).toBeUndefined();
    hour.when({ type: 'accept-handover', function: 'OP' }, 'communication').then({ type: 'handoverAccepted' });
    expect(hour.state.functions.OP).toMatchObject({ holder: 'communication', overridden: { lacks: ['cell'] } });
    hour.does('communication', { type: 'relieve-function', function: 'OP' });
    expect(hour.state.functions.OP).toEqual({});
  });
});

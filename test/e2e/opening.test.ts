import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ActivationLine } from '../../src/contract/live.js';
import { MINUTE } from '../../src/domain/time.js';
import { World, type Person } from '../kit/world.js';

let world: World;
let duty: Person;
beforeEach(async () => {
  world = await World.start();
  duty = await world.person('astreinte');
});
afterEach(() => world.stop());

const lines = async (person: Person) => (await person.get<ActivationLine[]>('/api/activations')).body;

describe('opening, in one gesture', () => {
  test('module 7: opening asks for nothing that can come afterwards', async () => {
    const opened = await duty.post('/api/activations', { lane: 'real', kind: 'cod' });
    expect(opened.status).toBe(201);
    expect(opened.headers.get('location')).toBe(`/api/activations/${opened.body.activation}`);
    const { activation, entries } = await duty.snapshot(opened.body.activation);
    expect(activation).toMatchObject({ life: 'running', kind: 'cod', clocks: {}, communes: [], departement: '76' });
    expect(entries.map((entry) => 'type' in entry && entry.type)).toEqual(['activationOpened', 'planFrozen']);
  });

  test('everything else comes later, each by its own entry', async () => {
    const id = await duty.open({ lane: 'real', kind: 'important', t0: world.instant(-12), title: 'Incendie, zone industrielle' });
    for (const [name, body] of [
      ['start-clock', { clock: 'cod', t0: world.instant() }], ['record-synergi-number', { number: '2026-76-0412' }], ['set-event-type', { eventType: 'Incendie industriel' }],
      ['declare-fact', { fact: 'attack', holds: false }], ['set-communes', { communes: ['76540', '76575'] }], ['record-decider', { decider: 'sous-prefet' }],
    ] as const) {
      expect(await duty.order(id, name, body)).toMatchObject({ status: 200 });
    }
    const [line] = await lines(duty);
    expect(line).toMatchObject({ id, title: 'Incendie, zone industrielle', synergi: '2026-76-0412', clocks: [{ id: 'important' }, { id: 'cod' }] });
    expect((await duty.snapshot(id)).activation).toMatchObject({ communes: ['76540', '76575'], decider: 'sous-prefet', eventType: 'Incendie industriel' });
  });

  test('a commune that is not on the official list is named', async () => {
    const id = await duty.open();
    const refused = await duty.order(id, 'set-communes', { communes: ['76540', '76999'] });
    expect(refused).toMatchObject({ status: 422, body: { refused: 'unknown-commune', details: { commune: '76999' } } });
  });

  test('an exercise and a real activation live side by side', async () => {
    const planner = await world.person('planificateur');
    const rehearsed = await planner.open({ lane: 'exercise', kind: 'cod' });
    const real = await duty.open();
    expect((await lines(duty)).map(({ id, lane }) => ({ id, lane }))).toEqual(expect.arrayContaining([{ id: rehearsed, lane: 'exercise' }, { id: real, lane: 'real' }]));
    // domain.md part 2: the planner knows exercises only.
    expect((await lines(planner)).map(({ id }) => id)).toEqual([rehearsed]);
    expect(await planner.get(`/api/activations/${real}`)).toMatchObject({ status: 404, body: { refused: 'unknown-activation' } });
    expect(await planner.post('/api/activations', { lane: 'real', kind: 'cod' })).toMatchObject({ status: 403, body: { refused: 'forbidden' } });
  });
});

describe('the same request twice', () => {
  const order = { lane: 'real', kind: 'cod' };

  test('the same key with the same body opens once and answers the same', async () => {
    const first = await duty.post('/api/activations', order, 'k-1');
    const again = await duty.post('/api/activations', order, 'k-1');
    expect(again).toMatchObject({ status: 200, body: { activation: first.body.activation, outcome: 'same', repeated: true } });
    expect(await lines(duty)).toHaveLength(1);
  });

  test('twenty at once open once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => duty.post('/api/activations', order, 'k-1')));
    expect(new Set(answers.map(({ body }) => body.activation)).size).toBe(1);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  });

  test('the same key with another body is refused', async () => {
    await duty.post('/api/activations', order, 'k-1');
    expect(await duty.post('/api/activations', { ...order, kind: 'important' }, 'k-1')).toMatchObject({ status: 409, body: { refused: 'key-reused' } });
    const id = await duty.open();
    await duty.order(id, 'log-note', { text: 'Un' }, 'k-2');
    expect(await duty.order(id, 'log-note', { text: 'Deux' }, 'k-2')).toMatchObject({ status: 409, body: { refused: 'key-reused' } });
    expect(await duty.order(id, 'set-title', { title: 'Un' }, 'k-2')).toMatchObject({ status: 409, body: { refused: 'key-reused' } });
  });

  test('a key belongs to one account', async () => {
    const id = await duty.open();
    const other = await world.person('communication');
    const mine = await duty.order(id, 'log-note', { text: 'Vu depuis le pont' }, 'k-3');
    const theirs = await other.order(id, 'log-note', { text: 'Vu depuis la berge' }, 'k-3');
    expect(theirs.body.fromSeq).toBe(mine.body.toSeq + 1);
  });

  test('an order repeated answers the numbers of its entries, and writes nothing more', async () => {
    const id = await duty.open();
    const first = await duty.order(id, 'log-note', { text: 'Une fois' }, 'k-4');
    const again = await duty.order(id, 'log-note', { text: 'Une fois' }, 'k-4');
    expect(again.body).toEqual({ ...first.body, repeated: true });
    expect((await duty.snapshot(id)).activation.notes).toBe(1);
  });
});

describe('SYNERGI declares a T0', () => {
  let script: Person;
  const declared = (over: object = {}) => ({ t0: world.instant(-5), synergi: '2026-76-0412', ...over });
  beforeEach(async () => (script = await world.script('declare-t0')));

  test('a new number opens an activation, the same number again gives the same', async () => {
    const body = declared();
    const opened = await script.post('/api/t0', body);
    expect(opened).toMatchObject({ status: 201, body: { outcome: 'opened' } });
    expect(await script.post('/api/t0', body)).toMatchObject({ status: 200, body: { outcome: 'same', activation: opened.body.activation } });
    expect(await duty.post('/api/activations', { lane: 'real', kind: 'cod', ...body })).toMatchObject({ body: { outcome: 'same', activation: opened.body.activation } });
    expect(await lines(duty)).toMatchObject([{ synergi: '2026-76-0412', clocks: [{ id: 'cod' }] }]);
  });

  test('with another T0 it proposes a correction, showing both', async () => {
    const body = declared();
    const { body: { activation } } = await script.post('/api/t0', body);
    const other = await script.post('/api/t0', { ...body, t0: world.instant(-7) });
    expect(other).toMatchObject({ status: 409, body: { refused: 'different-t0', details: { activation, t0: body.t0, declared: world.instant(-7) } } });
    const { version } = (other.body as unknown as { details: { version: number } }).details;
    const corrected = await duty.order(activation, 'correct-clock', { clock: 'cod', t0: world.instant(-7), reason: 'Heure lue dans SYNERGI', seen: version });
    expect(corrected.status).toBe(200);
    expect((await duty.snapshot(activation)).activation.clocks.cod?.versions).toHaveLength(2);
    expect(await script.post('/api/t0', { ...body, t0: world.instant(-7) })).toMatchObject({ status: 200, body: { outcome: 'same' } });
  });

  test('while a real activation without number runs, it waits there; attached, it gives its number and clock', async () => {
    const id = await duty.open({ lane: 'real', kind: 'important', t0: world.instant(-20) });
    expect(await script.post('/api/t0', declared())).toMatchObject({ status: 202, body: { outcome: 'waiting', activation: id } });
    const [line] = await lines(duty);
    expect(line).toMatchObject({ id, synergi: null, declarations: [{ number: '2026-76-0412' }] });
    const attached = await duty.order(id, 'answer-declaration', { declaration: line!.declarations[0]!.id, to: id });
    expect(attached.status).toBe(200);
    expect(await lines(duty)).toMatchObject([{ id, synergi: '2026-76-0412', declarations: [], clocks: [{ id: 'important' }, { id: 'cod' }] }]);
  });

  test('attached to another activation, its number and the T0 of SYNERGI go there', async () => {
    const first = await duty.open({ lane: 'real', kind: 'cod', t0: world.instant(-20) });
    await world.pass(1_000);
    const latest = await duty.open({ lane: 'real', kind: 'important' });
    const t0 = world.instant(-5);
    expect(await script.post('/api/t0', declared({ t0 }))).toMatchObject({ status: 202, body: { activation: latest } });
    const { activation: { declarations } } = await duty.snapshot(latest);
    await duty.order(latest, 'answer-declaration', { declaration: declarations[0]!.id, to: first });
    await world.pass(1_000);
    // Its own COD clock runs already: SYNERGI's T0 stands beside the number, for somebody to correct the clock by it.
    expect((await duty.snapshot(first)).activation.synergi).toMatchObject({ number: '2026-76-0412', t0: Date.parse(t0) });
    expect(await lines(duty)).toHaveLength(2);
  });

  test('a number that was typed by hand without a T0: SYNERGI’s starts the clock, by the script or by hand', async () => {
    const id = await duty.open({ lane: 'real', kind: 'cod', synergi: '2026-76-0412' });
    expect(await script.post('/api/t0', declared())).toMatchObject({ status: 200, body: { outcome: 'same', activation: id } });
    expect((await duty.snapshot(id)).activation.clocks.cod?.t0).toBe(Date.parse(world.instant(-5)));
    const important = await duty.open({ lane: 'real', kind: 'important', synergi: 'B' });
    const byHand = (kind: string) => duty.post('/api/activations', { lane: 'real', kind, synergi: 'B', t0: world.instant(-3) });
    expect(await byHand('important')).toMatchObject({ status: 200, body: { outcome: 'same', activation: important } });
    // An important event that becomes a COD keeps its journal and gains a clock.
    expect(await script.post('/api/t0', declared({ synergi: 'B', t0: world.instant(-1) }))).toMatchObject({ status: 200, body: { outcome: 'same', activation: important } });
    const { clocks } = (await duty.snapshot(important)).activation;
    expect([clocks.important?.t0, clocks.cod?.t0]).toEqual([Date.parse(world.instant(-3)), Date.parse(world.instant(-1))]);
  });

  test('unanswered, and its number was given elsewhere meanwhile: its T0 goes there', async () => {
    await duty.open({ lane: 'real', kind: 'cod' });
    await script.post('/api/t0', declared());
    const other = await duty.open({ lane: 'real', kind: 'cod', synergi: '2026-76-0412' });
    const t0 = Date.parse(world.instant(-5));
    await world.pass(2 * MINUTE, 3);
    expect((await duty.snapshot(other)).activation.clocks.cod?.t0).toBe(t0);
    expect(await lines(duty)).toHaveLength(2);
  });

  test('our clock stepped back while it waited: it opens its own all the same', async () => {
    await duty.open({ lane: 'real', kind: 'cod' });
    await script.post('/api/t0', declared({ t0: world.instant() }));
    const [line] = await lines(duty);
    world.clock.step(-5 * MINUTE);
    await duty.order(line!.id, 'answer-declaration', { declaration: line!.declarations[0]!.id, to: null });
    await world.pass(1_000, 2);
    expect((await lines(duty)).map(({ synergi }) => synergi).sort()).toEqual(['2026-76-0412', null]);
  });

  test('said again with its key, it is answered as it was, whatever happened since', async () => {
    const id = await duty.open({ lane: 'real', kind: 'cod' });
    const body = declared();
    const waiting = await script.post('/api/t0', body, 'k');
    await duty.open({ lane: 'real', kind: 'cod' });
    expect(await script.post('/api/t0', body, 'k')).toMatchObject({ status: 202, body: { ...waiting.body, activation: id, repeated: true } });
    const other = { lane: 'real', kind: 'cod', synergi: 'C', t0: world.instant(-9) };
    const opened = await duty.post('/api/activations', other, 'k-open');
    const { versions } = (await duty.snapshot(opened.body.activation)).activation.clocks.cod!;
    await duty.order(opened.body.activation, 'correct-clock', { clock: 'cod', t0: world.instant(-8), reason: 'Lu dans SYNERGI', seen: versions[0]!.seq });
    expect(await duty.post('/api/activations', other, 'k-open')).toMatchObject({ status: 200, body: { activation: opened.body.activation, repeated: true } });
    expect(await duty.post('/api/activations', { ...other, t0: world.instant(-8) }, 'k-open')).toMatchObject({ status: 409, body: { refused: 'key-reused' } });
  });

  test('who may not open learns nothing of the number', async () => {
    await script.post('/api/t0', declared());
    const observer = await world.person('observateur');
    expect(await observer.post('/api/t0', declared({ t0: world.instant(-7) }))).toMatchObject({ status: 403, body: { refused: 'forbidden' } });
    expect(await observer.post('/api/activations', { lane: 'real', kind: 'cod', synergi: '2026-76-0412' })).toMatchObject({ status: 403, body: { refused: 'forbidden' } });
  });

  test('« autre événement » opens its own', async () => {
    const id = await duty.open({ lane: 'real', kind: 'cod' });
    await script.post('/api/t0', declared());
    const [line] = await lines(duty);
    await duty.order(id, 'answer-declaration', { declaration: line!.declarations[0]!.id, to: null });
    await world.pass(1_000);
    expect((await lines(duty)).map(({ synergi }) => synergi).sort()).toEqual(['2026-76-0412', null]);
  });

  test('unanswered for two minutes, it opens its own, once', async () => {
    await duty.open({ lane: 'real', kind: 'cod' });
    await script.post('/api/t0', declared());
    await world.pass(2 * MINUTE - 1);
    expect(await lines(duty)).toHaveLength(1);
    await world.pass(1);
    await world.pass(MINUTE, 6);
    expect((await lines(duty)).map(({ synergi }) => synergi).sort()).toEqual(['2026-76-0412', null]);
  });

  test('« ouverte par erreur » frees the number', async () => {
    const { body: { activation } } = await script.post('/api/t0', declared());
    expect(await duty.order(activation, 'cancel-opening', { reason: 'Essai du script' })).toMatchObject({ status: 200 });
    const again = await script.post('/api/t0', declared());
    expect(again).toMatchObject({ status: 201, body: { outcome: 'opened' } });
    expect(again.body.activation).not.toBe(activation);
  });

  test('module 7: 40 s ahead of our clock is accepted and marked, 10 minutes ahead is refused showing both clocks, 3 days old asks once', async () => {
    const t0 = (ms: number) => new Date(world.clock.wall() + ms).toISOString();
    const ahead = await script.post('/api/t0', declared({ t0: t0(40_000) }));
    expect(ahead.status).toBe(201);
    const [, , clock] = await duty.entries(ahead.body.activation);
    expect(clock).toMatchObject({ type: 'clockStarted', payload: { aheadMs: 40_000 } });
    expect(await script.post('/api/t0', declared({ t0: t0(10 * MINUTE), synergi: 'B' }))).toMatchObject({
      status: 422, body: { refused: 't0-ahead', details: { declared: t0(10 * MINUTE), ours: t0(0) } },
    });
    const old = declared({ t0: t0(-3 * 24 * 60 * MINUTE), synergi: 'C' });
    expect(await script.post('/api/t0', old)).toMatchObject({ status: 422, body: { refused: 't0-old' } });
    expect(await script.post('/api/t0', { ...old, confirmOld: true })).toMatchObject({ status: 201 });
  });
});

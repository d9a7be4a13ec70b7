import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { JournalPage } from '../../src/contract/live.js';
import { evolve, fold } from '../../src/domain/activation.js';
import type { Withheld } from '../../src/domain/entry.js';
import type { ActivationEntry } from '../../src/domain/events.js';
import { MINUTE } from '../../src/domain/time.js';
import { World, type BoardClient, type Person } from '../kit/world.js';

let world: World;
let duty: Person;
let director: Person;
let id: string;
beforeEach(async () => {
  world = await World.start();
  duty = await world.person('astreinte');
  director = await world.person('directeur');
  id = await duty.open();
});
afterEach(() => world.stop());

const seen = (board: BoardClient, seq: number) => board.until(({ entries }) => entries.some((entry) => entry.seq === seq));

describe('news', () => {
  test('an entry comes to every board that follows, with its text, and to no other', async () => {
    const other = await duty.open();
    const [board, elsewhere] = [await duty.board(), await duty.board()];
    await board.follow(id);
    await elsewhere.follow(other);
    const { body } = await director.order(id, 'log-note', { text: 'Le pont est coupé' });
    await seen(board, body.toSeq);
    const [news] = board.news;
    expect(news).toMatchObject({ activation: id, entries: [{ seq: body.toSeq, type: 'noteLogged', by: director.id }] });
    expect(Object.values(news!.texts)).toEqual(['Le pont est coupé']);
    expect(elsewhere.news).toEqual([]);
  });

  test('long-polling carries the same, where a network filters websockets', async () => {
    const board = await duty.board(['polling']);
    await board.follow(id);
    const { body } = await director.order(id, 'log-note', { text: 'Par le détour' });
    await seen(board, body.toSeq);
    expect(board.socket.io.engine.transport.name).toBe('polling');
  });

  test('the first goes at once, what follows within a tenth of a second goes together, in order', async () => {
    const board = await duty.board();
    await board.follow(id);
    const before = (await duty.snapshot(id)).activation.seq;
    await Promise.all(Array.from({ length: 40 }, (_, i) => duty.order(id, 'log-note', { text: `Note ${i}` })));
    await seen(board, before + 40);
    expect(board.entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 40 }, (_, i) => before + 1 + i));
    expect(board.news.length).toBeLessThan(20);
  });

  test('law of audiences: what a board folds from what it was given equals what the server shows it', async () => {
    const wall = await world.person('ecran');
    const people = [duty, director, wall];
    const boards = await Promise.all(people.map((one) => one.board()));
    const starts = await Promise.all(people.map((one) => one.snapshot(id)));
    for (const board of boards) await board.follow(id);
    await director.order(id, 'log-direction-note', { text: 'Le préfet doute du bilan' });
    await duty.order(id, 'take-function', { function: 'AA' });
    await duty.order(id, 'paste-call-list', { step: 'P09', list: 'Marie Roche ; maire, Le Trait ; 06 39 98 00 01' });
    const { body } = await duty.order(id, 'start-step', { step: 'P06' });
    for (const [i, board] of boards.entries()) {
      await seen(board, body.toSeq);
      const state = starts[i]!.activation;
      for (const entry of board.entries) if (entry.seq > state.seq) evolve(state, entry);
      expect(state).toEqual((await people[i]!.snapshot(id)).activation);
    }
  });

  test('a direction note never reaches the cell: not live, not read, not by its digest', async () => {
    const board = await duty.board();
    await board.follow(id);
    const { body } = await director.order(id, 'log-direction-note', { text: 'Le préfet doute du bilan' });
    await seen(board, body.toSeq);
    expect(board.entries).toContainEqual({ seq: body.toSeq, withheld: true });
    const page = await duty.get<JournalPage>(`/api/activations/${id}/journal?seqs=${body.toSeq}`);
    expect(page.body.entries).toEqual([{ seq: body.toSeq, withheld: true }]);
    const [entry] = (await director.get<{ entries: ActivationEntry[] }>(`/api/activations/${id}/journal?seqs=${body.toSeq}`)).body.entries;
    const { digest } = (entry as Extract<ActivationEntry, { type: 'directionNoteLogged' }>).payload.text;
    expect((await duty.get(`/api/activations/${id}/texts?digests=${digest}`)).body).toEqual({ [digest]: null });
    expect((await director.get(`/api/activations/${id}/texts?digests=${digest}`)).body).toEqual({ [digest]: 'Le préfet doute du bilan' });
    expect(JSON.stringify([board.news, (await duty.snapshot(id)), page.body])).not.toMatch(/doute/);
  });
});

describe('resumed by number', () => {
  test('a lost socket finds what it missed, and the whole equals the journal', async () => {
    const first = await duty.board();
    const { seq } = await first.follow(id);
    const one = await duty.order(id, 'log-note', { text: 'Avant la coupure' });
    await seen(first, one.body.toSeq);
    first.close();
    await director.order(id, 'log-note', { text: 'Pendant' });
    await director.order(id, 'log-note', { text: 'Pendant encore' });

    const again = await duty.board();
    const resumed = await again.follow(id, one.body.toSeq);
    expect(resumed).toEqual({ ok: true, seq: one.body.toSeq + 2 });
    const missed = (await duty.get<JournalPage>(`/api/activations/${id}/journal?after=${one.body.toSeq}`)).body.entries;
    const last = await director.order(id, 'log-note', { text: 'Après' });
    await seen(again, last.body.toSeq);
    const start = await duty.get<JournalPage>(`/api/activations/${id}/journal?after=0&limit=${seq}`);
    const all: (ActivationEntry | Withheld)[] = [...start.body.entries, ...first.entries, ...missed, ...again.entries];
    expect(all.map((entry) => entry.seq)).toEqual(Array.from({ length: last.body.toSeq }, (_, i) => i + 1));
    expect(fold(id, all)).toEqual((await duty.snapshot(id)).activation);
  });

  test('every five seconds the boards hear that the server lives, its clock and the last number', async () => {
    const board = await duty.board();
    await board.follow(id);
    const { body } = await duty.order(id, 'log-note', { text: 'a' });
    await world.pass(5_000);
    await board.until(({ alive }) => alive.some(({ activation }) => activation === id));
    expect(board.alive.at(-1)).toEqual({ wall: world.clock.wall(), activation: id, seq: body.toSeq, contract: 1 });
    await world.pass(1_000, 4);
    expect(board.alive.filter(({ activation }) => activation === id)).toHaveLength(1);
  });

  test('the opening page hears that the list changed', async () => {
    const board = await duty.board();
    await duty.open({ lane: 'real', kind: 'important' });
    await board.until(({ lobbies }) => lobbies > 0);
  });
});

describe('requests to a person', () => {
  test('a step that is assigned rings on the boards of whoever gets it; the journal says that it was shown', async () => {
    const board = await director.board();
    await duty.order(id, 'assign-step', { step: 'P11', to: director.id });
    await world.pass(1_000);
    await board.until(({ requests }) => requests.length > 0);
    expect(board.requests).toMatchObject([{ activation: id, lane: 'real', kind: 'step-assigned', body: { step: 'P11' }, mark: null }]);
    expect(Object.values((await duty.snapshot(id)).activation.requests)).toEqual(['shown']);
  });

  test('nobody to read it is said, never guessed', async () => {
    await duty.order(id, 'assign-step', { step: 'P11', to: director.id });
    await world.pass(1_000);
    expect(Object.values((await duty.snapshot(id)).activation.requests)).toEqual(['nobody']);
  });

  test('where a script opened and nobody took a function, whoever may work hears it, and nobody else', async () => {
    const [script, board, wall, auditor] = [await world.script('declare-t0'), await director.board(), await (await world.person('ecran')).board(), await (await world.person('auditeur')).board()];
    await duty.order(id, 'record-synergi-number', { number: '2026-76-0001' });
    const { body: { activation } } = await script.post<{ activation: string }>('/api/t0', { t0: world.instant(), synergi: '2026-76-0412' });
    await world.pass(5 * MINUTE);
    await board.until(({ requests }) => requests.some((request) => request.activation === activation && request.kind === 'warnings'));
    expect([...wall.requests, ...auditor.requests]).toEqual([]);
  });

  test('in an exercise it goes through the simulated channel, marked at both ends', async () => {
    const rehearsed = await duty.open({ lane: 'exercise', kind: 'cod' });
    const board = await director.board();
    await duty.order(rehearsed, 'assign-step', { step: 'P11', to: director.id });
    await world.pass(1_000);
    await board.until(({ requests }) => requests.length > 0);
    expect(board.requests).toMatchObject([{ activation: rehearsed, lane: 'exercise', mark: 'EXERCICE EXERCICE EXERCICE' }]);
    expect(world.running.wired.simulated.sent()).toMatchObject([{ begins: 'EXERCICE EXERCICE EXERCICE', ends: 'EXERCICE EXERCICE EXERCICE' }]);
  });
});

test('a board that reads nothing is cut off, so that its backlog does not grow for ever', async () => {
  const { cookie } = duty.headers as { cookie: string };
  const poll = (query: string, init: RequestInit = {}) => fetch(`${world.url}/live/?EIO=4&transport=polling${query}`, { ...init, headers: { cookie } });
  const { sid } = JSON.parse((await (await poll('')).text()).slice(1)) as { sid: string };
  await poll(`&sid=${sid}`, { method: 'POST', body: '40' });
  await (await poll(`&sid=${sid}`)).text();
  for (let i = 0; i < 300; i++) world.running.wired.boards.lobby();
  await world.pass(5_000);
  expect((await poll(`&sid=${sid}`)).status).toBe(400);
});

describe('who may listen', () => {
  test('nobody without a session, no script, no other page', async () => {
    const script = await world.script('declare-t0');
    const { cookie } = duty.headers as { cookie: string };
    for (const headers of [{}, script.headers, { cookie: 'tz-session=' + '0'.repeat(64) }, { cookie, origin: 'https://ailleurs.example' }]) {
      await expect(duty.boardWith(headers as Record<string, string>)).rejects.toThrow();
    }
  });

  test('a planner may not follow a real activation, nor anybody one that does not exist', async () => {
    const planner = await world.person('planificateur');
    expect(await (await planner.board()).follow(id)).toEqual({ ok: false, seq: 0 });
    expect(await (await duty.board()).follow('f'.repeat(32))).toEqual({ ok: false, seq: 0 });
  });

  test('a socket that sends orders is cut off, and nothing is recorded', async () => {
    const before = (await duty.snapshot(id)).activation.seq;
    for (const [event, body] of [['log-note', { activation: id, text: 'par la fenêtre' }], ['end', {}], ['news', {}]] as const) {
      const board = await duty.board();
      board.send(event, body);
      await board.gone();
    }
    expect((await duty.snapshot(id)).activation.seq).toBe(before);
  });

  test('a follow that is none, and a flood of them, cut it off too', async () => {
    const board = await duty.board();
    board.send('follow', { activation: { $gt: '' }, after: 0 });
    await board.gone();
    const flood = await duty.board();
    for (let i = 0; i < 50; i++) flood.send('follow', { activation: null, after: 0 });
    await flood.gone();
  });

  test('a session that ended, or whose rights changed, loses its boards at once', async () => {
    const { office } = world.running.wired;
    const board = await duty.board();
    await office.sessions.end(duty.headers['cookie']!.replace('tz-session=', ''));
    await board.gone();
    const other = await director.board();
    await office.accounts.change({ id: 'engine', rights: ['admin'], source: 'engine' }, { type: 'change-rights', account: director.id, rights: ['observateur'] });
    await other.gone();
  });

  test('an expired session loses its boards at the next pulse', async () => {
    const board = await duty.board();
    await world.pass(8 * 24 * 60 * MINUTE);
    await board.gone();
  });
});

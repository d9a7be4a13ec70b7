// Issue 3.8: integrations see what boards see. The page of a journal that comes as soon as it has an entry.
import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { JournalPage } from '../../src/contract/live.js';
import type { ActivationEntry } from '../../src/domain/events.js';
import { World, type Answer, type Person, type Refusing } from '../kit/world.js';

let world: World;
let duty: Person;
let id: string;
let seq: number;

beforeEach(async () => {
  world = await World.start();
  duty = await world.person('astreinte');
  id = await duty.open();
  seq = (await duty.snapshot(id)).activation.seq;
});
afterEach(() => world.stop());

const waiting = () => world.running.wired.polls.count;
/** Asks, and comes back when the server holds the request. */
async function held(who: Person, { after = seq, wait = 30, activation = id }: { after?: number; wait?: number; activation?: string } = {}): Promise<{ answer: Promise<Answer<JournalPage>> }> {
  const before = waiting();
  const answer = who.get<JournalPage>(`/api/activations/${activation}/journal?after=${after}&wait=${wait}`);
  await until(() => waiting() > before);
  return { answer };
}
async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 2));
}
const note = (text: string, who = duty) => who.order(id, 'log-note', { text });
const types = ({ entries }: JournalPage) => entries.map((entry) => ('withheld' in entry ? 'withheld' : entry.type));

describe('a page that waits', () => {
  test('comes at once when there are entries after that number', async () => {
    const { status, body } = await duty.get<JournalPage>(`/api/activations/${id}/journal?after=0&wait=30&limit=1`);
    expect([status, body.entries[0]]).toEqual([200, expect.objectContaining({ seq: 1, type: 'activationOpened' })]);
  });

  test('comes with the entry that is committed meanwhile, and with its text', async () => {
    const { answer } = await held(duty);
    await note('La digue tient');
    const { status, body } = await answer;
    expect([status, types(body), Object.values(body.texts)]).toEqual([200, ['noteLogged'], ['La digue tient']]);
    expect(waiting()).toBe(0);
  });

  test('comes empty when the time is up, never later than asked', async () => {
    const { answer } = await held(duty, { wait: 10 });
    await world.pass(9_000, 9);
    expect(waiting()).toBe(1);
    await world.pass(500);
    expect((await answer).body).toEqual({ entries: [], texts: {}, seq });
  });

  test('another activation does not wake it', async () => {
    const other = await duty.open({ lane: 'exercise', kind: 'cod' });
    const { answer } = await held(duty);
    await duty.order(other, 'log-note', { text: 'ailleurs' });
    expect(waiting()).toBe(1);
    await note('ici');
    expect(types((await answer).body)).toEqual(['noteLogged']);
  });

  test('many that wait are all answered, each from its number', async () => {
    const readers = await Promise.all(Array.from({ length: 20 }, () => world.person('sidpc')));
    const answers = [];
    for (const [i, reader] of readers.entries()) answers.push((await held(reader, { after: seq + (i % 2) })).answer);
    await note('un');
    await until(() => waiting() === 10);
    await note('deux');
    const pages = (await Promise.all(answers)).map(({ body }) => body.entries[0]?.seq);
    expect(pages).toEqual(readers.map((_, i) => seq + 1 + (i % 2)));
  });

  test('no commit is missed between reading and waiting: a reader that only waits gets every number once, in order', async () => {
    const script = await world.script('read-journal');
    const got: number[] = [];
    const reading = (async () => {
      for (let after = seq; after < seq + 120;) {
        const { body } = await script.get<JournalPage>(`/api/activations/${id}/journal?after=${after}&wait=30`);
        expect(body.entries.length).toBeGreaterThan(0);
        got.push(...body.entries.map((entry) => entry.seq));
        after = got.at(-1)!;
      }
    })();
    for (let i = 0; i < 30; i++) await Promise.all(Array.from({ length: 4 }, (_, k) => note(`note ${i} ${k}`)));
    await reading;
    expect(got).toEqual(Array.from({ length: 120 }, (_, i) => seq + 1 + i));
  });

  test.each(['wait=5', 'after=1&wait=0', 'after=1&wait=31', 'after=1&wait=abc', 'after=1&before=3&wait=5', 'seqs=1&after=1&wait=5'])('« %s » is refused', async (query) => {
    const { status, body } = await duty.get(`/api/activations/${id}/journal?${query}`) as Refusing;
    expect([status, body.refused]).toEqual([422, 'invalid']);
  });
});

describe('who waits', () => {
  test('is counted: beyond ten of one reader the eleventh is refused, and others still wait', async () => {
    const answers: Promise<Answer<JournalPage>>[] = [];
    for (let i = 0; i < 10; i++) answers.push((await held(duty)).answer);
    const eleventh = await duty.get(`/api/activations/${id}/journal?after=${seq}&wait=30`) as Refusing;
    expect([eleventh.status, eleventh.body.refused]).toEqual([429, 'too-many-waits']);
    expect(eleventh.body.detail).toContain('Trop de lectures');
    answers.push((await held(await world.person('sidpc'))).answer);
    await note('suite');
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(Array.from({ length: 11 }, () => 200));
    expect(waiting()).toBe(0); // the places are free again
    await held(duty, { after: seq + 1 });
  });

  test('is forgotten when the client goes away', async () => {
    const gone = request(`${world.url}/api/activations/${id}/journal?after=${seq}&wait=30`, { headers: duty.headers }).on('error', () => {});
    gone.end();
    await until(() => waiting() === 1);
    gone.destroy();
    await until(() => waiting() === 0);
  });

  test('is answered when the server stops, in less than three seconds', async () => {
    const { answer } = await held(duty);
    const began = performance.now();
    await world.stop();
    expect(performance.now() - began).toBeLessThan(2_500);
    expect((await answer).body).toEqual({ entries: [], texts: {}, seq });
    world = await World.start();
  });

  test('and lost its session meanwhile learns nothing of what comes', async () => {
    const other = await world.person('sidpc');
    const { answer } = await held(other);
    await world.running.wired.office.accounts.change({ id: 'engine', rights: ['admin'], source: 'engine' }, { type: 'disable-account', account: other.id });
    await note('secret');
    expect(await answer).toMatchObject({ status: 401, body: { refused: 'signed-out' } });
  });

  test('without the right to read is told at once what somebody is told who guesses a number', async () => {
    const admin = await world.person('admin');
    const answers = await Promise.all([id, '0'.repeat(32)].map((one) => admin.get(`/api/activations/${one}/journal?after=${seq}&wait=30`)));
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    expect(answers[0]!.body).toEqual(answers[1]!.body);
  });
});

describe('a token with read-journal', () => {
  test('sees what a board of the cell sees: every number, never a direction note', async () => {
    const director = await world.person('directeur');
    const script = await world.script('read-journal');
    const { answer } = await held(script);
    await director.order(id, 'log-direction-note', { text: 'Pour la direction seule' });
    const { body } = await answer;
    expect(body).toEqual({ entries: [{ seq: seq + 1, withheld: true }], texts: {}, seq: seq + 1 });
    const cell = await world.person('sidpc');
    expect((await script.entries(id))).toEqual(await cell.entries(id));
    const digest = (await director.entries(id)).find((entry): entry is Extract<ActivationEntry, { type: 'directionNoteLogged' }> => entry.type === 'directionNoteLogged')!.payload.text.digest;
    expect((await script.get(`/api/activations/${id}/texts?digests=${digest}`)).body).toEqual({ [digest]: null });
  });

  test('lists activations, exercises among them with their lane, and reads texts; nothing else', async () => {
    const exercise = await duty.open({ lane: 'exercise', kind: 'cod', title: 'Crue d’entraînement' });
    const script = await world.script('read-journal');
    const lines = (await script.get<{ id: string; lane: string }[]>('/api/activations')).body;
    expect(new Map(lines.map(({ id: one, lane }) => [one, lane]))).toEqual(new Map([[id, 'real'], [exercise, 'exercise']]));
    expect((await script.entries(exercise)).every(({ lane }) => lane === 'exercise')).toBe(true);
    const others = [`/api/activations/${id}`, `/api/activations/${id}/export.zip`, `/api/activations/${id}/page.html`, '/api/me', '/api/accounts', '/api/people'];
    for (const path of others) expect([path, (await script.get(path)).status]).toEqual([path, 403]);
    expect(await script.order(id, 'log-note', { text: 'x' })).toMatchObject({ status: 403, body: { refused: 'token-scope' } });
  });

  test('a token without it reads nothing', async () => {
    const script = await world.script('declare-t0', 'log-note');
    for (const path of ['/api/activations', `/api/activations/${id}/journal?after=0`, `/api/activations/${id}/journal?after=0&wait=5`, `/api/activations/${id}/texts?digests=${'a'.repeat(64)}`]) {
      expect([path, await script.get(path)]).toEqual([path, expect.objectContaining({ status: 403, body: expect.objectContaining({ refused: 'token-scope' }) })]);
    }
  });
});

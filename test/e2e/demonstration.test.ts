// The demonstration's night, played whole through the real API on a clock that the test moves.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { sha256 } from '../../src/adapters/system-clock.js';
import { Demonstrations } from '../../src/application/ports.js';
import type { House } from '../../src/contract/house.js';
import type { Me, Problem } from '../../src/contract/live.js';
import { gather, Player } from '../../src/demonstration/player.js';
import { parseStory } from '../../src/demonstration/story.js';
import { timeInside } from '../../src/domain/clock/exercise-time.js';
import type { ActivationEntry, EventType } from '../../src/domain/events.js';
import { verifyChain } from '../../src/domain/evidence/chain.js';
import { MINUTE, SECOND, toMs } from '../../src/domain/time.js';
import { stepsShown } from '../../src/domain/views/steps.js';
import { verdicts } from '../../src/domain/views/verdicts.js';
import { standardPlan } from '../kit/given.js';
import { afterwards } from '../kit/scratch.js';
import { Person, World } from '../kit/world.js';

const FILE = 'config/demonstration/une-nuit-de-crue.md';
const NIGHT = parseStory(readFileSync(FILE, 'utf8'));
const SPEED = 20;

async function theatre() {
  const world = await World.start();
  afterwards(() => world.stop());
  const company = await gather(world.url, (await world.running.wired.office.links.issueFirstAdminLink())!, NIGHT.cast);
  const time = { wall: () => world.clock.wall(), pass: (ms: number) => world.pass(ms) };
  return { world, company, player: new Player(NIGHT, company, time, SPEED) };
}

const of = <T extends EventType>(entries: ActivationEntry[], type: T) => entries.filter((entry): entry is Extract<ActivationEntry, { type: T }> => entry.type === type);

test('the night is played to its end with no surprise, and says what it teaches', async () => {
  const { world, player } = await theatre();
  const began = world.clock.wall();
  const { activation: id, surprises, whole } = await player.play();
  expect(surprises.map(({ line, problem }) => `${line.line}: ${problem?.detail}`)).toEqual([]);
  expect(whole).toBe(true);
  // Seventy-five minutes of exercise in less than four of the spectator's.
  expect(world.clock.wall() - began).toBeLessThan(4 * MINUTE);

  const reader = await world.person('auditeur');
  const entries = await reader.entries(id);
  const { activation: a } = await reader.snapshot(id);
  const t0 = a.clocks.cod!.t0;

  // T0 was corrected by a minute and a half, with a reason; the NU ordered by word of mouth, and confirmed by the préfet himself.
  expect(a.clocks.cod!.versions.map((version) => version.t0 - t0)).toEqual([1.5 * MINUTE, 0]);
  expect(of(entries, 'clockCorrected')).toHaveLength(1);
  expect(a.clocks.nu).toMatchObject({ spokenAt: t0 + 24.5 * MINUTE });
  expect(a.orals).toMatchObject([{ for: 'prefet', confirmedBy: expect.any(String) }]);
  expect(a.orals[0]!.confirmedBy).not.toBe(a.orals[0]!.by);

  // The function changed hands, and the successor was told what stood open.
  expect(of(entries, 'handoverOffered')).toMatchObject([{ payload: { function: 'AA' } }]);
  expect(of(entries, 'handoverAccepted')).toHaveLength(1);

  // A step was forgotten: warned of four times, overdue, then done late.
  const warned = of(entries, 'warningsRaised').flatMap(({ payload }) => payload.items);
  expect(warned.filter(({ step }) => step === 'P16').map(({ kind, dueAt }) => [kind, (toMs(dueAt) - t0) / MINUTE])).toEqual([['target', 40], ['minus15', 45], ['minus5', 55], ['deadline', 60]]);
  const shown = new Map(stepsShown(a, a.endedAt!).map((step) => [step.row.id, step.word]));
  expect(shown.get('P16')).toBe('done-late');
  expect(shown.get('P08')).toBe('outside-cause');
  expect(shown.get('P10')).toBe('not-applicable');

  // The machine's statement came at H+1 by itself.
  expect(of(entries, 'statementWritten').map(({ payload }) => (toMs(payload.dueAt) - t0) / MINUTE)).toEqual([60]);

  expect(Object.fromEntries(verdicts(a, a.endedAt!).map(({ clause, verdict }) => [clause.id, verdict]))).toEqual({
    '47': 'held', '48.1': 'held', '48.2': 'held', '48.3': 'held', '48.4': 'late', '48.5': 'held', '50': 'held', '50.1': 'held', '19.3': 'late',
  });
  expect(verifyChain(sha256, await world.store.journal.read(id))).toMatchObject({ ok: true });
  expect(a).toMatchObject({ lane: 'exercise', life: 'ended' });
  expect((await world.store.journal.summaries()).filter(({ lane }) => lane !== 'exercise')).toEqual([]);
}, 120_000);

test('who pauses it makes the story wait; who ends it ends the story', async () => {
  const { world, player } = await theatre();
  const visitor = await world.person('planificateur');
  const performance = player.play();
  const [line] = await until(async () => (await visitor.get<{ id: string }[]>('/api/activations')).body, (lines) => lines.length > 0);
  await visitor.order(line!.id, 'pause-exercise');
  const { activation: paused } = await visitor.snapshot(line!.id);
  const stopped = timeInside(paused.segments, world.clock.wall());
  const before = world.clock.wall();
  await until(async () => world.clock.wall(), (wall) => wall > before + 30 * SECOND);
  const { activation: still } = await visitor.snapshot(line!.id);
  expect(timeInside(still.segments, world.clock.wall())).toBe(stopped);
  expect(still.notes).toBe(paused.notes);
  await visitor.order(line!.id, 'resume-exercise');
  await until(async () => (await visitor.snapshot(line!.id)).activation.notes, (notes) => notes > paused.notes + 1);
  await visitor.order(line!.id, 'end');
  expect(await performance).toMatchObject({ whole: false });
}, 60_000);

/** The player moves the time: the test looks until it sees. */
async function until<T>(look: () => Promise<T>, seen: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await look();
    if (seen(value)) return value;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('its door, and what it refuses', () => {
  test('one enters a demonstration without an account, under cookies of its own; on any other server the same request leads nowhere', async () => {
    const there = await World.start({ demonstration: true });
    afterwards(() => there.stop());
    expect((await anybody(there).get('/api/demonstration')).body).toEqual({ here: true });
    const entered = await anybody(there).post<Me>('/api/demonstration/enter');
    expect(entered).toMatchObject({ status: 200, body: { name: 'Visiteur', rights: ['planificateur', 'observateur'], house: { demonstration: true } } });
    expect(entered.headers.getSetCookie().map((cookie) => cookie.split('=')[0])).toEqual(['tz-session-demonstration', 'tz-device-demonstration']);
    const cookie = entered.headers.getSetCookie()[0]!.split(';')[0]!;
    expect((await new Person(there, { cookie }).get('/api/activations')).status).toBe(200);
    expect((await anybody(there).post<Me>('/api/demonstration/enter')).body.account).toBe(entered.body.account);
    expect((await new Person(there, { origin: 'https://ailleurs.example' }).post('/api/demonstration/enter')).body).toMatchObject({ refused: 'forged' });

    const here = await World.start();
    afterwards(() => here.stop());
    expect((await anybody(here).get('/api/demonstration')).body).toEqual({ here: false });
    expect(await anybody(here).post('/api/demonstration/enter')).toMatchObject({ status: 404, body: { refused: 'unknown-route' } });
    expect((await (await here.person('astreinte')).get<House>('/api/house')).body.house.demonstration).toBe(false);
  });

  test('no real activation opens there, by hand or by a script', async () => {
    const world = await World.start({ demonstration: true });
    afterwards(() => world.stop());
    // The session's cookie has another name there.
    const duty = await world.person('directeur', 'astreinte');
    for (const [path, body] of [['/api/activations', { lane: 'real', kind: 'cod' }], ['/api/t0', { t0: world.instant(), synergi: '26-1' }]] as const) {
      expect(await duty.post<Problem>(path, body)).toMatchObject({ status: 403, body: { refused: 'exercises-only', detail: expect.stringMatching(/aucune activation réelle ne s’y ouvre/) } });
    }
    expect((await duty.post('/api/activations', { lane: 'exercise', kind: 'cod' })).status).toBe(201);
  });
});

describe('launched from the opening page', () => {
  class Fake extends Demonstrations {
    launched = 0;
    stopped = 0;
    constructor(private readonly address: string | undefined) {
      super();
    }
    override async launch(): Promise<string> {
      this.launched++;
      if (this.address === undefined) throw new Error('no');
      return this.address;
    }
    override async stop(): Promise<void> {
      this.stopped++;
    }
  }
  const house = async (demonstrations: Fake, env: Record<string, string> = {}) => {
    const world = await World.start({ demonstrations, env });
    afterwards(() => world.stop());
    return world;
  };

  test('by a planner or an administrator, nobody else', async () => {
    const fake = new Fake('http://127.0.0.1:3060');
    const world = await house(fake);
    expect(await (await world.person('planificateur')).post('/api/demonstration')).toMatchObject({ status: 200, body: { address: 'http://127.0.0.1:3060' } });
    expect((await (await world.person('admin')).post('/api/demonstration/stop')).status).toBe(204);
    for (const path of ['/api/demonstration', '/api/demonstration/stop']) {
      expect(await (await world.person('directeur')).post(path)).toMatchObject({ status: 403, body: { refused: 'forbidden' } });
    }
    expect(fake).toMatchObject({ launched: 1, stopped: 1 });
  });

  test('reached from elsewhere, or not started: a sentence that says what to do', async () => {
    const fake = new Fake(undefined);
    const failing = await house(fake);
    expect(await (await failing.person('planificateur')).post<Problem>('/api/demonstration')).toMatchObject({ status: 503, body: { refused: 'demonstration-failed', detail: expect.stringMatching(/npm run demo/) } });
    const away = new Fake('http://127.0.0.1:3060');
    const far = await house(away, { PUBLIC_URL: 'https://crise.example' });
    expect(await (await far.person('planificateur')).post<Problem>('/api/demonstration')).toMatchObject({ status: 409, body: { refused: 'demonstration-elsewhere', detail: expect.stringMatching(/npm run demo/) } });
    expect(away.launched).toBe(0);
  });
});

describe('the file of the story', () => {
  test('names each step as the plan does', () => {
    const text = readFileSync(FILE, 'utf8').replace(/\s+/g, ' ');
    const named = [...text.matchAll(/\b([PNF]\d\d) \(([^)]*)\)/g)].map(([, id, name]) => [id, name]);
    expect(named.length).toBeGreaterThan(40);
    expect(named.filter(([id, name]) => standardPlan.rows.find((row) => row.id === id)?.short?.replace(/[\u00a0\u202f]/g, ' ').replace(/’/g, "'") !== name!.replace(/’/g, "'"))).toEqual([]);
  });

  test('is refused whole where it cannot be read, each line by its number', () => {
    const story = '# Titre\n\n- Anne Delorme, directrice : directeur\n- 00:00 Anne Delorme ouvre l’exercice « X », T0 à 00:00\n';
    expect(parseStory(story).lines).toHaveLength(1);
    const faulty = `${story}- 01:00 Marc prend la fonction DC\n- 02:00 Anne Delorme danse\n- 01:30 Anne Delorme prend la fonction DC\n- 03:00 Anne Delorme fait P12 → refusé : jamais-vu\n- n’importe quoi`;
    expect(() => parseStory(faulty)).toThrow(/ligne 5 : personne de la distribution.*ligne 6 : ce geste n’est pas du vocabulaire.*ligne 8 : « jamais-vu » n’est pas un refus.*ligne 9 : ni un rôle/s);
    expect(() => parseStory(`${story}- 02:00 Anne Delorme prend la fonction DC\n- 01:30 Anne Delorme note : « trop tôt »`)).toThrow(/ligne 6 : elle vient après une ligne plus tardive/);
    expect(() => parseStory('# Rien')).toThrow(/le premier geste doit ouvrir/);
  });
});

const anybody = (world: World) => new Person(world, {});

// The one write path and those who knock at it by themselves: keys, the beat, the postman, each where something fails.
import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { Activations } from '../../src/application/activations.js';
import { THE_ENGINE, type Author } from '../../src/application/submission.js';
import { Heartbeat } from '../../src/application/heartbeat.js';
import { Boards, Channel, StorageFailed } from '../../src/application/ports.js';
import { ChannelRegistry, Postman } from '../../src/application/postman.js';
import type { Command } from '../../src/domain/commands.js';
import { isRefusal } from '../../src/domain/refusal.js';
import { MINUTE, SECOND, toInstant } from '../../src/domain/time.js';
import { openCommand, RIGHTS_OF, T0 } from '../kit/given.js';
import { HandClock } from '../kit/hand-clock.js';
import { MemoryStore } from '../kit/memory-store.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
class NoBoards extends Boards {
  override news(): void {}
  override lobby(): void {}
  override async request(): Promise<number> {
    return 0;
  }
}
class Asked extends Channel {
  override readonly onDoubt = 'repeat';
  override readonly lanes = ['real'] as const;
  readonly rows: string[] = [];
  override async send({ activation }: { activation: string }) {
    this.rows.push(activation);
    return { outcome: 'shown' as const };
  }
}

const ONE = '1'.repeat(32);
const TWO = '2'.repeat(32);
let clock: HandClock;
let store: MemoryStore;
let activations: Activations;
const author = (who: string): Author => ({ id: who, rights: RIGHTS_OF[who]!, source: 'console' });
const started = () => new Activations(store.journal, clock, sha256, new NoBoards());
const open = async (id: string) => expect(await activations.submit(id, { command: { ...openCommand(), id }, author: author('astreinte'), key: `open ${id}` })).not.toHaveProperty('refused');
const give = async (who: string, command: Command, key: string) =>
  activations.submit(ONE, { command, author: author(who), key, bodyHash: sha256(JSON.stringify(command)) });
const entries = async (id: string) => (await activations.read(id, (held) => [...held.after(0)]))!;

beforeEach(async () => {
  clock = new HandClock(T0);
  store = new MemoryStore(() => clock.wall());
  activations = started();
  await open(ONE);
  await open(TWO);
});

/** As after a restart that finds a journal it cannot read. */
function broken(id: string): void {
  store.links.get(id)![0]!.line = '{';
  activations = started();
}

describe('an idempotency key', () => {
  const take: Command = { type: 'take-function', function: 'DC' };

  test('mod. 7 what was already true stays answered under its key, and is not done later', async () => {
    await give('directrice', take, 'k-1');
    const first = await give('directrice', take, 'k-2');
    await give('astreinte', { type: 'relieve-function', function: 'DC' }, 'k-3');
    expect(await give('directrice', take, 'k-2')).toEqual({ ...first, repeated: true });
    expect((await entries(ONE)).filter(({ type }) => type === 'functionTaken')).toHaveLength(1);
    expect(await give('directrice', { type: 'take-function', function: 'RC' }, 'k-2')).toMatchObject({ refused: 'key-reused' });
  });

  test('RGPD the texts of what was already true are not kept', async () => {
    await activations.submit(ONE, { command: { type: 'end' }, author: author('directrice'), key: 'k-1', bodyHash: '1' });
    const texts = [{ digest: sha256('sel' + 'mot'), salt: 'sel', content: 'mot' }];
    await activations.submit(ONE, { command: { type: 'end' }, author: author('directrice'), key: 'k-2', bodyHash: '2', texts });
    expect(store.texts.size).toBe(0);
  });
});

describe('submissions of the same moment', () => {
  const done = (step: string): Command => ({ type: 'complete-step', step, evidence: [], seen: 0 });
  const note = (text: string): Command => ({ type: 'log-note', text: { digest: sha256(text), bytes: text.length }, attachments: [] });
  const appends = () => {
    let count = 0;
    const append = store.journal.append.bind(store.journal);
    store.journal.append = (batch) => {
      count++;
      return append(batch);
    };
    return () => count;
  };

  test('share one commit, each with its own verdict, decided on what the former ones left', async () => {
    const commits = appends();
    const [first, second, third, refused] = await Promise.all([
      give('communication', done('P11'), 'k-1'), give('communication', done('P11'), 'k-2'), give('communication', note('vu'), 'k-3'),
      give('communication', { type: 'seal' }, 'k-4'),
    ]);
    expect(commits()).toBe(1);
    expect(isRefusal(first!)).toBe(false);
    // Already true by the one before: nothing new, and its key is kept.
    expect(second).toMatchObject({ repeated: false });
    expect(third).toMatchObject({ fromSeq: (await entries(ONE)).length, toSeq: (await entries(ONE)).length });
    expect(refused).toMatchObject({ refused: 'forbidden' });
    expect((await entries(ONE)).filter(({ command }) => command === 'k-1' || command === 'k-2')).toHaveLength(1);
    expect(await give('communication', done('P11'), 'k-2')).toMatchObject({ repeated: true });
  });

  test('the same key twice in one moment is done once', async () => {
    const answers = await Promise.all([give('communication', note('une fois'), 'k-1'), give('communication', note('une fois'), 'k-1'), give('communication', note('autre'), 'k-1')]);
    expect(answers).toMatchObject([{ repeated: false }, { repeated: true }, { refused: 'key-reused' }]);
    expect((await entries(ONE)).filter(({ type }) => type === 'noteLogged')).toHaveLength(1);
  });

  test('a failed commit refuses every submission of its batch, and the next one finds what is stored', async () => {
    const before = (await entries(ONE)).length;
    store.failNext(1);
    const both = await Promise.allSettled([give('communication', note('a'), 'k-1'), give('communication', note('b'), 'k-2')]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(both.map((one) => one.status === 'rejected' && one.reason instanceof StorageFailed)).toEqual([true, true]);
    expect(await give('communication', note('a'), 'k-1')).toMatchObject({ fromSeq: before + 1, repeated: false });
    expect((await entries(ONE)).map(({ seq }) => seq)).toEqual(Array.from({ length: before + 1 }, (_, i) => i + 1));
  });

  test('a lost race is decided anew, one by one', async () => {
    const other = started();
    await other.submit(ONE, { command: note('ailleurs'), author: author('communication'), key: 'k-0', bodyHash: '0' });
    const answers = await Promise.all([give('communication', note('a'), 'k-1'), give('communication', note('b'), 'k-2')]);
    expect(answers.every((answer) => !isRefusal(answer))).toBe(true);
    expect((await entries(ONE)).filter(({ type }) => type === 'noteLogged')).toHaveLength(3);
  });
});

describe('the beat', () => {
  const heartbeat = () => new Heartbeat(activations, store.journal, clock);

  test('mod. 7 a step that could not be written is owed until it is, once', async () => {
    const heart = heartbeat();
    await activations.restore();
    await heart.beat();
    clock.step(5 * MINUTE);
    store.failNext(1);
    await expect(heart.beat()).rejects.toThrow(StorageFailed);
    await heart.beat();
    await heart.beat();
    for (const id of [ONE, TWO]) {
      expect((await entries(id)).filter(({ type }) => type === 'clockStepped')).toMatchObject([{ payload: { byMs: 5 * MINUTE } }]);
    }
  });

  test('principle 3: after each beat the hint is for whatever falls due next, in any activation; what failed waits for the next second', async () => {
    clock.pass(30 * SECOND);
    const later = '3'.repeat(32);
    await activations.submit(later, { command: { ...openCommand(), id: later, t0: clock.wall() }, author: author('astreinte'), key: 'later' });
    await activations.restore();
    const heart = heartbeat();
    const hints: number[] = [];
    activations.onDueHint = (at) => hints.push(at);
    const first = 5 * MINUTE; // the target of P01
    clock.pass(first - 30 * SECOND);
    await heart.beat();
    expect(hints.at(-1)).toBe(T0 + 30 * SECOND + first);
    clock.pass(30 * SECOND);
    store.failNext(1);
    await expect(heart.beat()).rejects.toThrow(StorageFailed);
    expect(hints.at(-1)).toBeGreaterThan(clock.wall());
    await heart.beat();
    expect((await entries(later)).filter(({ type }) => type === 'warningsRaised')).toHaveLength(1);
  });

  test('mod. 7 a journal that cannot be read keeps the others neither from their outage nor from their deadlines', async () => {
    await store.journal.markAlive(T0);
    broken(ONE);
    await activations.restore();
    clock.pass(6 * MINUTE);
    const heart = heartbeat();
    await heart.wake();
    expect((await entries(TWO)).map(({ type }) => type)).toEqual(expect.arrayContaining(['outageNoted', 'warningsRaised']));
    await expect(heart.beat()).rejects.toThrow(SyntaxError);
  });

  test('mod. 7 the clock was put back while nobody was watching: a step, and no outage that ends before it begins', async () => {
    await store.journal.markAlive(T0 + 10 * MINUTE);
    activations = started();
    await activations.restore();
    await heartbeat().wake();
    const noted = (await entries(ONE)).filter(({ type }) => type === 'clockStepped' || type === 'outageNoted');
    expect(noted).toMatchObject([{ payload: { byMs: -10 * MINUTE } }, { payload: { from: toInstant(T0), to: toInstant(T0) } }]);
  });
});

describe('the postman', () => {
  test('principle 6: a journal that cannot be read keeps back its own rows, and nobody else’s', async () => {
    const assign: Command = { type: 'assign-step', step: 'P11', to: 'communication' };
    for (const id of [ONE, TWO]) expect(isRefusal(await activations.submit(id, { command: assign, author: author('astreinte'), key: `${id} assign` }))).toBe(false);
    broken(ONE);
    const asked = new Asked();
    const postman = new Postman(store.outbox, new ChannelRegistry({ real: { person: asked }, exercise: {}, test: {} }), activations, clock, () => {});
    await expect(postman.round()).rejects.toThrow(SyntaxError);
    expect(asked.rows).toEqual([TWO]);
    expect([...store.rows.values()].map(({ effect }) => effect.activation)).toEqual([ONE]);
    clock.pass(31 * SECOND);
    await expect(postman.round()).rejects.toThrow(SyntaxError);
    expect(asked.rows).toEqual([TWO]);
  });
});

test('the engine keeps no key', async () => {
  await activations.submit(ONE, { command: { type: 'raise-warnings', items: [] }, author: THE_ENGINE, key: 'due' });
  expect(store.keys.size).toBe(0);
});

import { afterEach, describe, expect, test } from '@jest/globals';
import { BoardChannel } from '../../src/adapters/channels/board-channel.js';
import { SimulatedChannel } from '../../src/adapters/channels/simulated-channel.js';
import { HouseWork } from '../../src/application/house-work.js';
import { Boards, type Channel, type OutboxRow } from '../../src/application/ports.js';
import { ChannelRegistry } from '../../src/application/postman.js';
import type { BoardRequest } from '../../src/contract/live.js';
import type { Lane } from '../../src/domain/entry.js';
import { MemoryStore } from '../kit/memory-store.js';
import { World, type Person } from '../kit/world.js';

const LANES: readonly Lane[] = ['real', 'exercise', 'test'];
const MARK = 'EXERCICE EXERCICE EXERCICE';

/** Boards that keep what they were asked to show. */
class FakeBoards extends Boards {
  readonly shown: { account: string; request: BoardRequest }[] = [];
  open = 1;
  override news(): void {}
  override lobby(): void {}
  override async request(account: string, request: BoardRequest): Promise<number> {
    this.shown.push({ account, request });
    return this.open;
  }
}

const rowIn = (lane: Lane, over: Partial<OutboxRow> = {}): OutboxRow => ({
  id: 'a/7/step-assigned/somebody', activation: 'a', seq: 7, lane, stampedLane: lane, channel: 'person', kind: 'step-assigned', to: 'somebody',
  body: { step: 'P11' }, attempts: 1, doubt: false, ...over,
});

/** Every channel to people passes this suite; those to come are added here. */
const CHANNELS: [name: string, make: (boards: Boards) => Channel][] = [
  ['board', (boards) => new BoardChannel(boards)],
  ['simulated', (boards) => new SimulatedChannel(boards)],
];

describe.each(CHANNELS)('channel %s', (_, make) => {
  const boards = () => new FakeBoards();
  const lanesOf = make(boards()).lanes;

  test('says which lanes it serves and what it does in doubt', () => {
    const channel = make(boards());
    expect(channel.lanes.length).toBeGreaterThan(0);
    expect(LANES).toEqual(expect.arrayContaining([...channel.lanes]));
    expect(['ask-provider', 'repeat', 'ask-person']).toContain(channel.onDoubt);
    if (channel.onDoubt === 'ask-provider') expect(channel.find).toBeDefined();
  });

  test.each(lanesOf)('%s: hands over the whole request, to that person alone', async (lane) => {
    const shown = boards();
    expect(await make(shown).send(rowIn(lane))).toEqual({ outcome: 'shown' });
    expect(shown.shown).toEqual([{
      account: 'somebody',
      request: { id: 'a/7/step-assigned/somebody', activation: 'a', lane, kind: 'step-assigned', body: { step: 'P11' }, mark: lane === 'real' ? null : MARK },
    }]);
  });

  test.each(lanesOf)('%s: with nobody there it says so', async (lane) => {
    const empty = boards();
    empty.open = 0;
    expect(await make(empty).send(rowIn(lane))).toEqual({ outcome: 'nobody' });
  });

  test.each(LANES.filter((lane) => !lanesOf.includes(lane)))('%s is not its lane: it throws, and nothing leaves', async (lane) => {
    const shown = boards();
    await expect(make(shown).send(rowIn(lane))).rejects.toThrow(/lane/);
    expect(shown.shown).toEqual([]);
  });

  test('a row for nobody throws, and nothing leaves', async () => {
    const shown = boards();
    const { to: _nobody, ...row } = rowIn(lanesOf[0]!);
    await expect(make(shown).send(row)).rejects.toThrow(/nobody/);
    expect(shown.shown).toEqual([]);
  });

  test('in doubt, sent again, the same request arrives under the same id', async () => {
    const shown = boards();
    const channel = make(shown);
    await channel.send(rowIn(lanesOf[0]!));
    await channel.send(rowIn(lanesOf[0]!, { attempts: 2, doubt: true }));
    expect(new Set(shown.shown.map(({ request }) => request.id)).size).toBe(1);
  });
});

test('the simulated channel keeps what it "sent", with the mark at both ends', async () => {
  const channel = new SimulatedChannel(new FakeBoards());
  await channel.send(rowIn('exercise'));
  expect(channel.sent()).toMatchObject([{ begins: MARK, ends: MARK, reached: 1, row: { lane: 'exercise' } }]);
  expect(await channel.find(rowIn('exercise'))).toEqual({ outcome: 'shown' });
  expect(await channel.find(rowIn('exercise', { id: 'another' }))).toBeUndefined();
});

describe('walls between the lanes', () => {
  let world: World;
  afterEach(() => world.stop());

  async function withMemory(): Promise<{ store: MemoryStore; duty: Person; other: Person }> {
    let store: MemoryStore | undefined;
    world = await World.start({ store: async (_, clock) => (store = new MemoryStore(() => clock.wall())) });
    return { store: store!, duty: await world.person('astreinte'), other: await world.person('communication') };
  }

  test('as composed: no real channel exists in an exercise, and the test lane does no work of the house', async () => {
    await withMemory();
    const { registry } = world.running.wired;
    expect(registry.channelFor('real', 'person')).toBeInstanceOf(BoardChannel);
    expect(registry.channelFor('exercise', 'person')).toBeInstanceOf(SimulatedChannel);
    expect(registry.channelFor('test', 'person')).toBeInstanceOf(SimulatedChannel);
    for (const lane of ['real', 'exercise'] as const) expect(registry.channelFor(lane, 'house')).toBeInstanceOf(HouseWork);
    expect(registry.channelFor('test', 'house')).toBeUndefined();
  });

  test('a real channel registered in an exercise by mistake is not reached', () => {
    const real = new BoardChannel(new FakeBoards());
    const registry = new ChannelRegistry({ real: { person: real }, exercise: { person: real }, test: { person: real } });
    expect(LANES.map((lane) => registry.channelFor(lane, 'person'))).toEqual([real, undefined, undefined]);
  });

  const STAMPS: [string, (row: { effect: { lane: Lane }; lane: Lane | null }) => void][] = [
    ['the effect says real in an exercise', (row) => (row.effect.lane = 'real')],
    ['the row says real in an exercise', (row) => (row.lane = 'real')],
    ['both say real, the activation does not', (row) => {
      row.effect.lane = 'real';
      row.lane = 'real';
    }],
    ['the row bears no stamp', (row) => (row.lane = null)],
  ];
  test.each(STAMPS)('%s: nothing is sent, an alarm is raised, the row is buried', async (_, tamper) => {
    const { store, duty, other } = await withMemory();
    const id = await duty.open({ lane: 'exercise', kind: 'cod' });
    const board = await other.board();
    await duty.order(id, 'assign-step', { step: 'P11', to: other.id });
    const row = [...store.rows.values()].find(({ effect }) => effect.kind === 'step-assigned')!;
    tamper(row);
    await world.pass(1_000);
    expect(world.running.wired.simulated.sent()).toEqual([]);
    expect(board.requests).toEqual([]);
    expect(world.logged).toMatchObject([{ message: 'effect without a channel in its lane', details: { effect: row.effect.id } }]);
    expect(row.buried).toBe('lane');
    expect(Object.values((await duty.snapshot(id)).activation.requests)).toEqual(['failed']);
  });
});

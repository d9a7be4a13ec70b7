// Each promise is seen broken once: the product is spoilt, and its checker says so, by name.
import { expect, test } from '@jest/globals';
import type { Store } from '../../src/adapters/persistence/store.js';
import type { Batch } from '../../src/application/ports.js';
import type { Link } from '../../src/domain/evidence/chain.js';
import { KEPT } from './seeds.js';
import { PROMISES, simulate, type Options } from './simulation.js';

type Plant = Pick<Options, 'spoil' | 'spoilBoard' | 'spoilStore'>;

/** A store that writes something else than what it was given; undefined: nothing at all, though it says so. */
const writing = (change: (batch: Batch) => Batch | undefined): Plant => ({
  spoilStore: (store: Store) => spoilt(store, 'journal', 'append', (append) => async (batch: Batch) => {
    const changed = change(batch);
    if (changed) await append(changed);
  }),
});

function spoilt<P extends 'journal' | 'outbox'>(store: Store, port: P, method: string, make: (original: (...args: unknown[]) => Promise<unknown>) => unknown): Store {
  type Methods = Record<string, (...args: unknown[]) => Promise<unknown>>;
  const whole = store[port] as unknown as Methods;
  const changed = make(whole[method]!.bind(whole));
  const spoiltPort = new Proxy(whole, { get: (target, name) => (name === method ? changed : (target[name as string] as unknown as { bind?: (to: Methods) => unknown })?.bind?.(target)) });
  return { ...store, [port]: spoiltPort };
}

const lines = (batch: Batch, change: (line: string) => string): Batch =>
  ({ ...batch, links: batch.links.map((link): Link => ({ ...link, line: change(link.line) })) });

let lost = 0;

const PLANTS: Record<string, Plant> = {
  'no surprise': { spoil: ({ wired }) => void (wired.heartbeat.beat = () => Promise.reject(new Error('planted'))) },
  // Every eighth note is acknowledged and never written.
  'nothing acknowledged is lost': writing((batch) => (batch.links.length === 1 && batch.links[0]!.line.includes('"type":"noteLogged"') && ++lost % 8 === 0 ? undefined : batch)),
  'a key answers once': {
    spoil: ({ orders }) => {
      const order = orders.order.bind(orders);
      let asked = 0;
      orders.order = (signedIn, id, name, body, key) => order(signedIn, id, name, body, `${key}-${++asked}`);
    },
  },
  'no deadline skipped or doubled': { spoil: ({ wired }) => void (wired.activations.tick = async () => {}) },
  'declarations find their hour': {
    spoil: ({ orders }) => void (orders.declareT0 = async () => ({ activation: 'a'.repeat(32), fromSeq: 1, toSeq: 0, repeated: false, outcome: 'waiting' })),
  },
  'outages are noted': { spoilStore: (store) => spoilt(store, 'journal', 'alive', () => async () => undefined) },
  'chain valid': writing((batch) => lines(batch, (line) => (line.includes('"type":"callRecorded"') ? line.replace('"outcome":"', '"outcome":" ') : line))),
  'recorded time never decreases': writing((batch) => lines(batch, (line) => (line.includes('"type":"noteLogged"') ? line.replace(/"recordedAt":"2026/, '"recordedAt":"2025') : line))),
  'boards equal to the server': { spoilBoard: (board) => void (board.spoil = (entries) => entries.map((entry) => ('type' in entry && entry.type === 'stepCompleted' ? { seq: entry.seq, withheld: true } : entry))) },
  // The signs of life never come: what a bad line lost stays lost until the next news.
  'boards keep up by themselves': { spoil: ({ wired }) => void (wired.boards.pulse = () => false) },
  'verdicts equal a fold from scratch': {
    spoil: ({ reading }) => {
      const snapshot = reading.snapshot.bind(reading);
      reading.snapshot = async (signedIn, id) => {
        const shown = await snapshot(signedIn, id);
        for (const step of Object.values(shown.activation.steps)) if (step.status === 'done') step.status = 'todo';
        return shown;
      };
    },
  },
  // The channel of an exercise sends for real, without its mark.
  'lanes never crossed': {
    spoil: ({ wired: { registry, boards } }) => void (registry.channelFor = () => ({
      onDoubt: 'repeat', isSlow: false, lanes: ['real', 'exercise'],
      send: async ({ id, activation, lane, kind, body, to }) => ({ outcome: (await boards.request(to ?? '*', { id, activation, lane, kind, body, mark: null })) > 0 ? 'shown' : 'nobody' }),
    })),
  },
  // The outbox hands each row out twice.
  'effects leave once, or as their channel doubts': { spoilStore: (store) => spoilt(store, 'outbox', 'claim', (claim) => async (...args: unknown[]) => ((await claim(...args)) as object[]).flatMap((row) => [row, row])) },
  'what was erased is gone': writing((batch) => ({ ...batch, erased: [] })),
};

test('every promise has its plant', () => expect(Object.keys(PLANTS).sort()).toEqual(PROMISES.map(({ name }) => name).sort()));

test('unspoilt, the same nights hold', async () => {
  for (let seed = 1; seed <= 2; seed++) expect((await simulate({ seed, hours: 3, trouble: 0.3, store: 'memory' })).breaches).toEqual([]);
});

test.each(Object.keys(PLANTS))('seen broken: %s', async (name) => {
  const found = new Set<string>();
  for (let seed = 1; seed <= 6 && !found.has(name); seed++) {
    const { breaches } = await simulate({ seed, hours: 3, trouble: name === 'outages are noted' || name === 'a key answers once' ? 1 : 0.3, store: 'memory', ...PLANTS[name] });
    for (const { promise } of breaches) found.add(promise);
  }
  expect([...found]).toContain(name);
}, 60_000);

/** Of a promise that may be broken in two ways, the other one: time does twice what it obliges. */
test('seen broken: a deadline doubled', async () => {
  const twice = writing((batch) => lines(batch, (line) => (line.includes('"type":"warningsRaised"') ? line.replace(/"items":\[(.*?)\]/, '"items":[$1,$1]') : line)));
  const { breaches } = await simulate({ seed: 1, hours: 2, trouble: 0, store: 'memory', ...twice });
  expect(breaches.filter(({ promise }) => promise === 'no deadline skipped or doubled')).not.toEqual([]);
});

test.each(KEPT.map((kept) => [kept.name, kept] as const))('a kept seed still finds what it was kept for: %s', async (_, { seed, hours, trouble, store, planted: { spoil, promise } }) => {
  const { breaches } = await simulate({ seed, hours, trouble, store, spoil });
  expect(breaches.map((breach) => breach.promise)).toContain(promise);
}, 60_000);

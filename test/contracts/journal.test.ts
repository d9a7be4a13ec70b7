// What every Journal keeps, whichever store is behind it.
import { beforeEach, describe, expect, test } from '@jest/globals';
import { LostRace, NumberTaken, type Batch, type KeyRecord } from '../../src/application/ports.js';
import type { Store } from '../../src/adapters/persistence/store.js';
import { verifyChain } from '../../src/domain/evidence/chain.js';
import { Writer, sha256 } from '../kit/batches.js';
import { STORES } from './stores.js';

describe.each(STORES)('journal in %s', (_name, open) => {
  let store: Store;
  let hour: Writer;

  beforeEach(async () => {
    store = await open();
    hour = new Writer('hour');
  });

  const append = (batch: Batch) => store.journal.append(batch);
  const key = (over: Partial<KeyRecord> = {}): KeyRecord => ({
    key: 'k1', by: 'a1', bodyHash: 'h', activation: 'hour', fromSeq: 1, toSeq: 2, ...over,
  });

  test('gives back exactly the lines that it was given, and the chain holds', async () => {
    const first = hour.next({ entries: 2 });
    const second = hour.next({ entries: 3 });
    await append(first);
    await append(second);
    const links = await store.journal.read('hour');
    expect(links).toEqual([...first.links, ...second.links]);
    expect(verifyChain(sha256, links)).toEqual({ ok: true, entries: 5, head: second.summary.head });
  });

  test('reads from a number on, and no more than asked', async () => {
    await append(hour.next({ entries: 5 }));
    const seqs = async (after?: number, limit?: number) => (await store.journal.read('hour', after, limit)).map(({ seq }) => seq);
    expect(await seqs()).toEqual([1, 2, 3, 4, 5]);
    expect(await seqs(3)).toEqual([4, 5]);
    expect(await seqs(1, 2)).toEqual([2, 3]);
    expect(await seqs(5)).toEqual([]);
    expect(await store.journal.read('unknown')).toEqual([]);
  });

  test('lists the activations as of their last batch, the oldest first', async () => {
    const later = new Writer('a-later', { openedAt: 2_000, lane: 'exercise' });
    const sooner = new Writer('b-sooner', { openedAt: 1_000 });
    await append(later.next());
    await append(sooner.next());
    const last = later.next({ summary: { life: 'ended', kind: 'important', synergi: '42' } });
    await append(last);
    const summaries = await store.journal.summaries();
    expect(summaries.map(({ id }) => id)).toEqual(['b-sooner', 'a-later']);
    expect(summaries[1]).toEqual(last.summary);
  });

  test('throws LostRace, and writes nothing, when the journal has moved on', async () => {
    await append(hour.next());
    const mine = hour.next({ texts: [{ digest: 'd', salt: 's', content: 'c' }] });
    const theirs = { ...mine, texts: [] };
    await append(theirs);
    await expect(append(mine)).rejects.toThrow(LostRace);
    expect(await store.journal.read('hour')).toHaveLength(2);
    expect(await store.vault.texts(['d'])).toEqual([]);
  });

  test('throws LostRace when an activation is opened twice, number or not', async () => {
    const numbered = new Writer('numbered', { synergi: '2026-1' }).next();
    for (const first of [hour.next(), numbered]) {
      await append(first);
      await expect(append(first)).rejects.toThrow(LostRace);
    }
  });

  test('throws LostRace for an activation that was never opened', async () => {
    hour.next();
    await expect(append(hour.next())).rejects.toThrow(LostRace);
    expect(await store.journal.summaries()).toEqual([]);
  });

  test('refuses what does not follow, which is a bug and no lost race', async () => {
    const gap = hour.next({ entries: 3 });
    gap.links.splice(1, 1);
    const other = new Writer('other').next();
    for (const wrong of [gap, { ...other, summary: { ...other.summary, seq: 2 } }, { ...other, summary: { ...other.summary, head: 'x' } }]) {
      const refused = expect(append(wrong)).rejects;
      await refused.toThrow();
      await expect(append(wrong)).rejects.not.toThrow(LostRace);
    }
    expect(await store.journal.summaries()).toEqual([]);
  });

  describe('a SYNERGI number', () => {
    test('is taken once per lane', async () => {
      await append(new Writer('one', { synergi: '2026-7' }).next());
      await expect(append(new Writer('two', { synergi: '2026-7' }).next())).rejects.toThrow(NumberTaken);
      await append(new Writer('three', { synergi: '2026-7', lane: 'exercise' }).next());
      expect((await store.journal.summaries()).map(({ id }) => id).sort()).toEqual(['one', 'three']);
      expect(await store.journal.read('two')).toEqual([]);
    });

    test('is refused as well to an activation that learns it later', async () => {
      await append(new Writer('one', { synergi: '2026-7' }).next());
      await append(hour.next());
      await expect(append(hour.next({ summary: { synergi: '2026-7' } }))).rejects.toThrow(NumberTaken);
      expect(await store.journal.read('hour')).toHaveLength(1);
    });

    test('is freed by an opening by mistake, by nothing else', async () => {
      const one = new Writer('one', { synergi: '2026-7' });
      await append(one.next());
      for (const life of ['ended', 'sealed'] as const) {
        await append(one.next({ summary: { life } }));
        await expect(append(new Writer('two', { synergi: '2026-7' }).next())).rejects.toThrow(NumberTaken);
      }
      await append(one.next({ summary: { life: 'cancelled' } }));
      await append(new Writer('two', { synergi: '2026-7' }).next());
    });

    test('is not needed: any number of activations have none', async () => {
      for (const id of ['one', 'two', 'three']) await append(new Writer(id).next());
      expect(await store.journal.summaries()).toHaveLength(3);
    });
  });

  describe('an idempotency key', () => {
    test('belongs to its author', async () => {
      await append(hour.next({ entries: 2, keys: [key()] }));
      await append(hour.next({ keys: [key({ by: 'a2', fromSeq: 3, toSeq: 3 })] }));
      expect(await store.journal.key('k1', 'a1')).toEqual(key());
      expect(await store.journal.key('k1', 'a2')).toEqual(key({ by: 'a2', fromSeq: 3, toSeq: 3 }));
      expect(await store.journal.key('k1', 'a3')).toBeUndefined();
      expect(await store.journal.key('k2', 'a1')).toBeUndefined();
    });

    test('is written once: a second use writes nothing', async () => {
      await append(hour.next({ keys: [key()] }));
      await expect(append(new Writer('other').next({ keys: [key({ activation: 'other' })] }))).rejects.toThrow(LostRace);
      expect(await store.journal.read('other')).toEqual([]);
      expect((await store.journal.key('k1', 'a1'))?.activation).toBe('hour');
    });
  });

  test('all or nothing: an effect that is there already takes the whole batch with it', async () => {
    await append(hour.next({ outbox: [hour.effect('e1')], texts: [{ digest: 'kept', salt: 's', content: 'c' }] }));
    const before = await store.journal.summaries();
    const failing = hour.next({
      entries: 2, outbox: [hour.effect('e2'), hour.effect('e1')], texts: [{ digest: 'new', salt: 's', content: 'c' }],
      keys: [key()], settled: [{ id: 'e1', outcome: 'shown' }], erased: ['kept'], accounts: [{ change: 'sessions-dropped', account: 'a1' }],
      summary: { life: 'ended' },
    });
    await expect(append(failing)).rejects.toThrow();
    expect(await store.journal.read('hour')).toHaveLength(1);
    expect(await store.journal.summaries()).toEqual(before);
    expect(await store.journal.key('k1', 'a1')).toBeUndefined();
    expect((await store.vault.texts(['kept', 'new'])).map(({ digest }) => digest)).toEqual(['kept']);
    expect((await store.outbox.claim(0, 10, 1_000)).map(({ id }) => id)).toEqual(['e1']);
  });

  test('a batch without entries settles and keeps its key, under the same version check', async () => {
    await append(hour.next({ outbox: [hour.effect('e1')] }));
    await append(hour.next({ entries: 0, settled: [{ id: 'e1', outcome: 'shown' }], keys: [key({ fromSeq: 2, toSeq: 1 })] }));
    expect(await store.outbox.oldest()).toBeUndefined();
    expect(await store.journal.key('k1', 'a1')).toBeDefined();
    const stale = hour.next({ entries: 0 });
    await append(hour.next());
    await expect(append(stale)).rejects.toThrow(LostRace);
  });

  test('fifty activations written at once are all there', async () => {
    const writers = Array.from({ length: 50 }, (_, i) => new Writer(`a${i}`));
    await Promise.all(
      writers.map(async (writer) => {
        for (let i = 0; i < 4; i++) {
          await append(writer.next({ entries: 2, outbox: [writer.effect(`${i}/${Math.random()}`)] }));
          await store.directory.account('nobody'); // lets the others in
        }
      }),
    );
    expect(await store.journal.summaries()).toHaveLength(50);
    for (let i = 0; i < 50; i++) expect(verifyChain(sha256, await store.journal.read(`a${i}`))).toMatchObject({ ok: true, entries: 8 });
    expect(await store.outbox.claim(0, 1_000, 1)).toHaveLength(200);
  });

  describe('what is appended at one moment', () => {
    const verdicts = async (batches: readonly Batch[]) =>
      (await Promise.allSettled(batches.map(append))).map((one) => (one.status === 'fulfilled' ? 'written' : (one.reason as Error).constructor.name));

    test('keeps its own verdict: a lost race, a taken number, a used key, a bug take nothing else with them', async () => {
      await append(hour.next({ outbox: [hour.effect('e1')], keys: [key()] }));
      const late = new Writer('late');
      await append(late.next());
      const stale = { ...late.next(), expectedSeq: 0, links: late.next({ entries: 0 }).links };
      const numbered = new Writer('numbered', { synergi: '2026-7' }).next();
      const wrong = { ...stale, summary: { ...stale.summary, seq: 0, head: 'x' } };
      const batches = [
        new Writer('first').next({ texts: [{ digest: 'd1', salt: 's', content: 'c' }] }),
        numbered,
        new Writer('same-number', { synergi: '2026-7' }).next({ texts: [{ digest: 'd2', salt: 's', content: 'c' }] }),
        new Writer('hour').next(), // opened already
        new Writer('same-key').next({ keys: [key({ activation: 'same-key' })] }),
        new Writer('same-effect').next({ outbox: [hour.effect('e1')] }),
        wrong,
        new Writer('last').next({ outbox: [hour.effect('e2')] }),
      ];
      expect(await verdicts(batches)).toEqual(['written', 'written', 'NumberTaken', 'LostRace', 'LostRace', 'Error', 'Error', 'written']);
      expect((await store.journal.summaries()).map(({ id }) => id).sort()).toEqual(['first', 'hour', 'last', 'late', 'numbered']);
      for (const id of ['same-number', 'same-key', 'same-effect']) expect(await store.journal.read(id)).toEqual([]);
      expect((await store.vault.texts(['d1', 'd2'])).map(({ digest }) => digest)).toEqual(['d1']);
      expect((await store.outbox.claim(0, 10, 1_000)).map(({ id }) => id)).toEqual(['e1', 'e2']);
    });

    test('is written in the order in which it came', async () => {
      expect(await verdicts([hour.next(), hour.next({ entries: 2 }), hour.next()])).toEqual(['written', 'written', 'written']);
      expect(verifyChain(sha256, await store.journal.read('hour'))).toMatchObject({ ok: true, entries: 4 });
    });

    test('fails with what it rests on', async () => {
      await append(hour.next());
      const lost = { ...hour.next(), expectedSeq: 7, links: [] };
      lost.summary = { ...lost.summary, seq: 7 };
      expect(await verdicts([lost, hour.next(), new Writer('other').next()])).toEqual(['LostRace', 'LostRace', 'written']);
      expect(await store.journal.read('hour')).toHaveLength(1);
    });
  });

  test('remembers when the process was last known to run', async () => {
    expect(await store.journal.alive()).toBeUndefined();
    await store.journal.markAlive(5_000);
    await store.journal.markAlive(10_000);
    expect(await store.journal.alive()).toBe(10_000);
  });

  test('the probe passes while it can write', async () => {
    await store.journal.probe();
    await store.journal.probe();
  });
});

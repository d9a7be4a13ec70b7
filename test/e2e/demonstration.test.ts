// The demonstration's night, played whole through the real API on a clock that the test moves.
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { sha256 } from '../../src/adapters/system-clock.js';
import { gather, Player } from '../../src/demonstration/player.js';
import { parseStory } from '../../src/demonstration/story.js';
import { timeInside } from '../../src/domain/clock/exercise-time.js';
import type { ActivationEntry, EventType } from '../../src/domain/events.js';
import { verifyChain } from '../../src/domain/evidence/chain.js';
import { MINUTE, SECOND, toMs } from '../../src/domain/time.js';
import { stepsShown } from '../../src/domain/views/steps.js';
import { verdicts } from '../../src/domain/views/verdicts.js';
import { World } from '../kit/world.js';
import { afterwards } from '../kit/scratch.js';

const NIGHT = parseStory(readFileSync('config/demonstration/une-nuit-de-crue.md', 'utf8'));
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

  // T0 was corrected by two minutes, with a reason; the NU ordered by word of mouth, and confirmed by the préfet himself.
  expect(a.clocks.cod!.versions.map((version) => version.t0 - t0)).toEqual([2 * MINUTE, 0]);
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

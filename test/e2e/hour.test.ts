import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ActivationEntry, EventType } from '../../src/domain/events.js';
import { verifyChain } from '../../src/domain/evidence/chain.js';
import { sha256 } from '../../src/adapters/system-clock.js';
import { HOUR, MINUTE, SECOND, toInstant, toMs } from '../../src/domain/time.js';
import { World, type Person } from '../kit/world.js';

let world: World;
let duty: Person;
let id: string;
let t0: number;
beforeEach(async () => {
  world = await World.start();
  duty = await world.person('astreinte', 'directeur');
  t0 = world.clock.wall();
  id = await duty.open();
});
afterEach(() => world.stop());

const of = <T extends EventType>(entries: ActivationEntry[], type: T) => entries.filter((entry): entry is Extract<ActivationEntry, { type: T }> => entry.type === type);
/** Each warning that was raised, with how late it came after its due instant. */
const warnings = (entries: ActivationEntry[]) =>
  of(entries, 'warningsRaised').flatMap(({ payload, recordedAt }) => payload.items.map((item) => ({ ...item, late: toMs(recordedAt) - toMs(item.dueAt) })));

/** The same server again, on the same folder, after it was away so long. */
async function restart(away: number): Promise<void> {
  const { folder, clock } = world;
  await world.stop();
  clock.pass(away);
  world = await World.start({ folder, clock });
  duty = new (duty.constructor as typeof Person)(world, duty.headers, duty.me);
}

describe('targets, warnings and deadlines act by themselves', () => {
  test('with nobody watching, each comes once, within its second', async () => {
    await world.pass(HOUR + MINUTE, 61 * 60);
    const raised = warnings(await duty.entries(id));
    expect(raised.length).toBeGreaterThan(40);
    expect(raised.every(({ late }) => late >= 0 && late <= SECOND)).toBe(true);
    expect(new Set(raised.map(({ step, kind, dueAt }) => `${step} ${kind} ${dueAt}`)).size).toBe(raised.length);
    expect(raised).toContainEqual(expect.objectContaining({ step: 'P11', kind: 'target', dueAt: toInstant(t0 + 15 * MINUTE) }));
    expect(raised).toContainEqual(expect.objectContaining({ step: 'P14', kind: 'deadline', dueAt: toInstant(t0 + HOUR) }));
  }, 30_000);

  test('with a browser open the same ones come, and reach it', async () => {
    const board = await duty.board();
    await board.follow(id);
    await duty.order(id, 'take-function', { function: 'RC' });
    await world.pass(16 * MINUTE, 16);
    await board.until(({ requests }) => requests.some(({ kind }) => kind === 'warnings'));
    const shown = board.entries.filter((entry) => 'type' in entry && entry.type === 'warningsRaised').map(({ seq }) => seq);
    const written = of(await duty.entries(id), 'warningsRaised').map(({ seq }) => seq);
    await board.until(({ entries }) => entries.some(({ seq }) => seq === written.at(-1)));
    expect(written).toEqual(expect.arrayContaining(shown));
  });

  test('a corrected T0 moves every deadline and keeps both versions', async () => {
    await world.pass(14 * MINUTE);
    const version = (await duty.snapshot(id)).activation.clocks.cod!.versions.at(-1)!.seq;
    await duty.order(id, 'correct-clock', { clock: 'cod', t0: toInstant(t0 - 10 * MINUTE), reason: 'Heure lue dans SYNERGI', seen: version });
    const raised = warnings(await duty.entries(id));
    expect(raised).toContainEqual(expect.objectContaining({ step: 'P11', kind: 'target', dueAt: toInstant(t0 + 5 * MINUTE) }));
    expect((await duty.snapshot(id)).activation.clocks.cod!.versions.map((one) => one.t0)).toEqual([t0, t0 - 10 * MINUTE]);
  });

  test('50.1: the order of the NU starts the second clock', async () => {
    await world.pass(10 * MINUTE);
    expect((await duty.order(id, 'order-nu', {})).status).toBe(200);
    const { activation } = await duty.snapshot(id);
    expect(activation.clocks.nu?.t0).toBe(t0 + 10 * MINUTE);
    await world.pass(21 * MINUTE, 21);
    expect(warnings(await duty.entries(id))).toContainEqual(expect.objectContaining({ step: 'N04', kind: 'target', dueAt: toInstant(t0 + 30 * MINUTE) }));
  });
});

describe('P26: at T0+60 the engine writes the statement', () => {
  test('a self-contained page in the vault, once, with the hash of the head; the row is done by the engine', async () => {
    await duty.order(id, 'log-note', { text: 'Le pont est <b>coupé</b>' });
    await world.pass(HOUR);
    await world.pass(2 * SECOND, 2);
    const entries = await duty.entries(id);
    const written = of(entries, 'statementWritten');
    expect(written).toHaveLength(1);
    const { file } = written[0]!.payload;
    const page = await duty.get<string>(`/api/activations/${id}/files/${file.digest}`);
    expect(page.headers.get('content-type')).toBe('text/html');
    expect(page.headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''heure_/);
    expect(page.headers.get('content-security-policy')).toMatch(/sandbox/);
    expect(page.body).toMatch(/Le pont est &lt;b&gt;coupé/);
    expect(page.body).not.toMatch(/<script|src="http|href="http/);
    expect((await duty.snapshot(id)).activation.steps['P26']).toMatchObject({ status: 'done', doneBy: 'engine' });
    await world.pass(10 * MINUTE, 10);
    expect(of(await duty.entries(id), 'statementWritten')).toHaveLength(1);
  });
});

describe('restart in the middle of the hour', () => {
  test('the outage is an entry, no deadline is skipped, none is doubled, the chain verifies', async () => {
    await world.pass(13 * MINUTE, 26);
    const before = (await duty.snapshot(id)).activation.seq;
    await restart(4 * MINUTE);
    const entries = await duty.entries(id);
    expect(entries[before]).toMatchObject({ type: 'outageNoted', by: 'engine', payload: { from: toInstant(t0 + 13 * MINUTE), to: toInstant(t0 + 17 * MINUTE) } });
    expect(warnings(entries)).toContainEqual(expect.objectContaining({ step: 'P11', kind: 'target', dueAt: toInstant(t0 + 15 * MINUTE), late: 2 * MINUTE }));
    await world.pass(45 * MINUTE, 90);
    const raised = warnings(await duty.entries(id)).map(({ step, kind, dueAt }) => `${step} ${kind} ${dueAt}`);
    expect(new Set(raised).size).toBe(raised.length);
    expect(raised).toContain(`P14 deadline ${toInstant(t0 + HOUR)}`);
    expect(verifyChain(sha256, await world.store.journal.read(id))).toMatchObject({ ok: true });
  }, 20_000);

  test('however short: sessions, keys and requests that had not left go on', async () => {
    const other = await world.person('communication');
    const note = await duty.order(id, 'log-note', { text: 'Avant' }, 'k-before');
    await duty.order(id, 'assign-step', { step: 'P11', to: other.id });
    await restart(4 * SECOND);
    expect((await duty.order(id, 'log-note', { text: 'Avant' }, 'k-before')).body).toEqual({ ...note.body, repeated: true });
    await world.pass(SECOND);
    const entries = await duty.entries(id);
    expect(of(entries, 'outageNoted')).toMatchObject([{ payload: { from: toInstant(t0), to: toInstant(t0 + 4 * SECOND) } }]);
    expect(of(entries, 'requestsSettled')).toHaveLength(1);
  });

  test('a second server on the same folder is refused, clearly', async () => {
    await expect(World.start({ folder: world.folder })).rejects.toThrow(/déjà utilisé par le processus \d+/);
  });
});

describe('the system clock steps by five minutes', () => {
  test.each([5 * MINUTE, -5 * MINUTE])('by %d ms: an entry, and no time that runs backwards in the journal', async (step) => {
    await world.pass(SECOND);
    world.clock.step(step);
    await world.pass(SECOND);
    await duty.order(id, 'log-note', { text: 'Après le saut' });
    const entries = await duty.entries(id);
    expect(of(entries, 'clockStepped')).toMatchObject([{ payload: { byMs: step } }]);
    const recorded = entries.map(({ recordedAt }) => recordedAt);
    expect(recorded).toEqual([...recorded].sort());
  });
});

describe('end, then seal', () => {
  test('review entries are still possible in between, nothing after', async () => {
    await world.pass(30 * MINUTE);
    expect((await duty.order(id, 'end')).status).toBe(200);
    await world.pass(1_000);
    expect((await duty.snapshot(id)).activation.steps['P26']).toMatchObject({ status: 'done' });
    const { seq } = (await duty.snapshot(id)).activation;
    await world.pass(HOUR, 60);
    expect((await duty.snapshot(id)).activation).toMatchObject({ life: 'ended', seq });
    expect((await duty.order(id, 'log-note', { text: 'À chaud' })).status).toBe(200);
    expect(await duty.order(id, 'order-nu')).toMatchObject({ status: 409, body: { refused: 'ended' } });
    expect((await duty.order(id, 'seal')).status).toBe(200);
    expect(await duty.order(id, 'log-note', { text: 'Trop tard' })).toMatchObject({ status: 409, body: { refused: 'sealed' } });
  });
});

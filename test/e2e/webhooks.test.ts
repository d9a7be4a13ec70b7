// Issue 3.8: signed webhooks on chosen events of activations of lane `real`, retried, with the number, so that nothing is
// missed; exercises and tests send none. Real receivers on sockets of their own; signatures verified by standardwebhooks.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openStore } from '../../src/adapters/persistence/store.js';
import type { Problem } from '../../src/contract/live.js';
import type { WebhookIssued, WebhookLine, WebhookTested } from '../../src/contract/webhooks.js';
import type { AdministrationEntry } from '../../src/domain/administration.js';
import { HOUR, MINUTE, SECOND, type Ms } from '../../src/domain/time.js';
import { Writer } from '../kit/batches.js';
import { Receiver, verify } from '../kit/receiver.js';
import { World, type Person } from '../kit/world.js';

const OUTSIDE = { OUTSIDE_ALLOWED: '127.0.0.1' };
let world: World;
let admin: Person;
let duty: Person;
let receiver: Receiver;

beforeEach(async () => {
  world = await World.start({ env: OUTSIDE });
  [admin, duty] = [await world.person('admin'), await world.person('astreinte')];
  receiver = await Receiver.start();
});
afterEach(() => world.stop());

const courier = () => world.running.wired.courier;
/** A beat, and all that it sends has its answer. */
async function carried(after: Ms = 0): Promise<void> {
  await world.pass(after);
  await courier().idle();
}
async function webhook(over: object = {}): Promise<WebhookIssued> {
  const { status, body } = await admin.post<WebhookIssued>('/api/webhooks', { name: 'COZ', url: receiver.url, ...over });
  expect([status, body]).toEqual([201, expect.objectContaining({ secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/) })]);
  return body;
}
const line = async (): Promise<WebhookLine> => (await admin.get<WebhookLine[]>('/api/webhooks')).body.find(({ name }) => name === 'COZ')!;
const note = (id: string, text = 'Point de situation') => duty.order(id, 'log-note', { text });
const seqOf = async (id: string) => (await duty.snapshot(id)).activation.seq;
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('what leaves', () => {
  test('is each committed entry of a real activation, in order, signed as Standard Webhooks has it, once', async () => {
    const { webhook: id, secret } = await webhook();
    const activation = await duty.open();
    await note(activation);
    await carried();
    const entries = await duty.entries(activation);
    expect(receiver.received.map(({ body }) => body)).toEqual(entries.map((entry) => ({
      type: `temps-zero.${entry.type}`, timestamp: entry.recordedAt, data: { activation, lane: 'real', seq: entry.seq, entry },
    })));
    for (const message of receiver.received) verify(secret, message);
    expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual(entries.map(({ seq }) => `msg_${id}_${activation}_${seq}`));
    expect(receiver.received[0]!.text).not.toContain('Point de situation');
    await carried(MINUTE);
    const warned = receiver.received.slice(entries.length);
    expect(receiver.seqs).toEqual(numbers(1, await seqOf(activation)));
    expect(warned.every(({ body }) => body.type !== 'temps-zero.noteLogged')).toBe(true);
  });

  test('a signature of another secret, a changed body, a changed id are found false', async () => {
    const { secret } = await webhook();
    await duty.open();
    await carried();
    const [message] = receiver.received;
    const forged = [
      [`whsec_${Buffer.alloc(32).toString('base64')}`, message!], [secret, { ...message!, text: message!.text.replace('real', 'test') }],
      [secret, { ...message!, headers: { ...message!.headers, 'webhook-id': 'msg_x' } }],
    ] as const;
    for (const [by, one] of forged) expect(() => verify(by, one)).toThrow('No matching signature');
  });

  test('nothing of an exercise, nothing of a test: not a byte, not a connection', async () => {
    await webhook();
    const exercise = await duty.open({ lane: 'exercise', kind: 'cod', t0: world.instant() });
    await note(exercise);
    await world.store.journal.append(new Writer('e'.repeat(32), { lane: 'test' }).next({ entries: 3 }));
    for (let i = 0; i < 5; i++) await carried(10 * MINUTE);
    expect([receiver.connections, receiver.received]).toEqual([0, []]);
    expect((await line()).activations).toEqual([]);
    const real = await duty.open();
    await carried();
    expect(new Set(receiver.received.map(({ body }) => body.data.activation))).toEqual(new Set([real]));
  });

  test('what the cell does not see, and what was not asked for, leaves its number alone', async () => {
    await webhook({ events: ['noteLogged', 'activationEnded'] });
    const everything = await Receiver.start();
    await webhook({ name: 'tout', url: everything.url });
    const director = await world.person('directeur');
    const id = await duty.open();
    await director.order(id, 'log-direction-note', { text: 'Pour la direction' });
    const secret = await seqOf(id);
    await note(id);
    await carried();
    const seq = await seqOf(id);
    expect(receiver.seqs).toEqual([seq]);
    expect(everything.seqs).toEqual(numbers(1, seq).filter((one) => one !== secret));
    expect((await line()).activations).toEqual([expect.objectContaining({ seq, head: seq, delivered: 1, waitingSince: null })]);
    const integration = await world.script('read-journal');
    expect((await integration.entries(id))[secret - 1]).toEqual({ seq: secret, withheld: true });
  });

  test('a new webhook starts from the present; from the beginning of what runs where that was asked', async () => {
    const id = await duty.open();
    const before = await seqOf(id);
    await webhook();
    const whole = await Receiver.start();
    await webhook({ url: whole.url, from: 'running' });
    await note(id);
    await carried();
    const seq = await seqOf(id);
    expect(receiver.seqs).toEqual(numbers(before + 1, seq));
    expect(whole.seqs).toEqual(numbers(1, seq));
  });
});

describe('nothing is missed', () => {
  test('fifty entries while the receiver is down arrive in order once it is back, each with its own number', async () => {
    await webhook();
    const id = await duty.open();
    const { port } = receiver;
    await receiver.stop();
    for (let i = 0; i < 50; i++) await note(id, `note ${i}`);
    await carried();
    const { activations: [waiting] } = await line();
    expect(waiting).toMatchObject({ seq: 0, delivered: 0, failures: 1, failure: 'unreachable', waitingSince: expect.any(Number) });
    receiver = await Receiver.start(port);
    await carried(4 * SECOND - 1);
    expect(receiver.received).toEqual([]);
    await carried(3 * SECOND);
    expect(receiver.seqs).toEqual(numbers(1, await seqOf(id)));
    expect((await line()).activations[0]).toMatchObject({ failures: 0, failingSince: null, delivered: receiver.received.length });
  });

  test('what was refused is sent again with the same id and a new time, and holds what comes after it', async () => {
    const { secret } = await webhook();
    let refusals = 3;
    receiver.answer = ({ body }) => ({ status: body.data.seq === 2 && refusals-- > 0 ? 500 : 200 });
    const id = await duty.open();
    for (let i = 0; i < 4; i++) await carried(3 * MINUTE);
    const seq = await seqOf(id);
    expect(receiver.seqs).toEqual([1, 2, 2, 2, ...numbers(2, seq)]);
    const again = receiver.received.filter(({ body }) => body.data.seq === 2);
    expect(new Set(again.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(again.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(4);
    for (const message of again) verify(secret, message);
  });

  test('one activation that does not pass does not hold another, nor one receiver another', async () => {
    await webhook();
    const other = await Receiver.start();
    await webhook({ url: other.url });
    const [stuck, free] = [await duty.open(), await duty.open({ lane: 'real', kind: 'important' })];
    receiver.answer = ({ body }) => ({ status: body.data.activation === stuck ? 500 : 200 });
    await carried();
    expect(receiver.seqs.length).toBe(1 + (await seqOf(free)));
    expect(other.seqs.length).toBe((await seqOf(free)) + (await seqOf(stuck)));
  });

  test('a process that dies after it sent and before it noted sends again, with the same id; nothing is skipped', async () => {
    await world.stop();
    let moves = 0;
    world = await World.start({
      env: OUTSIDE, folder: world.folder, clock: world.clock,
      store: async (folder, clock) => {
        const store = await openStore(folder, () => clock.wall());
        const move = store.webhooks.move.bind(store.webhooks);
        // The third answer is the last thing that this process hears.
        store.webhooks.move = async (cursor) => {
          if (++moves >= 3) throw new Error('gone');
          await move(cursor);
        };
        return store;
      },
    });
    [admin, duty] = [await world.person('admin'), await world.person('astreinte')];
    await webhook();
    const id = await duty.open();
    for (let i = 0; i < 5; i++) await note(id, `note ${i}`);
    await carried();
    expect(receiver.seqs).toEqual([1, 2, 3]);
    expect(world.logged.map(({ message }) => message)).toContain('webhook: what was sent could not be noted, it will be sent again');
    await carried(5 * SECOND);
    expect(receiver.seqs).toEqual([1, 2, 3]); // it rests: a receiver must not hear one entry each second
    await world.stop();

    world = await World.start({ env: OUTSIDE, folder: world.folder, clock: world.clock });
    await carried();
    const seq = (await world.store.journal.read(id)).length;
    expect(receiver.seqs).toEqual([1, 2, 3, ...numbers(3, seq)]);
    const [third, again] = receiver.received.filter(({ body }) => body.data.seq === 3);
    expect(again!.headers['webhook-id']).toBe(third!.headers['webhook-id']);
    admin = await world.person('admin');
    expect((await line()).activations[0]).toMatchObject({ seq, delivered: seq });
  });

  test('a stop in the middle of an answer is polite, and repeats after the start', async () => {
    await webhook();
    receiver.answer = ({ body }) => (body.data.seq === 2 && receiver.seqs.length === 2 ? 'silence' : { status: 200 });
    const id = await duty.open();
    await world.running.beat();
    await receiver.until(({ received }) => received.length === 2);
    const began = performance.now();
    await world.stop();
    expect(performance.now() - began).toBeLessThan(2_500);
    world = await World.start({ env: OUTSIDE, folder: world.folder, clock: world.clock });
    await carried();
    expect(receiver.seqs).toEqual([1, 2, ...numbers(2, (await world.store.journal.read(id)).length)]);
  });
});

describe('a receiver that', () => {
  test('hangs is cut off after 15 seconds, and holds neither the beat nor anybody else', async () => {
    await webhook();
    const other = await Receiver.start();
    await webhook({ url: other.url, name: 'Autre' });
    receiver.answer = () => 'silence';
    const id = await duty.open();
    await world.running.beat();
    await receiver.until(({ received }) => received.length === 1);
    await world.pass(14 * SECOND, 14);
    expect(receiver.cut).toBe(0);
    const all = await seqOf(id);
    await other.until(({ seqs }) => seqs.length === all);
    expect(other.seqs).toEqual(numbers(1, await seqOf(id)));
    await carried(SECOND);
    await receiver.until(({ cut }) => cut === 1);
    expect((await line()).activations[0]).toMatchObject({ failures: 1, failure: 'no-answer', seq: 0 });
    receiver.answer = () => ({ status: 200 });
    await carried(6 * SECOND);
    expect(new Set(receiver.seqs).size).toBe(await seqOf(id));
  });

  test('answers 410 is stopped at once, shown, and never asked again', async () => {
    const { webhook: id } = await webhook();
    receiver.answer = () => ({ status: 410 });
    const activation = await duty.open();
    await carried();
    await carried(HOUR);
    expect(receiver.received).toHaveLength(1);
    expect(await line()).toMatchObject({ stopped: 'gone', activations: [{ failure: 'http-410' }] });
    const journal = (await admin.get<{ entries: AdministrationEntry[] }>('/api/administration/journal')).body.entries;
    expect(journal.filter(({ type }) => type === 'webhookStopped')).toEqual([expect.objectContaining({ by: 'engine', payload: { webhook: id, why: 'gone' } })]);
    receiver.answer = () => ({ status: 200 });
    await admin.post(`/api/webhooks/${id}/resume`);
    await carried();
    expect(receiver.seqs.slice(1)).toEqual(numbers(1, await seqOf(activation)));
  });

  test('fails for three days is stopped; resumed, it misses nothing', async () => {
    const { webhook: id } = await webhook();
    receiver.answer = () => ({ status: 502 });
    const activation = await duty.open();
    for (let hour = 0; hour < 71; hour++) await carried(HOUR);
    admin = await world.person('admin'); // sessions end
    expect(await line()).toMatchObject({ stopped: null, activations: [{ failures: expect.any(Number), failure: 'http-502' }] });
    for (let hour = 0; hour < 3; hour++) await carried(HOUR);
    expect(await line()).toMatchObject({ stopped: 'failing' });
    const asked = receiver.received.length;
    expect(asked).toBeLessThan(80);
    await carried(24 * HOUR);
    expect(receiver.received).toHaveLength(asked);
    admin = await world.person('admin');
    receiver.answer = () => ({ status: 200 });
    await admin.post(`/api/webhooks/${id}/resume`);
    await carried();
    expect(receiver.seqs.slice(asked)).toEqual(numbers(1, (await world.store.journal.read(activation)).length));
  });

  test.each([
    ['asks for two minutes', '120', 2 * MINUTE], ['asks for a day gets an hour', '86400', HOUR],
  ])('%s by Retry-After', async (_name, header, granted) => {
    await webhook();
    receiver.answer = () => ({ status: receiver.received.length === 1 ? 503 : 200, headers: { 'retry-after': header } });
    await duty.open();
    await carried();
    await carried(granted - SECOND);
    expect(receiver.received).toHaveLength(1);
    await carried(SECOND);
    expect(receiver.received.length).toBeGreaterThan(1);
  });

  test.each([
    ['a private address', 'https://10.1.2.3/x'], ['the metadata of a cloud', 'http://169.254.169.254/latest'], ['this machine under another name', 'http://[::1]:1/x'],
    ['another scheme', 'file:///etc/passwd'],
  ])('redirects to %s is not followed', async (_name, location) => {
    await webhook();
    receiver.answer = () => ({ status: 307, headers: { location } });
    await duty.open();
    await carried();
    expect(receiver.received).toHaveLength(1);
    expect((await line()).activations[0]).toMatchObject({ failure: 'redirect-refused', seq: 0 });
  });

  test('redirects to a listed address is followed with its body, three times at most; 302 is a refusal', async () => {
    const { secret } = await webhook({ events: ['activationOpened'] });
    const target = await Receiver.start();
    receiver.answer = () => ({ status: 308, headers: { location: target.url } });
    await duty.open();
    await carried();
    expect(target.seqs).toEqual([1]);
    verify(secret, target.received[0]!);
    receiver.answer = () => ({ status: 307, headers: { location: receiver.url } });
    await duty.open({ lane: 'real', kind: 'important' });
    await carried();
    expect(receiver.received).toHaveLength(1 + 4);
    receiver.answer = () => ({ status: 302, headers: { location: target.url } });
    await carried(6 * SECOND);
    expect((await line()).activations.map(({ failure }) => failure)).toContain('http-302');
    expect(target.received).toHaveLength(1);
  });
});

describe('an administrator', () => {
  test.each([
    ['http://192.168.1.10/x', 'private-address'], ['https://192.168.1.10/x', 'private-address'], ['https://[::ffff:10.0.0.1]/', 'private-address'],
    ['https://0x7f.1/', undefined], ['https://qui:secret@example.org/', 'credentials'], ['ftp://example.org/', 'not-an-address'], ['pas une adresse', 'not-an-address'],
    ['http://93.184.216.34/', 'https-needed'],
  ])('who types %s is told what is wrong, and nothing is written', async (url, why) => {
    const { status, body } = await admin.post<Problem>('/api/webhooks', { name: 'x', url });
    if (why === undefined) return expect(status).toBe(201); // 127.0.0.1, which is listed here
    expect([status, body]).toEqual([422, expect.objectContaining({ refused: 'address-refused', details: { why }, detail: expect.stringContaining('Corrigez') })]);
    expect((await admin.get('/api/webhooks')).body).toEqual([]);
  });

  test('sees the secret once; renewed, both sign for 24 hours', async () => {
    const { webhook: id, secret } = await webhook();
    expect(JSON.stringify((await admin.get('/api/webhooks')).body)).not.toContain('whsec_');
    const { body: renewed } = await admin.post<WebhookIssued>(`/api/webhooks/${id}/renew-secret`);
    expect(renewed).toEqual({ webhook: id, secret: expect.not.stringMatching(secret), formerUntil: world.clock.wall() + 24 * HOUR });
    const activation = await duty.open();
    await carried();
    verify(secret, receiver.received[0]!);
    verify(renewed.secret, receiver.received[0]!);
    await carried(24 * HOUR);
    await note(activation);
    await carried();
    verify(renewed.secret, receiver.received.at(-1)!);
    expect(() => verify(secret, receiver.received.at(-1)!)).toThrow();
    const whole = JSON.stringify([await world.store.journal.read('administration'), world.logged]);
    for (const kept of [secret, renewed.secret, receiver.url]) expect(whole).not.toContain(kept);
  });

  test('sends an essai: lane-less, marked, answered; the failure has its reason', async () => {
    const { webhook: id, secret } = await webhook();
    expect((await admin.post<WebhookTested>(`/api/webhooks/${id}/test`)).body).toEqual({ delivered: true, failure: null, tookMs: expect.any(Number) });
    verify(secret, receiver.received[0]!);
    expect(receiver.received[0]!.body).toMatchObject({ type: 'temps-zero.ping', data: { test: true } });
    expect(receiver.received[0]!.text).not.toContain('lane');
    receiver.answer = () => ({ status: 500 });
    expect((await admin.post<WebhookTested>(`/api/webhooks/${id}/test`)).body).toMatchObject({ delivered: false, failure: 'http-500' });
    receiver.answer = () => 'silence';
    const hanging = admin.post<WebhookTested>(`/api/webhooks/${id}/test`);
    await receiver.until(({ received }) => received.length === 3);
    await world.pass(15 * SECOND, 15);
    expect((await hanging).body).toMatchObject({ delivered: false, failure: 'no-answer', tookMs: 15 * SECOND });
  });

  test('suspends: nothing leaves; resumes: what waited arrives; changes the address; removes: nothing more', async () => {
    const { webhook: id } = await webhook();
    const activation = await duty.open();
    await admin.post(`/api/webhooks/${id}/suspend`);
    await carried(MINUTE);
    expect(receiver.connections).toBe(0);
    expect(await line()).toMatchObject({ stopped: 'by-hand' });
    await admin.post(`/api/webhooks/${id}/resume`);
    await carried();
    expect(receiver.seqs).toEqual(numbers(1, await seqOf(activation)));
    const moved = await Receiver.start();
    expect((await admin.post(`/api/webhooks/${id}/change`, { name: 'COZ Sud', url: moved.url, events: ['noteLogged'] })).status).toBe(204);
    await note(activation);
    await carried();
    expect(moved.seqs).toEqual([await seqOf(activation)]);
    await admin.post(`/api/webhooks/${id}/remove`);
    await note(activation);
    await carried(MINUTE);
    expect(moved.received).toHaveLength(1);
    expect((await admin.get('/api/webhooks')).body).toEqual([]);
    for (const act of ['suspend', 'resume', 'remove', 'renew-secret', 'test']) expect([act, (await admin.post(`/api/webhooks/${id}/${act}`)).status]).toEqual([act, 404]);
  });
});

// 3.8: who is told what, when it is tried again, and what is never sent.
import { describe, expect, test } from '@jest/globals';
import { StandardSigner } from '../../src/adapters/secrets/webhook-signature.js';
import { Outside, type OutsideRequest } from '../../src/application/outside.js';
import { Sender } from '../../src/application/webhooks/sender.js';
import { Courier } from '../../src/application/webhooks/courier.js';
import { cursorAt, type Webhook } from '../../src/application/webhooks/webhook-store.js';
import { EVENT_GROUPS, TOLD_TYPES } from '../../src/contract/event-names.js';
import { OUTSIDE_FAULTS } from '../../src/application/outside.js';
import { failureWords } from '../../src/contract/failure-words.js';
import { initialAdministration, type AdministrationState } from '../../src/domain/administration.js';
import type { Lane } from '../../src/domain/entry.js';
import type { ActivationEntry } from '../../src/domain/events.js';
import { HOUR, MINUTE, SECOND } from '../../src/domain/time.js';
import { decideWebhook, MOST_WEBHOOKS, pauseAfter, stopWebhook, told } from '../../src/domain/webhooks.js';
import { Writer } from '../kit/batches.js';
import { HandClock } from '../kit/hand-clock.js';
import { MemoryStore } from '../kit/memory-store.js';

const entry = (lane: Lane, type: ActivationEntry['type'] = 'noteLogged') => ({
  seq: 7, activation: 'a'.repeat(32), lane, type, v: 1, by: 'x', source: 'console', command: 'k', occurredAt: '2026-11-27T01:00:00.000Z',
  recordedAt: '2026-11-27T01:00:00.000Z', payload: { text: { digest: 'd', bytes: 1 }, attachments: [] },
}) as unknown as ActivationEntry;
const webhook: Webhook = {
  id: 'w1', name: 'COZ', url: 'https://coz.example/', events: null, secret: new StandardSigner().secret('00'.repeat(32)), previousSecret: null, previousUntil: null,
  stopped: null, stoppedAt: null, createdBy: 'a', createdAt: 0,
};
const clock = new HandClock(Date.parse('2026-11-27T01:00:00.000Z'));

/** A line that counts what is asked of it. */
class Line extends Outside {
  readonly asked: OutsideRequest[] = [];
  override faultOf() {
    return undefined;
  }
  override async request(request: OutsideRequest) {
    this.asked.push(request);
    return { status: 200, retryAfter: undefined, body: new Uint8Array() };
  }
}
function sending() {
  const line = new Line();
  const alarms: string[] = [];
  return { line, alarms, sender: new Sender(line, new StandardSigner(), clock, (message) => alarms.push(message)) };
}

describe('the lane', () => {
  test.each<Lane>(['exercise', 'test'])('the sender refuses an entry of lane %s, with an alarm: nothing reaches the line', async (lane) => {
    const { line, alarms, sender } = sending();
    expect(await sender.entry(webhook, entry(lane), new AbortController().signal)).toEqual({ delivered: false, failure: 'lane' });
    expect([line.asked, alarms]).toEqual([[], ['webhook: an entry of another lane was not sent']]);
    expect(await sender.entry(webhook, entry('real'), new AbortController().signal)).toEqual({ delivered: true });
    expect(line.asked).toHaveLength(1);
  });

  test('the courier refuses it before the sender, whatever a store answers', async () => {
    const store = new MemoryStore(() => clock.wall());
    await store.journal.append(new Writer('x1', { lane: 'exercise' }).next({ entries: 2 }));
    store.webhooks.apply({ change: 'webhook-put', webhook });
    store.webhooks.behind = async () => [cursorAt('w1', 'x1', 0)];
    const { line, sender } = sending();
    const alarms: string[] = [];
    const administration = { write: async () => [] };
    const courier = new Courier(store.webhooks, store.journal, sender, administration, clock, { id: () => '0'.repeat(32) }, (message) => alarms.push(message));
    await courier.round();
    await courier.idle();
    expect([line.asked, alarms]).toEqual([[], ['webhook: a journal of another lane was about to be read out']]);
  });
});

describe('what is told', () => {
  test('is what the cell sees, of the types asked for', () => {
    expect(told(null, entry('real'))).toMatchObject({ seq: 7 });
    expect(told(['noteLogged'], entry('real'))).toBeDefined();
    expect(told(['activationEnded'], entry('real'))).toBeUndefined();
    expect(told(null, entry('real', 'directionNoteLogged'))).toBeUndefined();
    expect(told(['directionNoteLogged'], entry('real', 'directionNoteLogged'))).toBeUndefined();
  });

  test('may be chosen: each type that the cell sees stands in one group', () => {
    expect(EVENT_GROUPS.flatMap(({ types }) => types).sort()).toEqual([...TOLD_TYPES].sort());
    expect(TOLD_TYPES).not.toContain('directionNoteLogged');
  });
});

describe('trying again', () => {
  test('waits longer after each failure, an hour at most, spread by chance', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 70].map((failures) => pauseAfter(failures, 0.5))).toEqual([5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, HOUR, HOUR]);
    expect([pauseAfter(1, 0), pauseAfter(1, 0.999)]).toEqual([4 * SECOND, expect.closeTo(6 * SECOND, -2)]);
  });

  test('a receiver may ask for more, an hour at most, never for less', () => {
    expect(pauseAfter(1, 0.5, 2 * MINUTE)).toBe(2 * MINUTE);
    expect(pauseAfter(1, 0.5, 48 * HOUR)).toBe(HOUR);
    expect(pauseAfter(4, 0.5, SECOND)).toBe(10 * MINUTE);
  });
});

describe('administering', () => {
  const withWebhooks = (count: number, stopped: 'gone' | null = null): AdministrationState => {
    const state = initialAdministration();
    for (let i = 0; i < count; i++) state.webhooks.set(`w${i}`, { stopped });
    return state;
  };

  test('twenty at most', () => {
    expect(decideWebhook(withWebhooks(MOST_WEBHOOKS - 1), { type: 'add-webhook', webhook: 'x', events: null })).toEqual([{ type: 'webhookAdded', payload: { webhook: 'x', events: null } }]);
    expect(decideWebhook(withWebhooks(MOST_WEBHOOKS), { type: 'add-webhook', webhook: 'x', events: null })).toMatchObject({ refused: 'too-many-webhooks' });
  });

  test('suspending twice, resuming what runs change nothing; the first reason stays', () => {
    expect(decideWebhook(withWebhooks(1, 'gone'), { type: 'suspend-webhook', webhook: 'w0' })).toEqual([]);
    expect(decideWebhook(withWebhooks(1), { type: 'resume-webhook', webhook: 'w0' })).toEqual([]);
    expect(stopWebhook(withWebhooks(1, 'gone'), 'w0', 'failing')).toEqual([]);
    expect(stopWebhook(withWebhooks(1), 'w0', 'failing')).toEqual([{ type: 'webhookStopped', payload: { webhook: 'w0', why: 'failing' } }]);
    expect(stopWebhook(withWebhooks(0), 'w0', 'failing')).toEqual([]);
  });

  test.each(['change-webhook', 'renew-webhook-secret', 'suspend-webhook', 'resume-webhook', 'remove-webhook'] as const)('%s of one that does not exist is refused', (type) => {
    expect(decideWebhook(withWebhooks(1), { type, webhook: 'w9', events: null })).toMatchObject({ refused: 'unknown-webhook' });
  });

  test('every failure has its words', () => {
    for (const fault of [...OUTSIDE_FAULTS, 'lane']) expect(failureWords(fault)).not.toBe(fault);
    expect([failureWords('http-500'), failureWords('http-410')]).toEqual(['le destinataire a répondu 500', expect.stringContaining('n’existe plus')]);
  });
});

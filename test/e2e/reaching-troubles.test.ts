// 48.1 when the network fails in the middle: nobody who acknowledged is called again, nobody is forgotten, doubts are shown and asked.
import { expect, test } from '@jest/globals';
import { openStore, type Store } from '../../src/adapters/persistence/store.js';
import { StorageFailed } from '../../src/application/ports.js';
import { communeState, coverage } from '../../src/domain/outreach/coverage.js';
import { MINUTE, SECOND } from '../../src/domain/time.js';
import { ACCOUNT, OTHER } from '../kit/phones/for-tests.js';
import { call, text } from '../kit/phones/people.js';
import { ReachedWorld } from '../kit/reached-world.js';

const COMMUNES = ['76231', '76681', '76540', '76217', '76351', '76410'];
const numberOf = (i: number) => `+3363998000${i + 1}`;
const FAST = [{ ...ACCOUNT, callsPerSecond: 20 }, { ...OTHER, callsPerSecond: 20 }];

/** As many mayors, with a mobile each; all of them answer and press 1 unless a test says otherwise. */
async function mayors(reached: ReachedWorld, n = COMMUNES.length): Promise<string[]> {
  const people = [];
  for (let i = 0; i < n; i++) people.push(await reached.official(COMMUNES[i]!, [numberOf(i)]));
  return people;
}
const acknowledging = () => call().saying(/berges/).pressing('1').thenHearing(/enregistrée/);
const callsTo = (reached: ReachedWorld, number: string) => reached.phones.calls.filter(({ to }) => to === number);

test('48.1 the provider is down for five minutes: calls wait, the other account is tried, and everybody is reached afterwards, once', async () => {
  const reached = await ReachedWorld.start({ accounts: [FAST[0]!] });
  await mayors(reached);
  COMMUNES.forEach((_, i) => reached.phones.person(numberOf(i)).expects(acknowledging()));
  const id = await reached.open(COMMUNES);
  await reached.phones.outage(5);
  await reached.campaign(id, { callsPerSecond: 5 });
  await reached.passes(4 * MINUTE);
  const during = await reached.state(id);
  expect(coverage(during.outreach, 1)).toMatchObject({ tried: 0, by: { untried: 6 } });
  expect(during.steps['P07']?.status ?? 'todo').toBe('todo');
  await reached.passes(4 * MINUTE);
  expect(coverage((await reached.state(id)).outreach, 1).by.acknowledged).toBe(6);
  for (const [i] of COMMUNES.entries()) expect(callsTo(reached, numberOf(i))).toHaveLength(1);
});

test('48.1 credentials revoked in the middle: calls go on with the second account, and the journal says so', async () => {
  const reached = await ReachedWorld.start({ accounts: FAST });
  await mayors(reached);
  COMMUNES.forEach((_, i) => reached.phones.person(numberOf(i)).expects(acknowledging()));
  const id = await reached.open(COMMUNES);
  await reached.campaign(id, { callsPerSecond: 1, lines: 6 });
  await reached.passes(2 * SECOND);
  reached.phones.revoke('twilio-1');
  await reached.passes(3 * MINUTE);
  const a = await reached.state(id);
  expect(coverage(a.outreach, 1).by.acknowledged).toBe(6);
  expect(a.accountChanges).toMatchObject([{ from: 'twilio-1', to: 'twilio-2', why: 'credentials' }]);
  expect(new Set(reached.phones.calls.map(({ account }) => account.name))).toEqual(new Set(['twilio-1', 'twilio-2']));
});

test.each(['error-after-accepting', 'silence-after-accepting', 'cut-after-accepting'] as const)('48.1 accepted and not told (%s): in doubt, the provider is asked, and nobody is called twice', async (disorder) => {
  const reached = await ReachedWorld.start({ accounts: [FAST[0]!] });
  const [mayor] = await mayors(reached, 1);
  reached.phones.person(numberOf(0)).expects(acknowledging());
  const id = await reached.open([COMMUNES[0]!]);
  reached.phones.meets(disorder);
  await reached.campaign(id);
  await reached.passes(2 * MINUTE);
  const a = await reached.state(id);
  expect(communeState(a.outreach, COMMUNES[0]!)).toBe('acknowledged');
  expect(callsTo(reached, numberOf(0))).toHaveLength(1);
  const states = (await reached.duty.entries(id)).flatMap((entry) => (entry.type === 'attemptsMoved' ? entry.payload.items.map(({ state }) => state) : []));
  expect(states).toContain('doubt');
  expect(a.outreach.targets[mayor!]!.attempts).toMatchObject([{ outcome: 'acknowledged', sid: expect.stringMatching(/^CA/) }]);
}, 60_000);

test('48.1 throttled, and every line busy: calls come back when they may, nobody is forgotten', async () => {
  const reached = await ReachedWorld.start({ accounts: [FAST[0]!] });
  await mayors(reached, 3);
  [0, 1, 2].forEach((i) => reached.phones.person(numberOf(i)).expects(acknowledging()));
  const id = await reached.open(COMMUNES.slice(0, 3));
  reached.phones.meets({ throttledForSeconds: 5 }, { throttledForSeconds: undefined });
  await reached.campaign(id, { lines: 1 });
  await reached.passes(6 * MINUTE);
  expect(coverage((await reached.state(id)).outreach, 1).by.acknowledged).toBe(3);
});

test('48.1 the text is changed while calls are in the air: who answers hears the new one; who acknowledged the old one is called again where it is asked', async () => {
  const reached = await ReachedWorld.start({ accounts: FAST });
  await mayors(reached, 3);
  reached.phones.person(numberOf(0)).expects(call().saying(/berges/).pressing('1').thenHearing(/enregistrée/), call().saying(/évacuez/).pressing('1').thenHearing(/enregistrée/));
  reached.phones.person(numberOf(1)).expects(call().answeredAfter(28).saying(/évacuez/).pressing('1').thenHearing(/enregistrée/));
  reached.phones.person(numberOf(2)).expects(call().leftRinging(), call().saying(/évacuez/).pressing('1').thenHearing(/enregistrée/));
  const id = await reached.open(COMMUNES.slice(0, 3));
  const campaign = await reached.campaign(id, { callsPerSecond: 10 });
  await reached.passes(26 * SECOND);
  // Nobody hears it before it is changed but the first.
  expect((await reached.duty.order(id, 'change-campaign-text', { campaign, text: 'Rupture de digue : évacuez.', again: true })).status).toBe(200);
  await reached.passes(5 * MINUTE);
  expect(coverage((await reached.state(id)).outreach, 1).by.acknowledged).toBe(3);
}, 60_000);

test('48.1 the journal could not note what was placed, as when a process is killed: the row comes back in doubt, is found, and is not placed again', async () => {
  let full = false;
  const failing = (folder: string, clock: { wall(): number }): Promise<Store> => openStore(folder, () => clock.wall()).then((store) => {
    const append = store.journal.append.bind(store.journal);
    store.journal.append = (batch) => (full ? Promise.reject(new StorageFailed('disk full')) : append(batch));
    return store;
  });
  const reached = await ReachedWorld.start({ accounts: [FAST[0]!], store: failing });
  await mayors(reached, 1);
  reached.phones.person(numberOf(0)).expects(call().answeredAfter(25).saying(/berges/).pressing('1').thenHearing(/enregistrée/));
  const id = await reached.open([COMMUNES[0]!]);
  await reached.campaign(id);
  full = true;
  await reached.world.running.beat();
  await reached.world.running.wired.postman.settled();
  full = false;
  expect(callsTo(reached, numberOf(0))).toHaveLength(1);
  // A callback that comes while nothing can be written is not believed to be noted: the provider asks again or we do.
  await reached.passes(2 * MINUTE);
  expect(communeState((await reached.state(id)).outreach, COMMUNES[0]!)).toBe('acknowledged');
  expect(callsTo(reached, numberOf(0))).toHaveLength(1);
}, 60_000);

test('48.1 the words were erased before they were said: nobody is called with nothing to hear, and the account is not blamed', async () => {
  const reached = await ReachedWorld.start({ accounts: FAST });
  const [mayor] = await mayors(reached, 1);
  const id = await reached.open([COMMUNES[0]!]);
  const campaign = await reached.campaign(id, { ways: ['voice', 'sms'] });
  const directeur = await reached.world.person('directeur');
  const { digest } = (await reached.state(id)).campaigns[campaign]!.texts[0]!.text;
  expect((await directeur.order(id, 'erase-text', { digest, reason: 'demande' })).status).toBe(200);
  await reached.passes(10 * SECOND);
  const a = await reached.state(id);
  expect(reached.phones.requests).toEqual([]);
  expect(a.accountChanges).toEqual([]);
  expect(a.outreach.targets[mayor!]!.attempts.every(({ outcome, code }) => outcome === 'failed' && code === 'no-words')).toBe(true);
});

test('48.1 stopped in the middle: what is queued at the provider or rings is cancelled there, and nobody else is called', async () => {
  const reached = await ReachedWorld.start({ accounts: [{ ...ACCOUNT, callsPerSecond: 1 }] });
  await mayors(reached);
  COMMUNES.forEach((_, i) => reached.phones.person(numberOf(i)).always({ kind: 'no-answer' }));
  const id = await reached.open(COMMUNES);
  const campaign = await reached.campaign(id, { callsPerSecond: 5 });
  await reached.passes(4 * SECOND);
  await reached.duty.order(id, 'stop-campaign', { campaign });
  await reached.passes(20 * SECOND);
  const placed = reached.phones.calls.length;
  expect(placed).toBeGreaterThan(0);
  expect(placed).toBeLessThan(6);
  expect(reached.phones.calls.every(({ status }) => ['canceled', 'no-answer'].includes(status))).toBe(true);
  await reached.passes(2 * MINUTE);
  expect(reached.phones.calls).toHaveLength(placed);
  expect((await reached.state(id)).campaigns[campaign]!.inFlight).toEqual([]);
});

test('48.1 acknowledged by text while the telephone still rings: the call is hung up', async () => {
  const reached = await ReachedWorld.start({ accounts: [FAST[0]!] });
  await mayors(reached, 1);
  reached.phones.person(numberOf(0)).expects(call().leftRinging(), text().saying(/berges/).replying('ok', { afterSeconds: 8 }));
  const id = await reached.open([COMMUNES[0]!]);
  await reached.campaign(id, { ways: ['voice', 'sms'] });
  await reached.passes(MINUTE);
  expect(reached.phones.calls.map(({ status }) => status)).toEqual(['canceled']);
  expect(communeState((await reached.state(id)).outreach, COMMUNES[0]!)).toBe('acknowledged');
});

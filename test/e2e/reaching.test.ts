// 48.1 with real HTTP to the telephone network and back: what people hear, press and write, and what the journal makes of it.
import { expect, test } from '@jest/globals';
import { communeState, coverage } from '../../src/domain/outreach/coverage.js';
import { queue } from '../../src/domain/outreach/queue.js';
import { MINUTE, SECOND } from '../../src/domain/time.js';
import { call, text } from '../kit/phones/people.js';
import { ReachedWorld } from '../kit/reached-world.js';

const ELBEUF = '76231';
const SOTTEVILLE = '76681';
const MOBILE = '+33639980001';
const SECOND_MOBILE = '+33639980002';

test('48.1 the mayor hears who calls, that it is an automaton, the message; presses 1, and hears that it is recorded after the commit', async () => {
  const reached = await ReachedWorld.start();
  const { phones } = reached;
  const mayor = await reached.official(ELBEUF, [MOBILE]);
  phones.person(MOBILE).expects(call().saying(/préfecture.*appel automatique.*fermez les berges.*appuyez sur 1/).pressing('1').thenHearing(/enregistrée/));
  const id = await reached.open([ELBEUF]);
  await reached.campaign(id);
  await reached.passes(MINUTE);
  const a = await reached.state(id);
  expect(communeState(a.outreach, ELBEUF)).toBe('acknowledged');
  expect(a.outreach.targets[mayor]!.attempts).toMatchObject([{ way: 'voice', outcome: 'acknowledged', how: 'key', account: 'twilio-1', sid: expect.stringMatching(/^CA/), over: expect.any(Number) }]);
  expect(a.steps['P07']!.status).toBe('done');
  expect(a.steps['P08']!.status).toBe('done');
  const lines = (await reached.world.store.journal.read(id)).map(({ line }) => line).join('\n');
  for (const secret of ['Prunelier', '639980001', 'berges']) expect(lines).not.toContain(secret);
  // No text, no name, no number in the addresses that the provider was given.
  for (const { form } of phones.requests) expect(JSON.stringify({ ...form, To: '', From: '' })).not.toMatch(/berges|Prunelier|63998/);
});

test('48.1 presses 7, then nothing, then 9, then 1 ten times: heard again, and acknowledged once', async () => {
  const reached = await ReachedWorld.start();
  await reached.official(ELBEUF, [MOBILE]);
  reached.phones.person(MOBILE).expects(call().saying(/berges/).pressing('7').thenHearing(/ne correspond à rien.*berges/).pressing('9').thenHearing(/berges/).pressing('1').thenHearing(/enregistrée/));
  const id = await reached.open([ELBEUF]);
  await reached.campaign(id);
  await reached.passes(4 * MINUTE);
  const entries = await reached.duty.entries(id);
  expect(entries.filter(({ type }) => type === 'acknowledged')).toHaveLength(1);
});

test('48.1 a machine, a busy line, a wrong number, nobody: the next number, the deputy, and in the end the queue', async () => {
  const reached = await ReachedWorld.start();
  await reached.official(ELBEUF, [MOBILE, SECOND_MOBILE]);
  await reached.official(ELBEUF, ['+33639980003'], { office: 'adjoint', order: 1 });
  const { phones } = reached;
  phones.person(MOBILE).expects(call().takenByAMachine());
  phones.person(SECOND_MOBILE).expects(call().toAWrongNumber());
  phones.person('+33639980003').expects(call().saying(/berges/).pressing('2').thenHearing(/vous rappeler/));
  const id = await reached.open([ELBEUF]);
  const campaign = await reached.campaign(id);
  await reached.passes(4 * MINUTE);
  const a = await reached.state(id);
  expect(communeState(a.outreach, ELBEUF)).toBe('answered');
  expect(queue(a, a.recordedAt)[0]).toMatchObject({ commune: ELBEUF, target: { role: 'adjoint' } });
  expect(Object.values(a.outreach.targets).flatMap(({ attempts }) => attempts.map(({ outcome }) => outcome))).toEqual(expect.arrayContaining(['invalid', 'call-again']));
  await reached.duty.order(id, 'stop-campaign', { campaign });
  await reached.passes(5 * SECOND);
});

test('48.1 by text: what is offered works - a reply OK acknowledges, nonsense goes to a person, STOP is respected', async () => {
  const reached = await ReachedWorld.start();
  const people = await Promise.all([ELBEUF, SOTTEVILLE, '76540'].map((commune, i) => reached.official(commune, [`+3363998000${i + 1}`])));
  const [one, two, three] = [1, 2, 3].map((n) => reached.phones.person(`+3363998000${n}`));
  one!.expects(text().saying(/berges[\s\S]*Répondez OK[\s\S]*https:\/\/tz\.example\/r\//).replying('Ok bien reçu'));
  two!.expects(text().saying(/berges/).replying('qui est-ce ?'));
  three!.expects(text().saying(/berges/).replying('STOP'));
  const id = await reached.open([ELBEUF, SOTTEVILLE, '76540']);
  await reached.campaign(id, { ways: ['sms'] });
  await reached.passes(2 * MINUTE);
  const { outreach } = await reached.state(id);
  expect(people.map((person) => outreach.targets[person]!.attempts.map(({ outcome }) => outcome))).toEqual([['acknowledged'], ['call-again'], ['refused']]);
  expect(one!.received.at(-1)).toMatch(/enregistrée/);
  expect(outreach.targets[people[1]!]!.replies).toMatchObject([{ meaning: 'unclear' }]);
});

test('48.1 calling the number back: from one’s own telephone the text is played; from another one a code is asked', async () => {
  const reached = await ReachedWorld.start();
  await reached.official(ELBEUF, [MOBILE]);
  await reached.official(SOTTEVILLE, [SECOND_MOBILE]);
  const { phones } = reached;
  phones.person(MOBILE).expects(text().saying(/rappelez le \+33970000001/));
  phones.person(SECOND_MOBILE).expects(text().saying(/code \d{6}/));
  const id = await reached.open([ELBEUF, SOTTEVILLE]);
  await reached.campaign(id, { ways: ['sms'] });
  await reached.passes(30 * SECOND);
  await phones.person(MOBILE).callsBack(call().saying(/berges/).pressing('1').thenHearing(/enregistrée/));
  await reached.passes(MINUTE);
  expect(communeState((await reached.state(id)).outreach, ELBEUF)).toBe('acknowledged');
  await phones.person('+33639980077').callsBack(call().saying(/code à six chiffres/).thenHangingUp({ afterSeconds: 30 }));
  await reached.passes(MINUTE);
  expect(communeState((await reached.state(id)).outreach, SOTTEVILLE)).toBe('tried');
});

test('48.1 callbacks duplicated, replayed, forged, for another activation, after the end: nothing happens twice, nothing is believed unsigned', async () => {
  const reached = await ReachedWorld.start();
  await reached.official(ELBEUF, [MOBILE]);
  const { phones } = reached;
  phones.person(MOBILE).expects(call().saying(/berges/).pressing('1').thenHearing(/enregistrée/));
  const id = await reached.open([ELBEUF]);
  await reached.campaign(id);
  await reached.passes(MINUTE);
  const before = (await reached.state(id)).seq;
  for (const sent of [...phones.callbacks.sent]) await phones.replay(sent);
  await reached.passes(5 * SECOND);
  expect((await reached.state(id)).seq).toBe(before);
  const forged = await fetch(`${reached.world.url}/api/telephony/twilio-1/keys/aaaaaaaaaaaaaaaa`, { method: 'POST', body: new URLSearchParams({ Digits: '1', CallSid: 'CA1' }), headers: { 'x-twilio-signature': 'AAAA' } });
  expect(forged.status).toBe(403);
  await reached.duty.order(id, 'end', {});
  for (const sent of [...phones.callbacks.sent]) await phones.replay(sent);
  expect(coverage((await reached.state(id)).outreach, 1).by.acknowledged).toBe(1);
});

test('an exercise with real credentials configured: not one byte leaves', async () => {
  const reached = await ReachedWorld.start();
  const planner = await reached.world.person('planificateur', 'astreinte');
  await reached.official(ELBEUF, [MOBILE, 'maire@elbeuf.example']);
  const id = await planner.open({ lane: 'exercise', kind: 'cod', t0: reached.world.instant() });
  await planner.order(id, 'freeze-perimeter', { circle: 1, communes: [ELBEUF] });
  expect((await planner.order(id, 'start-campaign', { circles: [1], text: 'Crue', ways: ['voice', 'sms', 'mail'], lines: 5, callsPerSecond: 5 })).status).toBe(200);
  await reached.passes(20 * MINUTE);
  expect((await planner.snapshot(id)).activation.outreach.changedAt).toBeGreaterThan(10);
  expect(reached.phones.requests).toEqual([]);
});

// Whether calling works tonight (self-test), and a test campaign in peace time: marked at both ends, to those alone who are listed.
import { expect, test } from '@jest/globals';
import type { Problem } from '../../src/contract/live.js';
import type { TelephonyShown } from '../../src/contract/telephony.js';
import { HOUR, MINUTE } from '../../src/domain/time.js';
import { ACCOUNT, OTHER } from '../kit/phones/for-tests.js';
import { call, text } from '../kit/phones/people.js';
import { ReachedWorld } from '../kit/reached-world.js';
import { World } from '../kit/world.js';
import { settingsFile } from '../kit/settings-file.js';

const LINE = '+33235000000';
const shown = async (reached: ReachedWorld) => (await reached.duty.get<TelephonyShown>('/api/telephony')).body;

test('each account calls the préfecture’s own line; only a key says that calling works, and the settings page knows', async () => {
  const reached = await ReachedWorld.start({ env: { SETTINGS: settingsFile({ selfTest: { line: LINE } }) } });
  reached.phones.person(LINE).expects(
    call().saying(/EXERCICE.*essai de la téléphonie.*EXERCICE/).pressing('1').thenHearing(/enregistrée/),
    call().saying(/essai/),
  );
  expect(await shown(reached)).toMatchObject({ line: '+332•••••00', ways: ['voice', 'sms'], accounts: [{ account: 'twilio-1', lastTest: null, isTesting: false }, { account: 'twilio-2' }] });
  expect((await reached.duty.post('/api/telephony/test')).status).toBe(202);
  await reached.passes(4 * MINUTE);
  const { accounts } = await shown(reached);
  expect(accounts.map(({ lastTest }) => lastTest?.outcome)).toEqual(['acknowledged', 'answered']);
  expect(reached.world.logged.map(({ message }) => message)).toContain('telephony: the test call was not acknowledged');
});

test('every night by itself, once; a refused account is told at once', async () => {
  const reached = await ReachedWorld.start({ accounts: [ACCOUNT], env: { SETTINGS: settingsFile({ selfTest: { line: LINE, at: '03:30' } }) } });
  reached.phones.revoke('twilio-1');
  for (let i = 0; i < 49; i++) {
    reached.world.clock.pass(HOUR / 2);
    await reached.world.running.beat();
    // What is asked of the network is answered before the next half hour.
    while (reached.world.running.wired.selfTest.isUnderWay('twilio-1')) await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const entries = (await reached.world.store.journal.read('administration')).map(({ line }) => JSON.parse(line) as { type: string; payload: object });
  expect(entries.filter(({ type }) => type === 'telephonyTested')).toMatchObject([{ payload: { account: 'twilio-1', outcome: 'credentials' } }]);
});

test('without an account, or without a line, there is nothing to test, and it is said', async () => {
  const world = await World.start();
  try {
    const duty = await world.person('astreinte');
    expect((await duty.get<TelephonyShown>('/api/telephony')).body).toEqual({ ways: [], callBack: null, line: null, accounts: [] });
    const { status, body } = await duty.post<Problem>('/api/telephony/test');
    expect([status, body.refused]).toEqual([409, 'no-telephony']);
    expect((await (await world.person('observateur')).get('/api/telephony')).status).toBe(403);
  } finally {
    await world.stop();
  }
});

test('a test campaign reaches those who are listed and nobody else, marked at both ends; what it finds corrects the directory', async () => {
  const [listed, other] = ['+33639980001', '+33639980002'];
  const reached = await ReachedWorld.start({ accounts: [{ ...ACCOUNT, callsPerSecond: 10 }, OTHER], env: { SETTINGS: settingsFile({ tests: { allowed: [listed, '+33639980003'] } }) } });
  await reached.official('76231', [listed!]);
  const unlisted = await reached.official('76681', [other!]);
  const gone = await reached.official('76540', ['+33639980003']);
  reached.phones.person('+33639980003').expects(call().toAWrongNumber(), text().undelivered(30005));
  reached.phones.person(listed!).expects(
    call().saying(/^EXERCICE EXERCICE EXERCICE.*Essai trimestriel.*EXERCICE EXERCICE EXERCICE.*appuyez/).pressing('1').thenHearing(/enregistrée/),
    text().saying(/^EXERCICE EXERCICE EXERCICE\n[\s\S]*EXERCICE EXERCICE EXERCICE$/),
  );
  const id = await reached.duty.open({ lane: 'test', kind: 'important' });
  await reached.duty.order(id, 'freeze-perimeter', { circle: 1, communes: ['76231', '76681', '76540'] });
  await reached.campaign(id, { text: 'Essai trimestriel.', ways: ['voice', 'sms'] });
  await reached.passes(2 * MINUTE);
  const a = await reached.state(id);
  expect(a.outreach.targets[unlisted]!.attempts.every(({ outcome, code }) => outcome === 'failed' && code === 'allow-list')).toBe(true);
  expect(reached.phones.calls.map(({ to }) => to)).toEqual([listed, '+33639980003']);
  await reached.world.running.wired.numberNotes.settled();
  expect(await reached.world.store.addressBook.outcomes()).toEqual(expect.arrayContaining([expect.objectContaining({ person: gone, outcome: 'invalid' })]));
  expect(a.plan.rows).toEqual([]);
});

// A préfecture with two accounts of telephony, before the fake telephone network: real HTTP both ways, signatures and all.
import { ACCOUNT, OTHER, phonesFor } from './phones/for-tests.js';
import type { PhoneAccount } from './phones/accounts.js';
import type { PhoneNetwork } from './phones/network.js';
import { HandClock } from './hand-clock.js';
import { START } from './office.js';
import { afterwards } from './scratch.js';
import { World, type Person, type WorldOptions } from './world.js';
import type { Snapshot } from '../../src/contract/live.js';
import type { Ms } from '../../src/domain/time.js';

const PUBLIC = 'https://tz.example';

export function telephonyEnv(phones: PhoneNetwork, accounts: readonly PhoneAccount[]): Record<string, string> {
  const each = accounts.map((one, i) => Object.entries({
    ACCOUNT_SID: one.sid, AUTH_TOKEN: one.authToken, FROM: one.number, SMS_FROM: one.sender ?? one.number, CALLS_PER_SECOND: String(one.callsPerSecond ?? 1),
    ...(one.apiKey ? { API_KEY: one.apiKey.sid, API_SECRET: one.apiKey.secret } : {}),
  }).map(([name, value]) => [`TWILIO_${i + 1}_${name}`, value]));
  return { PUBLIC_URL: PUBLIC, TWILIO_BASE_URL: phones.url, TWILIO_TIMEOUT_MS: '400', ...Object.fromEntries(each.flat()) };
}

/** The world, its telephones, and somebody on duty. */
export class ReachedWorld {
  #people = 0;

  private constructor(readonly world: World, readonly phones: PhoneNetwork, readonly duty: Person) {}

  static async start({ accounts = [ACCOUNT, OTHER], ...options }: WorldOptions & { accounts?: readonly PhoneAccount[] } = {}): Promise<ReachedWorld> {
    const clock = new HandClock(START);
    const phones = await phonesFor(clock, ...accounts);
    const world = await World.start({ clock, ...options, env: { ...telephonyEnv(phones, accounts), ...options.env } });
    afterwards(() => world.stop());
    phones.leads(PUBLIC, world.url);
    return new ReachedWorld(world, phones, await world.person('astreinte', 'communication'));
  }

  /** The mayor of a commune, or somebody else of it; their numbers in their order. */
  async official(commune: string, numbers: readonly string[], over: object = {}): Promise<string> {
    const { status, body } = await this.duty.post<{ person: string }>('/api/directory/people', {
      kind: 'official', office: 'maire', lastName: `Prunelier${++this.#people}`, firstName: 'Anne', order: 0, commune, contacts: numbers.map((value) => (value.includes('@') ? { kind: 'email', value } : { kind: 'phone', value })), ...over,
    });
    if (status !== 201) throw new Error(JSON.stringify(body));
    return body.person;
  }

  async open(communes: readonly string[]): Promise<string> {
    const id = await this.duty.open({ lane: 'real', kind: 'cod', t0: this.world.instant() });
    await this.duty.order(id, 'freeze-perimeter', { circle: 1, communes });
    return id;
  }

  async campaign(id: string, over: object = {}): Promise<string> {
    const { status, body } = await this.duty.order(id, 'start-campaign', { circles: [1], text: 'Crue de la Brenne : fermez les berges.', ways: ['voice'], lines: 10, callsPerSecond: 1, ...over });
    if (status !== 200) throw new Error(JSON.stringify(body));
    return Object.keys((await this.state(id)).campaigns).at(-1)!;
  }

  async state(id: string): Promise<Snapshot['activation']> {
    return (await this.duty.snapshot(id)).activation;
  }

  /** Time passes for the house and for the network alike; what is on its way arrives. */
  async passes(ms: Ms): Promise<void> {
    await this.phones.pass(ms, async () => {
      await this.world.running.beat();
      await this.world.running.wired.postman.settled();
    });
  }
}

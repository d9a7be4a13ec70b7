// People in memory: everything of src/application/people on plain maps, a clock that the test moves, passwords hashed
// at the lowest price.
import { randomBytes } from 'node:crypto';
import { TOTP } from 'otpauth';
import { Argon2Passwords } from '../../src/adapters/secrets/argon2-passwords.js';
import { TotpCodes } from '../../src/adapters/secrets/totp-codes.js';
import { sha256 } from '../../src/adapters/system-clock.js';
import type { Actor } from '../../src/application/administration.js';
import { openOffice, type Office, type OfficeParts } from '../../src/application/people/office.js';
import type { LiveSession } from '../../src/application/people/sessions.js';
import type { Entry } from '../../src/application/people/sign-in.js';
import { linkAddress, screenAddress } from '../../src/contract/people.js';
import { ADMINISTRATION, type AdministrationEntry } from '../../src/domain/administration.js';
import type { Right } from '../../src/domain/entry.js';
import { isRefusal, type Refusal } from '../../src/domain/refusal.js';
import { HandClock } from './hand-clock.js';
import { MemoryStore } from './memory-store.js';

export const CHEAP = { memoryCost: 8, timeCost: 1, parallelism: 1 };
/** 14 March 2026, 02:14 in Paris. */
export const START = Date.parse('2026-03-14T01:14:00.000Z');
export const PASSWORD = 'quatre mots sans lien';
export const NEXT_PASSWORD = 'quatre autres mots ici';

export interface TestOffice extends Office {
  store: MemoryStore;
  clock: HandClock;
  parts: OfficeParts;
}

export async function testOffice(over: Partial<OfficeParts> = {}): Promise<TestOffice> {
  const clock = new HandClock(START);
  const store = new MemoryStore(() => clock.wall());
  const parts: OfficeParts = {
    journal: store.journal, directory: store.directory, clock, random: { id: () => randomBytes(16).toString('hex') }, hash: sha256,
    passwords: new Argon2Passwords(CHEAP), codes: new TotpCodes('temps-zero'),
    linkAddress: (purpose, secret) => linkAddress('http://127.0.0.1:3000', purpose, secret), screenAddress: (secret) => screenAddress('http://127.0.0.1:3000', secret), ...over,
  };
  return { ...(await openOffice(parts)), store, clock, parts };
}

/** Throws where the product refuses: a test that expects a refusal looks at the answer itself. */
export function done<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(`refused: ${answer.refused} ${JSON.stringify(answer.details ?? {})}`);
  return answer;
}

export function secretOf(address: string): string {
  return address.split('#')[1]!;
}

export async function firstAdmin(office: Office, rights: readonly Right[] = []): Promise<{ entry: Entry; actor: Actor }> {
  const address = await office.links.issueFirstAdminLink();
  const entry = done(await office.links.createFirstAdmin(secretOf(address!), {
    login: 'anne.delorme', name: 'Anne Delorme', title: 'directrice de cabinet', password: PASSWORD, rights,
  }));
  return { entry, actor: { id: entry.account, rights: ['admin', ...rights], source: 'console' } };
}

/** A person whom the administrator invited, and who chose the usual password. */
export async function invited(office: Office, actor: Actor, login: string, rights: readonly Right[]): Promise<Entry> {
  const { link } = done(await office.accounts.create(actor, { login, name: `Nom de ${login}`, title: 'agent', rights }));
  return done(await office.links.choosePassword(secretOf(link), PASSWORD));
}

export async function live(office: Office, { secret }: Entry): Promise<LiveSession> {
  const found = await office.sessions.find(secret);
  if (!found) throw new Error('the session does not live');
  return found;
}

/** The administration's journal, as it is stored. */
export async function journalOf(office: TestOffice): Promise<AdministrationEntry[]> {
  return (await office.store.journal.read(ADMINISTRATION)).map(({ line }) => JSON.parse(line) as AdministrationEntry);
}

/** The code that a telephone with this secret shows. */
export function codeAt(secret: string, at: number): string {
  return new TOTP({ secret }).generate({ timestamp: at });
}

/** Sets a second factor up in this session; its secret and the recovery codes. */
export async function withSecondFactor(office: TestOffice, entry: Entry): Promise<{ secret: string; recovery: string[] }> {
  const { secret } = done(office.secondFactor.prepare(await live(office, entry)));
  const recovery = done(await office.secondFactor.confirm(await live(office, entry), codeAt(secret, office.clock.wall())));
  return { secret, recovery };
}

// The préfecture of every simulated night: its settings and files, read once, and the people who are up.
import type { SignedIn } from '../../src/adapters/web/signed-in.js';
import type { Wired } from '../../src/app.module.js';
import type { Passwords } from '../../src/application/people/secrets.js';
import { readHouseFiles } from '../../src/house-files.js';
import { commandsOf } from '../../src/domain/administration-rules.js';
import type { Right } from '../../src/domain/entry.js';
import { audienceOf } from '../../src/domain/rights.js';
import { readSettings } from '../../src/settings.js';
import type { MachineParts } from './machine.js';

const settings = readSettings({});
const files = await readHouseFiles(settings);

export const COMMUNES = files.communes.groups(settings.departement).flatMap((group) => group.communes).slice(0, 20);

export const GIVEN: MachineParts['given'] = { ...files, settings, passwords: {} as Passwords, beating: false };

/** One account for each right, and one that has several. */
export const PEOPLE: Record<string, readonly Right[]> = {
  prefet: ['prefet'], directrice: ['directeur'], suppleante: ['directeur', 'communication'], communication: ['communication'],
  astreinte: ['astreinte'], sidpc: ['sidpc'], cip: ['cip'], planificateur: ['planificateur'], observateur: ['observateur'],
  joueur: ['joueur'], ecran: ['ecran'],
};

/** The script beside SYNERGI: an API token with the least that it needs. */
export const SCRIPT = 'c'.repeat(32);
const SCOPES = ['declare-t0'];

/** What the guard of the product would say of this account, from the administration as it stands. */
export function signedIn({ office }: Wired, account: string): SignedIn | undefined {
  if (account === SCRIPT) {
    return { author: { id: SCRIPT, rights: [], allowed: commandsOf(SCOPES), source: 'api' }, audience: undefined, strong: false, needsSecondFactor: false, scopes: SCOPES };
  }
  const known = office.administration.state.accounts.get(account);
  if (!known || known.disabled || known.erased) return undefined;
  return { author: { id: account, rights: known.rights, source: 'console' }, audience: audienceOf(known.rights), strong: true, needsSecondFactor: false };
}

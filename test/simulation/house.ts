// The préfecture of every simulated night: its settings and files, read once, and the people who are up.
import type { SignedIn } from '../../src/adapters/web/signed-in.js';
import type { Wired } from '../../src/app.module.js';
import type { Passwords } from '../../src/application/people/secrets.js';
import { readHouseFiles } from '../../src/house-files.js';
import { commandsOf } from '../../src/domain/administration-rules.js';
import type { Right } from '../../src/domain/entry.js';
import { audienceOf } from '../../src/domain/rights.js';
import { readSettings } from '../../src/settings.js';
import type { Account } from './board.js';
import type { Machine, MachineParts } from './machine.js';

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

/** Accounts for everybody, and in the directory a mayor and a deputy of each commune (48.1), with numbers of works of fiction. */
export async function invite(machine: Machine, people: Account[]): Promise<void> {
  const admin = { id: 'engine', rights: ['admin'] as const, source: 'engine' as const };
  for (const [name, rights] of Object.entries(PEOPLE)) {
    machine.ask(async ({ wired }) => {
      const invited = await wired.office.accounts.create(admin, { login: name, name: `Nom de ${name}`, title: name, rights: [...rights] });
      if ('account' in invited) people.push({ id: invited.account, name, rights });
    }, () => {});
    await machine.settle();
  }
  let number = 0;
  for (const commune of COMMUNES) {
    for (const order of [0, 1]) {
      const value = `06399801${String(number++).padStart(2, '0')}`;
      machine.ask(async ({ wired }) => wired.keeper.add(admin, {
        kind: 'official', lastName: `Fictif ${number}`, firstName: '', office: order === 0 ? 'maire' : 'adjoint', title: '', order, commune, organisation: '', account: null,
        since: null, until: null, contacts: [{ kind: 'phone', value }],
      }), () => {});
      await machine.settle();
    }
  }
}

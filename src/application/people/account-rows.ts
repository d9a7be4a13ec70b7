import type { AdministrationEvent } from '../../domain/administration.js';
import type { Ms } from '../../domain/time.js';
import type { Account, AccountChange } from '../ports.js';

/** What an event makes of an account's row; undefined where it leaves it as it is. `details` is what no entry may hold. */
export function accountAfter(before: Account | undefined, event: AdministrationEvent, details: Partial<Account>, now: Ms): Account | undefined {
  if (event.type === 'accountCreated') {
    const { account: id, rights } = event.payload;
    const { login, name, title } = details;
    if (login === undefined || name === undefined || title === undefined) throw new Error('an account needs a login, a name and a title');
    return {
      id, login, name, title, rights, passwordHash: null, totpSecret: null, totpUsedStep: 0, recoveryCodes: [], disabledAt: null, erasedAt: null,
      createdAt: now,
    };
  }
  const changed = changedBy(event, details, now);
  if (!changed) return undefined;
  if (!before) throw new Error(`${event.type}: the account has no row`);
  return { ...before, ...changed };
}

function changedBy(event: AdministrationEvent, details: Partial<Account>, now: Ms): Partial<Account> | undefined {
  switch (event.type) {
    case 'accountDescribed': {
      const { login, name, title } = details;
      return { ...(login === undefined ? {} : { login }), ...(name === undefined ? {} : { name }), ...(title === undefined ? {} : { title }) };
    }
    case 'rightsChanged': return { rights: event.payload.rights };
    case 'accountDisabled': return { disabledAt: now };
    case 'accountEnabled': return { disabledAt: null };
    case 'accountErased':
      // No login has a colon: theirs is free for somebody else. The title stays: "personne effacée (sous-préfet de permanence)".
      return {
        login: `erased:${event.payload.account}`, name: '', rights: [], passwordHash: null, totpSecret: null, recoveryCodes: [], erasedAt: now,
      };
    case 'passwordSet': return { passwordHash: given(details.passwordHash) };
    case 'secondFactorSet':
      return { totpSecret: given(details.totpSecret), totpUsedStep: given(details.totpUsedStep), recoveryCodes: given(details.recoveryCodes) };
    case 'secondFactorReset': return { totpSecret: null, totpUsedStep: 0, recoveryCodes: [] };
    case 'recoveryCodeUsed': return { recoveryCodes: given(details.recoveryCodes) };
    default: return undefined;
  }
}

function given<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('the act lacks a detail that its event needs');
  return value;
}

/** After these, no session of the account goes on: each device signs in anew. */
const ENDS_SESSIONS = new Set<AdministrationEvent['type']>([
  'accountDisabled', 'accountErased', 'passwordSet', 'secondFactorReset', 'sessionsRevoked', 'adminRecovered',
]);
/** After these, no earlier link of the account serves: one link lives at a time, and none outlives its purpose. */
const ENDS_LINKS = new Set<AdministrationEvent['type']>(['accountDisabled', 'accountErased', 'passwordSet', 'linkIssued']);

/** What goes with events whatever caused them. New links are written after this. */
export function afterwards(events: readonly AdministrationEvent[]): AccountChange[] {
  return events.flatMap(({ type, payload }): AccountChange[] => {
    if (!('account' in payload) || !payload.account) return [];
    const { account } = payload;
    return [
      ...(ENDS_LINKS.has(type) ? [{ change: 'links-dropped', account } as const] : []),
      ...(ENDS_SESSIONS.has(type) ? [{ change: 'sessions-dropped', account } as const] : []),
    ];
  });
}

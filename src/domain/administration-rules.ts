import { hasAdministrator, isReadyAdmin, type AdministrationState, type AdministrationEvent } from './administration.js';
import type { Command } from './commands.js';
import { decideImport, type ImportCommand } from './directory/imports.js';
import { decideDirectory, type DirectoryCommand } from './directory/rules.js';
import { RIGHTS, type Right } from './entry.js';
import { decidePerimeter, type PerimeterCommand } from './outreach/keeping.js';
import { decideCalendar, type CalendarCommand } from './on-call/calendar.js';
import { decideTraining, type TrainingCommand } from './people/training-record.js';
import { refuse, type Refusal } from './refusal.js';
import { FIVE, PERMISSIONS, SECOND_FACTOR_RIGHTS } from './rights.js';
import { HOUR, toInstant, type Ms } from './time.js';
import { decideWebhook, type WebhookCommand } from './webhooks.js';

const ADMIN: readonly Right[] = ['admin'];
const READERS: readonly Right[] = ['admin', 'auditeur'];
/** Whoever keeps the directory by day. */
const KEEPERS: readonly Right[] = ['admin', 'communication', 'sidpc'];
/** Whoever may have to call somebody. */
const CALLERS: readonly Right[] = [...FIVE, 'cip', 'admin'];

/** THE table of administration: who may do what. The API, the screens and the tests read it, as they do PERMISSIONS. */
export const ADMIN_OPERATIONS = {
  'list-accounts': ADMIN,
  'create-account': ADMIN,
  'describe-account': ADMIN,
  'change-rights': ADMIN,
  'disable-account': ADMIN,
  'enable-account': ADMIN,
  'erase-account': ADMIN,
  'issue-link': ADMIN,
  'reset-second-factor': ADMIN,
  'revoke-sessions': ADMIN,
  'list-tokens': ADMIN,
  'issue-token': ADMIN,
  'revoke-token': ADMIN,
  'list-screens': ADMIN,
  'add-screen': ADMIN,
  'renew-screen': ADMIN,
  'revoke-screen': ADMIN,
  'list-webhooks': ADMIN,
  'add-webhook': ADMIN,
  'change-webhook': ADMIN,
  'renew-webhook-secret': ADMIN,
  'suspend-webhook': ADMIN,
  'resume-webhook': ADMIN,
  'test-webhook': ADMIN,
  'remove-webhook': ADMIN,
  'read-directory': [...CALLERS, 'auditeur'],
  'reveal-contact': CALLERS,
  'add-person': KEEPERS,
  'change-person': KEEPERS,
  'erase-people': KEEPERS,
  'list-perimeters': [...CALLERS, 'auditeur'],
  'save-perimeter': [...FIVE, 'admin'],
  'remove-perimeter': [...FIVE, 'admin'],
  'print-call-list': CALLERS,
  'read-telephony': [...CALLERS, 'auditeur'],
  'test-telephony': [...FIVE, 'admin'],
  'read-on-call': [...CALLERS, 'auditeur', 'planificateur', 'observateur'],
  'list-calendars': [...CALLERS, 'auditeur'],
  'add-calendar': KEEPERS,
  'change-calendar': KEEPERS,
  'remove-calendar': KEEPERS,
  'fetch-calendar': KEEPERS,
  'read-training': [...CALLERS, 'auditeur'],
  'record-training': KEEPERS,
  'correct-training': KEEPERS,
  'remove-training': KEEPERS,
  'import-directory': KEEPERS,
  'undo-import': KEEPERS,
  'read-administration': READERS,
  'verify-administration': READERS,
  'export-administration': READERS,
} as const satisfies Record<string, readonly Right[]>;
export type AdminOperation = keyof typeof ADMIN_OPERATIONS;

export function mayAdminister(rights: readonly Right[], operation: AdminOperation): boolean {
  return ADMIN_OPERATIONS[operation].some((right) => rights.includes(right));
}

/** A second factor is asked of those who validate, order or start calls, and of whoever set one up. */
export function needsSecondFactor(rights: readonly Right[], hasOne: boolean): boolean {
  return hasOne || SECOND_FACTOR_RIGHTS.some((right) => rights.includes(right));
}

/** Operations of a token that read and issue no command: journals as a board of the cell sees them, never the direction's notes; the machine's figures; who is on call. */
export const TOKEN_READS: readonly string[] = ['read-journal', 'read-metrics', 'read-on-call'];

/** What an API token may be given: wire operations, by name. By default only the first. */
export const TOKEN_OPERATIONS: readonly string[] = [
  'declare-t0',
  // Declaring a T0 is what receives a declaration: it is no operation of its own on the wire.
  ...(Object.keys(PERMISSIONS) as Command['type'][]).filter((type) => PERMISSIONS[type].token && type !== 'receive-declaration'),
  ...TOKEN_READS,
];

/** The commands that these operations issue. */
export function commandsOf(operations: readonly string[]): Command['type'][] {
  return operations.filter((one) => !TOKEN_READS.includes(one)).flatMap((one): Command['type'][] => (one === 'declare-t0' ? ['open', 'receive-declaration'] : [one as Command['type']]));
}

/** A token lives a year at most. */
export const TOKEN_MOST: Ms = 366 * 24 * HOUR;

export type AdminCommand =
  | { type: 'create-account'; account: string; rights: readonly Right[] }
  | { type: 'describe-account'; account: string }
  | { type: 'change-rights'; account: string; rights: readonly Right[] }
  | { type: 'disable-account'; account: string }
  | { type: 'enable-account'; account: string }
  | { type: 'erase-account'; account: string }
  | { type: 'issue-link'; account: string; expiresAt: Ms }
  | { type: 'reset-second-factor'; account: string }
  | { type: 'revoke-sessions'; account: string }
  | { type: 'issue-token'; token: string; operations: readonly string[]; expiresAt: Ms }
  | { type: 'revoke-token'; token: string }
  | { type: 'add-screen'; screen: string }
  | { type: 'renew-screen'; screen: string }
  | { type: 'revoke-screen'; screen: string }
  | WebhookCommand
  | DirectoryCommand
  | PerimeterCommand
  | CalendarCommand
  | TrainingCommand
  | ImportCommand;

/** May an administrator? Events, or a refusal; `[]` = already true. */
export function decideAdministration(
  a: Readonly<AdministrationState>, command: AdminCommand, { rights, now }: { rights: readonly Right[]; now: Ms },
): AdministrationEvent[] | Refusal {
  if (!mayAdminister(rights, command.type)) return refuse('forbidden', { command: command.type });
  switch (command.type) {
    case 'create-account':
      return [{ type: 'accountCreated', payload: { account: command.account, rights: inOrder(command.rights) } }];
    case 'issue-token': {
      const { token, operations, expiresAt } = command;
      if (expiresAt <= now || expiresAt > now + TOKEN_MOST) return refuse('token-expiry');
      return [{ type: 'tokenIssued', payload: { token, operations: [...new Set(operations)], expiresAt: toInstant(expiresAt) } }];
    }
    case 'revoke-token': {
      const token = a.tokens.get(command.token);
      if (!token) return refuse('unknown-token');
      return token.revoked ? [] : [{ type: 'tokenRevoked', payload: { token: command.token } }];
    }
    case 'add-screen': return [{ type: 'screenAdded', payload: { screen: command.screen } }];
    case 'renew-screen':
    case 'revoke-screen': {
      const { screen } = command;
      const known = a.screens.get(screen);
      if (command.type === 'revoke-screen' && known) return known.state === 'revoked' ? [] : [{ type: 'screenRevoked', payload: { screen } }];
      return known && known.state !== 'revoked' ? [{ type: 'screenRenewed', payload: { screen } }] : refuse('unknown-screen');
    }
    case 'add-webhook':
    case 'change-webhook':
    case 'renew-webhook-secret':
    case 'suspend-webhook':
    case 'resume-webhook':
    case 'remove-webhook': return decideWebhook(a, command);
    case 'add-person':
    case 'change-person':
    case 'erase-people':
    case 'reveal-contact': return decideDirectory(command);
    case 'save-perimeter':
    case 'remove-perimeter':
    case 'print-call-list': return decidePerimeter(command);
    case 'add-calendar':
    case 'change-calendar':
    case 'remove-calendar': return decideCalendar(a, command);
    case 'record-training':
    case 'correct-training':
    case 'remove-training': return decideTraining(a, command);
    case 'import-directory':
    case 'undo-import': return decideImport(command);
    default: return decideOnAccount(a, command);
  }
}

type OnAccount = Exclude<Extract<AdminCommand, { account: string }>, { type: 'create-account' }>;

function decideOnAccount(a: Readonly<AdministrationState>, command: OnAccount): AdministrationEvent[] | Refusal {
  const { account } = command;
  const known = a.accounts.get(account);
  if (!known || (known.erased && command.type !== 'erase-account')) return refuse('unknown-person');
  const about = { account };
  switch (command.type) {
    case 'describe-account': return [{ type: 'accountDescribed', payload: about }];
    case 'change-rights': {
      const rights = inOrder(command.rights);
      if (rights.join() === known.rights.join()) return [];
      if (!rights.includes('admin') && isLastAdmin(a, account)) return refuse('last-administrator');
      return [{ type: 'rightsChanged', payload: { account, rights } }];
    }
    case 'disable-account':
      if (known.disabled) return [];
      return isLastAdmin(a, account) ? refuse('last-administrator') : [{ type: 'accountDisabled', payload: about }];
    case 'enable-account': return known.disabled ? [{ type: 'accountEnabled', payload: about }] : [];
    case 'erase-account':
      if (known.erased) return [];
      return isLastAdmin(a, account) ? refuse('last-administrator') : [{ type: 'accountErased', payload: about }];
    case 'issue-link': {
      if (known.disabled) return refuse('unknown-person');
      const purpose = known.hasPassword ? 'recovery' : 'invitation';
      return [{ type: 'linkIssued', payload: { purpose, account, expiresAt: toInstant(command.expiresAt) } }];
    }
    case 'reset-second-factor': return known.secondFactor ? [{ type: 'secondFactorReset', payload: about }] : [];
    case 'revoke-sessions': return [{ type: 'sessionsRevoked', payload: about }];
  }
}

/** The first account of an instance; refused once somebody can administer. */
export function decideFirstAdmin(a: Readonly<AdministrationState>, account: string, others: readonly Right[]): AdministrationEvent[] | Refusal {
  if (hasAdministrator(a)) return refuse('dead-link');
  return [
    { type: 'accountCreated', payload: { account, rights: inOrder(['admin', ...others]) } },
    { type: 'passwordSet', payload: { account } },
  ];
}

/** The first load of a screen's address: it serves once, for whoever comes first. */
export function decideAdmission(a: Readonly<AdministrationState>, screen: string): AdministrationEvent[] | Refusal {
  return a.screens.get(screen)?.state === 'waiting' ? [{ type: 'screenAdmitted', payload: { screen } }] : refuse('dead-screen-address');
}

/** The operator of the machine gives somebody everything an administrator needs to come back: right, access, a new second factor. */
export function decideRecovery(a: Readonly<AdministrationState>, account: string, expiresAt: Ms): AdministrationEvent[] | Refusal {
  const known = a.accounts.get(account);
  if (!known || known.erased) return refuse('unknown-person');
  const about = { account };
  return [
    { type: 'adminRecovered', payload: about },
    ...(known.disabled ? [{ type: 'accountEnabled', payload: about } as const] : []),
    ...(known.rights.includes('admin') ? [] : [{ type: 'rightsChanged', payload: { account, rights: inOrder([...known.rights, 'admin']) } } as const]),
    ...(known.secondFactor ? [{ type: 'secondFactorReset', payload: about } as const] : []),
    { type: 'linkIssued', payload: { purpose: 'recovery', account, expiresAt: toInstant(expiresAt) } },
  ];
}

function isLastAdmin(a: Readonly<AdministrationState>, account: string): boolean {
  const ready = [...a.accounts].filter(([, state]) => isReadyAdmin(state));
  return ready.length === 1 && ready[0]![0] === account;
}

/** Each right once, always in the order of the list: equal sets make equal lines. */
function inOrder(rights: readonly Right[]): Right[] {
  return RIGHTS.filter((right) => rights.includes(right));
}

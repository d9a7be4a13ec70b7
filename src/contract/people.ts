import { z } from 'zod';
import type { AdministrationEntry, LinkPurpose, ScreenRefusal, ScreenState } from '../domain/administration.js';
import { TOKEN_OPERATIONS } from '../domain/administration-rules.js';
import { RIGHTS, type Right } from '../domain/entry.js';
import { PASSWORD_MOST } from '../domain/people/password.js';
import type { Instant, Ms } from '../domain/time.js';
import { LOGIN, LOGIN_WORDS } from './forms.js';

const secret = z.string().regex(/^[0-9a-f]{64}$/);
const login = z.string().trim().toLowerCase().regex(LOGIN, LOGIN_WORDS);
const person = { login, name: z.string().trim().min(1).max(120), title: z.string().trim().max(120) };
/** What is too weak is said by a refusal of its own, with the reason. */
const password = z.string().min(1).max(PASSWORD_MOST);
const rights = z.array(z.enum(RIGHTS)).max(RIGHTS.length);

export const signInOrder = z.strictObject({ login: z.string().trim().toLowerCase().min(1).max(64), password });
export const passwordOrder = z.strictObject({ current: password, next: password });
/** Six digits, or a recovery code; spaces are how telephones show them. */
export const codeOrder = z.strictObject({ code: z.string().max(40).transform((code) => code.replace(/\s/g, '').toLowerCase()).pipe(z.string().min(6)) });
export const lookOrder = z.strictObject({ token: secret });
export const firstAdminOrder = z.strictObject({ token: secret, ...person, password, rights });
export const choosePasswordOrder = z.strictObject({ token: secret, password });
export const newAccountOrder = z.strictObject({ ...person, rights });
export const describeAccountOrder = z.strictObject(person);
export const rightsOrder = z.strictObject({ rights });
export const newTokenOrder = z.strictObject({
  name: z.string().trim().min(1).max(120),
  operations: z.array(z.enum(TOKEN_OPERATIONS)).min(1).max(TOKEN_OPERATIONS.length).default(['declare-t0']),
  expiresAt: z.iso.datetime({ offset: true }),
});
export const newScreenOrder = z.strictObject({ name: z.string().trim().min(1).max(120) });
/** Half as long as the others: somebody may have to type it on a television. */
export const admitScreenOrder = z.strictObject({ token: z.string().regex(/^[0-9a-f]{32}$/) });
const nothing = z.strictObject({});

/** Drawn by the page: `<path d={path}>` in a square of `size` modules. */
export interface Qr {
  size: number;
  path: string;
}
/** `POST /api/me/second-factor/prepare`. */
export interface SecondFactorPrepared {
  /** For whoever types it by hand. */
  secret: string;
  address: string;
  qr: Qr;
}
/** `POST /api/me/second-factor/confirm`: shown once. */
export interface SecondFactorConfirmed {
  recoveryCodes: string[];
}

/** `POST /api/links/look` */
export interface LinkView {
  purpose: LinkPurpose;
  login: string | null;
  name: string | null;
  expiresAt: Ms;
}

/** `GET /api/accounts` */
export interface AccountLine {
  id: string;
  /** Empty for an erased person, like the name; the title stays. */
  login: string;
  name: string;
  title: string;
  rights: Right[];
  hasPassword: boolean;
  secondFactor: boolean;
  recoveryCodesLeft: number;
  disabledAt: Ms | null;
  erasedAt: Ms | null;
  createdAt: Ms;
}

/** `POST /api/accounts`, `POST /api/accounts/{id}/link`: to hand over by other means, shown once. */
export interface Invited {
  account: string;
  link: string;
  expiresAt: Ms;
}

/** `GET /api/tokens` */
export interface TokenLine {
  id: string;
  name: string;
  /** The operations that it may use. */
  commands: string[];
  expiresAt: Ms;
  revokedAt: Ms | null;
  createdBy: string;
  createdAt: Ms;
}
/** `POST /api/tokens`: the secret is shown once. */
export interface TokenIssued {
  token: TokenLine;
  secret: string;
}

/** `GET /api/screens` */
export interface ScreenLine {
  id: string;
  name: string;
  state: ScreenState['state'];
  /** When that state began. */
  since: Ms;
  seenAt: Ms | null;
  /** The last time its address was refused, since it was issued. */
  refused: { at: Ms; why: ScreenRefusal } | null;
}
/** `POST /api/screens`, `POST /api/screens/{id}/renew`: the address is shown once. */
export interface ScreenOpening {
  screen: ScreenLine;
  address: string;
  qr: Qr;
}

/** `GET /api/administration/journal?after=N` */
export interface AdministrationPage {
  entries: AdministrationEntry[];
  /** The last number of the journal. */
  seq: number;
}
/** `GET /api/administration/verdict`: the whole chain read again from the disk. */
export type AdministrationVerdict = { ok: true; entries: number; head: string; at: Instant } | { ok: false; seq: number; reason: string; at: Instant };

/** Who may use an operation before, or without, being signed in with everything that orders ask for. */
export type Access = 'everybody' | 'before-second-factor' | 'signed-in';
export interface PeopleOperation {
  method: 'GET' | 'POST';
  path: string;
  access: Access;
  /** For the generated document. */
  says: string;
  body?: z.ZodType;
}

/** THE list of operations on people, as the generated document shows it. Who may use each: ADMIN_OPERATIONS in the domain. */
export const PEOPLE_OPERATIONS = {
  'sign-in': { method: 'POST', path: '/api/sign-in', access: 'everybody', says: 'Se connecter ; rend Me et pose le cookie de session', body: signInOrder },
  'sign-out': { method: 'POST', path: '/api/sign-out', access: 'before-second-factor', says: 'Se déconnecter', body: nothing },
  'change-password': { method: 'POST', path: '/api/me/password', access: 'signed-in', says: 'Changer son mot de passe ; met fin à ses autres sessions', body: passwordOrder },
  'prepare-second-factor': {
    method: 'POST', path: '/api/me/second-factor/prepare', access: 'before-second-factor', says: 'Préparer son second facteur : secret et image à lire', body: nothing,
  },
  'confirm-second-factor': {
    method: 'POST', path: '/api/me/second-factor/confirm', access: 'before-second-factor', says: 'Mettre en place le second facteur préparé ; rend les codes de secours', body: codeOrder,
  },
  'give-second-factor': {
    method: 'POST', path: '/api/me/second-factor/code', access: 'before-second-factor', says: 'Donner un code, ou un code de secours ; rend Me', body: codeOrder,
  },
  'look-at-link': { method: 'POST', path: '/api/links/look', access: 'everybody', says: 'Ce que vaut un lien à usage unique', body: lookOrder },
  'use-first-admin-link': {
    method: 'POST', path: '/api/links/first-admin', access: 'everybody', says: 'Créer le premier administrateur ; rend Me', body: firstAdminOrder,
  },
  'use-invitation': { method: 'POST', path: '/api/links/invitation', access: 'everybody', says: 'Choisir son mot de passe sur invitation ; rend Me', body: choosePasswordOrder },
  'use-recovery': { method: 'POST', path: '/api/links/recovery', access: 'everybody', says: 'Choisir un nouveau mot de passe ; rend Me', body: choosePasswordOrder },
  'list-accounts': { method: 'GET', path: '/api/accounts', access: 'signed-in', says: 'Les comptes' },
  'create-account': { method: 'POST', path: '/api/accounts', access: 'signed-in', says: 'Créer un compte et son invitation', body: newAccountOrder },
  'describe-account': { method: 'POST', path: '/api/accounts/{id}/describe', access: 'signed-in', says: 'Corriger identifiant, nom et titre', body: describeAccountOrder },
  'change-rights': { method: 'POST', path: '/api/accounts/{id}/rights', access: 'signed-in', says: 'Changer les droits', body: rightsOrder },
  'disable-account': { method: 'POST', path: '/api/accounts/{id}/disable', access: 'signed-in', says: 'Désactiver', body: nothing },
  'enable-account': { method: 'POST', path: '/api/accounts/{id}/enable', access: 'signed-in', says: 'Réactiver', body: nothing },
  'erase-account': { method: 'POST', path: '/api/accounts/{id}/erase', access: 'signed-in', says: 'Effacer la personne', body: nothing },
  'issue-link': { method: 'POST', path: '/api/accounts/{id}/link', access: 'signed-in', says: 'Émettre un lien : invitation ou mot de passe perdu', body: nothing },
  'reset-second-factor': { method: 'POST', path: '/api/accounts/{id}/reset-second-factor', access: 'signed-in', says: 'Retirer le second facteur perdu', body: nothing },
  'revoke-sessions': { method: 'POST', path: '/api/accounts/{id}/revoke-sessions', access: 'signed-in', says: 'Mettre fin à toutes les sessions', body: nothing },
  'list-tokens': { method: 'GET', path: '/api/tokens', access: 'signed-in', says: 'Les jetons d’API' },
  'issue-token': { method: 'POST', path: '/api/tokens', access: 'signed-in', says: 'Émettre un jeton d’API ; son secret n’est montré qu’une fois', body: newTokenOrder },
  'revoke-token': { method: 'POST', path: '/api/tokens/{id}/revoke', access: 'signed-in', says: 'Révoquer un jeton', body: nothing },
  'admit-screen': { method: 'POST', path: '/api/screens/admit', access: 'everybody', says: 'Premier chargement d’un écran de mur : échange son adresse, une fois, contre un cookie qui ne fait que lire ; rend Me', body: admitScreenOrder },
  'list-screens': { method: 'GET', path: '/api/screens', access: 'signed-in', says: 'Les écrans de mur' },
  'add-screen': { method: 'POST', path: '/api/screens', access: 'signed-in', says: 'Ajouter un écran de mur ; son adresse n’est montrée qu’une fois', body: newScreenOrder },
  'renew-screen': { method: 'POST', path: '/api/screens/{id}/renew', access: 'signed-in', says: 'Donner une nouvelle adresse à un écran ; l’ancienne et son cookie ne servent plus', body: nothing },
  'revoke-screen': { method: 'POST', path: '/api/screens/{id}/revoke', access: 'signed-in', says: 'Révoquer un écran : il s’éteint aussitôt', body: nothing },
  'read-administration': { method: 'GET', path: '/api/administration/journal', access: 'signed-in', says: 'Le journal de l’administration, par pages' },
  'verify-administration': { method: 'GET', path: '/api/administration/verdict', access: 'signed-in', says: 'Relit la chaîne entière depuis le disque' },
  'export-administration': { method: 'GET', path: '/api/administration/export.zip', access: 'signed-in', says: 'Les lignes enregistrées et leur vérificateur' },
} as const satisfies Record<string, PeopleOperation>;

const LINK_PAGES: Record<LinkPurpose, string> = { 'first-admin': '/premier-administrateur', invitation: '/invitation', recovery: '/invitation' };

/** The secret stands in the fragment: no server, proxy or log ever sees it. The page posts it. */
export function linkAddress(publicUrl: string, purpose: LinkPurpose, token: string): string {
  return `${publicUrl}${LINK_PAGES[purpose]}#${token}`;
}

export function screenAddress(publicUrl: string, token: string): string {
  return `${publicUrl}/mur#${token}`;
}

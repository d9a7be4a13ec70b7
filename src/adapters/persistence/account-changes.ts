import type { AccountChange } from '../../application/ports.js';
import { directoryWriter } from './address-book-sqlite.js';
import { perimeterWriter } from './perimeters-sqlite.js';
import { calendarWriter } from './calendars-sqlite.js';
import type { RawHandle } from './raw-handle.js';
import { webhookWriter } from './webhooks-sqlite.js';

/**
 * Writes the changes that go with entries of the administration's journal, inside the transaction of the batch.
 * Throws on a login that another account has, and on a link that was used already: the batch is then not written.
 */
export function accountWriter(handle: RawHandle): (change: AccountChange) => void {
  // A code of the second factor serves once, also when the account is written from what was read before it served.
  const putAccount = handle.prepare<unknown[]>(
    `INSERT INTO accounts (id, login, name, title, rights, passwordHash, totpSecret, totpUsedStep, recoveryCodes,
       disabledAt, erasedAt, createdAt)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET login = excluded.login, name = excluded.name, title = excluded.title, rights = excluded.rights,
       passwordHash = excluded.passwordHash, totpSecret = excluded.totpSecret,
       totpUsedStep = CASE WHEN totpSecret IS excluded.totpSecret THEN max(totpUsedStep, excluded.totpUsedStep) ELSE excluded.totpUsedStep END,
       recoveryCodes = excluded.recoveryCodes, disabledAt = excluded.disabledAt, erasedAt = excluded.erasedAt, createdAt = excluded.createdAt`,
  );
  const putToken = handle.prepare<unknown[]>(
    `INSERT INTO api_tokens (id, tokenHash, name, commands, expiresAt, revokedAt, createdBy, createdAt) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET tokenHash = excluded.tokenHash, name = excluded.name, commands = excluded.commands,
       expiresAt = excluded.expiresAt, revokedAt = excluded.revokedAt, createdBy = excluded.createdBy, createdAt = excluded.createdAt`,
  );
  const putScreen = handle.prepare<unknown[]>(
    `INSERT INTO screens (id, name, tokenHash, formerTokens, cookieHash, seenAt, createdAt) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, tokenHash = excluded.tokenHash, formerTokens = excluded.formerTokens,
       cookieHash = excluded.cookieHash, seenAt = excluded.seenAt, createdAt = excluded.createdAt`,
  );
  const putLink = handle.prepare<unknown[]>(
    `INSERT INTO links (tokenHash, purpose, account, expiresAt, usedAt) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (tokenHash) DO UPDATE SET purpose = excluded.purpose, account = excluded.account,
       expiresAt = excluded.expiresAt, usedAt = excluded.usedAt`,
  );
  const useLink = handle.prepare<[number, string]>('UPDATE links SET usedAt = ? WHERE tokenHash = ? AND usedAt IS NULL');
  const dropLinks = handle.prepare<[string]>('DELETE FROM links WHERE account = ? AND usedAt IS NULL');
  const dropSessions = handle.prepare<[string]>('DELETE FROM sessions WHERE account = ?');

  const writeWebhook = webhookWriter(handle);
  const writeDirectory = directoryWriter(handle);
  const writePerimeter = perimeterWriter(handle);
  const writeCalendar = calendarWriter(handle);

  return (change) => {
    switch (change.change) {
      case 'account-put': {
        const { account: a } = change;
        putAccount.run(
          a.id, a.login, a.name, a.title, JSON.stringify(a.rights), a.passwordHash, a.totpSecret, a.totpUsedStep,
          JSON.stringify(a.recoveryCodes), a.disabledAt, a.erasedAt, a.createdAt,
        );
        return;
      }
      case 'token-put': {
        const { token: t } = change;
        putToken.run(t.id, t.tokenHash, t.name, JSON.stringify(t.commands), t.expiresAt, t.revokedAt, t.createdBy, t.createdAt);
        return;
      }
      case 'screen-put': {
        const { screen: s } = change;
        putScreen.run(s.id, s.name, s.tokenHash, JSON.stringify(s.formerTokens), s.cookieHash, s.seenAt, s.createdAt);
        return;
      }
      case 'link-put': {
        const { link: l } = change;
        putLink.run(l.tokenHash, l.purpose, l.account, l.expiresAt, l.usedAt);
        return;
      }
      case 'link-used':
        if (useLink.run(change.at, change.tokenHash).changes === 0) throw new Error('the link was used already, or never existed');
        return;
      case 'links-dropped':
        dropLinks.run(change.account);
        return;
      case 'sessions-dropped':
        dropSessions.run(change.account);
        return;
      case 'person-put':
      case 'people-erased':
      case 'import-moved':
        writeDirectory(change);
        return;
      case 'perimeter-put':
      case 'perimeter-removed':
        writePerimeter(change);
        return;
      case 'calendar-put':
      case 'calendar-removed':
        writeCalendar(change);
        return;
      default:
        writeWebhook(change);
    }
  };
}

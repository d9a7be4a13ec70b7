import { EntitySchema } from 'typeorm';
import type { Account, ApiToken, OneTimeLink, Session, WallScreen } from '../../application/ports.js';

/* The ports' own types are what TypeORM reads: no second shape of the same thing. The tables are made by migrations/. */

export const accounts = new EntitySchema<Account>({
  name: 'account',
  tableName: 'accounts',
  columns: {
    id: { type: 'text', primary: true },
    login: { type: 'text' },
    name: { type: 'text' },
    title: { type: 'text' },
    rights: { type: 'simple-json' },
    passwordHash: { type: 'text', nullable: true },
    totpSecret: { type: 'text', nullable: true },
    totpUsedStep: { type: 'integer' },
    recoveryCodes: { type: 'simple-json' },
    disabledAt: { type: 'integer', nullable: true },
    erasedAt: { type: 'integer', nullable: true },
    createdAt: { type: 'integer' },
  },
});

export const sessions = new EntitySchema<Session>({
  name: 'session',
  tableName: 'sessions',
  columns: {
    tokenHash: { type: 'text', primary: true },
    account: { type: 'text' },
    createdAt: { type: 'integer' },
    seenAt: { type: 'integer' },
    expiresAt: { type: 'integer' },
    strong: { type: 'boolean' },
  },
});

export const apiTokens = new EntitySchema<ApiToken>({
  name: 'api-token',
  tableName: 'api_tokens',
  columns: {
    id: { type: 'text', primary: true },
    tokenHash: { type: 'text' },
    name: { type: 'text' },
    commands: { type: 'simple-json' },
    expiresAt: { type: 'integer' },
    revokedAt: { type: 'integer', nullable: true },
    createdBy: { type: 'text' },
    createdAt: { type: 'integer' },
  },
});

export const screens = new EntitySchema<WallScreen>({
  name: 'screen',
  tableName: 'screens',
  columns: {
    id: { type: 'text', primary: true },
    name: { type: 'text' },
    tokenHash: { type: 'text' },
    formerTokens: { type: 'simple-json' },
    cookieHash: { type: 'text', nullable: true },
    seenAt: { type: 'integer', nullable: true },
    createdAt: { type: 'integer' },
  },
});

export const links = new EntitySchema<OneTimeLink>({
  name: 'link',
  tableName: 'links',
  columns: {
    tokenHash: { type: 'text', primary: true },
    purpose: { type: 'text' },
    account: { type: 'text', nullable: true },
    expiresAt: { type: 'integer' },
    usedAt: { type: 'integer', nullable: true },
  },
});

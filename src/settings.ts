import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { readTelephony, type TelephonySettings } from './telephony-settings.js';

/** Where `config/` and the console's build lie, wherever the process was started from. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

const HOUR = 3_600_000;

/** A setting that cannot serve. The message names it, for the operator. */
export class SettingsRefused extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`Les réglages ne conviennent pas :\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

const departement = z.string().regex(/^(\d{2,3}|2[AB])$/, 'il faut un code de département : « 76 », « 2A », « 974 »');

const hostOrRange = z.string().refine((text) => isAddressOrRange(text) || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(text), 'il faut des noms de machine, des adresses IP ou des plages');

const share = z.number().min(0).max(1);
/** What is supposed of a night of calls that has not come: each is a working hypothesis. `concurrent`: null where nobody limits it. */
const calls = z.strictObject({
  lines: z.int().min(1).max(2_000).default(60),
  callsPerSecond: z.number().min(0.1).max(200).default(1),
  concurrent: z.int().min(1).max(2_000).nullable().default(null),
  answeredAtNight: share.default(0.3),
  answeredByDay: share.default(0.6),
  townHallsAtNight: share.default(0),
  ringSeconds: z.int().min(5).max(120).default(30),
  talkSeconds: z.int().min(5).max(600).default(45),
  rounds: z.int().min(1).max(20).default(4),
  pauseMinutes: z.number().min(0).max(60).default(2),
  /** 47.2, 50.2: how many have to say that they come. */
  cellStaff: z.int().min(1).max(100).default(4),
  cipStaff: z.int().min(1).max(100).default(6),
});

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'il faut une heure : « 08:30 »');
const FUNCTION_CODES = ['DC', 'AA', 'RC', 'OE', 'OP', 'OW', 'SI', 'CC', 'TS'] as const;
/** 47.2 for those of the cell, 50.2 for those of the CIP; the deciders and the SIDPC need neither. */
const USUAL_NEEDS = { DC: 'none', AA: 'cell', RC: 'cell', OE: 'cell', OP: 'cell', OW: 'cell', SI: 'none', CC: 'cip', TS: 'cip' } as const;
/** After how long a contact that nobody checked is said so, and how long after a mandate its holder may be erased. */
const directory = z.strictObject({ freshnessMonths: z.int().min(1).max(120).default(12), purgeAfterDays: z.int().min(0).max(3_650).default(90) });

/** What a préfecture says of itself in its file; each may be overridden by the environment (names in capitals). */
const fileSchema = z.strictObject({
  prefecture: z.string().trim().min(1).max(120),
  departement,
  neighbours: z.union([z.literal('all'), z.array(departement).max(101)]),
  timeZone: z.string().refine(isTimeZone, 'il faut un fuseau horaire : « Europe/Paris », « Indian/Reunion »'),
  facts: z.strictObject({ accounts: z.boolean(), app: z.boolean() }),
  plan: z.string().min(1),
  /** The pre-approved text of the first minutes. */
  reflex: z.string().min(1).default('config/templates/reflex.json'),
  uploadMegabytes: z.int().min(1).max(200),
  /** Read as it comes, never whole in memory: DILA's national file has some hundred megabytes. */
  importMegabytes: z.int().min(1).max(2_000).default(150),
  sessionIdleHours: z.int().min(1).max(7 * 24).default(12),
  sessionDays: z.int().min(1).max(31).default(7),
  invitationDays: z.int().min(1).max(31).default(7),
  /** Gaps and overlaps of who is on call are looked for so many weeks ahead. */
  onCallWeeks: z.int().min(1).max(26).default(6),
  /** Monday to Friday, when a calendar « hors des heures ouvrées » asks for nobody. */
  officeHours: z.strictObject({ from: timeOfDay, to: timeOfDay }).refine(({ from, to }) => from < to, 'la fin vient après le début').default({ from: '08:30', to: '18:00' }),
  /** 47.2, 50.2: how long a training holds, and which function asks for which. */
  training: z.strictObject({
    cellMonths: z.int().min(1).max(120).default(48),
    refresherMonths: z.int().min(1).max(120).default(12),
    exercises: z.int().min(0).max(10).default(1),
    warnDays: z.int().min(0).max(366).default(60),
    functions: z.partialRecord(z.enum(FUNCTION_CODES), z.enum(['cell', 'cip', 'none'])).default({}),
  }).prefault({}),
  /** Hosts and ranges that a typed address may lead to although they are private, or without TLS. */
  outside: z.strictObject({ allowed: z.array(hostOrRange).max(100) }).default({ allowed: [] }),
  calls: calls.prefault({}),
  /** Whom a test campaign may reach in peace time: numbers and addresses, or « annuaire » for everybody in it; nobody unless it is said. */
  tests: z.strictObject({ allowed: z.array(z.string().trim().min(1).max(200)).max(1_000).default([]) }).prefault({}),
  /** A line of the préfecture's own that each account calls every night: only a key says that calling works. */
  selfTest: z.strictObject({ line: z.string().regex(/^\+[1-9]\d{6,14}$/, 'il faut un numéro au format international : « +33235000000 »').optional(), at: timeOfDay.default('03:30') }).prefault({}),
  directory: directory.prefault({}),
  /** Where the server backs itself up, how often, and how many it keeps; without it, it does not. */
  backup: z.strictObject({
    folder: z.string().trim().min(1),
    everyHours: z.coerce.number().min(1).max(7 * 24).default(6),
    keep: z.coerce.number().int().min(1).max(1_000).default(28),
  }).optional(),
});

const environmentSchema = z.object({
  PORT: z.string().regex(/^\d{1,5}$/, 'il faut un numéro de port').transform(Number).refine((port) => port < 65_536, 'il faut un numéro de port').default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATA_DIR: z.string().min(1).default('data'),
  SETTINGS: z.string().min(1).default('config/settings.json'),
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'il faut une adresse https://…' }).optional(),
  TRUSTED_PROXIES: list(z.string().refine(isAddressOrRange, 'il faut des adresses IP ou des plages, séparées par des virgules')).default([]),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  DEADMAN_URL: z.url({ protocol: /^https?$/, error: 'il faut une adresse https://…' }).refine(isSafeAddress, 'il faut une adresse https://… (http:// pour cette machine seulement)').optional(),
  PREFECTURE: z.string().optional(),
  DEPARTEMENT: z.string().optional(),
  NEIGHBOURS: z.string().optional(),
  TIME_ZONE: z.string().optional(),
  PLAN: z.string().optional(),
  OUTSIDE_ALLOWED: z.string().optional(),
  BACKUP_DIR: z.string().optional(),
  BACKUP_EVERY_HOURS: z.string().optional(),
  BACKUP_KEEP: z.string().optional(),
});

export type LogLevel = z.output<typeof environmentSchema>['LOG_LEVEL'];

export interface Settings {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** Played by a script on a folder that is thrown away: `demonstrationSettings` alone says so, no setting does. */
  readonly demonstration: boolean;
  /** What a browser types, without a slash at the end. */
  readonly publicUrl: string;
  /** The console is reached over TLS: cookies are Secure, and browsers are told never to come back without. */
  readonly secure: boolean;
  readonly trustedProxies: readonly string[];
  readonly logLevel: LogLevel;
  readonly prefecture: string;
  readonly departement: string;
  readonly neighbours: 'all' | readonly string[];
  readonly timeZone: string;
  readonly facts: Readonly<{ accounts: boolean; app: boolean }>;
  readonly planFile: string;
  readonly reflexFile: string;
  /** The file that all this was read from. */
  readonly settingsFile: string;
  readonly uploadBytes: number;
  readonly importBytes: number;
  /** How long a session lives unused and at most, and how long an invitation serves; in milliseconds. */
  /** Hosts and ranges that an address which somebody typed may lead to, private or without TLS. */
  readonly outsideAllowed: readonly string[];
  /** What is supposed of a night of calls, before it comes. */
  readonly calls: Readonly<z.output<typeof calls>>;
  readonly tests: Readonly<{ allowed: readonly string[] }>;
  readonly selfTest: Readonly<{ line?: string | undefined; at: string }>;
  readonly onCallWeeks: number;
  readonly officeHours: Readonly<{ from: string; to: string }>;
  readonly training: Readonly<{
    cellMonths: number; refresherMonths: number; exercises: number; warnDays: number;
    asks: Readonly<Record<(typeof FUNCTION_CODES)[number], 'cell' | 'cip' | null>>;
  }>;
  readonly directory: Readonly<z.output<typeof directory>>;
  readonly limits: Readonly<{ idle: number; absolute: number; invitation: number }>;
  /** Undefined: the server makes no backup of itself. */
  readonly backup: BackupSettings | undefined;
  /** What carries voice, texts and mail. */
  readonly telephony: TelephonySettings;
  /** Told each minute while all is well; undefined: nobody is. */
  readonly deadManUrl: string | undefined;
}
export interface BackupSettings {
  readonly folder: string;
  readonly everyHours: number;
  readonly keep: number;
}

/** Environment + config/settings.json -> one frozen Settings. Throws SettingsRefused, every fault at once. */
export function readSettings(environment: NodeJS.ProcessEnv = process.env): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const env = environmentSchema.safeParse(given);
  if (!env.success) throw new SettingsRefused(sentences(env.error));
  const { PORT: port, HOST: host, PUBLIC_URL: url } = env.data;
  const settingsFile = fromRoot(env.data.SETTINGS);
  const written = readFile(settingsFile);
  const file = fileSchema.safeParse({ ...written, ...overridden(env.data), ...backupOf(written, env.data) });
  // As a browser writes it in `Origin`: in lower case, without a slash at the end.
  const publicUrl = url === undefined ? `http://${isIP(host) === 6 ? `[${host}]` : host}:${port}` : new URL(url).origin;
  const telephony = readTelephony(given, publicUrl);
  const faults = [...(file.success ? [] : sentences(file.error)), ...publicUrlFaults(host, url), ...telephony.faults];
  if (!file.success || faults.length > 0) throw new SettingsRefused(faults);
  const { plan, reflex, uploadMegabytes, importMegabytes, sessionIdleHours, sessionDays, invitationDays, backup, outside, training: { functions, ...training }, ...house } = file.data;
  const asks = Object.fromEntries(FUNCTION_CODES.map((code) => [code, functions[code] ?? USUAL_NEEDS[code]]).map(([code, asked]) => [code, asked === 'none' ? null : asked])) as Settings['training']['asks'];
  return deepFreeze({
    port, host, demonstration: false, dataDir: resolve(ROOT, env.data.DATA_DIR), publicUrl, secure: publicUrl.startsWith('https:'),
    trustedProxies: env.data.TRUSTED_PROXIES, logLevel: env.data.LOG_LEVEL, ...house, planFile: fromRoot(plan),
    reflexFile: fromRoot(reflex), settingsFile, uploadBytes: uploadMegabytes * 1024 * 1024, importBytes: importMegabytes * 1024 * 1024,
    outsideAllowed: outside.allowed,
    training: { ...training, asks },
    limits: { idle: sessionIdleHours * HOUR, absolute: sessionDays * 24 * HOUR, invitation: invitationDays * 24 * HOUR },
    telephony: telephony.settings, deadManUrl: env.data.DEADMAN_URL,
    backup: backup && { ...backup, folder: fromRoot(backup.folder) },
  });
}

/** What whoever starts a demonstration may wish of it; all else it has from its own file, whatever the environment says. */
export interface DemonstrationWishes {
  port: number | undefined;
  folder: string | undefined;
  logLevel: LogLevel;
}

export function demonstrationWishes(environment: NodeJS.ProcessEnv = process.env): DemonstrationWishes {
  const { PORT, DATA_DIR, LOG_LEVEL } = environment;
  const env = environmentSchema.safeParse(Object.fromEntries(Object.entries({ PORT, DATA_DIR, LOG_LEVEL: LOG_LEVEL || 'error' }).filter(([, value]) => value)));
  if (!env.success) throw new SettingsRefused(sentences(env.error));
  return { port: PORT ? env.data.PORT : undefined, folder: DATA_DIR ? resolve(ROOT, DATA_DIR) : undefined, logLevel: env.data.LOG_LEVEL };
}

/** The settings of a demonstration: on this machine alone, on a folder to throw away, in an invented préfecture. */
export function demonstrationSettings(folder: string, port: number, logLevel: LogLevel): Settings {
  const settings = readSettings({ DATA_DIR: folder, PORT: String(port), LOG_LEVEL: logLevel, SETTINGS: 'config/demonstration/settings.json' });
  return Object.freeze({ ...settings, demonstration: true });
}

/** What a process of our own needs from the environment to run at all: no setting, and no secret. */
export function bareEnvironment(environment: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const names = ['PATH', 'TMPDIR', 'TMP', 'TEMP', 'SystemRoot', 'TZ', 'LANG'];
  return Object.fromEntries(names.flatMap((name) => (environment[name] === undefined ? [] : [[name, environment[name]]])));
}

/** Sessions and passwords never travel in the clear: only the machine itself is reached without TLS. */
function publicUrlFaults(host: string, url: string | undefined): string[] {
  if (url === undefined) {
    return isLoopback(host) ? [] : [`PUBLIC_URL : HOST vaut « ${host} », qui n’est pas la machine elle-même ; indiquez l’adresse https:// de la console`];
  }
  const { protocol, hostname, pathname, username, password, search, hash } = new URL(url);
  if (pathname !== '/' || search || hash) return ['PUBLIC_URL : la console vit à la racine d’un nom, sans chemin ni rien après'];
  if (username || password) return ['PUBLIC_URL : l’adresse est montrée à tous, elle ne porte ni identifiant ni mot de passe'];
  return protocol === 'https:' || (isLoopback(host) && isLoopback(hostname)) ? [] : ['PUBLIC_URL : il faut une adresse https://…'];
}

/** What is told outside is told in secret. */
function isSafeAddress(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || isLoopback(hostname);
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || /^127(\.\d{1,3}){3}$/.test(host) || host === '::1' || host === '[::1]';
}

function overridden(env: z.output<typeof environmentSchema>): Record<string, unknown> {
  const { PREFECTURE, DEPARTEMENT, NEIGHBOURS, TIME_ZONE, PLAN, OUTSIDE_ALLOWED } = env;
  const outside = OUTSIDE_ALLOWED === undefined ? undefined : { allowed: OUTSIDE_ALLOWED.split(',').map((one) => one.trim()) };
  const neighbours = NEIGHBOURS === 'all' ? 'all' : NEIGHBOURS?.split(',').map((code) => code.trim());
  const all = { prefecture: PREFECTURE, departement: DEPARTEMENT, neighbours, timeZone: TIME_ZONE, plan: PLAN, outside };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** The folder may be set in one place and the rest in the other. */
function backupOf(written: Record<string, unknown>, env: z.output<typeof environmentSchema>): Record<string, unknown> {
  const { BACKUP_DIR: folder, BACKUP_EVERY_HOURS: everyHours, BACKUP_KEEP: keep } = env;
  const given = Object.entries({ folder, everyHours, keep }).filter(([, value]) => value !== undefined);
  const fromFile = typeof written['backup'] === 'object' ? written['backup'] : {};
  return given.length === 0 ? {} : { backup: { ...fromFile, ...Object.fromEntries(given) } };
}

function readFile(path: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new SettingsRefused([`SETTINGS : le fichier ${path} ne peut pas être lu`]);
  }
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch (error) {
    throw new SettingsRefused([`SETTINGS : le fichier ${path} n’est pas du JSON (${(error as Error).message})`]);
  }
}

/** The environment's name of each field of the file, for whoever set it there. */
const NAMES: Record<string, string> = {
  prefecture: 'prefecture (ou PREFECTURE)', departement: 'departement (ou DEPARTEMENT)', neighbours: 'neighbours (ou NEIGHBOURS)',
  timeZone: 'timeZone (ou TIME_ZONE)', plan: 'plan (ou PLAN)', outside: 'outside (ou OUTSIDE_ALLOWED)', backup: 'backup (ou BACKUP_DIR, BACKUP_EVERY_HOURS, BACKUP_KEEP)',
};

function sentences(error: z.ZodError): string[] {
  const french = z.locales.fr().localeError;
  return error.issues.map((issue) => {
    const [name, ...rest] = issue.path.map(String);
    const said = issue.code === 'custom' || issue.code === 'invalid_format' ? issue.message : french(issue as Parameters<typeof french>[0]);
    return `${name === undefined ? 'réglages' : [NAMES[name] ?? name, ...rest].join('.')} : ${typeof said === 'string' ? said : (said?.message ?? issue.message)}`;
  });
}

function list(item: z.ZodType<string, string>) {
  return z.string().transform((text) => text.split(',').map((one) => one.trim())).pipe(z.array(item));
}

function isAddressOrRange(text: string): boolean {
  const [address, bits, ...rest] = text.split('/');
  const family = isIP(address ?? '');
  return rest.length === 0 && family !== 0 && (bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)));
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('fr', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function fromRoot(path: string): string {
  return isAbsolute(path) ? path : join(ROOT, path);
}

function deepFreeze<T extends object>(value: T): T {
  for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) deepFreeze(inner as object);
  return Object.freeze(value);
}

import { isIP } from 'node:net';
import { z } from 'zod';

/* What carries voice, texts and mail, from the environment alone: secrets lie in no file of the préfecture. */

export interface TwilioAccountSettings {
  readonly account: string;
  readonly accountSid: string;
  readonly authToken: string;
  readonly apiKey: { readonly sid: string; readonly secret: string } | undefined;
  readonly from: string | undefined;
  readonly smsFrom: string | undefined;
  readonly callsPerSecond: number;
}
export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  readonly tls: 'starttls' | 'implicit' | 'none';
  readonly login: { readonly user: string; readonly password: string } | undefined;
  readonly from: string;
}
export interface TelephonySettings {
  /** In the order in which they are used. None: nothing is called, and the console says so. */
  readonly twilio: readonly TwilioAccountSettings[];
  readonly twilioUrl: string;
  /** An order that is not answered by then is in doubt. */
  readonly timeoutMs: number;
  readonly smtp: SmtpSettings | undefined;
}

const hex = (prefix: string, what: string) => z.string().regex(new RegExp(`^${prefix}[0-9a-fA-F]{32}$`), `il faut ${what} : « ${prefix} » puis 32 chiffres ou lettres de a à f`);
const number = z.string().regex(/^\+[1-9]\d{6,14}$/, 'il faut un numéro au format international : « +33970000001 »');
const sender = z.string().regex(/^(\+[1-9]\d{6,14}|\d{3,8}|MG[0-9a-fA-F]{32}|(?=[^A-Za-z]*[A-Za-z])[A-Za-z0-9 ]{1,11})$/,
  'il faut un numéro, un numéro court, un nom de 11 caractères au plus (sans accent) ou un service de messagerie « MG… »');

const account = z.strictObject({
  ACCOUNT_SID: hex('AC', 'l’identifiant du compte'),
  AUTH_TOKEN: z.string().min(16, 'il faut le jeton du compte (Auth Token), qui signe aussi ce que l’opérateur nous envoie'),
  API_KEY: hex('SK', 'l’identifiant d’une clé d’API').optional(),
  API_SECRET: z.string().min(1).optional(),
  FROM: number.optional(),
  SMS_FROM: sender.optional(),
  CALLS_PER_SECOND: z.coerce.number({ error: 'il faut un nombre d’appels par seconde' }).min(0.1, 'il faut au moins 0,1 appel par seconde').max(200, 'il faut au plus 200 appels par seconde').default(1),
});

const smtp = z.strictObject({
  HOST: z.string().regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i, 'il faut un nom de machine ou une adresse IP'),
  PORT: z.string().regex(/^\d{1,5}$/, 'il faut un numéro de port').transform(Number).refine((port) => port > 0 && port < 65_536, 'il faut un numéro de port').optional(),
  TLS: z.enum(['starttls', 'implicit', 'none'], { error: 'il faut « starttls » (par défaut), « implicit » ou « none »' }).default('starttls'),
  USER: z.string().min(1).optional(),
  PASSWORD: z.string().min(1).optional(),
  FROM: z.string().regex(/^([^<>@\r\n]+<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/, 'il faut une adresse : « alerte@prefecture.example » ou « Préfecture <alerte@prefecture.example> »'),
});

const USUAL_URL = 'https://api.twilio.com';
const USUAL_PORT = { starttls: 587, implicit: 465, none: 25 };
const ACCOUNTS = ['TWILIO_1', 'TWILIO_2'];

/** Every fault at once, each under the name of its setting; a value never stands in it. */
export function readTelephony(environment: NodeJS.ProcessEnv, publicUrl: string): { settings: TelephonySettings; faults: string[] } {
  const faults: string[] = [];
  const read = <T>(prefix: string, schema: z.ZodType<T>): T | undefined => {
    const given = Object.entries(environment).filter(([name, value]) => name.startsWith(`${prefix}_`) && value !== undefined && value !== '');
    if (given.length === 0) return undefined;
    const known = schema.safeParse(Object.fromEntries(given.map(([name, value]) => [name.slice(prefix.length + 1), value])));
    if (!known.success) faults.push(...known.error.issues.flatMap((issue) => sentences(prefix, issue)));
    return known.data;
  };

  const twilioUrl = environment['TWILIO_BASE_URL'] || USUAL_URL;
  const url = URL.canParse(twilioUrl) ? new URL(twilioUrl) : undefined;
  if (!url || url.origin !== twilioUrl.replace(/\/$/, '') || !isSafe(url)) faults.push('TWILIO_BASE_URL : il faut une adresse https://… sans chemin (http:// pour cette machine seulement)');

  const timeoutMs = Number(environment['TWILIO_TIMEOUT_MS'] || 10_000);
  if (!(timeoutMs >= 100 && timeoutMs <= 20_000)) faults.push('TWILIO_TIMEOUT_MS : il faut un délai de 100 à 20000 millisecondes');
  const third = Object.keys(environment).find((name) => /^TWILIO_\d/.test(name) && !ACCOUNTS.some((prefix) => name.startsWith(`${prefix}_`)));
  if (third !== undefined) faults.push(`${third} : il y a deux comptes au plus, TWILIO_1_… et TWILIO_2_…`);
  const twilio = ACCOUNTS.flatMap((prefix) => {
    const one = read(prefix, account);
    if (!one) return [];
    const { ACCOUNT_SID: accountSid, AUTH_TOKEN: authToken, API_KEY: key, API_SECRET: secret, FROM: from, SMS_FROM: smsFrom, CALLS_PER_SECOND: callsPerSecond } = one;
    if ((key === undefined) !== (secret === undefined)) faults.push(`${prefix}_${key === undefined ? 'API_KEY' : 'API_SECRET'} : une clé d’API va avec son secret`);
    if (from === undefined && smsFrom === undefined) faults.push(`${prefix}_FROM : il faut un numéro qui appelle, ou ${prefix}_SMS_FROM pour envoyer des SMS`);
    const apiKey = key !== undefined && secret !== undefined ? { sid: key, secret } : undefined;
    return [{ account: prefix.toLowerCase().replace('_', '-'), accountSid, authToken, apiKey, from, smsFrom, callsPerSecond }];
  });
  if (twilio.length > 0 && url && !isLoopback(url.hostname) && !publicUrl.startsWith('https:')) {
    faults.push('PUBLIC_URL : l’opérateur téléphonique doit pouvoir joindre la console ; indiquez son adresse https://…');
  }

  const mail = read('SMTP', smtp);
  if (mail && (mail.USER === undefined) !== (mail.PASSWORD === undefined)) faults.push(`SMTP_${mail.USER === undefined ? 'USER' : 'PASSWORD'} : un identifiant va avec son mot de passe`);
  if (mail?.TLS === 'none' && mail.PASSWORD !== undefined && !isLoopback(mail.HOST)) faults.push('SMTP_TLS : un mot de passe ne part pas en clair ; choisissez « starttls » ou « implicit »');
  const login = mail?.USER !== undefined && mail.PASSWORD !== undefined ? { user: mail.USER, password: mail.PASSWORD } : undefined;
  const relay = mail && { host: mail.HOST, port: mail.PORT ?? USUAL_PORT[mail.TLS], tls: mail.TLS, login, from: mail.FROM };
  return { settings: { twilio, twilioUrl: url?.origin ?? USUAL_URL, timeoutMs, smtp: relay }, faults };
}

function sentences(prefix: string, issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((name) => `${prefix}_${name} : ce réglage n’existe pas`);
  // All that the environment gives is text: what has another type is not there.
  const missing = issue.code === 'invalid_type' && issue.message.startsWith('Invalid input');
  return [`${prefix}_${issue.path.join('.')} : ${missing ? 'ce réglage manque' : issue.message}`];
}

function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || (isIP(host) === 4 && host.startsWith('127.')) || host === '::1' || host === '[::1]';
}

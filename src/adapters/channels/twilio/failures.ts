import { ProviderFailure, type FailureKind } from '../../../application/outreach/telephony.js';
import type { Ms } from '../../../domain/time.js';

/** The number itself is the fault: no other account would do better (twilio.com/docs/api/errors). */
export const INVALID_NUMBER: ReadonlySet<string> = new Set(['13223', '13224', '21211', '21214', '21217', '21401', '21421', '21614', '30005', '30006']);
/** Refused or closed, whatever the status. */
const CREDENTIALS = new Set(['10001', '20003', '20005', '20006', '20008', '30002']);
/** Too many at once: calls, texts a second, texts that wait. */
const THROTTLED = new Set(['10004', '14107', '20429', '21611']);
const USUAL_RETRY_MS = 1_000;
const MOST_RETRY_MS = 3_600_000;

/** The request never left: names without address, nobody at the door, no way, a certificate that is not theirs. */
const NEVER_LEFT = /^(ECONNREFUSED|ENOTFOUND|EAI_|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL|EMFILE|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_)/;

/** No answer came. Only what surely never left is `unavailable`; anything else may have been accepted. */
export function unanswered(error: unknown): ProviderFailure {
  const { code, syscall, message } = innermost(error);
  const left = !(NEVER_LEFT.test(code) || syscall === 'connect');
  return new ProviderFailure(left ? 'doubt' : 'unavailable', message, code || undefined);
}

export interface Refusing {
  statusCode: number;
  body: unknown;
  headers?: unknown;
}

export function refusedBy({ statusCode, body, headers }: Refusing): ProviderFailure {
  const { code, message } = saidIn(body);
  const kind = kindOf(statusCode, code);
  const said = `HTTP ${statusCode}${message === '' ? '' : `: ${message}`}`;
  return new ProviderFailure(kind, said, code === '' ? undefined : code, kind === 'throttled' ? retryAfter(headers) : undefined);
}

function kindOf(status: number, code: string): FailureKind {
  if (status >= 500) return 'doubt';
  if (status === 429 || THROTTLED.has(code)) return 'throttled';
  if (status === 401 || status === 403 || CREDENTIALS.has(code)) return 'credentials';
  return INVALID_NUMBER.has(code) ? 'invalid' : 'rejected';
}

function saidIn(body: unknown): { code: string; message: string } {
  try {
    const { code, message } = (typeof body === 'string' ? JSON.parse(body) : body) as { code?: unknown; message?: unknown };
    return { code: typeof code === 'number' || typeof code === 'string' ? String(code) : '', message: typeof message === 'string' ? message : '' };
  } catch {
    return { code: '', message: '' };
  }
}

/** In seconds; a date is of their clock, and theirs is not ours. */
function retryAfter(headers: unknown): Ms {
  const seconds = Number((headers as Record<string, unknown> | undefined)?.['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds * 1_000, MOST_RETRY_MS) : USUAL_RETRY_MS;
}

/** Node tries each address of a name and gathers what failed. */
function innermost(error: unknown): { code: string; syscall: string; message: string } {
  const { cause, errors, code, syscall, message } = (error ?? {}) as { cause?: unknown; errors?: unknown[]; code?: unknown; syscall?: unknown; message?: unknown };
  const inner = cause ?? errors?.[0];
  if (code === undefined && inner !== undefined) return innermost(inner);
  return { code: String(code ?? ''), syscall: String(syscall ?? ''), message: String(message ?? error) };
}

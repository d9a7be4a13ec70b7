import { refusalSentence, refusalSentences } from '../contract/french.js';
import { fr } from '../contract/french-typography.js';
import type { Me, Problem } from '../contract/live.js';
import type { Refusal } from '../domain/refusal.js';
import { heardFrom } from './connection.js';
import { Store, useStore } from './store.js';

/** The server answered, and said no. `problem.refused` is the code; `sentenceOf` puts it in French. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.refused);
  }
}

/** Nothing answered, or something between here and the server did: whether the request arrived is unknown. */
export class Unreachable extends Error {}

/** Nobody is signed in, or the session is over. */
export class SignedOut extends Error {}

export interface Call {
  /** Sent as JSON; bytes are sent as they are. */
  body?: unknown;
  /** The idempotency key: the same key with the same body acts once. */
  key?: string;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  timeoutMs?: number;
}

const TIMEOUT_MS = 15_000;

const signedIn = new Store<Me | null | undefined>(undefined);

/** Who is signed in: null for nobody, undefined while it is not known yet. */
export const useMe = (): Me | null | undefined => useStore(signedIn);
export const me = (): Me | null | undefined => signedIn.get();
/** After a sign-in (its answer) or a sign-out (null). */
export const setMe = (value: Me | null): void => {
  if (value) heardFrom(value.wall);
  signedIn.set(value);
};
/** Called when somebody else signs in, or nobody is left. */
export const onMe = signedIn.subscribe;

/** Asks the server who is signed in. Throws Unreachable when it does not answer; nobody is then known to be signed out. */
export async function refreshMe(): Promise<Me | null> {
  try {
    setMe(await get<Me>('/api/me'));
  } catch (error) {
    if (!(error instanceof SignedOut)) throw error;
    signedIn.set(null);
  }
  return signedIn.get() ?? null;
}

export function get<T>(path: string, call: Omit<Call, 'body' | 'key'> = {}): Promise<T> {
  return request<T>('GET', path, call);
}

export function post<T>(path: string, body?: unknown, call: Omit<Call, 'body'> = {}): Promise<T> {
  return request<T>('POST', path, { ...call, body });
}

/** One request under `/api`: JSON both ways, the CSRF token on all that writes, problems as `Refused`. */
export async function request<T>(method: string, path: string, call: Call = {}): Promise<T> {
  const response = await send(method, path, call);
  const text = await response.text().catch(() => {
    throw new Unreachable('the answer was cut');
  });
  if (response.ok) return (text === '' ? undefined : parse(text)) as T;
  const problem = parse(text) as Problem | undefined;
  if (response.status === 401) {
    // A wrong password is a refusal like another; a session that is over is not.
    if (problem?.refused && problem.refused !== 'signed-out') throw new Refused(problem);
    signedIn.set(null);
    throw new SignedOut();
  }
  if (!problem || typeof problem.refused !== 'string') {
    throw new Unreachable(`${response.status} without a problem of ours`);
  }
  throw new Refused(problem);
}

async function send(method: string, path: string, { body, key, headers, signal, timeoutMs = TIMEOUT_MS }: Call): Promise<Response> {
  const raw = body instanceof Blob || body instanceof Uint8Array;
  const csrf = signedIn.get()?.csrf;
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    return await fetch(path, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      headers: {
        accept: 'application/json, application/problem+json',
        ...(body === undefined ? {} : { 'content-type': raw ? 'application/octet-stream' : 'application/json' }),
        ...(csrf && method !== 'GET' ? { 'x-csrf-token': csrf } : {}),
        ...(key ? { 'idempotency-key': key } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: raw ? (body as BodyInit) : JSON.stringify(body) }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Unreachable(error instanceof Error ? error.message : 'network');
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** 128 random bits; `randomUUID` does not exist on a page without https. */
export function randomId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What a failed request says to a person: what happened, what was kept, what to try. */
export function sentenceOf(error: unknown, zone = me()?.house.timeZone): string {
  if (error instanceof Refused) return problemSentence(error.problem, zone);
  if (error instanceof SignedOut) return fr("Votre session est finie. Votre saisie est gardée : reconnectez-vous, puis recommencez.");
  if (error instanceof Unreachable) return fr("Le serveur n'a pas répondu : on ne sait pas si c'est enregistré. Votre saisie est gardée. Réessayez quand la connexion revient.");
  return fr("Une erreur imprévue est survenue dans la page. Votre saisie est gardée. Réessayez, ou rechargez la page.");
}

export function problemSentence(problem: Problem, zone?: string): string {
  if (!(problem.refused in refusalSentences)) return problem.detail || problem.title;
  return refusalSentence({ refused: problem.refused, details: problem.details ?? {} } as Refusal, zone);
}

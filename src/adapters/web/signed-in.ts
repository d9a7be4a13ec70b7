import type { IncomingHttpHeaders } from 'node:http';
import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { Author } from '../../application/submission.js';
import type { OwnSession } from '../../contract/live.js';
import type { Audience, Lane } from '../../domain/entry.js';
import { audienceIn } from '../../domain/rights.js';

/** Who is at the other end of a request or a socket, as far as the rest of the server needs to know. */
export interface SignedIn {
  /** `source` is `console` for a cookie's session and `api` for a token. */
  author: Author;
  /** With which eyes it reads activations, a person's lanes apart (`eyesIn`); undefined: not at all. */
  audience: Audience | undefined;
  /** The second factor was given in this session. An API token needs none. */
  strong: boolean;
  /** Its rights ask for a second factor. */
  needsSecondFactor: boolean;
  /** An API token's explicit list of wire operations: 'declare-t0', 'open', or names of orders. Absent for a person. */
  scopes?: readonly string[];
  /** A screen of the wall: it reads what `ForScreens` marks, and nothing else. */
  screen?: true;
}

/** With which eyes it reads an activation of this lane; undefined: not at all. A token has those that its list gives it. */
export function eyesIn({ author, scopes, audience }: SignedIn, lane: Lane): Audience | undefined {
  return scopes ? audience : audienceIn(author.rights, lane);
}

/**
 * Knows people and screens by their cookie, scripts by their token. The guard and the sockets' middleware ask it; sockets ask
 * again every few seconds, so a session that was revoked loses its boards.
 */
export abstract class Authentication {
  abstract authenticate(headers: IncomingHttpHeaders): Promise<SignedIn | undefined>;
  /** Whether the request carries the token that the console alone can read; asked for cookies only. */
  abstract csrfOk(headers: IncomingHttpHeaders, signedIn: SignedIn): boolean;
  /** What `GET /api/me` tells a person of their own session; undefined for a token. */
  abstract session(headers: IncomingHttpHeaders, signedIn: SignedIn): Promise<OwnSession | undefined>;
}

/** On a controller or a route: nobody needs to be signed in (and no CSRF token is asked for). */
export const OPEN_TO_ALL = 'open-to-all';
export const OpenToAll = () => SetMetadata(OPEN_TO_ALL, true);

/** On a controller or a route that changes something: a session without its second factor may use it all the same. */
/** Their rights ask for a second factor, and this session has not given it: nothing of an activation is theirs yet. */
export function lacksSecondFactor({ needsSecondFactor, strong }: Pick<SignedIn, 'needsSecondFactor' | 'strong'>): boolean {
  return needsSecondFactor && !strong;
}

export const BEFORE_SECOND_FACTOR = 'before-second-factor';
export const BeforeSecondFactor = () => SetMetadata(BEFORE_SECOND_FACTOR, true);

/** What the guard leaves on the request. */
export interface GuardedRequest {
  method: string;
  headers: IncomingHttpHeaders;
  signedIn?: SignedIn;
}

/** The signed-in author of a guarded request, as a controller's argument. */
export const Signed = createParamDecorator((_: unknown, context: ExecutionContext): SignedIn => {
  const { signedIn } = context.switchToHttp().getRequest<GuardedRequest>();
  if (!signedIn) throw new Error('a route that asks who is signed in must be guarded');
  return signedIn;
});

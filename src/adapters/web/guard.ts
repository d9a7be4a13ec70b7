import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { SetMetadata } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { refuse } from '../../domain/refusal.js';
import { Refused, WireRefused } from './refused.js';
import { BEFORE_SECOND_FACTOR, lacksSecondFactor, OPEN_TO_ALL, type Authentication, type GuardedRequest } from './signed-in.js';

/** On a route that an API token may use, when its list names that operation. Without a name the route itself checks the list. */
const FOR_TOKENS = 'for-tokens';
export const ForTokens = (operation: string | true = true) => SetMetadata(FOR_TOKENS, operation);

/** On a route that a screen of the wall may read. */
const FOR_SCREENS = 'for-screens';
export const ForScreens = () => SetMetadata(FOR_SCREENS, true);

/** The one guard: who is it, does the request come from our console, was the second factor given. */
export class SignedInGuard implements CanActivate {
  constructor(
    private readonly authentication: Authentication,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    // Messages of sockets pass here too; their connection was let in by the gateway's middleware.
    if (context.getType() !== 'http') return true;
    const said = (key: string) => this.reflector.getAllAndOverride<boolean | string | undefined>(key, [context.getHandler(), context.getClass()]);
    const says = (key: string) => said(key) === true;
    if (says(OPEN_TO_ALL)) return true;
    const request = context.switchToHttp().getRequest<GuardedRequest>();
    const signedIn = await this.authentication.authenticate(request.headers);
    if (!signedIn) throw new Refused(refuse('signed-out'));
    request.signedIn = signedIn;
    if (signedIn.scopes) {
      const operation = said(FOR_TOKENS);
      if (operation !== true && !signedIn.scopes.includes(String(operation))) throw new WireRefused('token-scope');
      return true;
    }
    const reads = request.method === 'GET' || request.method === 'HEAD';
    // A cookie that nobody guards, on a television that everybody passes, opens what its page shows and no more.
    if (signedIn.screen && !(reads && says(FOR_SCREENS))) throw new Refused(refuse('forbidden'));
    if (!reads && !this.authentication.csrfOk(request.headers, signedIn)) throw new Refused(refuse('forged'));
    // Reading too: a stolen password must not open the direction's log, nor an export.
    if (lacksSecondFactor(signedIn) && !says(BEFORE_SECOND_FACTOR)) throw new Refused(refuse('second-factor-needed'));
    return true;
  }
}

import type { IncomingHttpHeaders } from 'node:http';
import { TOKEN_PREFIX } from '../../../application/people/tokens.js';
import type { Screens } from '../../../application/people/screens.js';
import type { ApiToken, WallScreen } from '../../../application/ports.js';
import type { LiveSession, Sessions } from '../../../application/people/sessions.js';
import type { OwnSession } from '../../../contract/live.js';
import { commandsOf } from '../../../domain/administration-rules.js';
import { audienceOf } from '../../../domain/rights.js';
import { Authentication, type SignedIn } from '../signed-in.js';
import type { Door } from './door.js';

/** People and screens by their cookie, scripts by `Authorization: Bearer tz_…`. Never both: a script's request has no cookie's rights. */
export class LocalAuthentication extends Authentication {
  readonly #known = new WeakMap<LiveSession, SignedIn>();

  constructor(
    private readonly sessions: Sessions,
    private readonly door: Door,
    private readonly screens: Screens,
  ) {
    super();
  }

  override async authenticate(headers: IncomingHttpHeaders): Promise<SignedIn | undefined> {
    if (headers.authorization !== undefined) {
      const secret = /^Bearer (\S+)$/i.exec(headers.authorization)?.[1];
      const token = secret?.startsWith(TOKEN_PREFIX) ? await this.sessions.token(secret) : undefined;
      return token && ofToken(token);
    }
    const live = await this.door.session(headers);
    if (live) return this.#ofSession(live);
    // Whoever signs in on a screen's browser is who they are; without them it is the screen again.
    const screen = await this.#screen(headers);
    return screen && ofScreen(screen);
  }

  override csrfOk(headers: IncomingHttpHeaders, _: SignedIn): boolean {
    return this.door.csrfOk(headers);
  }

  override async session(headers: IncomingHttpHeaders, { scopes, screen: isScreen }: SignedIn): Promise<OwnSession | undefined> {
    if (isScreen) {
      const screen = await this.#screen(headers);
      return screen && this.door.screen(screen);
    }
    const secret = this.door.secret(headers);
    if (scopes || secret === undefined) return undefined;
    const live = await this.sessions.find(secret);
    return live && this.door.person(live, secret);
  }

  async #screen(headers: IncomingHttpHeaders): Promise<WallScreen | undefined> {
    const secret = this.door.screenSecret(headers);
    return secret === undefined ? undefined : this.screens.find(secret);
  }

  /** The same object as long as nothing changed: a request costs no allocation here. */
  #ofSession(live: LiveSession): SignedIn {
    let signedIn = this.#known.get(live);
    if (!signedIn) {
      const { account, session, needsSecondFactor } = live;
      signedIn = Object.freeze({
        author: Object.freeze({ id: account.id, rights: account.rights, source: 'console' as const }),
        audience: audienceOf(account.rights), strong: session.strong, needsSecondFactor,
      });
      this.#known.set(live, signedIn);
    }
    return signedIn;
  }
}

function ofToken({ id, commands }: ApiToken): SignedIn {
  return {
    author: { id, rights: [], allowed: commandsOf(commands), source: 'api' },
    audience: commands.includes('read-journal') ? 'cell' : undefined, strong: false, needsSecondFactor: false, scopes: commands,
  };
}

function ofScreen({ id }: WallScreen): SignedIn {
  return { author: { id, rights: ['ecran'], source: 'console' }, audience: 'wall', strong: false, needsSecondFactor: false, screen: true };
}

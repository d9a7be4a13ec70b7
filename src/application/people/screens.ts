import type { AdministrationEvent, ScreenRefusal, ScreenState } from '../../domain/administration.js';
import { decideAdministration, decideAdmission } from '../../domain/administration-rules.js';
import type { Hash } from '../../domain/evidence/chain.js';
import { isRefusal, refuse, type Refusal } from '../../domain/refusal.js';
import { HOUR, MINUTE, type Ms } from '../../domain/time.js';
import { THE_HOUSE, type Actor, type Administration } from '../administration.js';
import type { Clock, Directory, Random, WallScreen } from '../ports.js';

/** As long as browsers keep anything: a television is not signed in again at night. */
const COOKIE_LIVES: Ms = 400 * 24 * HOUR;
/** How stale the stored mark of use may be. */
const SEEN_EVERY: Ms = 5 * MINUTE;
/** Older addresses are refused like those of nobody. */
const FORMER_KEPT = 20;

/** Where a screen is opened; the secret stands in the fragment, which no server and no log ever sees. */
export type ScreenAddress = (secret: string) => string;

export interface ScreenLine {
  id: string;
  name: string;
  state: ScreenState['state'];
  since: Ms;
  seenAt: Ms | null;
  refused: { at: Ms; why: ScreenRefusal } | null;
}

/** A screen and the address that opens it, told once. */
export interface ScreenOpening {
  screen: ScreenLine;
  address: string;
}

/**
 * The screens of the wall: no account, no person. An address serves once and is swapped for a cookie that only ever reads;
 * whatever else is tried with it is refused, and told to the administrator.
 */
export class Screens {
  /** By the hash of their cookie. */
  readonly #live = new Map<string, WallScreen>();
  readonly #seen = new Map<string, Ms>();
  readonly #refused = new Map<string, { refusals: number; notedAt: Ms }>();
  /** Grows with each change: what was being read meanwhile must not be kept. */
  #changes = 0;
  /** A screen was revoked or renewed: its sockets must ask again who they are. */
  onChanged: (screen: string) => void = () => {};

  constructor(
    private readonly administration: Administration,
    private readonly directory: Directory,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly hash: Hash,
    private readonly address: ScreenAddress,
  ) {}

  async list(): Promise<ScreenLine[]> {
    return (await this.directory.screens()).map((screen) => this.#line(screen));
  }

  async add(actor: Actor, name: string): Promise<ScreenOpening | Refusal> {
    const secret = this.random.id();
    const screen: WallScreen = {
      id: this.random.id(), name, tokenHash: this.hash(secret), formerTokens: [], cookieHash: null, seenAt: null, createdAt: this.clock.wall(),
    };
    const written = await this.administration.write(actor, (state, now) => {
      const events = decideAdministration(state, { type: 'add-screen', screen: screen.id }, { rights: actor.rights, now });
      return isRefusal(events) ? events : { events, changes: [{ change: 'screen-put', screen }] };
    });
    return isRefusal(written) ? written : { screen: this.#line(screen), address: this.address(secret) };
  }

  /** Another address for a screen that lost its cookie, or whose address went astray: the old ones are dead. */
  async renew(actor: Actor, id: string): Promise<ScreenOpening | Refusal> {
    const secret = this.random.id();
    const renewed = await this.#change(actor, { type: 'renew-screen', screen: id }, ({ tokenHash, formerTokens }) => ({
      tokenHash: this.hash(secret), formerTokens: [...formerTokens, tokenHash].slice(-FORMER_KEPT), cookieHash: null,
    }));
    return isRefusal(renewed) ? renewed : { screen: this.#line(renewed), address: this.address(secret) };
  }

  async revoke(actor: Actor, id: string): Promise<Refusal | undefined> {
    const revoked = await this.#change(actor, { type: 'revoke-screen', screen: id }, () => ({ cookieHash: null }));
    return isRefusal(revoked) ? revoked : undefined;
  }

  /** The first load of an address: a cookie for it. `cookie` is what the browser has already. */
  async admit(secret: string, cookie: string | undefined): Promise<{ screen: WallScreen; secret: string; maxAge: Ms } | Refusal> {
    const tokenHash = this.hash(secret);
    const own = this.random.id() + this.random.id();
    const found = (await this.directory.screens()).find((one) => one.tokenHash === tokenHash || one.formerTokens.includes(tokenHash));
    if (!found) return refuse('dead-screen-address');
    let admitted = found;
    const written = await this.administration.write({ ...THE_HOUSE, id: found.id, source: 'console' }, async (state) => {
      const screen = await this.#row(found.id);
      const events = screen?.tokenHash === tokenHash ? decideAdmission(state, found.id) : refuse('dead-screen-address');
      if (isRefusal(events)) return events;
      admitted = { ...screen!, cookieHash: this.hash(own), seenAt: this.clock.wall() };
      return { events, changes: [{ change: 'screen-put', screen: admitted }] };
    });
    if (!isRefusal(written)) return { screen: admitted, secret: own, maxAge: COOKIE_LIVES };
    // A full disk must not turn a refusal into an error.
    await this.#noteRefused(found.id, await this.#why(found.id, tokenHash, cookie)).catch(() => {});
    return written;
  }

  /** The screen whose cookie this is. */
  async find(cookie: string): Promise<WallScreen | undefined> {
    const cookieHash = this.hash(cookie);
    let screen = this.#live.get(cookieHash);
    if (!screen) {
      const changes = this.#changes;
      screen = await this.directory.screenByCookie(cookieHash);
      if (!screen) return undefined;
      if (changes !== this.#changes) return this.find(cookie);
      this.#live.set(cookieHash, screen);
    }
    const now = this.clock.wall();
    this.#seen.set(screen.id, now);
    if (screen.seenAt === null || now - screen.seenAt >= SEEN_EVERY) {
      screen.seenAt = now;
      // On a full disk the wall goes on: only the mark of use is lost.
      await this.directory.touchScreen(screen.id, now).catch(() => {});
    }
    return screen;
  }

  /** After a commit of the administration: what is kept of the screens that it changed is read again. */
  heed(events: readonly AdministrationEvent[]): void {
    for (const { type, payload } of events) {
      if (!('screen' in payload) || type === 'screenRefused') continue;
      this.#changes++;
      for (const [hash, { id }] of this.#live) if (id === payload.screen) this.#live.delete(hash);
      this.onChanged(payload.screen);
    }
  }

  async #change(
    actor: Actor, command: { type: 'renew-screen' | 'revoke-screen'; screen: string }, change: (screen: WallScreen) => Partial<WallScreen>,
  ): Promise<WallScreen | Refusal> {
    let changed: WallScreen | undefined;
    const written = await this.administration.write(actor, async (state, now) => {
      const events = decideAdministration(state, command, { rights: actor.rights, now });
      if (isRefusal(events)) return events;
      const screen = await this.#row(command.screen);
      if (!screen) return refuse('unknown-screen');
      changed = { ...screen, ...change(screen) };
      return { events, changes: [{ change: 'screen-put', screen: changed }] };
    });
    return isRefusal(written) ? written : changed!;
  }

  async #row(id: string): Promise<WallScreen | undefined> {
    return (await this.directory.screens()).find((one) => one.id === id);
  }

  async #why(id: string, tokenHash: string, cookie: string | undefined): Promise<ScreenRefusal> {
    if (this.administration.state.screens.get(id)?.state === 'revoked') return 'revoked';
    if ((await this.#row(id))?.tokenHash !== tokenHash) return 'replaced';
    return cookie !== undefined && (await this.find(cookie))?.id === id ? 'twice' : 'elsewhere';
  }

  /** The first is written at once, the others of that minute with the next: no flood fills the disk. */
  async #noteRefused(screen: string, why: ScreenRefusal): Promise<void> {
    const key = `${screen} ${why}`;
    const known = this.#refused.get(key) ?? { refusals: 0, notedAt: -Infinity };
    const now = this.clock.monotonic();
    const refusals = known.refusals + 1;
    const isEarly = now - known.notedAt < MINUTE;
    this.#refused.set(key, isEarly ? { ...known, refusals } : { refusals: 0, notedAt: now });
    if (isEarly) return;
    await this.administration.write(THE_HOUSE, () => ({ events: [{ type: 'screenRefused', payload: { screen, why, refusals } }] }));
  }

  #line({ id, name, seenAt }: WallScreen): ScreenLine {
    const { state, since, refused } = this.administration.state.screens.get(id)!;
    return { id, name, state, since, seenAt: this.#seen.get(id) ?? seenAt, refused: refused ?? null };
  }
}

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { fastifyCookie } from '@fastify/cookie';
import type { FastifyReply } from 'fastify';
import { secondFactorOf } from '../../../application/people/second-factor.js';
import type { LiveSession, Sessions } from '../../../application/people/sessions.js';
import type { Entry } from '../../../application/people/sign-in.js';
import type { Clock, WallScreen } from '../../../application/ports.js';
import type { Me, OwnSession } from '../../../contract/live.js';
import { refuse } from '../../../domain/refusal.js';
import { audienceOf } from '../../../domain/rights.js';
import { SECOND, type Ms } from '../../../domain/time.js';
import type { Origins } from '../live-gateway.js';
import { Refused } from '../refused.js';

/** A browser keeps the mark of a device for as long as browsers keep anything. */
const DEVICE_LIVES_S = 400 * 24 * 3_600;

/** Cookies in and out, and whether a request comes from our own pages. */
export class Door {
  readonly #secure: boolean;
  readonly #session: string;
  readonly #device: string;
  readonly #screen: string;

  constructor(
    private readonly sessions: Sessions,
    private readonly origins: Origins,
    private readonly house: Me['house'],
    private readonly clock: Clock,
    /** The console is reached over TLS. */
    secure: boolean,
  ) {
    this.#secure = secure;
    // With this prefix a browser takes the cookie from us alone: over TLS, for this very host, for every path.
    const prefix = secure ? '__Host-' : '';
    // Cookies know no port: a demonstration beside the console must not sign anybody out of it, nor be sent its session.
    const suffix = house.demonstration ? '-demonstration' : '';
    this.#session = `${prefix}tz-session${suffix}`;
    this.#device = `${prefix}tz-device${suffix}`;
    this.#screen = `${prefix}tz-screen${suffix}`;
  }

  /** Whose session this is, while it lives. */
  async session(headers: IncomingHttpHeaders): Promise<LiveSession | undefined> {
    const secret = this.secret(headers);
    return secret === undefined ? undefined : this.sessions.find(secret);
  }

  secret(headers: IncomingHttpHeaders): string | undefined {
    return this.#cookie(headers, this.#session);
  }

  device(headers: IncomingHttpHeaders): string | undefined {
    return this.#cookie(headers, this.#device);
  }

  screenSecret(headers: IncomingHttpHeaders): string | undefined {
    return this.#cookie(headers, this.#screen);
  }

  /** Whether the request comes from our own pages, as far as the browser says. */
  isOurs(headers: IncomingHttpHeaders): boolean {
    const site = headers['sec-fetch-site'];
    return (site === undefined || site === 'same-origin') && this.origins.ours(headers);
  }

  /** Thrown before anybody is signed in: otherwise another page could sign a person in as somebody else. */
  mustBeOurs(headers: IncomingHttpHeaders): void {
    if (!this.isOurs(headers)) throw new Refused(refuse('forged'));
  }

  /** What the console sends back with each order: derived from the session's secret, which no page can read. */
  csrf(secret: string): string {
    return createHmac('sha256', secret).update('csrf').digest('hex');
  }

  csrfOk(headers: IncomingHttpHeaders): boolean {
    const secret = this.secret(headers);
    const given = headers['x-csrf-token'];
    if (secret === undefined || typeof given !== 'string' || !this.isOurs(headers)) return false;
    const expected = Buffer.from(this.csrf(secret));
    const actual = Buffer.from(given);
    return actual.length === expected.length && timingSafeEqual(actual, expected);
  }

  /** Gives a browser its cookies, and says who has come in. */
  async letIn(reply: FastifyReply, { account, secret, maxAge, device }: Entry): Promise<Me> {
    void reply.header('set-cookie', [this.#set(this.#session, secret, maxAge / SECOND), this.#set(this.#device, device, DEVICE_LIVES_S)]);
    const live = await this.sessions.find(secret);
    if (!live) throw new Error(`${account} came in, and has no session`);
    return this.me(live, secret);
  }

  /** Gives a screen of the wall its cookie. */
  admit(reply: FastifyReply, { screen, secret, maxAge }: { screen: WallScreen; secret: string; maxAge: Ms }): Me {
    void reply.header('set-cookie', this.#set(this.#screen, secret, maxAge / SECOND));
    return { account: screen.id, rights: ['ecran'], audience: 'wall', house: this.house, ...this.screen(screen) };
  }

  screen({ name }: WallScreen): OwnSession {
    return { name, title: 'écran mural', secondFactor: 'not-needed', screen: true, csrf: '', wall: this.clock.wall() };
  }

  /** The mark of the device stays: whoever signs in here next does not wait for those who guess elsewhere. */
  letOut(reply: FastifyReply): void {
    void reply.header('set-cookie', this.#set(this.#session, '', 0));
  }

  me(live: LiveSession, secret: string): Me {
    const { id, rights } = live.account;
    return { account: id, rights: [...rights], audience: audienceOf(rights) ?? null, house: this.house, ...this.person(live, secret) };
  }

  person(live: LiveSession, secret: string): OwnSession {
    const { name, title } = live.account;
    return { name, title, secondFactor: secondFactorOf(live), csrf: this.csrf(secret), wall: this.clock.wall() };
  }

  #set(name: string, value: string, maxAge: number): string {
    return fastifyCookie.serialize(name, value, { path: '/', httpOnly: true, sameSite: 'strict', secure: this.#secure, maxAge });
  }

  #cookie({ cookie }: IncomingHttpHeaders, name: string): string | undefined {
    const value = cookie === undefined ? undefined : fastifyCookie.parse(cookie)[name];
    return value !== undefined && /^[0-9a-f]{64}$/.test(value) ? value : undefined;
  }
}

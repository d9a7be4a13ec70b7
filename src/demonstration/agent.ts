import { randomBytes } from 'node:crypto';
import { TOTP } from 'otpauth';
import type { Accepted, Me, Problem, Snapshot, Texts } from '../contract/live.js';
import type { Invited, SecondFactorPrepared } from '../contract/people.js';
import type { Right } from '../domain/entry.js';

/** The server said no. */
export class Said extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.refused}: ${problem.detail}`);
  }
}

export interface NewAgent {
  login: string;
  name: string;
  title: string;
}

/** Somebody of the story behind their screen: an account like any other, its session and its second factor. */
export class Agent {
  #cookie = '';
  #csrf = '';
  #id = '';

  private constructor(
    private readonly url: string,
    readonly name: string,
  ) {}

  /** The first administrator, through the one-time link of the first start. */
  static async first(url: string, link: string, person: NewAgent): Promise<Agent> {
    const agent = new Agent(url, person.name);
    await agent.#enter('/api/links/first-admin', { ...person, token: secretOf(link), password: password(), rights: ['admin'] satisfies Right[] });
    return agent;
  }

  /** An administrator invites somebody, who chooses a password and sets up a second factor where the rights ask for one. */
  async invite(person: NewAgent & { rights: Right[] }): Promise<Agent> {
    const { link } = await this.post<Invited>('/api/accounts', person);
    const agent = new Agent(this.url, person.name);
    await agent.#enter('/api/links/invitation', { token: secretOf(link), password: password() });
    return agent;
  }

  get id(): string {
    return this.#id;
  }

  get<T>(path: string): Promise<T> {
    return this.#send<T>('GET', path);
  }

  /** With an idempotency key, as the console always sends one. */
  post<T = Accepted>(path: string, body: object): Promise<T> {
    return this.#send<T>('POST', path, body);
  }

  snapshot(activation: string): Promise<Snapshot> {
    return this.get<Snapshot>(`/api/activations/${activation}`);
  }

  async texts(activation: string, digests: readonly string[]): Promise<Texts> {
    return digests.length === 0 ? {} : this.get<Texts>(`/api/activations/${activation}/texts?digests=${digests.slice(0, 100).join()}`);
  }

  async #enter(path: string, body: object): Promise<void> {
    const me = await this.post<Me>(path, body);
    this.#know(me);
    if (me.secondFactor !== 'to-set-up') return;
    const { secret } = await this.post<SecondFactorPrepared>('/api/me/second-factor/prepare', {});
    // By the server's clock, which each answer tells: a telephone's would do as well, a test's has its own.
    await this.post('/api/me/second-factor/confirm', { code: new TOTP({ secret: secret.replace(/\s/g, '') }).generate({ timestamp: me.wall }) });
    this.#know(await this.get<Me>('/api/me'));
  }

  #know({ account, csrf }: Me): void {
    this.#id = account;
    this.#csrf = csrf;
  }

  async #send<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        cookie: this.#cookie, 'x-csrf-token': this.#csrf,
        ...(body ? { 'content-type': 'application/json', 'idempotency-key': randomBytes(16).toString('hex') } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const given = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]!);
    if (given.length > 0) this.#cookie = given.join('; ');
    const answer = (await response.json()) as unknown;
    if (!response.ok) throw new Said(answer as Problem);
    return answer as T;
  }
}

function password(): string {
  return randomBytes(18).toString('base64url');
}

/** A link carries its secret behind the sign. */
function secretOf(link: string): string {
  return new URL(link).hash.slice(1);
}

// Somebody in front of a browser, over real HTTP: keeps cookies, and sends what a browser sends.
import type { Me, Problem } from '../../src/contract/live.js';
import type { Invited } from '../../src/contract/people.js';
import type { Right } from '../../src/domain/entry.js';
import type { HandClock } from './hand-clock.js';
import { codeAt, PASSWORD, secretOf } from './office.js';
import type { World } from './world.js';

export interface Answer<T = unknown> {
  status: number;
  body: T;
  problem: Problem;
  headers: Headers;
}

export class Visitor {
  readonly cookies = new Map<string, string>();
  me: Me | undefined;

  constructor(readonly url: string) {}

  async ask<T = unknown>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...this.#sent(),
        ...(method === 'GET' ? {} : { origin: this.url, 'sec-fetch-site': 'same-origin' }),
        ...(this.me && method !== 'GET' ? { 'x-csrf-token': this.me.csrf } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
      if (value === '') this.cookies.delete(name!);
      else this.cookies.set(name!, value!);
    }
    const text = await response.text();
    const answered = text !== '' && /[/+]json\b/.test(response.headers.get('content-type') ?? '') ? (JSON.parse(text) as unknown) : text;
    if (response.ok && typeof answered === 'object' && answered && 'csrf' in answered) this.me = answered as Me;
    return { status: response.status, body: answered as T, problem: answered as Problem, headers: response.headers };
  }

  #sent(): Record<string, string> {
    return this.cookies.size > 0 ? { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') } : {};
  }

  async download(path: string): Promise<Buffer> {
    return Buffer.from(await (await fetch(this.url + path, { headers: this.#sent() })).arrayBuffer());
  }

  get<T = unknown>(path: string): Promise<Answer<T>> {
    return this.ask<T>('GET', path);
  }

  /** Throws when it is refused: a test that expects a refusal asks `ask`. */
  async post<T = unknown>(path: string, body: unknown = {}): Promise<T> {
    const answer = await this.ask<T>('POST', path, body);
    if (answer.status >= 400) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** Sets a second factor up in this session, and knows it. */
  async setUpSecondFactor(clock: HandClock): Promise<{ secret: string; recoveryCodes: string[] }> {
    const { secret } = await this.post<{ secret: string }>('/api/me/second-factor/prepare');
    const { recoveryCodes } = await this.post<{ recoveryCodes: string[] }>('/api/me/second-factor/confirm', { code: codeAt(secret, clock.wall()) });
    await this.get('/api/me');
    return { secret, recoveryCodes };
  }
}

/** The first administrator, who came in by the one-time link; second factor given. */
export async function firstVisitor({ url, running, clock }: World): Promise<Visitor> {
  const visitor = new Visitor(url);
  const link = await running.wired.office.links.issueFirstAdminLink();
  await visitor.post('/api/links/first-admin', {
    token: secretOf(link!), login: 'anne.delorme', name: 'Anne Delorme', title: 'directrice de cabinet', password: PASSWORD, rights: [],
  });
  await visitor.setUpSecondFactor(clock);
  return visitor;
}

/** Somebody with these rights, whom the administrator invited; second factor given where it is asked. */
export async function invitedBy(admin: Visitor, world: World, login: string, rights: readonly Right[]): Promise<Visitor> {
  const { link } = await admin.post<Invited>('/api/accounts', { login, name: `Nom de ${login}`, title: 'agent', rights });
  const visitor = new Visitor(world.url);
  await visitor.post('/api/links/invitation', { token: secretOf(link), password: PASSWORD });
  if (visitor.me?.secondFactor === 'to-set-up') await visitor.setUpSecondFactor(world.clock);
  return visitor;
}

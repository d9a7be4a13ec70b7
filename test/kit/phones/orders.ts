// What is asked of the provider: calls and texts ordered, listed, read, cancelled; with whatever disorder the test wants.
import type { Ms } from '../../../src/domain/time.js';
import type { OpenAccount, PhoneCall, PhoneText } from './accounts.js';
import type { Exchange } from './exchange.js';
import type { ExpectedText, Handset } from './people.js';
import { callJson, opens, page, refusal, textJson, unknownField, type Asked, type Reply } from './rest.js';
import type { Texts } from './texts.js';

/** What comes of one order: nothing special, refused for a while, or accepted without its being told. */
export type Disorder = 'none' | { throttledForSeconds: number | undefined } | { refused: number; status?: number } | 'error' | 'error-after-accepting' | 'silence-after-accepting' | 'cut-after-accepting';

export interface OrdersNeeds {
  now: () => Ms;
  surprise: (what: string) => void;
  nextSid: (prefix: 'CA' | 'SM') => string;
  calls: PhoneCall[];
  texts: PhoneText[];
  exchange: Exchange;
  messages: Texts;
  account: (sid: string) => OpenAccount | undefined;
  expectedCall: (number: string) => { handset: Handset; refusal?: number | undefined };
  expectedText: (number: string) => ExpectedText | undefined;
  knows: (number: string) => boolean;
}

const CALL_FIELDS = ['To', 'From', 'Url', 'Method', 'StatusCallback', 'StatusCallbackMethod', 'StatusCallbackEvent', 'Timeout', 'TimeLimit'];
const CALL_FILTERS = ['To', 'From', 'Status', 'StartTime>', 'PageSize', 'Page'];
const TEXT_FIELDS = ['To', 'From', 'MessagingServiceSid', 'Body', 'StatusCallback', 'ValidityPeriod'];
const TEXT_FILTERS = ['To', 'From', 'DateSent>', 'PageSize', 'Page'];
const E164 = /^\+[1-9]\d{6,14}$/;
const SECOND = 1_000;

export class Orders {
  readonly next: Disorder[] = [];

  constructor(private readonly given: OrdersNeeds) {}

  answer(asked: Asked): Reply | 'silence' | 'cut' {
    const path = /^\/2010-04-01\/Accounts\/(AC\w+)\/(Calls|Messages)(?:\/((?:CA|SM)\w+))?\.json$/.exec(asked.path);
    if (!path) return this.#strange(`${asked.method} ${asked.path} is no path of the provider's`);
    const [, accountSid, what, sid] = path;
    const account = this.given.account(accountSid!);
    if (!account || !opens(account, asked.authorization)) return refusal(401, 20003);
    const key = `${asked.method} ${what}${sid === undefined ? '' : '/one'}`;
    switch (key) {
      case 'POST Calls': return this.#ordered(asked, CALL_FIELDS, () => this.#order(account, asked.form));
      case 'POST Messages': return this.#ordered(asked, TEXT_FIELDS, () => this.#send(account, asked.form));
      case 'GET Calls': return this.#listed(asked, CALL_FILTERS, account, 'calls');
      case 'GET Messages': return this.#listed(asked, TEXT_FILTERS, account, 'messages');
      case 'GET Calls/one': return this.#one(account, sid!, (call) => ({ status: 200, body: callJson(call) }));
      case 'POST Calls/one': return this.#one(account, sid!, (call) => this.#update(call, asked.form));
      default: return this.#strange(`${key} is not spoken here`);
    }
  }

  #ordered(asked: Asked, known: readonly string[], accept: () => Reply): Reply | 'silence' | 'cut' {
    const unknown = unknownField(asked.form, known);
    if (unknown !== undefined) return this.#strange(`an order with ${unknown}, which this network does not know`);
    const disorder = this.next.shift() ?? 'none';
    if (disorder === 'none') return accept();
    if (disorder === 'error') return refusal(500, 20500);
    if (typeof disorder === 'object') {
      if ('refused' in disorder) return refusal(disorder.status ?? 400, disorder.refused);
      return refusal(429, 20429, disorder.throttledForSeconds === undefined ? {} : { 'retry-after': String(disorder.throttledForSeconds) });
    }
    accept();
    return disorder === 'error-after-accepting' ? refusal(500, 20500) : disorder === 'cut-after-accepting' ? 'cut' : 'silence';
  }

  #order(account: OpenAccount, form: URLSearchParams): Reply {
    const field = (name: string) => form.get(name) ?? '';
    const to = field('To');
    if (!E164.test(to)) return refusal(400, 21211);
    if (field('From') !== account.number) return refusal(400, 21212);
    if (!/^https?:\/\//.test(field('Url'))) return refusal(400, 21205);
    const { handset, refusal: code } = this.given.expectedCall(to);
    if (code !== undefined) return refusal(400, code);
    const call: PhoneCall = {
      sid: this.given.nextSid('CA'), account, direction: 'outbound-api', to, from: account.number, url: field('Url'), statusCallback: form.get('StatusCallback') ?? undefined,
      events: form.getAll('StatusCallbackEvent'), timeoutMs: Number(form.get('Timeout') ?? 60) * SECOND, limitMs: Number(form.get('TimeLimit') ?? 14_400) * SECOND,
      status: 'queued', handset, sequence: 0, createdAt: this.given.now(), heard: [], pressed: [],
    };
    this.given.calls.push(call);
    this.given.exchange.queue(call);
    return { status: 201, body: callJson(call) };
  }

  #send(account: OpenAccount, form: URLSearchParams): Reply {
    const to = form.get('To') ?? '';
    const from = form.get('From') ?? form.get('MessagingServiceSid') ?? '';
    if (!E164.test(to)) return refusal(400, 21211);
    if (from !== account.number && from !== account.sender) return refusal(400, 21606);
    if (account.stopped.has(to)) return refusal(400, 21610);
    const expected = this.given.expectedText(to);
    if (expected === undefined && !this.given.knows(to)) this.given.surprise(`nobody expected a text to ${to}`);
    if (expected?.refusal !== undefined) return refusal(400, expected.refusal);
    const text: PhoneText = {
      sid: this.given.nextSid('SM'), account, direction: 'outbound-api', to, from, body: form.get('Body') ?? '', statusCallback: form.get('StatusCallback') ?? undefined,
      validForSeconds: form.has('ValidityPeriod') ? Number(form.get('ValidityPeriod')) : undefined, status: 'queued', createdAt: this.given.now(),
    };
    this.given.texts.push(text);
    this.given.messages.deliver(text, expected);
    return { status: 201, body: textJson(text) };
  }

  #listed(asked: Asked, known: readonly string[], account: OpenAccount, what: 'calls' | 'messages'): Reply {
    const unknown = unknownField(asked.query, known);
    if (unknown !== undefined) return this.#strange(`a list by ${unknown}, which this network does not know`);
    const all: (PhoneCall | PhoneText)[] = what === 'calls' ? this.given.calls : this.given.texts;
    const is = (name: string, value: string) => !asked.query.has(name) || asked.query.get(name) === value;
    // Of the second, as their clocks say; what has not begun has no instant, and is in no list by instant.
    const since = (name: string, at: Ms | undefined) => !asked.query.has(name) || (at !== undefined && Math.floor(at / SECOND) * SECOND >= Date.parse(asked.query.get(name)!));
    const found = all.filter((one) => one.account === account && is('To', one.to) && is('From', one.from) && is('Status', one.status)
      && ('heard' in one ? since('StartTime>', one.startedAt) : since('DateSent>', one.sentAt)));
    return page(account, what, found.reverse().map((one) => ('heard' in one ? callJson(one) : textJson(one))), asked.query);
  }

  #one(account: OpenAccount, sid: string, then: (call: PhoneCall) => Reply): Reply {
    const call = this.given.calls.find((one) => one.sid === sid && one.account === account);
    return call ? then(call) : refusal(404, 20404);
  }

  #update(call: PhoneCall, form: URLSearchParams): Reply {
    const unknown = unknownField(form, ['Status']);
    if (unknown !== undefined || form.get('Status') !== 'canceled') return this.#strange(`an update of a call with ${form.toString()}`);
    return this.given.exchange.cancel(call) ? { status: 200, body: callJson(call) } : refusal(400, 21220);
  }

  #strange(what: string): Reply {
    this.given.surprise(what);
    return refusal(404, 20404);
  }
}

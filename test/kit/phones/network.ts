// The telephone network: an HTTP server that speaks Twilio's paths, people at the other end, and a journal of everything.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Behaviour } from '../../../src/domain/exercise/behaviour.js';
import { MINUTE, type Ms } from '../../../src/domain/time.js';
import type { HandClock } from '../hand-clock.js';
import type { OpenAccount, PhoneAccount, PhoneCall, PhoneText } from './accounts.js';
import { Callbacks, type Sent } from './callbacks.js';
import { Exchange } from './exchange.js';
import { Orders, type Disorder } from './orders.js';
import { ExpectedCall, ExpectedText, handsetOf, type Handset } from './people.js';
import { asked, refusal, type Asked, type Reply } from './rest.js';
import { Texts } from './texts.js';
import { Timetable } from './timetable.js';

export interface Journalled extends Asked {
  at: Ms;
  /** Undefined: no answer was given. */
  status: number | undefined;
}

/** Nobody picks up whom nobody expected to be called. */
const NOBODY = handsetOf({ kind: 'no-answer' });

export class PhoneNetwork {
  /** Each request to it, and each of its own. */
  readonly requests: Journalled[] = [];
  readonly calls: PhoneCall[] = [];
  readonly texts: PhoneText[] = [];
  readonly callbacks: Callbacks;
  readonly timetable: Timetable;
  readonly #surprises: string[] = [];
  readonly #accounts = new Map<string, OpenAccount>();
  readonly #people = new Map<string, PhonePerson>();
  readonly #exchange: Exchange;
  readonly #texts: Texts;
  readonly #orders: Orders;
  readonly #server: Server;
  readonly #began: { wall: Ms; monotonic: Ms };
  #population: (number: string) => Behaviour | undefined = () => undefined;
  #port = 0;
  #sids = 0;
  #out: 'refused' | 'errors' | 'silent' | undefined;

  private constructor(private readonly clock: HandClock) {
    this.#began = { wall: clock.wall(), monotonic: clock.monotonic() };
    this.timetable = new Timetable(this.now);
    this.callbacks = new Callbacks(this.timetable, this.now, this.#surprise);
    const { timetable, callbacks, now } = this;
    this.#exchange = new Exchange({ timetable, callbacks, now, surprise: this.#surprise });
    this.#texts = new Texts({ timetable, callbacks, now, surprise: this.#surprise, nextSid: this.#nextSid, kept: this.texts });
    this.#orders = new Orders({
      now, surprise: this.#surprise, nextSid: this.#nextSid, calls: this.calls, texts: this.texts, exchange: this.#exchange, messages: this.#texts,
      account: (sid) => this.#accounts.get(sid), expectedCall: this.#expectedCall, expectedText: (number) => this.#people.get(number)?.nextText(),
      knows: (number) => this.#people.has(number) || this.#population(number) !== undefined,
    });
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  static async start(clock: HandClock, ...accounts: PhoneAccount[]): Promise<PhoneNetwork> {
    const network = new PhoneNetwork(clock);
    for (const one of accounts) network.#accounts.set(one.sid, { ...one, nextDialAt: 0, busyLines: 0, revoked: false, stopped: new Set() });
    await network.#listen();
    return network;
  }

  /** Its own clock, which no step of ours moves. */
  readonly now = (): Ms => this.#began.wall + this.clock.monotonic() - this.#began.monotonic;

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** The public address is a reverse proxy's, which leads to us. */
  leads(publicUrl: string, to: string): void {
    this.callbacks.leadsTo = (url) => (url.startsWith(publicUrl) ? to + url.slice(publicUrl.length) : url);
  }

  person(number: string): PhonePerson {
    const known = this.#people.get(number);
    if (known) return known;
    const person = new PhonePerson(number, this.#texts, this.#named, (scripted, account) => this.#callBack(number, scripted, account));
    this.#people.set(number, person);
    return person;
  }

  /** What each number does whom no test has spoken of; undefined: to call it is a surprise. */
  population(behaves: (number: string) => Behaviour | undefined): void {
    this.#population = behaves;
  }

  /** What comes of the next orders of a call or a text, one each. */
  meets(...disorders: Disorder[]): void {
    this.#orders.next.push(...disorders);
  }

  /** `refused`: nobody listens; `errors`: 503 to everything; `silent`: no answer to anything, and nothing is accepted. */
  async outage(minutes: number, how: 'refused' | 'errors' | 'silent' = 'refused'): Promise<void> {
    this.#out = how;
    if (how === 'refused') await this.#close();
    this.timetable.in(minutes * MINUTE, async () => {
      if (this.#out === 'refused') await this.#listen();
      this.#out = undefined;
    });
  }

  revoke(account: string, revoked = true): void {
    this.#named(account).revoked = revoked;
  }

  /** Time passes for everybody; at each beat, if any, the house does what is due. */
  async pass(ms: Ms, beat: () => Promise<unknown> = async () => {}, everyMs: Ms = 1_000): Promise<void> {
    const end = this.now() + ms;
    let nextBeat = this.now() + everyMs;
    await this.timetable.catchUp();
    while (this.now() < end) {
      this.clock.pass(Math.max(0, Math.min(this.timetable.next ?? Infinity, nextBeat, end) - this.now()));
      await this.timetable.catchUp();
      if (this.now() < nextBeat) continue;
      nextBeat += everyMs;
      await beat();
      await this.timetable.catchUp();
    }
  }

  /** Throws all that nobody expected, and all that was expected and did not come. */
  verify(): void {
    const missing = [...this.#people.values()].flatMap((person) => person.missing);
    const all = [...this.#surprises, ...missing];
    if (all.length > 0) throw new Error(`the telephone network was surprised:\n${all.map((one) => `  - ${one}`).join('\n')}`);
  }

  /** For a test that means to surprise it: what it was, and it is forgotten. */
  takeSurprises(): string[] {
    return this.#surprises.splice(0);
  }

  async stop(): Promise<void> {
    if (this.#server.listening) await this.#close();
  }

  replay(sent: Sent): Promise<Sent> {
    return this.callbacks.replay(sent);
  }

  readonly #surprise = (what: string): void => {
    this.#surprises.push(what);
  };

  readonly #nextSid = (prefix: 'CA' | 'SM'): string => prefix + (++this.#sids).toString(16).padStart(32, '0');

  readonly #expectedCall = (number: string): { handset: Handset; refusal?: number | undefined } => {
    const expected = this.#people.get(number)?.nextCall();
    if (expected instanceof ExpectedCall) return { handset: expected.handset(), refusal: expected.refusal };
    const behaviour = expected ?? this.#population(number);
    if (behaviour) return { handset: handsetOf(behaviour) };
    this.#surprise(`nobody expected a call to ${number}`);
    return { handset: NOBODY };
  };

  async #callBack(number: string, scripted: ExpectedCall, name: string | undefined): Promise<PhoneCall> {
    const account = this.#named(name);
    if (account.incoming === undefined) throw new Error(`${account.name} leads no call anywhere`);
    const call: PhoneCall = {
      sid: this.#nextSid('CA'), account, direction: 'inbound', to: account.number, from: number, url: account.incoming, statusCallback: undefined, events: [], timeoutMs: MINUTE, limitMs: 60 * MINUTE,
      status: 'queued', handset: scripted.handset(), sequence: 0, createdAt: this.now(), heard: [], pressed: [],
    };
    this.calls.push(call);
    await this.#exchange.incoming(call);
    return call;
  }

  readonly #named = (name: string | undefined): OpenAccount => {
    const account = [...this.#accounts.values()].find((one) => name === undefined || one.name === name);
    if (!account) throw new Error(`no account is called ${name}`);
    return account;
  };

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const what = await asked(request);
    const journalled: Journalled = { ...what, at: this.now(), status: undefined };
    this.requests.push(journalled);
    const reply = this.#out === 'silent' ? 'silence' : this.#out === 'errors' ? refusal(503, 20503) : this.#orders.answer(what);
    if (reply === 'silence') return;
    if (reply === 'cut') return void request.socket.destroy();
    journalled.status = reply.status;
    send(response, reply);
  }

  async #listen(): Promise<void> {
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as { port: number }).port;
  }

  async #close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

/** Somebody with a telephone. */
export class PhonePerson {
  readonly #calls: ExpectedCall[] = [];
  readonly #texts: ExpectedText[] = [];
  #always: Behaviour | undefined;

  constructor(
    readonly number: string,
    private readonly messages: Texts,
    /** Without a name, the first. */
    private readonly account: (name: string | undefined) => OpenAccount,
    private readonly callBack: (scripted: ExpectedCall, account: string | undefined) => Promise<PhoneCall>,
  ) {}

  /** One after the other: calls for themselves, texts for themselves. */
  expects(...expected: (ExpectedCall | ExpectedText)[]): this {
    for (const one of expected) (one instanceof ExpectedCall ? this.#calls : this.#texts as (ExpectedCall | ExpectedText)[]).push(one);
    return this;
  }

  /** Beyond what is expected of them, they always do this. */
  always(behaviour: Behaviour): this {
    this.#always = behaviour;
    return this;
  }

  /** Every text that reached them, and every answer to theirs. */
  get received(): readonly string[] {
    return this.messages.receivedBy(this.number);
  }

  /** Writes to the account's number; gives what is answered by the same way. */
  writes(text: string, account?: string): Promise<string | undefined> {
    return this.messages.write(this.number, text, this.account(account));
  }

  /** Calls the number back, and does what the sentence says; the call goes on as time passes. */
  callsBack(scripted: ExpectedCall, account?: string): Promise<PhoneCall> {
    return this.callBack(scripted, account);
  }

  nextCall(): ExpectedCall | Behaviour | undefined {
    return this.#calls.shift() ?? this.#always;
  }

  nextText(): ExpectedText | undefined {
    return this.#texts.shift();
  }

  get missing(): string[] {
    return [...this.#calls, ...this.#texts].map(({ description }) => `${this.number} expected ${description}, which never came`);
  }
}

function send(response: ServerResponse, { status, body, headers = {} }: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'twilio-request-id': 'RQ00000000000000000000000000000000', ...headers }).end(JSON.stringify(body));
}

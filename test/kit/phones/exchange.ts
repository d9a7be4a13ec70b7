import type { Ms } from '../../../src/domain/time.js';
import type { PhoneCall } from './accounts.js';
import type { Callbacks, Form } from './callbacks.js';
import type { Timetable } from './timetable.js';
import { readTwiml, type Verb } from './twiml.js';

const CHARACTERS_PER_SECOND = 15;
const LEAST_SPOKEN_MS = 500;
/** Until a network says that a number is busy, or none. */
const BUSY_MS = 2_000;
const INVALID_MS = 1_000;
const OVER = new Set(['completed', 'busy', 'no-answer', 'failed', 'canceled']);

/** What a document says to do, and the instant at which its question has been asked. */
type Act = Verb | { verb: 'asked' };

interface Gathering {
  keys: string;
  digits: number;
  finish: string;
  seconds: number;
  action: string;
  /** What is said again, or after it, when no key comes. */
  rest: Act[];
}

export interface ExchangeNeeds {
  timetable: Timetable;
  callbacks: Callbacks;
  now: () => Ms;
  surprise: (what: string) => void;
}

/** Calls: in a queue at the account's pace, rung, answered, and led by the TwiML that they are given. */
export class Exchange {
  readonly #gathering = new Map<PhoneCall, Gathering>();
  /** What is being said was cut off by a key: what was planned for it no longer holds. */
  readonly #turn = new Map<PhoneCall, number>();
  /** A finger is on its way to a key. */
  readonly #reaching = new Set<PhoneCall>();

  constructor(private readonly given: ExchangeNeeds) {}

  /** Accepted: it waits for its turn at the account's pace. */
  queue(call: PhoneCall): void {
    const { account } = call;
    const now = this.given.now();
    const at = Math.max(now, account.nextDialAt);
    account.nextDialAt = at + 1_000 / (account.callsPerSecond ?? 1);
    this.given.timetable.in(at - now, () => this.#dial(call));
  }

  /** Somebody calls the account's number. */
  async incoming(call: PhoneCall): Promise<void> {
    const now = this.given.now();
    Object.assign(call, { status: 'in-progress', startedAt: now, answeredAt: now });
    await this.#connect(call, 'incoming');
  }

  /** False: it is over, or answered. */
  cancel(call: PhoneCall): boolean {
    if (call.status !== 'queued' && call.status !== 'ringing') return false;
    // The word that it is over goes out by itself, after the answer.
    const rang = call.status === 'ringing';
    this.#over(call, 'canceled', rang);
    this.given.timetable.in(0, () => this.#tell(call, 'completed'));
    return true;
  }

  isOver(call: PhoneCall): boolean {
    return OVER.has(call.status);
  }

  async #dial(call: PhoneCall): Promise<void> {
    if (call.status !== 'queued') return;
    const { account, handset: { pickup } } = call;
    call.startedAt = this.given.now();
    if (account.busyLines >= (account.concurrent ?? Infinity)) return this.#end(call, 'failed', { errorCode: 10004 }, false);
    account.busyLines++;
    call.status = 'ringing';
    const after = (ms: Ms, happen: () => unknown) => this.given.timetable.in(ms, () => (call.status === 'ringing' ? happen() : undefined));
    if (pickup.does === 'busy') after(BUSY_MS, () => this.#end(call, 'busy'));
    else if (pickup.does === 'invalid') after(INVALID_MS, () => this.#end(call, 'failed', { sip: 404 }));
    else if (pickup.does === 'answers' && pickup.afterMs < call.timeoutMs) after(pickup.afterMs, () => this.#answer(call));
    else after(call.timeoutMs, () => this.#end(call, 'no-answer'));
    if (pickup.does !== 'invalid') await this.#tell(call, 'ringing');
  }

  async #answer(call: PhoneCall): Promise<void> {
    call.status = 'in-progress';
    call.answeredAt = this.given.now();
    const { hangsUpAfterMs, hangsUpIntoMs } = call.handset;
    const rung = call.answeredAt - call.startedAt!;
    const hangUp = hangsUpIntoMs ?? (hangsUpAfterMs === undefined ? undefined : Math.max(0, hangsUpAfterMs - rung));
    if (hangUp !== undefined) this.given.timetable.in(hangUp, () => this.#hangUp(call));
    this.given.timetable.in(call.limitMs, () => this.#hangUp(call));
    await this.#tell(call, 'answered');
    await this.#connect(call, 'voice');
  }

  async #connect(call: PhoneCall, what: 'voice' | 'incoming'): Promise<void> {
    await this.#follow(call, what, call.url, {});
  }

  /** Asks what to do, and does it. */
  async #follow(call: PhoneCall, what: 'voice' | 'keys' | 'incoming', url: string, more: Form): Promise<void> {
    const { status, answer, contentType } = await this.given.callbacks.ask(call.account, what, url, { ...this.#form(call), ...more });
    if (call.status !== 'in-progress') return;
    try {
      if (status !== 200) throw new Error(`answered ${status}`);
      if (!/^(text|application)\/xml/.test(contentType)) throw new Error(`of type « ${contentType} » (12300)`);
      const verbs = readTwiml(answer);
      const turn = this.#newTurn(call);
      await this.#play(call, verbs, turn);
    } catch (error) {
      this.given.surprise(`${what} of the call to ${call.to}: ${(error as Error).message}`);
      await this.#hangUp(call);
    }
  }

  async #play(call: PhoneCall, [verb, ...rest]: Act[], turn: number): Promise<void> {
    if (call.status !== 'in-progress' || this.#turn.get(call) !== turn) return;
    const then = (ms: Ms, next: () => unknown) => this.given.timetable.in(ms, () => (this.#turn.get(call) === turn && call.status === 'in-progress' ? next() : undefined));
    if (!verb) return this.#hangUp(call);
    switch (verb.verb) {
      case 'say':
        if (verb.language !== 'fr-FR') this.given.surprise(`« ${verb.text.slice(0, 40)} » is said in ${verb.language ?? 'English'}`);
        return then(Math.max(LEAST_SPOKEN_MS, (verb.text.length * 1_000) / CHARACTERS_PER_SECOND), () => {
          call.heard.push(verb.text);
          call.handset.hears(verb.text);
          return this.#play(call, rest, turn);
        });
      case 'pause': return then(verb.seconds * 1_000, () => this.#play(call, rest, turn));
      case 'gather': {
        const action = verb.action ?? call.url;
        this.#gathering.set(call, { keys: '', digits: verb.digits, finish: verb.finish, seconds: verb.seconds, action, rest });
        return this.#play(call, [...verb.prompt, { verb: 'asked' }], turn);
      }
      case 'redirect': return this.#follow(call, 'voice', verb.url, {});
      case 'hangup': return this.#hangUp(call);
      case 'message': throw new Error('a Message in a call');
      case 'asked': return this.#asked(call, turn);
    }
  }

  /** The voice has finished asking: a key may come, and silence ends it. */
  #asked(call: PhoneCall, turn: number): void {
    const press = this.#reaching.has(call) ? undefined : call.handset.asked();
    if (press) this.#reaching.add(call);
    if (press) this.given.timetable.in(press.afterMs, () => this.#press(call, press.key));
    this.#awaitKeys(call, turn);
  }

  #awaitKeys(call: PhoneCall, turn: number): void {
    const gathering = this.#gathering.get(call)!;
    this.given.timetable.in(gathering.seconds * 1_000, async () => {
      if (this.#turn.get(call) !== turn || call.status !== 'in-progress') return;
      this.#gathering.delete(call);
      if (gathering.keys !== '') return this.#follow(call, 'keys', gathering.action, { Digits: gathering.keys });
      await this.#play(call, gathering.rest, turn);
    });
  }

  /** Also while the voice speaks: it falls silent. Several keys may be pressed in one go. */
  async #press(call: PhoneCall, keys: string): Promise<void> {
    this.#reaching.delete(call);
    if (call.status !== 'in-progress') return call.handset.pressed(keys, false);
    const gathering = this.#gathering.get(call);
    call.pressed.push({ key: keys, at: this.given.now(), taken: gathering !== undefined });
    call.handset.pressed(keys, gathering !== undefined);
    if (!gathering) return;
    for (const key of keys) {
      const ends = gathering.finish.includes(key);
      if (!ends) gathering.keys += key;
      if (!ends && gathering.keys.length < gathering.digits) continue;
      this.#newTurn(call);
      this.#gathering.delete(call);
      return this.#follow(call, 'keys', gathering.action, { Digits: gathering.keys });
    }
    this.#awaitKeys(call, this.#newTurn(call));
  }

  async #hangUp(call: PhoneCall): Promise<void> {
    if (call.status === 'in-progress') await this.#end(call, 'completed');
  }

  async #end(call: PhoneCall, status: PhoneCall['status'], why: Pick<PhoneCall, 'errorCode' | 'sip'> = {}, hadLine = true): Promise<void> {
    Object.assign(call, why);
    this.#over(call, status, hadLine);
    await this.#tell(call, 'completed');
  }

  #over(call: PhoneCall, status: PhoneCall['status'], hadLine: boolean): void {
    call.status = status;
    call.endedAt = this.given.now();
    if (hadLine && call.direction !== 'inbound') call.account.busyLines--;
    this.#gathering.delete(call);
    this.#turn.delete(call);
    for (const fault of status === 'canceled' ? [] : call.handset.ended()) this.given.surprise(`call to ${call.to}: ${fault}`);
  }

  #newTurn(call: PhoneCall): number {
    const turn = (this.#turn.get(call) ?? 0) + 1;
    this.#turn.set(call, turn);
    return turn;
  }

  async #tell(call: PhoneCall, event: 'ringing' | 'answered' | 'completed'): Promise<void> {
    if (call.statusCallback === undefined || !call.events.includes(event)) return;
    const seconds = String(Math.round(((call.endedAt ?? 0) - (call.answeredAt ?? call.endedAt ?? 0)) / 1_000));
    await this.given.callbacks.tell(call.account, 'status', call.statusCallback, {
      ...this.#form(call), CallbackSource: 'call-progress-events', SequenceNumber: String(call.sequence++), Timestamp: new Date(this.given.now()).toUTCString(),
      ...(event === 'completed' ? { CallDuration: seconds, Duration: String(Math.ceil(Number(seconds) / 60)) } : {}),
      ...(call.errorCode === undefined ? {} : { ErrorCode: String(call.errorCode) }), ...(call.sip === undefined ? {} : { SipResponseCode: String(call.sip) }),
    });
  }

  #form({ sid, account, from, to, status, direction }: PhoneCall): Form {
    return { AccountSid: account.sid, ApiVersion: '2010-04-01', CallSid: sid, CallStatus: status, Called: to, Caller: from, Direction: direction, From: from, To: to, ToCountry: 'FR' };
  }
}

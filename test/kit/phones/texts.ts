import type { Ms } from '../../../src/domain/time.js';
import type { OpenAccount, PhoneText } from './accounts.js';
import type { Callbacks, Form } from './callbacks.js';
import type { ExpectedText } from './people.js';
import type { Timetable } from './timetable.js';
import { readTwiml } from './twiml.js';

const SENT_MS = 1_000;
const ARRIVES_MS = 2_000;
/** What Twilio itself takes as a refusal of further texts. */
const STOP = /^\s*(stop|stopall|unsubscribe|cancel|end|quit|arret|arrêt)\s*$/i;

export interface TextsNeeds {
  timetable: Timetable;
  callbacks: Callbacks;
  now: () => Ms;
  surprise: (what: string) => void;
  nextSid: (prefix: 'SM') => string;
  kept: PhoneText[];
}

/** Texts on their way, and what is written back. */
export class Texts {
  readonly #received = new Map<string, string[]>();

  constructor(private readonly given: TextsNeeds) {}

  receivedBy(number: string): readonly string[] {
    return this.#received.get(number) ?? [];
  }

  /** Accepted: it leaves, arrives or not, and is answered as was said. */
  deliver(text: PhoneText, expected: ExpectedText | undefined): void {
    for (const fault of expected?.faults(text.body) ?? []) this.given.surprise(`text to ${text.to}: ${fault}`);
    const delivery = expected?.delivery ?? { does: 'delivered' };
    this.given.timetable.in(SENT_MS, async () => {
      Object.assign(text, { status: 'sent', sentAt: this.given.now() });
      await this.#tell(text);
    });
    if (delivery.does !== 'lost') {
      this.given.timetable.in(SENT_MS + ARRIVES_MS, async () => {
        text.status = delivery.does;
        if (delivery.does === 'undelivered') text.errorCode = delivery.code;
        else this.#arrive(text.to, text.body);
        await this.#tell(text);
      });
    }
    const { reply } = expected ?? {};
    if (reply) this.given.timetable.in(SENT_MS + ARRIVES_MS + reply.afterMs, () => this.write(text.to, reply.text, text.account));
  }

  /** Somebody writes to the account's number; gives what is answered. */
  async write(from: string, body: string, account: OpenAccount): Promise<string | undefined> {
    if (account.sender !== undefined && !/^\+?\d+$/.test(account.sender)) return void this.given.surprise(`${from} cannot answer « ${account.sender} », a name`);
    if (account.sms === undefined) return void this.given.surprise(`what is written to ${account.name} leads nowhere`);
    if (STOP.test(body)) account.stopped.add(from);
    const text: PhoneText = {
      sid: this.given.nextSid('SM'), account, direction: 'inbound', to: account.number, from, body, statusCallback: undefined, validForSeconds: undefined, status: 'received', createdAt: this.given.now(),
    };
    this.given.kept.push(text);
    const { status, answer, contentType } = await this.given.callbacks.ask(account, 'sms', account.sms, {
      ...this.#form(text), Body: body, SmsStatus: 'received', NumMedia: '0', NumSegments: '1', FromCountry: 'FR', ToCountry: 'FR',
    });
    try {
      if (status !== 200 || !/^(text|application)\/xml/.test(contentType)) throw new Error(`answered ${status}, « ${contentType} »`);
      const said = readTwiml(answer).map((verb) => {
        if (verb.verb !== 'message') throw new Error(`a ${verb.verb} for an answer`);
        this.#arrive(from, verb.text);
        return verb.text;
      });
      return said[0];
    } catch (error) {
      return void this.given.surprise(`text of ${from}: ${(error as Error).message}`);
    }
  }

  #arrive(number: string, body: string): void {
    this.#received.set(number, [...this.receivedBy(number), body]);
  }

  async #tell(text: PhoneText): Promise<void> {
    if (text.statusCallback === undefined) return;
    await this.given.callbacks.tell(text.account, 'status', text.statusCallback, {
      ...this.#form(text), MessageStatus: text.status, SmsStatus: text.status, ...(text.errorCode === undefined ? {} : { ErrorCode: String(text.errorCode) }),
    });
  }

  #form({ sid, account, from, to }: PhoneText): Form {
    return { AccountSid: account.sid, ApiVersion: '2010-04-01', From: from, MessageSid: sid, SmsSid: sid, To: to };
  }
}

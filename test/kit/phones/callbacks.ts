import { createHmac } from 'node:crypto';
import type { Ms } from '../../../src/domain/time.js';
import type { OpenAccount } from './accounts.js';
import type { Timetable } from './timetable.js';

export type Form = Record<string, string>;

/** A request of ours to whom the account serves, and what came of it. */
export interface Sent {
  at: Ms;
  what: 'voice' | 'keys' | 'status' | 'incoming' | 'sms';
  url: string;
  form: Form;
  signature: string;
  status: number;
  answer: string;
  contentType: string;
}

/** After which delays a callback arrives: none, it is lost; several, it comes as often. */
export type Deliveries = (callback: { what: Sent['what']; form: Form; nth: number }) => readonly Ms[];

/** Twilio hangs up on whoever takes longer. Real time: nobody comes near it. */
const PATIENCE_MS = 15_000;

/** Everything that the network asks and tells, signed, over real HTTP. */
export class Callbacks {
  readonly sent: Sent[] = [];
  delivers: Deliveries = () => [0];
  /** The public address leads here, as through a reverse proxy: what is signed is the public one. */
  leadsTo: (url: string) => string = (url) => url;
  #nth = 0;

  constructor(
    private readonly timetable: Timetable,
    private readonly now: () => Ms,
    private readonly surprise: (what: string) => void,
  ) {}

  /** Asked, and the answer waited for. */
  async ask(account: OpenAccount, what: Sent['what'], url: string, form: Form): Promise<Sent> {
    return this.#post(what, url, form, signature(account.authToken, url, form));
  }

  /** Told, with whatever disorder reigns. */
  async tell(account: OpenAccount, what: Sent['what'], url: string, form: Form): Promise<void> {
    const nth = ++this.#nth;
    for (const delay of this.delivers({ what, form, nth })) {
      const deliver = async () => {
        const { status } = await this.ask(account, what, url, form);
        if (status >= 300) this.surprise(`${what} ${form['CallStatus'] ?? form['MessageStatus'] ?? ''} of ${form['To']} was answered ${status}`);
      };
      if (delay === 0) await deliver();
      else this.timetable.in(delay, deliver);
    }
  }

  /** The same bytes again, however long after. */
  replay({ what, url, form, signature: signed }: Sent): Promise<Sent> {
    return this.#post(what, url, form, signed);
  }

  /** By somebody who has no key, or another's. */
  forge(url: string, form: Form, signed: string | undefined): Promise<Sent> {
    return this.#post('status', url, form, signed);
  }

  async #post(what: Sent['what'], url: string, form: Form, signed: string | undefined): Promise<Sent> {
    const sent: Sent = { at: this.now(), what, url, form, signature: signed ?? '', status: 0, answer: '', contentType: '' };
    this.sent.push(sent);
    try {
      const response = await fetch(this.leadsTo(url), {
        method: 'POST', body: new URLSearchParams(form), redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS),
        headers: { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8', 'user-agent': 'TwilioProxy/1.1', ...(signed === undefined ? {} : { 'x-twilio-signature': signed }) },
      });
      sent.answer = await response.text();
      sent.status = response.status;
      sent.contentType = response.headers.get('content-type') ?? '';
    } catch (error) {
      this.surprise(`${what} at ${url}: nobody answered (${String((error as Error).cause ?? error)})`);
    }
    return sent;
  }
}

/** Twilio's signature, written apart from the code that checks it. */
export function signature(authToken: string, url: string, form: Form): string {
  const fields = Object.keys(form).sort().map((name) => name + form[name]!);
  return createHmac('sha1', authToken).update(url + fields.join('')).digest('base64');
}

import { Mailer, ProviderFailure, type FailureKind, type Letter } from '../../application/outreach/telephony.js';
import type { Ms } from '../../domain/time.js';

export interface SmtpSettings {
  host: string;
  port: number;
  /** `starttls` is demanded, not hoped for; `none` is for a relay inside the house. */
  tls: 'starttls' | 'implicit' | 'none';
  /** Undefined: the relay knows us by our address. */
  login: { user: string; password: string } | undefined;
  from: string;
}

const TIMEOUT_MS = 10_000;
/** "Not now" (4xx): relays that make strangers wait ask for a minute at least. */
const LATER_MS = 60_000;

/** A relay of mail. nodemailer comes with the first letter: the start does without. */
export class SmtpMailer extends Mailer {
  readonly #domain: string;

  constructor(
    private readonly settings: SmtpSettings,
    private readonly timeoutMs: Ms = TIMEOUT_MS,
  ) {
    super();
    this.#domain = settings.from.slice(settings.from.lastIndexOf('@') + 1).replace('>', '');
  }

  override async send({ token, to, subject, text }: Letter): Promise<void> {
    const { host, port, tls, login, from } = this.settings;
    const { createTransport } = await import('nodemailer');
    const transport = createTransport({
      host, port, secure: tls === 'implicit', requireTLS: tls === 'starttls', ignoreTLS: tls === 'none', ...(login ? { auth: { user: login.user, pass: login.password } } : {}),
      // Silence before the greeting must be told apart from silence after it.
      connectionTimeout: this.timeoutMs, greetingTimeout: this.timeoutMs, socketTimeout: 2 * this.timeoutMs, dnsTimeout: this.timeoutMs,
      disableFileAccess: true, disableUrlAccess: true,
    });
    try {
      await transport.sendMail({
        // As an object it is one address, whatever it holds.
        from, to: { name: '', address: to }, subject, text, messageId: `<${token}@${this.#domain}>`, headers: { 'Auto-Submitted': 'auto-generated' },
      });
    } catch (error) {
      throw failureOf(error);
    } finally {
      transport.close();
    }
  }
}

interface SmtpError {
  code?: string;
  command?: string;
  syscall?: string;
  responseCode?: number;
  timeoutType?: string;
  message?: string;
}

function failureOf(error: unknown): ProviderFailure {
  const { code, responseCode, message = String(error) } = error as SmtpError;
  const kind = kindOf(error as SmtpError);
  return new ProviderFailure(kind, message, responseCode === undefined ? code : String(responseCode), kind === 'throttled' ? LATER_MS : undefined);
}

/** A letter sent twice bears one Message-ID: doubt costs little here. */
function kindOf({ code, command, syscall, responseCode, timeoutType }: SmtpError): FailureKind {
  if (code === 'ETLS') return 'unavailable';
  if (code === 'EAUTH') return responseCode !== undefined && responseCode < 500 ? 'throttled' : 'credentials';
  if (responseCode !== undefined && responseCode >= 400) return responseCode < 500 ? 'throttled' : command === 'RCPT TO' ? 'invalid' : 'rejected';
  if (code === 'EENVELOPE') return 'invalid';
  const greeted = timeoutType === undefined || timeoutType === 'SOCKET_TIMEOUT';
  if (code === 'EDNS' || code === 'ECONNREFUSED' || syscall === 'connect' || !greeted) return 'unavailable';
  // After the greeting nobody tells how far the letter came.
  return 'doubt';
}

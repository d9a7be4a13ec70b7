import BaseTwilio from 'twilio/lib/base/BaseTwilio.js';
import RequestClient from 'twilio/lib/base/RequestClient.js';
import Api from 'twilio/lib/rest/Api.js';
import type { Ms } from '../../../domain/time.js';
import { refusedBy, unanswered } from './failures.js';

/* The SDK, loaded with the first order (account.ts), and of its forty products the one that calls and writes. */

export interface Connection {
  accountSid: string;
  user: string;
  password: string;
  /** Origin alone: the SDK's paths are kept. */
  baseUrl: string;
  timeoutMs: Ms;
}

export function connect({ accountSid, user, password, baseUrl, timeoutMs }: Connection): Api['account'] {
  return new Api(new BaseTwilio.Client(user, password, { accountSid, httpClient: new Requests(baseUrl, timeoutMs) })).account;
}

/**
 * The SDK knows Twilio's own address alone: each request leaves for that of the settings. Whatever was not accepted is said in
 * our words here, where the headers still are: the SDK's errors lose Retry-After.
 */
class Requests extends RequestClient {
  constructor(
    private readonly baseUrl: string,
    timeout: Ms,
  ) {
    super({ timeout, autoRetry: false });
  }

  override async request<T>(options: RequestClient.RequestOptions<T>) {
    const { pathname, search } = new URL(options.uri);
    const answer = await super.request<T>({ ...options, uri: new URL(pathname + search, this.baseUrl).href }).catch((error: unknown) => {
      throw unanswered(error);
    });
    if (answer.statusCode < 200 || answer.statusCode >= 300) throw refusedBy(answer);
    return answer;
  }
}

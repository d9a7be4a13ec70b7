// Twilio's REST address: its paths, its forms, its answers and its errors. Whatever else is asked is a surprise.
import type { IncomingMessage } from 'node:http';
import type { OpenAccount, PhoneCall, PhoneText } from './accounts.js';

export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  form: URLSearchParams;
  authorization: string | undefined;
}
export interface Reply {
  status: number;
  body: object;
  headers?: Record<string, string>;
}

export async function asked(request: IncomingMessage): Promise<Asked> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk as string;
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://phones');
  return { method: request.method ?? '', path: pathname, query: searchParams, form: new URLSearchParams(body), authorization: request.headers.authorization };
}

const MESSAGES: Record<number, string> = {
  10004: 'Call concurrency limit exceeded', 20003: 'Authenticate', 20404: 'The requested resource was not found', 20429: 'Too Many Requests', 20500: 'Internal Server Error', 20503: 'Service Unavailable',
  21211: "Invalid 'To' Phone Number", 21214: "'To' phone number cannot be reached", 21217: 'Phone number does not appear to be valid', 21220: 'Invalid call state', 21212: "Invalid 'From' Number",
  21610: 'Attempt to send to unsubscribed recipient', 21614: "'To' number is not a valid mobile number", 21205: 'Invalid URL format', 21606: "The 'From' phone number provided is not a valid message-capable Twilio phone number",
};

export function refusal(status: number, code: number, headers: Record<string, string> = {}): Reply {
  return { status, headers, body: { code, message: MESSAGES[code] ?? 'Refused', more_info: `https://www.twilio.com/docs/errors/${code}`, status } };
}

export function opens({ sid, authToken, apiKey, revoked }: OpenAccount, authorization: string | undefined): boolean {
  const pairs = [`${sid}:${authToken}`, ...(apiKey ? [`${apiKey.sid}:${apiKey.secret}`] : [])];
  return !revoked && pairs.some((pair) => authorization === `Basic ${Buffer.from(pair).toString('base64')}`);
}

const rfc2822 = (at: number | undefined) => (at === undefined ? null : new Date(at).toUTCString().replace('GMT', '+0000'));

export function callJson(call: PhoneCall): object {
  const { sid, account, to, from, status, direction, createdAt, startedAt, answeredAt, endedAt } = call;
  const uri = `/2010-04-01/Accounts/${account.sid}/Calls/${sid}`;
  return {
    sid, account_sid: account.sid, to, from, to_formatted: to, from_formatted: from, status, direction, parent_call_sid: null, phone_number_sid: null,
    date_created: rfc2822(createdAt), date_updated: rfc2822(endedAt ?? answeredAt ?? startedAt ?? createdAt), start_time: rfc2822(startedAt), end_time: rfc2822(endedAt),
    duration: endedAt === undefined ? null : String(Math.round((endedAt - (answeredAt ?? endedAt)) / 1_000)), price: null, price_unit: 'USD', answered_by: null,
    api_version: '2010-04-01', forwarded_from: null, group_sid: null, caller_name: null, queue_time: String((startedAt ?? createdAt) - createdAt), trunk_sid: null,
    uri: `${uri}.json`, subresource_uris: { events: `${uri}/Events.json`, recordings: `${uri}/Recordings.json` },
  };
}

export function textJson({ sid, account, to, from, body, status, direction, createdAt, sentAt, errorCode }: PhoneText): object {
  return {
    sid, account_sid: account.sid, to, from, body, status, direction, messaging_service_sid: null, num_media: '0', num_segments: String(Math.max(1, Math.ceil(body.length / 67))),
    date_created: rfc2822(createdAt), date_updated: rfc2822(sentAt ?? createdAt), date_sent: rfc2822(sentAt), error_code: errorCode ?? null, error_message: null,
    price: null, price_unit: 'USD', api_version: '2010-04-01', uri: `/2010-04-01/Accounts/${account.sid}/Messages/${sid}.json`, subresource_uris: {},
  };
}

export function page(account: OpenAccount, what: 'calls' | 'messages', items: object[], query: URLSearchParams): Reply {
  const uri = `/2010-04-01/Accounts/${account.sid}/${what === 'calls' ? 'Calls' : 'Messages'}.json?${query.toString()}`;
  const size = Number(query.get('PageSize') ?? 50);
  return {
    status: 200,
    body: { first_page_uri: uri, uri, next_page_uri: null, previous_page_uri: null, page: 0, page_size: size, start: 0, end: Math.max(0, items.length - 1), [what]: items.slice(0, size) },
  };
}

/** The first field that Twilio, or this network, does not know. */
export function unknownField(fields: URLSearchParams, known: readonly string[]): string | undefined {
  return [...fields.keys()].find((name) => !known.includes(name));
}

import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { request as requestPlain, type IncomingMessage } from 'node:http';
import { request as requestSecure } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { Outside, OutsideFailed, type OutsideAnswer, type OutsideFault, type OutsideRequest } from '../../application/outside.js';
import { AddressRules } from './address-rules.js';

const MOST_REDIRECTS = 3;
/** Those that keep the method and the body; a reading may follow the others too. */
const REDIRECTS = { POST: [307, 308], GET: [301, 302, 303, 307, 308] };

/** Every address behind a name. */
export type Resolve = (host: string, done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void) => void;
const resolveBySystem: Resolve = (host, done) => systemLookup(host, { all: true }, done);

/**
 * Requests to addresses that a user typed. What counts is the address that is connected to, not the name: the one that was
 * judged is the one that is used, so a name that changes its mind in between (DNS rebinding) gains nothing.
 */
export class GuardedRequests extends Outside {
  readonly #rules: AddressRules;

  constructor(listed: readonly string[], private readonly resolve: Resolve = resolveBySystem) {
    super();
    this.#rules = new AddressRules(listed);
  }

  override faultOf(address: string): OutsideFault | undefined {
    if (!URL.canParse(address)) return 'not-an-address';
    const url = new URL(address);
    if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'not-an-address';
    if (url.username !== '' || url.password !== '') return 'credentials';
    const host = hostOf(url);
    const secure = url.protocol === 'https:';
    if (isIP(host) !== 0) return this.#rules.allow(host, host, secure) ? undefined : this.#rules.allow(host, host, true) ? 'https-needed' : 'private-address';
    // Whether a name without TLS leads into a listed range is known when it is resolved.
    return secure || this.#rules.names(host) || this.#rules.hasRanges ? undefined : 'https-needed';
  }

  override async request(wanted: OutsideRequest): Promise<OutsideAnswer> {
    let url = this.#judged(wanted.url);
    for (let redirects = 0; ; redirects++) {
      const response = await this.#ask(url, wanted).catch((error: unknown) => {
        throw failureOf(error, wanted.signal, redirects > 0);
      });
      const { statusCode: status = 0, headers } = response;
      const { location } = headers;
      if (location === undefined || !REDIRECTS[wanted.method].includes(status)) {
        return {
          status, retryAfter: headers['retry-after'], etag: headers.etag, lastModified: headers['last-modified'], contentType: headers['content-type'],
          body: await read(response, wanted),
        };
      }
      response.destroy();
      if (redirects >= MOST_REDIRECTS || !URL.canParse(location, url.href)) throw new OutsideFailed('redirect-refused');
      url = this.#redirected(new URL(location, url));
    }
  }

  #judged(address: string): URL {
    const fault = this.faultOf(address);
    if (fault) throw new OutsideFailed(fault);
    return new URL(address);
  }

  #redirected(url: URL): URL {
    if (this.faultOf(url.href)) throw new OutsideFailed('redirect-refused');
    return url;
  }

  #ask(url: URL, { method, headers, body, signal }: OutsideRequest): Promise<IncomingMessage> {
    const secure = url.protocol === 'https:';
    return new Promise((resolve, reject) => {
      const request = (secure ? requestSecure : requestPlain)(url, {
        method, signal, agent: false, lookup: this.#lookup(secure), maxHeaderSize: 16_384,
        headers: { ...headers, ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }) },
      }, (response) => {
        response.on('error', () => {}); // whoever reads it hears of it
        resolve(response);
      });
      request.on('error', reject);
      request.end(body);
    });
  }

  /** Judges what the name leads to; the connection then takes these addresses, and asks nobody again. */
  #lookup(secure: boolean): LookupFunction {
    return (host, options, done) => {
      this.resolve(host, (error, addresses) => {
        if (error) return done(error, []);
        const [first] = addresses;
        if (!first) return done(Object.assign(new Error(`no address for ${host}`), { code: 'ENOTFOUND' }), []);
        if (addresses.some(({ address }) => !this.#rules.allow(host, address, secure))) {
          return done(new OutsideFailed(!secure && addresses.every(({ address }) => this.#rules.allow(host, address, true)) ? 'https-needed' : 'private-address'), []);
        }
        if (options.all) done(null, addresses);
        else done(null, first.address, first.family);
      });
    };
  }
}

function hostOf({ hostname }: URL): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
}

async function read(response: IncomingMessage, { mostBytes, signal }: OutsideRequest): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    if (mostBytes === 0) return new Uint8Array();
    for await (const chunk of response as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > mostBytes) throw new OutsideFailed('too-large');
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    throw failureOf(error, signal, false);
  } finally {
    response.destroy();
  }
}

function failureOf(error: unknown, signal: AbortSignal, redirected: boolean): OutsideFailed {
  if (signal.aborted) return new OutsideFailed('no-answer', { cause: error });
  if (error instanceof OutsideFailed) return redirected && error.fault !== 'too-large' ? new OutsideFailed('redirect-refused', { cause: error }) : error;
  const code = String((error as { code?: unknown } | undefined)?.code);
  if (/^(ENOTFOUND|EAI_)/.test(code)) return new OutsideFailed('unknown-host', { cause: error });
  return new OutsideFailed(/CERT|TLS|SSL|SIGNATURE|EPROTO/.test(code) ? 'certificate' : 'unreachable', { cause: error });
}

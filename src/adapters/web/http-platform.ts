import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { wireProblem } from '../../contract/problems.js';
import { CHUNK_BYTES } from './upload-desk.js';

/** Limits that held 3,000 slow connections off, with a request long enough for a photo's last piece (toolchain.md). */
const HEADERS_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 120_000;
const CHECKING_INTERVAL_MS = 1_000;
const JSON_BYTES = 1024 * 1024;
const FORM_BYTES = 64 * 1024;

/** Nothing inline, nothing from elsewhere, in nobody's frame. */
const CONTENT_POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=()',
  'content-security-policy': CONTENT_POLICY,
};
const YEAR_SECONDS = 31_536_000;

export interface HttpPlatform {
  /** Over TLS: browsers are told never to come back without. */
  secure: boolean;
  trustedProxies: readonly string[];
  /** Where the console was built. */
  consoleDir: string;
}

/** Fastify with our limits, our headers on every answer, and the console's files beside the API. */
export function httpPlatform({ secure, trustedProxies, consoleDir }: HttpPlatform): FastifyAdapter {
  const headers = secure ? { ...HEADERS, 'strict-transport-security': `max-age=${YEAR_SECONDS}; includeSubDomains` } : HEADERS;
  const adapter = new FastifyAdapter({
    logger: false,
    bodyLimit: JSON_BYTES,
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    // An address that cannot even be read meets no hook and no filter.
    frameworkErrors: (_error: unknown, _request: FastifyRequest, reply: FastifyReply) => {
      const problem = wireProblem('unknown-route');
      void reply.headers(headers).code(problem.status).header('content-type', 'application/problem+json; charset=utf-8').send(JSON.stringify(problem));
    },
    schemaController: { compilersFactory: { buildValidator: noSchema, buildSerializer: noSchema } },
    http: { headersTimeout: HEADERS_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS, connectionsCheckingInterval: CHECKING_INTERVAL_MS },
  });
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.headers(headers);
    if (request.url.startsWith('/api')) reply.header('cache-control', 'no-store');
    done();
  });
  fastify.removeContentTypeParser('text/plain');
  fastify.addContentTypeParser('application/octet-stream', { parseAs: 'buffer', bodyLimit: CHUNK_BYTES }, (_request, body, done) => done(null, body));
  fastify.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: FORM_BYTES }, readForm);
  serveConsole(fastify, consoleDir);
  return adapter;
}

/** Forms are of the providers of telephony, who sign them: a hostile page can send one too, so nobody else's is read. */
function readForm({ url }: FastifyRequest, body: string | Buffer, done: (error: Error | null, form?: URLSearchParams) => void): void {
  if (url.startsWith('/api/telephony/')) return done(null, new URLSearchParams(String(body)));
  // The buttons of one's own page carry nothing: their address, whose token nobody else has, says it all.
  if (url.startsWith('/r/')) return done(null);
  done(Object.assign(new Error('no form is read here'), { code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE', statusCode: 415 }));
}

/** Zod reads what comes in (refused.ts): without Fastify's own compilers of schemas each start loads some 250 modules less. */
function noSchema(): never {
  throw new Error('a route has a schema of Fastify’s: what comes in is read by zod');
}

/** Assets bear a hash in their name and never change; any other address of a page is the page itself. */
function serveConsole(fastify: FastifyInstance, consoleDir: string): void {
  if (!existsSync(join(consoleDir, 'index.html'))) return;
  void fastify.register(fastifyStatic, { root: consoleDir, serve: false, preCompressed: true });
  // A path that walks out of the folder is answered like one that leads nowhere.
  const errorHandler = (_error: unknown, _request: FastifyRequest, reply: FastifyReply) => reply.callNotFound();
  fastify.get('/*', { errorHandler }, (request: FastifyRequest, reply: FastifyReply) => {
    const path = (request.params as { '*': string })['*'];
    if (/^(api|live|r|healthz|readyz)(\/|$)/.test(path)) return reply.callNotFound();
    if (/^assets\//.test(path)) return reply.sendFile(path, { maxAge: YEAR_SECONDS * 1000, immutable: true });
    if (/\.\w+$/.test(path)) return reply.sendFile(path, { maxAge: 0 });
    return reply.sendFile('index.html', { maxAge: 0 });
  });
}

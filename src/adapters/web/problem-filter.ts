import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { StorageFailed } from '../../application/ports.js';
import type { Problem } from '../../contract/live.js';
import { problemOf, wireProblem, type WireProblem } from '../../contract/problems.js';
import { refuse } from '../../domain/refusal.js';
import { Refused, WireRefused } from './refused.js';

/** What the platform itself refuses, by its code or else by its status. */
const PLATFORM: Record<string, WireProblem> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large', FST_ERR_CTP_INVALID_MEDIA_TYPE: 'wrong-type', FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed', FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed',
  400: 'malformed', 404: 'unknown-route', 405: 'unknown-route', 408: 'too-slow', 413: 'too-large', 414: 'unknown-route', 415: 'wrong-type', 503: 'stopping',
};

/** The one filter: every failure leaves as problem details (RFC 9457). What is a bug of ours is logged, never shown. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly zone: string,
    private readonly log: (error: unknown) => void,
    private readonly onRefused: (reason: string) => void,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') return this.log(error);
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (reply.sent) return;
    const problem = this.#problem(error);
    if (problem.status >= 500) this.log(error);
    this.onRefused(problem.refused);
    const seconds = problem.refused === 'throttled' ? problem.details?.['seconds'] : undefined;
    if (typeof seconds === 'number') void reply.header('retry-after', Math.ceil(seconds));
    void reply.code(problem.status).header('content-type', 'application/problem+json; charset=utf-8').send(JSON.stringify(problem));
  }

  #problem(error: unknown): Problem {
    if (error instanceof Refused) return problemOf(error.refusal, this.zone);
    if (error instanceof WireRefused) return wireProblem(error.code, error.details);
    if (error instanceof StorageFailed) return isDiskFull(error) ? wireProblem('disk-full') : problemOf(refuse('storage-failed'));
    const { code, statusCode } = (error ?? {}) as { code?: unknown; statusCode?: unknown };
    const status = error instanceof HttpException ? error.getStatus() : statusCode;
    const known = PLATFORM[String(code)] ?? PLATFORM[String(status)];
    if (known) return wireProblem(known);
    return wireProblem(typeof status === 'number' && status >= 400 && status < 500 ? 'malformed' : 'internal');
  }
}

function isDiskFull({ cause }: StorageFailed): boolean {
  const code = (cause as { code?: unknown } | undefined)?.code;
  return code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT';
}

import { Controller, Get, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { Administration } from '../../../application/administration.js';
import { Clock } from '../../../application/ports.js';
import type { AdministrationPage, AdministrationVerdict } from '../../../contract/people.js';
import type { AdministrationEntry } from '../../../domain/administration.js';
import { toInstant } from '../../../domain/time.js';
import { parse } from '../refused.js';
import { Signed, type SignedIn } from '../signed-in.js';
import { mayOrRefuse } from './accounts.controller.js';

const PAGE = 500;
const pageQuery = z.object({
  after: z.string().regex(/^\d{1,15}$/).transform(Number).default(0),
  limit: z.string().regex(/^\d{1,4}$/).transform(Number).pipe(z.int().min(1).max(PAGE)).default(PAGE),
});

/** The administration's journal, for administrators and auditors. It holds ids alone: names come from `/api/people`. */
@Controller('api/administration')
export class AdministrationController {
  constructor(
    private readonly administration: Administration,
    private readonly clock: Clock,
  ) {}

  @Get('journal')
  async page(@Signed() signedIn: SignedIn, @Query() query: unknown): Promise<AdministrationPage> {
    mayOrRefuse(signedIn, 'read-administration');
    const { after, limit } = parse(pageQuery, query);
    const links = await this.administration.read(after, limit);
    return { entries: links.map(({ line }) => JSON.parse(line) as AdministrationEntry), seq: this.administration.state.seq };
  }

  @Get('verdict')
  async verdict(@Signed() signedIn: SignedIn): Promise<AdministrationVerdict> {
    mayOrRefuse(signedIn, 'verify-administration');
    return { ...(await this.administration.verify()), at: toInstant(this.clock.wall()) };
  }

  /** The stored lines as an activation's export has them: {seq, line, hash}, one a line. */
  @Get('export')
  async export(@Signed() signedIn: SignedIn, @Res() reply: FastifyReply): Promise<void> {
    mayOrRefuse(signedIn, 'export-administration');
    const lines = async function* (this: AdministrationController) {
      for await (const { seq, line, hash } of this.administration.links()) yield `${JSON.stringify({ seq, line, hash })}\n`;
    };
    await reply
      .header('content-type', 'application/x-ndjson; charset=utf-8')
      .header('content-disposition', 'attachment; filename="journal-administration.ndjson"')
      .send(Readable.from(lines.call(this)));
  }
}

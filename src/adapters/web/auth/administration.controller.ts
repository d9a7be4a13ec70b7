import { Controller, Get, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Administration } from '../../../application/administration.js';
import { administrationPack } from '../../../application/people/administration-pack.js';
import { Clock } from '../../../application/ports.js';
import type { AdministrationPage, AdministrationVerdict } from '../../../contract/people.js';
import type { AdministrationEntry } from '../../../domain/administration.js';
import { toInstant } from '../../../domain/time.js';
import { parse } from '../refused.js';
import { Signed, type SignedIn } from '../signed-in.js';
import { zipStream } from '../zip-stream.js';
import { mayOrRefuse } from './accounts.controller.js';

const PAGE = 500;
const pageQuery = z.object({
  after: z.string().regex(/^\d{1,15}$/).transform(Number).default(0),
  limit: z.string().regex(/^\d{1,4}$/).transform(Number).pipe(z.int().min(1).max(PAGE)).default(PAGE),
});

/** The text of verify.mjs, which goes with every export. */
export class Verifier {
  constructor(readonly text: string) {}
}

/** The administration's journal, for administrators and auditors. It holds ids alone: names come from `/api/people`. */
@Controller('api/administration')
export class AdministrationController {
  constructor(
    private readonly administration: Administration,
    private readonly clock: Clock,
    private readonly verifier: Verifier,
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

  /** The stored lines and what verifies them, in the form of an activation's export. */
  @Get('export.zip')
  async export(@Signed() signedIn: SignedIn, @Res() reply: FastifyReply): Promise<void> {
    mayOrRefuse(signedIn, 'export-administration');
    const files = administrationPack(this.administration, this.clock, this.verifier.text, signedIn.author.id);
    await reply
      .header('content-type', 'application/zip')
      .header('content-disposition', 'attachment; filename="journal-administration.zip"')
      .send(zipStream(files));
  }
}

import { Controller, Get, Header, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { ActivationLine, JournalPage, Snapshot, Texts } from '../../contract/live.js';
import type { Lane } from '../../domain/entry.js';
import { markedFileName } from '../../domain/exercise-mark.js';
import { parse } from './refused.js';
import { PAGE, ReadingDesk } from './reading-desk.js';
import { Signed, type SignedIn } from './signed-in.js';

const number = z.string().regex(/^\d{1,15}$/).transform(Number);
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const list = <T>(most: number, item: z.ZodType<T, string>) =>
  z.string().max(most * 80).transform((text) => text.split(',').filter((one) => one !== '')).pipe(z.array(item).max(most));

const linesQuery = z.object({ before: number.optional() });
const pageQuery = z.object({
  after: number.optional(), before: number.optional(), seqs: list(200, number).optional(),
  limit: number.pipe(z.int().min(1).max(PAGE)).default(200),
});
const textsQuery = z.object({ digests: list(100, digest) });

@Controller('api/activations')
export class ActivationsController {
  constructor(private readonly desk: ReadingDesk) {}

  @Get()
  lines(@Signed() signedIn: SignedIn, @Query() query: unknown): Promise<ActivationLine[]> {
    return this.desk.lines(signedIn, parse(linesQuery, query).before);
  }

  @Get(':id')
  snapshot(@Signed() signedIn: SignedIn, @Param('id') id: string): Promise<Snapshot> {
    return this.desk.snapshot(signedIn, id);
  }

  @Get(':id/journal')
  page(@Signed() signedIn: SignedIn, @Param('id') id: string, @Query() query: unknown): Promise<JournalPage> {
    return this.desk.page(signedIn, id, parse(pageQuery, query));
  }

  @Get(':id/texts')
  texts(@Signed() signedIn: SignedIn, @Param('id') id: string, @Query() query: unknown): Promise<Texts> {
    return this.desk.texts(signedIn, id, parse(textsQuery, query).digests);
  }

  /** As an attachment under a sandbox, with the type that was sniffed: what somebody uploaded never runs here. */
  @Get(':id/files/:digest')
  @Header('content-security-policy', "default-src 'none'; sandbox")
  async file(@Signed() signedIn: SignedIn, @Param('id') id: string, @Param('digest') wanted: string, @Res() reply: FastifyReply): Promise<void> {
    const { file, bytes, lane } = await this.desk.file(signedIn, id, wanted);
    const name = encodeURIComponent(downloadName(lane, file.name)).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
    await reply.header('content-type', file.mime).header('content-disposition', `attachment; filename*=UTF-8''${name}`).send(Buffer.from(bytes));
  }
}

function downloadName(lane: Lane, name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? markedFileName(lane, name.slice(0, dot), name.slice(dot + 1)) : markedFileName(lane, name, '');
}

import type { IncomingHttpHeaders } from 'node:http';
import { Controller, Get, Header, Headers, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { ActivationLine, JournalPage, Snapshot, Texts } from '../../contract/live.js';
import type { Lane } from '../../domain/entry.js';
import { markedFileName } from '../../domain/exercise-mark.js';
import { refuse } from '../../domain/refusal.js';
import { SECOND } from '../../domain/time.js';
import { ForScreens, ForTokens } from './guard.js';
import { LongPolls } from './long-polls.js';
import { parse, Refused } from './refused.js';
import { PAGE, ReadingDesk } from './reading-desk.js';
import { Authentication, Signed, type SignedIn } from './signed-in.js';

/** Shorter than what proxies let an answer take. */
const MOST_WAIT_SECONDS = 30;

const number = z.string().regex(/^\d{1,15}$/).transform(Number);
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const list = <T>(most: number, item: z.ZodType<T, string>) =>
  z.string().max(most * 80).transform((text) => text.split(',').filter((one) => one !== '')).pipe(z.array(item).max(most));

const linesQuery = z.object({ before: number.optional() });
const pageQuery = z.object({
  after: number.optional(), before: number.optional(), seqs: list(200, number).optional(),
  limit: number.pipe(z.int().min(1).max(PAGE)).default(200),
  wait: number.pipe(z.int().min(1).max(MOST_WAIT_SECONDS)).optional(),
}).refine(({ wait, after, before, seqs }) => wait === undefined || (after !== undefined && before === undefined && seqs === undefined), {
  path: ['wait'], message: 'on attend la suite d’un numéro : « wait » va avec « after », et seul avec lui',
});
const textsQuery = z.object({ digests: list(100, digest) });

@Controller('api/activations')
export class ActivationsController {
  constructor(
    private readonly desk: ReadingDesk,
    private readonly polls: LongPolls,
    private readonly authentication: Authentication,
  ) {}

  @Get()
  @ForTokens('read-journal')
  @ForScreens()
  lines(@Signed() signedIn: SignedIn, @Query() query: unknown): Promise<ActivationLine[]> {
    return this.desk.lines(signedIn, parse(linesQuery, query).before);
  }

  @Get(':id')
  @ForScreens()
  snapshot(@Signed() signedIn: SignedIn, @Param('id') id: string): Promise<Snapshot> {
    return this.desk.snapshot(signedIn, id);
  }

  /** With `wait`, the page comes as soon as it has an entry. */
  @Get(':id/journal')
  @ForTokens('read-journal')
  @ForScreens()
  async page(
    @Signed() signedIn: SignedIn, @Param('id') id: string, @Query() query: unknown, @Headers() headers: IncomingHttpHeaders,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<JournalPage> {
    const { wait, ...page } = parse(pageQuery, query);
    if (wait === undefined) return this.desk.page(signedIn, id, page);
    await this.polls.newsAfter(signedIn, id, { after: page.after!, wait: wait * SECOND }, (gone) => reply.raw.once('close', gone));
    // What was true when the wait began may have been revoked since.
    const still = await this.authentication.authenticate(headers);
    if (!still) throw new Refused(refuse('signed-out'));
    return this.desk.page(still, id, page);
  }

  @Get(':id/texts')
  @ForTokens('read-journal')
  @ForScreens()
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

import { Controller, Get, Header, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Evidence } from '../../application/evidence.js';
import { Printer, type PaperPlan } from '../../application/ports.js';
import { markedFileName } from '../../domain/exercise-mark.js';
import type { Plan } from '../../domain/plan/plan.js';
import { toMs } from '../../domain/time.js';
import { HouseSettings } from './house.controller.js';
import { NextPlan } from './lookups.controller.js';
import { ReadingDesk } from './reading-desk.js';
import { orRefuse, parse } from './refused.js';
import { Signed, type SignedIn } from './signed-in.js';
import { zipStream } from './zip-stream.js';

/** A page to be printed: it brings its own style, runs nothing, loads nothing. */
const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'none'; sandbox";

const instant = z.iso.datetime({ offset: true }).transform(toMs);
const exportQuery = z.object({ contents: z.enum(['true', 'false']).default('true') });
const paperQuery = z.object({
  activation: z.string().max(64).optional(),
  kind: z.enum(['cod', 'important']).default('cod'),
  lane: z.enum(['real', 'exercise']).default('real'),
  t0: instant.optional(),
  nu: instant.optional(),
});

@Controller('api')
export class EvidenceController {
  constructor(
    private readonly evidence: Evidence,
    private readonly printer: Printer,
    private readonly desk: ReadingDesk,
    private readonly settings: HouseSettings,
    private readonly next: NextPlan,
  ) {}

  /** The page of the hour as it stands now, with this reader's eyes. */
  @Get('activations/:id/page.html')
  @Header('content-security-policy', PAGE_POLICY)
  async page(@Signed() { author }: SignedIn, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const { name, html } = orRefuse(await this.evidence.hourPage(id, author));
    await sendPage(reply, name, html);
  }

  /** The stored lines, the contents that the reader may see, and what verifies them. */
  @Get('activations/:id/export.zip')
  async export(@Signed() { author }: SignedIn, @Param('id') id: string, @Query() query: unknown, @Res() reply: FastifyReply): Promise<void> {
    const contents = parse(exportQuery, query).contents === 'true';
    const { name, files } = orRefuse(await this.evidence.exportOf(id, author, { contents }));
    await reply.header('content-type', 'application/zip').header('content-disposition', `attachment; filename="${name}"`).send(zipStream(files));
  }

  /** The blank plan with clock times: of an activation, or of the plan that the next one will freeze. */
  @Get('paper-plan.html')
  @Header('content-security-policy', PAGE_POLICY)
  async paperPlan(@Signed() signedIn: SignedIn, @Query() query: unknown, @Res() reply: FastifyReply): Promise<void> {
    const { activation, kind, lane, t0, nu } = parse(paperQuery, query);
    const { prefecture, timeZone } = this.settings.shown.house;
    const page: PaperPlan = activation === undefined
      ? { plan: this.next.plan, kind, lane, t0, nu, timeZone, prefecture, facts: this.settings.shown.facts }
      : paperOf((await this.desk.snapshot(signedIn, activation)).activation);
    await sendPage(reply, markedFileName(page.lane, 'plan-papier', 'html'), this.printer.paperPlan(page));
  }
}

function paperOf(a: Pick<PaperPlan, 'kind' | 'lane' | 'timeZone' | 'prefecture' | 'facts'> & { plan: Plan; clocks: Partial<Record<string, { t0: number }>> }): PaperPlan {
  const { plan, kind, lane, timeZone, prefecture, facts, clocks } = a;
  return { plan, kind: clocks['cod'] ? 'cod' : kind, lane, timeZone, prefecture, facts, t0: (clocks['cod'] ?? clocks['important'])?.t0, nu: clocks['nu']?.t0 };
}

async function sendPage(reply: FastifyReply, name: string, html: string): Promise<void> {
  await reply.header('content-type', 'text/html; charset=utf-8').header('content-disposition', `inline; filename="${name}"`).send(html);
}

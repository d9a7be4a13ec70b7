import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Printer } from '../../application/ports.js';
import { ReachDesk } from '../../application/outreach/reach-desk.js';
import type { CallInAnswer } from '../../domain/outreach/reaching.js';
import { OpenToAll } from './signed-in.js';

const TAPS: Record<string, ['acknowledged' | CallInAnswer, number?]> = {
  'acquitter': ['acknowledged'], 'prends-en-charge': ['taking-charge'], 'indisponible': ['unavailable'], 'arrive-15': ['coming', 15], 'arrive-30': ['coming', 30], 'arrive-60': ['coming', 60],
};

/** The page behind a person's own link. Its token is all that it takes; opening it records nothing, a tap posts (48.1, `acquitté`). */
@Controller('r')
@OpenToAll()
export class OwnPageController {
  constructor(
    private readonly desk: ReachDesk,
    private readonly printer: Printer,
  ) {}

  @Get('page.css')
  style(@Res() reply: FastifyReply): void {
    void reply.header('content-type', 'text/css; charset=utf-8').header('cache-control', 'public, max-age=3600').send(this.printer.ownPageStyle());
  }

  @Get(':token')
  async open(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    await this.#show(token, 'opened', reply);
  }

  /** After the commit the page is shown anew: reloading it posts nothing again. */
  @Post(':token/:tap')
  async tap(@Param('token') token: string, @Param('tap') tap: string, @Res() reply: FastifyReply): Promise<void> {
    const said = Object.hasOwn(TAPS, tap) ? TAPS[tap]! : undefined;
    if (!said) return this.#show('', 'opened', reply);
    try {
      await this.desk.tapped(token, ...said);
    } catch {
      return this.#show(token, 'failed', reply);
    }
    await reply.code(303).header('location', `/r/${encodeURIComponent(token)}`).send();
  }

  async #show(token: string, state: 'opened' | 'failed', reply: FastifyReply): Promise<void> {
    const page = await this.desk.page(token);
    await reply.code(page ? (state === 'failed' ? 503 : 200) : 404).header('content-type', 'text/html; charset=utf-8').header('cache-control', 'no-store')
      .send(this.printer.ownPage({ page, token, state }));
  }
}
